"""SA-1B's JSON: one file an image, beside it, under its name. Knows no other layout.

``{"image": {"image_id", "width", "height", "file_name"}, "annotations": [...]}``, each annotation
with ``id``, ``segmentation`` (COCO's compressed run lengths), ``bbox`` (x, y, width, height),
``area``, ``predicted_iou``, ``stability_score``, ``crop_box`` (as bbox) and ``point_coords``, as
https://github.com/facebookresearch/segment-anything says under "Dataset". What else is known of a
region stands under ``label`` and ``sam_widget``, which other readers leave alone.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sam_widget.document.records import Point, new_id
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated, covering
from .errors import DataError
from .files import read_json, write_json
from .folders import found, named, placed
from .loss import Loss
from .provenance import BLOCK, heard, number, score, told
from .records import is_drawn, mask_of, pairs_in, size_of, size_of_masks, text_in

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

FORMAT = "SA-1B"
WANTED = "SA-1B's JSON of one image"


def write(images: Iterable[Annotated], path: str | os.PathLike[str]) -> Loss:
    """Write one JSON for each image, below a folder, under the image's own name.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The folder; "mugs/a.jpg" goes to "mugs/a.json" in it.

    Returns
    -------
    Loss
        Nothing is lost: masks are run lengths, and what is known of a region goes along.

    Raises
    ------
    DataError
        A file cannot be written, or two images have one name but for the suffix.
    """
    kind, losses = FORMAT, list[Loss]()
    for each, file in placed(images, as_path(path), ".json"):
        losses.append(write_one(each, file))
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield what a JSON says, or each JSON of SA-1B's in a folder and the folders below it.

    Raises
    ------
    DataError
        There is no such file, or one contradicts itself; when it is its turn.
    """
    for file, below in found(as_path(path), ".json"):
        one = read_one(file)
        yield replace(one, name=str(below / one.name))


def write_one(annotated: Annotated, path: str | os.PathLike[str]) -> Loss:
    """Write one image's annotations to a file, whole or not at all.

    Parameters
    ----------
    annotated : Annotated
    path : str or path
        The JSON itself; folders above it are made.
    """
    path = as_path(path)
    plain = to_json(annotated)
    write_json(path, plain)
    back = from_json(plain, annotated.name, str(path))
    return Loss.of(FORMAT, annotated, [region.mask for region in back.regions])


def read_one(path: str | os.PathLike[str]) -> Annotated:
    """Return what one file says of its image.

    Its name is the last part of the file's "file_name"; where it has none, of the file itself.

    Raises
    ------
    DataError
        It is no such JSON, or contradicts itself: one sentence.
    """
    path = as_path(path)
    value = read_json(path, WANTED)
    image = value.get("image") if isinstance(value, dict) else None
    name = image.get("file_name") if isinstance(image, dict) else None
    return from_json(value, named(name, path, PurePosixPath()), str(path))


def to_json(annotated: Annotated) -> dict[str, Any]:
    """Return an image's annotations as the JSON's value."""
    width, height = annotated.size
    image = {
        "image_id": _image_id(annotated.name),
        "width": width,
        "height": height,
        "file_name": PurePosixPath(annotated.name).name,
    }
    regions = enumerate(annotated.regions, 1)
    return {"image": image, "annotations": [_annotation(region, n) for n, region in regions]}


def from_json(value: Any, name: str, where: str) -> Annotated:
    """Return what such a JSON's value says of the image ``name``; DataError with ``where``."""
    records = records_in(value, where)
    size = size_of(value.get("image")) or size_of_masks(records)
    if size is None:
        raise DataError(f"{where} does not say its image's size, width and height in pixels.")
    drawn = ((_region(record, size, where), is_drawn(record)) for record in records)
    return Annotated(name, size, covering(drawn, where))


def records_in(value: Any, where: str) -> list[Any]:
    """Return the list of annotations of such a JSON's value; DataError where there is none."""
    records = value.get("annotations") if isinstance(value, dict) else None
    if not isinstance(records, list):
        raise DataError(f"{where} has no list of annotations.")
    return records


def _annotation(region: Region, number_: int) -> dict[str, Any]:
    x0, y0, x1, y1 = region.box
    left, top, right, bottom = map(int, region.crop or (0, 0, *region.size))
    clicks = (each for each in region.prompts if isinstance(each, Point) and each.positive)
    written = {
        "id": number_,
        "segmentation": region.mask.to_coco_text(),
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "area": region.area,
        "predicted_iou": number(region.predicted_iou),
        "stability_score": number(region.stability_score),
        "crop_box": [left, top, right - left, bottom - top],
        "point_coords": [[each.x, each.y] for each in clicks],
        "label": region.label,
        BLOCK: told(region) | ({"crop": [left, top, right, bottom]} if region.crop else {}),
    }
    return {key: value for key, value in written.items() if value not in ("", {})}


def _region(record: Any, size: tuple[int, int], where: str) -> Region:
    mask = mask_of(record, size, where)
    if mask is None:
        raise DataError(f"{where}: an annotation has no segmentation.")
    known = {
        "label": text_in(record, "label"),
        "predicted_iou": score(record.get("predicted_iou")),
        "stability_score": score(record.get("stability_score")),
        **heard(record.get(BLOCK), where),
    }
    if "prompts" not in known:
        clicks = pairs_in(record.get("point_coords"), where)
        known["prompts"] = tuple(Point(new_id(), "", x, y) for x, y in clicks)
    return Region(mask, **known)


def _image_id(name: str) -> int:
    """Return SA-1B's own number of "sa_223750.jpg", else one made of the name."""
    own = re.fullmatch(r"sa_(\d{1,15})", PurePosixPath(name).stem)
    return int(own[1]) if own else zlib.crc32(name.encode("utf-8", "backslashreplace"))
