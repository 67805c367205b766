"""What a process held at the most is its own, not its parent's."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from tests.memory import peak

ROOT = Path(__file__).resolve().parents[1]


def test_a_large_parent_is_not_counted():
    held = np.ones(400 * 2**20, np.uint8)
    told = subprocess.run(
        [sys.executable, "-c", "from tests.memory import peak; print(peak())"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert held.nbytes < peak()
    assert int(told.stdout) < 200 * 2**20
