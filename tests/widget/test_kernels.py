"""A page's messages through a real ipykernel: on its shell, and on a subshell while a cell runs.

``SAM_WIDGET_KERNEL`` names another Python to try, one with ipykernel 6 for instance.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_client.manager import KernelManager

from sam_widget.widget.protocol import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_client.blocking import BlockingKernelClient

PATIENCE = 60.0
PYTHON = os.environ.get("SAM_WIDGET_KERNEL", sys.executable)

START = """
import numpy as np
from sam_widget import SamWidget
w = SamWidget(np.zeros((40, 60, 3), np.uint8), "mini")
w
"""


class Tab:
    """A page with the wire of a real kernel."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.subshell: str | None = None
        self.heard: list[dict[str, Any]] = []
        self.seq = 0
        self.comm = ""

    def show(self, code: str) -> None:
        """Run a cell that shows a widget, and find the comm of its channel.

        ipykernel sends a page's messages to the subshell that last spoke on their comm, which for
        the widget's own is the cell's; the channel's never speaks from within a cell.
        """
        sent = self.client.execute(code)
        opened: list[str] = []
        self._until(lambda said: self._opens(said, opened) or self._idle(said, sent))
        (self.comm,) = opened

    def says(self, content: dict[str, Any]) -> None:
        data = {"method": "custom", "content": content}
        message = self.client.session.msg("comm_msg", {"comm_id": self.comm, "data": data})
        if self.subshell is not None:
            message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)

    def hello(self) -> dict[str, Any]:
        hello = {"type": "hello", "client": "tab", "call": 1, "seq": 0, "version": -1}
        self.says({**hello, "protocol": PROTOCOL})
        return self.hears("snapshot")

    def click(self, image: str, name: str) -> None:
        """Push an object with a point, as a click does."""
        self.seq += 1
        common = {"image": image, "label": "", "color": 0, "choice": None, "locked": False}
        thing = {"type": "object", "id": name, **common, "order": self.seq}
        point = {"type": "point", "id": f"p{name}", "object": name, "x": 30, "y": 20}
        put = {name: thing, f"p{name}": {**point, "positive": True}}
        edit = {"put": put, "drop": [], "group": None}
        step = {"type": "push", "client": "tab", "seq": self.seq, "version": -1, "blobs": []}
        self.says({**step, "edit": edit})

    def hears(self, kind: str) -> dict[str, Any]:
        """Wait for a message of the widget's."""
        found: list[dict[str, Any]] = []

        def look(said: dict[str, Any]) -> bool:
            data = said["content"].get("data", {})
            said_by = said["header"]["msg_type"] == "comm_msg" and data.get("method") == "custom"
            if said_by and data["content"].get("type") == kind:
                found.append(data["content"])
            return bool(found)

        self._until(look)
        return found[0]

    def answer(self) -> dict[str, Any]:
        """Wait for the model's answer."""
        while True:
            for record in self.hears("patch")["edit"]["put"].values():
                if record["type"] == "answer":
                    return dict(record)

    def _until(self, true: Any) -> None:
        ends = time.monotonic() + PATIENCE
        while not true(self.client.get_iopub_msg(timeout=max(0.1, ends - time.monotonic()))):
            pass

    @staticmethod
    def _opens(said: dict[str, Any], opened: list[str]) -> bool:
        assert said["header"]["msg_type"] != "error", said["content"]
        if said["header"]["msg_type"] == "comm_open":
            state = said["content"]["data"]["state"]
            if "_esm" in state and "height" not in state:
                opened.append(said["content"]["comm_id"])
        return False

    @staticmethod
    def _idle(said: dict[str, Any], sent: str) -> bool:
        mine = said["parent_header"].get("msg_id") == sent
        return mine and said["content"].get("execution_state") == "idle"


@pytest.fixture(scope="module")
def client() -> Iterator[BlockingKernelClient]:
    manager = KernelManager(kernel_name="python3")
    manager.kernel_spec.argv[0] = PYTHON
    manager.start_kernel(env={**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1"})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_click_is_answered_by_its_shell(client: BlockingKernelClient) -> None:
    tab = Tab(client)
    tab.show(START)
    (image,) = tab.hello()["document"]
    tab.click(image, "a")
    assert len(tab.answer()["candidates"]) == 3


def test_a_click_is_answered_by_a_subshell_while_a_cell_runs(client: BlockingKernelClient) -> None:
    client.kernel_info()
    info = client.get_shell_msg(timeout=PATIENCE)
    while info["header"]["msg_type"] != "kernel_info_reply":
        info = client.get_shell_msg(timeout=PATIENCE)
    if "kernel subshells" not in info["content"].get("supported_features", ()):
        pytest.skip("this ipykernel has no subshells")
    tab = Tab(client)
    tab.show(START)
    client.control_channel.send(client.session.msg("create_subshell_request"))
    tab.subshell = client.get_control_msg(timeout=PATIENCE)["content"]["subshell_id"]
    client.execute("import time\nwhile w.mask is None: time.sleep(0.01)")  # ends by the click alone
    (image,) = tab.hello()["document"]
    tab.click(image, "a")
    assert len(tab.answer()["candidates"]) == 3
