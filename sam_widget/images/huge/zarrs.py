"""zarr by windows: an array, or an OME-Zarr pyramid; zarr is an extra. Decodes nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.errors import in_short
from sam_widget.images.picture import ImageError

from .levels import Level

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MARKS = ("zarr.json", ".zgroup", ".zarray", ".zattrs")
PLAIN = {2: "yx", 3: "yxc", 4: "zcyx", 5: "tczyx"}  # axes of an array that does not say


def is_zarr(path: Path) -> bool:
    """Whether a folder holds an array or a group of zarr."""
    return path.is_dir() and any((path / mark).is_file() for mark in MARKS)


class ZarrLevels:
    """A zarr that is open; see ``levels.Levels``.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ImageError
        There is no picture in it, it is broken, or zarr is not installed.
    """

    inverted = False

    def __init__(self, path: Path) -> None:
        try:
            import zarr  # noqa: PLC0415  an extra
        except ImportError as error:
            raise ImageError(
                f"{path} is a zarr: pip install 'sam_widget[huge]' reads it."
            ) from error

        self._path = path
        try:
            root = zarr.open(str(path), mode="r")
            arrays, axes = _arrays_of(root)
        except ImageError:
            raise
        except Exception as error:
            raise ImageError(f"{path} is no zarr that can be read ({in_short(error)}).") from error
        if not arrays or (axes[-2:] != "yx" and axes != "yxc"):
            raise ImageError(f"{path} holds no picture: an array of y and x was expected.")
        self._arrays, self._axes = arrays, axes
        y, x = axes.index("y"), axes.index("x")
        self.levels = tuple(
            Level(each.shape[x], each.shape[y], each.chunks[x], each.chunks[y]) for each in arrays
        )
        sizes = dict(zip(axes, arrays[0].shape, strict=True))
        self._rgb = sizes.get("c", 1) == 3 or (axes == "yxc" and sizes["c"] > 3)
        self.assumed = _said_of(sizes, self._rgb)
        self.stamp = repr([(each.shape, each.chunks) for each in arrays])

    def read(self, level: int, box: tuple[int, int, int, int]) -> NDArray[Any]:
        """Return a window of a level; see ``levels.Levels``."""
        x0, y0, x1, y1 = box
        colours = slice(0, 3) if self._rgb else 0
        part = {"y": slice(y0, y1), "x": slice(x0, x1), "c": colours}
        try:
            got = np.asarray(self._arrays[level][tuple(part.get(each, 0) for each in self._axes)])
        except Exception as error:
            raise ImageError(
                f"{self._path} is broken, or gone, in this part ({in_short(error)})."
            ) from error
        if got.dtype == np.bool_:
            got = got.astype(np.uint8) * np.uint8(255)
        return np.moveaxis(got, 0, -1) if self._rgb and self._axes != "yxc" else got


def _arrays_of(root: Any) -> tuple[list[Any], str]:
    """Return the arrays of a picture, the largest first, and the axes that they share."""
    if hasattr(root, "chunks"):
        return [root], PLAIN.get(root.ndim, "")
    attributes = dict(root.attrs)
    said = attributes.get("ome", attributes).get("multiscales")
    if not said:
        raise ImageError("The zarr is a group without a picture: give the path of an array in it.")
    arrays = [root[each["path"]] for each in said[0]["datasets"]]
    named = [each if isinstance(each, str) else each["name"] for each in said[0].get("axes", ())]
    axes = "".join(named) or PLAIN.get(arrays[0].ndim, "")
    return arrays, axes if len(axes) == arrays[0].ndim else ""


def _said_of(sizes: dict[str, int], rgb: bool) -> tuple[str, ...]:
    words = {"c": "channels", "z": "slices", "t": "times"}
    told = {axis: n for axis, n in sizes.items() if axis in words and n > 1}
    said = []
    if rgb:
        said.append("The three channels are taken as red, green and blue.")
        told.pop("c", None)
    counts = " x ".join(f"{n} {words[axis]}" for axis, n in told.items())
    if counts:
        said.append(f"The file holds {counts}; the first plane is taken.")
    return tuple(said)
