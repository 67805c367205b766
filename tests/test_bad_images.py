"""What is no image is refused: one sentence for each, and no warning."""

import io
import os
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image

from sam_widget.images import ImageError, read_image
from tests.pictures import colours, png, saved


def bomb():
    """A PNG whose header says 30,000 x 30,000."""
    data = bytearray(png(colours()))
    header = (30_000).to_bytes(4, "big") * 2 + data[24:29]
    data[16:29] = header
    data[29:33] = zlib.crc32(b"IHDR" + header).to_bytes(4, "big")
    return bytes(data)


def refusals(folder):
    """(name, what is given, what the sentence must say)."""
    text = folder / "text.png"
    text.write_text("not a picture")
    empty = folder / "empty.jpg"
    empty.write_bytes(b"")
    short = folder / "short.jpg"
    whole = saved(Image.fromarray(np.repeat(colours(64, 64), 2, 0)), "JPEG")
    short.write_bytes(whole[:200])
    fifo = folder / "pipe"
    os.mkfifo(fifo)
    nan = np.zeros((4, 5))
    nan[0, 0] = np.nan
    infinite = np.full((4, 5, 3), np.inf, np.float32)
    wide = np.array([[Image.Image]], object)
    return [
        ("none", None, "None"),
        ("number", 3, "int"),
        ("several", ["a.jpg", "b.jpg"], "A list of 2"),
        ("ragged", [[1, 2], [3]], "A list of 2"),
        ("missing", folder / "nothing.jpg", "no file"),
        ("missing here", "nothing.jpg", "looked in"),
        ("folder", folder, "is a folder"),
        ("pipe", fifo, "pipe"),
        ("nameless", "", "empty"),
        ("nul", "a\0b", "cannot be read"),
        ("long", "x" * 5000, "cannot be read"),
        ("no such user", "~nobody-of-this-name/a.png", "no file"),
        ("address", "https://example.org/cat.jpg", "download it first"),
        ("data address", "data:image/png;base64,AAAA", "not a picture"),
        ("text", text, "not a picture"),
        ("empty file", empty, "no bytes"),
        ("truncated", short, "broken picture"),
        ("no bytes", b"", "no bytes"),
        ("noise", bytes(range(256)), "not a picture"),
        ("bomb", bomb(), "900,000,000 pixels"),
        ("text file", io.StringIO("hello"), "'rb'"),
        ("closed", _closed(), "cannot be read"),
        ("empty array", np.zeros((0, 5, 3)), "no pixels"),
        ("no channels", np.zeros((4, 5, 0)), "no pixels"),
        ("nan", nan, "NaN or infinite values (1 of 20)"),
        ("inf", infinite, "60 of 60"),
        ("nan in a PIL image", Image.fromarray(nan.astype(np.float32)), "NaN"),
        ("five channels", np.zeros((8, 9, 5)), "channels"),
        ("two first", np.zeros((2, 8, 9)), "channels"),
        ("batch", np.zeros((2, 8, 9, 3)), "one of them"),
        ("line", np.zeros(7), "(H, W)"),
        ("scalar", np.float64(3), "(H, W)"),
        ("objects", wide, "object"),
        ("complex", np.zeros((4, 5), complex), "complex128"),
        ("words", np.array([["a", "b"]]), "real numbers"),
        ("no width", Image.new("RGB", (0, 4)), "0 x 4"),
    ]


def _closed():
    file = io.BytesIO(png(colours()))
    file.close()
    return file


def test_bad_input_gets_one_sentence_and_no_warning(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, source, said in refusals(tmp_path):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(ImageError) as caught:
                read_image(source)
        sentence = str(caught.value)
        assert said in sentence, name
        assert sentence.endswith("."), name
        assert "\n" not in sentence, name
        assert len(sentence) < 320, name
