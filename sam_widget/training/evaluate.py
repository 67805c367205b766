"""The frozen evaluation: each mask of a shard clicked, boxed, corrected. Nothing learns here.

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

Comparable baselines on the same shard, averaged alike: superpixels (Felzenszwalb, best of four
scales, the one under the innermost point) 0.36 for one click; the mask's bounding rectangle 0.66
and that rectangle's ellipse 0.70 for a box.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_model
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import correction, innermost
from sam_widget.training.data.readers import only, open_photos
from sam_widget.training.options import grammar_of, room_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sam_widget.geometry import Frame
    from sam_widget.models.sam import Sam
    from sam_widget.segment.prompts import Embedding
    from sam_widget.training.data.photos import Photo, Photos

CHUNK = 4
"""Prompts decoded at once; more are slower on a CPU, whose caches they overflow."""

BASELINES = {"superpixels, one click": 0.36, "rectangle, box": 0.66, "ellipse, box": 0.70}


@dataclass(frozen=True)
class Score:
    """How one mask was answered. IoUs are 0..1."""

    source: str
    kind: str
    values: Mapping[str, float]
    """one_click, best_of_three, box, calibration, bias, clicks_2, ..."""


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
    reached = _iou(_shown(logits[:, 1:], frame), truth)  # (B, 3)
    best = predicted[:, 1:].argmax(1)
    row = torch.arange(len(masks), device=place)
    columns = {
        "one_click": reached[row, best],
        "best_of_three": reached.amax(1),
        "calibration": (predicted[row, 1 + best] - reached[row, best]).abs(),
        "bias": predicted[row, 1 + best] - reached[row, best],
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


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def mean_over_sources(scores: Iterable[Score]) -> dict[str, float]:
    """Average each value per source, then over sources."""
    lists: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for score in scores:
        for name, value in score.values.items():
            lists[name][score.source].append(value)
    return {
        name: float(np.mean([np.mean(values) for values in sources.values()]))
        for name, sources in lists.items()
    }


def summary(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return the means over all, for each kind and for each source, by name."""
    groups = {"all": list(scores)}
    for kind in sorted({s.kind for s in scores}):
        groups[f"kind {kind}"] = [s for s in scores if s.kind == kind]
    for source in sorted({s.source for s in scores}):
        groups[f"source {source}"] = [s for s in scores if s.source == source]
    return {
        name: mean_over_sources(members) | {"masks": float(len(members))}
        for name, members in groups.items()
    }


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


def table(means: Mapping[str, Mapping[str, float]]) -> str:
    """Lay the summary out as text."""
    names = [n for n in means["all"] if n != "masks"]
    lines = [f"{'':28}{'masks':>7}" + "".join(f"{n.replace('_', ' '):>15}" for n in names)]
    for group, values in means.items():
        cells = "".join(f"{values[n]:15.3f}" for n in names)
        lines.append(f"{group:28}{values['masks']:7.0f}{cells}")
    lines += [f"baseline: {name} {value:.2f}" for name, value in BASELINES.items()]
    return "\n".join(lines)


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.evaluate", __doc__)
    out.add_argument("--weights", default="mini", help="a model's name or file (default: mini)")
    out.add_argument("--data", type=Path, required=True, help="the validation shard, val.tar")
    out.add_argument("--only", nargs="+", metavar="SOURCE", help="only photos of these sources")
    out.add_argument("--photos", type=int, help="only so many photos, evenly spread")
    out.add_argument("--clicks", type=int, default=1, help="clicks a mask, 1 to 10 (default: 1)")
    out.add_argument("--side", type=int, help="input size, px (default: the weights' own)")
    out.add_argument("--json", type=Path, help="where to write the numbers")
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, score, print the table, write JSON."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    if not 1 <= given.clicks <= 10:
        grammar.error(f"a mask gets 1 to 10 clicks, not {given.clicks}.")
    try:
        room_for(given.json)
        sam = load_model(given.weights, "cpu", "float32")
        if given.side:
            at_side(sam, given.side)
        photos = open_photos(given.data)
        photos = only(photos, given.only) if given.only else photos
    except ValueError as error:
        grammar.error(str(error))
    count = min(given.photos or len(photos.sources), len(photos.sources))
    numbers = np.linspace(0, len(photos.sources) - 1, count).round().astype(int)
    started = time.monotonic()
    scores: list[Score] = []
    for number in tqdm(numbers, unit="photo", disable=None):
        scores += score_photo(sam, photos[int(number)], given.clicks)
    means = summary(scores)
    print(table(means))  # noqa: T201
    print(f"{count} photos, {len(scores)} masks, {time.monotonic() - started:.0f} s")  # noqa: T201
    if given.json:
        result = {"weights": str(given.weights), "side": sam.side, "photos": count, "means": means}
        given.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
