"""Loading: torch comes in with patient threads, as many as wanted; the environment stays."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from sam_widget.models.checkpoints import load_model
from sam_widget.segment.compat import SamPredictor
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.everything.find import find_everything
from sam_widget.segment.everything.search import Search
from sam_widget.segment.loaded import loaded, model_of
from sam_widget.segment.precompute import precompute
from sam_widget.widget.desk import NamedModel
from tests.segment.fake import FakeSegmenter

WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            print("during", os.environ.get("OMP_WAIT_POLICY"))

sys.meta_path.insert(0, Watch())
import sam_widget
try:
    {ask}
except ValueError as error:
    pass
print("after", os.environ.get("OMP_WAIT_POLICY"))
"""
BY_NAME = "from sam_widget.segment.loaded import loaded; loaded('no such model')"
FACE = ("find_everything", "SamPredictor")  # whose rooms bring torch as they open


@pytest.mark.parametrize("ask", [BY_NAME, *(f"sam_widget.{name}" for name in FACE)])
@pytest.mark.parametrize(
    ("own", "said"),
    [(None, ["during PASSIVE", "after None"]), ("ACTIVE", ["during ACTIVE", "after ACTIVE"])],
)
def test_threads_wait_without_spinning_unless_the_user_says_so(ask, own, said):
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    if own:
        environment["OMP_WAIT_POLICY"] = own
    ran = subprocess.run(
        [sys.executable, "-c", WATCH.format(ask=ask)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == said


THREADS = """
import numpy as np, torch
from sam_widget.segment.loaded import loaded
from sam_widget.segment.prompts import Prompts
before = torch.get_num_threads(), torch.get_num_interop_threads()
segmenter = loaded("mini")
embedding = segmenter.embed(np.zeros((40, 60, 3), np.uint8))
segmenter.predict(embedding, Prompts(np.array([[20.0, 20.0]], np.float32), np.array([1]))).masks()
print(*before, *(torch.get_num_threads(), torch.get_num_interop_threads()))
"""


@pytest.mark.slow
@pytest.mark.parametrize("threads", ["1", None])
def test_as_many_threads_as_the_user_says(threads):
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    if threads:
        environment["OMP_NUM_THREADS"] = threads
    ran = subprocess.run(
        [sys.executable, "-c", THREADS], env=environment, capture_output=True, text=True, check=True
    )
    before, before_inter, after, after_inter = map(int, ran.stdout.split())
    assert after == before
    assert after_inter == before_inter
    assert threads is None or before == int(threads)


@pytest.fixture(scope="module")
def sam():
    return load_model("mini", "cpu", "float32")


def test_a_name_is_loaded_once_and_a_segmenter_stays_itself():
    assert model_of("mini") is model_of("mini") is loaded("mini")
    for segmenter in (loaded("mini"), FakeSegmenter()):
        assert model_of(segmenter) is segmenter


TAKEN = {
    "model_of": lambda sam, _: model_of(sam).sam is sam,
    "widget": lambda sam, _: NamedModel.of(sam).load(print).sam is sam,
    "precompute": lambda sam, pixels: (
        precompute([pixels], sam, cache=EmbeddingCache(2**28)).made == 1
    ),
    "find_everything": lambda sam, pixels: find_everything(
        sam, pixels, Search(1, pred_iou_thresh=0, stability_score_thresh=0), progress=False
    ),
    "SamPredictor": lambda sam, pixels: SamPredictor(sam).encode(pixels).segmenter.sam is sam,
}


@pytest.mark.parametrize("take", TAKEN.values(), ids=TAKEN)
def test_what_load_model_returns_is_taken(sam, take):
    pixels = np.random.default_rng(5).integers(0, 256, (40, 60, 3), np.uint8)
    assert take(sam, pixels)


REFUSING = {
    "model_of": model_of,
    "widget": NamedModel.of,
    "precompute": lambda given: precompute([], given),
    "find_everything": lambda given: find_everything(given, np.zeros((9, 9, 3), np.uint8)),
    "SamPredictor": SamPredictor,
}


@pytest.mark.parametrize("given", [None, 7, ..., [b"mini"]], ids=repr)
@pytest.mark.parametrize("refuse", REFUSING.values(), ids=REFUSING)
def test_what_is_no_model_is_said(refuse, given):
    kind = type(given).__name__
    with pytest.raises(ValueError, match=f"^The model must be .* not something of type {kind}\\.$"):
        refuse(given)
