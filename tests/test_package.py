"""The face of the package: quick to import, complete, and told in one place."""

import json
import subprocess
import sys
from pathlib import Path, PurePath

import pytest
from hatchling.builders.wheel import WheelBuilder

import sam_widget

BORROWED = ("build_sam", "sam_model_registry")  # segment_anything's, told in their room
HEAVY = ("torch", "numpy", "PIL", "IPython", "ipywidgets", "anywidget", "safetensors")


def said_by(code):
    """What a fresh interpreter prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def modules_after(code):
    """The heavy modules that a fresh interpreter has imported after the code."""
    ask = f"import json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    return json.loads(said_by(f"{code}\n{ask}"))


def test_importing_the_package_imports_nothing_heavy():
    assert modules_after("import sam_widget; dir(sam_widget); sam_widget.__version__") == []


@pytest.mark.parametrize("name", ["SamWidget", "read_image", "Mask", "EditError"])
def test_torch_waits_until_it_is_needed(name):
    assert "torch" not in modules_after(f"from sam_widget import {name}")


NAMES = [*sam_widget.__all__, "fine_tune", "retrain", "explain"]


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(BORROWED)])
def test_every_name_is_there_and_says_what_it_is(name):
    value = getattr(sam_widget, name)
    assert name in dir(sam_widget)
    assert value.__module__.startswith("sam_widget.")
    assert value.__doc__


def test_the_registry_has_the_names_of_notebooks_written_for_it():
    registry = sam_widget.sam_model_registry
    assert registry["default"] is sam_widget.build_sam is sam_widget.build_sam_vit_h
    assert registry["vit_b"] is sam_widget.build_sam_vit_b
    assert registry["vit_l"] is sam_widget.build_sam_vit_l
    assert registry["vit_h"] is sam_widget.build_sam_vit_h


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'SamWidgte'"):
        _ = sam_widget.SamWidgte


def test_star_import_brings_what_is_named():
    names = {}
    exec("from sam_widget import *", names)
    assert set(sam_widget.__all__) <= set(names)


def test_training_without_its_packages_says_which_to_install():
    code = """
import sys
sys.modules["scipy"] = None
from sam_widget import *
try:
    from sam_widget import fine_tune
except ImportError as error:
    print(error)
"""
    assert "pip install 'sam_widget[training]'" in said_by(code)


def test_the_wheel_carries_code_weights_and_cards_and_no_training_logs():
    builder = WheelBuilder(str(Path(__file__).parents[1]))
    files = {PurePath(each.distribution_path) for each in builder.recurse_included_files()}
    weights = {path.name for path in files if path.parent.name == "weights"}
    assert weights == {
        "README.md",
        "small.md",
        "small.safetensors",
        "mini.md",
        "mini.safetensors",
        "words.md",
        "words.safetensors",
    }
    others = {path.suffix for path in files if path.parent.name != "weights"}
    assert others == {".py", ".typed", ".js", ".css"}
