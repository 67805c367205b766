"""`read_annotations`, `write_annotations`: every format by one name, or by what lies there."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from sam_widget.errors import shown
from sam_widget.known_files import LOOK, refusal
from sam_widget.paths import as_path

from . import coco, cutouts, geojson, label_image, labelme, npz, sa1b, voc, yolo
from .annotated import Annotated
from .errors import DataError
from .files import read_bytes, read_json
from .folders import below
from .layouts import refuse_other
from .pictures import opened, text_in

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import ModuleType

    from .loss import Loss

FORMATS: dict[str, ModuleType] = {
    "sa1b": sa1b,
    "coco": coco,
    "labelme": labelme,
    "geojson": geojson,
    "yolo": yolo,
    "voc": voc,
    "label_image": label_image,
    "npz": npz,
    "cutouts": cutouts,
}
"""In reading order; each has ``write`` and ``read``, whose docstrings say what they choose from."""

WANTED = "annotations that are known here"


def write_annotations(
    images: Iterable[Annotated] | Annotated,
    path: str | os.PathLike[str],
    format: str,  # noqa: A002
    **choices: Any,
) -> Loss:
    """Write images' regions as others read them, and return what that loses.

    Parameters
    ----------
    images : iterable of Annotated, or one
        One image's name, size and regions each. Coordinates are of the picture as ``read_image``
        gives it, turned as its EXIF says, in all formats.
    path : str or path
        A folder; "coco" takes a file too, ``.json``. What is in it stays, but for files of the
        same names. Files are written whole or not at all.
    format : str
        "sa1b", "coco", "labelme", "geojson", "yolo", "voc", "label_image", "npz" or "cutouts".
    **choices
        The format's own: see ``write`` of ``sam_widget.formats`` and the format's name. Polygons
        take ``detail="exact"`` or a tolerance in pixels.

    Returns
    -------
    Loss
        What does not come back as it was: which object lost holes, parts or pixels, its IoU, and
        what the format has no room for.

    Raises
    ------
    DataError
        There is no such format or choice, or a file cannot be written: one sentence.
    """
    write = _chosen(_format(format).write, choices)
    loss: Loss = write(_several(images), path, **choices)
    return loss


def read_annotations(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002
    **choices: Any,
) -> Iterator[Annotated]:
    """Yield the images of annotations, whichever tool wrote them.

    Parameters
    ----------
    path : str or path
        A file or a folder.
    format : str, optional
        As ``write_annotations`` takes it; by default what the files look like.
    **choices
        The format's own, such as ``images`` of "yolo", ``size`` of "geojson".

    Yields
    ------
    Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.

    Raises
    ------
    DataError
        Nothing is there, it is of no format known here, or contradicts itself: one sentence, when
        the first image is asked for, or the one with the fault.
    """
    chosen = _format(format) if format is not None else FORMATS[format_of(as_path(path))]
    yield from _chosen(chosen.read, choices)(path, **choices)


def format_of(path: Path) -> str:
    """Return the name of the format that a file or folder is of; DataError where it is of none."""
    if path.is_file():
        return _of_file(path)
    if not path.is_dir():
        raise DataError(f"{path} does not exist.")
    for known, name in FOLDERS:
        if any((path / each).exists() for each in known):
            return name
    return _of_folder(path)


FOLDERS = ((("SegmentationObject", "SegmentationClass"), "voc"), (("data.yaml", "labels"), "yolo"))
"""What a folder is known by."""

SUFFIXES = ((".json", ".geojson"), (".npz",), (".tif", ".tiff", ".png"), (".txt",))
"""Files that are looked at to know a folder by, in this order: photos may lie beside notes."""

TRIED = 20  # files of which one tells the format

JSONS = (
    ({"shapes"}, "labelme"),
    ({"features"}, "geojson"),
    ({"images", "annotations"}, "coco"),
    ({"image", "annotations"}, "sa1b"),
)
"""What a JSON is known by: keys at its top."""


def _of_folder(path: Path) -> str:
    files = list(below(path))
    why: DataError | None = None
    for suffixes in SUFFIXES:
        for file in [each for each in files if each.suffix.lower() in suffixes][:TRIED]:
            try:
                return _of_file(file)
            except DataError as error:
                why = why or error
    raise why or DataError(f"{path} has no {WANTED}.")


def _of_file(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in {".json", ".geojson"}:
        return _of_json(path)
    if suffix == ".png":
        known = text_in(opened(read_bytes(path), str(path)), str(path))
        return "cutouts" if isinstance(known, dict) and "corner" in known else "label_image"
    name = {".npz": "npz", ".tif": "label_image", ".tiff": "label_image", ".txt": "yolo"}.get(
        suffix, "yolo" if path.name == "data.yaml" else ""
    )
    if not name:
        raise DataError(refusal(str(path), read_bytes(path)[:LOOK], WANTED))
    return name


def _of_json(path: Path) -> str:
    value = read_json(path, WANTED)
    keys = set(value) if isinstance(value, dict) else set()
    for known, name in JSONS:
        if known <= keys:
            return name
    refuse_other(value, str(path), WANTED)
    raise DataError(f"{path} is JSON, but of none of the formats known here: {', '.join(FORMATS)}.")


def _several(images: Any) -> Iterator[Annotated]:
    """Yield what is given, one image or several; DataError where it is something else."""
    try:
        some = iter([images] if isinstance(images, Annotated) else images)
    except TypeError:
        some = iter([images])
    for each in some:
        if not isinstance(each, Annotated):
            raise DataError(
                f"What is written is Annotated(name, size, regions) for each image, not"
                f" {shown(each)}."
            )
        yield each


def _format(name: object) -> ModuleType:
    if not isinstance(name, str) or name not in FORMATS:
        raise DataError(f"format is one of {', '.join(FORMATS)}, not {shown(name)}.")
    return FORMATS[name]


def _chosen(act: Any, choices: dict[str, Any]) -> Any:
    """Return a format's own ``write`` or ``read``; DataError where it does not choose so."""
    known = [
        each.name
        for each in inspect.signature(act).parameters.values()
        if each.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    if unknown := [name for name in choices if name not in known]:
        own = act.__module__.rpartition(".")[2]
        takes = f"of {', '.join(known)}" if known else "nothing"
        raise DataError(f"{own} lets you choose {takes}, not {shown(unknown[0])}.")
    return act
