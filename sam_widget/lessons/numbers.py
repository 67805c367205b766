"""A student's numbers: clicks, seconds and IoU of each object, as one JSON. Draws nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.arrays import to_array
from sam_widget.errors import SamError, in_short, reason, shown
from sam_widget.segment.loaded import segmenter_of
from sam_widget.segment.prompts import Prompts

from .views.candidates import iou

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FORMAT = 1
ENOUGH = 0.85  # IoU: NoC@85 counts the clicks to it
MOST = 20  # clicks that an object which never gets there counts as, as in the literature


@dataclass(frozen=True)
class Annotated:
    """One object of a student's.

    Attributes
    ----------
    label : str
    clicks : tuple of (float, float, bool)
        x y in the photo, px, and whether on the thing: its points, in order.
    seconds : float or None
        From its first prompt to being accepted.
    predicted_iou : float or None
        Of the mask that was accepted, 0..1: the model's own guess.
    iou : float or None
        With the true mask; None where none is known.
    course : tuple of float
        The IoU after each of its clicks, asked again in order; empty without a true mask.
    """

    label: str
    clicks: tuple[tuple[float, float, bool], ...]
    seconds: float | None
    predicted_iou: float | None
    iou: float | None = None
    course: tuple[float, ...] = ()

    @property
    def noc(self) -> int | None:
        """Clicks to an IoU of 0.85; ``MOST`` where it never came, None without a true mask."""
        if not self.course:
            return None
        return next((n for n, each in enumerate(self.course, 1) if each >= ENOUGH), MOST)


@dataclass(frozen=True)
class Numbers:
    """What a student did on one photo.

    Attributes
    ----------
    student : str
        As the student wants to be called; nothing else of a person is kept.
    photo : str
        The pixels' hash: who worked on the same photo has the same.
    size : tuple of int
        (width, height), px.
    model : str
    objects : tuple of Annotated
    """

    student: str
    photo: str
    size: tuple[int, int]
    model: str
    objects: tuple[Annotated, ...]

    def save(self, path: str | Path) -> Path:
        """Write it as JSON; SamError where it cannot be."""
        path = Path(path)
        said = {"sam_widget": "numbers", "format": FORMAT} | asdict(self)
        try:
            path.write_text(json.dumps(said, indent=1, ensure_ascii=False), "utf-8")
        except OSError as error:
            raise SamError(f"{path} cannot be written: {reason(error)}.") from error
        return path

    @classmethod
    def read(cls, path: str | Path) -> Numbers:
        """Read what ``save`` wrote.

        Raises
        ------
        SamError
            It cannot be read, or is no such file: one sentence.
        """
        path = Path(path)
        try:
            told = json.loads(path.read_text("utf-8"))
            ours = told["sam_widget"] == "numbers" and told["format"] == FORMAT
            objects = tuple(_object(each) for each in told["objects"])
            width, height = map(int, told["size"])
            texts = {name: str(told[name]) for name in ("student", "photo", "model")}
        except OSError as error:
            raise SamError(f"{path} cannot be read: {reason(error)}.") from error
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise SamError(f"{path.name} holds no numbers: {in_short(error)}.") from error
        if not ours:
            raise SamError(f"{path.name} holds no numbers of this format.")
        return cls(**texts, size=(width, height), objects=objects)


def numbers(w: Any, student: str, truths: Mapping[str, Any] | None = None) -> Numbers:
    """Collect what a widget's history tells of the objects on its photo.

    Parameters
    ----------
    w : SamWidget
        Its photo's accepted objects are counted.
    student : str
        How the student is called in the class's table.
    truths : mapping, optional
        A true mask (H, W) for each label; objects of these labels get an IoU, and a course of it
        over their clicks, for which the model is asked again.

    Raises
    ------
    SamError
        There is no photo, or a true mask is of another size.
    """
    told = w.history
    width, height = told["image"]["width"], told["image"]["height"]
    masks = {label: _true(label, mask, (height, width)) for label, mask in (truths or {}).items()}
    accepted = {each.id: each for each in w.objects}
    seconds = _seconds(told["steps"])
    objects = []
    for key, region in accepted.items():
        points = tuple(
            (float(each.x), float(each.y), bool(each.positive))
            for each in region.prompts
            if hasattr(each, "positive") and hasattr(each, "x")
        )
        truth = masks.get(region.label)
        predicted = region.predicted_iou
        objects.append(
            Annotated(
                region.label,
                points,
                seconds.get(key),
                None if predicted is None else float(predicted),
                None if truth is None else iou(region.array(), truth),
                () if truth is None else _course(w, points, truth),
            )
        )
    name = told["model"]["name"]
    return Numbers(str(student), told["image"]["pixels"], (width, height), name, tuple(objects))


def _seconds(steps: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the seconds from each object's first prompt to its last being accepted."""
    began: dict[str, float] = {}
    took: dict[str, float] = {}
    for step in steps:
        for key, record in step.get("edit", {}).get("put", {}).items():
            if record.get("type") != "object":
                continue
            began.setdefault(key, step["at"])
            if record.get("locked"):
                took[key] = round(step["at"] - began[key], 3)
    return took


def _true(label: str, mask: Any, shape: tuple[int, int]) -> NDArray[np.bool_]:
    array = to_array(mask.to_array() if hasattr(mask, "to_array") else mask)
    if array.shape != shape:
        given = " x ".join(map(str, array.shape[::-1]))
        raise SamError(
            f"The true mask of {shown(label)} is of {given} px, and the photo of"
            f" {shape[1]} x {shape[0]}."
        )
    return array.astype(bool)


def _course(
    w: Any, points: Sequence[tuple[float, float, bool]], truth: NDArray[np.bool_]
) -> tuple[float, ...]:
    """Ask again, click by click, the mask so far going in with the next, as the widget does."""
    segmenter = segmenter_of(w.model)
    embedding = segmenter.embed(w.image)
    before, course = None, []
    for count in range(1, len(points) + 1):
        some = points[:count]
        said = segmenter.predict(
            embedding,
            Prompts(
                np.array([each[:2] for each in some], np.float32),
                np.array([each[2] for each in some], np.int64),
                logits=before,
            ),
        )
        before = said.logits[said.best]
        course.append(iou(said.mask(said.best).to_array(), truth))
    return tuple(course)


def _object(told: Mapping[str, Any]) -> Annotated:
    def share(value: Any) -> float | None:
        return None if value is None else float(value)

    return Annotated(
        str(told["label"]),
        tuple((float(x), float(y), bool(on)) for x, y, on in told["clicks"]),
        share(told["seconds"]),
        share(told["predicted_iou"]),
        share(told["iou"]),
        tuple(float(each) for each in told["course"]),
    )
