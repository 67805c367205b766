"""A hunt on one picture: where to ask next, what came of it, and what of that is like the examples.

Peaks of a map of likeness become clicks (as in PerSAM, Zhang and others, 2023, section 3.2, and
Matcher, Liu and others, 2023), each found thing taking its peak away; of the masks that the clicks
give, the likest stay. A cell is as wide as a small thing, and its likeness tells little of one: so
clicks are spread over the picture first, the likest places before others, and finer then, until
they give nothing like the examples. Nothing is trained: an answer more is one small system of
equations more.
Knows no thread, no document, no screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .features import Traits
from .likeness import Likeness
from .prints import Prints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sam_widget.geometry import Frame
    from sam_widget.masks import Mask

    from .features import Look

    Rows = NDArray[np.float32]

FAINT = 0.02  # a score below which nothing is proposed
HOPE = 0.45  # a cell's likeness below which nobody asks there: a cosine of -0.17 to one example
SURE = 0.5  # a mask's likeness from which on its place is asked about no more
FULL = 320  # clicks that cover a picture: so far apart is asked first, then half as far, ...
DRY = 40  # clicks in a row that gave nothing like the examples: there is no more
STEPS = 3  # places along the breadth of the smallest example
PLACES = (24, 96)  # along the picture's longer side: the fewest, the most


@dataclass(frozen=True)
class Ranked:
    """A mask that is proposed.

    Attributes
    ----------
    index : int
        Which of the masks that came up, in the order of their coming.
    score : float
        Likeness times predicted IoU, 0..1.
    likeness : float
        How like the examples it is, 0..1.
    """

    index: int
    score: float
    likeness: float


class Hunt:
    """What is looked for on one picture, and what has come up.

    Parameters
    ----------
    look : Look
        Of the picture.
    masks : sequence of Mask
        Examples on it.
    elsewhere : Traits, optional
        Examples on other pictures; of the two there must be one.
    unlike : Traits, optional
        What was refused on other pictures.
    """

    def __init__(
        self,
        look: Look,
        masks: Sequence[Mask],
        elsewhere: Traits | None = None,
        unlike: Traits | None = None,
    ) -> None:
        self._look = look
        drawn = look.grids(*masks)
        here = look.drawn(drawn)
        self._given = here if elsewhere is None else Traits.joined(here, elsewhere)
        self._unlike = here[:0] if unlike is None else unlike
        self._known = range(len(masks))  # the first prints: on this picture, and not proposed
        self._prints = Prints(look.samples)
        self._prints.add(look.prints(drawn))
        self._came = here[:0]
        self._iou: Rows = np.zeros(0, np.float32)  # predicted
        self._accepted: tuple[int, ...] = ()
        self._refused: tuple[int, ...] = ()
        places, self._spacing = _places(look.frame, self._given.breadth / STEPS)
        self._shape, self._places = places.shape[:2], places.reshape(-1, 2)
        self._left = np.ones(len(self._places), np.bool_)  # where it may pay to ask
        self._clear = self._left.copy()  # of those, what is so far from all that was asked
        area = look.frame.width * look.frame.height
        self._apart = max(self._given.breadth / 2, math.sqrt(area / FULL))
        self._asked: list[int] = []  # places
        self._dry = 0
        self._ranked: tuple[Ranked, ...] | None = None
        self._learn()

    @property
    def examples(self) -> Traits:
        """What is one: the examples, and what was accepted."""
        return Traits.joined(self._given, self._came[list(self._accepted)])

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        """What is proposed now, the likest first."""
        if self._ranked is None:
            self._ranked = self._rank()
        return self._ranked

    def place(self) -> tuple[float, float] | None:
        """Return where to ask next, x y in image pixels; None where nothing promises anything."""
        if self._dry >= DRY:
            return None
        while not (hopeful := self._left & self._clear & (self._hope >= HOPE)).any():
            if self._apart <= self._spacing:
                return None
            self._apart /= 2
            self._clear = self._far(self._asked)
        best = int(np.where(hopeful, self._hope, -1).argmax())
        at = self._places[best]
        self._asked.append(best)
        self._left[best] = False
        self._clear &= self._far([best])
        return float(at[0]), float(at[1])

    def heard(self, logits: Rows, predicted_iou: Rows) -> None:
        """Take the masks that a click gives.

        Parameters
        ----------
        logits : ndarray
            (N, h, w) float32 on the decoder's grid, 0 being the border.
        predicted_iou : ndarray
            (N,) float32, 0..1.
        """
        traits = self._look.drawn(logits)
        self._came = Traits.joined(self._came, traits)
        self._iou = np.concatenate([self._iou, predicted_iou.astype(np.float32)])
        self._prints.add(self._look.prints(logits))
        self._ranked = None
        like = self._likeness.of(traits.along(self._look.axes))
        best = int((like * predicted_iou).argmax())  # others of a click may be several things
        self._dry += 1
        if like[best] >= SURE:
            self._dry = 0
            self._left &= ~self._look.on(logits[best], self._places)

    def judge(self, accepted: Sequence[int], refused: Sequence[int]) -> None:
        """Say which of the masks that came up are examples too, and which are none."""
        if set(accepted) - set(self._accepted):
            self._dry = 0  # one example more: it pays to ask on
        self._accepted, self._refused = tuple(accepted), tuple(refused)
        self._learn()

    def _far(self, asked: Sequence[int]) -> NDArray[np.bool_]:
        """Whether each place is farther from all of these than they are to be apart."""
        far = np.ones(len(self._places), np.bool_)
        for at in self._places[asked]:
            far &= np.hypot(*(self._places - at).T) > self._apart
        return far

    def _learn(self) -> None:
        look, ones = self._look, self.examples
        axes, none = look.axes, Traits.joined(self._unlike, self._came[list(self._refused)])
        self._likeness = Likeness.learnt(ones.along(axes), none.along(axes))
        cells = Likeness.learnt(ones.within(axes), none.within(axes)).of(look.within)
        self._hope = _middles(look.at(cells, self._places).reshape(self._shape)).ravel()
        self._ranked = None

    def _rank(self) -> tuple[Ranked, ...]:
        like = self._likeness.of(self._came.along(self._look.axes))
        score = like * self._iou.clip(0, 1)
        order = np.argsort(-score, kind="stable")
        first = len(self._known)
        judged = [first + i for i in (*self._accepted, *self._refused)]
        likely = (order[score[order] >= FAINT] + first).tolist()
        kept = self._prints.apart(likely, [*self._known, *judged])
        return tuple(Ranked(i, float(score[i]), float(like[i])) for i in (n - first for n in kept))


def _places(frame: Frame, spacing: float) -> tuple[NDArray[np.float64], float]:
    """Return places all over a picture, about so far apart, and how far.

    Places are (rows, columns, 2) float64, x y in image pixels.
    """
    width, height = frame.width, frame.height
    fewest, most = (max(width, height) / n for n in PLACES)
    apart = min(max(spacing, most), fewest)
    columns, rows = (max(1, round(side / apart)) for side in (width, height))
    x = (np.arange(columns) + 0.5) * width / columns + frame.left
    y = (np.arange(rows) + 0.5) * height / rows + frame.top
    return np.stack(np.meshgrid(x, y), axis=-1), apart


def _middles(hope: Rows) -> Rows:
    """Take means with the eight neighbours, (rows, columns): the middle of a thing stands out."""
    rows, columns = hope.shape
    wide = np.pad(hope, 1, mode="edge")
    parts = [wide[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
    middles: Rows = np.mean(parts, axis=0, dtype=np.float32)
    return middles
