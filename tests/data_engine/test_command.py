"""The command: a folder annotated, its report, what many would take; refusals in a sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sam_widget.data_engine.command import main
from sam_widget.models.checkpoints import save_sam
from tests.data_engine.folders import results, shoot


@pytest.fixture
def said(tmp_path, tiny, monkeypatch):
    save_sam(tiny, tmp_path / "tiny.safetensors")
    monkeypatch.chdir(tmp_path)
    return ["photos", "--output", "out", "--model", "tiny.safetensors", "--points", "2"]


def test_a_folder_its_report_and_what_many_would_take(said, tmp_path, capsys):
    names = shoot(tmp_path / "photos", 3)
    main([*said, "--report", "report.html", "--images", "1000", "--workers", "2"])
    shown = capsys.readouterr().out
    assert results(tmp_path / "out") == names
    assert "3 of 3 photos in " in shown
    assert "36 masks of 12 points" in shown
    assert "1,000 images at " in shown
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert data["sittings"][0]["settings"]["search"]["points_per_side"] == 2
    main(said)
    assert "0 of them now" in capsys.readouterr().out
    main([*said, "--anew"])
    assert "3 of them now" in capsys.readouterr().out


def test_crops_are_the_papers(said, tmp_path, capsys):
    shoot(tmp_path / "photos", 1)
    main([*said, "--crops", "1"])
    assert "24 masks of 8 points" in capsys.readouterr().out  # 2 x 2, and 1 of each of 4 crops


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--points", "0"], "points_per_side is a whole number from 1 to 1024, not 0"),
        (["--report", "report.pdf"], "as .html or .md, not as 'report.pdf'"),
        (["--scheduler", "tcp://127.0.0.1:1"], "There is no Dask scheduler at tcp://127.0.0.1:1"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(said, tmp_path, capsys, more, sentence):
    shoot(tmp_path / "photos", 1)
    with pytest.raises(SystemExit):
        main([*said, *more])
    assert sentence in capsys.readouterr().err


def test_ctrl_c_stops_it_with_a_sentence_and_the_same_command_goes_on(said, tmp_path, capsys):
    names = shoot(tmp_path / "photos", 60)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "sam_widget.data_engine.annotate", *said]
    env = os.environ | {"PYTHONPATH": root}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and len(results(tmp_path / "out")) < 3:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, heard = process.communicate(timeout=60)
    there = results(tmp_path / "out")
    assert process.returncode == 130
    assert heard.endswith("Stopped. What is written stays; the same command goes on from there.\n")
    assert "Traceback" not in heard
    assert 3 <= len(there) < 60
    main(said)
    assert f"60 of 60 photos in {tmp_path / 'out'}, {60 - len(there)} of them now" in (
        capsys.readouterr().out
    )
    assert results(tmp_path / "out") == names
