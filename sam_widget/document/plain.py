"""Frozen dataclasses as plain JSON values, and strictly back. Names no record and no message.

A dataclass's annotations are its schema: ``js/typegen.py`` reads the same ones. A class that has a
``tag`` is written with it as the field ``type``, by which a union finds its member.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sam_widget.errors import SamError, shown

LONGEST = 10_000  # members of a list or mapping, letters of a string: an edit stays an edit
SAFE = 2**53 - 1  # the largest whole number that JavaScript keeps exactly
SHOWN = 40  # letters of a wrong value that a sentence quotes
LATER = MappingProxyType({"later": True})
"""Metadata of a field that came later: older journals and pages lack it, and mean its default."""


class MalformedError(SamError):
    """A JSON value of the wrong shape: one sentence that says where and what is wanted."""


def carried(text: str) -> str:
    """Return a text as the wire can carry it: what is no letter becomes its code."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def to_plain(value: Any) -> Any:
    """Turn a dataclass, and what it holds, into dicts, lists, strings and numbers."""
    if is_dataclass(value):
        tag = getattr(value, "tag", None)
        head = {} if tag is None else {"type": tag}
        return head | {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    return value


def from_plain(form: Any, value: Any, where: str) -> Any:
    """Read a JSON value as ``form``: a dataclass, a union, a tuple, a mapping or a scalar.

    Parameters
    ----------
    form : type
        What is wanted, as in an annotation.
    value : object
        What ``json.loads`` gave.
    where : str
        The value's name in the sentence of an error, such as ``edit.put.p1``.

    Raises
    ------
    MalformedError
        The value is not of that form: a field missing, unknown or of another type, a number that
        is not finite, an unknown ``type``, or more than 10,000 of anything.
    """
    if form in _SCALARS:
        return _scalar(form, value, where)
    if is_dataclass(form):
        return _one(form, value, where)
    origin, arguments = get_origin(form), get_args(form)
    if origin in (Union, types.UnionType):
        return _either(arguments, value, where)
    if origin is Literal:
        if isinstance(value, str) and value in arguments:
            return value
        raise MalformedError(f"{where} must be one of {', '.join(arguments)}, not {_show(value)}.")
    if origin is tuple:
        return _several(arguments, value, where)
    return _mapping(arguments[1], value, where)


def _scalar(form: type, value: Any, where: str) -> Any:
    # bool is an int to Python, never to JSON; a whole number is a float to JSON
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if form is float and number and abs(value) <= SAFE:
        return float(value)
    if form in (float, int) and number and abs(value) > SAFE and value not in (math.inf, -math.inf):
        raise MalformedError(f"{where} must be a number of at most {SAFE}, not {_show(value)}.")
    if form is int and number and isinstance(value, int) and abs(value) <= SAFE:
        return value
    if form is bool and isinstance(value, bool):
        return value
    if form is str and isinstance(value, str) and len(value) <= LONGEST:
        if carried(value) != value:
            raise MalformedError(f"{where} holds what is no letter: {_show(value)}; leave it out.")
        return value
    raise MalformedError(f"{where} must be {_SCALARS[form]}, not {_show(value)}.")


def _one(form: Any, value: Any, where: str) -> Any:
    given = dict(_dict(value, where))
    tag = getattr(form, "tag", None)
    if tag is not None and given.pop("type", None) != tag:
        raise MalformedError(f'{where} must have the type "{tag}".')
    schema = schema_of(form)
    given = _later(form) | given
    for name in schema:
        if name not in given:
            raise MalformedError(f"{where} lacks the field {name}.")
    for name in given:
        if name not in schema:
            raise MalformedError(f"{where} has an unknown field {_show(name)}.")
    read = {name: from_plain(each, given[name], f"{where}.{name}") for name, each in schema.items()}
    return form(**read)


def _either(forms: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and types.NoneType in forms:
        return None
    some = [form for form in forms if form is not types.NoneType]
    if len(some) == 1:
        return from_plain(some[0], value, where)
    tag = _dict(value, where).get("type")
    for form in some:
        if form.tag == tag:
            return _one(form, value, where)
    known = ", ".join(form.tag for form in some)
    raise MalformedError(f"{where} has the unknown type {_show(tag)}; known are {known}.")


def _several(arguments: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple) or len(value) > LONGEST:
        raise MalformedError(f"{where} must be a list of at most {LONGEST}, not {_show(value)}.")
    return tuple(from_plain(arguments[0], each, f"{where}.{i}") for i, each in enumerate(value))


def _mapping(form: Any, value: Any, where: str) -> dict[str, Any]:
    given = _dict(value, where)
    if len(given) > LONGEST:
        raise MalformedError(f"{where} holds {len(given)} entries; {LONGEST} are the most.")
    for key in given:
        _scalar(str, key, f"a name in {where}")
    return {key: from_plain(form, each, f"{where}.*") for key, each in given.items()}


def _dict(value: Any, where: str) -> dict[str, Any]:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return value
    raise MalformedError(f"{where} must be an object with named fields, not {_show(value)}.")


def _show(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "infinity", -math.inf: "-infinity"}.get(value, "NaN")
    if isinstance(value, dict | list | tuple):
        return f"a {'list' if isinstance(value, list | tuple) else 'mapping'} of {len(value)}"
    text = "null" if value is None else shown(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


@cache
def schema_of(form: Any) -> dict[str, Any]:
    """Return a dataclass's fields, name to annotation, in order."""
    hints = get_type_hints(form)
    return {field.name: hints[field.name] for field in fields(form)}


@cache
def _later(form: Any) -> dict[str, Any]:
    """Return the fields that may be missing, with what stands for each then."""
    return {each.name: each.default for each in fields(form) if each.metadata == LATER}


_SCALARS = {
    str: f"a string of at most {LONGEST} letters",
    float: "a finite number",
    int: "a whole number",
    bool: "true or false",
}
