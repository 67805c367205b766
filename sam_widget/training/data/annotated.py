"""Photos with masks in the formats that `sam_widget.formats` reads, beside COCO's and SA-1B's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sam_widget.errors import shown
from sam_widget.formats.doors import read_annotations
from sam_widget.formats.errors import DataError
from sam_widget.formats.sizes import why
from sam_widget.training.data.coco import located_one
from sam_widget.training.data.folders import open_picture
from sam_widget.training.data.photos import Annotation, Photo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sam_widget.formats.annotated import Annotated

PICTURES = ("", "images", "JPEGImages")  # below the folder, where pictures are looked for


class AnnotatedPhotos:
    """The photos of a folder in labelme's, YOLO's or Pascal VOC's layout; empty ones left out.

    Parameters
    ----------
    folder
    format
        "labelme", "yolo" or "voc".
    images
        The folder of the pictures. By default: the same, ``images`` or ``JPEGImages`` in it.

    Raises
    ------
    DataError
        An annotation is wrong, or a picture is missing; later, when a photo is read, that it is
        broken or of another size.
    """

    def __init__(self, folder: Path, format: str, images: Path | None) -> None:  # noqa: A002
        choices = {"images": images} if format == "yolo" and images is not None else {}
        there = [each for each in read_annotations(folder, format, **choices) if each.regions]
        if not there:
            raise DataError(f"{folder} has no image with masks.")
        folders = [images] if images is not None else [folder / part for part in PICTURES]
        self._photos = [(_picture(each, folders), each) for each in there]
        self._source = folder.name

    @property
    def sources(self) -> Sequence[str]:
        """One source for all: the folder's name."""
        return [self._source] * len(self._photos)

    def __len__(self) -> int:
        return len(self._photos)

    def __getitem__(self, index: int) -> Photo:
        """Read one photo."""
        path, annotated = self._photos[index]
        pixels = open_picture(path, annotated.size)
        if pixels.size != annotated.size:
            (width, height), (wide, high) = annotated.size, pixels.size
            raise DataError(
                f"{path}: masks for {width} x {height} px lie on a photo of {wide} x {high}:"
                f" {why(annotated.size, pixels.size)}."
            )
        notes = [
            Annotation(each.mask.to_coco_text(), "object", each.label)
            for each in annotated.regions
            if each.area
        ]
        return Photo(pixels, tuple(notes), self._source, len(annotated.regions) - len(notes))


def _picture(annotated: Annotated, folders: Sequence[Path]) -> Path:
    for folder in folders:
        if (path := located_one(folder, annotated.name)) is not None:
            return path
    raise DataError(
        f"The picture {shown(annotated.name)} is not in {folders[0]}: name its folder as images."
    )
