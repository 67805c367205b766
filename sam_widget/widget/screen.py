"""Screen: what a SamWidget shares with its pages: its comms, its link, its knobs. No session."""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets as t
from anywidget import AnyWidget, WidgetTrait

from sam_widget.errors import in_short

from .channel import Channel, Whole, outside, static
from .keymap import Shortcuts
from .knobs import OWN, Between, OneOf, Switch, Texts, refuse_own, tooltip

if TYPE_CHECKING:
    from .link import Link

KNOBS = (
    "height",
    "theme",
    "opacity",
    "tool",
    "feed_back",
    "shortcuts",
    "hover",
    *("turbo", "overlap", "color_by", "labels", "hidden"),
)  # traits that a person turns, here or in the page
TURNED = KNOBS[7:]  # those of them that a keyword turns as it is
SAID = (
    "changes",
    "still",
    "overlay",
)  # traits that the kernel alone says; a page that sends one is not heard

log = logging.getLogger(__name__)


class Screen(Whole):
    """The anywidget under a SamWidget, which sets knobs and link before it makes this.

    Parameters
    ----------
    **dom
        As `dom_traits` returns them.
    """

    _esm = static("widget.js")
    _css = static("widget.css")

    height = Between(480, 50, 10_000, "CSS pixels").tag(sync=True)
    theme = OneOf("auto", "light", "dark").tag(sync=True)
    opacity = Between(0.5, 0.0, 1.0).tag(sync=True)
    tool = OneOf("point", "box", "stroke", "brush").tag(sync=True)
    feed_back = Switch(True).tag(sync=True)
    shortcuts = Shortcuts().tag(sync=True)
    hover = Switch(True).tag(sync=True)
    turbo = Switch(False).tag(sync=True)
    overlap = OneOf("keep", "cut", "replace").tag(sync=True)
    color_by = OneOf("object", "label").tag(sync=True)
    labels = Texts(1000, 1000).tag(sync=True)
    hidden = Texts(10_000, 64).tag(sync=True)
    channel = WidgetTrait().tag(sync=True)
    changes = t.Int(read_only=True).tag(sync=True)
    overlay = t.Any(None, read_only=True).tag(sync=True)
    still = t.Bytes(None, allow_none=True, read_only=True).tag(sync=True)

    _made = False  # until then ipywidgets may set what nobody else may
    _link: Link | None = None  # once the widget is closed, none again

    def __init__(self, **dom: Any) -> None:
        self._in_use: dict[int, AnyWidget] = {}
        channel = outside(Channel)
        super().__init__(channel=channel, **dom)
        self._made = True
        for each in (channel, self):
            each.on_msg(self._received)

    def close(self) -> None:
        """Leave the page; one that could not be made is closed too, when it is let go of."""
        if self._made:
            self._in_use.clear()
            if self.channel is not None:
                self.channel.close()
        super().close()

    @property
    def _closed(self) -> bool:
        return self._link is None

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what a page has set; where one value is refused none is taken, and pages see why.

        ipywidgets calls this.
        """
        try:
            refuse_own(sync_data)
            super().set_state({name: sync_data[name] for name in sync_data if name not in SAID})
        except Exception as error:
            log.info("a page's traits were refused", exc_info=True)
            if isinstance(error, t.TraitError):
                why = f"{in_short(error)}."
            else:
                why = "What the page has set cannot be taken; nothing has changed."
            self.send_state([name for name in self.keys if name in {*KNOBS, *sync_data}])
            if (link := self._link) is not None:
                link.refuse(why)

    def _received(self, source: AnyWidget, content: Any, buffers: list[bytes]) -> None:
        self._in_use[id(source)] = source
        if (link := self._link) is not None:
            link.receive(content, buffers)

    def _publish(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        """Send a message to all pages, by every comm that one of them has used."""
        for each in tuple(self._in_use.values()) if self._made else ():
            outside(partial(each.send, content, buffers))

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse what would leave the next view empty."""
        developing = os.environ.get("ANYWIDGET_HMR") == "1"
        if name in OWN and self._made and not developing:
            raise t.TraitError(f"w.{name} joins the widget to its pages; it cannot be set.")
        super().__setattr__(name, value)

    @t.validate("tooltip")
    def _text(self, proposal: t.Bunch) -> Any:
        return tooltip(proposal["value"])
