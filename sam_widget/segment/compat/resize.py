"""ResizeLongestSide: pictures, points and boxes to the model's pixels. Knows no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from sam_widget.errors import SamError, shown
from sam_widget.geometry import Frame
from sam_widget.segment.prompts import array_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    Size = tuple[int, ...]  # (height, width), px


class ResizeLongestSide:
    """Scales so that a picture's longer side becomes ``target_length`` pixels.

    Sizes are (height, width) here, and coordinates x y with the centre of the first pixel at 0,
    before and after, as in ``segment_anything``.
    """

    def __init__(self, target_length: int) -> None:
        self.target_length = target_length

    def apply_image(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Resize (H, W, 3) uint8."""
        old_height, old_width = image.shape[:2]
        height, width = self.get_preprocess_shape(old_height, old_width, self.target_length)
        picture = Image.fromarray(np.ascontiguousarray(image))
        return np.array(picture.resize((width, height), Image.Resampling.BILINEAR))

    def apply_coords(self, coords: NDArray[np.generic], original_size: Size) -> NDArray[np.float64]:
        """Scale (..., 2) of an image of `original_size`."""
        return _numbers(coords, 2) * self._scale(original_size)

    def apply_boxes(self, boxes: NDArray[np.generic], original_size: Size) -> NDArray[np.float64]:
        """Scale (B, 4), x0 y0 x1 y1."""
        corners = _numbers(boxes, 4).reshape(-1, 2, 2)
        return self.apply_coords(corners, original_size).reshape(-1, 4)

    def apply_image_torch(self, image: Tensor) -> Tensor:
        """Resize (B, C, H, W) float; not quite what `apply_image` does, which the model expects."""
        height, width = image.shape[-2:]
        size = self.get_preprocess_shape(height, width, self.target_length)
        return F.interpolate(image, size, mode="bilinear", antialias=True)

    def apply_coords_torch(self, coords: Tensor, original_size: Size) -> Tensor:
        """Scale (..., 2) of an image of `original_size`, float32."""
        scale = torch.tensor(self._scale(original_size), dtype=torch.float32)
        return coords.to(torch.float32) * scale.to(coords.device)

    def apply_boxes_torch(self, boxes: Tensor, original_size: Size) -> Tensor:
        """Scale (B, 4), x0 y0 x1 y1."""
        return self.apply_coords_torch(boxes.reshape(-1, 2, 2), original_size).reshape(-1, 4)

    @staticmethod
    def get_preprocess_shape(oldh: int, oldw: int, long_side_length: int) -> tuple[int, int]:
        """Return (height, width) after scaling."""
        width, height = Frame(oldw, oldh, long_side_length).resized
        return height, width

    def _scale(self, size: Size) -> tuple[float, float]:
        try:
            height, width = (int(side) for side in size)
            return Frame(width, height, self.target_length).scale
        except Exception as error:
            raise SamError(
                f"original_size is (height, width) in pixels, not {shown(size)}."
            ) from error


def _numbers(given: Any, last: int) -> NDArray[np.float64]:
    """Return (..., last) float64 of an array, a list or a tensor; one sentence for all else."""
    wanted = f"(..., {last}) numbers"
    array = array_of("Coordinates", given, wanted)
    if array.dtype.kind not in "biuf" or not array.ndim or array.shape[-1] != last:
        raise SamError(f"Coordinates are {wanted}, not {shown(given)}.")
    return array.astype(np.float64)
