"""How well a phrase's mask is met, on photos that never taught. Nothing learns here.

Each word of each photo is asked for. *Right* is the IoU of what is drawn for it (logits above 0,
at the photo's own size) with all masks of that word on the photo, joined. Beside it, with the very
same model: *none*, asked without any prompt; *wrong*, asked for a word, by chance, that was taught
and is not on the photo; *all*, the whole photo. *Quiet* is the share of words that are not on the
photo for which nothing is said: no place has half a chance. Means are taken per word, then over
words; intervals by drawing words anew (bootstrap, 95 %).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import torch
from tqdm import tqdm

from sam_widget.segment.loaded import embedded
from sam_widget.segment.text.phrase_tokens import asked_with
from sam_widget.segment.upscale import image_logits

from .learn import union
from .vocabulary import absent, masks_by_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sam_widget.segment.segmenter import Segmenter
    from sam_widget.segment.text.phrase_tokens import PhraseTokens

    from .learn import Course

DRAWS = 2000


@dataclass(frozen=True)
class Judged:
    """One word on one photo: IoU, 0..1, of what was drawn for it and of what it is beside."""

    right: float
    none: float
    wrong: float
    all: float
    quiet: float
    """1 where nothing was said for the wrong word."""


@torch.inference_mode()
def judge(
    course: Course, segmenter: Segmenter, tokens: PhraseTokens, known: Iterable[str]
) -> dict[str, list[Judged]]:
    """Ask for every word of every photo.

    Parameters
    ----------
    course
        Of photos that never taught; words that have no vector are not asked for.
    segmenter, tokens
        The model, and what was taught.
    known
        Words that were taught; a wrong word is one of them.

    Returns
    -------
    dict
        By word.
    """
    found: dict[str, list[Judged]] = defaultdict(list)
    known, vectors = frozenset(known), course.vectors
    for lesson in tqdm(course.lessons, unit="photo", disable=None):
        photo = course.photos[lesson.number]
        words = [word for word in lesson.words if word in vectors]
        away = [
            word for word in absent(lesson, course.lessons) if word in known and word in vectors
        ]
        if not words or not away:
            continue
        rng = np.random.default_rng(lesson.number)
        wrong = [away[i] for i in rng.integers(len(away), size=len(words))]
        embedding = embedded(segmenter, np.asarray(photo.pixels))
        asked = tokens(torch.stack([vectors[word] for word in (*words, *wrong)]))
        said = [asked_with(segmenter.sam, embedding.features, each[None])[0] for each in asked]
        said.append(asked_with(segmenter.sam, embedding.features, asked[:1, :0])[0])
        drawn = [image_logits(each.numpy(), embedding.frame) > 0 for each in said]
        numbers = masks_by_word(photo)
        for i, word in enumerate(words):
            truth = union(photo, numbers[word]).to_array()
            other = drawn[len(words) + i]
            found[word].append(
                Judged(
                    right=_iou(drawn[i], truth),
                    none=_iou(drawn[-1], truth),
                    wrong=_iou(other, truth),
                    all=float(truth.mean()),
                    quiet=float(not other.any()),
                )
            )
    return dict(found)


def table(found: Mapping[str, Sequence[Judged]], held_out: frozenset[str]) -> str:
    """Say what was found, in words seen and not seen, side by side."""
    groups = {
        "words seen": [word for word in sorted(found) if word not in held_out],
        "words not seen": [word for word in sorted(found) if word in held_out],
    }
    columns = [each.name for each in fields(Judged)]
    lines = ["| | words | answers | " + " | ".join(columns) + " | right - none | right - wrong |"]
    lines.append("|---" * (len(columns) + 5) + "|")
    for name, words in groups.items():
        if not words:
            continue
        means = np.array([_mean(found[word]) for word in words])
        count = sum(len(found[word]) for word in words)
        cells = [f"{value:.3f}" for value in means.mean(0)]
        gains = [_interval(means[:, 0] - means[:, other]) for other in (1, 2)]
        lines.append(f"| {name} | {len(words)} | {count} | " + " | ".join((*cells, *gains)) + " |")
    return "\n".join(lines)


def by_word(found: Mapping[str, Sequence[Judged]]) -> str:
    """Say what was found of each word, the best met first."""
    rows = sorted(((_mean(each), len(each), word) for word, each in found.items()), reverse=True)
    return "\n".join(
        f"{word:28} {count:4}  right {mean[0]:.2f}  none {mean[1]:.2f}  wrong {mean[2]:.2f}"
        for mean, count, word in rows
    )


def _mean(judged: Sequence[Judged]) -> tuple[float, ...]:
    rows = [tuple(asdict(each).values()) for each in judged]
    return tuple(np.mean(rows, axis=0).tolist())


def _interval(differences: NDArray[np.float64]) -> str:
    rng = np.random.default_rng(0)
    drawn = rng.choice(differences, (DRAWS, len(differences))).mean(1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f"{differences.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def _iou(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    either = np.count_nonzero(one | other)
    return float(np.count_nonzero(one & other) / either) if either else 1.0
