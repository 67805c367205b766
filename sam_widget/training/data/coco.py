"""Where the pictures lie that a COCO file of instances names. What it says `formats.coco` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from sam_widget.errors import SamError, shown
from sam_widget.formats.coco import CocoFile
from sam_widget.formats.errors import DataError
from sam_widget.paths import as_path, inside
from sam_widget.training.data.folders import open_picture
from sam_widget.training.data.photos import Photo, annotations_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TRIED = 20  # pictures of which one tells the folder


class CocoPhotos:
    r"""The photos of a COCO file of instances; crowds are of the kind "group".

    Pictures are looked for by `file_name` alone, below one folder, and never outside of it. What
    Windows writes (``images\a.jpg``), %20, another case and the folder's own name in front are
    understood.

    Parameters
    ----------
    file
        `instances_*.json` or its like: images, annotations, categories.
    images
        The folder of the pictures. By default: the file's own, `images` in or beside it, or the
        folder beside it that bears the file's last word (`train2017`).

    Attributes
    ----------
    skipped : int
        Annotations without a mask, such as boxes alone; they are left out.

    Raises
    ------
    DataError
        The file is none of COCO's, or pictures are missing; later, when a photo is read, what is
        wrong with it.
    """

    def __init__(self, file: str | Path, images: str | Path | None = None) -> None:
        told = CocoFile(file)
        self.file, self._told, self.skipped = told.path, told, told.skipped
        self._images = [image for image in told.images if image.records]
        if not self._images:
            those = "1 annotation has" if self.skipped == 1 else f"{self.skipped} annotations have"
            boxes = f": its {those} no segmentation" if self.skipped else ""
            raise DataError(f"{file} has no image with masks{boxes}.")
        names = [image.name for image in self._images]
        self._folder = self._find(names) if images is None else as_path(images)
        self._paths = _located(self._folder, names, self.file)

    def _find(self, names: list[str]) -> Path:
        beside, word = self.file.parent, self.file.stem.rpartition("_")[2]
        for folder in (
            *(beside, beside / "images", beside / word),
            *(beside.parent / part for part in ("images", word, f"images/{word}")),
        ):
            if any(located_one(folder, name) for name in names[:TRIED]):
                return folder
        return beside

    @property
    def sources(self) -> Sequence[str]:
        """One source for all: the file's name."""
        return [self.file.stem] * len(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, index: int) -> Photo:
        """Read one photo; its polygons are drawn."""
        path, image = self._paths[index], self._images[index]
        pixels = open_picture(path, image.size)
        told = [
            {
                "kind": "group" if record.get("iscrowd") else "object",
                "label": self._told.label(record),
                **record,
            }
            for record in image.records
        ]
        where = f"{path.name} in {self.file}"
        annotations = annotations_of(told, pixels.size, image.size, where)
        return Photo(pixels, annotations, self.file.stem, len(told) - len(annotations))


def _located(folder: Path, names: list[str], file: Path) -> list[Path]:
    """Return where the pictures lie; DataError where some are not there, or one is meant twice."""
    found = [located_one(folder, name) for name in names]
    if missing := [name for name, path in zip(names, found, strict=True) if path is None]:
        share = f"{len(missing)} of {len(names)} pictures"
        raise DataError(
            f"{share} of {file} are not in {folder}, such as {missing[0]}: name their folder as"
            " images."
        )
    paths = [path for path in found if path is not None]
    meant: dict[Path, str] = {}
    for name, path in zip(names, paths, strict=True):
        if meant.setdefault(path, name) != name:
            raise DataError(
                f"{file} names {shown(meant[path])} and {shown(name)}, of which {folder} has only"
                f" one, {path.name}: whose the masks are cannot be told."
            )
    return paths


def located_one(folder: Path, name: str) -> Path | None:
    """Return the file below a folder that a name means, None where there is none, or several."""
    plain = name.strip().replace("\\", "/")
    readings = [name, unquote(name)]
    if plain.startswith(f"{folder.name}/"):
        readings.append(plain.removeprefix(f"{folder.name}/"))
    for reading in readings:
        try:
            path = inside(folder, reading)
            if path.is_file():
                return path
            if (other := _in_another_case(path)) is not None:
                return other
        except (SamError, OSError, ValueError):  # it leads out, or can be no name at all
            continue
    return None


def _in_another_case(path: Path) -> Path | None:
    """Return the one file beside that differs in capitals alone."""
    if not path.parent.is_dir():
        return None
    wanted = path.name.casefold()
    found = [each for each in path.parent.iterdir() if each.name.casefold() == wanted]
    return found[0] if len(found) == 1 and found[0].is_file() else None
