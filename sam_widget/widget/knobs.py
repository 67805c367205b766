"""Traits of the widget: knobs that refuse in one sentence, and values read from the document.

Also what every ipywidget takes (`layout`, `tooltip`, `tabbable`), and what nobody may set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import traitlets as t
from ipywidgets import Layout

from sam_widget.document.edits import EditError
from sam_widget.document.plain import carried
from sam_widget.errors import SamError, shown

from .acts import number, truth


class Between(t.TraitType[Any, Any]):
    """A number, Python's or numpy's, from `least` to `most`; whole where `least` is an int."""

    def __init__(self, default: float, least: float, most: float, unit: str = "") -> None:
        super().__init__(default)
        self._least, self._most, self._unit = least, most, unit and f" {unit}"

    def validate(self, obj: Any, value: Any) -> float:
        """Return the number; TraitError in one sentence."""
        del obj
        try:
            found = number(value, "it")
        except EditError:
            found = math.nan
        if not self._least <= found <= self._most:
            wanted = f"a number from {self._least:g} to {self._most:g}{self._unit}"
            raise t.TraitError(f"{self.name} must be {wanted}, not {shown(value)}.")
        return round(found) if isinstance(self._least, int) else found


class Switch(t.TraitType[Any, Any]):
    """True or False."""

    def validate(self, obj: Any, value: Any) -> bool:
        """Return it; TraitError in one sentence."""
        del obj
        try:
            return truth(value, str(self.name))
        except EditError as error:
            raise t.TraitError(str(error)) from None


class OneOf(t.TraitType[Any, Any]):
    """One of a few words; the first is the default."""

    def __init__(self, *words: str) -> None:
        super().__init__(words[0])
        self._words = words

    def validate(self, obj: Any, value: Any) -> str:
        """Return the word; TraitError in one sentence."""
        del obj
        if not isinstance(value, str) or value not in self._words:
            wanted = f"one of {', '.join(self._words)}"
            raise t.TraitError(f"{self.name} must be {wanted}, not {shown(value)}.")
        return value


class Texts(t.TraitType[Any, Any]):
    """Several texts, each once, in order, none empty: a tuple."""

    def __init__(self, most: int, longest: int) -> None:
        super().__init__(())
        self._most, self._longest = most, longest

    def validate(self, obj: Any, value: Any) -> tuple[str, ...]:
        """Return them; TraitError in one sentence."""
        del obj
        try:
            given = () if isinstance(value, str) else tuple(value)
            wrong = isinstance(value, str)
        except TypeError:
            given, wrong = (), True
        texts = tuple(each.strip() for each in given if isinstance(each, str))
        short = all(each == carried(each) and 0 < len(each) <= self._longest for each in texts)
        if wrong or len(texts) < len(given) or not short or len(texts) > self._most:
            wanted = f"at most {self._most} texts of at most {self._longest} letters"
            raise t.TraitError(f"{self.name} must be a list of {wanted}, not {shown(value)}.")
        return tuple(dict.fromkeys(texts))


class Derived(t.TraitType[Any, Any]):
    """A value of ``obj.outcome``, read each time; observers hear when it changes."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Return what the document says now."""
        del cls
        return getattr(obj.outcome, self.name or "")

    def __set__(self, obj: Any, value: Any) -> None:
        raise t.TraitError(f"w.{self.name} says what the document holds; it cannot be set.")


OWN = (  # traits that join the widget to its pages; another value, and the next view is empty
    "channel",
    *("_esm", "_css", "_anywidget_id"),
    *(f"_{what}_{part}" for what in ("model", "view") for part in ("name", "module")),
    *(f"_{what}_module_version" for what in ("model", "view")),
)


class KeywordError(SamError, TypeError):
    """A keyword that a widget does not take."""


def dom_traits(given: Mapping[str, Any], ours: tuple[str, ...]) -> dict[str, Any]:
    """Return the keywords of every ipywidget among those that were given.

    Parameters
    ----------
    given : mapping
        Keywords that are none of the widget's own.
    ours : tuple of str
        The widget's own keywords, for the sentence.

    Raises
    ------
    KeywordError
        A keyword that nobody takes.
    TraitError
        A value that cannot be.
    """
    for name in given:
        if name not in DOM:
            raise KeywordError(f"SamWidget takes no {carried(name)}{_meant(name, (*ours, *DOM))}.")
    return {name: DOM[name](value) for name, value in given.items() if value is not None}


def refuse_own(given: Mapping[str, Any]) -> None:
    """Raise TraitError where a page sets what only the widget may."""
    for name in given:
        if name in OWN:
            raise t.TraitError(f"{name} joins the widget to its pages; it cannot be set.")


def tooltip(value: Any) -> str | None:
    """Take a text that the wire can carry; None for no tooltip."""
    if value is None or (isinstance(value, str) and carried(value) == value):
        return value
    raise t.TraitError(f"tooltip must be a text, without half letters, not {shown(value)}.")


def _tabbable(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise t.TraitError(f"tabbable must be True or False, not {shown(value)}.")


def _layout(value: Any) -> Layout:
    if isinstance(value, Layout):
        return value
    if not isinstance(value, Mapping):
        wanted = 'a Layout or a dictionary such as {"width": "50%"}'
        raise t.TraitError(f"layout must be {wanted}, not {shown(value)}.")
    sides = tuple(name for name in Layout.class_trait_names() if not name.startswith("_"))
    for name, side in value.items():
        if name not in sides:
            meant = _meant(str(name), sides)
            raise t.TraitError(f"layout has no {shown(name)}{meant}.")
        if not isinstance(side, str) or carried(side) != side:
            raise t.TraitError(f'layout.{name} must be a text such as "50%", not {shown(side)}.')
    return Layout(**value)


def _meant(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, 1)
    return f"; {near[0]} was meant" if near else f"; it takes {', '.join(known)}"


DOM = {"layout": _layout, "tooltip": tooltip, "tabbable": _tabbable}
