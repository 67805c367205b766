"""Keys of one's own choice: taken in Python or refused in one sentence, and the page is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from traitlets import HasTraits, TraitError

from sam_widget.widget.keymap import KEYS, Shortcuts

if TYPE_CHECKING:
    from collections.abc import Mapping


class Some(HasTraits):
    shortcuts = Shortcuts()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"accept": "Space"},  # `place` has another key
        {"accept": "F8", "undo": "Shift+KeyU"},
        {"undo": "KeyX", "flip": "KeyZ"},
        {"point": "IntlYen", "help": "F1", "zoom_in": "NumpadAdd"},
    ],
    ids=str,
)
def test_taken(given: Mapping[str, str]) -> None:
    one = Some(shortcuts=given)
    assert one.shortcuts == given
    assert one.shortcuts is not given


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["accept"], r"shortcuts must be a dictionary such as .*, not "),
        ("Space", "shortcuts must be a dictionary"),
        ({"acept": "Space"}, "shortcuts has no 'acept'; accept was meant"),
        ({3: "Space"}, "shortcuts has no 3; there are choose_1, "),
        ({"accept": "space"}, r'shortcuts\["accept"\] must be the code of a key, such as "KeyA"'),
        ({"accept": "Ctrl+KeyA"}, r"must be the code of a key.*, not 'Ctrl\+KeyA'"),
        ({"accept": "Tab"}, "must be the code of a key"),
        ({"accept": None}, "must be the code of a key"),
        ({"accept": "KeyA", "undo": "KeyA"}, "gives KeyA to accept and to undo"),
        ({"accept": "KeyZ"}, "gives KeyZ to accept, and undo has no other: give undo a key too"),
    ],
    ids=str,
)
def test_refused(given: Any, why: str) -> None:
    one = Some(shortcuts={"accept": "Space"})
    with pytest.raises(TraitError, match=why):
        one.shortcuts = given
    assert one.shortcuts == {"accept": "Space"}


def test_nobodys_choice_is_anothers() -> None:
    one, other = Some(), Some()
    one.shortcuts["accept"] = "Space"
    assert other.shortcuts == {}


def test_no_two_commands_have_one_key() -> None:
    codes = [code for own in KEYS.values() for code in own]
    assert len(set(codes)) == len(codes)
    for name, own in KEYS.items():
        for code in own:
            Some(shortcuts={name: code})  # each is a code that a person may give
