"""Steps of the two-way decoder switched off: what is left, for whom, and nothing afterwards."""

from threading import Thread

import numpy as np
import pytest
import torch

from sam_widget import Prompts, SamError, Segmenter, trace
from sam_widget.models.attention import Placed
from sam_widget.models.mini import build_mini
from sam_widget.segment.overheard import listened
from sam_widget.segment.switches import WHERE, steps, switched_off
from tests.reference import stirred

PHOTO = np.random.default_rng(0).integers(0, 256, (40, 64, 3), np.uint8)
POINT = Prompts(np.array([[30.5, 20.5]], np.float32), np.array([1]))


@pytest.fixture(scope="module")
def asked():
    torch.manual_seed(0)
    sam = build_mini(64).eval()
    stirred(sam)
    segmenter = Segmenter(sam, "mini")
    return segmenter, segmenter.embed(PHOTO)


def test_the_steps_are_the_paper_s_in_order(asked):
    kinds = ("self_attn", "cross_attn_token_to_image", "cross_attn_image_to_token")
    blocks = [f"layers.{block}.{kind}" for block in range(2) for kind in kinds]
    assert steps(asked[0].sam) == (*blocks, "final_attn_token_to_image")


@pytest.mark.parametrize("number", range(7))
def test_a_step_that_is_off_leaves_what_it_was_given_and_nothing_stays(asked, number):
    segmenter, embedding = asked
    name = steps(segmenter.sam)[number]
    before = segmenter.predict(embedding, POINT)
    with switched_off(segmenter, [name]), trace(segmenter) as heard:
        off = segmenter.predict(embedding, POINT)
    step = heard[WHERE + name]
    if name == "layers.0.self_attn":
        assert torch.equal(step.value, step.given[0])
    elif isinstance(step.given[0], Placed):
        assert torch.equal(step.value, step.given[0].pixels.expand_as(step.value))
    else:
        assert not step.value.any()
    assert not np.array_equal(off.logits, before.logits)
    np.testing.assert_array_equal(segmenter.predict(embedding, POINT).logits, before.logits)


def test_other_threads_keep_all_steps_and_are_not_heard(asked):
    segmenter, embedding = asked
    before = segmenter.predict(embedding, POINT)
    others = []

    def ask():
        theirs = Thread(target=lambda: others.append(segmenter.predict(embedding, POINT)))
        ours = segmenter.predict(embedding, POINT)
        theirs.start()
        theirs.join()
        return ours

    said, heard, without = listened(segmenter, ask, frozenset(steps(segmenter.sam)[:2]))
    np.testing.assert_array_equal(said.logits, before.logits)
    for each in others:
        np.testing.assert_array_equal(each.logits, before.logits)
    row = heard["mask_decoder.product"].array()[0]
    assert abs(row[:, None] - without.logits[None]).max((2, 3)).min(0).max() == 0
    assert not np.array_equal(without.logits, said.logits)


def test_a_step_that_is_none_is_said(asked):
    with (
        pytest.raises(SamError, match="no step 'layers"),
        switched_off(asked[0], ["layers.7"]),
    ):
        pass
