"""YOLO's segmentation labels: a text file for each image, a line for each object. No pictures.

``labels/NAME.txt`` has ``class x1 y1 x2 y2 ...`` in shares of the image's width and height, and
``data.yaml`` the classes' names, as https://docs.ultralytics.com/datasets/segment has it. The
images' own sizes stand in ``sam_widget.json``, which other readers leave alone.
"""

from __future__ import annotations

import json
import warnings
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sam_widget.errors import SamError, in_short, shown
from sam_widget.fills import filled
from sam_widget.images import is_picture_name
from sam_widget.masks import Mask
from sam_widget.outlines import bridged
from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated, covering
from .errors import DataError
from .files import read_bytes, read_json, write_bytes, write_json
from .folders import found, placed
from .loss import Loss
from .pictures import size_of_photo
from .provenance import missing
from .records import size_of
from .segmentations import outline

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sam_widget.regions import Detail

UNNAMED = "object"  # the class of regions without a label: YOLO knows none without a name
LABELS, IMAGES, DATA, NOTED = "labels", "images", "data.yaml", "sam_widget.json"
MOST_YAML = 2**20  # bytes of data.yaml


def write(
    images: Iterable[Annotated],
    path: str | os.PathLike[str],
    *,
    detail: Detail = "exact",
    holes: Literal["bridged", "filled"] = "bridged",
    categories: Sequence[str] = (),
) -> Loss:
    """Write labels and ``data.yaml`` to a folder; the pictures are yours to put in ``images``.

    An object is one line: bridges of no width join its pieces, as Ultralytics' own conversion of
    COCO does.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The folder; "train/a.jpg" goes to "labels/train/a.txt" in it, and YOLO looks for
        "images/train/a.jpg".
    detail : "exact" or float
        As ``Region.polygons`` takes it.
    holes : "bridged" or "filled"
        A bridge of no width to each hole and back keeps it, or it is lost, and counted.
    categories : sequence of str
        Labels in the order of their numbers, from 0; others follow as they come.

    Returns
    -------
    Loss
        With a pixel inside when its centre is, by odd crossings.
    """
    folder = as_path(path)
    numbers = {label: number for number, label in enumerate(categories)}
    sizes: dict[str, list[int]] = {}
    kind, losses = "YOLO", list[Loss]()
    for each, file in placed(images, folder / LABELS, ".txt"):
        lines, back = [], list[Mask | None]()
        for region in each.regions:
            number = numbers.setdefault(region.label, len(numbers))
            rings = outline(region, detail, holes)
            if not rings:
                back.append(None)
                continue
            ring = bridged(rings) / each.size
            shares = " ".join(f"{share:.9g}" for share in ring.ravel().tolist())
            lines.append(f"{number} {shares}\n")
            back.append(_drawn(shares.split(), each.size, str(file)))
        write_bytes(file, "".join(lines).encode())
        sizes[each.name] = list(each.size)
        unsaid = missing(each.regions, {"label"})
        losses.append(Loss.of(kind, each, back, unsaid))
    told = {
        "path": ".",
        "train": IMAGES,
        "val": IMAGES,
        "names": {number: label or UNNAMED for label, number in numbers.items()},
    }
    lines = [f"{key}: {_flow(value)}\n" for key, value in told.items()]
    write_bytes(folder / DATA, "".join(lines).encode())
    write_json(folder / NOTED, {"sizes": sizes, "unnamed": numbers.get("")})
    return Loss.joined(kind, losses)


def read(
    path: str | os.PathLike[str], *, images: str | os.PathLike[str] | None = None
) -> Iterator[Annotated]:
    """Yield the images of a folder with ``labels`` and ``data.yaml``, or of bare labels.

    Lines of five numbers are boxes: they are left out, with a warning.

    Parameters
    ----------
    path : str or path
        The folder, or its ``data.yaml``.
    images : str or path, optional
        The folder of the pictures, whose sizes the labels are shares of; by default ``images``
        beside ``labels``. Not needed where ``write`` noted the sizes.

    Raises
    ------
    DataError
        There are no labels, or one contradicts itself, or the size of its image is not known.
    """
    given = as_path(path)
    folder = given if given.is_dir() else given.parent
    names = _names(folder / DATA) if (folder / DATA).is_file() else {}
    noted = read_json(folder / NOTED, "JSON") if (folder / NOTED).is_file() else {}
    noted = noted if isinstance(noted, dict) else {}
    if isinstance(noted.get("unnamed"), int):
        names[noted["unnamed"]] = ""
    labels = folder / LABELS if (folder / LABELS).is_dir() else folder
    pictures = as_path(images) if images is not None else folder / IMAGES
    sizes = noted.get("sizes")
    known = {
        PurePosixPath(name).with_suffix(""): (name, size)
        for name, size in (sizes.items() if isinstance(sizes, dict) else ())
    }
    for file, below in found(labels, ".txt"):
        place = below / file.stem
        name, size = known.get(place) or _photo(pictures, place, file)
        whole = _size(size, file)
        yield Annotated(name, whole, _regions(file, whole, names))


def _flow(value: Any) -> str:
    """Return a value as YAML in one line: JSON is such; its keys may be numbers here."""
    if isinstance(value, dict) and all(isinstance(key, int) for key in value):
        entries = (f"{key}: {_flow(each)}" for key, each in value.items())
        return f"{{{', '.join(entries)}}}"
    return json.dumps(value, ensure_ascii=True)


def _names(file: Path) -> dict[int, str]:
    """Return the classes' names by number."""
    data = read_bytes(file)
    if len(data) > MOST_YAML:
        raise DataError(f"{file} has {len(data)} bytes: no list of names is so long.")
    try:
        import yaml  # noqa: PLC0415  jupyter brings it, YOLO alone needs it
    except ImportError:
        raise DataError(f"{file} needs PyYAML: pip install 'sam_widget[formats]'.") from None
    try:
        told = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read as YAML: {in_short(error)}.") from error
    names = told.get("names", {}) if isinstance(told, dict) else None
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, dict) or not all(isinstance(key, int) for key in names):
        raise DataError(f"{file} has no names of classes by number.")
    if not all(isinstance(name, str | int | float) for name in names.values()):
        raise DataError(f"{file} has names of classes that are no text.")
    return {number: str(name) for number, name in names.items()}


def _photo(folder: Path, place: PurePosixPath, file: Path) -> tuple[str, Any]:
    beside = folder / place
    if beside.parent.is_dir():
        for path in sorted(beside.parent.iterdir()):
            if path.stem == place.name and is_picture_name(path.name):
                return str(place.parent / path.name), size_of_photo(path)
    raise DataError(
        f"{file} has YOLO's shares of an image whose size is not known: name the folder of {place}"
        " as images."
    )


def _size(given: Any, file: Path) -> tuple[int, int]:
    pair = list(given) if isinstance(given, list | tuple) else []
    size = size_of(dict(zip(("width", "height"), pair, strict=False)))
    if size is None:
        raise DataError(f"{file}: its image's size is (width, height) in pixels.")
    return size


def _regions(file: Path, size: tuple[int, int], names: dict[int, str]) -> tuple[Region, ...]:
    lines = read_bytes(file).decode("utf-8", "replace").splitlines()
    regions, boxes = [], 0
    for number, line in enumerate(lines, 1):
        words = line.split()
        if len(words) == 5:
            boxes += 1
        elif words:
            where = f"{file}, line {number}"
            mask = _drawn(words[1:], size, where)
            regions.append(Region(mask, _label(words[0], names, where)))
    if boxes:
        warnings.warn(f"{file}: {boxes} boxes without an outline are left out.", stacklevel=3)
    return covering(((region, True) for region in regions), str(file))


def _label(word: str, names: dict[int, str], where: str) -> str:
    if not word.isdecimal() or len(word) > 9:
        raise DataError(f"{where}: a class is a whole number, not {shown(word)}.")
    return names.get(int(word), word)


def _drawn(shares: list[str], size: tuple[int, int], where: str) -> Mask:
    try:
        ring: NDArray[np.float64] = np.array([float(each) for each in shares])
        good = len(ring) >= 6 and len(ring) % 2 == 0 and bool((np.abs(ring - 0.5) <= 1.5).all())
        if good:
            return filled([[ring.reshape(-1, 2) * size]], size)
    except SamError as error:
        raise DataError(f"{where}: {error}") from error
    except ValueError:
        pass
    raise DataError(f"{where} is no line of YOLO's: a class and three or more x and y from 0 to 1.")
