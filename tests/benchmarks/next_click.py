"""How many clicks the suggested next click saves, told by a simulated annotator.

    python tests/benchmarks/next_click.py --data val.tar           # mini and small, 3 minutes each

Each mask gets a first click at its innermost point and then four more, as the widget answers them:
three candidates, the logits of the leading one fed back. What is scored is the mask that the widget
leads with, at the photo's own resolution. The next clicks go

* ``error``: to the middle of the larger error, missed or excess (the paper's annotator, who sees
  what is wrong and where);
* ``suggested``: where ``next_click`` says, with the sign of the truth there (who only says yes or
  no); where nothing is suggested the mask stays as it is;
* ``random``: to a random place where the candidates do not agree, with the sign of the truth there;
* ``one right``: to the suggested place as well, but the person also takes, of the three candidates,
  the best: how far choosing alone goes.

Means are taken over masks, which are drawn evenly over the photos.

What came out: who only says yes or no gains far less by a click than who sees the error, and a
little more than by clicking at random where the candidates differ, about a click in four with
``small``; ``mini`` hardly tells. In two of three cases the leading mask is right at the suggested
place. Tried, and less than 0.01 apart: all that is disputed as one part, the largest part alone,
parts weighed by what speaks against the leading mask, and by how the leading mask moves when it is
cut higher and lower.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import torch

from sam_widget.segment.next_click import next_click
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import correction, innermost
from sam_widget.training.data.readers import open_photos

CLICKS = 5


def iou(shown, truth):
    return np.count_nonzero(shown & truth) / max(1, np.count_nonzero(shown | truth))


class Asked:
    """One annotator at one mask: clicks so far, and what the model says to them."""

    def __init__(self, model, embedding, truth):
        self.model, self.embedding, self.truth = model, embedding, truth
        self.points, self.labels, self.logits = [], [], None

    def click(self, x, y, positive):
        self.points.append((x, y))
        self.labels.append(int(positive))
        self.said = self.model.predict(
            self.embedding, Prompts(self.points, self.labels, None, self.logits)
        )
        self.logits = self.said.logits[self.said.best]
        self.masks = np.stack([each.to_array() for each in self.said.masks()])
        return self

    @property
    def shown(self):
        return self.masks[self.said.best]

    def says(self, x, y):
        return bool(self.truth[int(y), int(x)])


def error(asked, _):
    found = correction(asked.shown, asked.truth)
    if found:
        (x, y), sign = found
        asked.click(x + 0.5, y + 0.5, sign)


def suggested(asked, told):
    found = next_click(asked.masks, asked.said.scores, asked.points)
    told["asked"] += 1
    if found:
        sign = asked.says(found.x, found.y)
        told["made"] += 1
        told["likelier sign is right"] += sign == found.positive
        lead = bool(asked.shown[int(found.y), int(found.x)])
        told["leading mask is right"] += sign == lead
        asked.click(found.x, found.y, sign)


def somewhere(asked, told):
    places = np.argwhere(asked.masks.any(0) & ~asked.masks.all(0))
    if len(places):
        y, x = places[told["rng"].integers(len(places))] + 0.5
        asked.click(x, y, asked.says(x, y))


WAYS = {"error": error, "suggested": suggested, "random": somewhere}


def measure(model, photos, seconds, seed):
    """Return a (masks, ways + 1, clicks) table of IoU, and what became of the suggestions."""
    rng = np.random.default_rng(seed)
    told = dict.fromkeys(
        ("asked", "made", "likelier sign is right", "leading mask is right"), 0
    ) | {"rng": rng}
    rows, began = [], time.monotonic()
    while time.monotonic() - began < seconds:
        for number in rng.permutation(len(photos.sources)):
            photo = photos[int(number)]
            if not photo.annotations or time.monotonic() - began > seconds:
                continue
            embedding = model.embed(np.asarray(photo.pixels))
            for which in rng.permutation(len(photo.annotations))[:2]:
                truth = photo.annotations[which].array().astype(bool)
                x, y = innermost(truth)
                row = []
                for way in WAYS.values():
                    asked = Asked(model, embedding, truth).click(x + 0.5, y + 0.5, True)
                    reached, best = [], []
                    for click in range(CLICKS):
                        if click:
                            way(asked, told)
                        reached.append(iou(asked.shown, truth))
                        best.append(max(iou(each, truth) for each in asked.masks))
                    row.append(reached)
                    if way is suggested:
                        right = best
                rows.append([*row, right])
    return np.array(rows), told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="the validation shard, val.tar")
    parser.add_argument("--models", nargs="+", default=["mini", "small"])
    parser.add_argument("--seconds", type=float, default=170, help="for each model")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(1)
    photos = open_photos(given.data)
    for name in given.models:
        table, told = measure(Segmenter.load(name, "cpu"), photos, given.seconds, given.seed)
        mean, half = table.mean(0), 1.96 * table.std(0) / np.sqrt(len(table))
        print(f"{name}, {len(table)} masks; mean IoU after 1 to {CLICKS} clicks")
        for title, row, spread in zip((*WAYS, "one right"), mean, half, strict=True):
            said = "  ".join(f"{value:.3f}" for value in row)
            print(f"  {title:10} {said}   +- {spread[-1]:.3f}")
        gains = table[:, 1] - table[:, 2]
        last = gains[:, 2]
        print(
            f"  suggested - random after 3 clicks: {last.mean():+.3f}"
            f" +- {1.96 * last.std() / np.sqrt(len(last)):.3f} (mask by mask)"
        )
        made = max(1, told["made"])
        print(
            f"  suggested in {told['made']} of {told['asked']} cases; there the likelier sign is"
            f" right in {told['likelier sign is right'] / made:.2f}, the leading mask in"
            f" {told['leading mask is right'] / made:.2f}"
        )


if __name__ == "__main__":
    main()
