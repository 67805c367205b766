"""What may be given: every form that segment_anything takes, and forms that it drops, by table."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import torch

from sam_widget import Search
from sam_widget.errors import SamError
from sam_widget.segment.compat import SamAutomaticMaskGenerator, SamPredictor
from tests.segment.predictors import BOX, LABELS, POINTS, same

ONE = {"point_coords": POINTS[:1], "point_labels": LABELS[:1]}
TWO = {"point_coords": POINTS, "point_labels": LABELS}
EMPTY = {"point_coords": np.zeros((0, 2)), "point_labels": np.zeros(0)}


def read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def strided(array):
    return np.repeat(array, 2, axis=-1)[..., ::2]


def backwards(array):
    return array[::-1].copy()[::-1]


# Both take these; the answers are compared.
TAKEN = {
    **{
        f"points of {kind}": {"point_coords": POINTS.astype(kind), "point_labels": LABELS}
        for kind in ("int16", "int32", "int64", "uint16", "float16", "float32", "float64")
    },
    **{
        f"labels of {kind}": {"point_coords": POINTS, "point_labels": LABELS.astype(kind)}
        for kind in ("bool", "int8", "uint8", "int32", "int64", "float32", "float64")
    },
    **{f"a box of {kind}": {"box": BOX.astype(kind)} for kind in ("int16", "int64", "float32")},
    "labels in a list": {"point_coords": POINTS[:1], "point_labels": [1]},
    "labels in a tuple": {"point_coords": POINTS, "point_labels": (1, 0)},
    "labels in a list of bools": {"point_coords": POINTS, "point_labels": [True, False]},
    "labels in a tensor": {"point_coords": POINTS, "point_labels": torch.tensor([1, 0])},
    "a box as two corners": {"box": BOX.reshape(2, 2)},
    "a box with two axes more": {"box": BOX.reshape(1, 1, 4)},
    "a box from its other corners": {"box": BOX[[2, 3, 0, 1]]},
    "a box beyond the image": {"box": np.array([-40, -30, 900, 900])},
    "a point beyond the image": {"point_coords": [[-9.0, 900.0]], "point_labels": [1]},
    "labels without points": {"point_labels": LABELS, "box": BOX},
    "no points": EMPTY,
    "no points beside a box": {**EMPTY, "box": BOX},
    "read-only": {name: read_only(each) for name, each in {**TWO, "box": BOX}.items()},
    "not contiguous": {name: strided(each) for name, each in {**TWO, "box": BOX}.items()},
    "turned": {"point_coords": backwards(POINTS), "point_labels": LABELS},
    "Fortran's order": {"point_coords": np.asfortranarray(POINTS), "point_labels": LABELS},
    "a wide number's half": {"point_coords": POINTS.astype(">f8"), "point_labels": LABELS},
    "flags by number": {**TWO, "multimask_output": 0, "return_logits": np.False_},
}


def theirs_form(prompts):
    """Arrays, where theirs takes nothing else, that may be written to: theirs lets torch warn."""
    return {
        name: np.array(each) if isinstance(each, np.ndarray | list) else each
        for name, each in prompts.items()
    }


@pytest.mark.parametrize("prompts", TAKEN.values(), ids=TAKEN)
def test_what_the_reference_takes_is_taken(both, prompts):
    theirs, ours = both
    same(theirs.predict(**theirs_form(prompts)), ours.predict(**prompts))


# Theirs drops these with an error of Python or torch; each is one of the forms above.
MEANT = {
    "lists": ({"point_coords": POINTS.tolist(), "point_labels": [1, 0]}, TWO),
    "tuples": ({"point_coords": ((120, 80),), "point_labels": (1,)}, ONE),
    "a list of arrays": ({"point_coords": list(POINTS), "point_labels": list(LABELS)}, TWO),
    "a list of tensors": (
        {"point_coords": list(torch.tensor(POINTS)), "point_labels": [1, 0]},
        TWO,
    ),
    "a box in a list": ({"box": BOX.tolist()}, {"box": BOX}),
    "a box in a tuple": ({"box": tuple(BOX.tolist())}, {"box": BOX}),
    "empty lists": ({"point_coords": [], "point_labels": []}, EMPTY),
    "empty lists beside a box": (
        {"point_coords": [], "point_labels": [], "box": BOX},
        {"box": BOX},
    ),
}


@pytest.mark.parametrize(("prompts", "meant"), MEANT.values(), ids=MEANT)
def test_what_is_meant_is_taken(both, prompts, meant):
    theirs, ours = both
    same(theirs.predict(**meant), ours.predict(**prompts))
    with pytest.raises(Exception):  # noqa: B017  nothing is to be said of how it fails
        theirs.predict(**prompts)


@pytest.fixture
def low(both):
    return both[1].predict(**TWO, multimask_output=False)[2]


MASKS = {
    "float64": lambda low: low.astype(np.float64),
    "float16": lambda low: low.astype(np.float16),
    "integers": lambda low: low.astype(np.int32),
    "bools": lambda low: low > 0,
    "a tensor": torch.from_numpy,
    "in Fortran's order": np.asfortranarray,
    "not contiguous": strided,
}


@pytest.mark.parametrize("form", MASKS.values(), ids=MASKS)
def test_a_mask_in_any_form(both, low, form):
    given = form(low)
    answers = [each.predict(**TWO, mask_input=given) for each in both]
    same(*answers)


@pytest.mark.parametrize("form", [read_only, lambda low: low[:, ::-1, ::-1].copy()[:, ::-1, ::-1]])
def test_a_mask_that_torch_would_grumble_at(both, low, form):
    same(both[0].predict(**TWO, mask_input=low), both[1].predict(**TWO, mask_input=form(low)))


def test_a_mask_in_lists(both, low):
    same(both[0].predict(mask_input=low), both[1].predict(mask_input=low.tolist()))


def placed(predictor, count, kind=torch.float32):
    """B prompts of two points, a box and a mask in the model's pixels."""
    rng = torch.Generator().manual_seed(count)
    points = torch.rand(count, 2, 2, generator=rng) * 160
    corners = torch.rand(count, 2, 2, generator=rng) * 90
    boxes = torch.cat([corners[:, 0], corners[:, 0] + corners[:, 1] + 9], dim=1)
    masks = 4 * torch.randn(count, 1, 64, 64, generator=rng)
    labels = torch.tensor([1, 0]).repeat(count, 1)
    return {
        "point_coords": points.to(kind), "point_labels": labels, "boxes": boxes.to(kind),
        "mask_input": masks,
    }  # fmt: skip


BATCHES = {
    "points": ("point_coords", "point_labels"),
    "boxes": ("boxes",),
    "masks": ("mask_input",),
    "points and boxes": ("point_coords", "point_labels", "boxes"),
    "all": ("point_coords", "point_labels", "boxes", "mask_input"),
}


@pytest.mark.parametrize("kind", [torch.float32, torch.float64, torch.int64])
@pytest.mark.parametrize("names", BATCHES.values(), ids=BATCHES)
def test_batches_of_tensors(both, names, kind):
    prompts = placed(both[0], 3, kind)
    nothing = {"point_coords": None, "point_labels": None}
    if kind is torch.int64:  # theirs takes whole numbers for nothing but labels
        prompts["boxes"] = prompts["boxes"].float()
        prompts["point_coords"] = prompts["point_coords"].double()
    given = {**nothing, **{name: prompts[name] for name in names}}
    for multimask in (True, False):
        same(*(each.predict_torch(**given, multimask_output=multimask) for each in both))


FORMS_OF_BATCHES = {
    "labels of floats": lambda p: {**p, "point_labels": p["point_labels"].float()},
    "labels of int32": lambda p: {**p, "point_labels": p["point_labels"].int()},
    "points that are none": lambda p: {**p, "point_labels": torch.tensor([[1, -1]] * 3)},
    "boxes as corners": lambda p: {**p, "boxes": p["boxes"].reshape(3, 2, 2)},
    "boxes with an axis more": lambda p: {**p, "boxes": p["boxes"].reshape(3, 1, 4)},
    "one mask for all": lambda p: {**p, "mask_input": p["mask_input"][:1]},
    "no points but boxes": lambda p: {
        **p, "point_coords": p["point_coords"][:, :0], "point_labels": p["point_labels"][:, :0]
    },
    "not contiguous": lambda p: {**p, "point_coords": p["point_coords"].mT.contiguous().mT},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS_OF_BATCHES.values(), ids=FORMS_OF_BATCHES)
def test_forms_of_batches(both, form):
    given = form(placed(both[0], 3))
    same(*(each.predict_torch(**given) for each in both))


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda each: pickle.loads(pickle.dumps(each)),
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_predictor_is_copied_with_its_image(both, coffee, copied):
    theirs, ours = both
    wanted = theirs.predict(**TWO)
    again = copied(ours)
    same(wanted, again.predict(**TWO))
    again.reset_image()
    assert ours.is_image_set
    same(wanted, ours.predict(**TWO))
    again.set_image(coffee)
    same(wanted, again.predict(**TWO))
    assert (again.model is ours.model) == (copied is copy.copy)


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_an_empty_predictor_a_model_and_a_generator_are_copied(both, pair, coffee, copied):
    again = copied(SamPredictor(pair[1]))
    again.set_image(coffee)
    same(both[0].predict(**TWO), again.predict(**TWO))
    sam = copied(pair[1])
    assert sam.state_dict().keys() == pair[0].state_dict().keys()
    generator = copied(SamAutomaticMaskGenerator(pair[1], points_per_side=3))
    assert generator.pred_iou_thresh == 0.88
    assert len(generator.point_grids[0]) == 9


# What no number is, and what no place is: one sentence that says what is taken.
REFUSED = {
    "text for points": (
        {"point_coords": "10, 20", "point_labels": [1]},
        "point_coords is an array, .* not text",
    ),
    "text for a box": (
        {"box": "0 0 9 9"},
        "box is an array, a tensor or a list of numbers, not text",
    ),
    "bytes": ({"box": b"0123"}, "box is .* not text"),
    "numbers in text": ({"box": ["0", "0", "9", "9"]}, "box is .* not of text"),
    "a dictionary": ({"box": {"x": 1}}, "box is .* not of dict"),
    "a set": ({"box": {1, 2, 3, 4}}, "box is .* not of set"),
    "an object": ({"box": object()}, "box is .* not of object"),
    "None inside": ({"box": [0, 0, None, 9]}, "box is .* not of list"),
    "complex": ({"box": BOX + 1j}, "box is .* not of ndarray"),
    "a complex tensor": ({"box": torch.tensor(BOX) + 1j}, "box holds real numbers"),
    "ragged": (
        {"point_coords": [[1, 2], [3]], "point_labels": [1, 1]},
        "point_coords is no array of numbers",
    ),
    "one point's two numbers": (
        {"point_coords": [10, 20], "point_labels": [1]},
        r"point_coords has the shape .* not \(2,\)",
    ),
    "points without labels": ({"point_coords": POINTS}, "point_labels come together"),
    "a label that is no number": (
        {"point_coords": POINTS, "point_labels": [1, np.nan]},
        "point_labels holds",
    ),
    "a label in text": (
        {"point_coords": POINTS[:1], "point_labels": ["1"]},
        "point_labels is .* not of text",
    ),
    "half a label": ({"point_coords": POINTS, "point_labels": [1, 0.5]}, "A label is 1 .* not 0.5"),
    "an array for a yes": (
        {**ONE, "multimask_output": POINTS},
        "multimask_output is True or False, not array",
    ),
    "a tensor for a yes": (
        {**ONE, "return_logits": torch.ones(2)},
        "return_logits is True or False, not tensor",
    ),
    "a mask without end": (
        {"mask_input": np.full((1, 64, 64), np.inf)},
        "mask_input holds a number that is not a finite",
    ),
    "zero boxes": (
        {"box": np.zeros((0, 4))},
        r"box has the shape .* not \(0, 4\): .* leave it out",
    ),
    "zero masks": (
        {"mask_input": np.zeros((0, 1, 64, 64))},
        r"mask_input has the shape .* not \(0, 1, 64, 64\)",
    ),
}


@pytest.mark.parametrize(("prompts", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_prompt_is_said(both, prompts, sentence):
    with pytest.raises(SamError, match=sentence) as caught:
        both[1].predict(**prompts)
    assert "\n" not in str(caught.value)


COUNTS = ("points_per_side", "points_per_batch", "crop_n_layers", "crop_n_points_downscale_factor")
MEASURES = (
    "pred_iou_thresh", "stability_score_thresh", "stability_score_offset", "box_nms_thresh",
    "crop_nms_thresh", "crop_overlap_ratio",
)  # fmt: skip
NO_MEASURE = [None, "0.5", b"1", np.nan, np.inf, -np.inf, -0.1, True, [0.5], 1j, ...]
NO_COUNT = [*NO_MEASURE, 1.5, 8.0, np.float64(4), -1]


@pytest.mark.parametrize("value", NO_COUNT, ids=repr)
@pytest.mark.parametrize("name", COUNTS)
def test_a_search_refuses_what_is_no_count(pair, name, value):
    said = "either points_per_side or" if (name, value) == (COUNTS[0], None) else f"{name} is a"
    for made in (Search, lambda **own: SamAutomaticMaskGenerator(pair[1], **own)):
        with pytest.raises(SamError, match=said):
            made(**{name: value})


@pytest.mark.parametrize("value", NO_MEASURE, ids=repr)
@pytest.mark.parametrize("name", [*MEASURES, "min_mask_region_area"])
def test_a_search_refuses_what_is_no_measure(pair, name, value):
    made = [lambda **own: SamAutomaticMaskGenerator(pair[1], **own)]
    made += [Search] if name in MEASURES else []
    for each in made:
        with pytest.raises(SamError, match=f"{name} is a number of at least 0, not "):
            each(**{name: value})


TAKEN_MEASURES = [0, 1, 0.5, 1.5, np.float32(0.5), np.int64(1), np.array(0.25), torch.tensor(0.75)]


@pytest.mark.parametrize("value", TAKEN_MEASURES, ids=repr)
@pytest.mark.parametrize("name", MEASURES)
def test_a_search_takes_every_number(reference, pair, name, value):
    assert getattr(Search(**{name: value}), name) == float(value)
    theirs = reference.SamAutomaticMaskGenerator(pair[0], **{name: value})
    ours = SamAutomaticMaskGenerator(pair[1], **{name: value})
    assert getattr(ours, name) == getattr(theirs, name)


@pytest.mark.parametrize("value", [3, np.int32(3), np.uint8(3), torch.tensor(3)], ids=repr)
@pytest.mark.parametrize("name", COUNTS)
def test_a_search_takes_every_count(name, value):
    assert getattr(Search(**{name: value}), name) == 3


def test_a_setting_that_is_changed_is_looked_at_before_the_work(pair, coffee, monkeypatch):
    generator = SamAutomaticMaskGenerator(pair[1], points_per_side=2)
    generator.pred_iou_thresh = None
    monkeypatch.setattr(generator.predictor, "encode", lambda _: pytest.fail("encoded"))
    with pytest.raises(SamError, match="pred_iou_thresh is a number"):
        generator.generate(coffee)


@pytest.mark.parametrize("grids", ["text", 5, {"a": 1}, [np.zeros((2, 3))], [["a"]]], ids=repr)
def test_grids_that_are_none_are_said(pair, grids):
    with pytest.raises(SamError, match="point_grids"):
        Search(None, point_grids=grids)
