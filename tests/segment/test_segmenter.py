"""The segmenter with stirred weights: values in, values out, the same from every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from sam_widget.models.mini import build_mini, fuse
from sam_widget.segment.segmenter import Prompts, Segmenter, stability

POINT = Prompts(np.array([[40.5, 30.5]], np.float32), np.array([1]))
BOX = Prompts(box=np.array([10, 10, 80, 60], np.float32))


@pytest.fixture(scope="module")
def segmenter():
    torch.manual_seed(0)
    sam = build_mini(128).eval().requires_grad_(False)
    return Segmenter(fuse(sam), "fresh", "0")


@pytest.fixture(scope="module")
def pixels():
    return np.random.default_rng(0).integers(0, 256, (75, 100, 3), dtype=np.uint8)


def test_three_candidates_the_largest_first(segmenter, pixels):
    prediction = segmenter.predict(segmenter.embed(pixels), POINT)
    assert prediction.logits.shape == (3, 32, 32)
    areas = (prediction.logits > 0).sum((1, 2))
    assert (np.diff(areas) <= 0).all()
    assert prediction.best == int(prediction.scores.argmax())
    assert ((prediction.scores >= 0) & (prediction.scores <= 1)).all()
    for mask in prediction.masks():
        assert mask.size == (100, 75)
        assert mask.to_array().shape == (75, 100)


def test_a_clear_prompt_is_led_by_the_single_mask(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    prediction = segmenter.predict(embedding, BOX)
    single, _ = segmenter.decode(embedding, BOX)
    assert prediction.best == 0
    assert prediction.names[0] == "refined"
    assert np.array_equal(prediction.logits[0], single[0].numpy())


def test_fed_back_logits_change_the_answer(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    before = segmenter.predict(embedding, POINT)
    again = Prompts(POINT.points, POINT.labels, logits=before.logits[0])
    assert not again.ambiguous
    assert not np.allclose(
        segmenter.decode(embedding, again)[0], segmenter.decode(embedding, POINT)[0]
    )


def test_the_same_from_every_thread(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    alone = {id(p): segmenter.predict(embedding, p).logits for p in (POINT, BOX)}
    with ThreadPoolExecutor(4) as pool:
        asked = [POINT, BOX] * 6
        answers = list(pool.map(lambda p: segmenter.predict(embedding, p).logits, asked))
    for prompts, logits in zip(asked, answers, strict=True):
        assert np.allclose(alone[id(prompts)], logits, atol=1e-4)


def test_stability_by_hand():
    logits = torch.tensor([[[2.0, 0.5, -0.5, -2.0]], [[-3.0, -3.0, -3.0, -3.0]]])
    assert stability(logits).tolist() == pytest.approx([1 / 3, 1.0])


def test_the_key_tells_weights_and_input_apart(segmenter):
    other = Segmenter(segmenter.sam, "other name", "1")
    assert other.key != segmenter.key
    assert Segmenter(segmenter.sam, "other name", "0").key == segmenter.key
