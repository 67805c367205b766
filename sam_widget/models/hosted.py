"""Networks that ``transformers`` runs, told by the config.json beside their weights. Runs none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONFIG = "config.json"
PROCESSORS = ("processor_config.json", "preprocessor_config.json")  # the newer one first
LARGEST = 2**22  # bytes of such a file
CLASSES = {
    "sam2": "Sam2Model",
    "sam2_video": "Sam2Model",
    "sam_hq": "SamHQModel",
    "edgetam": "EdgeTamModel",
    "edgetam_video": "EdgeTamModel",
    "sam3_tracker": "Sam3TrackerModel",
    "sam3_tracker_video": "Sam3TrackerModel",
    "sam3_video": "Sam3TrackerModel",
}
"""A configuration's ``model_type`` -> the class of ``transformers`` that answers prompts with it.

The published files are of networks that follow things through videos, and hold these.
"""


def class_of(config: Path) -> str | None:
    """Return the class that a config.json is of; None where it is not one of these."""
    kind = settings(config).get("model_type")
    return CLASSES.get(kind) if isinstance(kind, str) else None


def with_config(weights: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files of a model; before them the configuration beside, if it is one of these."""
    config = weights[0].with_name(CONFIG)
    if class_of(config) is None:
        return weights
    beside = (config, *(config.with_name(name) for name in PROCESSORS))
    return (*(path for path in beside if path.is_file()), *weights)


def hosted(files: Sequence[Path]) -> str | None:
    """Return the class of ``transformers`` that ``locate.find``'s files are of, if they are."""
    return class_of(files[0]) if files[0].name == CONFIG else None


def settings(path: Path) -> dict[str, Any]:
    """Return what a JSON file of settings says; nothing where it cannot be read or is none."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
