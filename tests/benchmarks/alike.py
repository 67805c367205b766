"""One example, and what is like it: precision and recall of proposals, beside everything mode.

    python tests/benchmarks/alike.py --data val.tar                  # small, about 20 minutes
    python tests/benchmarks/alike.py --data val.tar --model mini --photos 2

On photos with many things of one kind (mushrooms, mandarins, nuclei, windows of fronts) 1, 3 and
10 of them, drawn at random, are the examples; the others are to be found. A proposal is right
where its IoU with one of them that no likelier proposal has is 0.5 or more; what covers an
example counts as neither.

* ``ours``: what ``w.find_alike`` proposes;
* ``same``: everything mode (``find_everything``'s grid of 32 x 32 clicks and the model's own
  thresholds; NMS by predicted IoU), ranked by the same score;
* ``cosine``: the same masks ranked by the cosine of the embedding's mean on the mask and on the
  likest example, as it comes: what PerSAM calls similarity.

Precision and recall are those of proposals of score 0.4 or more (nothing for ``cosine``, which
has no such scale), AP is the area under precision over recall as the score falls. Photos of which
at most 60 masks were kept have more things than are marked: precision is too low there, for all
ways alike. Last, clicks: from one example a simulated person answers the likest proposal,
accepting what is right and refusing what is not; objects obtained after 10 answers (11 clicks),
beside one click each.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import torch

from sam_widget.masks import Mask
from sam_widget.segment.everything.find import find_everything
from sam_widget.segment.everything.search import Search
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.segment.similar.chase import MOST
from sam_widget.segment.similar.features import Look
from sam_widget.segment.similar.hunt import Hunt
from sam_widget.segment.similar.likeness import Likeness
from sam_widget.training.data.readers import open_photos

KINDS = {
    "mushrooms": "mushroom",
    "mandarins": "mandarin",
    "dsb2018": "nucleus",
    "facades": "window",
}
EXAMPLES = (1, 3, 10)
LEFT = 3  # things at least that are to be found
SCORE = 0.4
ANSWERS = 10


class Photo:
    """A photo, the things on it, and what the model finds."""

    def __init__(self, model, photo, label, side):
        self.pixels = np.asarray(photo.pixels)
        same = [each for each in photo.annotations if each.label == label]
        self.truth = [Mask.from_array(each.array().astype(bool)) for each in same]
        self.model, self.embedding = model, model.embed(self.pixels)
        self.look = Look.of(self.embedding)
        self.traits = self.look.drawn(self.look.grids(*self.truth))
        search = Search.suited(model.thresholds, points_per_side=side)
        began = time.monotonic()
        self.found = find_everything(
            model, self.pixels, search, embedding=self.embedding, progress=False
        )
        self.seconds = time.monotonic() - began
        masks = [each.mask for each in self.found]
        self.others = self.look.drawn(self.look.grids(*masks))
        self.other_ious = self.ious(masks)
        self.said, self.measured = {}, {}

    def ious(self, masks):
        table = [[mask.iou(truth) for truth in self.truth] for mask in masks]
        return np.array(table).reshape(len(masks), len(self.truth))

    def hunt(self, examples):
        """Return a hunt that has come to its end, what its masks are, and how many clicks."""
        hunt = Hunt(self.look, [self.truth[i] for i in examples])
        came, clicks = [], 0
        while clicks < MOST and (place := hunt.place()) is not None:
            if place not in self.said:
                self.said[place] = self.model.predict(self.embedding, Prompts([place], [1]))
            said = self.said[place]
            hunt.heard(said.logits, said.scores)
            came += [(place, i) for i in range(len(said.logits))]
            clicks += 1
        return hunt, came, clicks

    def rows(self, came):
        """Return the IoU of masks that clicks gave with each thing, drawn when first asked for."""
        for place, i in came:
            if (place, i) not in self.measured:
                self.measured[place, i] = self.ious([self.said[place].mask(i)])[0]
        return np.array([self.measured[each] for each in came]).reshape(-1, len(self.truth))

    def same(self, examples):
        """Score what everything mode has found as a hunt does."""
        axes = self.look.axes
        none = self.others[:0].along(axes)
        like = Likeness.learnt(self.traits[list(examples)].along(axes), none)
        iou = np.array([each.predicted_iou for each in self.found], np.float32)
        return like.of(self.others.along(axes)) * iou.clip(0, 1)

    def cosine(self, examples):
        unit = [
            rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
            for rows in (self.others.inside, self.traits.inside[list(examples)])
        ]
        return (unit[0] @ unit[1].T).max(1)


def judged(scores, ious, examples):
    """Return precision and recall of score 0.4 or more, and AP, of proposals in any order."""
    hidden = set(examples)
    taken, right, kept = set(), [], []
    for i in np.argsort(-scores, kind="stable"):
        if ious[i, list(hidden)].max(initial=0) > 0.3:
            continue
        row = ious[i].copy()
        row[list(hidden | taken)] = 0
        hit = row.max(initial=0) >= 0.5
        if hit:
            taken.add(int(row.argmax()))
        right.append(hit)
        kept.append(scores[i])
    wanted = ious.shape[1] - len(hidden)
    right, kept = np.array(right, float), np.array(kept)
    hits = right.cumsum()
    precision = hits / np.arange(1, len(hits) + 1)
    many = int((kept >= SCORE).sum())
    found = hits[many - 1] if many else 0.0
    return (
        found / many if many else np.nan,
        found / wanted,
        float((precision * right).sum()) / wanted,
    )


def answered(photo, first):
    """Return how many objects one example and ten answers give."""
    hunt, came, _ = photo.hunt([first])
    accepted, refused, taken = [], [], {first}
    for _ in range(ANSWERS):
        ranked = hunt.ranked
        if not ranked:
            break
        (row,) = photo.rows([came[ranked[0].index]])
        row[list(taken)] = 0
        if row.max() >= 0.5:
            taken.add(int(row.argmax()))
            accepted.append(ranked[0].index)
        else:
            refused.append(ranked[0].index)
        hunt.judge(accepted, refused)
    rest = photo.rows([came[one.index] for one in hunt.ranked if one.score >= SCORE])
    rest[:, list(taken)] = 0
    more = len({int(each.argmax()) for each in rest if each.max() >= 0.5})
    return len(taken), more, len(photo.truth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="a shard, as val.tar")
    parser.add_argument("--model", default="small")
    parser.add_argument("--photos", type=int, default=3, help="of each kind")
    parser.add_argument("--draws", type=int, default=3, help="of examples on each photo")
    parser.add_argument("--side", type=int, default=32, help="of everything mode's grid")
    parser.add_argument("--examples", type=int, nargs="+", default=list(EXAMPLES))
    parser.add_argument("--kinds", nargs="+", default=list(KINDS))
    given = parser.parse_args()
    torch.set_num_threads(1)
    photos, model = open_photos(given.data), Segmenter.load(given.model, "cpu")
    every, clicks, courses = defaultdict(lambda: defaultdict(list)), [], defaultdict(list)
    seconds = []
    for kind in given.kinds:
        numbers = [i for i, source in enumerate(photos.sources) if source == kind]
        enough = [
            i
            for i in numbers
            if sum(a.label == KINDS[kind] for a in photos[i].annotations) >= 1 + LEFT
        ]
        for number in enough[: given.photos]:
            photo = Photo(model, photos[number], KINDS[kind], given.side)
            seconds.append(photo.seconds)
            rng = np.random.default_rng(number)
            for many in given.examples:
                if len(photo.truth) < many + LEFT:
                    continue
                for _ in range(given.draws):
                    some = rng.choice(len(photo.truth), many, replace=False).tolist()
                    hunt, came, asked = photo.hunt(some)
                    clicks.append(asked)
                    ranked = hunt.ranked
                    scores = np.array([one.score for one in ranked])
                    ours = photo.rows([came[one.index] for one in ranked])
                    for way, got, table in (
                        ("ours", scores, ours),
                        ("same", photo.same(some), photo.other_ious),
                        ("cosine", photo.cosine(some), photo.other_ious),
                    ):
                        every[kind, many][way].append(judged(got, table, some))
            for _ in range(given.draws):
                courses[kind].append(answered(photo, int(rng.integers(len(photo.truth)))))
            print(
                f"  {kind} photo {number}: {len(photo.truth)} things", file=sys.stderr, flush=True
            )
    print(f"{given.model}, precision / recall / AP")
    print(f"{'':12}{'examples':>9}   {'ours':19}{'same':19}cosine, AP")
    for (kind, many), ways in every.items():
        p, q, c = (np.nanmean(np.array(ways[way]), axis=0) for way in ("ours", "same", "cosine"))
        said = [" / ".join(f"{value:.2f}" for value in row) for row in (p, q)]
        print(f"{kind:12}{many:9}   {said[0]:19}{said[1]:19}{c[2]:.2f}")
    for many in given.examples:
        rows = [ways for (_, n), ways in every.items() if n == many]
        if not rows:
            continue
        mean = [
            np.mean([np.mean([row[2] for row in ways[way]]) for ways in rows])
            for way in ("ours", "same", "cosine")
        ]
        print(
            f"{'mean AP':12}{many:9}   ours {mean[0]:.3f}   same {mean[1]:.3f}"
            f"   cosine {mean[2]:.3f}   ours / same {mean[0] / mean[1]:.2f}"
        )
    for kind, rows in courses.items():
        taken, more, there = np.mean(rows, axis=0)
        print(
            f"{kind:12} one example and {ANSWERS} answers: {taken:.1f} objects, and"
            f" {more:.1f} more right ones in one press; by one click each {ANSWERS + 1}"
            f" (there are {there:.1f})"
        )
    print(f"clicks asked: ours {np.mean(clicks):.0f}, everything {given.side**2}")


if __name__ == "__main__":
    main()
