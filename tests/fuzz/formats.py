"""Files of every format, damaged as disks and people damage them, through their readers."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sam_widget import Annotated, Made, Mask, Region, read_annotations, write_annotations
from sam_widget.document.records import Point
from sam_widget.formats.doors import FORMATS
from tests.fuzz import odd
from tests.fuzz.damage import damaged, damages
from tests.fuzz.rule import attempt, one_sentence

WIDTH, HEIGHT = 24, 16
PHOTO = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
CHOICES: dict[str, list[dict[str, Any]]] = {
    "coco": [{}, {"masks": "polygons"}],
    "labelme": [{}, {"shapes": "polygon"}],
    "label_image": [{}, {"suffix": ".png"}],
    "cutouts": [{"pictures": lambda _: PHOTO}],
}
WAYS = [(name, n) for name in FORMATS for n in range(len(CHOICES.get(name, [{}])))]


@cache
def written(name: str, way: int) -> dict[str, bytes]:
    """Return good files by their names."""
    array = np.zeros((HEIGHT, WIDTH), bool)
    array[3:9, 4:15] = True
    array[5, 6:9] = False
    known = {"prompts": (Point("p", "o", 5.0, 5.0),), "made": Made("small", seconds=2.0)}
    regions = (
        Region(Mask.from_array(array), "cup", 0.9, 0.8, **known),
        Region(Mask.from_array(~array), "rest"),
    )
    with tempfile.TemporaryDirectory() as folder:
        images = [Annotated("a.png", (WIDTH, HEIGHT), regions)]
        choices = CHOICES.get(name, [{}])[way]
        write_annotations(images, Path(folder, "notes"), name, **choices)
        there = [each for each in Path(folder, "notes").rglob("*") if each.is_file()]
        return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(there)}


others = st.one_of(
    st.none(), st.booleans(), odd.numbers, odd.texts, st.lists(odd.numbers, max_size=5),
    st.dictionaries(odd.texts, odd.numbers, max_size=2), st.just([[[[1]]]]), st.just({}),
)  # fmt: skip


def _changed(value: Any, steps: list[int], other: Any) -> Any:
    """Return JSON with one value in it replaced, wherever these steps lead."""
    if not steps or not isinstance(value, dict | list) or not value:
        return other
    keys = list(value) if isinstance(value, dict) else range(len(value))
    key = keys[steps[0] % len(keys)]
    made = dict(value) if isinstance(value, dict) else list(value)
    made[key] = _changed(value[key], steps[1:], other)
    return made


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, dict[str, bytes], bool]:
    """A format, its files with something wrong, and whether it is named."""
    name, way = draw(st.sampled_from(WAYS))
    files = dict(written(name, way))
    which = draw(st.sampled_from(sorted(files)))
    if which.endswith(("json", "yaml")) and draw(st.booleans()):
        steps, other = draw(st.lists(st.integers(0, 7), max_size=6)), draw(others)
        try:
            told = _changed(json.loads(files[which]), steps, other)
            files[which] = json.dumps(told, default=str).encode()
        except ValueError:  # YAML, or half of a letter
            files[which] = damaged(files[which], draw(damages))
    else:
        files[which] = damaged(files[which], draw(damages))
    return name, files, draw(st.booleans())


cases = cases()


def holds(case: tuple[str, dict[str, bytes], bool], folder: Path) -> None:
    """Regions of their image's own size, or one sentence; and a sentence for what is left out."""
    name, files, is_named = case
    for file, data in files.items():
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            path = folder / "notes"
            found = attempt(lambda: list(read_annotations(path, name if is_named else None)))
        for each in heard:  # what of a file is left out is said as an error would be
            assert each.category is UserWarning, each
            assert one_sentence(str(each.message)), each
        for each in found or ():
            for region in each.regions:
                assert region.array().shape == (each.size[1], each.size[0])
    finally:
        shutil.rmtree(folder / "notes")
