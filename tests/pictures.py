"""A picture that tells every mistake of axes, and its bytes as a file. No test is here."""

import io

import numpy as np
from PIL import Image


def colours(height=6, width=9):
    """An RGB picture in which no two axes, channels or corners can be mistaken."""
    rng = np.random.default_rng(7)
    array = rng.integers(0, 256, (height, width, 3), np.uint8)
    array[0, 0], array[-1, -1] = (255, 0, 0), (0, 0, 255)
    return array


def png(array):
    out = io.BytesIO()
    Image.fromarray(array).save(out, "PNG")
    return out.getvalue()


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
