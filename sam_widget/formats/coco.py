"""COCO's file of instances: one JSON for many images. Looks for no pictures.

``{"images": [{"id", "file_name", "width", "height"}], "annotations": [{"id", "image_id",
"category_id", "segmentation", "area", "bbox", "iscrowd"}], "categories": [{"id", "name"}]}``, as
https://cocodataset.org/#format-data has it. What else is known of a region stands under
``sam_widget``, which other readers leave alone.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sam_widget.errors import SamError, shown
from sam_widget.masks import Mask
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated, covering, relative
from .errors import DataError
from .files import read_json, write_json
from .layouts import COCO, refuse_other
from .loss import Loss
from .provenance import BLOCK, everything, heard
from .records import has_mask, is_drawn, mask_of, size_of, size_of_masks
from .segmentations import compressed, flat, outline

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from sam_widget.regions import Detail

UNNAMED = "object"  # the category of regions without a label: COCO knows none without a name


def write(
    images: Iterable[Annotated],
    path: str | os.PathLike[str],
    *,
    masks: Literal["run lengths", "polygons"] = "run lengths",
    detail: Detail = "exact",
    holes: Literal["bridged", "filled"] = "bridged",
    categories: Sequence[str] = (),
) -> Loss:
    """Write all images to one file.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The JSON; of another suffix, a folder, in which it is called ``instances.json``.
    masks : "run lengths" or "polygons"
        Compressed run lengths, exact; or one polygon for each piece.
    detail : "exact" or float
        Of polygons, as ``Region.polygons`` takes it.
    holes : "bridged" or "filled"
        COCO's polygons have no holes. A bridge of no width to each hole and back keeps it, for
        ``pycocotools`` and all that fill by odd crossings; filled, it is lost, and counted.
    categories : sequence of str
        Labels in the order of their ids, from 1; others follow as they come.

    Returns
    -------
    Loss
        Measured on what ``pycocotools`` makes of the polygons.

    Raises
    ------
    DataError
        The file cannot be written, or a choice is none.
    """
    if masks not in {"run lengths", "polygons"}:
        raise DataError(f'masks is "run lengths" or "polygons", not {shown(masks)}.')
    ids = {label: number for number, label in enumerate(categories, 1)}
    kind, losses = "COCO, " + (masks if masks != "polygons" else _said(detail, holes)), list[Loss]()
    pictures: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, each in enumerate(images, 1):
        width, height = each.size
        pictures.append({"id": number, "file_name": each.name, "width": width, "height": height})
        back: list[Mask] = []
        for region in each.regions:
            segmentation: Any = region.mask.to_coco_text()
            back.append(region.mask)
            if masks == "polygons" and region.area:
                segmentation = [flat(ring) for ring in outline(region, detail, holes)]
                back[-1] = _drawn(segmentation, each.size)
            category = ids.setdefault(region.label, len(ids) + 1)
            annotations.append(
                _annotation(region, len(annotations) + 1, number, category, segmentation)
            )
        losses.append(Loss.of(kind, each, back))
    told = {
        "info": {"description": "written by sam_widget"},
        "images": pictures,
        "annotations": annotations,
        "categories": [_category(label, number) for label, number in ids.items()],
    }
    file = as_path(path)
    write_json(file if file.suffix.lower() == ".json" else file / "instances.json", told)
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield the images of a file, or of the one JSON in a folder, those without a mask too.

    Annotations without a mask, such as boxes alone, are left out, with a warning. Polygons are
    drawn by ``pycocotools`` (``sam_widget[formats]``).

    Raises
    ------
    DataError
        It is no such file, or contradicts itself; an image's own faults when it is its turn.
    """
    file = CocoFile(the_json(as_path(path)))
    if file.skipped:
        those = "1 annotation" if file.skipped == 1 else f"{file.skipped} annotations"
        verb = "is" if file.skipped == 1 else "are"
        said = f"{file.path}: {those} without a mask {verb} left out."
        warnings.warn(said, stacklevel=2)
    if nameless := file.nameless():
        those = "1 annotation is" if nameless == 1 else f"{nameless} annotations are"
        said = f"{file.path}: {those} of a category that the file does not name: no label is left."
        warnings.warn(said, stacklevel=2)
    for image in file.images:
        yield file.annotated(image)


@dataclass(frozen=True)
class CocoImage:
    """One image of a file: its name as it stands there, its size where it says it, its records."""

    name: str
    size: tuple[int, int] | None
    records: tuple[dict[str, Any], ...]


class CocoFile:
    """A COCO file of instances, sorted by image; no mask is decoded yet.

    Attributes
    ----------
    images : tuple of CocoImage
    skipped : int
        Annotations without a mask; they are left out.

    Raises
    ------
    DataError
        The file is none of COCO's.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = as_path(path)
        found = read_json(self.path, COCO)
        refuse_other(found, str(self.path))
        if not isinstance(found, dict) or not {"images", "annotations"} <= found.keys():
            raise DataError(f"{path} is no COCO file of instances: no images and annotations.")
        self._labels = {
            self._id(each.get("id")): _name_of(each) for each in self._entries(found, "categories")
        }
        pictures = self._pictures(found)
        records: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.skipped = 0
        for record in self._entries(found, "annotations"):
            key = self._id(self._given(record, "image_id"))
            if key not in pictures:
                raise DataError(f"{path} has masks of an unknown image: id {shown(key)}.")
            if has_mask(record):
                records[key].append(record)
            else:
                self.skipped += 1
        self.images = tuple(
            CocoImage(self._name(image), size_of(image), tuple(records[key]))
            for key, image in pictures.items()
        )

    def nameless(self) -> int:
        """Return how many masks are of a category that the file does not name."""
        ids = [each.get("category_id") for image in self.images for each in image.records]
        return sum(each is not None and self._id(each) not in self._labels for each in ids)

    def label(self, record: dict[str, Any]) -> str:
        """Return the name of an annotation's category."""
        return self._labels.get(self._id(record.get("category_id")), "")

    def annotated(self, image: CocoImage) -> Annotated:
        """Return an image with its masks."""
        where = f"{image.name} in {self.path}"
        size = image.size or size_of_masks(image.records)
        if size is None:
            raise DataError(f"{where}: its width and height are not said.")
        drawn = ((self._region(each, size, where), is_drawn(each)) for each in image.records)
        there = covering(drawn, where)
        return Annotated(relative(image.name, f"{self.path}: file_name"), size, there)

    def _region(self, record: dict[str, Any], size: tuple[int, int], where: str) -> Region:
        mask = mask_of(record, size, where)
        if mask is None:
            raise DataError(f"{where}: an annotation has no segmentation.")
        return Region(mask, self.label(record), **heard(record.get(BLOCK), where))

    def _entries(self, found: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """Return a list of COCO's; one that is kept by id, as a dictionary, is understood."""
        entries = found.get(key) or []
        if isinstance(entries, dict):
            entries = [
                {"id": name, **each} if isinstance(each, dict) else each
                for name, each in entries.items()
            ]
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            raise DataError(f"{self.path} is no {_INSTANCES}: its {key} are no list of entries.")
        return entries

    def _pictures(self, found: dict[str, Any]) -> dict[Any, dict[str, Any]]:
        """Return the images by id; DataError where two of one id differ."""
        pictures: dict[Any, dict[str, Any]] = {}
        for image in self._entries(found, "images"):
            key = self._id(self._given(image, "id"))
            other = pictures.setdefault(key, image)
            if (a := self._name(other)) != (b := self._name(image)):
                raise DataError(
                    f"{self.path} has two images of id {key}, {shown(a)} and {shown(b)}: whose the"
                    " masks are cannot be told."
                )
        return pictures

    def _given(self, entry: dict[str, Any], key: str) -> Any:
        if key not in entry:
            raise DataError(f"{self.path} is no {_INSTANCES}: an entry lacks {key!r}.")
        return entry[key]

    def _id(self, value: Any) -> Any:
        """Return what an id is compared by: 7, "7" and 7.0 are one."""
        if isinstance(value, list | dict):
            raise DataError(f"{self.path} is no {_INSTANCES}: {shown(value)} is no id.")
        try:
            whole = str(value).strip() in {str(int(value)), f"{int(value)}.0"}
            return int(value) if whole else value
        except (TypeError, ValueError, OverflowError):
            return value

    def _name(self, image: dict[str, Any]) -> str:
        name = self._given(image, "file_name")
        if not isinstance(name, str) or not name.strip():
            raise DataError(f"{self.path} is no {_INSTANCES}: {shown(name)} is no file name.")
        return name


_INSTANCES = "COCO file of instances"


def the_json(path: Any) -> Any:
    """Return a file, or the one JSON in a folder; DataError where it has none, or several."""
    if not path.is_dir():
        return path
    files = sorted(path.glob("*.json"))
    if len(files) != 1:
        raise DataError(f"{path} has {len(files) or 'no'} .json files: name the one of COCO's.")
    return files[0]


def _drawn(segmentation: Any, size: tuple[int, int]) -> Mask:
    try:
        return Mask.from_coco(compressed(segmentation, size))
    except SamError as error:
        raise DataError(f"{str(error).rstrip('.')}.") from error


def _annotation(
    region: Region, number: int, image: int, category: int, segmentation: Any
) -> dict[str, Any]:
    x0, y0, x1, y1 = region.box
    known = everything(region)
    return {
        "id": number,
        "image_id": image,
        "category_id": category,
        "segmentation": segmentation,
        "area": region.area,
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "iscrowd": 0,
        **({BLOCK: known} if known else {}),
    }


def _category(label: str, number: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": number, "name": label or UNNAMED, "supercategory": ""}
    return entry if label else {**entry, BLOCK: {"unnamed": True}}


def _name_of(category: dict[str, Any]) -> str:
    block = category.get(BLOCK)
    unnamed = isinstance(block, dict) and block.get("unnamed") is True
    return "" if unnamed else str(category.get("name", ""))


def _said(detail: Detail, holes: str) -> str:
    return f"polygons, {detail if detail == 'exact' else f'{detail} px'}, holes {holes}"
