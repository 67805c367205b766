"""Folders with a file for each image: which goes where, which are there. Opens none."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sam_widget.errors import shown

from .annotated import relative
from .errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .annotated import Annotated


def placed(
    images: Iterable[Annotated], folder: Path, suffix: str
) -> Iterator[tuple[Annotated, Path]]:
    """Yield each image with the file that is its own: "mugs/a.jpg" has "mugs/a" and the suffix.

    Raises
    ------
    DataError
        Two images would have one file.
    """
    taken: dict[PurePosixPath, str] = {}
    for each in images:
        place = PurePosixPath(each.name).with_suffix(suffix)
        if (other := taken.setdefault(place, each.name)) != each.name:
            raise DataError(
                f"{shown(other)} and {shown(each.name)} would both be written to {folder / place}:"
                " rename one of the two."
            )
        yield each, folder / place


def found(path: Path, *suffixes: str) -> Iterator[tuple[Path, PurePosixPath]]:
    """Yield a file, or those below a folder in order; with each the folder it lies in, below that.

    Raises
    ------
    DataError
        The path does not exist, or is a folder without such files.
    """
    if path.is_file():
        yield path, PurePosixPath()
        return
    if not path.is_dir():
        raise DataError(f"{path} does not exist.")
    empty = True
    for file in below(path):
        if file.suffix.lower() in suffixes:
            empty = False
            yield file, PurePosixPath(file.parent.relative_to(path).as_posix())
    if empty:
        raise DataError(f"{path} has no {' or '.join(suffixes)} files.")


def below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, in order, without those that are hidden, as journals are."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def named(told: object, file: Path, folder: PurePosixPath, suffix: str = ".jpg") -> str:
    """Return an image's name: the last part of what a file says, in the folder that it lies in.

    Where it says nothing, it is the file's own name with the suffix.
    """
    if told is None:
        return str(folder / f"{file.stem}{suffix}")
    return str(folder / PurePosixPath(relative(told, f"{file}: the image's name")).name)
