"""The page knows the kernel's fixed sentences by heart: they must be what the kernel says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sam_widget

PACKAGE = Path(sam_widget.__file__).parent
HEARD = PACKAGE.parent / "js" / "src" / "words" / "heard.ts"


def sentences() -> list[str]:
    listed = re.search(r"KERNEL.*?\[\n(.*?)\];", HEARD.read_text(), re.DOTALL)
    assert listed is not None
    return re.findall(r'"(.*)",', listed.group(1))


def texts(path: Path) -> set[str]:
    """Every string of a module; of those with values in them the text, the values as `{model}`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = node.values
            found.add(
                "".join(str(p.value) if isinstance(p, ast.Constant) else "{model}" for p in parts)
            )
    return found


@pytest.fixture(scope="module")
def spoken() -> set[str]:
    rooms = (PACKAGE / name for name in ("widget", "segment", "document", "images"))
    return set().union(*(texts(path) for room in rooms for path in room.rglob("*.py")))


def test_there_are_some() -> None:
    assert "Ready." in sentences()


@pytest.mark.parametrize("sentence", sentences())
def test_the_kernel_says_it(spoken: set[str], sentence: str) -> None:
    assert re.sub(r"\{\w+\}", "{model}", sentence) in spoken
