"""Each value of the JSONs that we write, replaced by what it cannot be: a sentence, or regions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fuzz import formats

ODD = ([], {}, 10**60, "\ud800")
JSONS = [
    (name, way, file)
    for name, way in formats.WAYS
    for file in formats.written(name, way)
    if file.endswith("json")
]


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value in a JSON; of a list to its first ones."""
    yield here
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*here, key))
    elif isinstance(value, list):
        for number, each in enumerate(value[:2]):
            yield from places(each, (*here, number))


def put(value: Any, way: tuple[Any, ...], other: Any) -> Any:
    """Return the JSON with another value at the end of a way."""
    if not way:
        return other
    made = dict(value) if isinstance(value, dict) else list(value)
    made[way[0]] = put(value[way[0]], way[1:], other)
    return made


@pytest.mark.parametrize(("name", "way", "file"), JSONS)
def test_no_value_of_a_file_is_taken_for_what_it_should_be(tmp_path, name, way, file):
    good = formats.written(name, way)
    told = json.loads(good[file])
    tried = 0
    for place in places(told):
        for odd in ODD:
            files = good | {file: json.dumps(put(told, place, odd)).encode()}
            formats.holds((name, files, True), tmp_path)
            tried += 1
    assert tried > len(ODD)
