"""With the same weights, our network says what ``segment-anything``'s says."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import SIZES, ViTEncoder, ViTSize, build_vit
from sam_widget.segment.segmenter import Segmenter
from tests.models.compare import compare, photo

SMALL = ViTSize(64, 4, 2, (1, 3))
SIDE = 512
ODD_SIZES = [(1, 1), (37, 1024), (3000, 20), (333, 500)]  # height, width


def small_reference(reference):
    """The official parts with a small ViT on 512 px: its windows are padded, as the large one's."""
    modeling = reference.modeling
    encoder = modeling.ImageEncoderViT(
        img_size=SIDE, embed_dim=64, depth=4, num_heads=2, out_chans=256, use_rel_pos=True,
        window_size=14, global_attn_indexes=(1, 3),
        norm_layer=lambda width: torch.nn.LayerNorm(width, eps=1e-6),
    )  # fmt: skip
    grid = (SIDE // 16, SIDE // 16)
    prompt_encoder = modeling.PromptEncoder(256, grid, (SIDE, SIDE), mask_in_chans=16)
    mask_decoder = reference.sam_model_registry["vit_b"]().mask_decoder
    return modeling.Sam(encoder, prompt_encoder, mask_decoder)


@pytest.fixture(scope="module")
def small(reference, stir):
    """Both networks with a small ViT and the same stirred weights."""
    theirs = small_reference(reference).eval()
    stir(theirs)
    ours = Sam(ViTEncoder(SMALL, SIDE), PromptEncoder(SIDE), MaskDecoder()).eval()
    ours.load_state_dict(theirs.state_dict(), strict=True)
    return theirs, ours


@pytest.mark.parametrize(("height", "width"), ODD_SIZES)
def test_small_vit_equals_the_reference(reference, small, height, width):
    compare(reference, *small, height, width)


@pytest.mark.slow
def test_vit_b_equals_the_reference(reference, stir):
    theirs = reference.sam_model_registry["vit_b"]().eval()
    stir(theirs)
    assert all((p != 0).any() for p in theirs.parameters())
    ours = build_vit(SIZES["vit_b"]).eval()
    ours.load_state_dict(theirs.state_dict(), strict=True)
    compare(reference, theirs, ours, 426, 640)


def test_attention_is_sharp_enough_to_matter(small):
    """Flat attention would hide a wrong bias: ours must look at few keys, not at all alike."""
    _, ours = small
    seen = []
    block = ours.image_encoder.blocks[1].attn
    block.qkv.register_forward_hook(lambda _, __, out: seen.append(out.detach()))
    Segmenter(ours, "sharp", "sharp").embed(photo(64, 64))
    q, k, _ = seen[0].view(1024, 3, 2, 32).permute(1, 2, 0, 3).unbind(0)
    weights = (q[:, :64] @ k.transpose(-1, -2) / 32**0.5).softmax(-1)
    assert weights.max(-1).values.median() > 20 / 1024


@pytest.mark.parametrize("name", SIZES)
def test_keys_and_shapes_are_official(reference, name):
    with torch.device("meta"):
        theirs = reference.sam_model_registry[name]()
        ours = build_vit(SIZES[name])
    expected = {key: tuple(value.shape) for key, value in theirs.state_dict().items()}
    assert {key: tuple(value.shape) for key, value in ours.state_dict().items()} == expected
