"""With the same weights, our network says what ``transformers``' ``SamModel`` says."""

from __future__ import annotations

import pytest
import torch
from transformers import SamConfig, SamModel

from sam_widget.models.checkpoints import load_model
from tests.models.compare import TOLERANCE

SMALL = {
    "hidden_size": 64,
    "num_hidden_layers": 4,
    "num_attention_heads": 2,
    "mlp_dim": 256,
    "global_attn_indexes": [1, 3],
    "image_size": 512,
}


def saved(config: dict, side: int, folder, stir):
    """Their model with stirred weights, and ours as it loads what theirs saves."""
    grid = {"image_size": side, "image_embedding_size": side // 16}
    theirs = SamModel(SamConfig(vision_config=config, prompt_encoder_config=grid)).eval()
    stir(theirs)
    assert all((p != 0).any() for p in theirs.parameters())
    theirs.save_pretrained(folder)
    return theirs, load_model(folder, "cpu", "float32")


def prompts(side: int):
    """Two prompts of each kind, in the input's pixels, where the first one's centre is 0."""
    noise = torch.Generator().manual_seed(3)
    points = torch.rand(2, 3, 2, generator=noise) * (side - 1)
    labels = torch.tensor([[1, 0, 1], [0, 1, 1]])
    boxes = torch.tensor([[0.1, 0.2, 0.7, 0.6], [0.4, 0.0, 0.9, 0.8]]) * side
    mask = 4 * torch.randn(1, 1, side // 4, side // 4, generator=noise)
    yield "one point", points[:, :1], labels[:, :1], None, None
    yield "points", points, labels, None, None
    yield "boxes", None, None, boxes, None
    yield "points and boxes", points, labels, boxes, None
    yield "points and mask", points[:1], labels[:1], None, mask
    yield "points, box and mask", points[:1], labels[:1], boxes[:1], mask


@torch.inference_mode()
def compare(theirs: SamModel, ours) -> None:
    pixels = torch.randint(0, 256, (1, 3, ours.side * 2 // 3, ours.side), dtype=torch.uint8)
    x = ours.preprocess(pixels)
    embedding = theirs.get_image_embeddings(x)
    features = ours.image_encoder(x)
    difference = (embedding - features.embedding).abs().max()
    assert difference < TOLERANCE * embedding.abs().max()

    for name, points, labels, boxes, mask in prompts(ours.side):
        asked = None if points is None else (points, labels)
        logits, iou = ours.decode(features, asked, boxes, mask)
        for multimask, rows in ((True, slice(1, 4)), (False, slice(0, 1))):
            answer = theirs(
                image_embeddings=embedding,
                input_points=None if points is None else points[None],
                input_labels=None if labels is None else labels[None],
                input_boxes=None if boxes is None else boxes[None],
                input_masks=mask,
                multimask_output=multimask,
            )
            low = answer.pred_masks[0]
            reach = low.max() - low.min()
            assert reach > 1, f"{name}: the weights say nothing"
            assert (logits[:, rows] - low).abs().max() < TOLERANCE * reach, name
            assert (iou[:, rows] - answer.iou_scores[0]).abs().max() < TOLERANCE, name


def test_small_vit_equals_transformers(stir, tmp_path):
    compare(*saved(SMALL, 512, tmp_path, stir))


@pytest.mark.slow
def test_vit_b_equals_transformers(stir, tmp_path):
    theirs, ours = saved({}, 1024, tmp_path, stir)
    assert len(ours.image_encoder.blocks) == 12
    compare(theirs, ours)
