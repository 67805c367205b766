"""Where the work on a photo lies: its JSON, its journal. Writes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.paths import as_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .photos import Photo

HOME = ".sam_widget"  # journals and entries, beside the annotations


@dataclass(frozen=True)
class Place:
    """The places of one photo.

    Attributes
    ----------
    json : Path
        Its annotations, unless somebody else's lie there.
    journal : Path
        A folder: the journal of the work on it, and what an album notes of it.
    home : Path
        The folder of all journals there.
    full_name : str
        The photo's file name, for annotations that cannot have the short name.
    """

    json: Path
    journal: Path
    home: Path
    full_name: str

    def files(self) -> Iterator[Path]:
        """Yield where its annotations may lie, in the order in which that is tried."""
        yield self.json
        yield self.json.with_name(f"{self.full_name}.json")
        number = 2
        while True:
            yield self.json.with_name(f"{self.full_name}.{number}.json")
            number += 1


def place_of(photo: Photo, output: Path | None) -> Place | None:
    """Return where the work on a photo lies: in the output folder, else beside the photo.

    None where there is neither: then it is in memory alone.
    """
    if output is not None:
        base, name = output, photo.name
    elif photo.path is not None:
        base, name = photo.path.parent, photo.path.name
    else:
        return None
    file = base / name
    stem = file.stem if photo.path is not None else file.name
    return Place(file.with_name(f"{stem}.json"), base / HOME / name, base / HOME, file.name)


def output_of(given: Any) -> Path | None:
    """Return the folder that a user names for what is written; None for none.

    Raises
    ------
    SamError
        It is no path, or a file.
    """
    if given is None:
        return None
    if not isinstance(given, str | bytes | os.PathLike):
        raise SamError(f"output is the path of a folder, not {shown(given)}.")
    path = Path(os.path.abspath(as_path(given)))  # noqa: PTH100  links stay as they were named
    if path.exists() and not path.is_dir():
        raise SamError(f"output is a folder, and {path} is a file.")
    return path
