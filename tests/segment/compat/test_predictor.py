"""SamPredictor beside segment_anything's: the same story, the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget.segment.compat import ResizeLongestSide, SamPredictor
from tests.segment.predictors import BOX, LABELS, POINTS, same

PROMPTS = {
    "a point": {"point_coords": POINTS[:1], "point_labels": LABELS[:1]},
    "points": {"point_coords": POINTS, "point_labels": LABELS},
    "a box": {"box": BOX},
    "a box with an axis more": {"box": BOX[None]},
    "box and points": {"point_coords": POINTS, "point_labels": LABELS, "box": BOX},
    "nothing at all": {},
}


@pytest.mark.parametrize("prompts", PROMPTS.values(), ids=PROMPTS)
@pytest.mark.parametrize("multimask", [True, False])
@pytest.mark.parametrize("logits", [True, False])
def test_every_prompt_is_answered_alike(both, prompts, multimask, logits):
    theirs, ours = (
        each.predict(**prompts, multimask_output=multimask, return_logits=logits) for each in both
    )
    same(theirs, ours, logits)


def test_its_attributes(both):
    theirs, ours = both
    assert ours.original_size == theirs.original_size == (200, 300)
    assert ours.input_size == theirs.input_size
    assert ours.is_image_set is theirs.is_image_set is True
    assert ours.device == theirs.device
    assert ours.transform.target_length == theirs.transform.target_length
    assert ours.model.image_encoder.img_size == 256
    for features in (ours.features, ours.get_image_embedding()):
        assert torch.allclose(features, theirs.features, atol=1e-4)
    assert (ours.get_image_embedding().requires_grad_() * 2).sum().requires_grad
    ours.reset_image()
    assert not ours.is_image_set
    assert ours.features is None


def test_colours_the_other_way_round(reference, pair, coffee):
    theirs, ours = reference.SamPredictor(pair[0]), SamPredictor(pair[1])
    for each in (theirs, ours):
        each.set_image(coffee, image_format="BGR")
    same(theirs.predict(POINTS, LABELS), ours.predict(POINTS, LABELS))
    straight = SamPredictor(pair[1])
    straight.set_image(coffee)
    assert not torch.allclose(straight.features, ours.features, atol=1e-2)


# The walk of the reference's predictor notebook: a click, its best answer refined by a second
# click, a click that takes away, a box, a box and a click, many boxes, several images at once.
WALK = """
import numpy as np
import torch

predictor = SamPredictor(sam)
predictor.set_image(image)
steps = []

masks, scores, logits = predictor.predict(
    point_coords=np.array([[150, 100]]), point_labels=np.array([1]), multimask_output=True
)
steps.append((masks, scores, logits))
for i, (mask, score) in enumerate(zip(masks, scores)):
    height, width = mask.shape[-2:]
    painted = mask.reshape(height, width, 1) * np.array([30, 144, 255, 150]).reshape(1, 1, -1)

clicks, kinds = np.array([[150, 100], [220, 60]]), np.array([1, 1])
best = logits[np.argmax(scores), :, :]
steps.append(predictor.predict(
    point_coords=clicks, point_labels=kinds, mask_input=best[None, :, :], multimask_output=False
))
steps.append(predictor.predict(
    point_coords=clicks, point_labels=np.array([1, 0]), mask_input=best[None, :, :],
    multimask_output=False,
))
box = np.array([40, 30, 210, 170])
steps.append(predictor.predict(
    point_coords=None, point_labels=None, box=box[None, :], multimask_output=False
))
steps.append(predictor.predict(
    point_coords=np.array([[90, 90]]), point_labels=np.array([0]), box=box, multimask_output=False
))

boxes = torch.tensor([[10, 20, 150, 180], [120, 30, 290, 190], [60, 60, 100, 140]],
                     device=predictor.device)
placed = predictor.transform.apply_boxes_torch(boxes, image.shape[:2])
steps.append(predictor.predict_torch(
    point_coords=None, point_labels=None, boxes=placed, multimask_output=False
))
for mask in steps[-1][0]:
    outline = mask.cpu().numpy()

resize = ResizeLongestSide(sam.image_encoder.img_size)

def prepared(picture):
    tensor = torch.as_tensor(resize.apply_image(picture), device=sam.device)
    return tensor.permute(2, 0, 1).contiguous()

asked = [
    {"image": prepared(image), "boxes": placed, "original_size": image.shape[:2]},
    {"image": prepared(other),
     "boxes": resize.apply_boxes_torch(boxes[:2], other.shape[:2]),
     "point_coords": resize.apply_coords_torch(torch.tensor([[[30, 40]], [[99, 50]]]),
                                               other.shape[:2]),
     "point_labels": torch.ones(2, 1, dtype=torch.int),
     "original_size": other.shape[:2]},
]
for several in (False, True):
    for answer in sam(asked, multimask_output=several):
        steps.append((answer["masks"], answer["iou_predictions"], answer["low_res_logits"]))
"""


def test_the_notebook_runs_with_another_import_line(pair, coffee):
    other = skimage.data.chelsea()[::2, ::2]
    imports = {
        "theirs": "from segment_anything import SamPredictor\n"
        "from segment_anything.utils.transforms import ResizeLongestSide\n",
        "ours": "from sam_widget.segment.compat import ResizeLongestSide, SamPredictor\n",
    }
    told = []
    for sam, line in zip(pair, imports.values(), strict=True):
        names = {"sam": sam, "image": coffee, "other": other}
        exec(line + WALK, names)
        told.append(names["steps"])
    assert len(told[0]) == len(told[1]) == 10
    for theirs, ours in zip(*told, strict=True):
        same(theirs, ours)


def test_a_tensor_that_is_resized_already(reference, pair, coffee):
    answers = []
    for predictor in (reference.SamPredictor(pair[0]), SamPredictor(pair[1])):
        small = predictor.transform.apply_image(coffee)
        predictor.set_torch_image(torch.from_numpy(small).permute(2, 0, 1)[None], coffee.shape[:2])
        answers.append(predictor.predict(POINTS, LABELS))
    same(*answers)


@settings(max_examples=30)
@given(st.integers(1, 3000), st.integers(1, 3000))
def test_resizing_is_theirs(height, width):
    from tests.reference import segment_anything

    theirs_class = segment_anything().predictor.ResizeLongestSide
    if max(height, width) > 2000 * min(height, width):
        return  # theirs loses its last row
    theirs, ours = theirs_class(1024), ResizeLongestSide(1024)
    assert ours.get_preprocess_shape(height, width, 1024) == theirs.get_preprocess_shape(
        height, width, 1024
    )
    xy, size = np.array([[[1.5, 2.0], [30, 4]]]), (height, width)
    assert np.allclose(ours.apply_coords(xy, size), theirs.apply_coords(xy, size))
    assert np.allclose(
        ours.apply_boxes(xy.reshape(1, 4), size), theirs.apply_boxes(xy.reshape(1, 4), size)
    )
    tensor = torch.tensor(xy)
    assert torch.allclose(
        ours.apply_coords_torch(tensor, size), theirs.apply_coords_torch(tensor, size)
    )


def test_a_resized_tensor_keeps_its_proportions():
    tensor = torch.rand(1, 3, 30, 60)
    assert ResizeLongestSide(64).apply_image_torch(tensor).shape == (1, 3, 32, 64)


def test_one_prompt_in_the_models_pixels_needs_no_axis_more(both):
    theirs, ours = both
    low = torch.from_numpy(ours.predict(POINTS, LABELS, multimask_output=False)[2])
    points = torch.from_numpy(ours.transform.apply_coords(POINTS, ours.original_size)).float()
    labels = torch.from_numpy(LABELS)
    short = ours.predict_torch(points, labels, mask_input=low)
    same(theirs.predict_torch(points[None], labels[None], mask_input=low[None]), short)
