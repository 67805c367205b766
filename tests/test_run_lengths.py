"""COCO's text of run lengths: pycocotools' to the letter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycocotools import mask as coco_mask

from sam_widget import Mask
from sam_widget.run_lengths import MaskError, run_lengths, text_of

counts = st.lists(st.integers(1, 2**31), min_size=1, max_size=12)


@given(counts, st.booleans())
def test_it_is_what_pycocotools_writes(lengths, begins_on):
    lengths = [0, *lengths] if begins_on else lengths
    total = sum(lengths)
    plain = {"size": [total, 1], "counts": lengths}
    if total < 2**32:
        assert text_of(lengths).encode() == coco_mask.frPyObjects(plain, total, 1)["counts"]
    assert run_lengths(text_of(lengths)) == lengths


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_mask_is_pycocotools_own(height, width, seed):
    array = np.random.default_rng(seed).random((height, width)) < 0.5
    theirs = coco_mask.encode(np.asfortranarray(array.astype(np.uint8)))
    ours = Mask.from_array(array).to_coco_text()
    assert ours == {"size": theirs["size"], "counts": theirs["counts"].decode()}
    assert Mask.from_coco(theirs) == Mask.from_array(array)


@given(st.text("0123456789PQ_`abo", max_size=30))
def test_any_text_is_numbers_or_a_sentence(text):
    try:
        found = run_lengths(text)
    except MaskError:
        return
    assert run_lengths(text_of(found)) == found


def test_steps_without_end_are_refused():
    with pytest.raises(MaskError, match="larger than any picture"):
        run_lengths("oooooooooo?" * 3)
