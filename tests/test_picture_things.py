"""What holds a picture gives it; a JPEG that is cut gives what is there; masks hide."""

import base64
import io
import itertools
from types import SimpleNamespace

import IPython.display
import ipywidgets
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from sam_widget.images import ImageError, read_image
from tests.pictures import colours, png, saved

RGB = colours(20, 30)


def as_text(data):
    return base64.b64encode(data).decode()


HOLDERS = {
    "a picture": lambda: read_image(RGB),
    "a notebook's image": lambda: IPython.display.Image(data=png(RGB)),
    "a widget's image": lambda: ipywidgets.Image(value=png(RGB)),
    "an answer from the web": lambda: SimpleNamespace(content=png(RGB)),
    "a DICOM data set": lambda: SimpleNamespace(pixel_array=RGB),
    "a row of a data set": lambda: {"bytes": png(RGB), "path": None},
    "a data address": lambda: f"data:image/png;base64,{as_text(png(RGB))}",
    "base64": lambda: as_text(png(RGB)),
    "base64 in lines": lambda: base64.encodebytes(png(RGB)).decode(),
    "nested lists": RGB.tolist,
    "a list of one": lambda: [png(RGB)],
    "a buffer of rows": lambda: memoryview(RGB),
    "a raster's reader": lambda: SimpleNamespace(read=lambda: np.moveaxis(RGB, 2, 0)),
    "what plt.imshow returns": lambda: Figure().add_subplot().imshow(RGB),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_what_holds_a_picture_gives_it(holder):
    np.testing.assert_array_equal(read_image(HOLDERS[holder]()).pixels, RGB)


def test_a_notebooks_image_of_a_file_is_the_file(tmp_path):
    (tmp_path / "a.png").write_bytes(png(RGB))
    image = IPython.display.Image(filename=str(tmp_path / "a.png"))
    np.testing.assert_array_equal(read_image(image).pixels, RGB)


def test_a_figure_is_drawn():
    with mpl.rc_context({"savefig.dpi": "figure"}):
        figure = Figure(figsize=(2, 1), dpi=50, facecolor="lime")
        axes = figure.add_subplot()
        axes.set_axis_off()
        for given in (figure, axes):
            pixels = read_image(given).pixels
            assert pixels.shape == (50, 100, 3)
            np.testing.assert_array_equal(pixels[1, 1], [0, 255, 0])


@pytest.mark.parametrize("closed", ["its file", "itself"])
def test_a_pil_image_whose_file_was_closed_says_so(closed, tmp_path):
    (tmp_path / "a.png").write_bytes(png(RGB))
    image = Image.open(tmp_path / "a.png")
    (image.fp if closed == "its file" else image).close()
    with pytest.raises(ImageError, match="closed before its pixels were read: open it anew"):
        read_image(image)


class TestCutJpegs:
    @pytest.mark.parametrize("missing", [1, 2, 3])
    def test_the_last_bytes_alone_cost_no_pixel(self, missing):
        photo = Image.fromarray(np.repeat(np.repeat(RGB, 8, 0), 8, 1))
        whole = saved(photo, "JPEG")
        picture = read_image(whole[:-missing])
        rows = 160 if missing < 3 else 144
        np.testing.assert_array_equal(picture.pixels[:rows], read_image(whole).pixels[:rows])
        assert len(picture.assumed) == 1

    @pytest.mark.parametrize("part", [0.3, 0.5, 0.8])
    @pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
    def test_the_share_that_is_missing_is_said(self, part, mode):
        photo = Image.fromarray(np.repeat(np.repeat(RGB, 16, 0), 16, 1)).convert(mode)
        whole = saved(photo, "JPEG", subsampling=0)
        picture, entire = read_image(whole[: int(len(whole) * part)]), read_image(whole)
        right = (picture.pixels == entire.pixels).all(axis=(1, 2))
        said = next(each for each in picture.assumed if "cut off" in each)
        missing = int(said.partition("lowest ")[2].partition("%")[0]) / 100
        assert right[: int(320 * (1 - missing)) - 2].all()
        assert abs(missing - (1 - part)) < 0.15

    def test_a_progressive_one_lacks_detail(self):
        photo = Image.fromarray(np.repeat(np.repeat(RGB, 8, 0), 8, 1))
        whole = saved(photo, "JPEG", progressive=True)
        picture = read_image(whole[: len(whole) * 3 // 4])
        assert "finer detail" in picture.assumed[0]
        far = abs(picture.pixels.astype(int) - read_image(whole).pixels)
        assert far.mean() < 40

    def test_of_a_head_alone_there_is_nothing(self):
        whole = saved(Image.fromarray(RGB), "JPEG")
        scan = whole.index(b"\xff\xda")
        for end in (3, 40, scan, scan + 14):
            with pytest.raises(ImageError, match="broken"):
                read_image(whole[:end])


class TestHidden:
    @pytest.mark.parametrize("dtype", [np.int16, np.int32, np.float32, np.float64])
    @pytest.mark.parametrize("hidden", [-9999, 32000])
    def test_what_is_hidden_sets_no_range_and_is_black(self, dtype, hidden):
        seen = np.linspace(100, 900, 54).reshape(6, 9).astype(dtype)
        holed = seen.copy()
        holed[2:4, 3:5] = hidden
        picture = read_image(np.ma.masked_equal(holed, hidden))
        wanted = read_image(seen).pixels.copy()
        wanted[2:4, 3:5] = 0
        np.testing.assert_array_equal(picture.pixels, wanted)
        assert picture.assumed[0] == "Hidden values (7% of the pixels) are shown black."

    @pytest.mark.parametrize("channels_first", [False, True])
    def test_a_pixel_is_hidden_where_a_channel_is(self, channels_first):
        mask = np.zeros((6, 9, 3), bool)
        mask[2, 3, 1] = mask[4, 4] = True
        array = np.ma.masked_array(colours(), mask)
        given = np.moveaxis(array, 2, 0) if channels_first else array
        wanted = colours()
        wanted[2, 3] = wanted[4, 4] = 0
        np.testing.assert_array_equal(read_image(given).pixels, wanted)

    def test_nan_may_be_hidden(self):
        array = np.linspace(0, 1, 54).reshape(6, 9)
        array[1, 1] = np.nan
        assert read_image(np.ma.masked_invalid(array)).pixels[1, 1].tolist() == [0, 0, 0]
        with pytest.raises(ImageError, match=r"np\.ma\.masked_invalid"):
            read_image(array)

    def test_a_mask_that_hides_nothing_is_not_worth_a_word(self):
        picture = read_image(np.ma.masked_array(colours()))
        np.testing.assert_array_equal(picture.pixels, colours())
        assert picture.assumed == ()

    def test_where_all_is_hidden_there_is_no_picture(self):
        with pytest.raises(ImageError, match="no value that is not hidden"):
            read_image(np.ma.masked_all((6, 9)))


FOREIGN = {
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "pip install pillow-heif"),
    "DICOM": (bytes(128) + b"DICM" + bytes(99), "pydicom"),
    "HDF5": (b"\x89HDF\r\n\x1a\n" + bytes(99), "h5py"),
    "video": (b"\0\0\0\x20ftypisom\0\0\2\0" + bytes(99), "a frame"),
    "MPEG": (b"\0\0\1\xb3" + bytes(99), "a frame"),
    "LFS": (b"version https://git-lfs.github.com/spec/v1\noid sha256:00", "git lfs pull"),
    "web page": (b"<!DOCTYPE html><html></html>", "web page"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 6\n%%EndComments\n", "Ghostscript"),
    "PDF": (b"%PDF-1.7", "pypdfium2"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cairosvg"),
    "metafile": (b"\xd7\xcd\xc6\x9a" + bytes(99), "as a PNG"),
    "GRIB": (b"GRIB\0\0\0\1" + bytes(99), "xarray"),
    "raw": (b"II*\0\x10\0\0\0CR\2\0" + bytes(99), "rawpy"),
    "cut PNG": (png(RGB)[:99], "save it anew"),
    "cut TIFF": (b"II*\0\x08\0\0\0", "broken or cut off"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_picture_is_called_what_it_is(kind, tmp_path, monkeypatch):
    monkeypatch.setattr("PIL.EpsImagePlugin.has_ghostscript", lambda: False)
    from sam_widget.images import files

    files.formats.cache_clear()
    data, said = FOREIGN[kind]
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    for given, again in itertools.product((path, data, io.BytesIO(data)), range(2)):
        with pytest.raises(ImageError) as caught:
            read_image(given if again == 0 or given is not path else str(path))
        assert said in str(caught.value) or isinstance(given, io.BytesIO)
    files.formats.cache_clear()
