"""Traits of the widget: knobs that refuse in one sentence, and values read from the document."""

from __future__ import annotations

import math
from typing import Any

import traitlets as t

from sam_widget.document.edits import EditError

from .acts import number


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
            raise t.TraitError(f"{self.name} must be {wanted}, not {repr(value)[:60]}.")
        return round(found) if isinstance(self._least, int) else found


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
            raise t.TraitError(f"{self.name} must be {wanted}, not {repr(value)[:60]}.")
        return value


class Derived(t.TraitType[Any, Any]):
    """A value of ``obj.outcome``, read each time; observers hear when it changes."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Return what the document says now."""
        del cls
        return getattr(obj.outcome, self.name or "")

    def __set__(self, obj: Any, value: Any) -> None:
        raise t.TraitError(f"w.{self.name} says what the document holds; it cannot be set.")
