"""For all tests: the slow ones, in a browser, come last; property tests are never timed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parent / "page"

# A loaded machine is slow; that is not what a property test asks about.
hypothesis.settings.register_profile(
    "untimed",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.is_relative_to(PAGE))
