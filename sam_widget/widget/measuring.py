"""Measuring: what Python reads of all objects as numbers: a table, sizes with intervals."""

from __future__ import annotations

import math
import zlib
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.document.records import Corners, Point, Prompt, Stroke, Window
from sam_widget.progress import progress_bar
from sam_widget.segment.answers.worker import Lane

from . import acts
from .measurement import Measurement, Scale, Seen, measured
from .tables import frame
from .watched import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from sam_widget.masks import Mask

    from .desk import Desk
    from .finished import Finished
    from .outcome import Outcome

TRIES = 8  # times that an object's clicks are jittered
COLUMNS = (
    *("id", "label", "parent", "accepted", "locked", "hidden", "area", "box"),
    *("predicted_iou", "stability_score", "candidate", "clicks", "seconds", "pixels_by_hand"),
    *("model", "fingerprint", "stage"),
)


class Measuring(Watched):
    """A widget whose objects are numbers, too."""

    _desk: Desk | None

    @property
    def objects_df(self) -> Any:
        """``w.objects`` as a pandas.DataFrame, one row an object, numbered as in the page.

        ``id``, ``label``, ``parent`` (the id of what it is a part of), ``accepted``, ``locked``
        against change, ``hidden``, ``area`` in pixels, ``box`` (x0, y0, x1, y1, half open),
        ``predicted_iou`` and ``stability_score`` (0..1), ``candidate`` (0, 1, 2), ``clicks``,
        ``seconds`` until it was accepted, ``pixels_by_hand``, ``model``, ``fingerprint``,
        ``stage``. SamError where pandas is missing.
        """
        hidden = set(self.hidden)
        rows = []
        for each in self.outcome.objects:
            made = vars(each.made) if each.made else {}
            own = {
                "id": each.id,
                "label": each.label,
                "parent": each.parent,
                "accepted": each.locked,
                "locked": each.protected,
                "hidden": each.id in hidden,
                "area": each.area,
                "box": each.box,
                "predicted_iou": each.predicted_iou,
                "stability_score": each.stability_score,
            }
            rows.append(made | own)
        table = frame(rows, COLUMNS)
        table.index = table.index + 1
        return table

    def measure(
        self,
        unit: str | None = None,
        scale: str | float | None = None,
        *,
        jitter: float = 3.0,
        progress: bool = True,
    ) -> Measurement:
        """Count and measure all objects, each value with how far it may be off, and wait.

        Each value comes with two intervals: of the model's three candidates (which says how
        ambiguous the clicks are), and of masks that the model draws when the object's clicks, boxes
        and strokes lie up to ``jitter`` pixels beside, eight times, always the same (which says how
        much hangs on the hand). What was done by hand is done to these too. To stop, interrupt.

        Parameters
        ----------
        unit : str, optional
            Such as "mm"; then ``scale`` is the length of a pixel's side in it.
        scale : str or float, optional
            Or both at once: "0.5 um" for a pixel's side, "100 px = 5 mm".
        jitter : float
            How far clicks are moved at the most, in pixels, over 0; with 0 they are not.
        progress : bool
            Whether to show a bar.

        Returns
        -------
        Measurement

        Raises
        ------
        MeasureError, EditError
            An argument is none of these; the widget is closed.
        CheckpointError, AnswerError
            The model cannot be had, or failed.
        """
        given = Scale.of(unit, scale)
        far = acts.number(jitter, "jitter")
        desk = self._check_open()
        desk.wait(None)
        outcome = desk.outcome
        things = [each for each in outcome.finished if outcome.document.prompts_of(each.thing.id)]
        tries = TRIES if far > 0 else 0
        with _bar(len(things) * tries, progress) as bar:
            seen = [self._seen(outcome, each, far, tries, bar) for each in outcome.finished]
        return measured(seen, given)

    def _seen(self, outcome: Outcome, each: Finished, far: float, tries: int, bar: Any) -> Seen:
        thing = each.thing
        mask = outcome.mask_of(thing)
        if each.answer is None:
            return Seen(thing.id, thing.label, mask)
        drawn = [outcome.candidate(one.blob) for one in each.answer.candidates]
        prompts = outcome.document.prompts_of(thing.id)
        index = each.answer.candidates.index(each.candidate) if each.candidate else 0
        clicked = []
        for beside in _jittered(prompts, mask.size, far, tries):
            clicked.append(self._asked(beside, index, thing.threshold))
            bar.update()
        return Seen(
            *(thing.id, thing.label, mask),
            tuple(outcome.corrected(one, each) for one in drawn),
            tuple(outcome.corrected(one, each) for one in clicked),
        )

    def _asked(self, prompts: tuple[Prompt, ...], index: int, cut: float) -> Mask:
        """Ask the model beside the document, on its own thread, and wait."""
        desk = self._check_open()
        done, found = Event(), list[Any]()

        def ask() -> None:
            try:
                said = desk.ask(prompts).cut(cut)
                found.append(said.mask(min(index, len(said.scores) - 1)))
            except BaseException as error:  # noqa: BLE001  raised where it is waited for
                found.append(error)
            finally:
                done.set()

        desk.executor.submit(ask, Lane.LONG)
        desk.executor.help()
        while not done.wait(0.05):
            desk.executor.help()
        if isinstance(found[0], BaseException):
            raise found[0]
        mask: Mask = found[0]
        return mask

    def _check_open(self) -> Desk:
        raise NotImplementedError


def _jittered(
    prompts: tuple[Prompt, ...], size: tuple[int, int], far: float, tries: int
) -> Iterator[tuple[Prompt, ...]]:
    """Yield the same prompts some pixels beside; the same for the same prompts."""
    said = repr([each.places() for each in prompts]).encode()
    random = np.random.default_rng(zlib.crc32(said))
    for _ in range(tries):
        yield tuple(_beside(each, size, far, random) for each in prompts)


def _beside(prompt: Prompt, size: tuple[int, int], far: float, random: Generator) -> Prompt:
    """Return a prompt whose places lie up to so far away; of a mask or a window, itself."""

    def step() -> tuple[float, float]:
        away, angle = far * math.sqrt(random.random()), random.uniform(0, 2 * math.pi)
        return away * math.cos(angle), away * math.sin(angle)

    def near(x: float, y: float) -> tuple[float, float]:
        dx, dy = step()
        return min(max(x + dx, 0.0), size[0]), min(max(y + dy, 0.0), size[1])

    if isinstance(prompt, Point):
        x, y = near(prompt.x, prompt.y)
        return replace(prompt, x=x, y=y)
    if isinstance(prompt, Corners) and not isinstance(prompt, Window):
        (x0, y0), (x1, y1) = near(prompt.x0, prompt.y0), near(prompt.x1, prompt.y1)
        return replace(prompt, x0=x0, y0=y0, x1=x1, y1=y1) if x0 < x1 and y0 < y1 else prompt
    if isinstance(prompt, Stroke):
        path = np.array(prompt.path).reshape(-1, 2) + step()
        return replace(prompt, path=tuple(path.clip(0, size).ravel().tolist()))
    return prompt


def _bar(total: int, progress: bool) -> Any:
    tqdm = progress_bar()

    return tqdm(total=total, desc="clicks beside", disable=not progress or not total, leave=False)
