"""Two processes that train one model."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from sam_widget.training.__main__ import main
from sam_widget.training.run.curves import read_log
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.plan import Plan
from sam_widget.training.run.processes import Team, team
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO

RANKS = Path(__file__).with_name("ranks.py")


def torchrun(*words: str | Path) -> str:
    """Start two processes on this machine, as `torchrun` does; return what they printed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launch = ["-m", "torch.distributed.run", "--nproc-per-node", "2"]
    where = ["--master-addr", "127.0.0.1", "--master-port", str(port)]
    done = subprocess.run(
        [sys.executable, *launch, *where, *map(str, words)],
        env=os.environ | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_alone_there_is_nothing_to_share() -> None:
    with team() as us:
        assert us == Team()
        assert us.leads
        assert us.share([3, 4, 5]) == [3, 4, 5]
        assert us.gather("x") == ["x"]
        assert us.follow(1.5) == 1.5


def test_the_photos_of_a_step_are_parted() -> None:
    parts = [Team(rank, 3).share(list(range(7))) for rank in range(3)]
    assert parts == [[0, 3, 6], [1, 4], [2, 5]]


def test_fewer_photos_than_processes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 processes need"):
        Trainer(torch.nn.Linear(1, 1), None, tmp_path, Plan(steps=1, photos=1), team=Team(0, 2))


def test_two_processes_learn_what_one_does(tmp_path: Path) -> None:
    from .ranks import TINY, first_gradient, told

    torchrun(RANKS, tmp_path / "two")
    first_gradient(tmp_path / "one", Team())
    zero, one = (torch.load(told(tmp_path / "two", rank)) for rank in (0, 1))
    alone = torch.load(told(tmp_path / "one", 0))
    assert torch.equal(zero["weights"], one["weights"])
    assert zero["step"] == one["step"] == TINY.steps
    scale = float(alone["gradient"].abs().max())
    torch.testing.assert_close(zero["gradient"], one["gradient"], rtol=0, atol=0)
    torch.testing.assert_close(zero["gradient"], alone["gradient"], rtol=1e-4, atol=1e-5 * scale)
    lines, expected = read_log(tmp_path / "two"), read_log(tmp_path / "one")
    assert [line["step"] for line in lines] == [1, 2, 3]
    for name in ("loss", "one_click", "box"):
        assert lines[0][name] == pytest.approx(expected[0][name], rel=1e-3)


def test_a_run_of_one_process_goes_on_with_two(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    sizes = ["--side", "64", "--photos", "2", "--prompts", "2", "--workers", "0"]
    words = ["--demo", *sizes, "--folder", str(folder)]
    main([*words, "--steps", "2"])
    said = torchrun("-m", "sam_widget.training", *words, "--steps", "3")
    assert said.count("3 steps") == 1
    assert [line["step"] for line in read_log(folder)] == [1, 2, 3]
