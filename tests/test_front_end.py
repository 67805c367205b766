"""The front end: its own checks and tests, and that the committed build is what `js/` builds to."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from pathlib import Path

import pytest

from tests.front_end import need_tools, npm

ROOT = Path(__file__).parents[1]
JS = ROOT / "js"
STATIC = ROOT / "sam_widget" / "widget" / "static"


@pytest.fixture(scope="module")
def tools() -> None:
    """Have the front end's tools installed, as the lock file says."""
    need_tools()


def test_types_and_lint(tools: None) -> None:
    npm("run", "check")


def test_vitest(tools: None) -> None:
    npm("test")


def test_the_committed_build_is_what_js_builds_to(tools: None, tmp_path: Path) -> None:
    npm("run", "build", "--", "--out", str(tmp_path))
    built = {file.name for file in tmp_path.iterdir()}
    committed = {file.name for file in STATIC.iterdir()}
    assert built == committed
    # zlib's own versions pack the same code into other bytes
    differ = [name for name in built if code_of(tmp_path / name) != code_of(STATIC / name)]
    assert not differ, "run `npm run build` in js/ and commit what it writes"


def code_of(file: Path) -> str:
    """Return what a built file says, unpacked where it is packed."""
    text = file.read_text(encoding="utf-8")
    packed = re.search(r'const packed="([^"]*)"', text)
    return text if packed is None else zlib.decompress(b64decode(packed[1]), -15).decode()


def test_the_committed_build_loads_nothing_from_elsewhere() -> None:
    for file in STATIC.iterdir():
        text = code_of(file)
        for word in ("import(", "@import", "XMLHttpRequest", "https://"):
            assert word not in text, f"{file.name}: {word}"
        # of a site's page the standalone module takes the two files that the page names
        assert text.count("fetch(") == (file.name == "standalone.js"), file.name
        addresses = text.count("http://")
        assert addresses == text.count("http://www.w3.org/2000/svg"), file.name


def test_what_unpacks_it_loads_what_it_holds_and_nothing_else() -> None:
    text = (STATIC / "widget.js").read_text(encoding="utf-8")
    assert len(text) < 116_000, "every saved notebook carries it"
    lines = re.sub(r'"[A-Za-z0-9+/=]{1000,}"', '""', text)
    assert re.findall(r"import\([^)]*\)", lines) == ["import(from)"]
    assert re.findall(r"load\((\w+|\"data:[^\"]*\")", lines) == ["url", '"data:text/javascript,"']
    assert "http" not in lines


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (JS / "package-lock.json").read_text(encoding="utf-8")
