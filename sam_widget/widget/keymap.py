"""Which key does what in the page, and which other keys a person may give it. No key is pressed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

import traitlets as t

from sam_widget.errors import shown

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "choose_1": ("Digit1", "Numpad1"),
        "choose_2": ("Digit2", "Numpad2"),
        "choose_3": ("Digit3", "Numpad3"),
        "accept": ("Enter", "NumpadEnter"),
        "clear": ("Escape",),  # and one step out of whatever is nearest
        "undo": ("KeyZ",),
        "redo": ("Shift+KeyZ",),
        "drop_last": ("Backspace", "Delete"),
        "flip": ("KeyX",),
        "point": ("KeyP",),
        "box": ("KeyB",),
        "stroke": ("KeyL",),
        "brush": ("KeyD",),
        "eraser": ("KeyE",),
        "thinner": ("BracketLeft",),
        "thicker": ("BracketRight",),
        "everything": ("KeyA",),
        "alike": ("KeyO",),
        "tidy": ("KeyC",),
        "differ": ("KeyW",),
        "errors": ("KeyG",),
        "sharpen": ("KeyF",),
        "next": ("KeyN",),
        "next_opposite": ("Shift+KeyN",),
        "crosshair": ("KeyK",),
        "place": ("Space", "KeyS"),
        "hide": ("KeyH",),
        "hover": ("KeyV",),
        "rename": ("F2",),
        "zoom_in": (),  # by what is printed on them: + = and -, which lie elsewhere on each layout
        "zoom_out": (),
        "fit": ("Digit0", "Numpad0"),
        "next_photo": ("Period",),
        "previous_photo": ("Comma",),
        "review": ("KeyR",),
        "accept_photo": ("KeyY",),
        "fail_photo": ("KeyI",),
        "defer_photo": ("KeyU",),
        "note": ("KeyM",),
        "left": ("ArrowLeft",),
        "right": ("ArrowRight",),
        "up": ("ArrowUp",),
        "down": ("ArrowDown",),
        "far_left": ("Shift+ArrowLeft",),
        "far_right": ("Shift+ArrowRight",),
        "far_up": ("Shift+ArrowUp",),
        "far_down": ("Shift+ArrowDown",),
        "turbo": ("KeyT",),
        "keep_parts": ("KeyQ",),
        "merge": ("KeyJ",),  # these are done to the selected objects
        "subtract": ("Shift+KeyJ",),
        "intersect": ("Shift+KeyI",),
        "lock": ("Shift+KeyL",),
        "conceal": ("Shift+KeyH",),
        "help": (),  # by what is printed: ?
    }
)
"""What keys do, and the physical keys that do it unless a person says otherwise."""

_LETTERS = r"Key[A-Z]|Digit\d|Numpad(\d|Enter|Add|Subtract|Multiply|Divide|Decimal)|F([1-9]|1[0-2])"
_OTHERS = (
    "Space|Enter|Escape|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(Left|Right|Up|Down)"
    "|Bracket(Left|Right)|Minus|Equal|Comma|Period|Slash|Semicolon|Quote|Backquote|Backslash"
    "|Intl(Backslash|Ro|Yen)|Lang[12]|KanaMode|Convert|NonConvert"
)
_CODE = re.compile(rf"(Shift\+)?({_LETTERS}|{_OTHERS})")


class Shortcuts(t.TraitType[Any, Any]):
    """Commands and the keys that they have in place of their own; a dictionary."""

    def default(self, obj: Any = None) -> dict[str, str]:
        """Return none: every command has its own keys."""
        del obj
        return {}

    def validate(self, obj: Any, value: Any) -> dict[str, str]:
        """Return the dictionary, its own; TraitError in one sentence."""
        del obj
        if not isinstance(value, Mapping):
            example = '{"accept": "Space"}'
            raise t.TraitError(
                f"shortcuts must be a dictionary such as {example}, not {shown(value)}."
            )
        for name, code in value.items():
            if name not in KEYS:
                near = get_close_matches(str(name), KEYS, 1)
                meant = f"{near[0]} was meant" if near else f"there are {', '.join(KEYS)}"
                raise t.TraitError(f"shortcuts has no {shown(name)}; {meant}.")
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                wanted = 'the code of a key, such as "KeyA", "Space" or "Shift+Digit4"'
                raise t.TraitError(f'shortcuts["{name}"] must be {wanted}, not {shown(code)}.')
        given = {str(name): str(code) for name, code in value.items()}
        _refuse_doubles(given)
        return given


def _refuse_doubles(given: Mapping[str, str]) -> None:
    """Raise TraitError where two commands have one key, or one is left without."""
    named: dict[str, str] = {}
    for name, code in given.items():
        if code in named:
            raise t.TraitError(f"shortcuts gives {code} to {named[code]} and to {name}.")
        named[code] = name
    for name, own in KEYS.items():
        if name not in given and own and named.keys() >= set(own):
            lost = f"shortcuts gives {own[0]} to {named[own[0]]}, and {name} has no other"
            raise t.TraitError(f"{lost}: give {name} a key too.")
