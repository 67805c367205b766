"""Cut-outs: a PNG with alpha for each object, cropped to its box. Chooses no background.

What is outside of the object is transparent, and black underneath, so that nothing of the photo
goes along unseen. Where it was cut from, and what is known of it, stands in the PNG as the text
``sam_widget``: so that ``read`` puts it back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from sam_widget.document.plain import MalformedError, from_plain
from sam_widget.errors import shown
from sam_widget.images import read_image
from sam_widget.masks import LARGEST
from sam_widget.paths import as_path, inside
from sam_widget.regions import Region

from .annotated import Annotated, relative
from .errors import DataError
from .files import read_bytes, write_bytes
from .folders import found, placed
from .loss import Loss
from .pictures import opened, png, text_in
from .provenance import heard, labelled
from .rasters import pasted

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from sam_widget.masks import Mask

    Pictures = str | os.PathLike[str] | Mapping[str, Any] | Callable[[str], Any]

LONGEST = 40  # letters of a label in a file's name


def write(images: Iterable[Annotated], path: str | os.PathLike[str], *, pictures: Pictures) -> Loss:
    """Write a PNG for each region that is not empty, in a folder for each image.

    Parameters
    ----------
    images : iterable of Annotated
    path : str or path
        The folder; objects of "mugs/a.jpg" go to "mugs/a/1-cup.png", "mugs/a/2.png" in it.
    pictures : str, path, mapping or callable
        The folder of the photos; or what has, or gives, a photo by its name, as anything that
        ``read_image`` takes. It is turned as its EXIF says, as the regions' coordinates are.

    Returns
    -------
    Loss

    Raises
    ------
    DataError
        A photo is of another size than its regions.
    ImageError
        A photo cannot be read.
    """
    kind, losses = "cut-outs", list[Loss]()
    for each, folder in placed(images, as_path(path), ""):
        pixels = _photo(each, pictures)
        back: list[Mask | None] = []
        for number, region in enumerate(each.regions, 1):
            if not region.area:
                back.append(None)
                continue
            x0, y0, x1, y1 = region.box
            alpha = region.mask.cut(region.box)
            cut = np.dstack([pixels[y0:y1, x0:x1] * alpha[..., None], alpha * np.uint8(255)])
            known = {
                "image": each.name,
                "number": number,
                "size": list(each.size),
                "corner": [x0, y0],
                "known": labelled(region),
            }
            label = re.sub(r"[^\w.-]+", "-", region.label).strip("-.")[:LONGEST]
            name = f"{number}-{label}.png" if label else f"{number}.png"
            write_bytes(folder / name, png(Image.fromarray(cut, "RGBA"), known))
            back.append(pasted(alpha, (x0, y0), each.size))
        losses.append(Loss.of(kind, each, back))
    return Loss.joined(kind, losses)


def read(path: str | os.PathLike[str]) -> Iterator[Annotated]:
    """Yield the images that cut-outs in a folder, and the folders below it, were made from.

    What is not transparent belongs to the region.

    Raises
    ------
    DataError
        A PNG does not say where it was cut from, or says what cannot be.
    """
    sizes: dict[str, tuple[int, int]] = {}
    regions: dict[str, dict[int, Region]] = {}
    for file, _ in found(as_path(path), ".png"):
        image = opened(read_bytes(file), str(file))
        name, size, number, region = _read_one(image, str(file))
        if sizes.setdefault(name, size) != size:
            raise DataError(f"{file} says another size of {shown(name)} than its others.")
        regions.setdefault(name, {})[number] = region
    for name, some in regions.items():
        yield Annotated(name, sizes[name], tuple(some[number] for number in sorted(some)))


def _photo(annotated: Annotated, pictures: Pictures) -> NDArray[np.uint8]:
    if isinstance(pictures, Mapping):
        if annotated.name not in pictures:
            raise DataError(f"There is no picture of the name {shown(annotated.name)}.")
        source = pictures[annotated.name]
    elif callable(pictures):
        source = pictures(annotated.name)
    else:
        source = inside(as_path(pictures), annotated.name)
    pixels = read_image(source).pixels
    height, width = pixels.shape[:2]
    if (width, height) != annotated.size:
        wide, high = annotated.size
        raise DataError(
            f"The regions of {shown(annotated.name)} are of {wide} x {high} px, its picture of"
            f" {width} x {height}."
        )
    return pixels


def _read_one(image: Image.Image, where: str) -> tuple[str, tuple[int, int], int, Region]:
    known = text_in(image, where)
    if not isinstance(known, dict):
        raise DataError(f"{where} does not say where it was cut from: sam_widget's cut-outs do.")
    try:
        sides, corner = (
            from_plain(tuple[int, ...], known.get(key), key) for key in ("size", "corner")
        )
        number = from_plain(int, known.get("number"), "number")
    except MalformedError as error:
        raise DataError(f"{where}: {error}") from error
    if len(sides) != 2 or len(corner) != 2:
        raise DataError(f"{where}: size is width and height, corner x and y.")
    (width, height), (x, y) = sides, corner
    within = 0 <= x <= width - image.width and 0 <= y <= height - image.height
    if width * height > LARGEST or not within:
        cut, whole = f"{image.width} x {image.height} px at {x}, {y}", f"{width} x {height}"
        raise DataError(f"{where}: {cut} do not lie in {whole}.")
    if "A" not in image.mode:
        raise DataError(f"{where} has no alpha: it says of no pixel whether it belongs.")
    alpha = np.asarray(image.getchannel("A")) > 0
    mask = pasted(alpha, (x, y), (width, height))
    name = relative(known.get("image"), f"{where}: the image's name")
    return name, (width, height), number, Region(mask, **heard(known.get("known"), where))
