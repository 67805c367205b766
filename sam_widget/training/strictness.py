"""Thresholds of everything mode that leave as much of one model as others leave of another.

A model that was taught to say how likely it is right says lower numbers than one that calls all its
masks good. This asks both about the same grid of points, and finds the numbers of the first that
are as strict as the second one's: the same share of all masks is above the predicted IoU, and of
these the same share above the stability score.

  python -m sam_widget.training.strictness --data val.tar --weights W --like SAM --save W2
      W's tensors, with thresholds for W that are as strict as SAM's own
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tqdm import tqdm

from sam_widget.models.checkpoints import load_model, load_trainable, save_sam
from sam_widget.models.thresholds import Thresholds
from sam_widget.segment.everything.search import grid
from sam_widget.segment.prompts import stability
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.data.readers import open_photos
from sam_widget.training.options import grammar_of
from sam_widget.training.run.results import room_for, save_result, size_of_model

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Sureness = NDArray[np.float64]  # (N, 2): predicted IoU and stability score of each mask

POINTS = 8
"""Along each side of a photo."""


def sureness(segmenter: Segmenter, pixels: NDArray[np.uint8]) -> Sureness:
    """Ask about a grid of points; return how sure the model is of each candidate.

    Parameters
    ----------
    segmenter
        The model in use.
    pixels
        (H, W, 3) uint8 RGB.
    """
    embedding = segmenter.embed(pixels)
    points = (grid(POINTS) * pixels.shape[1::-1])[:, None]  # (N, 1, 2)
    labels = np.ones(points.shape[:2], np.int64)
    logits, iou = segmenter.decode_batch(embedding, points, labels, multimask=True)
    return torch.stack([iou, stability(logits)], -1).reshape(-1, 2).double().cpu().numpy()


def as_strict(ours: Sureness, theirs: Sureness, thresholds: Thresholds) -> Thresholds:
    """Return thresholds that leave of our masks the share that `thresholds` leave of theirs."""
    iou = _level(ours[:, 0], float(np.mean(theirs[:, 0] > thresholds.predicted_iou)))
    left, still = ours[ours[:, 0] > iou, 1], theirs[theirs[:, 0] > thresholds.predicted_iou, 1]
    share = float(np.mean(still >= thresholds.stability_score)) if len(still) else 0.0
    return Thresholds(iou, _level(left, share))


def _level(values: NDArray[np.float64], share: float) -> float:
    """Return the level in 0..1, of two digits, above which that share of the values lies."""
    level = float(np.quantile(values, 1 - share)) if len(values) else 1.0
    return round(min(max(level, 0.0), 1.0), 2)


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.strictness", __doc__)
    out.add_argument("--data", type=Path, required=True, help="photos: any that evaluate takes")
    out.add_argument("--weights", required=True, help="the model that wants thresholds")
    out.add_argument("--like", required=True, help="the model whose thresholds are the measure")
    out.add_argument("--photos", type=int, default=60, help="how many, evenly spread (default: 60)")
    out.add_argument("--save", type=Path, help="where to write the weights with the thresholds")
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask both, print the thresholds, write them beside the weights."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    if given.photos < 1:
        grammar.error(f"at least one photo is looked at, not {given.photos}.")
    try:
        room_for(given.save)
        photos = open_photos(given.data)
        first, second = (
            Segmenter(load_model(name, "cpu", "float32")) for name in (given.weights, given.like)
        )
        room_for(given.save, size_of_model(first.sam, first.sam.image_encoder.kept.itemsize))
    except ValueError as error:
        grammar.error(str(error))
    chosen = np.linspace(0, len(photos.sources) - 1, given.photos).round().astype(int)
    ours, theirs = [], []
    for number in tqdm(chosen, unit="photo", disable=None):
        pixels = np.asarray(photos[int(number)].pixels)
        ours.append(sureness(first, pixels))
        theirs.append(sureness(second, pixels))
    found = as_strict(np.concatenate(ours), np.concatenate(theirs), second.thresholds)
    print(found)  # noqa: T201
    if given.save:
        sam = load_trainable(given.weights)
        sam.thresholds = found
        try:
            save_result(lambda place: save_sam(sam, place), given.save)
        except ValueError as error:  # the thresholds are printed
            grammar.error(str(error))


if __name__ == "__main__":
    main()
