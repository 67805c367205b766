"""What a second look from nearer gives small masks: windows and questions, side by side.

    python tests/benchmarks/closer.py --data val.tar --photos 40    # mini and small

The masks are those of validation photos, by their share of the photo. One click in a mask's
innermost place, or its box; the window is the leading answer's box, so many times as large. It is
asked what the whole was asked, or that with the first answer's box, or with its box and mask. IoU
is that of the leading mask with the truth, its mean over the masks.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from tqdm import tqdm

from sam_widget.masks import Mask
from sam_widget.segment import closer
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import innermost
from sam_widget.training.data.readers import open_photos

ROOMS = (2.0, 3.0, 4.0)
SHARES = ((0.0, 0.001), (0.001, 0.005), (0.005, 0.02), (0.02, 0.1))
EACH = 3  # masks of a photo and a range of shares
ASKED = {
    "as before": lambda question, led, window, seen: closer.inside(question, window),
    "and its box": lambda question, led, window, seen: closer.inside(
        replace(question, box=led.box if question.box is None else question.box), window
    ),
    "and its mask": closer.question,
}


def rows(model, photo, rng):
    """Yield (share, first question, window's room, second question, IoU) for some masks."""
    pixels = np.asarray(photo.pixels)
    embedding = model.embed(pixels)
    masks = [each.array().astype(bool) for each in photo.annotations]
    for share in SHARES:
        some = [mask for mask in masks if share[0] < mask.mean() <= share[1]]
        for i in rng.permutation(len(some))[:EACH]:
            truth = Mask.from_array(some[i])
            x, y = innermost(some[i])
            ways = {
                "click": Prompts(points=[[x + 0.5, y + 0.5]], labels=[1]),
                "box": Prompts(box=truth.box),
            }
            for way, question in ways.items():
                first = model.predict(embedding, question)
                led = first.masks()[first.best]
                yield share, way, None, "first look", led.iou(truth)
                for room in ROOMS if led.area else ():
                    window = closer.window_round(led, room)
                    seen = closer.look(model, pixels, window)
                    for name, asked in ASKED.items():
                        near = model.predict(seen, asked(question, led, window, seen))
                        mask = closer.joined(near, window, first).mask(near.best)
                        yield share, way, room, name, mask.iou(truth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--model", nargs="*", default=["mini", "small"])
    given = parser.parse_args()
    photos = open_photos(given.data)
    every = range(0, len(photos), max(1, len(photos) // given.photos))
    for name in given.model:
        model, rng = Segmenter.load(name, "cpu"), np.random.default_rng(0)
        found = defaultdict(list)
        for i in tqdm(every, desc=name):
            for *how, iou in rows(model, photos[i], rng):
                found[tuple(how)].append(iou)
        print(f"{name}: mean IoU of the first look, then of windows of {ROOMS} times the mask")
        for share in SHARES:
            for way in ("click", "box"):
                first = found[share, way, None, "first look"]
                print(f"  {share[0]:.1%} to {share[1]:.1%}, {way}, {len(first)}: ", end="")
                print(f"{np.mean(first or [np.nan]):.3f}")
                for asked in ASKED:
                    told = [np.mean(found[share, way, room, asked] or [np.nan]) for room in ROOMS]
                    print(f"    {asked:12}  " + "  ".join(f"{each:.3f}" for each in told))


if __name__ == "__main__":
    main()
