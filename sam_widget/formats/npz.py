"""NumPy: an ``.npz`` for each image, with all masks as one array. No pickle, either way.

``masks`` (N, H, W) bool, ``labels`` (N,) str, ``boxes`` (N, 4) int64 (x0, y0, x1, y1, half open),
``predicted_iou`` and ``stability_score`` (N,) float64 (NaN: nobody said), ``size`` (2,) int64
(width, height), ``name`` str, and ``sam_widget``, JSON of what else is known of each region.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.errors import in_short
from sam_widget.masks import Mask
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated
from .errors import DataError
from .files import parsed, read_bytes, write_bytes
from .folders import found, named, placed
from .loss import Loss
from .provenance import BLOCK, everything, heard
from .rasters import check_size

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from pathlib import PurePosixPath
    from typing import IO

    from numpy.typing import NDArray

MOST_BYTES = 2**36  # of all masks of an image, unpacked; read one by one
MOST_TEXT = 2**28  # bytes of one of the other arrays


def write(images: Iterable[Annotated], path: str | os.PathLike[str]) -> Loss:
    """Write one ``.npz`` for each image, below a folder, under the image's own name.

    Masks are written one by one, so that many take no more memory than one.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The folder; "mugs/a.jpg" goes to "mugs/a.npz" in it.
    """
    kind, losses = "NumPy", list[Loss]()
    for each, file in placed(images, as_path(path), ".npz"):
        write_bytes(file, _packed(each))
        losses.append(Loss.of(kind, each, [region.mask for region in each.regions]))
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield what an ``.npz`` says, or each one in a folder and the folders below it.

    Of the arrays only ``masks`` must be there. One without ``name`` is called NAME.jpg.

    Raises
    ------
    DataError
        There is no such file, or one is broken, too large, or not of these arrays.
    """
    for file, below in found(as_path(path), ".npz"):
        try:
            with zipfile.ZipFile(io.BytesIO(read_bytes(file))) as archive:
                yield _unpacked(archive, file, below)
        except DataError:
            raise
        except Exception as error:  # numpy and zipfile raise whatever a broken file makes them
            raise DataError(f"{file} cannot be read as .npz: {in_short(error)}.") from error


def _packed(annotated: Annotated) -> bytes:
    regions = annotated.regions
    width, height = annotated.size
    arrays: dict[str, Any] = {
        "labels": np.array([region.label for region in regions], np.str_),
        "boxes": np.array([region.box for region in regions], np.int64).reshape(-1, 4),
        "predicted_iou": _scores(region.predicted_iou for region in regions),
        "stability_score": _scores(region.stability_score for region in regions),
        "size": np.array([width, height], np.int64),
        "name": np.array(annotated.name),
        BLOCK: np.array(json.dumps([everything(region) for region in regions], allow_nan=False)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        with archive.open("masks.npy", "w", force_zip64=True) as entry:
            shape = (len(regions), height, width)
            header = {"descr": "|b1", "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(entry, header)
            for region in regions:
                entry.write(region.array().tobytes())
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as entry:
                np.lib.format.write_array(entry, np.asarray(array), allow_pickle=False)
    return out.getvalue()


def _unpacked(archive: zipfile.ZipFile, file: Any, below: PurePosixPath) -> Annotated:
    if "masks.npy" not in archive.namelist():
        raise DataError(f"{file} has no masks, an array (N, H, W) of bool.")
    with archive.open("masks.npy") as entry:
        masks = _masks(entry, str(file))
        height, width = next(masks)
        found_ = [Mask.from_array(mask) for mask in masks]
    count = len(found_)
    labels = _array(archive, "labels", "U", file)
    ious = _array(archive, "predicted_iou", "f", file)
    stable = _array(archive, "stability_score", "f", file)
    text, name = (_array(archive, key, "U", file) for key in (BLOCK, "name"))
    blocks = [] if text is None else parsed(str(text).encode(), f"{file}: {BLOCK}", "JSON")
    blocks = blocks if isinstance(blocks, list) else []
    for key, given in (("labels", labels), ("predicted_iou", ious), ("stability_score", stable)):
        if given is not None and given.shape != (count,):
            raise DataError(f"{file}: {key} is of shape {given.shape}, the masks are {count}.")
    regions = tuple(
        Region(
            mask,
            "" if labels is None else str(labels[number]),
            **{"predicted_iou": _score(ious, number), "stability_score": _score(stable, number)}
            | heard(blocks[number] if number < len(blocks) else None, str(file)),
        )
        for number, mask in enumerate(found_)
    )
    own = None if name is None or name.ndim else str(name)
    return Annotated(named(own, file, below), (width, height), regions)


def _masks(entry: IO[bytes], where: str) -> Iterator[Any]:
    """Yield (height, width), then the masks one by one."""
    version = np.lib.format.read_magic(entry)
    read_header = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, fortran, dtype = read_header(entry)
    if len(shape) != 3 or dtype != np.bool_ or fortran:
        raise DataError(f"{where}: masks is an array (N, H, W) of bool, not {dtype} {shape}.")
    count, height, width = (int(side) for side in shape)
    check_size((width, height), where)
    if not 0 <= count * height * width <= MOST_BYTES:
        raise DataError(f"{where}: {count} masks of {width} x {height} px are too many.")
    yield height, width
    for _ in range(count):
        data = entry.read(height * width)
        if len(data) < height * width:
            raise DataError(f"{where} is cut off: it has fewer than {count} masks.")
        yield np.frombuffer(data, np.uint8).reshape(height, width) != 0


def _array(archive: zipfile.ZipFile, key: str, kind: str, file: Any) -> NDArray[Any] | None:
    if f"{key}.npy" not in archive.namelist():
        return None
    if archive.getinfo(f"{key}.npy").file_size > MOST_TEXT:
        raise DataError(f"{file}: {key} is larger than any that can be meant.")
    with archive.open(f"{key}.npy") as entry:
        data = entry.read(MOST_TEXT)
    array: NDArray[Any] = np.load(io.BytesIO(data), allow_pickle=False)
    if array.dtype.kind != kind:
        raise DataError(f"{file}: {key} is of {array.dtype}, which it cannot be.")
    return array


def _scores(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _score(values: NDArray[Any] | None, number: int) -> float | None:
    return None if values is None or not np.isfinite(values[number]) else float(values[number])
