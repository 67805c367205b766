"""A checkpoint's keys and shapes say which network it belongs to."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.architectures import _windows, at_side, empty_sam, fit_tables
from sam_widget.models.checkpoints import CheckpointError
from sam_widget.models.encoder import ImageEncoder
from sam_widget.models.layers import fuse
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.models.vit import SIZES, ViTEncoder, ViTSize, build_vit


def shapes(sam: Sam) -> dict[str, tuple[int, ...]]:
    return {key: tuple(value.shape) for key, value in sam.state_dict().items()}


def vit(size: ViTSize, side: int, window: int = 14) -> Sam:
    return Sam(ViTEncoder(size, side, window=window), PromptEncoder(side), MaskDecoder())


def on_meta(build, *arguments) -> Sam:
    with torch.device("meta"):
        return build(*arguments)


@pytest.mark.parametrize("name", SIZES)
def test_the_three_published_vits(name):
    sam = on_meta(build_vit, SIZES[name])
    found = empty_sam(sam.state_dict(), {})
    assert found.side == 1024
    assert shapes(found) == shapes(sam)
    blocks = found.image_encoder.blocks
    assert {i for i, block in enumerate(blocks) if not block.window} == {*SIZES[name].global_blocks}
    assert {block.window for block in blocks} == {0, 14}
    assert {block.attn.heads for block in blocks} == {SIZES[name].heads}


@pytest.mark.parametrize(
    ("size", "side", "window"),
    [
        (ViTSize(64, 4, 2, (1, 3)), 1024, 14),
        (ViTSize(48, 3, 3, (0,)), 256, 7),
        (ViTSize(96, 5, 4, (2, 4)), 512, 8),
        (ViTSize(32, 2, 1, (0, 1)), 128, 14),  # all global
        (ViTSize(32, 2, 1, ()), 512, 14),  # all in windows
        (ViTSize(32, 2, 1, (1,)), 112, 14),  # windows larger than the map
    ],
)
def test_vits_of_any_size_compute_the_same(size, side, window, stir):
    sam = vit(size, side, window).eval()
    stir(sam)
    found = empty_sam(sam.state_dict(), {})
    found.load_state_dict(sam.state_dict(), assign=True)
    assert found.side == found.image_encoder.side == side
    x = torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        expected = sam.image_encoder(x).embedding
        assert torch.equal(found.eval().image_encoder(x).embedding, expected)
    assert expected.std() > 0.1


def test_tables_of_another_grid_are_resized_as_the_reference_does(reference, stir):
    """Fine-tuned at another side, with the positions resized and the tables left as they were."""
    theirs = reference.modeling.ImageEncoderViT(
        img_size=512, embed_dim=32, depth=3, num_heads=2, out_chans=256, use_rel_pos=True,
        window_size=14, global_attn_indexes=(1,),
    ).eval()  # fmt: skip
    table = torch.nn.Parameter(torch.zeros(127, 16))
    theirs.blocks[1].attn.rel_pos_h = table
    theirs.blocks[1].attn.rel_pos_w = torch.nn.Parameter(torch.ones(127, 16))
    stir(theirs)
    tensors = vit(ViTSize(32, 3, 2, (1,)), 512).state_dict()
    tensors |= {f"image_encoder.{key}": value for key, value in theirs.state_dict().items()}
    ours = empty_sam(tensors, {})
    assert ours.side == 512
    assert [block.window for block in ours.image_encoder.blocks] == [14, 0, 14]
    ours.load_state_dict(fit_tables(ours, tensors), assign=True)
    for block in (*ours.image_encoder.blocks, *theirs.blocks):
        for norm in (block.norm1, block.norm2):
            norm.eps = 1e-6
    x = torch.randn(1, 3, 512, 512, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        expected = theirs(x)
        difference = (ours.eval().image_encoder(x).embedding - expected).abs().max()
    assert difference < 1e-4 * expected.abs().max()


@pytest.mark.parametrize(
    ("lengths", "grid", "window", "global_blocks"),
    [
        ([27, 127], 64, 14, (1,)),
        ([27, 127], 32, 14, (1,)),  # another grid, smaller
        ([27, 127], 96, 14, (1,)),  # and larger
        ([127, 127], 32, 14, (0, 1)),
        ([27, 27], 64, 14, ()),
        ([27, 13], 7, 14, (1,)),  # windows larger than the map
        ([13], 7, 14, (0,)),
    ],
)
def test_windows_and_global_blocks_by_their_tables(lengths, grid, window, global_blocks):
    assert _windows(lengths, grid) == (window, global_blocks)


def test_the_width_and_the_mask_channels_are_read():
    encoder = ViTEncoder(ViTSize(32, 2, 2, (1,)), 256, 128)
    sam = Sam(encoder, PromptEncoder(256, 128, 8), MaskDecoder(128, 5))
    found = empty_sam(sam.state_dict(), {})
    assert shapes(found) == shapes(sam)


@pytest.mark.parametrize("name", LAYOUTS)
def test_tiny_vits(name):
    sam = on_meta(build_tiny_vit, LAYOUTS[name])
    found = empty_sam(sam.state_dict(), {})
    assert type(found.image_encoder) is type(sam.image_encoder)
    assert shapes(found) == shapes(sam)
    assert found.side == LAYOUTS[name].side
    assert found.image_encoder.stride == sam.image_encoder.stride
    assert empty_sam(sam.state_dict(), {"side": "512"}).side == 512


def test_mini_takes_its_side_from_the_notes():
    sam = on_meta(build_mini, 256)
    found = empty_sam(sam.state_dict(), {"side": "256"})
    assert found.side == 256
    assert shapes(found) == shapes(sam)
    assert empty_sam(sam.state_dict(), {}).side == 512


@pytest.mark.parametrize(
    "build",
    [
        lambda: build_mini(64),
        lambda: build_tiny_vit(LAYOUTS["mobile_sam"]),
        lambda: build_tiny_vit(LAYOUTS["lite_medsam"]),
        lambda: vit(ViTSize(32, 2, 1, (0,)), 64),
    ],
)
def test_nothing_stays_unallocated(build):
    """Whatever is not in the file must not have been left on the device without memory."""
    sam = build()
    found = empty_sam(sam.state_dict(), {"side": str(sam.side)})
    found.load_state_dict(sam.state_dict(), assign=True)
    for name, tensor in [*found.named_parameters(), *found.named_buffers()]:
        assert tensor.device.type == "cpu", name


@pytest.mark.parametrize(
    "build", [lambda: build_mini(64), lambda: build_tiny_vit(LAYOUTS["mobile_sam"], 64)]
)
def test_folding_changes_no_answer(build, stir):
    sam = build().eval()
    stir(sam)
    x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        before = sam.image_encoder(x).embedding
        after = fuse(sam).image_encoder(x).embedding
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in sam.modules())
    assert (before - after).abs().max() < 1e-3 * before.abs().max()


PART = "image_encoder."


@pytest.mark.parametrize(
    ("key", "tensor", "said"),
    [
        (PART + "pos_embed", None, "lacks image_encoder.pos_embed"),
        (PART + "pos_embed", torch.zeros(1, 16, 17, 32), "grid of 16 by 17"),
        (PART + "pos_embed", torch.zeros(1).expand(1, 10**5, 10**5, 32), "pictures of 1600000 px"),
        (PART + "patch_embed.proj.weight", torch.zeros(32, 3, 8, 8), "patches are of 8 px"),
        (PART + "patch_embed.proj.weight", torch.zeros(0, 3, 16, 16), "has the shape"),
        (PART + "blocks.0.attn.rel_pos_h", torch.zeros(27, 5), "not part into heads of 5"),
        (PART + "blocks.2.attn.rel_pos_h", torch.zeros(11, 16), "3 lengths"),
        (PART + "neck.0.weight", torch.zeros(40, 32, 1, 1), "40 channels do not part"),
        ("mask_decoder.mask_tokens.weight", torch.zeros(4), r"weight has the shape \(4,\)"),
    ],
)
def test_what_fits_no_network_is_said(key, tensor, said):
    tensors = on_meta(vit, ViTSize(32, 3, 2, (1,)), 256).state_dict()
    tensors[key] = tensor
    if tensor is None:
        del tensors[key]
    with pytest.raises(ValueError, match=said):
        empty_sam(tensors, {})


@pytest.mark.parametrize("side", ["0", "-64", "100", "1000000", "many", ""])
def test_absurd_sides_are_refused(side):
    tensors = on_meta(build_mini, 64).state_dict()
    with pytest.raises(ValueError, match=f"asks for pictures of {side} px"):
        empty_sam(tensors, {"side": side})


@pytest.mark.parametrize(
    ("build", "side", "said"),
    [
        (lambda: build_mini(64), 7, "multiple of 32 px up to 8192, which 7 is not"),
        (lambda: build_mini(64), -32, "which -32 is not"),
        (lambda: build_mini(64), 0, "which 0 is not"),
        (lambda: build_mini(64), 8224, "which 8224 is not"),
        (lambda: build_tiny_vit(LAYOUTS["mobile_sam"], 64), 72, "multiple of 16 px"),
        (lambda: vit(ViTSize(32, 2, 1, (0,)), 64), 128, "its own side alone, 64 px, not of 128 px"),
    ],
)
def test_a_side_that_a_model_cannot_take_is_refused(build, side, said):
    sam = on_meta(build)
    with pytest.raises(CheckpointError, match=said):
        at_side(sam, side)
    assert sam.side == 64


@pytest.mark.parametrize(
    ("build", "side"),
    [
        (lambda: build_mini(64), 96),
        (lambda: build_tiny_vit(LAYOUTS["lite_medsam"], 64), 72),
        (lambda: vit(ViTSize(32, 2, 1, (0,)), 112), 112),
    ],
)
def test_another_side_that_a_model_can_take(build, side):
    sam = at_side(on_meta(build), side)
    assert sam.side == sam.image_encoder.side == side


def test_a_stem_of_neither_kind():
    tensors = on_meta(build_tiny_vit, LAYOUTS["mobile_sam"]).state_dict()
    tensors["image_encoder.patch_embed.seq.0.c.weight"] = torch.zeros(32, 3, 5, 5)
    with pytest.raises(ValueError, match="convolution of 5 by 5"):
        empty_sam(tensors, {})


def test_others_are_nobody():
    assert empty_sam({"image_encoder.trunk.pos_embed": torch.zeros(1)}, {}) is None
    assert empty_sam({}, {}) is None


def test_every_architecture_is_an_image_encoder():
    for build in (build_mini, lambda: build_tiny_vit(LAYOUTS["mobile_sam"])):
        encoder = empty_sam(on_meta(build).state_dict(), {}).image_encoder
        assert isinstance(encoder, ImageEncoder)
        assert encoder.img_size == encoder.side
