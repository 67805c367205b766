"""Picture files and arrays of every kind, whole and damaged, through the doors for pictures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image

from sam_widget import Picture, read_image
from tests.fuzz.damage import damaged, damages, names
from tests.fuzz.rule import attempt
from tests.segment.fake import FakeSegmenter
from tests.widget.page import Quiet

FORMATS = [
    *("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "PPM", "TGA", "ICO", "JPEG2000", "PCX", "SGI"),
    *("DDS", "IM", "MSP", "SPIDER", "XBM", "DIB", "ICNS", "EPS", "PDF", "AVIF", "BLP", "QOI"),
]
MODES = ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16"]
TIFFS = [None, "raw", "packbits", "tiff_lzw", "tiff_adobe_deflate", "jpeg", "group4"]
MAGICS = [
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*", b"II+\0", b"GIF89a", b"BM"),
    *(b"RIFF\0\0\0\0WEBP", b"P6\n2 2\n255\n", b"P7\n", b"\x93NUMPY\1\0", b"\x89HDF\r\n\x1a\n"),
    *(b"8BPS", b"\0\0\1\0", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"%PDF-1.4", b"SIMPLE  =", b"<svg"),
    b"PK\3\4",
    *(b"\0\0\0\x0cjP  \r\n\x87\n", b"\0\0\0\x18ftypheic", b"qoif", b"\x80\2", b"\xff\x4f\xff\x51"),
]  # fmt: skip

sizes = st.tuples(st.integers(1, 40), st.integers(1, 40))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A picture as Pillow writes it, in any of its formats that takes the mode."""
    mode, form = draw(st.sampled_from(MODES)), draw(st.sampled_from(FORMATS))
    size, seed = draw(sizes), draw(st.integers(0, 99))
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8)
    image = Image.fromarray(noise).convert("L" if mode == "LAB" else "RGB")
    options: dict[str, Any] = {}
    if form == "TIFF":
        options["compression"] = draw(st.sampled_from(TIFFS))
    if draw(st.booleans()):
        exif = Image.Exif()
        exif[0x0112] = draw(st.integers(0, 9))
        options["exif"] = exif
    out = io.BytesIO()
    try:
        image = image.convert("L").convert(mode) if mode == "I;16" else image.convert(mode)
        image.save(out, form, **options)
    except Exception:
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
    return out.getvalue()


@st.composite
def arrays(draw: st.DrawFn) -> bytes:
    """An array as numpy or tifffile writes it."""
    kind = st.sampled_from(["u1", ">u2", "<i2", "u4", "f4", "f8", "f2", "i8", "?", "c8"])
    shape = npst.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=9)
    array = draw(npst.arrays(draw(kind), shape))
    out = io.BytesIO()
    if draw(st.booleans()):
        np.save(out, array)
        return out.getvalue()
    import tifffile

    try:
        tifffile.imwrite(
            out, array, photometric=draw(st.sampled_from(["minisblack", "miniswhite"]))
        )
    except Exception:
        np.save(out, array)
    return out.getvalue()


whole = st.one_of(files(), files(), files(), arrays())
beginnings = st.builds(lambda a, b: a + b, st.sampled_from(MAGICS), st.binary(max_size=300))
cases = st.tuples(
    st.one_of(st.builds(damaged, whole, damages), st.builds(damaged, whole, damages), beginnings,
              st.binary(max_size=60)),
    names,
    st.sampled_from(["path", "text", "bytes", "file", "opened", "widget"]),
)  # fmt: skip


def holds(case: tuple[bytes, str, str], folder: Path) -> None:
    """Whatever the bytes are: a picture of 8-bit RGB, or one sentence."""
    data, name, door = case
    path = folder / name
    path.write_bytes(data)
    try:
        picture = attempt(lambda: _through(door, path, data))
    finally:
        path.unlink()
    if picture is not None:
        assert picture.dtype == np.uint8
        assert picture.ndim == 3
        assert picture.shape[2] == 3
        assert picture.size


def _through(door: str, path: Path, data: bytes) -> Any:
    if door == "widget":
        widget = Quiet(path, FakeSegmenter())
        pixels = widget.image
        widget.close()
        return pixels
    if door == "opened":
        with path.open("rb") as file:
            return read_image(file).pixels
    given = {"path": path, "text": str(path), "bytes": data, "file": io.BytesIO(data)}[door]
    picture: Picture = read_image(given)
    return picture.pixels
