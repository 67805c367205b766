"""Files of annotations: JSON read with care, bytes written whole. Knows no format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sam_widget.document.journal import write_whole
from sam_widget.errors import in_short, reason
from sam_widget.known_files import LOOK, kind_of, refusal

from .errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; DataError where it cannot be read."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read: {reason(error)}.") from error


def read_json(path: Path, wanted: str) -> Any:
    """Return what a JSON file says, in whichever Unicode; DataError where it says nothing.

    Parameters
    ----------
    path
    wanted
        What was expected, with its article, for the sentence of an error.
    """
    return parsed(read_bytes(path), str(path), wanted)


def parsed(data: bytes, name: str, wanted: str) -> Any:
    """Return what a JSON text says.

    Parameters
    ----------
    data
        UTF-8, -16 or -32, with or without a byte order mark.
    name
        What to call it in an error.
    wanted
        What was expected, with its article.

    Raises
    ------
    DataError
        It is empty, of another kind, broken, or nested too deeply to be read.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise DataError(f"{name} is nested deeper than any annotations are.") from None
    except ValueError as error:
        kind = kind_of(data[:LOOK], name)
        if not data.strip() or (kind is not None and kind.what != "JSON"):
            raise DataError(refusal(name, data[:LOOK].strip(), wanted)) from error
        if "Extra data" in str(error):
            raise DataError(
                f"{name} holds several JSON values, one after the other, as JSON Lines does:"
                f" {wanted} is one value."
            ) from error
        raise DataError(f"{name} cannot be read as JSON: {in_short(error)}.") from error


def write_json(path: Path, value: Any, indent: int | None = None) -> None:
    """Write a JSON file whole or not at all, in UTF-8; DataError where it cannot be written."""
    try:
        told = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError(f"{path} cannot be written as JSON: {in_short(error)}.") from error
    write_bytes(path, told.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; DataError where it cannot be written."""
    try:
        write_whole(path, data)
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be written: {reason(error)}.") from error
