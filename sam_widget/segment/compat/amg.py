"""What ``segment_anything.utils.amg`` offers, over this package's own masks, grids and crops."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from sam_widget.components import drop_islands, fill_holes
from sam_widget.errors import SamError
from sam_widget.masks import Mask
from sam_widget.segment.everything.search import NEAR, crop_boxes, grid

from .generator import _compressor

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator, Sequence

    from numpy.typing import NDArray

    Column = list[Any] | NDArray[Any] | Tensor


class MaskData:
    """Columns of equal length, one entry a mask: lists, arrays or tensors by name."""

    def __init__(self, **columns: Column) -> None:
        self._columns: dict[str, Column] = {}
        for name, column in columns.items():
            self[name] = column

    def __setitem__(self, name: str, column: Any) -> None:
        if not isinstance(column, (list, np.ndarray, Tensor)):
            kind = type(column).__name__
            raise SamError(f"{name} is a list, an array or a tensor, not {kind}.")
        self._columns[name] = column

    def __delitem__(self, name: str) -> None:
        del self._columns[name]

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]

    def items(self) -> ItemsView[str, Any]:
        """Return names and columns."""
        return self._columns.items()

    def filter(self, keep: Tensor) -> None:
        """Keep the rows that (N,) bool says, or those of these numbers, in their order."""
        rows = torch.as_tensor(keep).detach().cpu()
        places = (rows.nonzero()[:, 0] if rows.dtype == torch.bool else rows).tolist()
        for name, column in self._columns.items():
            if isinstance(column, list):
                self._columns[name] = [column[i] for i in places]
            else:
                self._columns[name] = column[places]

    def cat(self, new_stats: MaskData) -> None:
        """Append another's rows."""
        for name, column in new_stats.items():
            mine = self._columns.get(name)
            if mine is None:
                self._columns[name] = deepcopy(column)
            elif isinstance(column, Tensor):
                self._columns[name] = torch.cat([mine, column])  # type: ignore[list-item]
            elif isinstance(column, np.ndarray):
                self._columns[name] = np.concatenate([mine, column])
            else:
                self._columns[name] = [*mine, *deepcopy(column)]

    def to_numpy(self) -> None:
        """Turn tensors into arrays."""
        for name, column in self._columns.items():
            if isinstance(column, Tensor):
                self._columns[name] = column.detach().cpu().numpy()


def is_box_near_crop_edge(
    boxes: Tensor, crop_box: Sequence[int], orig_box: Sequence[int], atol: float = float(NEAR)
) -> Tensor:
    """(N, 4) in the crop's pixels -> (N,) bool: near an edge of the crop, not near the image's."""
    placed = uncrop_boxes_xyxy(boxes, crop_box).float()
    crop, image = (torch.tensor(list(box), device=boxes.device) for box in (crop_box, orig_box))
    near = ((placed - crop).abs() <= atol) & ((placed - image).abs() > atol)
    return near.any(dim=1)


def box_xyxy_to_xywh(box_xyxy: Any) -> Any:
    """Corners x0 y0 x1 y1 -> x y width height; of the same kind, a new one."""
    box = deepcopy(box_xyxy)
    box[2] = box[2] - box[0]
    box[3] = box[3] - box[1]
    return box


def batch_iterator(batch_size: int, *args: Any) -> Iterator[list[Any]]:
    """Yield rows of each of `args`, `batch_size` at a time."""
    if len({len(each) for each in args}) != 1:
        raise SamError("batch_iterator takes one column or more, all of one length.")
    for start in range(0, len(args[0]), batch_size):
        yield [each[start : start + batch_size] for each in args]


def mask_to_rle_pytorch(tensor: Tensor) -> list[dict[str, Any]]:
    """(B, H, W) bool -> COCO's uncompressed run lengths, one a mask."""
    masks = tensor.detach().cpu().numpy().astype(np.bool_)
    return [Mask.from_array(mask).to_coco() for mask in masks]


def rle_to_mask(rle: dict[str, Any]) -> NDArray[np.bool_]:
    """COCO's uncompressed run lengths -> (H, W) bool."""
    height, width = rle["size"]
    on = np.arange(len(rle["counts"])) % 2 == 1
    return np.repeat(on, rle["counts"]).reshape(width, height).T


def area_from_rle(rle: dict[str, Any]) -> int:
    """Return a mask's pixels."""
    return int(sum(rle["counts"][1::2]))


def calculate_stability_score(
    masks: Tensor, mask_threshold: float, threshold_offset: float
) -> Tensor:
    """(..., H, W) logits -> (...): IoU of each cut higher and lower; NaN where both are empty."""
    inner = (masks > mask_threshold + threshold_offset).sum((-2, -1), dtype=torch.int32)
    outer = (masks > mask_threshold - threshold_offset).sum((-2, -1), dtype=torch.int32)
    return inner / outer


def build_point_grid(n_per_side: int) -> NDArray[np.float64]:
    """Return the centres of n x n equal parts, (n^2, 2), x y in 0..1."""
    return grid(n_per_side)


def build_all_layer_point_grids(
    n_per_side: int, n_layers: int, scale_per_layer: int
) -> list[NDArray[np.float64]]:
    """Return a grid for the image and one for each layer of crops, each coarser."""
    return [grid(int(n_per_side / scale_per_layer**layer)) for layer in range(n_layers + 1)]


def generate_crop_boxes(
    im_size: tuple[int, ...], n_layers: int, overlap_ratio: float
) -> tuple[list[list[int]], list[int]]:
    """Return the image's box and its crops', x0 y0 x1 y1, and the layer of each; (H, W) given."""
    height, width = im_size
    crops = crop_boxes((width, height), n_layers, overlap_ratio)
    return [list(box) for box, _ in crops], [layer for _, layer in crops]


def uncrop_boxes_xyxy(boxes: Tensor, crop_box: Sequence[int]) -> Tensor:
    """(N, 4) or (N, M, 4) in a crop's pixels -> in the image's."""
    x0, y0 = crop_box[:2]
    return boxes + torch.tensor([x0, y0, x0, y0], device=boxes.device)


def uncrop_points(points: Tensor, crop_box: Sequence[int]) -> Tensor:
    """(N, 2) or (N, M, 2) in a crop's pixels -> in the image's."""
    return points + torch.tensor(list(crop_box[:2]), device=points.device)


def uncrop_masks(masks: Tensor, crop_box: Sequence[int], orig_h: int, orig_w: int) -> Tensor:
    """(N, h, w) of a crop -> (N, H, W) of the image, zeros round it."""
    x0, y0, x1, y1 = crop_box
    if (x0, y0, x1, y1) == (0, 0, orig_w, orig_h):
        return masks
    return F.pad(masks, (x0, orig_w - x1, y0, orig_h - y1))


def remove_small_regions(
    mask: NDArray[np.bool_], area_thresh: float, mode: str
) -> tuple[NDArray[np.bool_], bool]:
    """Fill holes, or drop islands, of fewer pixels; the largest island stays.

    Returns
    -------
    tuple of ndarray and bool
        The mask, and whether anything was changed.
    """
    if mode not in {"holes", "islands"}:
        raise SamError(f"mode is 'holes' or 'islands', not {mode!r}.")
    clean = fill_holes if mode == "holes" else drop_islands
    before = Mask.from_array(np.asarray(mask, np.bool_))
    after = clean(before, area_thresh)
    return (mask, False) if after is before else (after.to_array(), True)


def coco_encode_rle(uncompressed_rle: dict[str, Any]) -> dict[str, Any]:
    """Compress run lengths as pycocotools does; the counts are text, fit for JSON."""
    packed: dict[str, Any] = _compressor().frPyObjects(uncompressed_rle, *uncompressed_rle["size"])
    return {**packed, "counts": packed["counts"].decode()}


def batched_mask_to_box(masks: Tensor) -> Tensor:
    """(..., H, W) bool -> (..., 4) int: x0 y0 x1 y1 with the last pixel named; empty ones zeros."""
    if not masks.numel():
        return torch.zeros(*masks.shape[:-2], 4, device=masks.device)
    ends = []
    for on in (masks.any(-2), masks.any(-1)):  # by columns, by rows
        first = on.int().argmax(-1)
        last = on.shape[-1] - 1 - on.flip(-1).int().argmax(-1)
        ends.append((first, last * on.any(-1)))
    (x0, x1), (y0, y1) = ends
    return torch.stack([x0, y0, x1, y1], dim=-1)
