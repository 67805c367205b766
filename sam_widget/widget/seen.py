"""Seen: what is seen of a widget without a page that runs: its still, its name in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from . import cells
from .saved import Saved, watch_boxes
from .screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sam_widget.document.session import Session
    from sam_widget.images.huge import AnyPicture

    from .outcome import Outcome


class Seen(Screen):
    """A Screen of a document, as a saved notebook shows it."""

    _keep_preview: bool
    _name: str  # of the model
    _saved: Saved | None = None  # once the widget is closed, none again

    @property
    def outcome(self) -> Outcome:
        """What the document says now, in numpy."""
        raise NotImplementedError

    @property
    def _picture(self) -> AnyPicture | None:
        raise NotImplementedError

    def _see(self, session: Session) -> None:
        """Keep the still true to a session from now on."""
        keep = partial(self.set_trait, "still")
        name = self.channel.model_id
        self._saved = Saved(name, session, lambda: self.outcome, self._painted, keep)
        watch_boxes()

    def _see_now(self, session: Session) -> None:
        """Keep it true to another session from now on."""
        if self._saved is not None:
            self._saved.follow(session)

    def _painted(self, outcome: Outcome) -> bytes | None:
        """Paint the still; None where none is to be kept."""
        picture = self._picture
        if picture is None or not self._keep_preview:
            return None
        return outcome.still(picture.shown, self.opacity, self.color_by, self.labels)

    def close(self) -> None:
        """Leave the page."""
        if self._saved is not None:
            self._saved.close()
            self._saved = None
        super().close()

    def get_state(
        self, key: str | Iterable[str] | None = None, drop_defaults: bool = False
    ) -> dict[str, Any]:
        """Return what a page is told of the traits, whole with a still of now."""
        if key is None and self._saved is not None:
            self._saved.refresh()
        return super().get_state(key, drop_defaults)

    def __repr__(self) -> str:
        return f"<SamWidget: {self.outcome}, model {self._name!r}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        html = self._beside()
        if bundle is not None and html is not None:
            bundle[0]["text/html"] = html
        return bundle

    def _beside(self) -> str | None:
        """Have the still beside the running cell's output; return it as HTML where none can be."""
        if self._saved is None:
            return None
        cells.holds(self)
        return self._saved.show()
