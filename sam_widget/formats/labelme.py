"""labelme's JSON: one file an image, beside it. Asks for no labelme, which brings Qt.

``{"version", "flags", "shapes": [{"label", "points", "group_id", "shape_type", "flags", "mask"}],
"imagePath", "imageData", "imageHeight", "imageWidth"}``, as ``labelme/_label_file.py`` of 5.2 and
later reads it. A "mask" has two corners of its box, the last pixel within, and a PNG of the box in
base64. Shapes of one label and one group_id are one object. What else is known of a region stands
under ``sam_widget`` in its shape, which labelme keeps.
"""

from __future__ import annotations

import base64
import binascii
import math
import warnings
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from PIL import Image

from sam_widget.corrections import united
from sam_widget.errors import SamError, shown
from sam_widget.fills import filled
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated, covering
from .errors import DataError
from .files import read_json, write_json
from .folders import found, placed
from .loss import Loss
from .pictures import opened, png
from .provenance import BLOCK, everything, heard
from .rasters import pasted
from .records import pairs_in, size_of, text_in
from .segmentations import outline

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sam_widget.masks import Mask
    from sam_widget.regions import Detail

WANTED = "labelme's JSON of one image"
VERSION = "5.4.1"  # of the layout, as labelme itself says it
CIRCLE = 256  # corners that a circle is drawn with


def write(
    images: Iterable[Annotated],
    path: str | os.PathLike[str],
    *,
    shapes: Literal["mask", "polygon"] = "mask",
    detail: Detail = "exact",
    holes: Literal["bridged", "filled"] = "bridged",
) -> Loss:
    """Write one JSON for each image, below a folder, under the image's own name.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says; labelme
        shows it so too.
    path : str or path
        The folder; "mugs/a.jpg" goes to "mugs/a.json" in it.
    shapes : "mask" or "polygon"
        A mask is exact, holes and all; polygons can be edited corner by corner. An object of
        several pieces is several polygons with one group_id.
    detail : "exact" or float
        Of polygons, as ``Region.polygons`` takes it.
    holes : "bridged" or "filled"
        labelme's polygons have no holes: a bridge of no width to each hole and back keeps it, or it
        is lost, and counted.

    Returns
    -------
    Loss
        Of polygons, with a pixel inside when its centre is. (labelme's own label images draw the
        outline too, half a pixel wider.)
    """
    if shapes not in {"mask", "polygon"}:
        raise DataError(f'shapes is "mask" or "polygon", not {shown(shapes)}.')
    kind, losses = f"labelme, {shapes}s", list[Loss]()
    for each, file in placed(images, as_path(path), ".json"):
        width, height = each.size
        written: list[dict[str, Any]] = []
        back: list[Mask] = []
        for number, region in enumerate(each.regions, 1):
            if shapes == "mask" or not region.area:
                written.append(_mask(region))
                back.append(region.mask)
                continue
            rings = outline(region, detail, holes)
            known = everything(region)
            for ring in rings:
                group = number if len(rings) > 1 else None
                written.append(_shape(region, "polygon", ring.tolist(), group, known))
                known = {}
            back.append(filled([[ring] for ring in rings], each.size))
        value: dict[str, Any] = {
            "version": VERSION,
            "flags": {},
            "shapes": written,
            "imagePath": PurePosixPath(each.name).name,
            "imageData": None,
            "imageHeight": height,
            "imageWidth": width,
        }
        write_json(file, value, indent=2)
        losses.append(Loss.of(kind, each, back))
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield what a JSON says, or each JSON in a folder and the folders below it.

    Masks, polygons, rectangles and circles are regions; a pixel belongs to them when its centre
    does. Lines and points have no area: they are left out, with a warning. The image's name is the
    last part of "imagePath", in the JSON's folder.

    Raises
    ------
    DataError
        There is no such file, or one contradicts itself; when it is its turn.
    """
    for file, below in found(as_path(path), ".json"):
        yield _read_one(file, below)


def _read_one(file: Path, below: PurePosixPath) -> Annotated:
    value = read_json(file, WANTED)
    entries = value.get("shapes") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        raise DataError(f"{file} is not {WANTED}: it has no list of shapes.")
    size = size_of({"width": value.get("imageWidth"), "height": value.get("imageHeight")})
    if size is None:
        raise DataError(f"{file} is LabelMe's, but does not say imageWidth and imageHeight.")
    parts: dict[object, list[Mask]] = {}
    known: dict[object, dict[str, Any]] = {}
    outlined: set[object] = set()
    left_out = 0
    for number, entry in enumerate(entries):
        where = f"{file}, shape {number}"
        if not isinstance(entry, dict):
            raise DataError(f"{where} is a mapping, not {shown(entry)}.")
        mask = _mask_of(entry, size, where)
        if mask is None:
            left_out += 1
            continue
        label, group = text_in(entry, "label"), entry.get("group_id")
        key = (label, group) if isinstance(group, int | str) else number
        parts.setdefault(key, []).append(mask)
        if entry.get("shape_type") != "mask":
            outlined.add(key)
        known.setdefault(key, {"label": label} | heard(entry.get(BLOCK), where))
    if left_out:
        said = f"{file}: {left_out} shapes without an area, such as lines and points, are left out."
        warnings.warn(said, stacklevel=3)
    name = PurePosixPath(text_in(value, "imagePath", f"{file.stem}.jpg").replace("\\", "/")).name
    drawn = (
        (Region(united(*masks), **known[key]), key in outlined) for key, masks in parts.items()
    )
    there = covering(drawn, str(file))
    return Annotated(str(below / (name or f"{file.stem}.jpg")), size, there)


def _shape(
    region: Region, kind: str, points: list[Any], group: int | None, known: dict[str, Any]
) -> dict[str, Any]:
    return {
        "label": region.label,
        "points": points,
        "group_id": group,
        "description": "",
        "shape_type": kind,
        "flags": {},
        **({BLOCK: known} if known else {}),
    }


def _mask(region: Region) -> dict[str, Any]:
    x0, y0, x1, y1 = region.box if region.area else (0, 0, 1, 1)
    cut = region.mask.cut(region.box) if region.area else np.zeros((1, 1), np.bool_)
    picture = base64.b64encode(png(Image.fromarray(cut.astype(np.uint8)))).decode()
    corners = [[x0, y0], [x1 - 1, y1 - 1]]
    return _shape(region, "mask", corners, None, everything(region)) | {"mask": picture}


def _mask_of(entry: dict[str, Any], size: tuple[int, int], where: str) -> Mask | None:
    points = pairs_in(entry.get("points"), where)
    kind = text_in(entry, "shape_type") or "polygon"
    wanted = {"mask": 2, "rectangle": 2, "circle": 2}.get(kind)
    if wanted is not None and len(points) != wanted:
        raise DataError(f"{where}: a {kind} has {wanted} points, not {len(points)}.")
    if kind == "mask":
        return _pasted(entry.get("mask"), points, size, where)
    if kind == "rectangle":
        (x0, y0), (x1, y1) = points
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    elif kind == "circle":
        (x, y), (at_x, at_y) = points
        radius = math.hypot(at_x - x, at_y - y)
        turns = np.linspace(0, 2 * math.pi, CIRCLE, endpoint=False)
        points = [(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns.tolist()]
    elif kind not in {"polygon", "oriented_rectangle"} or len(points) < 3:
        return None
    try:
        return filled([[points]], size)
    except SamError as error:
        raise DataError(f"{where}: {error}") from error


def _pasted(
    picture: Any, points: list[tuple[float, float]], size: tuple[int, int], where: str
) -> Mask:
    (x0, y0), (x1, y1) = ((int(x), int(y)) for x, y in points)
    if not (0 <= x0 <= x1 < size[0] and 0 <= y0 <= y1 < size[1]):
        given = f"{x0}, {y0} to {x1}, {y1}"
        raise DataError(
            f"{where}: a mask's box, {given}, does not lie in {size[0]} x {size[1]} px."
        )
    if not isinstance(picture, str):
        raise DataError(f"{where}: a mask is a PNG in base64, not {shown(picture)}.")
    try:
        data = base64.b64decode(picture, validate=False)
    except (binascii.Error, ValueError) as error:
        raise DataError(f"{where}: a mask is a PNG in base64, which this is not.") from error
    cut = np.asarray(opened(data, where, (x1 - x0 + 1, y1 - y0 + 1)).convert("L")) > 0
    return pasted(cut, (x0, y0), size)
