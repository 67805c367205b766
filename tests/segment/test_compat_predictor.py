"""SamPredictor beside segment_anything's: the same story, the same numbers; and what is ours."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import skimage.data
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget.models.checkpoints import CheckpointError
from sam_widget.models.vit import ViTSize, build_vit
from sam_widget.segment import loaded as home
from sam_widget.segment.cache import EmbeddingCache
from sam_widget.segment.compat import ResizeLongestSide, SamPredictor, registry, sam_model_registry
from sam_widget.segment.segmenter import Segmenter
from tests.segment import twins

POINTS = np.array([[120, 80], [300, 200]])
LABELS = np.array([1, 0])
BOX = np.array([60, 40, 330, 260])


@pytest.fixture(scope="module")
def pair():
    return twins.small_vit()


@pytest.fixture(scope="module")
def coffee():
    return skimage.data.coffee()[::2, ::2].copy()  # 200 x 300


@pytest.fixture
def both(reference, pair, coffee):
    theirs, ours = reference.SamPredictor(pair[0]), SamPredictor(pair[1])
    theirs.set_image(coffee)
    ours.set_image(coffee)
    return theirs, ours


def same(theirs, ours, logits: bool = False) -> None:
    """Compare two answers: masks, scores, low-resolution logits."""
    full, scores, low = (np.asarray(each) for each in ours)
    wanted, wanted_scores, wanted_low = (np.asarray(each) for each in theirs)
    assert full.shape == wanted.shape
    assert full.dtype == wanted.dtype
    assert low.dtype == wanted_low.dtype
    reach = float(np.ptp(wanted_low))
    assert reach > 1, "the weights say nothing"
    assert np.abs(low - wanted_low).max() < 1e-4 * reach
    assert np.abs(scores - wanted_scores).max() < 1e-4
    if logits:
        assert np.abs(full - wanted).max() < 1e-4 * reach
    else:
        assert 0.01 < wanted.mean() < 0.99
        assert np.mean(full != wanted) < 1e-4  # where a logit is 0 but for rounding


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


def test_many_prompts_in_one_call(both):
    _, ours = both
    points = np.array([[[120, 80]], [[30, 40]], [[250, 150]]])
    labels = np.ones((3, 1))
    boxes = np.array([[60, 40, 130, 160], [20, 20, 90, 90], [100, 100, 290, 190]])
    for together, alone in (
        (
            ours.predict(points, labels),
            [ours.predict(*one) for one in zip(points, labels, strict=True)],
        ),
        (ours.predict(box=boxes), [ours.predict(box=box) for box in boxes]),
        (
            ours.predict(points, labels, boxes),
            [ours.predict(*one) for one in zip(points, labels, boxes, strict=True)],
        ),
    ):
        for i, one in enumerate(alone):
            same(one, [each[i] for each in together])
    low = ours.predict(points, labels, multimask_output=False)[2]
    again = ours.predict(points, labels, mask_input=low)
    same(ours.predict(points[1], labels[1], mask_input=low[1]), [each[1] for each in again])


def test_tensors_in_tensors_out(both):
    _, ours = both
    arrays = ours.predict(POINTS, LABELS, BOX)
    tensors = ours.predict(*(torch.from_numpy(each) for each in (POINTS, LABELS, BOX)))
    assert all(isinstance(each, torch.Tensor) for each in tensors)
    assert all(isinstance(each, np.ndarray) for each in arrays)
    for array, tensor in zip(arrays, tensors, strict=True):
        assert np.array_equal(array, tensor.numpy())


def test_several_images(pair, coffee):
    images = [coffee, skimage.data.chelsea()[::3, ::3], skimage.data.astronaut()[::4, ::4]]
    many, one = SamPredictor(pair[1]), SamPredictor(pair[1])
    many.set_image_batch(images)
    points, labels = [POINTS[:1] // (i + 1) for i in range(3)], [LABELS[:1]] * 3
    masks, scores, low = many.predict_batch(points, labels)
    for i, image in enumerate(images):
        one.set_image(image)
        same(one.predict(points[i], labels[i]), (masks[i], scores[i], low[i]))
    with pytest.raises(RuntimeError, match="3 images are set: ask with predict_batch"):
        many.predict(POINTS, LABELS)
    with pytest.raises(ValueError, match="give each of them its prompts"):
        many.predict_batch(points[:2], labels[:2])


def test_an_image_swapped_by_another_thread_is_whole(pair, coffee):
    """Whoever predicts meanwhile gets one of the two images' answers, never a mixture."""
    predictor = SamPredictor(pair[1])
    images = [predictor.encode(coffee), predictor.encode(skimage.data.chelsea()[::2, ::2])]
    expected = []
    for image in images:
        predictor._images = (image,)
        expected.append(predictor.predict(POINTS // 2, LABELS))
    stop = threading.Event()

    def swap():
        while not stop.is_set():
            for image in images:
                predictor._images = (image,)

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: predictor.predict(POINTS // 2, LABELS), range(24)))
    finally:
        stop.set()
        swapper.join()
    assert expected[0][0].shape != expected[1][0].shape
    for answer in answers:
        wanted = next(each for each in expected if each[0].shape == answer[0].shape)
        assert np.allclose(answer[2], wanted[2], atol=1e-4)


def test_embeddings_kept_elsewhere_are_put_back(pair, coffee):
    first, second = SamPredictor(pair[1]), SamPredictor(pair[1])
    first.set_image(coffee)
    second.features = first.features
    assert not second.is_image_set
    second.original_size, second.input_size = first.original_size, first.input_size
    second.is_image_set = True
    same(first.predict(POINTS, LABELS), second.predict(POINTS, LABELS))
    second.is_image_set = False
    with pytest.raises(RuntimeError, match="no image yet"):
        second.predict(POINTS, LABELS)


def test_a_named_models_embedding_is_made_once(monkeypatch, coffee):
    cache = EmbeddingCache(2**28)
    monkeypatch.setattr(home, "shared_cache", lambda: cache)
    first = SamPredictor("mini")
    first.set_image(coffee)
    monkeypatch.setattr(Segmenter, "embed", lambda *_: pytest.fail("encoded twice"))
    second = SamPredictor(first._segmenter)
    second.set_image(coffee)
    assert np.array_equal(first.predict(POINTS, LABELS)[0], second.predict(POINTS, LABELS)[0])


def test_a_model_that_learns_is_asked_anew(coffee):
    torch.manual_seed(0)
    sam = build_vit(ViTSize(32, 1, 2, (0,)), 128).eval().requires_grad_(False)
    predictor = SamPredictor(sam)
    predictor.set_image(coffee)
    before = predictor.predict(POINTS, LABELS)[2]
    sam.mask_decoder.mask_tokens.weight.add_(1)
    predictor.set_image(coffee)
    assert not np.allclose(before, predictor.predict(POINTS, LABELS)[2])


@pytest.mark.parametrize(
    ("act", "error", "sentence"),
    [
        (lambda p: p.predict(POINTS, LABELS), RuntimeError, "call set_image"),
        (lambda p: p.get_image_embedding(), RuntimeError, "call set_image"),
        (lambda p: p.predict_batch([POINTS], [LABELS]), RuntimeError, "call set_image_batch"),
        (lambda p: p.set_image(np.zeros((5, 5), np.uint8)), ValueError, r"not uint8 \(5, 5\)"),
        (lambda p: p.set_image(np.zeros((5, 5, 3))), ValueError, "not float64"),
        (lambda p: p.set_image(np.zeros((5, 5, 3), np.uint8), "HSV"), ValueError, "not 'HSV'"),
        (
            lambda p: p.set_torch_image(torch.zeros(1, 3, 9, 9), (9, 9)),
            ValueError,
            "longer side 256 is needed",
        ),
    ],
)
def test_what_cannot_be_is_said(pair, act, error, sentence):
    with pytest.raises(error, match=sentence):
        act(SamPredictor(pair[1]))


def test_points_come_with_labels(both):
    with pytest.raises(ValueError, match="point_labels come together"):
        both[1].predict(POINTS)


def test_one_prompt_in_the_models_pixels_needs_no_axis_more(both):
    theirs, ours = both
    low = torch.from_numpy(ours.predict(POINTS, LABELS, multimask_output=False)[2])
    points = torch.from_numpy(ours.transform.apply_coords(POINTS, ours.original_size)).float()
    labels = torch.from_numpy(LABELS)
    short = ours.predict_torch(points, labels, mask_input=low)
    same(theirs.predict_torch(points[None], labels[None], mask_input=low[None]), short)


MISFITS = {
    "fewer labels": ({"point_coords": POINTS, "point_labels": LABELS[:1]}, "one label"),
    "no points": (
        {"point_coords": np.zeros((0, 2)), "point_labels": np.zeros(0)},
        r"\(N, 2\) or \(B, N, 2\), not \(0, 2\)",
    ),
    "points in space": (
        {"point_coords": np.zeros((2, 3)), "point_labels": LABELS},
        r"\(N, 2\) or \(B, N, 2\), not \(2, 3\)",
    ),
    "a point nowhere": (
        {"point_coords": np.array([[np.nan, 3.0]]), "point_labels": LABELS[:1]},
        "point_coords holds a coordinate that is not a finite number",
    ),
    "a strange label": (
        {"point_coords": POINTS, "point_labels": np.array([1, 3])},
        "A label is 1 .* not 3",
    ),
    "no boxes": ({"box": np.zeros((0, 4))}, r"\(4,\) or \(B, 4\), not \(0, 4\)"),
    "half a box": ({"box": BOX[:2]}, r"\(4,\) or \(B, 4\), not \(2,\)"),
    "a box without end": (
        {"box": np.array([0, 0, np.inf, 9])},
        "box holds a coordinate that is not a finite number",
    ),
    "a point and two boxes": (
        {"point_coords": POINTS, "point_labels": LABELS, "box": np.stack([BOX, BOX])},
        "equally many prompts, but point_coords has 1, box has 2",
    ),
    "two boxes and a mask": (
        {"box": np.stack([BOX, BOX]), "mask_input": np.zeros((1, 64, 64), np.float32)},
        "box has 2, mask_input has 1",
    ),
    "a mask of another size": (
        {"mask_input": np.zeros((1, 256, 256), np.float32)},
        "64 x 64 logits for this model, .* not 256 x 256",
    ),
    "all three masks": (
        {"mask_input": np.zeros((3, 64, 64), np.float32)},
        r"\(1, h, w\) or \(B, 1, h, w\), not \(3, 64, 64\)",
    ),
}


@pytest.mark.parametrize(("prompts", "sentence"), MISFITS.values(), ids=MISFITS)
def test_prompts_that_do_not_fit_are_said(both, prompts, sentence):
    tensors = {name: torch.from_numpy(each) for name, each in prompts.items()}
    for given_ in (prompts, tensors):
        with pytest.raises(ValueError, match=sentence):
            both[1].predict(**given_)
    rest = {"point_coords": None, "point_labels": None, "boxes": tensors.pop("box", None)}
    with pytest.raises(ValueError, match=sentence):
        both[1].predict_torch(**rest | tensors)


def test_the_registry_has_their_names_and_more(reference):
    assert reference.sam_model_registry.keys() < sam_model_registry.keys()
    assert {"vit_t", "mini"} < sam_model_registry.keys()
    sam = sam_model_registry["mini"]()
    assert sam.to("cpu").device == torch.device("cpu")
    assert (sam.mask_threshold, sam.image_format) == (0.0, "RGB")
    assert not sam.training


def test_the_registry_loads_a_checkpoint_of_its_kind(monkeypatch, tmp_path):
    size = ViTSize(48, 2, 2, (1,))
    monkeypatch.setitem(registry.SIZES, "vit_b", size)
    torch.manual_seed(0)
    sam = build_vit(size, 128)
    torch.save(sam.state_dict(), tmp_path / "sam_vit_b.pth")
    loaded = sam_model_registry["vit_b"](checkpoint=str(tmp_path / "sam_vit_b.pth"))
    for key, value in sam.state_dict().items():
        assert torch.equal(loaded.state_dict()[key], value)
    with pytest.raises(CheckpointError, match="does not hold the weights of a 'vit_l' model"):
        sam_model_registry["vit_l"](checkpoint=tmp_path / "sam_vit_b.pth")
    with pytest.raises(CheckpointError, match="no weights file"):
        sam_model_registry["vit_b"](checkpoint=tmp_path / "none.pth")
