"""Annotation files and masks, nearly right and quite wrong, through the readers of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from PIL import Image
from pycocotools import mask as coco_mask

from sam_widget import Mask
from sam_widget.training.data.readers import GivenPhotos, open_photos
from tests.fuzz import odd
from tests.fuzz.damage import damaged, damages
from tests.fuzz.rule import attempt

WIDTH, HEIGHT = 24, 16
PHOTO = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
SQUARE = np.zeros((HEIGHT, WIDTH), np.uint8)
SQUARE[3:9, 4:15] = 1


def _rle() -> dict[str, Any]:
    rle = coco_mask.encode(np.asfortranarray(SQUARE))
    return {"size": list(rle["size"]), "counts": rle["counts"].decode()}


SEGMENTATIONS: list[Any] = [
    *([[4, 3, 15, 3, 15, 9, 4, 9]], _rle(), Mask.from_array(SQUARE > 0).to_coco(), [], None, {}),
    *([[1, 2]], [[1, 2, 3]], [[1, 2, 3, 4, 5, 6]], [[-9, -9, 99, -9, 99, 99]], [1, 2, 3, 4, 5, 6]),
    *({"size": [9, 9], "counts": [81]}, {"size": [16, 24], "counts": "x"}),
    {"size": None, "counts": []},
    *({"size": [16, 24], "counts": [-1, 385]}, {"size": [16, 24], "counts": [10**30]}, "text", 7),
    *([[float("nan")] * 8], [["a", "b", "c", "d", "e", "f"]], [[10**400] * 6], [[True] * 6]),
    [[[1, 2]]],
]  # fmt: skip
NAMES = [
    "a.png",
    "./a.png",
    "images\\a.png",
    "C:\\x\\a.png",
    "../a.png",
    "/etc/passwd",
    "",
    "b.png",
    ".",
]

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), odd.numbers, odd.texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(odd.texts, inner, max_size=4)
    ),
    max_leaves=8,
)
rarely = st.integers(0, 7).map(lambda n: n == 0)


@st.composite
def notes(draw: st.DrawFn) -> Any:
    """A COCO file or SA-1B's of the photo, with something odd in it."""

    def perhaps(value: Any, others: st.SearchStrategy[Any] = json_values) -> Any:
        return draw(others) if draw(rarely) else value

    def entry(**values: Any) -> Any:
        made = {key: perhaps(value) for key, value in values.items() if not draw(rarely)}
        return perhaps(made)

    segmentation = draw(st.sampled_from(SEGMENTATIONS)) if draw(st.booleans()) else _rle()
    annotation = entry(
        id=1, image_id=1, category_id=1, segmentation=segmentation, area=66, bbox=[4, 3, 11, 6],
        iscrowd=0, predicted_iou=0.9,
    )  # fmt: skip
    image = entry(
        id=1, image_id=1, file_name=draw(st.sampled_from(NAMES)), width=WIDTH, height=HEIGHT
    )
    annotations = perhaps([annotation] * draw(st.integers(0, 3)))
    if draw(st.booleans()):
        return perhaps({"image": image, "annotations": annotations})
    told = {"images": perhaps([image]), "annotations": annotations}
    return perhaps({**told, "categories": perhaps([entry(id=1, name="cat")])})


def _written(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except (UnicodeEncodeError, ValueError):
        return json.dumps(value, default=str).encode()


deep = st.sampled_from([b"[" * 10**5, b'{"a":' * 10**5, b'{"images":' + b"[" * 10**5])
texts = st.one_of(
    st.builds(_written, notes()),
    st.builds(damaged, st.builds(_written, notes()), damages),
    st.builds(lambda value: b"\xef\xbb\xbf" + _written(value), notes()),
    st.builds(_written, json_values),
    deep,
)
masks = st.one_of(
    odd.values,
    st.sampled_from(
        [*SEGMENTATIONS, SQUARE, SQUARE > 0, SQUARE * 0.9, [SQUARE], Image.fromarray(SQUARE)]
    ),
)
cases = st.one_of(
    st.tuples(st.sampled_from(["a.json", "notes.json"]), texts),
    st.tuples(st.just("pairs"), masks),
    st.tuples(st.just("pair"), masks),
    st.tuples(st.sampled_from(["from_coco", "from_array", "from_bytes"]), masks),
)


def holds(case: tuple[str, Any], folder: Path) -> None:
    """Photos whose masks are of their own size, a mask, or one sentence."""
    door, given = case
    if door.startswith("from_"):
        mask = attempt(lambda: getattr(Mask, door)(given))
        assert mask is None or isinstance(mask, Mask)
        return
    if door.startswith("pair"):
        pairs = [(PHOTO, given)] if door == "pair" else given
        _photos_hold(attempt(lambda: _read(GivenPhotos(pairs))))
        return
    picture, notes_ = folder / "a.png", folder / door
    Image.fromarray(PHOTO).save(picture)
    notes_.write_bytes(given)
    try:
        _photos_hold(attempt(lambda: _read(open_photos(folder))))
        _photos_hold(attempt(lambda: _read(open_photos(notes_))))
    finally:
        notes_.unlink()


def _read(photos: Any) -> list[Any]:
    return [photos[index] for index in range(len(photos))]


def _photos_hold(photos: list[Any] | None) -> None:
    for photo in photos or ():
        for annotation in photo.annotations:
            mask = annotation.array()
            assert mask.shape == (photo.pixels.height, photo.pixels.width)
            assert mask.any()
