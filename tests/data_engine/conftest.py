"""A small mini: the package's own weights, at a side at which a CPU answers at once."""

from __future__ import annotations

import pytest

from sam_widget.models.checkpoints import load_model
from sam_widget.models.sam import Sam
from tests.training.conftest import _one_thread  # noqa: F401  small models here too


@pytest.fixture
def tiny() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 64
    return sam
