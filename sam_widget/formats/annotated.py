"""Annotated: one image's annotations, whichever file they come from or go to. No pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from sam_widget.errors import shown

from .errors import DataError

if TYPE_CHECKING:
    from sam_widget.regions import Region


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
        The name is empty or leads out of its folder, or a mask is of another size.
    """

    name: str
    size: tuple[int, int]
    regions: tuple[Region, ...] = ()

    def __post_init__(self) -> None:
        if self.name != relative(self.name):
            raise DataError(f"An image's name is relative to its folder, not {shown(self.name)}.")
        for region in self.regions:
            if region.size != self.size:
                given, wanted = (f"{w} x {h} px" for w, h in (region.size, self.size))
                raise DataError(
                    f"A region of {given} cannot lie in {shown(self.name)}, which is of {wanted}."
                )


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
