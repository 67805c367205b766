"""COCO's run lengths as text and as numbers, both ways. Knows no pixels: masks.py does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .errors import SamError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MOST_CHARACTERS = 12  # of one number: 60 bits
LARGEST_STEP = 2**40  # of one number; beyond any picture, and their sums fit 64 bits


class MaskError(SamError):
    """An array or bytes that are no mask, and why, in one sentence."""


def run_lengths(counts: object) -> list[int]:
    """Return COCO's counts as numbers.

    Parameters
    ----------
    counts : list of int, str or bytes
        Run lengths, or COCO's text: 5 bits a character; from the fourth number on, less the number
        two before. The format is what `rleToString` of the COCO API writes.

    Raises
    ------
    MaskError
        It is neither.
    """
    if isinstance(counts, np.ndarray | tuple):
        counts = list(counts)
    if isinstance(counts, list):
        whole = [isinstance(n, int | np.integer) and not isinstance(n, bool) for n in counts]
        if not counts or not all(whole) or min(counts) < 0:
            raise MaskError("a mask's run lengths are not all whole numbers from 0 on.")
        return [int(n) for n in counts]
    if not isinstance(counts, str | bytes):
        raise MaskError("a mask's counts are neither a list of numbers nor text.")
    return _read(counts.encode(errors="surrogatepass") if isinstance(counts, str) else counts)


def text_of(counts: ArrayLike) -> str:
    """Write run lengths, whole numbers from 0 on, as COCO's text."""
    rest = np.array(counts, np.int64)
    rest[3:] -= np.array(counts, np.int64)[1:-2]
    written: list[NDArray[np.int64]] = []
    goes_on: list[NDArray[np.bool_]] = []
    begun = np.ones(rest.shape, np.bool_)
    while begun.any():
        bits = rest & 31
        rest = rest >> 5
        more = begun & np.where(bits & 16, rest != -1, rest != 0)
        written.append(np.where(more, bits | 32, bits) + 48)
        goes_on.append(begun)
        begun = more
    codes, kept = np.stack(written, 1), np.stack(goes_on, 1)  # (n, characters)
    return codes[kept].astype(np.uint8).tobytes().decode()


def _read(text: bytes) -> list[int]:
    bits = np.frombuffer(text, np.uint8).astype(np.int64) - 48
    if ((bits < 0) | (bits > 63)).any():
        raise MaskError("a mask's counts hold characters that COCO's run lengths do not have.")
    ends = np.flatnonzero(bits < 32)
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    longest = int(np.diff(ends, prepend=-1, append=len(bits) - 1).max(initial=0))
    if longest > MOST_CHARACTERS:
        raise MaskError("a mask's counts hold a number that is larger than any picture.")
    if not len(ends) or ends[-1] != len(bits) - 1:
        raise MaskError("a mask's counts end in the middle of a number.")
    length = ends - starts + 1
    place = np.arange(len(bits)) - np.repeat(starts, length)
    steps = np.add.reduceat((bits & 31) << 5 * place, starts)
    steps -= np.where(bits[ends] & 16, np.int64(1) << 5 * length, 0)
    if (np.abs(steps) > LARGEST_STEP).any():
        raise MaskError("a mask's counts hold a number that is larger than any picture.")
    lengths = steps.copy()  # each but the first three is less the one two before
    lengths[1::2] = np.cumsum(steps[1::2])
    lengths[2::2] = np.cumsum(steps[2::2])
    return lengths.tolist()  # type: ignore[no-any-return]
