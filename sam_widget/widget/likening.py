"""Likening: what Python does with things like an example, beside the page. None of its logic."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import EditError
from sam_widget.progress import progress_bar
from sam_widget.segment.everything.search import measure

from . import acts
from .desk import NO_EXAMPLE
from .finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sam_widget.segment.similar.proposal import Proposal, Proposals
    from sam_widget.segment.similar.saving import Saving

    from .desk import Desk

SCORE = 0.4  # from which on a proposal is taken where nobody says another


class Likening(Finding):
    """A widget that finds what is like an example on its photo, and on others."""

    def find_alike(
        self,
        object_id: str | Sequence[str] | None = None,
        in_: Any = None,
        *,
        progress: bool = True,
    ) -> tuple[Proposal, ...] | tuple[Proposals, ...]:
        """Find what is like an object, on the photo or on others, and wait. To stop, interrupt.

        On the photo, the page shows proposals as they come, the likest first, and each that is
        accepted or refused there or here makes the others better at once.

        Parameters
        ----------
        object_id : str or sequence of str, optional
            The example's id, or several; by default the object that is open, or was accepted last.
            Objects of the same label are examples too. Where the photo has no object yet, it is
            what was looked for on the photo before.
        in_ : path, or iterable of whatever ``read_image`` takes, optional
            Look on these pictures instead, a folder standing for those in it. What was accepted
            and refused on this photo counts.
        progress : bool
            Whether to show a bar.

        Returns
        -------
        tuple of Proposal
            ``w.alike``. With `in_` a tuple of Proposals, one for each picture, as
            ``sam_widget.find_alike`` gives them.

        Raises
        ------
        EditError
            There is no photo, no such object, none with a mask, or the widget is closed.
        CheckpointError, AnswerError
            The model cannot be had, or failed. What was proposed until then stays.
        """
        tqdm = progress_bar()

        desk = self._check_open()
        document = desk.session.document
        acts.image_of(document)
        ids = (object_id,) if isinstance(object_id, str) else tuple(object_id or ())
        for name in ids:
            acts.object_of(document, name)
        desk.wait(None)
        if in_ is not None:
            return desk.find_in(ids, in_, progress)
        desk.liken(*ids)
        alike = desk.alike
        if not alike.on:
            raise EditError(NO_EXAMPLE)
        try:
            with tqdm(desc="Alike", unit="click", disable=not progress, leave=False) as bar:
                reach = alike.wait(lambda reach: bar.update(reach.done - bar.n))
        except KeyboardInterrupt:
            alike.stop()
            raise
        if reach.what == "stopped":
            warnings.warn(reach.why or f"Stopped after {reach.done} clicks.", stacklevel=2)
        return alike.proposals

    @property
    def alike(self) -> tuple[Proposal, ...]:
        """What is proposed as alike now, the likest first; () where nothing is looked for.

        ``accept_alike`` and ``refuse_alike`` answer; each answer changes scores and order.
        """
        return self._check_open().alike.proposals

    @property
    def alike_saving(self) -> Saving:
        """What the clicks since ``find_alike`` have given: numbers, and ``figure()`` the curve."""
        return self._check_open().alike.saving

    def accept_alike(self, *proposals: Proposal, above: float | None = None) -> None:
        """Make accepted objects of what is proposed, all in one step for undo.

        They get the example's label and color.

        Parameters
        ----------
        *proposals : Proposal
            Some of ``w.alike`` as it is now.
        above : float, optional
            All of at least this score as well; 0.4 where neither is said.

        Raises
        ------
        SamError
            One of them is not proposed on this photo now.
        EditError
            There would be too many objects.
        """
        desk = self._check_open()
        least = SCORE if above is None and not proposals else above
        if least is not None:
            least = measure("above", least)
            others = (each for each in desk.alike.proposals if each.score >= least)
            proposals = tuple(dict.fromkeys((*proposals, *others)))
        picks = desk.alike.picks(proposals)
        desk.do(lambda document: acts.pick(document, picks))
        desk.wait(None)

    def refuse_alike(self, *proposals: Proposal) -> None:
        """Say that these are none: they go, and so does what is more like them than the examples.

        Raises
        ------
        SamError
            One of them is not proposed on this photo now.
        """
        alike = self._check_open().alike
        alike.refuse(*alike.indices(proposals))

    def _check_open(self) -> Desk:
        raise EditError("This widget is not open yet.")
