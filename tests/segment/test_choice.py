"""Which candidate leads: the highest predicted IoU times stability."""

from __future__ import annotations

import pytest
import torch

from sam_widget.segment.choice import leading

CASES = {
    "equally steady, the likeliest": ([0.5, 0.7, 0.6], [0.8, 0.8, 0.8], 1),
    "equally likely, the steadiest": ([0.7, 0.7, 0.7], [0.5, 0.6, 0.9], 2),
    "steadier and little less likely": ([0.9, 0.85, 0.1], [0.6, 0.9, 1.0], 1),
    "steady alone is not enough": ([0.9, 0.85, 0.1], [0.6, 0.5, 1.0], 0),
    "an IoU above 1 is 1": ([1.3, 0.99, 0.2], [0.8, 0.9, 0.9], 1),
    "an IoU below 0 is 0": ([-0.5, 0.01, -0.9], [0.1, 0.5, 0.9], 1),
    "no number does not lead": ([float("nan"), 0.01, 0.0], [0.9, 0.9, 0.9], 1),
    "an empty mask does not lead": ([0.9, 0.2, 0.1], [0.0, 0.3, 0.1], 1),
    "the first of equal ones": ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5], 0),
}


@pytest.mark.parametrize(("iou", "stability", "leads"), CASES.values(), ids=CASES)
def test_the_rule(iou: list[float], stability: list[float], leads: int) -> None:
    assert leading(torch.tensor([iou]), torch.tensor([stability])).tolist() == [leads]


def test_each_prompt_has_its_own() -> None:
    iou, stability, leads = zip(*CASES.values(), strict=True)
    found = leading(torch.tensor(iou), torch.tensor(stability))
    assert found.dtype == torch.int64
    assert found.tolist() == list(leads)
