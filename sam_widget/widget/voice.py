"""Voice: what the work on one photo says to pages, heard only while that photo is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sam_widget.segment.answers.status import Status

    from .link import Link
    from .protocol import FromKernel


class Voice:
    """A link as a desk has it. Any thread may call.

    Of what stands (a status, what was assumed, the truth) the last is said again when the photo is
    shown again.

    Parameters
    ----------
    link : Link
        The widget's own.
    heard : bool
        Whether the photo is shown now.
    """

    def __init__(self, link: Link, *, heard: bool = True) -> None:
        self._link, self._heard = link, heard
        self._status: Status | None = None
        self._standing: dict[type[FromKernel], tuple[FromKernel, tuple[bytes, ...]]] = {}

    def rise(self) -> None:
        """Be heard from now on: the photo is shown."""
        self._heard = True
        for message, data in tuple(self._standing.values()):
            self._link.keep(message, *data)
        if self._status is not None:
            self._link.tell(self._status)
        self._link.drain()

    def fall(self) -> None:
        """Be heard no more: another photo is shown."""
        self._heard = False

    def say(self, message: FromKernel, *data: bytes) -> None:
        """Say something on a side road."""
        self.note(message, *data)
        self.drain()

    def stand(self, message: FromKernel, *data: bytes) -> None:
        """Say it, and again to each page that comes."""
        self.keep(message, *data)
        self.drain()

    def keep(self, message: FromKernel, *data: bytes) -> None:
        """Have it stand, and sent by the next ``drain``."""
        self._standing[type(message)] = message, data
        if self._heard:
            self._link.keep(message, *data)

    def note(self, message: FromKernel, *data: bytes) -> None:
        """Have it sent by the next ``drain``."""
        if self._heard:
            self._link.note(message, *data)

    def drain(self) -> None:
        """Send what was noted."""
        self._link.drain()

    def tell(self, status: Status) -> None:
        """Send a status to all pages."""
        self._status = status
        if self._heard:
            self._link.tell(status)

    def refuse(self, why: str) -> None:
        """Tell all pages in one sentence why something cannot be."""
        if self._heard:
            self._link.refuse(why)
