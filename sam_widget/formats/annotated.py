"""Annotated: one image's annotations, whichever file they come from or go to. No pixels."""

from __future__ import annotations

import operator
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from sam_widget.errors import shown
from sam_widget.regions import Region

from .errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Annotated:
    """One image and the regions that are marked in it.

    Attributes
    ----------
    name : str
        The image's file name, relative to the folder of the data set, with ``/`` between its
        parts: "mugs/a.jpg". It never leads out of that folder.
    size : tuple of int
        (width, height) of the image in pixels, as ``read_image`` gives it: turned as its EXIF says.
        All coordinates are of that picture.
    regions : tuple of Region
        In their order; each mask is of this size.

    Raises
    ------
    DataError
        The name is empty or leads out of its folder, a mask is of another size, or something else
        is given in their place.
    """

    name: str
    size: tuple[int, int]
    regions: tuple[Region, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", _size(self.size))
        object.__setattr__(self, "regions", _regions(self.regions))
        if self.name != relative(self.name):
            raise DataError(f"An image's name is relative to its folder, not {shown(self.name)}.")
        for region in self.regions:
            if region.size != self.size:
                given, wanted = (f"{w} x {h} px" for w, h in (region.size, self.size))
                raise DataError(
                    f"A region of {given} cannot lie in {shown(self.name)}, which is of {wanted}."
                )


def covering(drawn: Iterable[tuple[Region, bool]], where: str) -> tuple[Region, ...]:
    """Return the regions, but those that were drawn and cover no pixel: a warning counts these.

    Parameters
    ----------
    drawn
        Each region, and whether its file has an outline of it; without one it was empty on purpose.
    where
        What to call the file in the warning.
    """
    some = tuple(drawn)
    there = tuple(region for region, outlined in some if region.area or not outlined)
    if gone := len(some) - len(there):
        those = "1 outline that covers" if gone == 1 else f"{gone} outlines that cover"
        verb = "is" if gone == 1 else "are"
        said = f"{where}: {those} no pixel of the image {verb} left out: too small, or beside it."
        warnings.warn(said, stacklevel=3)
    return there


def _size(size: Any) -> tuple[int, int]:
    try:
        width, height = map(operator.index, size)
    except TypeError:
        raise DataError(
            f"An image's size is (width, height) in pixels, not {shown(size)}."
        ) from None
    except ValueError:
        raise DataError(f"An image's size is width and height, not {shown(size)}.") from None
    return width, height


def _regions(regions: Any) -> tuple[Region, ...]:
    try:
        some = tuple(regions)
    except TypeError:
        some = (regions,)
    for each in some:
        if not isinstance(each, Region):
            raise DataError(
                f"An image's regions are Regions in a list, not {shown(each)}: Region(mask, label)"
                " makes one of a Mask."
            )
    return some


def relative(name: object, where: str = "An image's name") -> str:
    r"""Return a name as ``Annotated`` has it, of one that a file gives.

    Backslashes are read as Windows means them, ``./`` goes.

    Raises
    ------
    DataError
        It is no text, empty, or leads out of its folder: ``../``, ``/etc``, ``C:\``.
    """
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        raise DataError(f"{where} is a file's name, not {shown(name)}.")
    path = PurePosixPath(PureWindowsPath(name).as_posix())
    climbs = path.is_absolute() or PureWindowsPath(name).drive or ".." in path.parts
    if climbs or not path.parts:
        raise DataError(f"{where}, {shown(name)}, leads out of its folder.")
    return str(path)
