"""Annotated photos on disk: SA-1B's layout in folders, and COCO's file. No shards, no arrays."""

from __future__ import annotations

import json
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageOps

from sam_widget.training.data.photos import DataError, Photo, annotation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")


class FolderPhotos:
    """A folder in SA-1B's layout: each picture beside a JSON of the same name.

    The JSON is `{"image": {...}, "annotations": [{"segmentation": run lengths or polygons, ...}]}`;
    "kind" and "label" of an annotation are read where they are there. Nothing is kept in memory.

    Parameters
    ----------
    folder
        Searched with all folders below it. There may be no photo in it.

    Raises
    ------
    DataError
        When a photo is read: what is wrong with which file.
    """

    def __init__(self, folder: str | Path) -> None:
        self._pairs = _pairs(Path(folder))

    @property
    def sources(self) -> Sequence[str]:
        """The name of the folder that each photo lies in."""
        return [picture.parent.name for picture, _ in self._pairs]

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, index: int) -> Photo:
        """Read one photo and its JSON."""
        picture, text = self._pairs[index]
        told = _read_json(text)
        records = told.get("annotations") if isinstance(told, dict) else None
        if not isinstance(records, list):
            raise DataError(f"{text} has no list of annotations.")
        pixels = _open_picture(picture, _size_of(told.get("image")))
        annotations = [annotation_of(record, pixels.size, text) for record in records]
        return Photo(pixels, tuple(a for a in annotations if a is not None), picture.parent.name)


class CocoPhotos:
    """The photos of a COCO file of instances; crowds are of the kind "group".

    Parameters
    ----------
    file
        `instances_*.json` or its like: images, annotations, categories.
    images
        The folder of the pictures. By default: the file's own, `images` in or beside it, or the
        folder beside it that bears the file's last word (`train2017`).

    Raises
    ------
    DataError
        The file is none of COCO's, or pictures are missing; later, when a photo is read, what is
        wrong with it.
    """

    def __init__(self, file: str | Path, images: str | Path | None = None) -> None:
        self.file = Path(file)
        told = _read_json(self.file)
        if not isinstance(told, dict) or not {"images", "annotations"} <= told.keys():
            raise DataError(f"{file} is no COCO file of instances: no images and annotations.")
        try:
            self._labels = {c["id"]: str(c["name"]) for c in told.get("categories", ())}
            records: dict[Any, list[dict[str, Any]]] = defaultdict(list)
            for record in told["annotations"]:
                records[record["image_id"]].append(record)
            known = {image["id"]: str(image["file_name"]) for image in told["images"]}
            sizes = {image["id"]: _size_of(image) for image in told["images"]}
        except (KeyError, TypeError) as error:
            raise DataError(
                f"{file} is no COCO file of instances: an entry lacks {error}."
            ) from error
        if strangers := records.keys() - known.keys():
            raise DataError(f"{file} has masks of an unknown image: id {next(iter(strangers))}.")
        self._photos = [(known[key], sizes[key], records[key]) for key in known if records[key]]
        if not self._photos:
            raise DataError(f"{file} has no image with masks.")
        names = [name for name, *_ in self._photos]
        self._folder = self._find(names[0]) if images is None else Path(images).expanduser()
        if missing := [name for name in names if not (self._folder / name).is_file()]:
            share = f"{len(missing)} of {len(names)} pictures"
            raise DataError(f"{share} of {file} are not in {self._folder}, such as {missing[0]}.")

    def _find(self, name: str) -> Path:
        beside, word = self.file.parent, self.file.stem.rpartition("_")[2]
        for folder in (
            *(beside, beside / "images", beside / word),
            *(beside.parent / part for part in ("images", word, f"images/{word}")),
        ):
            if (folder / name).is_file():
                return folder
        return beside

    @property
    def sources(self) -> Sequence[str]:
        """One source for all: the file's name."""
        return [self.file.stem] * len(self._photos)

    def __len__(self) -> int:
        return len(self._photos)

    def __getitem__(self, index: int) -> Photo:
        """Read one photo; its polygons are drawn."""
        name, size, records = self._photos[index]
        pixels = _open_picture(self._folder / name, size)
        annotations = []
        for record in records:
            kind = "group" if record.get("iscrowd") else "object"
            label = self._labels.get(record.get("category_id"), "")
            told = {"kind": kind, "label": label, **record}
            annotations.append(annotation_of(told, pixels.size, f"{name} in {self.file}"))
        return Photo(pixels, tuple(a for a in annotations if a is not None), self.file.stem)


def _pairs(folder: Path) -> list[tuple[Path, Path]]:
    files = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in PICTURES)
    return [
        (path, path.with_suffix(".json")) for path in files if path.with_suffix(".json").is_file()
    ]


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read as JSON: {error}.") from error


def _size_of(image: Any) -> tuple[int, int] | None:
    known = isinstance(image, dict) and {"width", "height"} <= image.keys()
    return (image["width"], image["height"]) if known else None


def _open_picture(path: Path, size: tuple[int, int] | None) -> Image.Image:
    """Read a picture as RGB; turned as EXIF asks only where the annotations' size says so."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as opened:
                turned = (
                    ImageOps.exif_transpose(opened) if size not in {None, opened.size} else None
                )
                fits = turned is not None and turned.size == size
                return (turned if fits and turned is not None else opened).convert("RGB")
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them
        raise DataError(f"{path} cannot be read as a picture: {error}.") from error
