"""A text engine by its name, hub id or folder; each is loaded once a process. Runs none."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.models.hosted import CONFIG, settings
from sam_widget.paths import as_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .engine import TextEngine

WORDS = "words"
HOMES: Mapping[str, tuple[str, str]] = {
    "grounding-dino": ("grounding_dino", "GroundingDino"),
    "owlv2": ("owlv2", "Owlv2"),
    "clipseg": ("clipseg", "ClipSeg"),
    "sam3": ("sam3", "Sam3"),
    "sam3_video": ("sam3", "Sam3"),
}
"""A configuration's ``model_type`` -> the module and the class that run it."""

HUB: Mapping[str, str] = {
    "grounding-dino": "grounding-dino",
    "owlv2": "owlv2",
    "clipseg": "clipseg",
    "sam3": "sam3",
}
"""What a hub id of theirs has in it -> its ``model_type``."""


def engine_of(given: Any) -> TextEngine:
    """Return the engine of whatever stands for one.

    Parameters
    ----------
    given : str, Path or TextEngine
        "words"; a folder with a config.json, or a hub id such as ``google/owlv2-base-patch16``; an
        engine that is loaded stays as it is.

    Raises
    ------
    SamError
        It is none of these, or cannot be had.
    """
    if isinstance(given, str | Path):
        return _named(str(given))
    if all(hasattr(given, name) for name in ("name", "confidence", "propose")):
        return given  # type: ignore[no-any-return]
    raise SamError(f"A text engine is a name, or has name and propose, not {shown(given)}.")


@cache
def _named(name: str) -> TextEngine:
    if name == WORDS:
        from .words import words  # noqa: PLC0415  torch and an extra

        return words()
    folder = as_path(name)
    if folder.is_dir():
        kind = settings(folder / CONFIG).get("model_type")
        if not isinstance(kind, str) or kind not in HOMES:
            raise SamError(f"{folder} has no config.json of a text engine: {_known()}.")
        return _load(kind, str(folder))
    kinds = [kind for word, kind in HUB.items() if word in name.lower()]
    if "/" not in name or not kinds:
        raise SamError(f"There is no text engine called {shown(name)}: {_known()}.")
    return _load(kinds[0], name)


def _load(kind: str, name: str) -> TextEngine:
    module, of = HOMES[kind]
    engine: TextEngine = getattr(import_module(f".{module}", __package__), of).load(name)
    return engine


def _known() -> str:
    return f"known are {WORDS!r}, and hub ids or folders of Grounding DINO, OWLv2, CLIPSeg, SAM 3"
