"""With the same weights, our network says what ``segment-anything``'s says."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import SIZES, ViTEncoder, ViTSize, build_vit
from sam_widget.segment.segmenter import Prompts, Segmenter
from sam_widget.segment.upscale import image_logits

TOLERANCE = 1e-4  # of the logits' range
SMALL = ViTSize(64, 4, 2, (1, 3))
ODD_SIZES = [(1, 1), (37, 1024), (3000, 20), (333, 500)]  # height, width


def small_reference(reference):
    encoder = reference.modeling.ImageEncoderViT(
        img_size=1024, embed_dim=64, depth=4, num_heads=2, out_chans=256, use_rel_pos=True,
        window_size=14, global_attn_indexes=(1, 3),
        norm_layer=lambda width: torch.nn.LayerNorm(width, eps=1e-6),
    )  # fmt: skip
    full = reference.sam_model_registry["vit_b"]
    whole = full()
    return reference.modeling.Sam(encoder, whole.prompt_encoder, whole.mask_decoder)


@pytest.fixture(scope="module")
def small(reference, stir):
    """Both networks with a small ViT and the same stirred weights."""
    theirs = small_reference(reference).eval()
    stir(theirs)
    ours = Sam(ViTEncoder(SMALL), PromptEncoder(1024), MaskDecoder()).eval()
    ours.load_state_dict(theirs.state_dict(), strict=True)
    return theirs, ours


def photo(height: int, width: int) -> np.ndarray:
    rng = np.random.default_rng(height * 10_000 + width)
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


def cases(height: int, width: int):
    """Prompts in image pixels, as the reference takes them: pixel centres at whole numbers."""
    x, y = (width - 1) * 0.4, (height - 1) * 0.6
    point = np.array([[x, y]], np.float32)
    two = np.array([[x, y], [(width - 1) * 0.9, (height - 1) * 0.1]], np.float32)
    box = np.array([width * 0.1, height * 0.2, width * 0.8, height * 0.9], np.float32)
    mask = np.random.default_rng(1).normal(0, 4, (256, 256)).astype(np.float32)
    yield "point", point, [1], None, None
    yield "points", two, [1, 0], None, None
    yield "box", None, None, box, None
    yield "mask", None, None, None, mask
    yield "point and box", point, [0], box, None
    yield "points and mask", two, [0, 1], None, mask
    yield "points, box and mask", two, [1, 0], box, mask


def compare(reference, theirs, ours: Sam, height: int, width: int) -> None:
    pixels = photo(height, width)
    predictor = reference.SamPredictor(theirs)
    predictor.set_image(pixels)
    segmenter = Segmenter(ours, "parity", "parity")
    embedding = segmenter.embed(pixels)
    difference = (predictor.features - embedding.features.embedding).abs().max()
    assert difference < TOLERANCE * predictor.features.abs().max()

    frame = embedding.frame
    half = 0.5 * np.array([width / frame.resized[0], height / frame.resized[1]], np.float32)
    for name, points, labels, box, mask in cases(height, width):
        ask = Prompts(
            *([] if points is None else [points + half, np.array(labels)]),
            box=None if box is None else (box.reshape(2, 2) + half).reshape(4),
            logits=mask,
        )
        logits, iou = segmenter.decode(embedding, ask)
        for multimask, rows in ((True, slice(1, 4)), (False, slice(0, 1))):
            full, scores, low = predictor.predict(
                points, None if labels is None else np.array(labels), box,
                None if mask is None else mask[None], multimask, return_logits=True,
            )  # fmt: skip
            reach = float(np.ptp(low))
            assert reach > 1, f"{name}: the weights say nothing"
            assert np.abs(logits[rows].numpy() - low).max() < TOLERANCE * reach, name
            assert np.abs(iou[rows].numpy() - scores).max() < TOLERANCE, name
            ours_full = np.stack([image_logits(row, frame) for row in logits[rows].numpy()])
            assert np.abs(ours_full - full).max() < TOLERANCE * reach, name


@pytest.mark.parametrize(("height", "width"), ODD_SIZES)
def test_small_vit_equals_the_reference(reference, small, height, width):
    compare(reference, *small, height, width)


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
    q, k, _ = seen[0].view(4096, 3, 2, 32).permute(1, 2, 0, 3).unbind(0)
    weights = (q[:, :64] @ k.transpose(-1, -2) / 32**0.5).softmax(-1)
    assert weights.max(-1).values.median() > 20 / 4096


@pytest.mark.parametrize("name", SIZES)
def test_keys_and_shapes_are_official(reference, name):
    with torch.device("meta"):
        theirs = reference.sam_model_registry[name]()
        ours = build_vit(SIZES[name])
    expected = {key: tuple(value.shape) for key, value in theirs.state_dict().items()}
    assert {key: tuple(value.shape) for key, value in ours.state_dict().items()} == expected
