"""A list, folder, glob or generator as named photos, read no further than asked. Opens none."""

from __future__ import annotations

import glob
import os
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from PIL import Image

from sam_widget.errors import SamError, reason, shown
from sam_widget.images import ImageError, Picture, is_picture_file
from sam_widget.images.huge import is_zarr
from sam_widget.lifetime import renews
from sam_widget.paths import as_path, is_address

if TYPE_CHECKING:
    from collections.abc import Generator

LONGEST_PATH = 4096  # what is longer is a picture spelt out
NUMBERS = (bool, int, float, list, tuple)  # of which a nested list is one picture


@dataclass(frozen=True, eq=False)
class Photo:
    """One photo among many, not read yet.

    Attributes
    ----------
    name : str
        Its own among these: the path below what all lie in, with slashes; a number where it is no
        file.
    source : object
        What ``read_image`` takes.
    path : Path or None
        Its file.
    """

    name: str
    source: Any
    path: Path | None = None


class Roll:
    """Photos in order, taken from where they come from only as far as somebody has asked.

    Any thread may call.

    Parameters
    ----------
    photos : iterable of Photo
    whole : bool
        Whether it costs nothing to take all of them at once.

    Attributes
    ----------
    trouble : str or None
        Why no more come, in one sentence, where what gives them has failed.
    """

    def __init__(self, photos: Iterable[Photo], *, whole: bool) -> None:
        self._more: Iterator[Photo] | None = iter(photos)
        self._photos: list[Photo] = []
        self._places: dict[str, int] = {}
        self.trouble: str | None = None
        self.renew()
        renews(self)
        if whole:
            self._take(None)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._photos)

    @property
    def whole(self) -> bool:
        """Whether all photos are known."""
        return self._more is None

    @property
    def known(self) -> tuple[Photo, ...]:
        """The photos that have been taken so far."""
        return tuple(self._photos)

    def at(self, place: int) -> Photo | None:
        """Return the photo of a place, 0 being the first; None where there are not so many."""
        self._take(place + 1)
        return self._photos[place] if 0 <= place < len(self._photos) else None

    def place(self, name: str) -> int | None:
        """Return where a photo is among those that are known; None where it is not."""
        return self._places.get(name)

    def _take(self, count: int | None) -> None:
        with self._lock:
            while self._more is not None and (count is None or len(self._photos) < count):
                try:
                    photo = next(self._more)
                except StopIteration:
                    self._more = None
                except Exception as error:  # noqa: BLE001  a user's generator raises what it likes
                    self._more = None
                    self.trouble = f"No more photos come: {reason(error)}."
                else:
                    self._places[photo.name] = len(self._photos)
                    self._photos.append(photo)


def roll_of(given: Any) -> Roll | None:
    """Return the photos that something stands for; None where it stands for one, or for none.

    Parameters
    ----------
    given : object
        A folder (the pictures right in it, by name), a text with ``*``, ``?`` or ``[`` that names
        no file (``**`` for folders below too), a list, tuple, generator or other iterator of
        whatever ``read_image`` takes.

    Raises
    ------
    ImageError
        A folder or a glob without pictures, an empty list.
    """
    if isinstance(given, str | os.PathLike):
        return _of_path(given)
    if isinstance(given, list | tuple):
        if given and isinstance(given[0], NUMBERS):
            return None
        if not given:
            raise ImageError("The list is empty: several images were expected.")
        return Roll(named(given), whole=True)
    if isinstance(given, Iterator) and not hasattr(given, "read"):
        return Roll(named(given), whole=False)
    return None


def photos_below(folder: Path) -> list[Path]:
    """Return the pictures right in a folder, by name; ImageError where there is none.

    Digits count as numbers: 9.jpg comes before 10.jpg.
    """
    try:
        found = sorted(filter(is_picture_file, folder.iterdir()), key=_by_name)
        if found:
            return found
        others = list(folder.iterdir())
    except (OSError, ValueError) as error:
        raise ImageError(f"{shown(str(folder))} cannot be read: {reason(error)}.") from error
    files = sum(each.is_file() for each in others)
    deeper = any(each.is_dir() for each in others)
    there = f"{files} files, and " if files else ""
    where = ": give the folders in it one by one" if deeper and not files else ""
    raise ImageError(
        f"The folder {str(folder)!r} holds {there}no pictures (.jpg .png .tif .webp, and what"
        f" else Pillow reads){where}."
    )


def _of_path(given: str | os.PathLike[Any]) -> Roll | None:
    name = os.fsdecode(given)
    if len(name) > LONGEST_PATH or is_address(name) or not name.strip():
        return None  # an address, or a picture spelt out
    try:
        path = as_path(given)
        folder, there = path.is_dir() and not is_zarr(path), path.exists()
    except (OSError, ValueError):
        return None  # who reads it will say so
    if folder:
        return Roll(named(photos_below(path), path), whole=True)
    if there or not re.search(r"[*?[]", name):
        return None
    where = str(path)
    found = [Path(each) for each in glob.iglob(where, recursive=True)]  # noqa: PTH207  absolute too
    pictures = sorted(filter(is_picture_file, found), key=_by_name)
    if not pictures:
        raise ImageError(f"There are no pictures at {shown(where)}.")
    return Roll(named(pictures), whole=True)


def _by_name(path: Path) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"(\d+)", str(path))
    return tuple((1, int(each), "") if each.isdigit() else (0, 0, each) for each in parts)


def named(given: Iterable[Any], below: Path | None = None) -> Generator[Photo]:
    """Give each a name of its own; a file that comes twice comes once."""
    if below is None and isinstance(given, list | tuple):
        below = _common(given)
    names, files = set[str](), set[Path]()
    for number, source in enumerate(given, 1):
        path = _file(source)
        if path is not None and path in files:
            continue
        name = called = f"{number:04d}" if path is None else _called(path, below)
        while name in names:
            name = f"{called}-{number}"
        names.add(name)
        if path is not None:
            files.add(path)
        yield Photo(name, source if path is None else path, path)


def _file(source: Any) -> Path | None:
    if isinstance(source, Image.Image | Picture) or not isinstance(source, str | os.PathLike):
        return None
    name = os.fsdecode(source)
    if len(name) > LONGEST_PATH or is_address(name):
        return None
    try:
        return Path(os.path.abspath(as_path(source)))  # noqa: PTH100  links stay as they were named
    except SamError as error:
        raise ImageError(str(error)) from error


def _common(given: Iterable[Any]) -> Path | None:
    """Return the folder that all files of a list lie in; None where there is none, or no file."""
    folders = [str(path.parent) for path in map(_file, given) if path is not None]
    try:
        return Path(os.path.commonpath(folders)) if folders else None
    except ValueError:  # drives of Windows
        return None


def _called(path: Path, below: Path | None) -> str:
    if below is not None and path.is_relative_to(below.absolute()):
        return path.relative_to(below.absolute()).as_posix()
    return PurePosixPath(path.name).name
