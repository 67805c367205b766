"""What is no picture itself and holds one: figures, widgets, messages. By what they offer."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
from typing import Any

import numpy as np

from .picture import ImageError

IN_TEXT = re.compile(r"\s*data:[\w/+.-]*(;[\w=.-]+)*,", re.IGNORECASE)
BEGINNINGS = ("iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR", "Qk0", "SUkq", "TU0AK")  # of base64
NAMES = ("pixel_array", "pixels", "value", "data", "content", "filename")
KEYS = ("bytes", "content", "data", "path")  # of a row of data, of an upload


def bytes_of_text(text: str) -> bytes | None:
    """Return the file that a text spells out: a data: address, or base64. None of any other.

    Raises
    ------
    ImageError
        It is spelt wrongly.
    """
    head = IN_TEXT.match(text[:200])
    if head is None and not (len(text) > 64 and text.lstrip().startswith(BEGINNINGS)):
        return None
    body = text[head.end() :] if head else text
    if head and ";base64" not in head[0].lower():
        raise ImageError("The data: address is not in base64: give the bytes themselves.")
    try:
        return base64.b64decode(re.sub(r"\s|%0A", "", body) + "==", validate=False)
    except (binascii.Error, ValueError):
        if head is None:
            return None
        raise ImageError("The data: address is no base64: a part of it is missing.") from None


def held_by(source: Any) -> Any:
    """Return the picture that something holds: bytes, a path or an array; None where it has none.

    Raises
    ------
    ImageError
        It is a list of several, or holds what cannot be had.
    """
    if isinstance(source, dict):
        return next((source[key] for key in KEYS if source.get(key) is not None), None)
    if isinstance(source, (list, tuple)):
        return _of_list(source)
    figure = source if hasattr(source, "savefig") else getattr(source, "figure", None)
    if hasattr(figure, "savefig"):  # what plt.imshow returns has both an array and a figure
        return source.get_array() if hasattr(source, "get_array") else _drawn(figure)
    held = (getattr(source, name, None) for name in NAMES)
    return next((each for each in held if _is_picture(each)), None)


def _is_picture(held: Any) -> bool:
    kinds = (bytes, bytearray, memoryview, str, os.PathLike)
    return hasattr(held, "__array__") or (isinstance(held, kinds) and bool(held))


def _drawn(figure: Any) -> bytes:
    out = io.BytesIO()
    try:
        figure.savefig(out, format="png", dpi=getattr(figure, "dpi", None) or "figure")
    except Exception as error:
        raise ImageError(f"The figure cannot be drawn: {error}.") from error
    return out.getvalue()


def _of_list(items: list[Any] | tuple[Any, ...]) -> Any:
    try:
        array = np.array(items)
    except (ValueError, TypeError, RuntimeError):  # rows of unlike length
        array = np.array([], object)
    if array.dtype.kind in "biuf" and array.ndim > 1:
        return array
    if len(items) == 1:
        return items[0]
    what = type(items).__name__
    if not items:
        raise ImageError(f"The {what} is empty: one image was expected.")
    raise ImageError(f"A {what} of {len(items)} was given: give one image of it, or one array.")
