"""Huge pictures by windows: what is read is what the whole file holds, and no more is read."""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from PIL import Image

from sam_widget import ImageError, Picture, read_huge, read_image
from sam_widget.images.huge import HugePicture, open_picture
from sam_widget.images.huge.picture import shrunk
from tests.slides import write

if TYPE_CHECKING:
    from pathlib import Path

SIZE = (1500, 1100)  # width and height, no multiples of a tile's


def smooth(width: int, height: int, most: int = 255, dtype: type = np.uint8) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(x / 40 + k) * np.cos(y / 30 - k) for k in range(3)]
    return ((np.stack(waves, -1) + 1) / 2 * most).astype(dtype)


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return smooth(*SIZE)


def tiled(path: Path, array: np.ndarray, **how: object) -> HugePicture:
    tifffile.imwrite(path, array, tile=(256, 128), **how)
    return read_huge(path)


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_windows_are_parts_of_the_whole(tmp_path, photo, compression):
    huge = tiled(tmp_path / "a.tif", photo, photometric="rgb", compression=compression)
    assert huge.size == SIZE
    for box in [(0, 0, 1, 1), (0, 0, *SIZE), (100, 250, 700, 260), (1499, 1000, 1500, 1100)]:
        x0, y0, x1, y1 = box
        assert np.array_equal(huge.window(box), photo[y0:y1, x0:x1])
    assert np.array_equal(huge.whole, photo)  # of so few pixels nothing is left out


def test_shrunk_windows_are_means(tmp_path, photo):
    huge = tiled(tmp_path / "a.tif", photo, photometric="rgb", compression="zlib")
    for shrink in (2, 4, 8):
        part = huge.window((0, 256, 1024, 1024), shrink)
        wanted = shrunk(photo[256:1024, :1024], shrink)
        assert part.shape == wanted.shape
        assert np.abs(part.astype(int) - wanted).max() <= 1
    assert huge.window((0, 0, *SIZE), 64).shape == (18, 24, 3)


def test_what_is_small_of_a_large_file_is_its_mean(tmp_path):
    path = write(tmp_path / "slide.tif", 9000)
    huge, array = read_huge(path), tifffile.imread(path)
    assert max(huge.whole.shape) <= 4096
    assert np.array_equal(huge.whole, shrunk(array, 3))
    assert huge.depth == 3
    box = 3000, 5000, 3000 + 2048, 5000 + 2048
    wanted = shrunk(array[5000 : 5000 + 2048, 3000 : 3000 + 2048], 2)
    assert np.abs(huge.window(box, 2).astype(int) - wanted).max() <= 1


@pytest.mark.parametrize("planes", ["separate", "contig"])
def test_bands_that_lie_apart(tmp_path, photo, planes):
    array = np.moveaxis(photo, -1, 0) if planes == "separate" else photo
    huge = tiled(tmp_path / "a.tif", array, photometric="rgb", planarconfig=planes)
    assert np.array_equal(huge.window((10, 20, 900, 1000)), photo[20:1000, 10:900])


def test_a_pyramid_is_not_looked_at_tile_by_tile(tmp_path, photo):
    path = tmp_path / "a.ome.tif"
    with tifffile.TiffWriter(path, ome=True) as out:
        how = {"tile": (128, 128), "photometric": "rgb", "compression": "zlib"}
        out.write(photo, subifds=2, **how)
        for step in (2, 4):
            out.write(photo[::step, ::step], subfiletype=1, **how)
    huge = read_huge(path)
    assert huge.whole.shape == (275, 375, 3)
    assert np.array_equal(huge.whole, photo[::4, ::4])
    assert np.array_equal(huge.window((0, 0, 512, 512), 2), photo[:512:2, :512:2])
    assert np.array_equal(huge.window((5, 6, 512, 512)), photo[6:512, 5:512])


def test_numbers_mean_the_same_in_every_window(tmp_path):
    deep = smooth(*SIZE, most=4000, dtype=np.uint16)[..., 0]
    huge = tiled(tmp_path / "a.tif", deep)
    assert any("Values are read as 0 (black) to 4095 (white)" in each for each in huge.assumed)
    wanted = read_image(deep).pixels
    for box in [(0, 0, 64, 64), (700, 300, 900, 800)]:
        x0, y0, x1, y1 = box
        assert np.array_equal(huge.window(box), wanted[y0:y1, x0:x1])


def test_channels_are_colours_and_planes_are_said(tmp_path, photo):
    channels = np.moveaxis(photo, -1, 0)
    huge = tiled(
        tmp_path / "a.ome.tif", channels, metadata={"axes": "CYX"}, photometric="minisblack"
    )
    assert np.array_equal(huge.window((0, 0, 300, 200)), photo[:200, :300])
    stack = np.stack([photo[..., 0]] * 4)
    huge = tiled(tmp_path / "b.ome.tif", stack, metadata={"axes": "ZYX"}, photometric="minisblack")
    assert "The file holds 4 slices; the first plane is taken." in huge.assumed
    assert np.array_equal(huge.window((0, 0, 300, 200))[..., 1], photo[:200, :300, 0])


def test_where_the_smallest_value_is_white(tmp_path, photo):
    huge = tiled(tmp_path / "a.tif", photo[..., 0], photometric="miniswhite")
    assert np.array_equal(huge.window((0, 0, 9, 9))[..., 0], 255 - photo[:9, :9, 0])


def test_zarr_and_its_pyramids(tmp_path, photo):
    zarr = pytest.importorskip("zarr")
    plain = zarr.create_array(
        str(tmp_path / "a.zarr"), shape=photo.shape, chunks=(256, 256, 3), dtype="u1"
    )
    plain[:] = photo
    huge = read_huge(tmp_path / "a.zarr")
    assert np.array_equal(huge.window((300, 200, 900, 700)), photo[200:700, 300:900])
    group = zarr.open_group(str(tmp_path / "b.zarr"), mode="w")
    for name, step in (("0", 1), ("1", 2)):
        level = np.moveaxis(photo[::step, ::step], -1, 0)
        made = group.create_array(name, shape=level.shape, chunks=(1, 256, 256), dtype="u1")
        made[:] = level
    axes = [{"name": each} for each in "cyx"]
    group.attrs["ome"] = {
        "multiscales": [{"axes": axes, "datasets": [{"path": "0"}, {"path": "1"}]}]
    }
    huge = open_picture(tmp_path / "b.zarr")
    assert huge.size == SIZE
    assert huge.whole.shape == (550, 750, 3)
    assert np.array_equal(huge.window((64, 0, 512, 256), 2), photo[0:256:2, 64:512:2])


def test_without_zarr_it_is_said_what_reads_it(tmp_path, monkeypatch):
    (tmp_path / "a.zarr").mkdir()
    (tmp_path / "a.zarr" / "zarr.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(ImageError, match=r"pip install 'sam_widget\[huge\]'"):
        read_huge(tmp_path / "a.zarr")


def test_what_can_only_be_read_whole_says_so(tmp_path, photo):
    tifffile.imwrite(tmp_path / "strips.tif", photo, photometric="rgb")
    with pytest.raises(ImageError, match="lies in strips and can only be read whole: save it as a"):
        read_huge(tmp_path / "strips.tif")
    Image.fromarray(photo).save(tmp_path / "a.png")
    with pytest.raises(ImageError, match="is a picture in PNG and can only be read whole: save"):
        read_huge(tmp_path / "a.png")
    with pytest.raises(ImageError, match="There is no file"):
        read_huge(tmp_path / "none.tif")
    (tmp_path / "a.txt").write_text("no picture")
    with pytest.raises(ImageError):
        read_huge(tmp_path / "a.txt")


def test_a_part_that_is_broken_is_refused_and_the_rest_is_read(tmp_path, photo):
    path = tmp_path / "a.tif"
    huge = tiled(path, photo, photometric="rgb", compression="zlib")
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        offset, count = page.dataoffsets[-1], page.databytecounts[-1]
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\0" * count)
    with pytest.raises(ImageError, match="in this part"):
        read_huge(path)
    assert np.array_equal(huge.window((0, 0, 64, 64)), photo[:64, :64])


def test_windows_that_cannot_be(tmp_path, photo):
    huge = tiled(tmp_path / "a.tif", photo, photometric="rgb")
    for box in [(0, 0, 0, 5), (-1, 0, 5, 5), (0, 0, SIZE[0] + 1, 5), (5, 5, 4, 9)]:
        with pytest.raises(ImageError, match="does not lie in"):
            huge.window(box)
    with pytest.raises(ImageError, match="shrunk"):
        huge.window((0, 0, 5, 5), 0)


def test_only_what_is_too_large_opens_in_windows(tmp_path, photo, monkeypatch):
    tifffile.imwrite(tmp_path / "a.tif", photo, tile=(256, 256), photometric="rgb")
    assert isinstance(open_picture(tmp_path / "a.tif"), Picture)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100_000)
    assert isinstance(open_picture(str(tmp_path / "a.tif")), HugePicture)
    Image.fromarray(photo).save(tmp_path / "a.png")
    with pytest.raises(ImageError, match="save it as a tiled TIFF, which opens in windows"):
        open_picture(tmp_path / "a.png")


def test_content_tells_pictures_apart(tmp_path, photo):
    one = tiled(tmp_path / "a.tif", photo, photometric="rgb", compression="zlib")
    same = tiled(tmp_path / "b.tif", photo, photometric="rgb", compression="zlib")
    other = tiled(tmp_path / "c.tif", photo[::-1], photometric="rgb", compression="zlib")
    assert one.content == same.content != other.content


def test_tiles_that_hold_nothing_are_black(tmp_path):
    array = np.zeros((512, 512, 3), np.uint8)
    array[:256, :256] = 90
    tiles = [zlib.compress(array[:256, :256].tobytes()), b"", b"", b""]
    tifffile.imwrite(
        tmp_path / "a.tif",
        iter(tiles),
        shape=array.shape,
        dtype=np.uint8,
        tile=(256, 256),
        photometric="rgb",
        compression="zlib",
    )
    assert np.array_equal(read_huge(tmp_path / "a.tif").window((0, 0, 512, 512)), array)


def test_tiles_that_another_package_unpacks(tmp_path, photo):
    pytest.importorskip("imagecodecs")
    lzw = tiled(tmp_path / "a.tif", photo, photometric="rgb", compression="lzw")
    assert np.array_equal(lzw.window((100, 200, 500, 600)), photo[200:600, 100:500])
    jpeg = tiled(tmp_path / "b.tif", photo, photometric="rgb", compression="jpeg")
    part = jpeg.window((100, 200, 500, 600)).astype(int)
    assert np.abs(part - photo[200:600, 100:500]).mean() < 4


HEAD = b"II*\x00\x08\x00\x00\x00"  # says where its first picture is; none is there


@pytest.mark.parametrize("length", [4, 8, 100, 9_000, 30_000])
def test_a_tiff_that_is_cut_is_a_sentence(tmp_path, length):
    pixels = smooth(120, 90)
    tifffile.imwrite(tmp_path / "a.tif", pixels, tile=(16, 336), photometric="rgb")
    data = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(data[:length])
    with pytest.raises(ImageError, match=r"broken.*\.$"):
        read_huge(tmp_path / "a.tif").window((0, 0, 120, 90))


def test_a_header_alone_is_a_sentence(tmp_path):
    (tmp_path / "a.tif").write_bytes(HEAD)
    with pytest.raises(ImageError, match="broken TIFF"):
        read_huge(tmp_path / "a.tif")


def test_tiffs_with_wrong_bytes_open_or_say_what_is_wrong(tmp_path):
    from tests.fuzz.rule import attempt

    rng = np.random.default_rng(0)
    tifffile.imwrite(tmp_path / "a.tif", smooth(120, 90), tile=(64, 64), photometric="rgb")
    good = np.frombuffer((tmp_path / "a.tif").read_bytes(), np.uint8)

    def opened() -> int:
        return read_huge(tmp_path / "b.tif").window((0, 0, 9, 9)).size

    said = []
    for _ in range(150):
        data = good.copy()
        data[rng.integers(0, 600, 3)] = rng.integers(0, 256, 3)  # where its tags are
        (tmp_path / "b.tif").write_bytes(data.tobytes())
        said.append(attempt(opened))
    assert None in said
    assert 243 in said


@pytest.mark.parametrize(
    ("box", "shrink"),
    [((0, 0, 10), 1), ("x", 1), (None, 1), ((0.5, 0, 9, 9), 1), ((0, 0, 9, 9), 1.5),
     ((0, 0, 9, 9), None)],
)  # fmt: skip
def test_a_window_that_is_none_is_a_sentence(tmp_path, box, shrink):
    huge = tiled(tmp_path / "a.tif", smooth(40, 30))
    with pytest.raises(ImageError, match="A window is"):
        huge.window(box, shrink)


def test_no_path_is_a_sentence():
    with pytest.raises(ImageError, match="A path is a text or a Path"):
        read_huge(None)
