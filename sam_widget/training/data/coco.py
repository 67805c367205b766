"""COCO's file of instances, and where the pictures that it names lie. No shards, no arrays."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sam_widget.errors import SamError, shown
from sam_widget.paths import as_path, inside
from sam_widget.training.data.annotation_files import read_json, refuse_other
from sam_widget.training.data.folders import open_picture
from sam_widget.training.data.photos import (
    DataError,
    Photo,
    annotations_of,
    has_mask,
    size_of,
)

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
        self.file = as_path(file)
        told = read_json(self.file)
        refuse_other(told, str(self.file))
        if not isinstance(told, dict) or not {"images", "annotations"} <= told.keys():
            raise DataError(f"{file} is no COCO file of instances: no images and annotations.")
        self._labels = {
            _id(c.get("id"), self.file): str(c.get("name", ""))
            for c in _entries(told, "categories", self.file)
        }
        entries = _pictures(told, self.file)
        records: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.skipped = 0
        for record in _entries(told, "annotations", self.file):
            key = _id(_given(record, "image_id", self.file), self.file)
            if key not in entries:
                raise DataError(f"{file} has masks of an unknown image: id {shown(key)}.")
            if has_mask(record):
                records[key].append(record)
            else:
                self.skipped += 1
        chosen = [key for key in entries if records[key]]
        if not chosen:
            boxes = f": its {self.skipped} annotations have no segmentation" if self.skipped else ""
            raise DataError(f"{file} has no image with masks{boxes}.")
        names = [_name(entries[key], self.file) for key in chosen]
        self._folder = self._find(names) if images is None else as_path(images)
        paths = _located(self._folder, names, self.file)
        self._photos = [
            (path, size_of(entries[key]), records[key])
            for path, key in zip(paths, chosen, strict=True)
        ]

    def _find(self, names: list[str]) -> Path:
        beside, word = self.file.parent, self.file.stem.rpartition("_")[2]
        for folder in (
            *(beside, beside / "images", beside / word),
            *(beside.parent / part for part in ("images", word, f"images/{word}")),
        ):
            if any(_located_one(folder, name) for name in names[:TRIED]):
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
        path, size, records = self._photos[index]
        pixels = open_picture(path, size)
        told = [
            {
                "kind": "group" if record.get("iscrowd") else "object",
                "label": self._labels.get(_id(record.get("category_id"), self.file), ""),
                **record,
            }
            for record in records
        ]
        where = f"{path.name} in {self.file}"
        annotations = annotations_of(told, pixels.size, size, where)
        return Photo(pixels, annotations, self.file.stem, len(told) - len(annotations))


def _entries(told: dict[str, Any], key: str, file: Path) -> list[dict[str, Any]]:
    """Return a list of COCO's; one that is kept by id, as a dictionary, is understood."""
    found = told.get(key) or []
    if isinstance(found, dict):
        found = [
            {"id": name, **each} if isinstance(each, dict) else each for name, each in found.items()
        ]
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise DataError(f"{file} is no COCO file of instances: its {key} are no list of entries.")
    return found


def _pictures(told: dict[str, Any], file: Path) -> dict[Any, dict[str, Any]]:
    """Return the images by id; DataError where two of one id differ."""
    entries: dict[Any, dict[str, Any]] = {}
    for image in _entries(told, "images", file):
        key = _id(_given(image, "id", file), file)
        other = entries.setdefault(key, image)
        if (a := _name(other, file)) != (b := _name(image, file)):
            raise DataError(
                f"{file} has two images of id {key}, {shown(a)} and {shown(b)}: whose the masks are"
                " cannot be told."
            )
    return entries


def _given(entry: dict[str, Any], key: str, file: Path) -> Any:
    if key not in entry:
        raise DataError(f"{file} is no COCO file of instances: an entry lacks {key!r}.")
    return entry[key]


def _id(value: Any, file: Path) -> Any:
    """Return what an id is compared by: 7, "7" and 7.0 are one."""
    if isinstance(value, list | dict):
        raise DataError(f"{file} is no COCO file of instances: {shown(value)} is no id.")
    try:
        return int(value) if str(value).strip() in {str(int(value)), f"{int(value)}.0"} else value
    except (TypeError, ValueError, OverflowError):
        return value


def _name(image: dict[str, Any], file: Path) -> str:
    name = _given(image, "file_name", file)
    if not isinstance(name, str) or not name.strip():
        raise DataError(f"{file} is no COCO file of instances: {shown(name)} is no file name.")
    return name


def _located(folder: Path, names: list[str], file: Path) -> list[Path]:
    """Return where the pictures lie; DataError where some are not there, or one is meant twice."""
    found = [_located_one(folder, name) for name in names]
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


def _located_one(folder: Path, name: str) -> Path | None:
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
