"""A real kill of a real process, and the same curve after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sam_widget.training.__main__ import main
from sam_widget.training.run.curves import read_log
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO

SIZES = ["--side", "64", "--photos", "2", "--prompts", "2", "--workers", "0", "--threads", "1"]
WORDS = ["--demo", "--steps", "7", *SIZES, "--corrections", "1", "--mask-rounds", "1"]


def test_a_process_killed_between_two_saves_goes_on_to_the_same_curve(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    words = [*WORDS, "--drop-path", "0.1", "--save-minutes", "0", "--run"]
    run = [sys.executable, "-m", "sam_widget.training", *words, str(folder)]
    with subprocess.Popen(
        run, env=os.environ | {"MPLBACKEND": "Agg"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 200
        while len(read_log(folder)) < 3 and time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()[1].decode()[-2000:]
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    before = len(read_log(folder))
    assert 3 <= before < 7

    main([*words, str(folder)])
    main([*words, str(tmp_path / "whole")])
    lines, expected = read_log(folder), read_log(tmp_path / "whole")
    assert [line["step"] for line in lines] == list(range(1, 8))
    for line, other in zip(lines, expected, strict=True):
        for name in ("loss", "corrected", "gradient", "rate"):
            assert line[name] == pytest.approx(other[name], rel=2e-3), (line["step"], name)
