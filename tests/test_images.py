"""Arrays of every kind come out as the same RGB bytes, are shown and named; guesses are said."""

import io

import numpy as np
import pytest
import xxhash
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sam_widget.images import ImageError, Picture, content_hash, encode_for_display, read_image
from sam_widget.images.picture import DISPLAY_SIDE
from tests.pictures import colours, png


class TestSources:
    def test_a_path_a_string_bytes_and_file_objects_give_the_same(self, tmp_path, monkeypatch):
        rgb = colours()
        path = tmp_path / "photo.png"
        path.write_bytes(png(rgb))
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        data = path.read_bytes()
        sources = [path, str(path), "photo.png", "~/photo.png"]
        sources += [data, bytearray(data), memoryview(data), io.BytesIO(data)]
        for source in sources:
            picture = read_image(source)
            np.testing.assert_array_equal(picture.pixels, rgb)
            assert picture.assumed == ()
        with path.open("rb") as file:
            np.testing.assert_array_equal(read_image(file).pixels, rgb)

    def test_a_buffer_just_written_is_read_from_its_start(self):
        rgb, buffer = colours(), io.BytesIO()
        Image.fromarray(rgb).save(buffer, "PNG")
        np.testing.assert_array_equal(read_image(buffer).pixels, rgb)

    def test_the_size_is_width_then_height(self):
        assert read_image(colours(6, 9)).size == (9, 6)

    def test_what_has_an_array_in_it_is_an_array(self):
        class Wrapped:
            def __array__(self, dtype=None, copy=None):
                return colours()

        np.testing.assert_array_equal(read_image(Wrapped()).pixels, colours())

    def test_what_refuses_to_be_an_array_is_refused_in_a_sentence(self):
        class OnAnotherDevice:
            def __array__(self, dtype=None, copy=None):
                raise TypeError("Implicit conversion is not allowed. Use .get()")

        with pytest.raises(ImageError, match=r"^The OnAnotherDevice cannot .* use \.get\(\)\.$"):
            read_image(OnAnotherDevice())


class TestPixelsAreOurs:
    @pytest.mark.parametrize(
        "change",
        [
            lambda a: a,
            lambda a: a[:, ::-1],
            lambda a: a[::2],
            np.asfortranarray,
            lambda a: a.astype(">u2") * 257,
            lambda a: a.astype(">f4"),
        ],
    )
    def test_contiguous_read_only_and_independent(self, change):
        source = change(colours())
        pixels = read_image(source).pixels
        assert pixels.dtype == np.uint8
        assert pixels.flags.c_contiguous
        assert not pixels.flags.writeable
        before = pixels.copy()
        source[...] = 0
        np.testing.assert_array_equal(pixels, before)
        with pytest.raises(ValueError, match="read-only"):
            pixels[0, 0] = 1

    def test_a_read_only_array_is_taken_and_kept(self):
        array = colours()
        array.flags.writeable = False
        np.testing.assert_array_equal(read_image(array).pixels, array)


class TestAxes:
    def test_grey_in_its_shapes(self):
        grey = colours()[..., 0]
        for array in (grey, grey[..., None], grey[None], grey[None, None]):
            pixels = read_image(array).pixels
            assert pixels.shape == (6, 9, 3)
            assert all(np.array_equal(pixels[..., c], grey) for c in range(3))

    def test_channels_first_is_seen_and_said(self):
        picture = read_image(np.moveaxis(colours(), 2, 0))
        np.testing.assert_array_equal(picture.pixels, colours())
        assert "first axis" in picture.assumed[0]

    def test_both_orders_fit_arrays_are_channels_last(self):
        picture = read_image(colours(3, 3))
        np.testing.assert_array_equal(picture.pixels, colours(3, 3))
        assert "rows, columns, channels" in picture.assumed[0]

    def test_a_batch_of_one_is_its_image(self):
        picture = read_image(colours()[None])
        np.testing.assert_array_equal(picture.pixels, colours())
        assert "batch of one" in picture.assumed[0]

    @given(st.integers(1, 12), st.integers(1, 12))
    def test_every_size_keeps_rows_and_columns(self, height, width):
        pixels = read_image(colours(height, width)).pixels
        np.testing.assert_array_equal(pixels, colours(height, width))


class TestValues:
    def test_bool_is_black_and_white(self):
        np.testing.assert_array_equal(
            read_image(np.array([[True, False]])).pixels[..., 0], [[255, 0]]
        )

    @pytest.mark.parametrize("bits", [10, 12, 14, 16])
    def test_integers_are_scaled_by_the_bits_that_hold_them(self, bits):
        top = 2**bits - 1
        picture = read_image(np.array([[0, top // 2, top]], np.uint16))
        np.testing.assert_array_equal(picture.pixels[0, :, 0], [0, 127, 255])
        assert f"{top}" in picture.assumed[0]

    def test_sixteen_full_bits_undo_a_factor_of_257(self):
        np.testing.assert_array_equal(
            read_image(colours().astype(np.uint16) * 257).pixels, colours()
        )

    @pytest.mark.parametrize("dtype", [np.int16, np.int32, np.int64, np.uint16, np.uint64, ">i4"])
    def test_bytes_in_wide_integers_stay_as_they_are(self, dtype):
        np.testing.assert_array_equal(read_image(colours().astype(dtype)).pixels, colours())

    def test_negative_integers_are_stretched(self):
        picture = read_image(np.array([[-1000, 0, 1000]], np.int16))
        np.testing.assert_array_equal(picture.pixels[0, :, 0], [0, 128, 255])
        assert "-1000 (black) to 1000 (white)" in picture.assumed[0]

    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
    def test_floats_of_0_to_1_0_to_255_and_minus_1_to_1(self, dtype):
        rgb = colours()
        unit = (rgb / 255).astype(dtype)
        for array in (unit, rgb.astype(dtype), unit * 2 - 1):
            difference = read_image(array).pixels.astype(int) - rgb
            assert abs(difference).max() <= (dtype == np.float16)

    def test_a_little_overshoot_is_clipped(self):
        pixels = read_image(np.array([[-0.004, 0.5, 1.006]])).pixels
        np.testing.assert_array_equal(pixels[0, :, 0], [0, 128, 255])

    @pytest.mark.parametrize("values", [[-3.0, 0.0, 3.0], [0.0, 5e3, 1e4], [-1.7e308, 0, 1.7e308]])
    def test_other_floats_are_stretched(self, values):
        pixels = read_image(np.array([values])).pixels
        np.testing.assert_array_equal(pixels[0, :, 0], [0, 128, 255])

    def test_one_value_everywhere_is_no_trouble(self):
        for value in (0.0, 1.0, -7.5, 1e6):
            assert read_image(np.full((4, 5), value)).pixels.shape == (4, 5, 3)

    @settings(max_examples=60)
    @given(st.data())
    def test_brighter_stays_brighter(self, data):
        dtype = data.draw(st.sampled_from([np.int16, np.uint16, np.int64, np.float32, np.float64]))
        if np.issubdtype(dtype, np.integer):
            info = np.iinfo(dtype)
            number = st.integers(int(info.min), int(info.max))
        else:
            number = st.floats(allow_nan=False, allow_infinity=False, width=32)
        values = sorted(data.draw(st.lists(number, min_size=2, max_size=9)))
        out = read_image(np.array([values], dtype)).pixels[0, :, 0].astype(int)
        assert (np.diff(out) >= 0).all()


class TestAlpha:
    def test_transparent_is_white_and_half_is_half(self):
        row = np.array([[10, 20, 30, 255], [0, 0, 0, 0], [0, 0, 0, 128]], np.uint8)
        rgba = np.repeat(np.tile(row, (2, 1))[None], 5, 0)
        picture = read_image(rgba)
        np.testing.assert_array_equal(picture.pixels[4, :3], [[10, 20, 30], [255] * 3, [127] * 3])
        assert "white" in picture.assumed[0]
        for other in (Image.fromarray(rgba), png(rgba), rgba / 255, np.moveaxis(rgba, 2, 0)):
            np.testing.assert_array_equal(read_image(other).pixels, picture.pixels)

    def test_grey_and_alpha(self):
        pair = np.array([[[10, 255], [0, 0]], [[5, 255], [7, 255]]], np.uint8)
        for source in (pair, Image.fromarray(pair)):
            np.testing.assert_array_equal(read_image(source).pixels[..., 1], [[10, 255], [5, 7]])

    def test_an_opaque_alpha_is_not_worth_a_word(self):
        rgba = np.dstack([colours(), np.full((6, 9), 255, np.uint8)])
        assert read_image(rgba).assumed == ()
        np.testing.assert_array_equal(read_image(rgba).pixels, colours())

    def test_an_alpha_that_hides_all_is_ignored(self):
        rgba = np.dstack([colours(), np.zeros((6, 9), np.uint8)])
        picture = read_image(rgba)
        np.testing.assert_array_equal(picture.pixels, colours())
        assert "ignored" in picture.assumed[0]


class TestTensors:
    torch = pytest.importorskip("torch")

    def test_both_orders_and_all_types(self):
        hwc = self.torch.from_numpy(colours().copy())
        for tensor in (hwc, hwc.permute(2, 0, 1), hwc.permute(2, 0, 1)[None]):
            np.testing.assert_array_equal(read_image(tensor).pixels, colours())
        unit = hwc.permute(2, 0, 1) / 255
        for dtype, off in (("float32", 0), ("float64", 0), ("float16", 1), ("bfloat16", 1)):
            pixels = read_image(unit.to(getattr(self.torch, dtype))).pixels
            assert abs(pixels.astype(int) - colours()).max() <= off
        np.testing.assert_array_equal(read_image(unit.requires_grad_()).pixels, colours())

    def test_where_both_orders_fit_tensors_are_channels_first(self):
        chw = self.torch.from_numpy(colours(3, 3)).permute(2, 0, 1).contiguous()
        picture = read_image(chw)
        np.testing.assert_array_equal(picture.pixels, colours(3, 3))
        assert "channels, rows, columns" in picture.assumed[0]

    def test_a_sparse_tensor_is_refused_in_a_sentence(self):
        with pytest.raises(ImageError, match=r"The tensor cannot become an array: .*\.$"):
            read_image(self.torch.eye(4).to_sparse())


class TestForThePage:
    def test_small_is_lossless(self):
        back = np.array(Image.open(io.BytesIO(encode_for_display(colours()))))
        np.testing.assert_array_equal(back, colours())

    @pytest.mark.parametrize(
        ("shape", "size"),
        [((1200, 1800), (1800, 1200)), ((3000, 20), (14, 2048)), ((1, 5000), (2048, 1))],
    )
    def test_at_most_2048_and_never_0(self, shape, size):
        image = Image.open(io.BytesIO(encode_for_display(np.zeros((*shape, 3), np.uint8))))
        assert image.size == size
        assert max(image.size) <= DISPLAY_SIDE

    def test_large_is_close(self):
        ramp = np.zeros((800, 900, 3), np.uint8)
        ramp[..., 0] = np.linspace(0, 255, 900)
        data = encode_for_display(ramp)
        assert data[:2] == b"\xff\xd8"
        back = np.array(Image.open(io.BytesIO(data))).astype(int)
        assert abs(back - ramp).max() <= 12


class TestHash:
    def test_content_and_shape_count_and_layout_does_not(self):
        rgb = colours()
        assert content_hash(rgb) == content_hash(np.asfortranarray(rgb))
        assert content_hash(rgb) != content_hash(rgb.reshape(9, 6, 3))
        changed = rgb.copy()
        changed[3, 3, 1] ^= 1
        assert content_hash(rgb) != content_hash(changed)
        assert len(content_hash(rgb)) == 32

    def test_the_same_in_every_process(self):
        zeros = np.zeros((1, 2, 3), np.uint8)
        expected = xxhash.xxh3_128_hexdigest(b"((1, 2, 3), '|u1')" + bytes(6))
        assert content_hash(zeros) == expected

    @pytest.mark.parametrize(
        "view",
        [
            lambda big: big[::2, 1::3],
            lambda big: big[::-1, :, ::-1],
            lambda big: big.transpose(1, 0, 2),
            lambda big: np.broadcast_to(big[:1, :1], big.shape),
        ],
    )
    def test_a_view_is_what_it_shows(self, view):
        shown = view(colours(20, 30))
        assert not shown.flags.c_contiguous
        assert content_hash(shown) == content_hash(shown.copy(order="C"))
        assert content_hash(shown) != content_hash(colours(20, 30))

    def test_one_bit_anywhere_counts(self):
        rgb = colours(11, 13)
        names = {content_hash(rgb)}
        for place in range(rgb.size):
            changed = rgb.copy()
            changed.flat[place] ^= np.uint8(1 << place % 8)
            names.add(content_hash(changed))
        assert len(names) == rgb.size + 1


def test_a_picture_is_a_value():
    with pytest.raises(AttributeError):
        Picture(colours()).assumed = ()
