"""Loading: torch comes in with patient threads, and the environment stays as it was."""

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
