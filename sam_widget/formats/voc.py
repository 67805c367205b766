"""Pascal VOC's segmentation: two PNGs with a palette for each image, of classes and of objects.

``SegmentationObject/NAME.png`` has the object's number, ``SegmentationClass/NAME.png`` the class's,
0 is the background, 255 what is neither; ``ImageSets/Segmentation/all.txt`` lists the names, as
http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc has it; ``labelmap.txt`` names the classes by
their colours, as CVAT has it. What else is known stands in the object's PNG as text. Reads no XML.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from sam_widget.paths import as_path
from sam_widget.regions import Region

from .annotated import Annotated
from .errors import DataError
from .files import read_bytes, write_bytes
from .folders import found, named, placed
from .loss import Loss
from .pictures import colours, opened, png, text_in
from .provenance import everything, heard
from .rasters import OnTop, back_from, masks_in, numbered

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

OBJECTS, CLASSES, SET = "SegmentationObject", "SegmentationClass", "ImageSets/Segmentation/all.txt"
LABELS = "labelmap.txt"
MOST = 254  # objects of an image, or classes: one byte, less the background and the void
VOID = 0xE0E0C0  # the colour of 255
OFFICIAL = (
    *("aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow"),
    *("diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa"),
    *("train", "tvmonitor"),
)


def write(
    images: Iterable[Annotated],
    path: str | os.PathLike[str],
    *,
    on_top: OnTop = "smaller",
    categories: Sequence[str] = (),
) -> Loss:
    """Write both PNGs of each image, the list of names and ``labelmap.txt`` to a folder.

    Parameters
    ----------
    images : iterable of Annotated
        Coordinates are of the picture as ``read_image`` gives it, turned as its EXIF says.
    path : str or path
        The folder; "a.jpg" goes to "SegmentationObject/a.png" and "SegmentationClass/a.png" in it.
    on_top : "smaller" or "later"
        A pixel belongs to one object: to the smaller of two, or to the later. The other loses it,
        and that is counted.
    categories : sequence of str
        Labels in the order of their numbers, from 1; others follow as they come.

    Raises
    ------
    DataError
        There are over 254 objects in an image, or over 254 labels.
    """
    folder = as_path(path)
    numbers = {label: number for number, label in enumerate(categories, 1)}
    kind, losses, names = "Pascal VOC", list[Loss](), list[str]()
    for each, file in placed(images, folder / OBJECTS, ".png"):
        if len(each.regions) > MOST:
            raise DataError(
                f"{each.name} has {len(each.regions)} objects: Pascal VOC holds {MOST}, a label"
                " image more."
            )
        owners = numbered(each, on_top).astype(np.uint8)
        classes = np.zeros(len(each.regions) + 1, np.uint8)
        for number, region in enumerate(each.regions, 1):
            classes[number] = numbers.setdefault(region.label, len(numbers) + 1) % 255
        if len(numbers) > MOST:
            raise DataError(f"There are over {MOST} labels: Pascal VOC holds so many.")
        known = {
            "image": PurePosixPath(each.name).name,
            "objects": [everything(region) for region in each.regions],
            "labels": [region.label for region in each.regions],
        }
        place = file.relative_to(folder / OBJECTS)
        write_bytes(file, png(_palette(owners), known))
        write_bytes(folder / CLASSES / place, png(_palette(classes[owners])))
        names.append(str(PurePosixPath(place.as_posix()).with_suffix("")))
        losses.append(Loss.of(kind, each, back_from(owners, len(each.regions))))
    write_bytes(folder / SET, "".join(f"{name}\n" for name in names).encode())
    write_bytes(folder / LABELS, _labelmap(numbers).encode("utf-8", "backslashreplace"))
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield the images of a folder with ``SegmentationObject``, ``SegmentationClass`` or both.

    An object's label is the class of most of its pixels. Where there are classes alone, a class is
    one region. Without ``labelmap.txt`` the classes are Pascal VOC's own twenty. An image is called
    NAME.jpg, where the PNG does not say it.

    Raises
    ------
    DataError
        There are no such PNGs, or one is broken or of another size than its other.
    """
    folder = as_path(path)
    names = _names(folder / LABELS)
    objects = (folder / OBJECTS).is_dir()
    start = folder / OBJECTS if objects else folder / CLASSES
    if not start.is_dir():
        raise DataError(f"{folder} has neither {OBJECTS} nor {CLASSES}.")
    for file, below in found(start, ".png"):
        image = opened(read_bytes(file), str(file))
        known = text_in(image, str(file))
        known = known if isinstance(known, dict) else {}
        codes = colours(image)
        other = folder / CLASSES / below / file.name
        classes = codes
        if objects and other.is_file():
            classes = colours(opened(read_bytes(other), str(other), image.size))
        regions = _regions(codes, classes, names, known, str(file))
        yield Annotated(named(known.get("image"), file, below), image.size, regions)


def _regions(
    codes: NDArray[np.int64],
    classes: NDArray[np.int64],
    names: dict[int, str],
    known: dict[str, Any],
    where: str,
) -> tuple[Region, ...]:
    order = {colour: number for number, colour in enumerate(_COLOURS.tolist())}
    masks = {code: mask for code, mask in masks_in(codes).items() if code != VOID}
    regions = []
    for code in sorted(masks, key=lambda code: order.get(code, len(order) + code)):
        number = order.get(code, 0) - 1
        blocks, labels = known.get("objects"), known.get("labels")
        block = blocks[number] if isinstance(blocks, list) and 0 <= number < len(blocks) else None
        if isinstance(labels, list) and 0 <= number < len(labels):
            label = str(labels[number])
        else:
            below, counts = np.unique(classes[masks[code].to_array()], return_counts=True)
            colour = int(below[counts.argmax()])
            label = names.get(colour, f"{order[colour]}" if colour in order else "")
        regions.append(Region(masks[code], **({"label": label} | heard(block, where))))
    return tuple(regions)


def _colormap() -> NDArray[np.uint8]:
    """Return Pascal VOC's own colours, (256, 3) uint8: the number's bits, spread over three."""
    number = np.arange(256)
    colour = np.zeros((256, 3), np.int64)
    for shift in range(7, -1, -1):
        colour |= (number[:, None] >> np.arange(3) & 1) << shift
        number = number >> 3
    return colour.astype(np.uint8)


_COLORMAP = _colormap()
_COLOURS = _COLORMAP.astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])


def _palette(numbers: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(numbers)
    image.putpalette(_COLORMAP.tobytes())
    return image


def _labelmap(numbers: dict[str, int]) -> str:
    names = {0: "background"} | {number: label or "object" for label, number in numbers.items()}
    lines = (
        f"{' '.join(name.replace(':', ' ').split())}:"
        f"{','.join(map(str, _COLORMAP[number].tolist()))}::\n"
        for number, name in names.items()
    )
    return "# label:color_rgb:parts:actions\n" + "".join(lines)


def _names(file: Path) -> dict[int, str]:
    """Return the classes' names by colour."""
    if not file.is_file():
        return dict(zip(_COLOURS[1:].tolist(), OFFICIAL, strict=False))
    found_: dict[int, str] = {}
    for line in read_bytes(file).decode("utf-8", "replace").splitlines():
        label, _, rest = line.partition(":")
        parts = rest.partition(":")[0].split(",")
        if line.startswith("#") or not line.strip():
            continue
        if len(parts) != 3 or not all(part.isdecimal() and int(part) < 256 for part in parts):
            raise DataError(f"{file}: a line is a label and its colour, not {line[:60]!r}.")
        red, green, blue = map(int, parts)
        found_[red << 16 | green << 8 | blue] = label
    return found_
