"""A class's numbers: a folder of students' files, joined, as a table, curves and a heat map."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.errors import SamError

from .marks import Picture, heat
from .numbers import Annotated, Numbers
from .speech import say
from .stage import Frame, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

BINS = 10  # of the predicted IoU, for its calibration
BLUR = 12.0  # px of the stage: how far a click warms its surroundings
WIDTH = 480


@dataclass(frozen=True)
class Classroom:
    """The numbers of a class.

    Attributes
    ----------
    students : tuple of Numbers
        In the order of their names.
    failed : tuple of str
        A sentence for each file that could not be read.
    """

    students: tuple[Numbers, ...]
    failed: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: str | Path) -> Classroom:
        """Read all ``.json`` of a folder; what cannot be read is told, and stops nothing.

        Raises
        ------
        SamError
            There is no such folder.
        """
        folder = Path(folder)
        if not folder.is_dir():
            raise SamError(f"There is no folder at {folder}.")
        students, failed = [], []
        for file in sorted(folder.glob("*.json")):
            try:
                students.append(Numbers.read(file))
            except SamError as error:
                failed.append(str(error))
        return cls(tuple(sorted(students, key=lambda each: each.student)), tuple(failed))

    @property
    def objects(self) -> tuple[Annotated, ...]:
        """Of all students."""
        return tuple(one for each in self.students for one in each.objects)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the table's rows, a student each: objects, clicks, seconds, NoC@85, IoU."""
        for each in self.students:
            things = each.objects
            yield (
                each.student,
                str(len(things)),
                _mean([len(one.clicks) for one in things]),
                _mean([one.seconds for one in things]),
                _mean([one.noc for one in things]),
                _mean([one.iou for one in things]),
            )

    def _repr_html_(self) -> str:
        heads = (
            say("student", "학생"),
            say("objects", "개체"),
            say("clicks an object", "개체마다 클릭"),
            say("seconds an object", "개체마다 초"),
            "NoC@85",
            "IoU",
        )
        head = "".join(f"<th>{each}</th>" for each in heads)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows()
        )
        failed = "".join(f"<p>{escape(each)}</p>" for each in self.failed)
        return f"<table><tr>{head}</tr>{rows}</table>{failed}"

    def calibration(self) -> tuple[tuple[tuple[float, float, int], ...], float]:
        """Return how the predicted IoU compares with the measured one, and the error of it.

        Returns
        -------
        tuple of (float, float, int)
            Of each tenth in which there is an object: mean predicted IoU, mean IoU, how many.
        float
            The expected calibration error: their mean difference, weighted by how many; NaN where
            no object has both.
        """
        pairs = [
            (one.predicted_iou, one.iou)
            for one in self.objects
            if one.predicted_iou is not None and one.iou is not None
        ]
        bins = []
        for number in range(BINS):
            here = [pair for pair in pairs if min(int(pair[0] * BINS), BINS - 1) == number]
            if here:
                predicted, measured = (mean(each) for each in zip(*here, strict=True))
                bins.append((predicted, measured, len(here)))
        if not pairs:
            return (), float("nan")
        error = sum(abs(p - m) * count for p, m, count in bins) / len(pairs)
        return tuple(bins), error

    def figure(self) -> Figure:
        """Draw IoU against clicks, a line an object and their mean; and the calibration."""
        from matplotlib.figure import Figure  # noqa: PLC0415  an extra, heavy

        figure = Figure((8, 3), layout="tight")
        left, right = figure.subplots(1, 2)
        courses = [one.course for one in self.objects if one.course]
        for course in courses:
            left.plot(range(1, len(course) + 1), course, color="#94a3b8", linewidth=1)
        if courses:
            most = max(map(len, courses))
            # who has stopped stays where it was
            means = [mean(each[min(n, len(each) - 1)] for each in courses) for n in range(most)]
            left.plot(range(1, most + 1), means, color="#2563eb", linewidth=3)
        left.set_xlabel(say("clicks", "클릭"))
        left.set_ylabel("IoU")
        left.set_ylim(0, 1)
        bins, error = self.calibration()
        right.plot([0, 1], [0, 1], color="#94a3b8", linewidth=1)
        for predicted, measured, count in bins:
            right.scatter([predicted], [measured], s=20 + 10 * count, color="#2563eb")
        right.set_xlabel(say("predicted IoU", "예측 IoU"))
        right.set_ylabel(say("measured IoU", "잰 IoU"))
        right.set_title(say("calibration error {:.2f}", "보정 오차 {:.2f}").format(error))
        right.set_xlim(0, 1)
        right.set_ylim(0, 1)
        return figure

    def clicks_on(self, photo: NDArray[np.uint8]) -> Stage:
        """Draw where the class has clicked on one photo, as a heat map.

        Parameters
        ----------
        photo : ndarray
            (H, W, 3) uint8, RGB; clicks of students who worked on a photo of this size.
        """
        height, width = photo.shape[:2]
        size = WIDTH, round(WIDTH * height / width)
        box = (0.0, 0.0, float(size[0]), float(size[1]))
        here = [each for each in self.students if each.size == (width, height)]
        clicks = [click[:2] for each in here for one in each.objects for click in one.clicks]
        marks: tuple[Any, ...] = ()
        if clicks:
            marks = (heat(warmth(clicks, (width, height), size), box, "inferno", 0.7),)
        caption = say("{} clicks of {} students", "클릭 {}번, 학생 {}명")
        frame = Frame((Picture(photo, box),), marks, caption.format(len(clicks), len(here)))
        return Stage([frame], size)


def warmth(
    clicks: list[tuple[float, float]], photo: tuple[int, int], size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return (size[1] / 4, size[0] / 4) float: a soft spot for each click, summed up."""
    rows, columns = np.mgrid[: size[1] // 4, : size[0] // 4]
    scale = size[0] / photo[0] / 4
    spots = np.zeros(rows.shape)
    for x, y in clicks:
        far = (columns + 0.5 - x * scale) ** 2 + (rows + 0.5 - y * scale) ** 2
        spots += np.exp(-far / (2 * (BLUR / 4) ** 2))
    return spots


def _mean(values: list[Any]) -> str:
    known = [float(each) for each in values if each is not None]
    return f"{mean(known):.2f}" if known else ""
