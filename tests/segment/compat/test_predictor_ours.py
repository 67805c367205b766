"""What of SamPredictor is ours: many prompts, many images, threads, the cache; what misfits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import skimage.data
import torch

from sam_widget.models.vit import ViTSize, build_vit
from sam_widget.segment import loaded as home
from sam_widget.segment.compat import SamPredictor
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.segmenter import Segmenter
from tests.segment.predictors import BOX, LABELS, POINTS, same


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


MISFITS = {
    "fewer labels": ({"point_coords": POINTS, "point_labels": LABELS[:1]}, "one label"),
    "no prompts of a point": (
        {"point_coords": np.zeros((0, 1, 2)), "point_labels": np.zeros((0, 1))},
        r"\(N, 2\) or \(B, N, 2\), not \(0, 1, 2\): .* leave it out",
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
