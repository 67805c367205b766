"""Reporting: what was done on a photo, asked for as a page. None of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .replaying import Replaying

if TYPE_CHECKING:
    import os

    from sam_widget.reports import Report

    from .outcome import Outcome


class Reporting(Replaying):
    """A widget that tells what was done on its photo."""

    @property
    def outcome(self) -> Outcome:
        """What the document says now, in numpy."""
        raise NotImplementedError

    def report(self, path: str | os.PathLike[str] | None = None) -> Report:
        """Report what was done on the photo, for a paper's appendix or an audit.

        Photo and objects as pictures, the model and its fingerprint, the settings, every object
        with its predicted IoU, what was done in which order, and how long it took. The JSON beside
        it has the history too, from which ``w.replay`` makes the same masks again.

        Parameters
        ----------
        path : str or Path, optional
            Where to write it: ``report.html``, one file that holds its pictures, or ``report.md``,
            its pictures in a folder beside it; and the same name with ``.json``.

        Returns
        -------
        Report
            It shows itself in a notebook; ``save(path)`` writes it.

        Raises
        ------
        HistoryError
            There is no image.
        ReportError
            The path ends otherwise, or cannot be written.
        """
        from .account import account  # noqa: PLC0415  who never reports need not wait for it

        history = self.history
        picture = self._check_open().keeping.picture
        assert picture is not None  # noqa: S101  it has a history
        settings = {"feed_back": self.feed_back}
        name = getattr(self, "photo", None) or "a photo"  # it has one among many
        made = account(
            name, history, picture, self.outcome, settings=settings, opacity=self.opacity
        )
        if path is not None:
            made.save(path)
        return made
