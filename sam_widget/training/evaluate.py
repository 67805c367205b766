"""The frozen evaluation: each mask of a shard clicked, boxed, corrected. Nothing learns here.

  python -m sam_widget.training.evaluate --data val.tar
      mini, on every mask
  python -m sam_widget.training.evaluate --data val.tar --weights mini runs/a/weights.safetensors
      two models or more on the same masks: each one's figures, how far each lies from the first,
      and between what the difference lies with 95 % (bootstrap)
  python -m sam_widget.training.evaluate --data val.tar --weights a.safetensors:512 a.safetensors
      one model at two input sizes, 512 px and its own

Protocol (do not change it: numbers of different days are compared):

* Every mask of every photo of `val.tar` counts.
* The first click is at the mask's innermost point (Euclidean distance; the photo's border counts as
  outside), at the photo's own resolution. *One click* is the IoU of the candidate with the highest
  predicted IoU among the three; *best of three* is the best IoU among them.
* A box is the mask's own tight rectangle, answered by the single-mask token.
* Each later click is at the innermost point of the larger error, missed or excess; the logits of
  the answer before are fed back; the single-mask token answers.
* IoU is measured at the photo's own resolution.
* Means are taken per source, then over sources. Kinds (object, part, region, group) are means over
  their masks per source, then over the sources that have the kind.
* *Calibration* is the mean of |predicted IoU - true IoU| of the one-click answer, averaged alike;
  *bias* that of predicted IoU - true IoU: how far it promises too much.
* *Fragmented* is the share of one-click answers with more than three islands, at the photo's own
  resolution; pixels that touch at a side or a corner are of one island. Averaged alike.

Not frozen, as they follow the product: *leading* is the IoU of the mask that the widget leads with
after one click, by the rule of `sam_widget.segment.choice` and as smooth as it draws; *leading
fragmented* is the share of those with more than three islands.

Differences are taken mask by mask, and averaged alike. For their intervals photos are drawn again
10,000 times within each source, since masks of one photo are alike. They tell of other photos of
these sources, not of other sources, and know no spread of a source with one photo (--photos).

Comparable baselines on the same shard, averaged alike: superpixels (Felzenszwalb, best of four
scales, the one under the innermost point) 0.36 for one click; the mask's bounding rectangle 0.66
and that rectangle's ellipse 0.70 for a box.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from sam_widget.components import islands
from sam_widget.masks import Mask
from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_model
from sam_widget.segment.choice import leading
from sam_widget.segment.drawing import drawn
from sam_widget.segment.prompts import stability
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import correction, innermost
from sam_widget.training.data.readers import only, open_photos
from sam_widget.training.measure.differences import compare
from sam_widget.training.measure.report import Judged, table
from sam_widget.training.measure.scores import Score, mean_over_sources, summary
from sam_widget.training.options import grammar_of
from sam_widget.training.run.results import room_for, save_result

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sam_widget.geometry import Frame
    from sam_widget.models.sam import Sam
    from sam_widget.segment.prompts import Embedding
    from sam_widget.training.data.photos import Photo, Photos

CHUNK = 4
"""Prompts decoded at once; more are slower on a CPU, whose caches they overflow."""

ISLANDS = 3
"""A mask with more of them is fragmented."""


def _iou(shown: Tensor, truth: Tensor) -> Tensor:
    """IoU of (B, M, H, W) bool with (B, 1, H, W) bool -> (B, M)."""
    # In floats, as products and sums of these are fast; exact up to 16 million pixels.
    ours, theirs = shown.flatten(2).float(), truth.flatten(2).float()
    both = (ours @ theirs.mT)[..., 0]
    either = ours.sum(-1) + theirs.sum(-1) - both
    return both / either.clamp(min=1)


@torch.inference_mode()
def score_photo(
    sam: Sam, photo: Photo, clicks: int = 1, chosen: Sequence[int] | None = None
) -> list[Score]:
    """Score the masks of one photo by the protocol.

    Parameters
    ----------
    sam
        In evaluation mode; its `side` is the input size.
    photo
        With its masks.
    clicks
        Clicks on each mask: 1, or up to 10 with corrections.
    chosen
        Numbers of the masks to score; all of them by default.
    """
    embedding = Segmenter(sam).embed(np.asarray(photo.pixels))
    numbers = list(range(len(photo.annotations))) if chosen is None else list(chosen)
    scores: list[Score] = []
    for start in range(0, len(numbers), CHUNK):
        annotations = [photo.annotations[n] for n in numbers[start : start + CHUNK]]
        masks = np.stack([a.array() for a in annotations]).astype(bool)
        columns = _score(sam, embedding, masks, clicks)
        for i, annotation in enumerate(annotations):
            values = {name: float(column[i]) for name, column in columns.items()}
            scores.append(Score(photo.source, annotation.kind, values))
    return scores


def _score(
    sam: Sam, embedding: Embedding, masks: NDArray[np.bool_], clicks: int
) -> dict[str, Tensor]:
    """Score (B, H, W) masks of one photo: each value's (B,)."""
    frame, place = embedding.frame, embedding.features.embedding.device
    truth = torch.from_numpy(masks)[:, None].to(place)
    points = np.array([innermost(m) for m in masks])[:, None] + 0.5  # (B, 1, 2)
    labels = np.ones(points.shape[:2], np.int64)
    logits, predicted = sam.decode(embedding.features, _points(frame, points, labels, place))
    answered = _shown(logits[:, 1:], frame)  # (B, 3, H, W)
    reached = _iou(answered, truth)  # (B, 3)
    best = predicted[:, 1:].argmax(1)
    lead = leading(predicted[:, 1:], stability(logits[:, 1:]), sam.thresholds.stability_counts)
    row = torch.arange(len(masks), device=place)
    led = _drawn(logits[row, 1 + lead], frame).to(place)
    columns = {
        "one_click": reached[row, best],
        "leading": _iou(led[:, None], truth)[:, 0],
        "best_of_three": reached.amax(1),
        "calibration": (predicted[row, 1 + best] - reached[row, best]).abs(),
        "bias": predicted[row, 1 + best] - reached[row, best],
        "fragmented": _fragmented(answered[row, best]),
        "leading_fragmented": _fragmented(led),
    }
    corners = np.array([_box(m) for m in masks]).reshape(-1, 2, 2)
    boxes = torch.from_numpy(frame.to_model(corners)).reshape(-1, 4).to(place)
    boxed, _ = sam.decode(embedding.features, boxes=boxes)
    columns["box"] = _iou(_shown(boxed[:, :1], frame), truth)[:, 0]
    fed = logits[row, 1 + best][:, None]
    for click in range(2, clicks + 1):
        shown = _shown(fed, frame)[:, 0].cpu().numpy()
        more = [correction(s, m) or (innermost(m), True) for s, m in zip(shown, masks, strict=True)]
        points = np.concatenate([points, np.array([[xy] for xy, _ in more]) + 0.5], 1)
        labels = np.concatenate([labels, np.array([[int(sign)] for _, sign in more])], 1)
        logits, _ = sam.decode(embedding.features, _points(frame, points, labels, place), masks=fed)
        fed = logits[:, :1]
        columns[f"clicks_{click}"] = _iou(_shown(fed, frame), truth)[:, 0]
    return columns


def _points(
    frame: Frame, xy: NDArray[np.float64], labels: NDArray[np.int64], place: torch.device
) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(frame.to_model(xy)).to(place), torch.from_numpy(labels).to(place)


def _shown(logits: Tensor, frame: Frame) -> Tensor:
    """Turn (B, M, h, w) logits into (B, M, H, W) bool masks of the photo's size, as SAM does.

    Bilinear to the input's size, the padding cut off, bilinear to the photo's. Written out here,
    so that no change of the product's own way moves the protocol.
    """
    width, height = frame.resized
    x = F.interpolate(logits, (frame.side, frame.side), mode="bilinear", align_corners=False)
    x = x[..., :height, :width]
    if (width, height) != (frame.width, frame.height):
        x = F.interpolate(x, (frame.height, frame.width), mode="bilinear", align_corners=False)
    return x > 0


def _drawn(logits: Tensor, frame: Frame) -> Tensor:
    """Turn (B, h, w) logits into (B, H, W) bool masks, as the widget draws them."""
    return torch.from_numpy(np.stack([drawn(x, frame).to_array() for x in logits.cpu().numpy()]))


def _fragmented(masks: Tensor) -> Tensor:
    """Whether each of (B, H, W) bool has more than three islands: (B,) bool."""
    counts = [islands(Mask.from_array(mask)) for mask in masks.cpu().numpy()]
    return torch.tensor(counts) > ISLANDS


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def quick(photos: Photos, per_source: int = 2, masks: int = 6) -> Callable[[Sam], dict[str, float]]:
    """Return a function that scores a fixed few photos of each source.

    That shows a trend; it is not the protocol.
    """
    seen: dict[str, int] = defaultdict(int)
    numbers = []
    for number, source in enumerate(photos.sources):
        if seen[source] < per_source:
            seen[source] += 1
            numbers.append(number)

    def score(sam: Sam) -> dict[str, float]:
        sam.eval()
        scores: list[Score] = []
        for number in numbers:
            photo = photos[number]
            chosen = np.random.default_rng(number).permutation(len(photo.annotations))[:masks]
            scores += score_photo(sam, photo, 1, chosen.tolist())
        return mean_over_sources(scores)

    return score


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.evaluate", __doc__)
    out.add_argument(
        "--weights",
        nargs="+",
        default=["mini"],
        metavar="MODEL",
        help="names or files, the first to compare with; name:side for another input size, px "
        "(default: mini)",
    )
    out.add_argument("--data", type=Path, required=True, help="the validation shard, val.tar")
    out.add_argument("--only", nargs="+", metavar="SOURCE", help="only photos of these sources")
    out.add_argument("--photos", type=int, help="only so many photos, evenly spread")
    out.add_argument("--clicks", type=int, default=1, help="clicks a mask, 1 to 10 (default: 1)")
    out.add_argument("--json", type=Path, help="where to write the numbers")
    return out


def _load(named: str) -> tuple[str, Sam]:
    """Take `name` or `name:side` to the name and the model."""
    name, _, side = named.rpartition(":")
    if name and side.isdecimal() and not Path(named).exists():
        return name, at_side(load_model(name, "cpu", "float32"), int(side))
    return named, load_model(named, "cpu", "float32")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, score, print the table, write JSON."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    if not 1 <= given.clicks <= 10:
        grammar.error(f"a mask gets 1 to 10 clicks, not {given.clicks}.")
    if given.photos is not None and given.photos < 1:
        grammar.error(f"at least one photo is looked at, not {given.photos}.")
    try:
        room_for(given.json)
        models = [_load(named) for named in given.weights]
        photos = open_photos(given.data)
        photos = only(photos, given.only) if given.only else photos
    except ValueError as error:
        grammar.error(str(error))
    count = min(given.photos or len(photos.sources), len(photos.sources))
    numbers = np.linspace(0, len(photos.sources) - 1, count).round().astype(int)
    started = time.monotonic()
    runs: list[list[list[Score]]] = [[] for _ in models]  # of each model each photo's scores
    for number in tqdm(numbers, unit="photo", disable=None):
        photo = photos[int(number)]
        for (_, sam), run in zip(models, runs, strict=True):
            run.append(score_photo(sam, photo, given.clicks))
    judged = [
        Judged(name, sam.side, summary(chain(*run)), compare(runs[0], run) if i else {})
        for i, ((name, sam), run) in enumerate(zip(models, runs, strict=True))
    ]
    masks = sum(map(len, runs[0]))
    print(table(judged))  # noqa: T201
    print(f"{count} photos, {masks} masks, {time.monotonic() - started:.0f} s")  # noqa: T201
    if given.json:
        told = {"photos": count, "masks": masks, "models": [asdict(each) for each in judged]}
        text = json.dumps(told, indent=1) + "\n"
        try:
            save_result(lambda place: place.write_text(text), given.json)
        except ValueError as error:  # the table is printed
            grammar.error(str(error))


if __name__ == "__main__":
    main()
