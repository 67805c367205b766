"""Which labels are words, which words are never taught, and which photos teach. Reads no pixels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sam_widget.training.data.photos import Photo, ShardPhotos

HELD_OUT = frozenset(
    (
        *("deer", "otter", "bread", "mandarin", "skillet", "blender"),
        *("coat", "skirt", "hat", "truck", "cup", "fork"),
    )
)
"""Never taught, so that a score can be taken on words not seen. Chosen before the first run: some
have kin among those that are taught (truck and car, cup and coffee mug), some have not."""

SHARES: Mapping[str, int] = {
    "cocomini": 300,
    "cocopanoptic": 90,
    "ccp": 130,
    "kitchenware": 140,
    "wildanimals": 90,
    "facades": 40,
    "foodplates": 35,
    "cardamage": 30,
    "feralcat": 20,
    "hallways": 20,
    "pigs": 12,
    "waste": 15,
    "roofs": 10,
    "books": 12,
    "coffee_leaves": 12,
    "dsb2018": 12,
    "mushrooms": 8,
    "aerial_buildings": 15,
    "mandarins": 0,
}
"""Photos of each source that teach, at most; scenes with many things lead. The others have no words
that a phrase would say (parts of pages, names of circuit boards), or no labels."""

TO_JUDGE = 20
"""Photos of each source that judge, at most."""

EXHAUSTIVE = ("cocomini", "ccp", "kitchenware", "wildanimals", "foodplates", "feralcat")
"""Sources whose own words, where a photo has no mask of one, are not on it, as a rule."""

ENDINGS = ("-merged", "-other", "-stuff", " symptom")
EVERYWHERE = frozenset(
    (
        *("person", "skin", "hair", "tree", "window", "building", "wall", "floor", "ceiling"),
        *("door", "grass", "sky", "light", "pavement", "road", "car", "table", "dining table"),
        *("chair", "plate", "vegetation", "street", "fence", "facade", "clothes", "leaf", "paper"),
        *("shoes", "house", "dirt", "roof", "rug", "curtain", "cabinet"),
    )
)
"""Words of things that lie about unlabelled: never said to be absent from another source's photo.
"""


@dataclass(frozen=True)
class Lesson:
    """What one photo teaches.

    Attributes
    ----------
    number : int
        Of the photo among its ``Photos``.
    source : str
    words : tuple of str
        Those that are on it.
    """

    number: int
    source: str
    words: tuple[str, ...]


def word_of(label: str) -> str:
    """Return the word that a label says; empty where it says none."""
    word = label.strip().lower()
    for ending in ENDINGS:
        word = word.removesuffix(ending) if ending != " symptom" else word
    kinds = {"standing pig": "pig", "lying pig": "pig", "sky-other": "sky", "floor-other": "floor"}
    word = kinds.get(word, word).removesuffix("-other")
    first, _, second = word.partition("-")
    return f"{second} {first}" if second and first in ("wall", "floor", "water") else word


def masks_by_word(photo: Photo) -> dict[str, list[int]]:
    """Return the numbers of a photo's masks by word; those without a word are left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, annotation in enumerate(photo.annotations):
        if word := word_of(annotation.label):
            found[word].append(number)
    return dict(found)


def lessons(photos: ShardPhotos, most: Mapping[str, int]) -> tuple[Lesson, ...]:
    """Choose photos, evenly over each source, mixed so that each beginning has some of all.

    Parameters
    ----------
    photos
        Of which none is decoded but for its labels.
    most
        Photos of each source, at most.
    """
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(photos.sources):
        by_source[source].append(number)
    placed: list[tuple[float, Lesson]] = []
    for source, numbers in sorted(by_source.items()):
        wanted = min(most.get(source, 0), len(numbers))
        order = np.random.default_rng(len(source)).permutation(numbers)
        chosen: list[Lesson] = []
        for number in order.tolist():
            if len(chosen) == wanted:
                break
            words = tuple(sorted(masks_by_word(photos[number])))
            if words:
                chosen.append(Lesson(number, source, words))
        placed += [((i + 0.5) / len(chosen), each) for i, each in enumerate(chosen)]
    return tuple(each for _, each in sorted(placed, key=lambda pair: (pair[0], pair[1].number)))


def taught(given: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Return lessons without the words that are held out; those that have no other go."""
    kept = (
        Lesson(each.number, each.source, tuple(w for w in each.words if w not in HELD_OUT))
        for each in given
    )
    return tuple(each for each in kept if each.words)


def absent(lesson: Lesson, given: Sequence[Lesson]) -> tuple[str, ...]:
    """Return words of these lessons that are not on a photo, as far as its labels can tell."""
    own: set[str] = set()
    others: set[str] = set()
    for each in given:
        (own if each.source == lesson.source else others).update(each.words)
    away = others - own - EVERYWHERE
    if lesson.source in EXHAUSTIVE:
        away |= own - EVERYWHERE
    return tuple(sorted(away - set(lesson.words) - HELD_OUT))
