"""Our network beside ``SamPredictor``, with the same weights, on the same photo and prompts."""

from __future__ import annotations

import numpy as np

from sam_widget.models.sam import Sam
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.segment.upscale import image_logits

TOLERANCE = 1e-4  # of the logits' range


def photo(height: int, width: int) -> np.ndarray:
    rng = np.random.default_rng(height * 10_000 + width)
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


def cases(height: int, width: int, side: int):
    """Prompts in image pixels, as the reference takes them: pixel centres at whole numbers."""
    x, y = (width - 1) * 0.4, (height - 1) * 0.6
    point = np.array([[x, y]], np.float32)
    two = np.array([[x, y], [(width - 1) * 0.9, (height - 1) * 0.1]], np.float32)
    box = np.array([width * 0.1, height * 0.2, width * 0.8, height * 0.9], np.float32)
    mask = np.random.default_rng(1).normal(0, 4, (side, side)).astype(np.float32)
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
    for name, points, labels, box, mask in cases(height, width, ours.side // 4):
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
