"""whole, part, subpart: by how masks nest."""

from __future__ import annotations

import numpy as np
import pytest

from sam_widget.segment.naming import names_by_nesting


def disc(radius: float, x: float = 32, y: float = 32) -> np.ndarray:
    rows, columns = np.mgrid[:64, :64]
    return (rows - y) ** 2 + (columns - x) ** 2 <= radius**2


NOTHING = np.zeros((64, 64), bool)


@pytest.mark.parametrize(
    ("masks", "names"),
    [
        ([disc(25), disc(15), disc(6)], ("whole", "part", "subpart")),
        ([disc(25), disc(24.8), disc(6)], ("whole", "whole", "part")),
        ([disc(25), disc(12, 4, 4), disc(6)], ("whole", "other", "part")),
        ([disc(25), disc(6), NOTHING], ("whole", "part", "other")),
        ([disc(25), disc(9, 20), disc(8, 44)], ("whole", "part", "part")),
        ([disc(6), disc(25), disc(15)], ("subpart", "whole", "part")),
        ([NOTHING, NOTHING, NOTHING], ("other", "other", "other")),
    ],
)
def test_names(masks, names):
    assert names_by_nesting(np.stack(masks)) == names
