"""Pictures as Pillow opens them, whatever their mode or file, come out as the same RGB bytes."""

import io

import numpy as np
import pytest
from PIL import Image

from sam_widget.images import read_image
from tests.pictures import colours, png, saved

MODES = ["1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "LAB"]
MODES += ["HSV", "I", "I;16", "I;16B", "I;16L", "F"]


class TestPillow:
    @pytest.mark.parametrize("mode", MODES)
    def test_every_mode_gives_rgb(self, mode):
        if mode in ("I;16", "I;16B", "I;16L"):
            image = Image.new(mode, (9, 6), 65535)
        elif mode in ("LAB", "La"):
            image = Image.new(mode, (9, 6), {"LAB": (255, 128, 128), "La": (255, 255)}[mode])
        else:
            image = Image.new("RGB", (9, 6), "white")
            image = image.convert("L").convert(mode) if mode == "PA" else _convert(image, mode)
        pixels = read_image(image).pixels
        assert pixels.shape == (6, 9, 3)
        assert pixels.min() >= 250  # white is white in each of them

    def test_a_palette_with_and_without_transparency(self):
        image = Image.new("P", (3, 1))
        image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
        image.putdata([0, 1, 2])
        red, green, blue, white = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
        np.testing.assert_array_equal(read_image(image).pixels[0], [red, green, blue])
        clear = saved(image, "PNG", transparency=1)
        np.testing.assert_array_equal(read_image(clear).pixels[0], [red, white, blue])

    def test_a_colour_that_stands_for_transparent(self):
        image = Image.new("RGB", (2, 1), (1, 2, 3))
        image.putpixel((1, 0), (9, 9, 9))
        picture = read_image(saved(image, "PNG", transparency=(1, 2, 3)))
        np.testing.assert_array_equal(picture.pixels[0], [(255,) * 3, (9, 9, 9)])

    def test_cmyk_jpeg(self):
        data = saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG")
        picture = read_image(data)
        assert abs(picture.pixels[8, 8].astype(int) - [255, 0, 0]).max() < 12
        assert "CMYK" in picture.assumed[0]

    @pytest.mark.parametrize("form", ["PNG", "TIFF"])
    def test_sixteen_bit_files(self, form):
        grey = colours()[..., 0].astype(np.uint16)
        for factor in (257, 16):
            data = saved(Image.fromarray(grey * factor), form)
            out = read_image(data).pixels[..., 0].astype(int)
            assert abs(out - grey).max() <= 1
            assert out.max() > 200

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_exif_rotation(self, orientation):
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = colours()
        data = saved(Image.fromarray(stored), "PNG", exif=exif)
        turns = {
            1: stored,
            2: stored[:, ::-1],
            3: stored[::-1, ::-1],
            4: stored[::-1],
            5: stored.transpose(1, 0, 2),
            6: np.rot90(stored, -1),
            7: stored[::-1, ::-1].transpose(1, 0, 2),
            8: np.rot90(stored, 1),
        }
        for source in (data, Image.open(io.BytesIO(data))):
            picture = read_image(source)
            np.testing.assert_array_equal(picture.pixels, turns[orientation])
            assert len(picture.assumed) == (orientation > 1)

    def test_broken_exif_does_not_matter(self):
        image = Image.fromarray(colours())
        data = saved(image, "PNG", exif=b"Exif\0\0MM\0*\0\0\xff\xff broken")
        np.testing.assert_array_equal(read_image(data).pixels, colours())

    def test_the_first_frame_of_an_animation(self):
        frames = [Image.new("RGB", (4, 4), c) for c in ("red", "lime", "blue")]
        for form in ("GIF", "PNG", "TIFF"):
            data = saved(frames[0], form, save_all=True, append_images=frames[1:])
            picture = read_image(data)
            np.testing.assert_array_equal(picture.pixels[0, 0], [255, 0, 0])
            assert "first" in picture.assumed[0]


def _convert(image, mode):
    return image.convert("RGBA").convert(mode) if mode == "RGBa" else image.convert(mode)


def test_a_large_picture_below_the_limit_leaks_no_warning(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 40)
    np.testing.assert_array_equal(read_image(png(colours())).pixels, colours())
