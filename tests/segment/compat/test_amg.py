"""utils.amg beside segment_anything's: equal on random values."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import torch

from sam_widget.segment.compat import amg as ours
from tests.segment.compat.test_generator import opencv

__all__ = ["opencv"]
RNG = torch.Generator().manual_seed(3)
MASKS = torch.rand(5, 23, 31, generator=RNG) > 0.6
MASKS[1] = False
MASKS[2] = True
BOXES = torch.randint(0, 90, (40, 4), generator=RNG)
LOGITS = 3 * torch.randn(4, 3, 20, 30, generator=RNG)
RUNS = {"size": [3, 4], "counts": [2, 3, 4, 3]}
CROP, IMAGE = [10, 20, 70, 90], [0, 0, 100, 90]

CALLS = {
    "is_box_near_crop_edge": [(BOXES, CROP, IMAGE), (BOXES.float(), CROP, IMAGE, 5.0)],
    "box_xyxy_to_xywh": [(BOXES[0],), (BOXES[0].numpy(),), ([1, 2, 5, 9],)],
    "mask_to_rle_pytorch": [(MASKS,), (MASKS[:0],)],
    "rle_to_mask": [(RUNS,), ({"size": [2, 2], "counts": [4]},)],
    "area_from_rle": [(RUNS,)],
    "calculate_stability_score": [(LOGITS, 0, 1.0), (LOGITS, 0.5, 0), (LOGITS * 0 - 9, 0, 1)],
    "build_point_grid": [(1,), (7,)],
    "build_all_layer_point_grids": [(8, 2, 2), (9, 0, 1)],
    "generate_crop_boxes": [((90, 120), 2, 0.34), ((300, 200), 1, 0.0), ([50, 50], 0, 0.5)],
    "uncrop_boxes_xyxy": [(BOXES, CROP), (BOXES.view(10, 4, 4), CROP)],
    "uncrop_points": [(BOXES[:, :2], CROP), (BOXES.view(20, 4, 2), CROP)],
    "uncrop_masks": [(MASKS, [4, 5, 35, 28], 40, 50), (MASKS, [0, 0, 31, 23], 23, 31)],
    "batched_mask_to_box": [(MASKS,), (MASKS[0],), (MASKS[None],), (MASKS[:0],)],
    "coco_encode_rle": [(RUNS,)],
}  # fmt: skip


@pytest.fixture(scope="module")
def theirs(reference):
    return reference.utils.amg


def equal(wanted, got):
    if isinstance(wanted, list | tuple):
        assert len(got) == len(wanted)
        for pair in zip(wanted, got, strict=True):
            equal(*pair)
    elif isinstance(wanted, torch.Tensor):
        assert (got.dtype, got.shape) == (wanted.dtype, wanted.shape)
        assert torch.equal(got.nan_to_num(-7), wanted.nan_to_num(-7))
    elif isinstance(wanted, np.ndarray):
        assert (got.dtype, got.shape) == (wanted.dtype, wanted.shape)
        np.testing.assert_allclose(got, wanted, rtol=0, atol=1e-12)
    else:
        assert got == wanted
        assert type(got) is type(wanted)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")  # pycocotools' own
def test_a_function_returns_the_same(theirs, name):
    for given in CALLS[name]:
        equal(getattr(theirs, name)(*given), getattr(ours, name)(*given))


def test_every_public_function_is_there_with_its_arguments(theirs):
    for name, function in inspect.getmembers(theirs, inspect.isfunction):
        if function.__module__ == theirs.__name__:
            mine = inspect.signature(getattr(ours, name)).parameters
            assert list(mine) == list(inspect.signature(function).parameters), name


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("mode", ["holes", "islands"])
def test_small_regions(theirs, opencv, mode, seed):
    mask = np.random.default_rng(seed).random((24, 30)) > (0.35 if mode == "holes" else 0.75)
    for area in (0, 2, 5, 40, 2000):
        equal(
            theirs.remove_small_regions(mask, area, mode),
            ours.remove_small_regions(mask, area, mode),
        )


def test_columns(theirs):
    told = []
    for data in (theirs.MaskData, ours.MaskData):
        table = data(a=[1, 2, 3, 4], b=np.arange(8).reshape(4, 2), c=torch.arange(4) * 2)
        table.filter(torch.tensor([True, False, True, True]))
        table.cat(data(a=[9], b=np.array([[7, 7]]), c=torch.tensor([5]), d=[[1]]))
        del table["d"]
        table["e"] = torch.ones(4)
        table.filter(torch.tensor([3, 0, 1]))
        table.to_numpy()
        told.append(sorted(table.items()))
        empty = data()
        empty.cat(table)
        told[-1].append(sorted(empty.items()))
        told[-1].append(
            [[each.tolist() for each in rows] for rows in theirs.batch_iterator(2, table["b"])]
        )
    equal(*told)
    with pytest.raises(ValueError, match="x is a list, an array or a tensor, not int"):
        ours.MaskData(x=5)
