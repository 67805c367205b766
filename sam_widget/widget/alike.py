"""Things like an example on the widget's photo: what is proposed, what was said to it; to pages.

All of it belongs to the widget, as what everything mode found does, and what is accepted is in the
document as that is: a click on the spot with its candidate chosen. So undo takes an answer back,
and the document tells which proposals are accepted. What is refused is no object and stays here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from sam_widget.document.records import Answer, Object, Point, new_id
from sam_widget.errors import SamError, shown
from sam_widget.lifetime import renews
from sam_widget.regions import Region
from sam_widget.segment.answers.failing import sentence
from sam_widget.segment.answers.survey import Reach, Survey
from sam_widget.segment.similar.chase import Chase
from sam_widget.segment.similar.proposal import Proposal
from sam_widget.segment.similar.saving import Saving

from .acts import Pick
from .proposing import Likened, Proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sam_widget.document.edits import Document
    from sam_widget.document.session import Session
    from sam_widget.segment.answers.answerer import Answerer
    from sam_widget.segment.answers.survey import Spot
    from sam_widget.segment.answers.worker import Executor
    from sam_widget.segment.similar.features import Traits
    from sam_widget.segment.similar.hunt import Ranked

    from .voice import Voice

NOTHING = Reach(0, 0, "stopped")


@dataclass(frozen=True)
class Sought:
    """What is looked for: examples on this photo, and what those that are accepted are called."""

    examples: tuple[Region, ...]
    label: str
    color: int
    clicks: int  # that the examples took


class Alike:
    """What is proposed on the widget's photo, once anybody has asked. Any thread may call.

    Parameters
    ----------
    session : Session
    executor : Executor
        Where the model works.
    link : Voice
        To the pages.
    """

    def __init__(self, session: Session, executor: Executor, link: Voice) -> None:
        self._session, self._executor, self._link = session, executor, link
        self._kept: tuple[Traits, Sought] | None = None  # of photos before
        self._forget()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = RLock()

    def _forget(self) -> None:
        self._name = ""
        self._sought = Sought((), "", 0, 0)
        self._chase: Chase | None = None
        self._survey: Survey | None = None
        self._key: str | None = None
        self._accepted: tuple[int, ...] = ()
        self._refused: tuple[int, ...] = ()
        self._saving = Saving(((0, 0),))
        self._told: frozenset[str] = frozenset()  # masks that pages have
        self._end: Callable[[], None] = lambda: None

    @property
    def on(self) -> bool:
        """Whether anything is looked for, or proposed."""
        return self._survey is not None

    @property
    def memory(self) -> tuple[Traits, Sought] | None:
        """What is looked for, or was: what examples look like, and what they are called."""
        traits = self._chase.examples() if self._chase is not None else None
        return self._kept if traits is None else (traits, self._sought)

    def inherit(self, other: Alike) -> None:
        """Go on, where the photo has no example of its own, with what another photo's has."""
        self._kept = other.memory or self._kept

    @property
    def remembers(self) -> bool:
        """Whether examples are known of a photo that was shown before."""
        return self._kept is not None

    @property
    def saving(self) -> Saving:
        """What the clicks so far have given."""
        return self._saving

    def begin(self, answerer: Answerer, sought: Sought) -> None:
        """Look for things like these anew; without examples like those of the photo before."""
        self.close()
        with self._lock:
            kept = self._kept
            traits = kept[0] if kept and not sought.examples else None
            if kept and traits is not None:
                sought = replace(kept[1], examples=(), clicks=0)
            masks = [each.mask for each in sought.examples]
            self._chase = Chase(answerer.look, masks, traits)
            self._name, self._sought, self._key = new_id(), sought, answerer.key
            self._saving = Saving(((sought.clicks, len(masks)),))
            self._survey = survey = Survey(
                self._chase, answerer.ask, self._executor, tell=self._tell, word=sentence
            )
            self._end = self._session.subscribe(lambda _: None, self._heard)
        answerer.retry()
        self._tell()
        survey.begin()

    def stop(self) -> None:
        """Look no further; what was proposed stays."""
        if (survey := self._survey) is not None:
            survey.stop()

    def close(self) -> None:
        """Forget what was proposed; the examples are kept for the photo that comes next."""
        with self._lock:
            survey = self._survey
            if survey is None:
                return
            self._kept = self.memory
            self._end()
            self._forget()
            self._link.note(self._message(None, ()))
        survey.stop()
        self._link.drain()

    def refuse(self, *indices: int) -> None:
        """Say that these are none."""
        with self._lock:
            known = {each.index for each in self.ranked()}
            self._refused += tuple(i for i in indices if i in known)
        self._answered()

    def refuse_in(self, hunt: str, index: int | None) -> None:
        """Do what a page says: refuse one; without an index, take the last refusal back."""
        if hunt != self._name:
            return
        if index is not None:
            self.refuse(index)
            return
        with self._lock:
            self._refused = self._refused[:-1]
        self._answered()

    def more(self, client: str, hunt: str) -> None:
        """Tell one page all, if there is anything to tell, or it knows of another hunt."""
        with self._lock:
            if self._name or hunt:
                self._link.note(*self._with_bytes(client, frozenset()))
        self._link.drain()

    def wait(self, heard: Callable[[Reach], None]) -> Reach:
        """Wait until nothing more is looked for, as ``Everything.wait``."""
        survey = self._survey
        return NOTHING if survey is None else survey.wait(heard, "find what is alike")

    def ranked(self) -> tuple[Ranked, ...]:
        """Return what is proposed, the likest first."""
        return self._chase.ranked() if self._chase is not None else ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed, the likest first, as Python reads it."""
        survey = self._survey
        if survey is None:
            return ()
        return tuple(
            Proposal(self._region(survey, spot, choice), each.score, each.likeness)
            for each, spot, choice in self._came(survey)
        )

    def picks(self, proposals: Sequence[object]) -> tuple[Pick, ...]:
        """Return the click that gives each of these; SamError where it is not proposed now."""
        places = self._places(proposals)
        return tuple(
            Pick(spot.x, spot.y, choice, self._sought.color, self._sought.label)
            for _, spot, choice in places
        )

    def indices(self, proposals: Sequence[object]) -> tuple[int, ...]:
        """Return which of the masks these are; SamError where one is not proposed now."""
        return tuple(index for index, *_ in self._places(proposals))

    @property
    def judged(self) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
        """What was accepted of the proposals, and what was refused."""
        survey = self._survey
        found = survey.found() if survey else []
        lots = self._accepted, self._refused
        ones, none = (tuple(self._region(survey, *found[i]) for i in lot if survey) for lot in lots)
        return ones, none

    def recall(self, document: Document, name: str) -> Answer | None:
        """Return the answer to an object that is one click on a spot, as ``Everything.recall``."""
        survey, keep = self._survey, self._session.blobs.put
        return None if survey is None else survey.recall(document, name, keep, self._key or "")

    def _came(self, survey: Survey) -> list[tuple[Ranked, Spot, int]]:
        """Return what is proposed, with its place; the hunt hears of masks before the survey."""
        found, ranked = survey.found(), self.ranked()
        return [(each, *found[each.index]) for each in ranked if each.index < len(found)]

    def _places(self, proposals: Sequence[object]) -> list[tuple[int, Spot, int]]:
        survey = self._survey
        now = {
            self._region(survey, spot, choice): (each.index, spot, choice)
            for each, spot, choice in (self._came(survey) if survey else ())
            if survey
        }
        places = []
        for each in proposals:
            place = now.get(each.region) if isinstance(each, Proposal) else None
            if place is None:
                raise SamError(f"Give Proposals of w.alike as they are now, not {shown(each)}.")
            places.append(place)
        return places

    def _region(self, survey: Survey, spot: Spot, choice: int) -> Region:
        one = spot.candidates[choice]
        asked = Point("", "", spot.x, spot.y)
        label = self._sought.label
        return Region(survey.mask(one), label, one.score, one.stability, (asked,))

    def _heard(self) -> None:
        """Learn from the document which proposals are accepted now."""
        with self._lock:
            survey = self._survey
            if survey is None:
                return
            accepted = _accepted(survey, self._session.document)
            if accepted == self._accepted:
                return
            self._accepted = accepted
            self._refused = tuple(i for i in self._refused if i not in accepted)
        self._answered()

    def _answered(self) -> None:
        with self._lock:
            if self._chase is None:
                return
            self._chase.judge(self._accepted, self._refused)
            objects = len(self._sought.examples) + len(self._accepted)
            self._saving = self._saving.after(objects)
        self._tell()
        if (survey := self._survey) is not None:
            survey.resume()

    def _tell(self) -> None:
        """Tell all pages what is proposed now."""
        with self._lock:
            if self._survey is not None:
                self._link.note(*self._with_bytes(None, self._told))
        self._link.drain()

    def _with_bytes(
        self, to: str | None, told: frozenset[str]
    ) -> tuple[Likened, *tuple[bytes, ...]]:
        survey = self._survey
        proposed = tuple(_proposed(*each) for each in (self._came(survey) if survey else ()))
        message = self._message(to, proposed)
        new = tuple(dict.fromkeys(each.blob for each in proposed if each.blob not in told))
        if to is None:
            self._told |= frozenset(new)
        data = tuple(survey.data[name] for name in new) if survey else ()
        return replace(message, blobs=new), *data

    def _message(self, to: str | None, proposed: tuple[Proposed, ...]) -> Likened:
        reach = self._survey.reach if self._survey else NOTHING
        sought = self._sought
        clicks, objects = self._saving.steps[-1]
        return Likened(
            to,
            self._name,
            sought.label,
            sought.color,
            proposed,
            len(self._refused),
            clicks,
            objects,
            reach,
            (),
        )


def _proposed(ranked: Ranked, spot: Spot, choice: int) -> Proposed:
    one = spot.candidates[choice]
    return Proposed(
        ranked.index,
        spot.x,
        spot.y,
        choice,
        one.blob,
        ranked.score,
        ranked.likeness,
        one.score,
        one.area,
    )


def _accepted(survey: Survey, document: Document) -> tuple[int, ...]:
    """Return which of a survey's masks are objects: one click on the spot, and its candidate."""
    where = {(spot.x, spot.y, i): n for n, (spot, i) in enumerate(survey.found())}
    found = []
    for thing in document.of_type(Object):
        prompts = document.prompts_of(thing.id) if thing.locked else ()
        one = prompts[0] if len(prompts) == 1 else None
        if isinstance(one, Point) and one.positive and thing.choice is not None:
            found.append(where.get((one.x, one.y, thing.choice)))
    return tuple(index for index in found if index is not None)


def sought_of(document: Document, objects: Sequence[Region], object_ids: Sequence[str]) -> Sought:
    """Return what is looked for with these objects as examples, of those that have a mask.

    Without ids it is the object that is open, or was accepted last. Objects of the same label are
    examples too.
    """
    named = object_ids or tuple(each.id for each in objects[-1:])
    chosen = [each for each in objects if each.id in named]
    labels = {each.label for each in chosen if each.label}
    examples = tuple(each for each in objects if each in chosen or each.label in labels)
    first = document.get(chosen[0].id) if chosen else None
    color = first.color if isinstance(first, Object) else 0
    clicks = sum(len(document.prompts_of(each.id)) for each in examples)
    return Sought(examples, chosen[0].label if chosen else "", color, clicks)
