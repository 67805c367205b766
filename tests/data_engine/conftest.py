"""A small mini: the package's own weights, at a side at which a CPU answers at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from sam_widget.models.checkpoints import load_model
from sam_widget.models.sam import Sam


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> Iterator[None]:
    """Small models gain nothing from two threads; on a busy machine they wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def tiny() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 64
    return sam
