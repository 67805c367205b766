"""The trace: every named value of one prediction, for every encoder here, and nothing changed."""

import re

import numpy as np
import pytest
import torch

from sam_widget import Prompts, Segmenter
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.segment.trace import Trace, trace
from tests.reference import stirred

PHOTO = np.random.default_rng(0).integers(0, 256, (40, 64, 3), np.uint8)
POINT = Prompts(np.array([[30.5, 20.5]], np.float32), np.array([1]))
BOX = Prompts(box=np.array([5, 5, 40, 30], np.float32))


def vit():
    encoder = ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, window=3)
    return Sam(encoder, PromptEncoder(64), MaskDecoder())


BUILDERS = {
    "vit": vit,
    "mobile_sam": lambda: build_tiny_vit(LAYOUTS["mobile_sam"], 64),
    "mini": lambda: build_mini(64),
}
DECODER = [
    *(f"transformer.layers.{i}.{part}" for i in range(2) for part in (
        "self_attn", "cross_attn_token_to_image", "cross_attn_image_to_token")),
    *("transformer.final_attn_token_to_image", "iou_prediction_head"),
    *("output_upscaling", "product"),
    *(f"output_hypernetworks_mlps.{i}" for i in (1, 2, 3)),
]  # fmt: skip
ENCODERS = {
    "vit": ["patch_embed", "blocks.0.attn", "blocks.1.attn", "blocks.0", "blocks.1", "neck"],
    "mobile_sam": ["patch_embed", "layers.1.blocks.0.attn", "layers.3.blocks.1", "neck"],
    "mini": [""],
}


@pytest.fixture(scope="module", params=BUILDERS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def segmenter(kind):
    torch.manual_seed(0)
    sam = BUILDERS[kind]().eval()
    stirred(sam)
    return Segmenter(sam, kind)


def predict(segmenter, prompts):
    return segmenter.predict(segmenter.embed(PHOTO), prompts)


@pytest.mark.parametrize("prompts", [POINT, BOX], ids=["point", "box"])
def test_the_answer_is_the_same(segmenter, prompts):
    before = predict(segmenter, prompts)
    with trace(segmenter):
        during = predict(segmenter, prompts)
    assert np.array_equal(before.logits, during.logits)
    assert np.array_equal(before.scores, during.scores)


def test_every_named_value_is_there(segmenter, kind):
    with trace(segmenter) as heard:
        answer = predict(segmenter, POINT)
    wanted = {f"mask_decoder.{name}" for name in DECODER}
    wanted |= {f"image_encoder.{name}".rstrip(".") for name in ENCODERS[kind]}
    assert wanted | {"prompt_encoder", "prompt_encoder.pe_layer"} <= heard.keys()
    assert len(heard) > 15
    logits = heard["mask_decoder.product"].array()[0]
    assert {tuple(each.ravel()) for each in logits} == {tuple(e.ravel()) for e in answer.logits}
    kernels, pixels = heard["mask_decoder.product"].given
    again = np.einsum("mc,chw->mhw", kernels[0].numpy(), pixels[0].numpy())
    assert np.allclose(again, logits, atol=1e-4)
    assert heard["prompt_encoder"].shape == (1, 2, 256)
    iou = heard["mask_decoder.iou_prediction_head"].array()[0]
    assert np.isin(answer.scores, iou.clip(0, 1)).all()


def test_attention_tells_who_looks_at_what(segmenter):
    with trace(segmenter) as heard:
        predict(segmenter, POINT)
    looking = [name for name in heard if re.search(r"attn", name)]
    assert len(looking) >= 7
    for name in looking:
        encoder = name.startswith("image_encoder")
        shares = heard[name].weights(*(1, 2) if encoder else ())
        sums = shares.sum((-2, -1)) if encoder else shares.sum(-1)
        assert torch.allclose(sums, torch.ones(()), atol=1e-5), name
        assert shares.std() > 0, name


def test_what_a_pixel_looks_at_is_what_it_reads(segmenter, kind):
    if kind == "mini":
        assert not [n for n in ("attn",) if hasattr(segmenter.sam.image_encoder, n)]
        return
    with trace(segmenter) as heard:
        predict(segmenter, POINT)
    name = next(name for name in heard if name.endswith("attn"))
    attention, (x, *rest) = heard[name].module, heard[name].given
    with torch.no_grad():
        *_, v = attention._split(x)
        shares = attention.weights(x, *rest, 1, 2).flatten(2)  # (B, heads, N)
        read = torch.einsum("bhn,bhnd->bhd", shares, v).flatten(1)
        expected = attention.proj(read)
    assert torch.allclose(heard[name].value[:, 1, 2], expected, atol=1e-4)


def test_the_last_prediction_is_the_one_that_is_kept(segmenter):
    with trace(segmenter) as heard:
        embedding = segmenter.embed(PHOTO)
        segmenter.predict(embedding, BOX)
        assert heard["prompt_encoder"].shape == (1, 2, 256)
        encoded = set(heard)
        segmenter.predict(embedding, POINT)
        assert {name for name in encoded if name.startswith("image_encoder")} <= heard.keys()
        segmenter.embed(PHOTO[::2])
    again = [name for name in heard if name.startswith("image_encoder")]
    assert list(heard)[-len(again) :] == again


def test_nothing_is_left_behind(segmenter):
    with pytest.raises(ZeroDivisionError), trace(segmenter) as heard:
        1 / 0  # noqa: B018
    assert not heard
    for module in segmenter.sam.modules():
        assert not module._forward_hooks
        assert not module._forward_pre_hooks


def test_what_is_no_attention_says_so(segmenter):
    with trace(segmenter) as heard:
        predict(segmenter, POINT)
    with pytest.raises(ValueError, match="iou_prediction_head looks at nothing"):
        heard["mask_decoder.iou_prediction_head"].weights()
    assert repr(heard).startswith("<Trace of")
    assert isinstance(heard, Trace)
