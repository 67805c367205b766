"""Values that a notebook passes where something else was meant. No doors."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import torch
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst


class Contrary:
    """An object that answers every question of numpy's and Python's with an error."""

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("not now")

    def __len__(self) -> int:
        raise OSError("nor how long")

    def __float__(self) -> float:
        raise ZeroDivisionError("nor how much")


SINGLE: list[Any] = [
    *(None, True, False, ..., NotImplemented, (), [], {}, set(), b"", "", object(), int, len),
    *(float("nan"), float("inf"), -float("inf"), -0.0, 1e308, 2**63, -(2**63) - 1, 10**400, 1j),
    *(Decimal("0.5"), Fraction(1, 3), dt.date(2026, 1, 1), Path("no such"), Contrary()),
    *(np.float32("nan"), np.int8(-1), np.str_("a"), np.datetime64("2026"), np.bool_(1)),
    np.void(b"ab"),
    *(np.zeros(0), np.zeros((0, 2)), np.zeros((3, 0, 4)), np.array(None), np.array("text")),
    np.array(7),
    *(np.ma.masked, np.ma.masked_all((4, 5)), np.array([1, "a", None], object)),
    *(torch.zeros(0), torch.zeros(2, 3, 4), torch.tensor(float("nan")), torch.zeros(2).to_sparse()),
    *(torch.zeros(3, device="meta"), torch.zeros(2, dtype=torch.complex64), torch.nn.Identity()),
    *(torch.zeros(4, 4, dtype=torch.bfloat16), torch.ones(5, 5, requires_grad=True)),
    *(range(3), slice(2)),
    *(np.recarray((2,), [("x", int)]), memoryview(b"abcd"), bytearray(b"ab"), iter([1, 2]), np.inf),
]  # fmt: skip

texts = st.text(st.characters(), max_size=12)  # half emoji and NUL among them
numbers = st.one_of(st.integers(), st.floats(), st.integers(-3, 70), st.floats(-5, 70))
arrays = npst.arrays(
    st.sampled_from(["u1", "i2", "i8", "f2", "f4", "f8", "?", "c8", "O", "U2", "S2", "M8[D]"]),
    npst.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=5),
)
leaves = st.one_of(st.sampled_from(SINGLE), texts, numbers, arrays, st.binary(max_size=6))
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.one_of(texts, st.integers()), inner, max_size=3),
    ),
    max_leaves=6,
)
