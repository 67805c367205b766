"""MobileSAM by its published layout: keys, shapes, and numbers beside an independent TinyViT."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from sam_widget.models.checkpoints import load_model
from sam_widget.models.layers import fuse
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from tests.models.compare import TOLERANCE, compare
from tests.reference import tiny_vit

MOBILE = LAYOUTS["mobile_sam"]


def published() -> dict[str, tuple[int, ...]]:
    """The image encoder's keys and shapes in MobileSAM's own file."""
    shapes: dict[str, tuple[int, ...]] = {}

    def normed(name: str, *conv: int) -> None:
        shapes[f"{name}.c.weight"] = conv
        for part in ("weight", "bias", "running_mean", "running_var"):
            shapes[f"{name}.bn.{part}"] = conv[:1]
        shapes[f"{name}.bn.num_batches_tracked"] = ()

    def affine(name: str, out: int, *inside: int) -> None:
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = (out, *inside), (out,)

    normed("patch_embed.seq.0", 32, 3, 3, 3)
    normed("patch_embed.seq.2", 64, 32, 3, 3)
    for block in ("layers.0.blocks.0", "layers.0.blocks.1"):
        normed(f"{block}.conv1", 256, 64, 1, 1)
        normed(f"{block}.conv2", 256, 1, 3, 3)
        normed(f"{block}.conv3", 64, 256, 1, 1)
    for stage, (inside, out) in enumerate([(64, 128), (128, 160), (160, 320)]):
        normed(f"layers.{stage}.downsample.conv1", out, inside, 1, 1)
        normed(f"layers.{stage}.downsample.conv2", out, 1, 3, 3)
        normed(f"layers.{stage}.downsample.conv3", out, out, 1, 1)
    for stage, width, depth, heads, biases in [
        (1, 128, 2, 4, 49),
        (2, 160, 6, 5, 196),
        (3, 320, 2, 10, 49),
    ]:
        for block in (f"layers.{stage}.blocks.{i}" for i in range(depth)):
            shapes[f"{block}.attn.attention_biases"] = (heads, biases)
            affine(f"{block}.attn.norm", width)
            affine(f"{block}.attn.qkv", 3 * width, width)
            affine(f"{block}.attn.proj", width, width)
            affine(f"{block}.mlp.norm", width)
            affine(f"{block}.mlp.fc1", 4 * width, width)
            affine(f"{block}.mlp.fc2", width, 4 * width)
            normed(f"{block}.local_conv", width, 1, 3, 3)
    shapes["neck.0.weight"] = (256, 320, 1, 1)
    affine("neck.1", 256)
    shapes["neck.2.weight"] = (256, 256, 3, 3)
    affine("neck.3", 256)
    return shapes


CLASSIFIER = {  # in the file too, left from pre-training and never used
    "norm_head.weight": (320,),
    "norm_head.bias": (320,),
    "head.weight": (1000, 320),
    "head.bias": (1000,),
}


def independent(stem: tuple[int, int, int]) -> nn.Module:
    """LiteMedSAM's published TinyViT, with a stem of MobileSAM's kernel, stride and padding."""
    module = tiny_vit()
    encoder = module.TinyViT(
        img_size=256, embed_dims=[64, 128, 160, 320], depths=[2, 2, 6, 2],
        num_heads=[2, 4, 5, 10], window_sizes=[7, 7, 14, 7], drop_path_rate=0.0,
    )  # fmt: skip
    encoder.patch_embed.seq = nn.Sequential(
        module.Conv2d_BN(3, 32, *stem), nn.GELU(), module.Conv2d_BN(32, 64, *stem)
    )
    encoder.img_size = 1024
    return encoder


@pytest.fixture(scope="module")
def whole(reference, stir):
    """A MobileSAM of the reference's parts, with stirred weights."""
    rest = reference.sam_model_registry["vit_b"]()
    encoder = independent((3, 2, 1))
    sam = reference.modeling.Sam(encoder, rest.prompt_encoder, rest.mask_decoder).eval()
    stir(sam)
    return sam.eval()  # again: the encoder derives its biases' tables when it is told so


@pytest.fixture(scope="module")
def file(whole, tmp_path_factory):
    """The same, saved as MobileSAM's file is, classifier and all."""
    noise = torch.Generator().manual_seed(2)
    spare = {
        f"image_encoder.{key}": torch.randn(shape, generator=noise)
        for key, shape in CLASSIFIER.items()
    }
    path = tmp_path_factory.mktemp("mobile") / "mobile_sam.pt"
    torch.save({**whole.state_dict(), **spare}, path)
    return path


def test_keys_and_shapes_are_as_published(reference):
    with torch.device("meta"):
        ours = build_tiny_vit(MOBILE)
        theirs = reference.sam_model_registry["vit_b"]()
    expected = {f"image_encoder.{key}": shape for key, shape in published().items()}
    for key, value in theirs.state_dict().items():
        if not key.startswith("image_encoder."):
            expected[key] = tuple(value.shape)
    assert {key: tuple(value.shape) for key, value in ours.state_dict().items()} == expected


def test_the_independent_encoder_has_the_published_layout(whole):
    shapes = {key: tuple(t.shape) for key, t in whole.image_encoder.state_dict().items()}
    assert shapes == published()


@pytest.mark.slow
def test_mobile_sam_equals_the_reference(reference, whole, file):
    compare(reference, whole, load_model(file, "cpu", "float32"), 426, 640)


def test_a_loaded_model_has_its_batch_norms_folded(file):
    sam = load_model(file, "cpu", "float32")
    assert not any(isinstance(module, nn.BatchNorm2d) for module in sam.modules())
    assert sam.image_encoder.layers[0].blocks[0].conv2.c.bias.abs().max() > 0


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_folding_changes_nothing_and_other_sides_work(stir, layout):
    sam = build_tiny_vit(layout, 32 * layout.stride).eval()
    stir(sam)
    x = sam.preprocess(torch.rand(1, 3, 20 * layout.stride, 32 * layout.stride) * 255)
    with torch.no_grad():
        before = sam.image_encoder(x).embedding
        after = fuse(sam).image_encoder(x).embedding
        sam.side = 24 * layout.stride
        smaller = sam.image_encoder(x[..., : sam.side, : sam.side])
        logits, _ = sam.decode(smaller, boxes=torch.tensor([[5.0, 5.0, 90.0, 60.0]]))
    assert before.shape == (1, 256, 32, 32)
    assert (before - after).abs().max() < TOLERANCE * before.abs().max()
    assert logits.shape == (1, 4, 96, 96)


def test_attention_is_sharp_and_its_biases_matter(whole, file):
    """Flat attention, or biases near zero, would hide a wrong table."""
    encoder = load_model(file, "cpu", "float32").image_encoder
    attention = encoder.layers[2].blocks[0].attn
    assert attention.bias().shape == (1, 5, 196, 196)
    assert torch.equal(attention.bias()[0], whole.image_encoder.layers[2].blocks[0].attn.ab)
    seen = []
    attention.qkv.register_forward_hook(lambda _, __, out: seen.append(out.detach()))
    with torch.inference_mode():
        x = torch.randn(1, 3, 256, 256, generator=torch.Generator().manual_seed(0))
        sharp = encoder(x).embedding
        q, k, _ = seen[0][:1].reshape(196, 5, 3, 32).permute(2, 1, 0, 3).unbind(0)
        weights = (q @ k.transpose(-1, -2) / 32**0.5 + attention.bias()[0]).softmax(-1)
        attention.attention_biases.zero_()
        without = encoder(x).embedding
    assert weights.max(-1).values.median() > 10 / 196
    assert (sharp - without).abs().max() > 100 * TOLERANCE * sharp.abs().max()
