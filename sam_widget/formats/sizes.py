"""Masks of one size on a photo of another: the likely cause, in words. Reads nothing."""

from __future__ import annotations

FACTORS = {0.25: "a quarter", 1 / 3: "a third", 0.5: "half", 2.0: "twice"}
NEAR = 0.03  # of a side: a border that was cut off or put on


def why(masks: tuple[int, int], photo: tuple[int, int]) -> str:
    """Say why two sizes differ, and what to do: the end of a sentence.

    Parameters
    ----------
    masks, photo
        (width, height) of what the masks were made on, and of the photo, px.
    """
    (width, height), (wide, high) = masks, photo
    if (width, height) == (high, wide):
        return (
            "width and height are swapped, as where EXIF turns a photo after it was annotated:"
            " turn one of the two"
        )
    if abs(width - wide) <= NEAR * wide and abs(height - high) <= NEAR * high:
        return "they differ by a border that was cut off or put on: give the photo as annotated"
    if abs(width * high - wide * height) <= max(wide, high):  # but for a pixel's rounding
        factor = width / wide
        word = next((FACTORS[f] for f in FACTORS if abs(f - factor) * wide < 1), "")
        share = f"{word} the size" if word else f"{factor:.3g} times the size"
        return f"the masks are for a picture of {share}: resize one of the two"
    return "they are of another picture, or of a cut-out: give the photo as annotated"
