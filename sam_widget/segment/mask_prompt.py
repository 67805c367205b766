"""A mask that a person gives, as bytes and as logits on a model's grid. Knows no other kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from sam_widget.arrays import NoArrayError, to_array
from sam_widget.document.records import MaskPrompt
from sam_widget.errors import shown
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.run_lengths import MaskError

from .drawing import drawn
from .enlarge import reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.corrections import Combine

    Grid = NDArray[np.float32]

SURE = 4.0
"""Logits of a pixel that a binary mask is wholly on (``tests/benchmarks/mask_prompt.py``)."""

GRID = 256  # samples of the grid on which logits of the photo's size are kept
GRIDS = range(64, GRID + 1, 16)  # sides of a square that is taken for a model's own grid
STRIDE = 4  # of a model's pixels from one sample to the next
FINE = 16  # pixels of a large mask, along each side, that are looked at for each sample
MOST = 1000.0  # larger logits say no more, and float16 holds them


@dataclass(frozen=True)
class GivenMask:
    """What was given.

    Attributes
    ----------
    mask : Mask
        Of the image's size, not empty.
    logits : ndarray, optional
        (n, n) float16, where logits were given: the square that the image's longer side spans, the
        image in its upper left corner.
    """

    mask: Mask
    logits: NDArray[np.float16] | None = None

    @classmethod
    def of(cls, given: Any, size: tuple[int, int]) -> GivenMask:
        """Take what a user calls a mask.

        Parameters
        ----------
        given : Mask, ndarray, tensor or list
            (H, W) of the image's size: bool, 0 and 1, 0 and 255, or float logits, 0 being the
            border. Or (n, n) float logits on a model's grid, a row of ``Prediction.logits``. An
            axis of length 1 before or behind is left out.
        size : tuple of int
            (width, height) of the image, in pixels.

        Raises
        ------
        MaskError
            It is none of these, of another size, holds NaN, or is empty.
        """
        if isinstance(given, Mask):
            return cls(given).fitting(size)
        array = _plain(given)
        if _two_values(array):
            return cls(Mask.from_array(array != 0)).fitting(size)
        if array.dtype.kind != "f" or array.min() >= 0:
            way = "mask > 0.5" if array.dtype.kind == "f" else "mask == label, of one label"
            values = f"values from {shown(array.min().item())} to {shown(array.max().item())}"
            raise MaskError(f"A mask is on or off, or logits, not {values}: give {way}.")
        if array.shape == size[::-1]:
            low = _lowered(array, Frame(*size, GRID * STRIDE))
            return cls(Mask.from_array(array > 0), low).fitting(size)
        if array.shape[0] == array.shape[1] and array.shape[0] in GRIDS:
            frame = Frame(*size, array.shape[0] * STRIDE)
            return cls(drawn(array, frame), array.astype(np.float16)).fitting(size)
        raise MaskError(
            f"The logits are of {array.shape[1]} x {array.shape[0]} px, the image of {size[0]} x"
            f" {size[1]} px: give its size, or a model's own grid, such as {GRID} x {GRID}."
        )

    @classmethod
    def read(cls, mark: MaskPrompt | Combine, blobs: Blobs) -> GivenMask:
        """Read what ``data`` wrote of a mark that brings a mask.

        Raises
        ------
        MaskError
            The bytes are not there, contradict the prompt, or say nothing.
        """
        data = [blobs.get(name) for name in mark.blobs()]
        runs, *rest = [each for each in data if each is not None] or [b""]
        if None in data:
            raise MaskError("A given mask's bytes are gone: undo it, and give the mask again.")
        given = cls(Mask.from_bytes(runs), _square(rest[0]) if rest else None)
        return given.fitting((mark.width, mark.height))

    @property
    def data(self) -> tuple[bytes, ...]:
        """The bytes of its blobs: run lengths, and the logits where there are some."""
        runs = self.mask.to_bytes()
        if self.logits is None:
            return (runs,)
        return runs, self.logits.astype("<f2").tobytes()

    def prompt(self, blob: str, logits: str | None = None) -> MaskPrompt:
        """Return what a document holds of it, of no object yet; the names are those of ``data``."""
        return MaskPrompt("", "", blob, logits, *self.mask.size, sum(map(len, self.data)))

    def on(self, frame: Frame, samples: int) -> Grid:
        """Return its logits as a model takes them.

        Parameters
        ----------
        frame : Frame
            Between the image and the model's square input.
        samples : int
            Of the model's grid for masks, along each side.

        Returns
        -------
        ndarray
            (samples, samples) float32. A mask's are the share of each sample that it covers, from
            -4 to 4; what is padding is off.
        """
        padded = frame == Frame(*self.mask.size, frame.side)
        if self.logits is not None and padded and len(self.logits) == samples:
            return self.logits.astype(np.float32)
        width, height = (max(1, round(n * samples / frame.side)) for n in frame.resized)
        grid = np.full((samples, samples), -SURE, np.float32)
        grid[:height, :width] = self._scaled(width, height)
        return grid

    def _scaled(self, width: int, height: int) -> Grid:
        if self.logits is None:
            step = max(1, max(self.mask.size) // (FINE * max(width, height)))
            pixels = Image.fromarray(np.uint8(255) * self.mask.sampled(step))
            share = np.asarray(pixels.resize((width, height), Image.Resampling.BOX), np.float32)
            return (share * np.float32(2 / 255) - 1) * np.float32(SURE)
        n = len(self.logits)
        own = Frame(*self.mask.size, n * STRIDE)
        across = reference(n, own.side, own.resized[0], width).weights
        down = reference(n, own.side, own.resized[1], height).weights
        return down @ self.logits.astype(np.float32) @ across.T

    def fitting(self, size: tuple[int, int]) -> GivenMask:
        """Return it, if it can be of an image of this size; MaskError where it cannot."""
        if self.mask.size != size:
            (width, height), (wide, high) = self.mask.size, size
            raise MaskError(
                f"The mask is of {width} x {height} px, the image of {wide} x {high} px: give one"
                " of its size."
            )
        if not self.mask.area:
            raise MaskError("The mask is empty: no pixel of it is on the thing.")
        return self


def _plain(given: Any) -> NDArray[Any]:
    """Return an array of two axes, finite; floats as float32, none beyond what float16 holds."""
    try:
        array = np.asarray(to_array(given))
    except NoArrayError as error:
        raise MaskError(f"A mask is an array of (H, W), not {shown(given)}.") from error
    if array.ndim == 3 and array.shape[0] == 1:
        array = array[0]
    elif array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2 or array.dtype.kind not in "buif" or not array.size:
        raise MaskError(f"A mask is an array of (H, W), not {array.dtype} {array.shape}.")
    if array.dtype.kind != "f":
        return array
    if not np.isfinite(array).all():
        raise MaskError("The mask holds NaN or infinity: give finite logits, or mask > 0.")
    return array.clip(-MOST, MOST).astype(np.float32)


def _two_values(array: NDArray[Any]) -> bool:
    """Whether an array is 0 and one other value, which of floats is 1 or 255."""
    most = array.max()
    named = array.dtype.kind != "f" or most in (0, 1, 255)
    return bool(named and ((array == 0) | (array == most)).all())


def _lowered(logits: Grid, frame: Frame) -> NDArray[np.float16]:
    """Bring logits of the image's size to a square grid."""
    width, height = (max(1, round(n / STRIDE)) for n in frame.resized)
    grid = np.full((GRID, GRID), min(-SURE, float(logits.min())), np.float32)
    small = Image.fromarray(logits).resize((width, height), Image.Resampling.BOX)
    grid[:height, :width] = np.asarray(small)
    return grid.astype(np.float16)


def _square(data: bytes) -> NDArray[np.float16]:
    side = round((len(data) // 2) ** 0.5)
    if side not in GRIDS or len(data) != 2 * side * side:
        raise MaskError(f"{len(data)} bytes are no square of logits.")
    logits = np.frombuffer(data, "<f2").reshape(side, side).astype(np.float16)
    if not np.isfinite(logits).all():
        raise MaskError("The mask's logits hold NaN or infinity.")
    return logits
