"""The front end's tools: Node, and what `npm ci` brings. Installed once, by whichever test asks."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

JS = Path(__file__).parents[1] / "js"
NODE = (20, 19)


def npm(*words: str) -> None:
    """Run npm in js/; what it printed is the failure's text."""
    done = subprocess.run(
        ["npm", *words], cwd=JS, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        pytest.fail(f"npm {' '.join(words)}\n{done.stdout}\n{done.stderr}", pytrace=False)


def need_tools() -> None:
    """Have the tools installed, as the lock file says; where they cannot be, skip (in CI: fail)."""
    missing = _node()
    if missing is not None and os.environ.get("CI"):
        pytest.fail(f"{missing}: in CI the front end must be built and tested")
    if missing is not None:
        pytest.skip(missing)
    with FileLock(JS / ".npm-ci.lock"):  # tests run in two processes
        installed = JS / "node_modules" / ".package-lock.json"
        lock = JS / "package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            npm("ci")


@cache
def _node() -> str | None:
    """Why Node cannot be used here, or None."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "there is no Node (node and npm) on the PATH"
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    if version < NODE:
        return f"Node is {said.strip()}, the front end's tools need v{NODE[0]}.{NODE[1]} or later"
    return None
