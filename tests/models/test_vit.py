"""The ViT's ways to be fast change nothing: each equals attention written out plainly."""

from __future__ import annotations

import weakref
from collections import Counter

import pytest
import torch
import torch.nn.functional as F
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from sam_widget.models import fast, layers, vit

WIDTH, HEADS = 24, 3
EXACT = {"rtol": 1e-4, "atol": 1e-5}


@pytest.fixture(params=["whole", "cut", "cut, by convolutions"])
def way(request, monkeypatch):
    """Go all at once, in pieces, in pieces by convolutions: big grids do the last on a CPU."""
    if request.param != "whole":
        monkeypatch.setitem(fast.AT_ONCE, "cpu", 300)
    monkeypatch.setattr(fast, "TWO_LIBRARIES", request.param.endswith("convolutions"))
    monkeypatch.setattr(fast, "WORTHWHILE", 0)


def stirred(module: torch.nn.Module) -> torch.nn.Module:
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(0.5 * torch.randn(parameter.shape, generator=generator))
    return module


def tokens(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(4)).requires_grad_()


def plain_attention(module: vit.ViTAttention, x: torch.Tensor) -> torch.Tensor:
    """Paper and supplement, token by token: no pieces, no tables of distances."""
    B, H, W, C = x.shape
    depth = C // module.heads
    qkv = F.linear(x, module.qkv.weight, module.qkv.bias)
    q, k, v = (
        part.reshape(B, H * W, module.heads, depth).transpose(1, 2) for part in qkv.split(C, -1)
    )
    logits = q @ k.transpose(-1, -2) / depth**0.5
    tables = [
        table
        if len(table) == 2 * side - 1
        else F.interpolate(table.T[None], 2 * side - 1, mode="linear")[0].T
        for side, table in ((H, module.rel_pos_h), (W, module.rel_pos_w))
    ]
    places = [divmod(i, W) for i in range(H * W)]
    bias = [
        [q[:, :, i] @ (tables[0][y - b + H - 1] + tables[1][x - a + W - 1]) for b, a in places]
        for i, (y, x) in enumerate(places)
    ]
    logits = logits + torch.stack([torch.stack(row, -1) for row in bias], 2)
    y = (logits.softmax(-1) @ v).transpose(1, 2).reshape(B, H, W, C)
    return F.linear(y, module.proj.weight, module.proj.bias)


def plain_block(block: vit.ViTBlock, x: torch.Tensor) -> torch.Tensor:
    """Each window by itself, padded with zeros behind the norm."""
    normed = F.layer_norm(x, (WIDTH,), block.norm1.weight, block.norm1.bias, 1e-6)
    H, W, side = x.shape[1], x.shape[2], block.window
    y = torch.zeros_like(x)
    for top in range(0, H, side):
        for left in range(0, W, side):
            window = normed[:, top : top + side, left : left + side]
            height, width = window.shape[1:3]
            padded = F.pad(window, (0, 0, 0, side - width, 0, side - height))
            seen = plain_attention(block.attn, padded)[:, :height, :width]
            y[:, top : top + height, left : left + width] = seen
    x = x + y
    normed = F.layer_norm(x, (WIDTH,), block.norm2.weight, block.norm2.bias, 1e-6)
    hidden = F.gelu(F.linear(normed, block.mlp.lin1.weight, block.mlp.lin1.bias))
    return x + F.linear(hidden, block.mlp.lin2.weight, block.mlp.lin2.bias)


def assert_alike(module, x, ours, plain) -> None:
    """Same answer, same gradients for the input and for every parameter."""
    torch.testing.assert_close(ours, plain, **EXACT)
    assert plain.std() > 0.1, "the weights say nothing"
    weigh = torch.linspace(-1, 1, ours.numel()).view(ours.shape)
    leaves = [x, *module.parameters()]
    expected = torch.autograd.grad((plain * weigh).sum(), leaves)
    for got, want in zip(torch.autograd.grad((ours * weigh).sum(), leaves), expected, strict=True):
        scale = want.abs().max()
        assert scale > 1e-3
        torch.testing.assert_close(got / scale, want / scale, rtol=0, atol=1e-4)


@pytest.mark.parametrize("shape", [(1, 5, 5), (2, 3, 7), (3, 2, 4)])
def test_attention_equals_the_plain_way(way, shape):
    module = stirred(vit.ViTAttention(WIDTH, HEADS, 5))  # other sides: tables are interpolated
    x = tokens(*shape, WIDTH)
    assert_alike(module, x, module(x), plain_attention(module, x))


@pytest.mark.parametrize("grid", [(6, 6), (7, 5), (2, 10)])
def test_windows_need_not_divide_the_grid(way, grid):
    block = stirred(vit.ViTBlock(WIDTH, HEADS, window=3, grid=6))
    x = tokens(2, *grid, WIDTH)
    assert_alike(block, x, block(x), plain_block(block, x))


@pytest.mark.parametrize("shape", [(5, 7, 24), (2, 4, 4, 24), (33, 24)])
def test_linear_by_convolution(shape, monkeypatch):
    monkeypatch.setattr(fast, "WORTHWHILE", 0)
    monkeypatch.setattr(fast, "TWO_LIBRARIES", True)
    layer, x = stirred(layers.Linear(24, 10)), tokens(*shape)
    ours, plain = layer(x), F.linear(x, layer.weight, layer.bias)
    assert "Convolution" in names_behind(ours)
    assert_alike(layer, x, ours, plain)


def names_behind(tensor: torch.Tensor) -> str:
    """Names of the operations that a tensor comes from."""
    todo, names = [tensor.grad_fn], []
    while todo:
        node = todo.pop()
        names.append(node.name())
        todo += [parent for parent, _ in node.next_functions if parent is not None]
    return " ".join(names)


def test_big_products_are_convolutions_on_a_cpu_and_others_are_not():
    layer = layers.Linear(64, 64)
    big = "Convolution" in names_behind(layer(torch.zeros(5000, 64)))
    assert big == fast.TWO_LIBRARIES
    assert "Convolution" not in names_behind(layer(torch.zeros(5, 64)))
    assert "Convolution" not in names_behind(layer.bfloat16()(torch.zeros(5000, 64).bfloat16()))


def test_attention_of_big_maps_equals_torch():
    """Without and with a bias, also one for all heads, from the size on where ours goes its way."""
    q, k, v = (tokens(2, 2, 512, 64) for _ in range(3))
    for bias in (None, tokens(2, 2, 512, 512), tokens(1, 1, 512, 512)):
        ours = fast.attention(q, k, v, bias)
        torch.testing.assert_close(ours, F.scaled_dot_product_attention(q, k, v, bias), **EXACT)
        assert ("Convolution" in names_behind(ours)) == fast.TWO_LIBRARIES


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_near(dtype):
    encoder = stirred(vit.ViTEncoder(vit.ViTSize(32, 2, 2, (1,)), side=320)).eval()
    with torch.no_grad():
        for block in encoder.blocks:
            block.attn.qkv.weight *= 0.1
        x = tokens(1, 3, 320, 320)
        full = encoder(x).embedding
        half = encoder.to(dtype)(x.to(dtype)).embedding
    assert half.dtype == dtype
    assert (half.float() - full).abs().mean() < 0.02 * full.abs().max()


@torch.no_grad()
def test_big_maps_in_bf16_are_as_near_as_torch_has_them():
    """Logits of some 20, as sharp weights make them: eight bits are too few to add a bias in."""
    q, k, v = 2 * tokens(1, 2, 512, 64), tokens(1, 2, 512, 64), tokens(1, 2, 512, 64)
    bias = tokens(1, 2, 512, 512)
    true = F.scaled_dot_product_attention(*(t.double() for t in (q, k, v, bias)))
    short = [t.bfloat16() for t in (q, k, v, bias)]

    def error(out: torch.Tensor) -> float:
        assert out.dtype == torch.bfloat16
        return (out - true).abs().mean().item()

    assert error(fast.attention(*short)) < 1.1 * error(F.scaled_dot_product_attention(*short))


class Live(TorchDispatchMode):
    """Counts the bytes of the tensors that are alive at once, and keeps the highest count."""

    def __init__(self) -> None:
        super().__init__()
        self.holders, self.now, self.peak = Counter(), 0, 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        out = function(*args, **(kwargs or {}))
        for tensor in tree_leaves(out):
            if isinstance(tensor, torch.Tensor):
                storage = tensor.untyped_storage()
                key, size = storage._cdata, storage.nbytes()
                self.now += 0 if self.holders[key] else size
                self.holders[key] += 1
                weakref.finalize(tensor, self.drop, key, size)
        self.peak = max(self.peak, self.now)
        return out

    def drop(self, key: int, size: int) -> None:
        self.holders[key] -= 1
        self.now -= 0 if self.holders[key] else size


def test_memory_of_vit_b_is_bounded(monkeypatch):
    """In shapes only: one head's attention matrix would be 67 MB, all of them 805 MB."""
    monkeypatch.setitem(fast.AT_ONCE, "meta", fast.AT_ONCE["cpu"])
    with torch.device("meta"), torch.no_grad():
        encoder = vit.ViTEncoder(vit.SIZES["vit_b"]).eval()
        x = torch.zeros(1, 3, 1024, 1024)
        with Live() as live:
            encoder(x)
    assert 38e6 < live.peak < 300e6  # at least its queries, keys and values
