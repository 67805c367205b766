"""TIFF by its tags: what Pillow would read wrongly or not at all. Plain 8 bits are Pillow's."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from sam_widget.errors import in_short
from sam_widget.known_files import RAW

from .deep import unmultiplied
from .picture import ImageError
from .pil import bomb, samples_of
from .values import Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tifffile import TiffFile, TiffPage

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK, YCBCR, LAB = 0, 1, 2, 3, 5, 6, 8
SENSOR = (32803, 34892)  # a colour filter's mosaic, and raw values that are linear
DNG_VERSION, NODATA, ORIENTATION = 50706, 42113, 274
UNSIGNED, SIGNED, FLOAT = 1, 2, 3
CHUNKY, SEPARATE = 1, 2  # how bands lie
ASSOCIATED, UNASSOCIATED = 1, 2  # alpha, multiplied into the colours or not


def is_tiff(data: bytes) -> bool:
    """Whether a file begins as a TIFF or a BigTIFF."""
    return data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def read_tiff(data: bytes, name: str, assumed: list[str]) -> tuple[Samples, int] | None:
    """Read a TIFF of which Pillow is not to be believed.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        As a refusal begins.
    assumed : list of str
        Takes a sentence for each thing left open, also where Pillow shall read.

    Returns
    -------
    (Samples, orientation) or None
        As stored, and EXIF's orientation. None where Pillow reads it right, or says best what is
        wrong with it.

    Raises
    ------
    ImageError
        It is a camera's raw file, or has bands that are no colours, or a compression or colours
        that cannot be read here.
    """
    import tifffile  # noqa: PLC0415  a tenth of a second, for those who have a TIFF

    logging.getLogger("tifffile").addHandler(logging.NullHandler())  # what matters is said
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page = _main_page(file, name)
            _check_size(page, name)
            planes = _planes(file, page)
            if planes == "CYX" and file.series[0].shape[0] == 3:
                assumed.append("The three channels are taken as red, green and blue.")
                return Samples(np.moveaxis(file.series[0].asarray(), 0, -1)), _orientation(page)
            if planes:
                assumed.append(_said_of(file, planes))
            if page is file.pages[0] and _is_plain(page):
                return None
            return _samples(page, data, name, assumed), _orientation(page)
    except ImageError:
        raise
    except Exception:  # noqa: BLE001  a broken file makes it raise anything
        return None


def _main_page(file: TiffFile, name: str) -> TiffPage:
    """Return the first picture; where that is a thumbnail, the largest that is none."""
    first: Any = file.pages[0]
    below = list(first.pages or ()) if first.subifds else []
    if DNG_VERSION in first.tags or any(p.photometric in SENSOR for p in (first, *below)):
        raise ImageError(f"{name} is {RAW.what}: {RAW.instead}.")
    if not first.is_reduced:
        return first  # type: ignore[no-any-return]
    others = [page for page in (*list(file.pages)[1:], *below) if not page.is_reduced]
    if any(page.photometric in SENSOR for page in others):
        raise ImageError(f"{name} is {RAW.what}: {RAW.instead}.")
    return max((first, *others), key=lambda page: page.imagewidth * page.imagelength)  # type: ignore[no-any-return]


def _check_size(page: TiffPage, name: str) -> None:
    pixels = page.imagewidth * page.imagelength
    if pixels > 2 * (Image.MAX_IMAGE_PIXELS or np.inf):
        raise ImageError(bomb(name, f"{pixels} pixels"))


def _planes(file: TiffFile, page: TiffPage) -> str:
    """Return the axes of the planes that the file holds; empty where it is one picture."""
    series = file.series[0]
    if page is file.pages[0] and int(np.prod(series.shape)) > int(np.prod(page.shape)):
        return str(series.axes)
    return "I" if page is file.pages[0] and len(file.pages) > 1 else ""


def _said_of(file: TiffFile, axes: str) -> str:
    words = {"C": "channels", "Z": "slices", "T": "times", "S": "samples"}
    sizes = zip(axes, file.series[0].shape, strict=False)
    counts = [f"{n} {words[axis]}" for axis, n in sizes if axis in words and axis != "S" and n > 1]
    if not counts:
        return "The picture has several frames; the first is taken."
    return f"The file holds {' x '.join(counts)}; the first plane is taken."


def _orientation(page: TiffPage) -> int:
    tag = page.tags.get(ORIENTATION)
    value = int(tag.value) if tag is not None else 1
    return value if value in range(1, 9) else 1


def _is_plain(page: TiffPage) -> bool:
    """Whether Pillow reads it as it is meant."""
    bits, kind = page.bitspersample, page.photometric
    if page.sampleformat != UNSIGNED or (isinstance(bits, int) and bits > 8 and kind != CMYK):
        return False
    if page.planarconfig == SEPARATE and page.samplesperpixel not in (1, 3):
        return False
    if kind == PALETTE:
        return page.colormap is not None and (page.colormap.max() > 255 or not page.colormap.any())
    alpha = any(extra in (ASSOCIATED, UNASSOCIATED) for extra in page.extrasamples)
    grey = page.samplesperpixel == 1 or (page.samplesperpixel == 2 and alpha)
    return grey if kind in (WHITE_IS_ZERO, BLACK_IS_ZERO) else kind in (RGB, CMYK, YCBCR, LAB)


def _samples(page: TiffPage, data: bytes, name: str, assumed: list[str]) -> Samples:
    kind, bands = page.photometric, page.samplesperpixel
    if kind not in (WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE):
        said = getattr(kind, "name", kind)
        raise ImageError(
            f"{name} is a TIFF of {said} colours in {page.bitspersample} bits, which is not read"
            " here: read it with tifffile and give grey or RGB as an array."
        )
    array = _decoded(page, data, name)
    if kind == PALETTE and page.colormap is not None:
        return Samples(np.moveaxis(page.colormap, 0, -1)[array])
    if array.ndim == 3 and page.axes.startswith("S"):
        array = np.moveaxis(array, 0, -1)
    elif array.ndim > 2 and not page.axes.endswith("S"):
        array = array[0]
        assumed.append("The picture has several planes; the first is taken.")
    array = _colours(array, page, bands, name, assumed)
    return Samples(array, _without_data(array, page), inverted=kind == WHITE_IS_ZERO)


def _without_data(array: NDArray[Any], page: TiffPage) -> NDArray[np.bool_] | None:
    """(H, W): where all bands have the value that GDAL's tag calls no data."""
    tag = page.tags.get(NODATA)
    try:
        nothing = float(str(tag.value).strip("\0 ")) if tag is not None else None
    except ValueError:
        nothing = None
    if nothing is None:
        return None
    same = np.isnan(array) if np.isnan(nothing) else array == nothing
    return np.asarray(same if array.ndim == 2 else same.all(-1), bool)


def _colours(
    array: NDArray[Any], page: TiffPage, bands: int, name: str, assumed: list[str]
) -> NDArray[Any]:
    """Return grey or RGB, with alpha where the file calls a band so."""
    if array.ndim == 2:
        return array
    colours = 3 if page.photometric == RGB or bands == 3 else 1
    alphas = [n for n, e in enumerate(page.extrasamples, bands - len(page.extrasamples)) if e]
    rest = bands - colours - len(alphas[:1])
    if colours == 1 and rest > 0 and bands != 2:
        raise ImageError(
            f"{name} is a TIFF of {bands} bands: read it with tifffile.imread and give the three"
            " to show as an array (H, W, 3), or one as (H, W)."
        )
    if rest > 0:
        assumed.append(
            f"Of {bands} bands, the first three are taken."
            if colours == 3
            else f"Of {bands} bands, the first is taken."
        )
    if alphas:
        array = array[..., [*range(colours), alphas[0]]]
        extra = page.extrasamples[alphas[0] - bands + len(page.extrasamples)]
        return unmultiplied(array) if extra == ASSOCIATED else array
    return array[..., :colours]


def _decoded(page: TiffPage, data: bytes, name: str) -> NDArray[Any]:
    try:
        return np.atleast_2d(page.asarray())  # of broken tags it makes a row of nothing
    except Exception as error:
        if "imagecodecs" not in str(error):
            raise ImageError(
                f"{name} is a broken picture ({in_short(error)}): save it anew."
            ) from error
        array = _by_pillow(page, data, name)
        if array is None:
            how = getattr(page.compression, "name", page.compression)
            raise ImageError(
                f"{name} is a TIFF compressed by {how}, with {page.bitspersample} bits: pip install"
                " imagecodecs and give it again."
            ) from error
        return array


def _by_pillow(page: TiffPage, data: bytes, name: str) -> NDArray[Any] | None:
    """Read by Pillow's decoders, where these keep all bits of what the tags say."""
    grey = page.samplesperpixel == 1 and (page.bitspersample, page.sampleformat) in {
        *((12, UNSIGNED), (16, UNSIGNED), (16, SIGNED)),
        *((32, SIGNED), (32, FLOAT)),
    }
    colour = page.photometric == RGB and page.bitspersample == 16 and page.planarconfig == CHUNKY
    if page.index or not (grey or (colour and page.sampleformat == UNSIGNED)):
        return None
    try:
        with Image.open(io.BytesIO(data)) as image:
            samples, _ = samples_of(image, name, [], data=data)
    except Exception:  # noqa: BLE001  a mode that it does not know
        return None
    return samples.values
