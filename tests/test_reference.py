"""The API reference: built by one command, complete, and readable without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sam_widget

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
BORROWED = ("build_sam", "sam_model_registry")  # told by the predictor's page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reference")
    config = ROOT / "examples" / "reference" / "mkdocs.yml"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(folder)]
    quiet = {"NO_MKDOCS_2_WARNING": "1", "MPLBACKEND": "agg"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | quiet
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return {path.stem: path.read_text() for path in folder.glob("*.html")}


def test_every_public_name_has_its_place(pages: dict[str, str]) -> None:
    told = set(re.findall(r'id="sam_widget\.([\w.]+)"', " ".join(pages.values())))
    for name in [*sam_widget.__all__, "fine_tune", "retrain", "explain"]:
        if not name.startswith(BORROWED):
            home = getattr(sam_widget, name).__module__.removeprefix("sam_widget.")
            assert f"{home}.{name}" in told


def test_the_examples_ran(pages: dict[str, str]) -> None:
    begin = re.sub(r"<[^>]+>", "", pages["index"])
    assert len(re.findall(r"predicted IoU 0\.\d\d", begin)) == 3
    assert "torch.Size([1, 8, 4, 2304])" in begin
    assert 'src="data:image/png;base64,' in pages["index"]


def test_nothing_is_fetched_from_elsewhere(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        fetched = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:[^"]+)', page)
        assert not fetched, name
