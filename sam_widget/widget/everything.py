"""Everything mode of one widget: the survey under way, the filters, and what pages hear of both.

All of it belongs to the widget: every view shows the same, and Python reads what they show. What is
pointed at belongs to a view. What is picked is in the document, as a click on the spot with its
candidate chosen, so that it is answered, undone, reopened and refined as any other. (A mask as a
prompt would be answered by another mask; the click is answered by the very one that was picked.)
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from sam_widget.document.records import Point, new_id
from sam_widget.errors import SamError, shown
from sam_widget.lifetime import renews
from sam_widget.regions import Region
from sam_widget.segment.answers.failing import sentence
from sam_widget.segment.answers.survey import Grid, Reach, Survey
from sam_widget.segment.everything.sieve import Sieve

from .acts import Pick
from .protocol import Surveyed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.edits import Document
    from sam_widget.document.patch import Origin
    from sam_widget.document.records import Answer, Candidate
    from sam_widget.segment.answers.answerer import Answerer
    from sam_widget.segment.answers.survey import Spot
    from sam_widget.segment.answers.worker import Executor

    from .voice import Voice

SIDE = 16  # spots along each side where nobody says how many: some seconds' work for two cores
MOST_SIDE = 64
AT_ONCE = 64  # spots in one message
NOTHING = Reach(0, 0, "stopped")


class Everything:
    """What is found on the widget's photo, once anybody has asked. Any thread may call.

    Parameters
    ----------
    blobs : Blobs
        Of the widget's session.
    executor : Executor
        Where the model works.
    link : Voice
        To the pages: noted under the lock, sent when it is free again.
    """

    def __init__(self, blobs: Blobs, executor: Executor, link: Voice) -> None:
        self._blobs, self._executor, self._link = blobs, executor, link
        self._answerer: Answerer | None = None
        self._survey: Survey | None = None
        self._name = ""  # of the survey, for pages
        self._given: Sieve | None = None  # None: the model's own filters
        self._by: Origin | None = None  # who has set them
        self._told = 0  # spots that pages have heard of
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    @property
    def sieve(self) -> Sieve:
        """The filters as they are now."""
        if self._given is not None or self._answerer is None:
            return self._given or Sieve()
        return suited(self._answerer)

    def begin(
        self, answerer: Answerer, size: tuple[int, int], side: int, sieve: Sieve | None = None
    ) -> None:
        """Look for everything anew; what was found before goes.

        Parameters
        ----------
        answerer : Answerer
            Of the photo.
        size : tuple of int
            The photo's width and height, in pixels.
        side : int
            Spots along each side, 1 to 64.
        sieve : Sieve, optional
            By default as the model's own thresholds are.
        """
        self.close()
        with self._lock:
            self._answerer, self._given, self._by = answerer, sieve, None
            self._name, self._told = new_id(), 0
            self._survey = Survey(
                Grid(size, side), answerer.ask, self._executor, tell=self._tell, word=sentence
            )
            survey = self._survey
        answerer.retry()  # the model may be had by now
        self._tell()
        survey.begin()

    def stop(self) -> None:
        """Look no further; what was found stays."""
        if (survey := self._survey) is not None:
            survey.stop()

    def close(self) -> None:
        """Forget what was found."""
        with self._lock:
            survey, self._survey, self._answerer = self._survey, None, None
            self._name, self._told = "", 0
            if survey is not None:
                self._link.note(self._message(None, 0, ()))
        if survey is not None:
            survey.stop()
        self._link.drain()

    def sift(self, sieve: Sieve, by: Origin | None = None) -> None:
        """Set the filters."""
        with self._lock:
            self._given, self._by = sieve, by
            self._link.note(self._message(None, self._told, ()))
        self._link.drain()

    def more(self, client: str, name: str, have: int) -> None:
        """Tell one page what it lacks, if it lacks anything: it has so many spots of a survey."""
        with self._lock:
            survey = self._survey
            if survey is None and not name:
                return
            begin = have if name == self._name and 0 <= have <= self._told else 0
            spots = survey.spots[begin : self._told] if survey else []
            self._note(client, begin, spots)
        self._link.drain()

    def wait(self, heard: Callable[[Reach], None]) -> Reach:
        """Wait until the survey has ended, calling ``heard`` as it goes; return how far it came.

        Raises
        ------
        AnswerError
            The model failed, or cannot be had.
        """
        survey = self._survey
        return NOTHING if survey is None else survey.wait(heard, "find everything")

    def why_nothing(self) -> str:
        """Say how far what was found is from the filters."""
        survey, sieve = self._survey, self.sieve
        found = survey.measures() if survey else ()
        iou = max((one.predicted_iou for one in found), default=0.0)
        stability = max((one.stability for one in found), default=0.0)
        return (
            f"No mask was kept: the highest predicted IoU was {iou:.3f} (predicted_iou="
            f"{sieve.predicted_iou:g}), the highest stability {stability:.3f} (stability="
            f"{sieve.stability:g}); lower them, or look at w.everything as you move the sliders."
        )

    @property
    def regions(self) -> tuple[Region, ...]:
        """What the filters let through, the surest first."""
        survey = self._survey
        if survey is None:
            return ()
        fates = self.sieve.fates(survey.measures())
        kept = [
            (spot, one)
            for (spot, one), fate in zip(_each(survey), fates, strict=False)
            if fate.dropped is None
        ]
        kept.sort(key=lambda pair: -pair[1].score)
        return tuple(_region(survey, spot, one) for spot, one in kept)

    def picks(self, regions: tuple[Any, ...]) -> tuple[Pick, ...]:
        """Return the click that gives each of these; SamError where it was not found here."""
        survey = self._survey
        found = []
        for region in regions:
            point = region.prompts[0] if isinstance(region, Region) and region.prompts else None
            spot = survey.at(point.x, point.y) if survey and isinstance(point, Point) else None
            ranks = range(len(spot.candidates)) if spot else ()
            same = [
                i
                for i in ranks
                if spot and survey and survey.mask(spot.candidates[i]) == region.mask
            ]
            if not spot or not same:
                raise SamError(
                    f"pick takes Regions of w.everything as they are now, not {shown(region)}."
                )
            found.append(Pick(spot.x, spot.y, same[0]))
        return tuple(found)

    def recall(self, document: Document, name: str) -> Answer | None:
        """Return the answer to an object that is one click on a spot, as ``Survey.recall``."""
        survey, by = self._survey, (self._answerer and self._answerer.key) or ""
        return None if survey is None else survey.recall(document, name, self._blobs.put, by)

    def _tell(self) -> None:
        """Tell all pages what has been found since."""
        with self._lock:
            survey = self._survey
            if survey is None:
                return
            begin, self._told = self._told, len(survey.spots)
            self._note(None, begin, survey.spots[begin : self._told])
        self._link.drain()

    def _note(self, to: str | None, begin: int, spots: list[Spot]) -> None:
        survey = self._survey
        for start in range(0, max(1, len(spots)), AT_ONCE):
            some = tuple(spots[start : start + AT_ONCE])
            message = self._message(to, begin + start, some)
            self._link.note(message, *(survey.data[name] for name in message.blobs if survey))

    def _message(self, to: str | None, first: int, spots: tuple[Spot, ...]) -> Surveyed:
        names = dict.fromkeys(one.blob for spot in spots for one in spot.candidates)
        reach = self._survey.reach if self._survey else NOTHING
        return Surveyed(to, self._name, first, spots, reach, self.sieve, self._by, tuple(names))


def suited(answerer: Answerer) -> Sieve:
    """Return the filters by a model's own thresholds."""
    own = answerer.thresholds
    return Sieve(own.predicted_iou, own.stability_score)


def _each(survey: Survey) -> Iterator[tuple[Spot, Candidate]]:
    return ((spot, candidate) for spot in tuple(survey.spots) for candidate in spot.candidates)


def _region(survey: Survey, spot: Spot, one: Candidate) -> Region:
    asked = Point("", "", spot.x, spot.y)
    return Region(survey.mask(one), "", one.score, one.stability, (asked,))
