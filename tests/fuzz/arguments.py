"""Arguments of every kind in the place of the right ones, through what people call."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from hypothesis import strategies as st

import sam_widget
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from tests.fuzz import odd
from tests.fuzz.rule import attempt
from tests.segment.fake import FakeSegmenter
from tests.widget.page import Quiet

QUICK = sam_widget.Search(points_per_side=2)
PHOTO = np.random.default_rng(0).integers(0, 256, (16, 24, 3), np.uint8)


@cache
def sam() -> Sam:
    """The smallest whole SAM."""
    torch.manual_seed(0)
    encoder = ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32)
    return Sam(encoder, PromptEncoder(64, 32), MaskDecoder(32)).eval()


@cache
def predictor() -> Any:
    """A predictor that has seen the photo."""
    made = sam_widget.SamPredictor(sam())
    made.set_image(PHOTO)
    return made


@cache
def segmenter() -> Any:
    """A model in use."""
    return sam_widget.Segmenter(sam(), "tiny")


@cache
def embedding() -> Any:
    """The photo as the model sees it."""
    return segmenter().embed(PHOTO)


@cache
def widget() -> Any:
    """A widget that shows the photo."""
    return Quiet(PHOTO, FakeSegmenter())


def _to_object(verb: str, **given: Any) -> None:
    """Do something to an object that is there, unless another is asked for."""
    w = widget()
    if not w.objects:
        w.add_point(3, 2)
    there = {"object_id": w.objects[0].id}
    getattr(w, verb)(**{**there, **given})


def _on_a_stroke(verb: str, **given: Any) -> None:
    """Do something to an object by hand."""
    w = widget()
    w.paint((3, 2), 4)
    getattr(w, verb)(**given)


def _set(name: str) -> Callable[[Any], None]:
    return lambda value: setattr(widget(), name, value)


# Each door: what it takes beside what is made here, by name; all of them or some.
DOORS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "SamWidget": (
        lambda **given: Quiet(**given).close(),
        ("image", "model", "height", "theme", "opacity", "layout"),
    ),
    "add_point": (lambda **given: widget().add_point(**given), ("x", "y", "positive")),
    "add_box": (lambda **given: widget().add_box(**given), ("x0", "y0", "x1", "y1", "another")),
    "add_stroke": (
        lambda **given: widget().add_stroke(**given),
        ("points", "width", "positive"),
    ),
    "paint": (lambda **given: widget().paint(**given), ("points", "width")),
    "erase": (lambda **given: _on_a_stroke("erase", **given), ("points", "width")),
    "clean_up": (lambda **given: _on_a_stroke("clean_up", **given), ("islands", "holes")),
    "choose": (lambda **given: widget().choose(**given), ("index",)),
    "reopen": (lambda **given: _to_object("reopen", **given), ("object_id",)),
    "rename": (lambda **given: _to_object("rename", **given), ("object_id", "label")),
    "recolor": (lambda **given: _to_object("recolor", **given), ("object_id", "color")),
    "move": (lambda **given: _to_object("move", **given), ("object_id", "index")),
    "delete": (lambda **given: _to_object("delete", **given), ("object_id",)),
    "wait": (lambda **given: widget().wait(**given), ("timeout",)),
    "image": (_set("image"), ("value",)),
    "height": (_set("height"), ("value",)),
    "tool": (_set("tool"), ("value",)),
    "read_image": (sam_widget.read_image, ("source",)),
    "load_model": (sam_widget.load_model, ("name", "device", "dtype")),
    "Search": (
        sam_widget.Search,
        ("points_per_side", "points_per_batch", "pred_iou_thresh", "stability_score_thresh",
         "stability_score_offset", "box_nms_thresh", "crop_n_layers", "crop_nms_thresh",
         "crop_overlap_ratio", "point_grids"),
    ),
    "SamAutomaticMaskGenerator": (
        lambda **given: sam_widget.SamAutomaticMaskGenerator(sam(), **given),
        ("points_per_side", "pred_iou_thresh", "min_mask_region_area", "output_mode"),
    ),
    "predict": (
        lambda **given: predictor().predict(**given),
        ("point_coords", "point_labels", "box", "mask_input", "multimask_output", "return_logits"),
    ),
    "predict_torch": (
        lambda **given: predictor().predict_torch(
            **{"point_coords": None, "point_labels": None, **given}
        ),
        ("point_coords", "point_labels", "boxes", "mask_input", "multimask_output"),
    ),
    "apply_coords": (
        lambda **given: predictor().transform.apply_coords(**{"original_size": (16, 24), **given}),
        ("coords", "original_size"),
    ),
    "Segmenter.predict": (
        lambda points=(), labels=(), box=None, logits=None: segmenter().predict(
            embedding(), sam_widget.Prompts(points, labels, box, logits)
        ),
        ("points", "labels", "box", "logits"),
    ),
    "Segmenter.embed": (lambda **given: segmenter().embed(**given), ("pixels",)),
    "find_everything": (
        lambda **given: sam_widget.find_everything(
            **{"model": sam(), "image": PHOTO, "search": QUICK, **given},
            progress=False,
        ),
        ("model", "image", "search", "smallest_piece"),
    ),
    "precompute": (
        lambda **given: sam_widget.precompute(**{"model": segmenter(), **given}),
        ("images", "model"),
    ),
}  # fmt: skip
SANE = {
    "x": 3.5,
    "y": 2,
    "x0": 1,
    "y0": 1,
    "x1": 9,
    "y1": 9,
    "index": 0,
    "label": "cup",
    "color": 1,
    "positive": True,
    "point_coords": [[3, 4]],
    "point_labels": [1],
    "points": [[3, 4]],
    "labels": [1],
    "points_per_side": 2,
    "width": 3,
    "box": [1, 1, 9, 9],
    "source": PHOTO,
    "pixels": PHOTO,
    "value": 100,
    "name": "no such model",
    "images": [PHOTO],
    "coords": [[1, 2]],
}
NEEDED = {
    "add_point": ("x", "y"),
    "add_box": ("x0", "y0", "x1", "y1"),
    "add_stroke": ("points", "width"),
    "paint": ("points", "width"),
    "erase": ("points", "width"),
    "choose": ("index",),
    "rename": ("label",),
    "recolor": ("color",),
    "move": ("index",),
    "image": ("value",),
    "height": ("value",),
    "tool": ("value",),
    "read_image": ("source",),
    "load_model": ("name",),
    "Segmenter.embed": ("pixels",),
    "precompute": ("images",),
    "apply_coords": ("coords",),
}


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A door and odd values for one to three of its arguments."""
    door = draw(st.sampled_from(sorted(DOORS)))
    names = DOORS[door][1]
    odd_ones = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    given = {name: SANE[name] for name in NEEDED.get(door, ())}
    near = st.one_of(odd.values, odd.numbers, st.sampled_from(sorted(SANE.values(), key=str)))
    return door, {**given, **{name: draw(near) for name in odd_ones}}


cases = calls()


def holds(case: tuple[str, dict[str, Any]], folder: Path) -> None:
    """An answer or one sentence; and the next one who asks rightly is answered."""
    door, given = case
    attempt(lambda: DOORS[door][0](**given) if door not in ("image", "height", "tool", "read_image")
            else DOORS[door][0](*given.values()))  # fmt: skip
    masks, *_ = predictor().predict(np.array([[3, 4]]), np.array([1]))
    assert masks.shape == (3, 16, 24)
