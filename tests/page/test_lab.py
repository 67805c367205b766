"""The harness itself: cells run, the kernel answers, and a request that leaves is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.page.lab import is_local

if TYPE_CHECKING:
    from tests.page.lab import LabPage


def test_cells_run_and_the_kernel_answers(lab_page: LabPage) -> None:
    notebook = lab_page.open("harness", ["a = 6", "a * 7"])
    notebook.run_all()
    assert "42" in notebook.outputs(1)
    assert notebook.value("[a, None]") == [6, None]
    assert np.array_equal(notebook.array("_n.eye(2)"), np.eye(2))
    notebook.restart_kernel()
    assert notebook.value("'a' in globals()") is False


def test_a_request_that_leaves_is_seen(lab_page: LabPage) -> None:
    lab_page.page.evaluate("() => fetch('https://example.org/x.js').catch(() => null)")
    lab_page.page.evaluate("() => { new WebSocket('wss://example.org/y'); }")
    lab_page.page.wait_for_timeout(200)
    assert lab_page.strangers == ["https://example.org/x.js", "wss://example.org/y"]
    lab_page.strangers.clear()


def test_local_addresses() -> None:
    assert all(map(is_local, ["http://localhost:1/a", "ws://127.0.0.1:8/b", "data:,c", "blob:x"]))
    assert not any(map(is_local, ["https://cdn.example.org", "http://localhost.example.org", ""]))
