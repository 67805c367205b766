"""What goes a piece at a time, or in another order of memory, says the same."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from sam_widget.models import fast

EXACT = {"rtol": 1e-5, "atol": 1e-5}


def a_map(*shape: int) -> torch.Tensor:
    x = torch.randn(*shape, generator=torch.Generator().manual_seed(0))
    return x.contiguous(memory_format=torch.channels_last)


class Heard:
    """A layer that remembers how many rows it was given each time."""

    def __init__(self, layer, dim: int) -> None:
        self.layer, self.dim, self.rows = layer, dim, []

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        self.rows.append(x.shape[self.dim])
        return self.layer(x)


@pytest.fixture
def small_cache(monkeypatch):
    monkeypatch.setitem(fast.AT_ONCE, "cpu", 100)


def convolutions(stride: int) -> nn.Module:
    """As a stem, a bottleneck or a merging have them: a row looks at most one output row far."""
    first = nn.Conv2d(3, 8, 3, stride, 1) if stride > 1 else nn.Conv2d(3, 8, 1)
    return nn.Sequential(first, nn.GELU(), nn.Conv2d(8, 5, 3, 2 if stride > 1 else 1, 1))


@pytest.mark.parametrize(("stride", "height"), [(1, 7), (1, 24), (2, 28), (2, 40)])
@pytest.mark.parametrize("pictures", [1, 2])
@torch.inference_mode()
def test_bands_of_a_map_join_without_a_seam(small_cache, stride, height, pictures):
    layer = Heard(convolutions(stride), dim=2)
    x = a_map(pictures, 3, height, 8)
    whole = layer.layer(x)
    banded = fast.in_bands(layer, x, 8 * x[:, 0].numel() // stride**2, stride**2)
    assert len(layer.rows) > pictures
    assert max(layer.rows) < height
    torch.testing.assert_close(banded, whole, **EXACT)


@torch.inference_mode()
def test_what_fits_is_not_cut():
    layer = Heard(convolutions(1), dim=2)
    fast.in_bands(layer, a_map(1, 3, 24, 8), 24 * 8 * 8)
    rows = Heard(nn.Identity(), dim=1)
    fast.add_by_rows(rows, torch.ones(1, 24, 8, 3), 24 * 8 * 8)
    assert (layer.rows, rows.rows) == ([24], [24])


def test_where_gradients_are_taken_nothing_is_cut(small_cache):
    layer, x = Heard(convolutions(1), dim=2), a_map(1, 3, 24, 8).requires_grad_()
    fast.in_bands(layer, x, 10**6).sum().backward()
    rows, tokens = Heard(nn.Linear(4, 4), dim=1), torch.randn(1, 12, 5, 4, requires_grad=True)
    fast.add_by_rows(rows, tokens, 10**6, out=tokens).sum().backward()
    assert (layer.rows, rows.rows) == ([24], [12])
    assert x.grad.abs().sum() > 0
    assert tokens.grad.abs().sum() > 0


@pytest.mark.parametrize("step", [1, 3, 5])
@torch.inference_mode()
def test_rows_that_belong_together_stay_so(small_cache, step):
    """Each ``step`` rows are summed up: whoever parts them gets another sum."""

    def sums(x: torch.Tensor) -> torch.Tensor:
        groups = x.split(step, dim=1)
        return torch.cat([g.sum(1, keepdim=True).expand_as(g) for g in groups], dim=1)

    x = torch.randn(2, 14, 5, 4, generator=torch.Generator().manual_seed(0))
    layer, whole = Heard(sums, dim=1), x + sums(x)
    torch.testing.assert_close(fast.add_by_rows(layer, x, 10 * x.numel(), step), whole, **EXACT)
    assert len(layer.rows) == -(-14 // step)
    assert fast.add_by_rows(sums, x, 10 * x.numel(), step, out=x) is x
    torch.testing.assert_close(x, whole, **EXACT)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("x", [a_map(2, 8, 6, 5), torch.randn(2, 6, 8)], ids=["map", "tokens"])
def test_gelu_is_torchs(x, dtype):
    x = (3 * x).to(dtype)
    expected = F.gelu(x)
    with torch.inference_mode():
        found = fast.gelu(x.clone())
    torch.testing.assert_close(found, expected)
    assert found.stride() == expected.stride()


def test_gelu_uses_its_input_up_unless_a_gradient_needs_it():
    x = a_map(1, 8, 6, 5)
    with torch.inference_mode():
        fresh = x.clone()
        assert fast.gelu(fresh).data_ptr() == fresh.data_ptr()
    kept = x.clone().requires_grad_()
    fast.gelu(kept).sum().backward()
    assert torch.equal(kept, x)
    expected = x.clone().requires_grad_()
    F.gelu(expected).sum().backward()
    torch.testing.assert_close(kept.grad, expected.grad, **EXACT)
