"""Settings that are numbers, looked at where they are given. Knows no setting by name."""

from __future__ import annotations

import math
import numbers
from dataclasses import fields
from typing import TYPE_CHECKING

from sam_widget.errors import SamError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

INFINITE = math.inf
WHOLE, REAL = ("int", "int | None"), ("float", "float | None")


def check_numbers(settings: DataclassInstance, least: Mapping[str, float]) -> None:
    """Refuse a setting that is no number, or not of the kind that its field is.

    Parameters
    ----------
    settings
        A dataclass; its fields of int and float are looked at, by their annotations.
    least
        The least value of a field; of all others it is 0.

    Raises
    ------
    SamError
        Text, True, NaN, infinity, a fraction where a count is meant, or less than there can be.
    """
    for field in fields(settings):
        value = getattr(settings, field.name)
        if field.type in (*WHOLE, *REAL) and not (value is None and "None" in str(field.type)):
            check_number(field.name, value, least.get(field.name, 0), whole=field.type in WHOLE)


def check_number(
    name: str, value: object, least: float = 0, most: float = INFINITE, *, whole: bool = False
) -> None:
    """Refuse one value that is no number from `least` to `most`; SamError says which it should be.

    Parameters
    ----------
    name
        Of the setting.
    value
        As given.
    least, most
        Both belong to what is allowed.
    whole
        Whether it counts something.
    """
    kind = numbers.Integral if whole else numbers.Real
    bounds = f"from {least:g} on" if most == INFINITE else f"from {least:g} to {most:g}"
    plain = isinstance(value, kind) and not isinstance(value, bool)
    if not plain or not math.isfinite(value) or not least <= value <= most:  # type: ignore[arg-type, operator]
        what = "whole number" if whole else "number"
        raise SamError(f"{name} is a {what} {bounds}, not {shown(value)}.")
