"""Folders anywhere: on this disk, in a bucket, in memory; by fsspec. Knows no picture's content."""

from __future__ import annotations

import os
import posixpath
import secrets
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, in_short, reason, shown
from sam_widget.images.files import is_picture_name
from sam_widget.paths import as_path, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = ".sam_widget"  # the folder in a folder that holds what is no result
WHOLE_AT_ONCE = frozenset({"memory", "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl"})
"""Where a file is seen whole or not at all; elsewhere it is written beside its place and moved."""


class PlaceError(SamError):
    """A folder or a file that cannot be reached, or written, and why, in one sentence."""


@dataclass(frozen=True)
class Place:
    """A folder at an address, the same in every process that can reach it.

    Attributes
    ----------
    address : str
        As fsspec takes it: "/data/photos", "s3://bucket/photos".
    """

    address: str

    @classmethod
    def of(cls, given: str | os.PathLike[str]) -> Place:
        """Return the place of whatever stands for a folder; it need not be there.

        Raises
        ------
        PlaceError
            It is no address, or one that a package is missing for.
        """
        if not isinstance(given, (str, os.PathLike)):
            raise PlaceError(f"A folder is a path or an address, not {shown(given)}.")
        text = os.fspath(given)
        address = text.rstrip("/") if is_address(text) else os.path.abspath(as_path(text))  # noqa: PTH100
        place = cls(address)
        place.files  # noqa: B018  refused here, not on a worker
        return place

    @cached_property
    def files(self) -> Any:
        """The file system that it is on."""
        return self._found[0]

    @cached_property
    def root(self) -> str:
        """Its path there, with ``/`` between the parts and none at its end."""
        return str(self._found[1]).rstrip("/")

    @cached_property
    def _found(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs  # noqa: PLC0415  only who annotates folders needs it

        try:
            found: tuple[Any, str] = url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise PlaceError(
                f"{shown(self.address)} cannot be reached: {in_short(error)}."
            ) from error
        return found

    def __reduce__(self) -> tuple[type[Place], tuple[str]]:
        return type(self), (self.address,)

    def __str__(self) -> str:
        return self.address

    def path(self, name: str) -> str:
        """Return where a file of it is, by its name below it."""
        return f"{self.root}/{name}"

    def below(self, name: str) -> Place:
        """Return a folder in it."""
        return Place(f"{self.address.rstrip('/')}/{name}")

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        PlaceError
            They cannot be had.
        """
        try:
            data: bytes = self.files.cat_file(self.path(name))
        except Exception as error:  # whatever a file system raises
            raise PlaceError(f"{self.path(name)} cannot be read: {reason(error)}.") from error
        return data

    def write(self, name: str, data: bytes, parts: str) -> None:
        """Write a file whole or not at all; what was there before is replaced.

        Parameters
        ----------
        name : str
            Below this place; folders above it are made.
        data : bytes
        parts : str
            A name for the folder, in ``.sam_widget``, in which files are begun.

        Raises
        ------
        PlaceError
            It cannot be written.
        """
        whole = self.path(name)
        try:
            self.files.makedirs(posixpath.dirname(whole), exist_ok=True)
            if not self._beside:
                self.files.pipe_file(whole, data)
                return
            part = self.path(f"{OWN}/{parts}/{secrets.token_hex(8)}.part")
            self.files.makedirs(posixpath.dirname(part), exist_ok=True)
            self.files.pipe_file(part, data)
            self._move(part, whole)
        except Exception as error:  # whatever a file system raises
            raise PlaceError(f"{whole} cannot be written: {reason(error)}.") from error

    def _move(self, part: str, whole: str) -> None:
        if "file" in self._protocols:
            os.replace(part, whole)  # noqa: PTH105  fsspec's mv is not atomic where a file is
        else:
            self.files.mv(part, whole)

    @property
    def _protocols(self) -> tuple[str, ...]:
        said = self.files.protocol
        return (said,) if isinstance(said, str) else tuple(said)

    @property
    def _beside(self) -> bool:
        return not WHOLE_AT_ONCE.intersection(self._protocols)

    def set_aside(self, name: str, folder: str) -> None:
        """Move a file into a folder of ``.sam_widget``, under its own name."""
        there = self.path(f"{OWN}/{folder}/{name}")
        try:
            self.files.makedirs(posixpath.dirname(there), exist_ok=True)
            self.files.mv(self.path(name), there)
        except Exception as error:  # whatever a file system raises
            raise PlaceError(f"{self.path(name)} cannot be moved: {reason(error)}.") from error

    def remove(self, name: str) -> None:
        """Remove a folder in it with all that it holds, where it is there."""
        if self.files.exists(self.path(name)):
            self.files.rm(self.path(name), recursive=True)

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Return the names of the files right in a folder of it, sorted; none where it is not."""
        path = self.path(folder) if folder else self.root
        try:
            self.files.invalidate_cache(path)
            found = self.files.ls(path or "/", detail=True)
        except FileNotFoundError:
            return ()
        except Exception as error:  # whatever a file system raises
            raise PlaceError(f"{path} cannot be read: {reason(error)}.") from error
        files = (each["name"] for each in found if each["type"] != "directory")
        return tuple(sorted(posixpath.basename(each) for each in files))


@dataclass(frozen=True)
class Photos:
    """The pictures at an address: a folder with all below it, those that a glob names, or one.

    Attributes
    ----------
    place : Place
        The folder that names are relative to.
    pattern : str
        A glob below it; empty for every picture.
    """

    place: Place
    pattern: str = ""

    @classmethod
    def of(cls, given: str | os.PathLike[str]) -> Photos:
        """Return the pictures that an address stands for; PlaceError where it is none."""
        place = Place.of(given)
        if place.files.isdir(place.root or "/"):
            return cls(place)
        above, _, name = place.address.rpartition("/")
        while _is_pattern(above):
            above, _, part = above.rpartition("/")
            name = f"{part}/{name}"
        if not (_is_pattern(name) or place.files.exists(place.root)):
            raise PlaceError(f"There is no folder and no picture at {shown(place.address)}.")
        return cls(Place(above or "/"), name)

    def __str__(self) -> str:
        return f"{self.place}/{self.pattern}" if self.pattern else str(self.place)

    def folders(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each folder that holds some, by its name below the place, and the names in it.

        Sorted; one folder at a time, so that no more than one is held. Hidden folders are left out.
        """
        for folder, names in self._globbed() if self.pattern else self._walked():
            pictures = tuple(sorted(each for each in names if is_picture_name(each)))
            if pictures:
                yield folder, pictures

    def _walked(self) -> Iterator[tuple[str, list[str]]]:
        files, root = self.place.files, self.place.root
        for path, folders, names in files.walk(root or "/", topdown=True):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            yield _below(path, root), names

    def _globbed(self) -> Iterator[tuple[str, list[str]]]:
        found = sorted(self.place.files.glob(self.place.path(self.pattern)), key=posixpath.split)
        for folder, paths in groupby(found, key=posixpath.dirname):
            yield _below(folder, self.place.root), [posixpath.basename(each) for each in paths]


def _below(path: str, root: str) -> str:
    return path.rstrip("/").removeprefix(root).strip("/")


def _is_pattern(text: str) -> bool:
    return any(each in text for each in "*?[")
