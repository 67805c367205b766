"""For all tests: order, which are slow, property tests never timed, a cache folder of their own."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PAGE = HERE / "page"
SLOW = (PAGE, HERE / "endings", HERE / "fuzz")  # whole folders; single tests are marked in place

# A loaded machine is slow; that is not what a property test asks about.
hypothesis.settings.register_profile(
    "untimed",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def user_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the user's own cache; kernels and servers inherit this folder."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAM_WIDGET_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def heeded_ctrl_c() -> None:
    """Ctrl+C interrupts, here and in what tests start: a shell's background job ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in SLOW):
            item.add_marker(pytest.mark.slow)
    # those in a browser come last
    items.sort(key=lambda item: item.path.is_relative_to(PAGE))
