"""A picture of 20,000 x 20,000 px is opened, explored and segmented within 1 GiB above the rest."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.slides import RADIUS, giant

ROOT = Path(__file__).resolve().parents[1]
SIDE = 20_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_memory_stays_within_a_gigabyte():
    script = ROOT / "tests" / "benchmarks" / "huge.py"
    done = subprocess.run(
        [sys.executable, script, "--side", str(SIDE), "--model", "mini", "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["above"] < told["most"], told
    assert len(told["areas"]) == 6
    for area in told["areas"][:3]:
        assert 0.7 < area / (np.pi * RADIUS**2) < 1.4
    assert 0.8 < told["areas"][4] / (np.pi * giant(SIDE)[2] ** 2) < 1.2
