"""What may stand for a model: a name, a path, or two. Looks nothing up, and needs no torch."""

from __future__ import annotations

import os
from typing import Any, TypeGuard

File = str | os.PathLike[str]
Name = File | tuple[File, File]
"""A published model's, a file's or folder's, a hub's; or an encoder's and a decoder's file."""


def is_name(given: Any) -> TypeGuard[Name]:
    """Tell whether something may name a model; a list of two files will do as well."""
    if isinstance(given, (tuple, list)):
        return len(given) == 2 and all(isinstance(each, (str, os.PathLike)) for each in given)
    return isinstance(given, (str, os.PathLike))


def called(name: Name) -> str:
    """Return what to call a model: its name or path; of two files, both."""
    return " and ".join(map(os.fsdecode, name if isinstance(name, (tuple, list)) else [name]))
