"""Annotated photos on disk in SA-1B's layout, and how a picture file is read. No COCO."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sam_widget.errors import reason
from sam_widget.formats.errors import DataError
from sam_widget.formats.files import read_json
from sam_widget.formats.layouts import COCO, refuse_other
from sam_widget.formats.records import size_of
from sam_widget.formats.sa1b import records_in
from sam_widget.images import ImageError, image_in, is_picture_file
from sam_widget.training.data.photos import Photo, annotations_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image


class FolderPhotos:
    """A folder in SA-1B's layout: each picture beside a JSON of the same name.

    The JSON is `{"image": {...}, "annotations": [{"segmentation": run lengths or polygons, ...}]}`;
    "kind" and "label" of an annotation are read where they are there. Nothing is kept in memory.

    Parameters
    ----------
    folder
        Searched with all folders below it. There may be no photo in it.
    annotations
        Where the JSONs lie, under the same names, in the same folders; by default beside them.

    Raises
    ------
    DataError
        When a photo is read: what is wrong with which file.
    """

    def __init__(self, folder: str | Path, annotations: str | Path | None = None) -> None:
        self._folder = Path(folder)
        self._pairs = _pairs(self._folder, Path(folder if annotations is None else annotations))

    @property
    def notes(self) -> Sequence[Path]:
        """The JSON of each photo."""
        return [text for _, text in self._pairs]

    @property
    def sources(self) -> Sequence[str]:
        """The name of the folder that each photo lies in."""
        return [picture.parent.name for picture, _ in self._pairs]

    @property
    def names(self) -> Sequence[str]:
        """Each photo's file name, relative to the folder, with / between its parts."""
        return [picture.relative_to(self._folder).as_posix() for picture, _ in self._pairs]

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, index: int) -> Photo:
        """Read one photo and its JSON."""
        picture, text = self._pairs[index]
        told = read_json(text, COCO)
        if not isinstance(told, dict) or "annotations" not in told:
            refuse_other(told, str(text))
        records = records_in(told, str(text))
        size = size_of(told.get("image"))
        pixels = open_picture(picture, size)
        annotations = annotations_of(records, pixels.size, size, str(text))
        skipped = len(records) - len(annotations)
        return Photo(pixels, annotations, picture.parent.name, skipped)


def _pairs(folder: Path, annotations: Path) -> list[tuple[Path, Path]]:
    files = [path for path in sorted(folder.rglob("*")) if is_picture_file(path)]
    texts = [annotations / path.relative_to(folder).with_suffix(".json") for path in files]
    return [pair for pair in zip(files, texts, strict=True) if pair[1].is_file()]


def open_picture(path: Path, size: tuple[int, int] | None) -> Image.Image:
    """Read a picture as RGB; turned as EXIF asks but where `size` is as stored."""
    try:
        return image_in(path.read_bytes(), str(path), size)
    except ImageError as error:
        raise DataError(str(error)) from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {reason(error)}.") from error
