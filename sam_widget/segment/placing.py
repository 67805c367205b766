"""Pictures and prompts as users have them to what a network takes. No network in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from sam_widget.arrays import to_array
from sam_widget.errors import SamError, shown

from .network import Asked

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.geometry import Frame

    from .prompts import Prompts

    Numbers = NDArray[Any] | Tensor

LABELS = (-1, 0, 1)  # no point, off the thing, on it


def checked(image: Any) -> NDArray[np.uint8]:
    """Return an image as (H, W, 3) uint8; ValueError where it is of another shape or type."""
    try:
        array = np.asarray(image)
    except Exception as error:  # a tensor that needs gradients, a ragged list, what refuses
        raise SamError(
            f"The image must be a (H, W, 3) uint8 array, not {shown(image)};"
            " read_image(image).pixels makes one."
        ) from error
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype != np.uint8 or not array.size:
        raise SamError(
            f"The image must be a (H, W, 3) uint8 array, not {array.dtype} {array.shape}; "
            "read_image(image).pixels makes one."
        )
    return array


def placed(
    frame: Frame,
    points: Numbers | None,
    labels: Numbers | None,
    boxes: Numbers | None,
    logits: Numbers | None,
) -> Asked:
    """Turn B prompts in image pixels into what the prompt encoder takes; see ``decode_batch``."""

    def there(xy: Numbers, *shape: int) -> Tensor:
        return torch.from_numpy(frame.to_model(to_array(xy).reshape(*shape, 2)))

    point = box = mask = None
    if points is not None:
        given = to_array(labels)
        if not np.isin(given, LABELS).all():
            strange = given[~np.isin(given, LABELS)][0]
            raise SamError(f"A label is 1 (on the thing), 0 (off it) or -1, not {strange}.")
        kinds = torch.from_numpy(given.astype(np.int64))
        point = there(points, *points.shape[:2]), kinds
    if boxes is not None:
        box = there(boxes, len(boxes), 2).reshape(-1, 4)
    if logits is not None:
        mask = torch.as_tensor(logits)[:, None]
    return Asked(point, box, mask)


def asked(frame: Frame, prompts: Prompts) -> Asked:
    """Turn one thing's prompts into what the prompt encoder takes."""
    some = len(prompts.points) > 0
    return placed(
        frame,
        prompts.points[None] if some else None,
        prompts.labels[None] if some else None,
        None if prompts.box is None else prompts.box[None],
        None if prompts.logits is None else prompts.logits[None],
    )
