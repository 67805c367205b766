"""Loading: torch comes in with patient threads, as many as wanted; the environment stays."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            print("during", os.environ.get("OMP_WAIT_POLICY"))

sys.meta_path.insert(0, Watch())
from sam_widget.segment.loaded import loaded
try:
    loaded("no such model")
except ValueError as error:
    print("after", os.environ.get("OMP_WAIT_POLICY"))
"""


@pytest.mark.parametrize(
    ("own", "said"),
    [(None, ["during PASSIVE", "after None"]), ("ACTIVE", ["during ACTIVE", "after ACTIVE"])],
)
def test_threads_wait_without_spinning_unless_the_user_says_so(own, said):
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    if own:
        environment["OMP_WAIT_POLICY"] = own
    ran = subprocess.run(
        [sys.executable, "-c", WATCH], env=environment, capture_output=True, text=True, check=True
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
