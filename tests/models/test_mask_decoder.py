"""The decoder's short cuts change nothing: masks and gradients as by the book."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from sam_widget.models.attention import Attention, ImageToToken, TokenToImage
from sam_widget.models.features import Features
from sam_widget.models.mask_decoder import ALL, Drawn, MaskDecoder
from tests.reference import stirred

SIDE = 12
TOLERANCE = 1e-5  # of the logits' range


def by_the_book(attention, q, k, v):
    """Attention with every pixel projected (Vaswani et al. 2017, section 3.2)."""
    q, k, v = (
        attention.split(x) for x in (attention.q_proj(q), attention.k_proj(k), attention.v_proj(v))
    )
    out = (q @ k.mT * q.shape[-1] ** -0.5).softmax(-1) @ v
    return attention.out_proj(out.transpose(1, 2).flatten(2))


def decoded_by_the_book(decoder, features, image_pe, sparse, dense):
    """The paper's figure 14, line by line, in the layout of images."""
    own = torch.cat([decoder.iou_token.weight, decoder.mask_tokens.weight])
    points = torch.cat([own.expand(len(sparse), -1, -1), sparse], dim=1)
    image = (features.embedding + dense).flatten(2).mT
    pe = image_pe.flatten(2).mT
    tokens = points
    for i, block in enumerate(decoder.transformer.layers):
        if i == 0:
            tokens = by_the_book(block.self_attn, tokens, tokens, tokens)
        else:
            q = tokens + points
            tokens = tokens + by_the_book(block.self_attn, q, q, tokens)
        tokens = block.norm1(tokens)
        q = tokens + points
        tokens = block.norm2(
            tokens + by_the_book(block.cross_attn_token_to_image, q, image + pe, image)
        )
        tokens = block.norm3(tokens + block.mlp(tokens))
        k = tokens + points
        image = block.norm4(
            image + by_the_book(block.cross_attn_image_to_token, image + pe, k, tokens)
        )
    last = decoder.transformer.final_attn_token_to_image
    read = by_the_book(last, tokens + points, image + pe, image)
    tokens = decoder.transformer.norm_final_attn(tokens + read)

    up1, norm, _, up2, _ = decoder.output_upscaling
    image = image.mT.unflatten(2, (SIDE, SIDE)).contiguous()
    skips = features.skips or (0, 0)
    image = F.gelu(norm(up1(image) + skips[0]))
    image = F.gelu(up2(image) + skips[1])
    mlps = enumerate(decoder.output_hypernetworks_mlps)
    kernels = torch.stack([mlp(tokens[:, 1 + i]) for i, mlp in mlps], dim=1)
    logits = torch.einsum("bmc,bchw->bmhw", kernels, image)
    return logits, decoder.iou_prediction_head(tokens[:, 0])


@pytest.fixture(scope="module")
def decoder():
    decoder = MaskDecoder()
    stirred(decoder)
    return decoder


def maps(*shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def asked(prompts, images=1, *, skips=False, masks=False):
    """Arguments of the decoder for so many prompts."""
    embedding = maps(images, 256, SIDE, SIDE, seed=1)
    fine = (
        maps(images, 64, 2 * SIDE, 2 * SIDE, seed=2),
        maps(images, 32, 4 * SIDE, 4 * SIDE, seed=3),
    )
    dense = maps(prompts, 256, SIDE, SIDE, seed=4) if masks else maps(1, 256, 1, 1, seed=4)
    return (
        Features(embedding, fine if skips else ()),
        maps(1, 256, SIDE, SIDE, seed=5),
        maps(prompts, 3, 256, seed=6),
        dense.expand(prompts, 256, SIDE, SIDE),
    )


def close(ours, expected):
    reach = expected.max() - expected.min()
    assert reach > 0.5, "the weights say nothing"
    assert (ours - expected).abs().max() < TOLERANCE * reach


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize(
    ("prompts", "images", "masks"), [(1, 1, False), (3, 1, True), (2, 2, True)]
)
def test_the_same_as_by_the_book(decoder, prompts, images, masks, skips):
    arguments = asked(prompts, images, skips=skips, masks=masks)
    with torch.no_grad():
        logits, iou = decoder(*arguments)
        expected, expected_iou = decoded_by_the_book(decoder, *arguments)
    assert logits.shape == (prompts, 4, 4 * SIDE, 4 * SIDE)
    close(logits, expected)
    close(iou, expected_iou)


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize("wanted", [slice(0, 4), slice(1, 4), slice(0, 1)])
def test_what_is_known_beforehand_changes_nothing(decoder, skips, wanted):
    features, pe, sparse, dense = asked(3, skips=skips)
    with torch.no_grad():
        expected, expected_iou = decoded_by_the_book(decoder, features, pe, sparse, dense)
        seen = decoder.foresee(decoder.see(features, pe, dense[:1]))
        logits, iou = decoder.answer(seen, sparse, wanted)
    close(logits, expected[:, wanted])
    assert torch.allclose(iou, expected_iou[:, wanted], atol=1e-4)


@pytest.mark.parametrize("skips", [False, True])
def test_what_is_not_drawn_is_minus_infinity_and_the_rest_the_same(decoder, skips):
    features, pe, sparse, dense = asked(3, skips=skips)
    with torch.no_grad():
        seen = decoder.foresee(decoder.see(features, pe, dense[:1]))
        whole, iou = decoder.answer(seen, sparse)
        best = iou.amax(1)
        least = float(best.sort().values[:2].mean())  # the least promising prompt is below it
        part, part_iou = decoder.answer(seen, sparse, ALL, Drawn(least, rows=SIDE - 3, columns=2))
        nothing, _ = decoder.answer(seen, sparse, ALL, Drawn(float(best.max()) + 1))
    assert torch.allclose(part_iou, iou)
    drawn = torch.zeros_like(whole, dtype=torch.bool)
    drawn[best > least, :, : 4 * (SIDE - 3), :8] = True
    assert torch.equal(part == -torch.inf, ~drawn)
    close(part[drawn], whole[drawn])
    assert (nothing == -torch.inf).all()


@pytest.mark.parametrize("masks", [False, True])
def test_the_same_gradients_as_by_the_book(masks):
    """In fp64, so that the two orders of summing cannot hide a wrong term."""
    decoder = MaskDecoder().double()
    stirred(decoder)
    features, pe, sparse, dense = asked(2, skips=True, masks=masks)
    leaves = [features.embedding, *features.skips, sparse, dense]
    leaves = [leaf.double().requires_grad_() for leaf in leaves]

    def gradients(decode):
        again = Features(leaves[0], (leaves[1], leaves[2]))
        logits, iou = decode(again, pe.double(), leaves[3], leaves[4])
        loss = logits.square().mean() + iou.square().sum()
        return torch.autograd.grad(loss, [*leaves, *decoder.parameters()], allow_unused=True)

    ours = gradients(decoder)
    expected = gradients(lambda *arguments: decoded_by_the_book(decoder, *arguments))
    names = ["embedding", "skip", "skip", "sparse", "dense", *dict(decoder.named_parameters())]
    for name, one, other in zip(names, ours, expected, strict=True):
        if one is None:  # attention does not see it: a bias that moves all of a query's keys alike
            assert name.endswith("token_to_image.k_proj.bias")
            assert other.abs().max() < 1e-12
        else:
            assert torch.allclose(one, other, rtol=1e-9, atol=1e-12), name


def attentions(decoder):
    """What each attention of the decoder is given, and what comes of it."""
    heard = []
    ends = [
        module.register_forward_hook(lambda *heard_: heard.append(heard_))
        for module in decoder.modules()
        if isinstance(module, Attention)
    ]
    yield heard
    for end in ends:
        end.remove()


@pytest.mark.parametrize("foreseen", [False, True])
def test_a_hook_hears_every_attention_and_who_looks_at_what_is_what_came_of_it(decoder, foreseen):
    features, pe, sparse, dense = asked(2)
    hearing = attentions(decoder)
    heard = next(hearing)
    with torch.no_grad():
        seen = decoder.see(features, pe, dense[:1])
        decoder.answer(decoder.foresee(seen) if foreseen else seen, sparse)
        next(hearing, None)
        kinds = [type(module) for module, *_ in heard]
        assert kinds == 2 * [Attention, TokenToImage, ImageToToken] + [TokenToImage]
        for module, given, came in heard:
            shares = module.weights(*given)
            assert torch.allclose(shares.sum(-1), torch.ones(()))
            values = given[1].pixels if isinstance(module, TokenToImage) else given[2]
            read = module.join(shares @ module.split(module.v_proj(values)))
            own = given[0].pixels if isinstance(module, ImageToToken) else 0
            close(came, own + read)
