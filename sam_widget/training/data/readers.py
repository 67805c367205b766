"""`open_photos` for every layout; photos of your own; some of others. No decoding in here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask

from sam_widget.errors import SamError, reason, shown
from sam_widget.formats.doors import format_of
from sam_widget.formats.errors import DataError
from sam_widget.images import read_image
from sam_widget.known_files import LOOK, kind_of, refusal
from sam_widget.paths import as_path
from sam_widget.training.data.annotated import AnnotatedPhotos
from sam_widget.training.data.coco import CocoPhotos
from sam_widget.training.data.folders import FolderPhotos
from sam_widget.training.data.given import masks_of
from sam_widget.training.data.photos import Annotation, Photo, Photos, ShardPhotos, training_shards

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def open_photos(path: str | Path, images: str | Path | None = None) -> Photos:
    """Open what a path holds, whichever of the layouts it is.

    Parameters
    ----------
    path
        * a folder of tar shards: `train-*.tar`, or where there are none all but `val.tar`; or one
          `.tar` (SA-1B's shards are such);
        * a folder in SA-1B's layout: `sa_1.jpg` beside `sa_1.json`, also in folders below it;
        * a COCO file of instances (`.json`), or a folder with one `.json` and no more;
        * a folder in labelme's, YOLO's or Pascal VOC's layout.
    images
        The folder of the pictures of COCO's file, or of these; by default it is looked for there.

    Raises
    ------
    DataError
        There is nothing, or nothing of these layouts.
    """
    path = as_path(path)
    if path.is_file():
        return _open_file(path, images)
    if not path.is_dir():
        raise DataError(f"{path} does not exist; without data, use --demo.")
    if any(path.glob("*.tar")):
        kept = [shard for shard in sorted(path.glob("*.tar")) if shard.name != "val.tar"]
        if not kept:
            raise DataError(f"{path} has val.tar alone, which only checks: name it, to read it.")
        return ShardPhotos(training_shards(path) if any(path.glob("train-*.tar")) else kept)
    files = sorted(path.glob("*.json"))
    photos = FolderPhotos(path)
    if known := _layout(path, photos):
        return AnnotatedPhotos(path, known, None if images is None else as_path(images))
    if len(photos):
        return photos
    if len(files) == 1:
        return CocoPhotos(files[0], images or path)
    raise DataError(
        f"{path} has neither .tar shards nor pictures with a .json of the same name,"
        f" nor one COCO .json{_instead(path)}; without data, use --demo."
    )


def photos_of(given: str | Path | Photos | Iterable[Any]) -> Photos:
    """Return the photos of a path, of widgets or pairs, or those that are given.

    Raises
    ------
    DataError
        As ``open_photos`` and ``GivenPhotos``.
    """
    if isinstance(given, str | os.PathLike):
        return open_photos(given)
    return given if hasattr(given, "sources") else GivenPhotos(given)  # type: ignore[return-value]


def _open_file(path: Path, images: str | Path | None) -> Photos:
    """Open what a file is by its first bytes, whatever it is called."""
    try:
        with path.open("rb") as file:
            head = file.read(LOOK)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {reason(error)}.") from error
    kind = kind_of(head, path.name)
    if path.suffix.lower() == ".json" or (kind is not None and kind.what == "JSON"):
        return CocoPhotos(path, images)
    if path.suffix == ".tar" or kind is None or kind.what == "a tar archive":
        return ShardPhotos([path])
    raise DataError(refusal(str(path), head, "a COCO file, a folder or tar shards of photos"))


def _layout(folder: Path, photos: FolderPhotos) -> str:
    """Return whose layout a folder is in, labelme's, YOLO's or Pascal VOC's; else nothing."""
    if (folder / "data.yaml").is_file() and (folder / "labels").is_dir():
        return "yolo"
    if (folder / "SegmentationClass").is_dir():
        return "voc"
    try:
        return "labelme" if photos.notes and format_of(photos.notes[0]) == "labelme" else ""
    except DataError:
        return ""


def _instead(folder: Path) -> str:
    """Say what a folder seems to hold where it holds nothing that can be read."""
    for pattern, what in FOREIGN.items():
        if next(folder.rglob(pattern), None) is not None:
            return f", but {what}: export them as COCO"
    return ""


FOREIGN = {
    "*.xml": "XML, as of Pascal VOC or CVAT",
    "data.yaml": "a data set of YOLO's",
    "labels/**/*.txt": "labels of YOLO's",
    "*.csv": "tables",
}


class GivenPhotos:
    """Photos of yours, with their masks; those without a mask are left out.

    Parameters
    ----------
    photos
        SamWidgets, whose objects are taken; pairs of an image and its masks; or dictionaries with
        "image" and "masks". Image: whatever `sam_widget.images.read_image` reads. Masks: whatever
        `given.masks_of` takes, of the image's own size.
    source
        What to call them.

    Attributes
    ----------
    skipped : int
        Annotations without a mask; they are left out.

    Raises
    ------
    DataError
        There is no mask, or one of another size, or something is neither widget nor pair.
    ImageError
        An image cannot be read.
    """

    def __init__(self, photos: Iterable[Any], source: str = "yours") -> None:
        if hasattr(photos, "objects"):
            raise DataError("one photo is given as a list too: [widget].")
        if isinstance(photos, str | bytes) or not _several(photos):
            raise DataError(f"photos are a list of pairs (image, masks), not {shown(photos)}.")
        self.skipped = 0
        self._photos: list[Photo] = []
        for each in photos:
            photo, skipped = _given(*_pair(each), source)
            self.skipped += skipped
            if photo.annotations:
                self._photos.append(photo)
        if not self._photos:
            raise DataError("there is no photo with a mask among those given.")

    @property
    def sources(self) -> Sequence[str]:
        """The same for all."""
        return [photo.source for photo in self._photos]

    def __len__(self) -> int:
        return len(self._photos)

    def __getitem__(self, index: int) -> Photo:
        """Return one photo."""
        return self._photos[index]


@dataclass(frozen=True)
class Chosen:
    """Some of other photos, by number."""

    photos: Photos
    numbers: tuple[int, ...]

    @property
    def sources(self) -> Sequence[str]:
        """Those of the chosen."""
        sources = self.photos.sources
        return [sources[number] for number in self.numbers]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> Photo:
        """Read one of the chosen."""
        return self.photos[self.numbers[index]]


def without(photos: Photos, names: Iterable[str]) -> Photos:
    """Leave some sources out; DataError where one is not there, or nothing is left."""
    names = _there(photos, names)
    kept = tuple(number for number, source in enumerate(photos.sources) if source not in names)
    if not kept:
        raise DataError("no photo is left without these sources.")
    return Chosen(photos, kept)


def only(photos: Photos, names: Iterable[str]) -> Photos:
    """Take some sources alone; DataError where one is not there."""
    names = _there(photos, names)
    return Chosen(photos, tuple(n for n, source in enumerate(photos.sources) if source in names))


def _there(photos: Photos, names: Iterable[str]) -> set[str]:
    names, sources = set(names), set(photos.sources)
    if unknown := names - sources:
        known = ", ".join(sorted(sources))
        raise DataError(f"no photo is from {', '.join(sorted(unknown))}; there are {known}.")
    return names


def _several(given: Any) -> bool:
    """Whether it can be gone through: an array without axes says only when asked that it cannot."""
    try:
        iter(given)
    except Exception:  # noqa: BLE001  it may not be ours
        return False
    return True


def _pair(given: Any) -> tuple[Any, Any]:
    if hasattr(given, "objects") and hasattr(given, "image"):
        return given.image, given.objects
    if isinstance(given, Mapping):
        for key in ("masks", "mask", "annotations", "annotation", "segmentation", "label"):
            if "image" in given and key in given:
                return given["image"], given[key]
    if isinstance(given, tuple | list) and len(given) == 2:
        return given[0], given[1]
    raise DataError(f"a photo is a SamWidget or a pair (image, masks), not {type(given).__name__}.")


def _given(image: Any, masks: Any, source: str) -> tuple[Photo, int]:
    """Return a photo with its masks, and how many annotations had none."""
    pixels = Image.fromarray(read_image(image).pixels)
    annotations, skipped = [], 0
    try:
        for mask in masks_of(masks, pixels.size):
            if mask is None:
                skipped += 1
                continue
            code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
            annotations.append(Annotation(code))
    except RecursionError:
        raise DataError("masks are nested deeper than any that can be meant.") from None
    except SamError as error:
        said = str(error).rstrip(".")
        raise DataError(f"{said}.") from error
    return Photo(pixels, tuple(annotations), source), skipped
