"""Label images: one TIFF or PNG for each image, whose pixels are the objects' numbers.

0 is the background. What is known of the objects stands in the file: as JSON in a TIFF's
description, as the text ``sam_widget`` in a PNG. Opens with skimage, napari, ImageJ and others.
"""

from __future__ import annotations

import io
import json
import logging
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from PIL import Image

from sam_widget.errors import in_short, shown
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated
from .errors import DataError
from .files import parsed, read_bytes, write_bytes
from .folders import found, named, placed
from .loss import Loss
from .pictures import opened, png, text_in
from .provenance import BLOCK, heard, labelled
from .rasters import OnTop, back_from, check_size, masks_in, numbered

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray


def write(
    images: Iterable[Annotated],
    path: str | os.PathLike[str],
    *,
    suffix: Literal[".tif", ".png"] = ".tif",
    on_top: OnTop = "smaller",
) -> Loss:
    """Write one label image for each image, below a folder, under the image's own name.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The folder; "mugs/a.jpg" goes to "mugs/a.tif" in it.
    suffix : ".tif" or ".png"
        A TIFF is uint16, with more than 65,535 objects uint32; a PNG is uint16.
    on_top : "smaller" or "later"
        A pixel belongs to one object: to the smaller of two, or to the later. The other loses it,
        and that is counted.

    Returns
    -------
    Loss
    """
    if suffix not in {".tif", ".png"}:
        raise DataError(f'suffix is ".tif" or ".png", not {shown(suffix)}.')
    kind, losses = f"label image ({suffix})", list[Loss]()
    for each, file in placed(images, as_path(path), suffix):
        labels: NDArray[np.integer] = numbered(each, on_top)
        if len(each.regions) < 2**16:
            labels = labels.astype(np.uint16)
        elif suffix == ".png":
            raise DataError(f"{each.name} has over 65,535 objects: write .tif.")
        known = {
            "image": PurePosixPath(each.name).name,
            "objects": [labelled(region) for region in each.regions],
        }
        data = _tiff(labels, known) if suffix == ".tif" else png(Image.fromarray(labels), known)
        write_bytes(file, data)
        losses.append(Loss.of(kind, each, back_from(labels, len(each.regions))))
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield what a label image says, or each TIFF and PNG in a folder and the folders below it.

    Whole numbers only, one plane; each number but 0 is a region. One written by others is called
    NAME.jpg, and its labels are the numbers.

    Raises
    ------
    DataError
        There is no such file, or one is broken, too large or no label image.
    """
    for file, below in found(as_path(path), ".tif", ".tiff", ".png"):
        data = read_bytes(file)
        labels, known = (
            _png(data, str(file)) if file.suffix.lower() == ".png" else _page(data, str(file))
        )
        known = known if isinstance(known, dict) else {}
        blocks = known.get("objects")
        blocks = blocks if isinstance(blocks, list) else None
        height, width = labels.shape
        regions = tuple(
            Region(mask, **_known(blocks, number, str(file)))
            for number, mask in masks_in(labels).items()
        )
        yield Annotated(named(known.get("image"), file, below), (width, height), regions)


def _known(blocks: list[Any] | None, number: int, where: str) -> dict[str, Any]:
    if blocks is None:
        return {"label": str(number)}
    return heard(blocks[number - 1] if 0 < number <= len(blocks) else None, where)


def _tiff(labels: NDArray[np.integer], known: Any) -> bytes:
    import tifffile  # noqa: PLC0415  slow to import

    out = io.BytesIO()
    text = json.dumps({BLOCK: known}, ensure_ascii=True, allow_nan=False)
    tifffile.imwrite(
        out, labels, compression="zlib", predictor=False, description=text, metadata=None
    )
    return out.getvalue()


def _page(data: bytes, where: str) -> tuple[NDArray[np.integer], Any]:
    import tifffile  # noqa: PLC0415  slow to import

    logging.getLogger("tifffile").addHandler(logging.NullHandler())  # what matters is said
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page = file.pages.first
            _check(page.shape, page.dtype, where)
            labels, text = page.asarray(), page.description
    except DataError:
        raise
    except Exception as error:  # tifffile raises whatever a broken file makes it
        raise DataError(f"{where} cannot be read as a TIFF: {in_short(error)}.") from error
    ours = text.startswith("{") and BLOCK in text[:40]
    value = parsed(text.encode(), where, "JSON") if ours else {}
    return _positive(labels, where), value.get(BLOCK) if isinstance(value, dict) else None


def _check(shape: tuple[int, ...], dtype: np.dtype[Any] | None, where: str) -> None:
    if len(shape) != 2 or dtype is None or dtype.kind not in "iu":
        raise DataError(f"{where} is no label image, (H, W) of whole numbers.")
    check_size((shape[1], shape[0]), where)


def _png(data: bytes, where: str) -> tuple[NDArray[np.integer], Any]:
    image = opened(data, where)
    if image.mode not in {"1", "L", "P"} and not image.mode.startswith("I"):
        raise DataError(f"{where} is no label image: its pixels are colours, {image.mode}.")
    return _positive(np.asarray(image), where), text_in(image, where)


def _positive(labels: NDArray[Any], where: str) -> NDArray[np.integer]:
    if labels.dtype == np.bool_:
        return labels.astype(np.uint8)
    if labels.size and labels.min() < 0:
        raise DataError(f"{where} is no label image: it holds {labels.min()}.")
    return labels
