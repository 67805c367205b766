"""What a CPU does faster another way, with the same result: which library, how much at once.

No layers, and nothing that a network means: each function says in its first line what it computes.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Layer = Callable[[Tensor], Tensor]

# torch hands fp32 matrix products to MKL, which leaves AVX-512 unused on AMD's processors, and
# convolutions and bf16 to oneDNN, which takes what the processor has: in fp32 up to twice as fast,
# never slower. Its fused attention has products of its own, slower than either.
TWO_LIBRARIES: bool = torch.backends.mkl.is_available() and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
WORTHWHILE = 2**24  # multiplications: below, what going another way costs outweighs its gain

AT_ONCE = {"cpu": 2**21}  # numbers in one piece of work: 8 MB stay in a CPU's cache
AT_ONCE_ELSEWHERE = 2**27  # bounds memory only


def outruns_torch(x: Tensor, multiplications: int) -> bool:
    """Whether work of this size on ``x`` is faster our way than torch's."""
    if torch.compiler.is_compiling():  # a compiler or an exported graph's runtime chooses itself
        return False
    ours = TWO_LIBRARIES and x.device.type == "cpu" and x.dtype in (torch.float32, torch.bfloat16)
    return ours and multiplications >= WORTHWHILE


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """``x @ weight.T + bias``, on a CPU as a 1x1 convolution where that is faster.

    Parameters
    ----------
    x : Tensor
        (..., n) float.
    weight : Tensor
        (m, n) float.
    bias : Tensor, optional
        (m,) float.

    Returns
    -------
    Tensor
        (..., m) float.
    """
    if x.dtype != torch.float32 or not outruns_torch(x, x.numel() * weight.shape[0]):
        return F.linear(x, weight, bias)
    tokens = x.shape[:-1].numel()
    pictures = 1 if tokens % 16 else 16  # from 16 on, oneDNN gets the work of a single thread too
    x_2d = x.reshape(pictures, -1, 1, x.shape[-1]).permute(0, 3, 1, 2)  # channels last in memory
    y = F.conv2d(x_2d, weight[:, :, None, None], bias)
    return y.permute(0, 2, 3, 1).reshape(*x.shape[:-1], -1)


def attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None = None) -> Tensor:
    """``softmax(q @ k.T * D ** -0.5 + bias) @ v``: scaled dot-product attention, head by head.

    Parameters
    ----------
    q : Tensor
        (B, heads, Nq, D) float.
    k, v : Tensor
        (B, heads, Nk, D) float.
    bias : Tensor, optional
        (B or 1, heads or 1, Nq, Nk), of q's type or, on a CPU, float32; added to the logits after
        they are scaled by ``D ** -0.5``.

    Returns
    -------
    Tensor
        (B, heads, Nq, D) float.
    """
    if not outruns_torch(q, q.shape[-2] * q.shape[-1] * k.shape[-2]):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    bias = None if bias is None else bias.expand(*q.shape[:2], -1, -1)
    heads = []
    for b, h in product(range(q.shape[0]), range(q.shape[1])):
        logits = linear(q[b, h] * q.shape[-1] ** -0.5, k[b, h]).float()
        weights = (logits if bias is None else logits.add_(bias[b, h])).softmax(-1)
        heads.append(linear(weights.to(v.dtype), v[b, h].T))
    return torch.stack(heads).view(*q.shape[:3], -1)


def attention_by_distance(q: Tensor, k: Tensor, v: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """``attention`` with the bias ``rows + columns``, in pieces that a cache holds.

    Parameters
    ----------
    q, k, v : Tensor
        (B, heads, H * W, D) float.
    rows, columns : Tensor
        (B, heads, H * W, H) and (B, heads, H * W, W) float: for each query, of each key's row and
        of its column.

    Returns
    -------
    Tensor
        (B, heads, H * W, D) float.
    """
    if q.device.type == "cpu":  # adding in bf16 takes twice as long there
        rows, columns = rows.float(), columns.float()
    B, heads, N, _ = q.shape
    logits = B * N**2  # of one head
    out = []
    for q1, k1, v1, rows1, columns1 in cut(
        min(heads, cuts(q, heads * logits)), 1, q, k, v, rows, columns
    ):
        parts = cuts(q, q1.shape[1] * logits)
        pieces = [
            attention(few, k1, v1, (high[..., :, None] + wide[..., None, :]).flatten(3))
            for few, high, wide in cut(parts, 2, q1, rows1, columns1)
        ]
        out.append(torch.cat(pieces, dim=2))
    return torch.cat(out, dim=1)


def dots_through(x: Tensor, weight: Tensor, pixels: Tensor) -> Tensor:
    """``x @ (pixels @ weight.T).T`` by ``(x @ weight) @ pixels.T``, of few tokens, many pixels.

    Parameters
    ----------
    x : Tensor
        (B, heads, N, D) float.
    weight : Tensor
        (heads, D, C) float.
    pixels : Tensor
        (B or 1, P, C) float.

    Returns
    -------
    Tensor
        (B, heads, N, P) float, in less than half the multiplications.
    """
    B, heads, N, _ = x.shape
    tokens = (x @ weight).flatten(1, 2)  # (B, heads * N, C)
    if torch.compiler.is_compiling() or B != 1:
        return (tokens @ pixels.mT).view(B, heads, N, -1)
    return linear(pixels, tokens[0]).mT.view(B, heads, N, -1)  # quicker with tokens for weights


def sums_through(shares: Tensor, weight: Tensor, pixels: Tensor) -> Tensor:
    """``shares @ (pixels @ weight.T)`` by ``(shares @ pixels) @ weight.T``.

    Parameters
    ----------
    shares : Tensor
        (B, heads, N, P) float.
    weight, pixels : Tensor
        As ``dots_through`` takes them.

    Returns
    -------
    Tensor
        (B, heads, N, D) float.
    """
    B, heads, N, _ = shares.shape
    seen = shares.flatten(1, 2) @ pixels  # (B, heads * N, C)
    return seen.view(B, heads, N, -1) @ weight.mT


def gelu(x: Tensor) -> Tensor:
    """GELU of a fresh tensor, in whose memory the result is where no gradient needs it.

    torch has it from oneDNN, twice as fast, for what lies contiguous: a map (B, C, H, W) that lies
    channels last is turned for it.
    """
    if torch.compiler.is_compiling():
        return F.gelu(x)
    turned = x.permute(0, 2, 3, 1) if x.ndim == 4 and not x.is_contiguous() else x
    y = F.gelu(turned) if torch.is_grad_enabled() else torch.ops.aten.gelu_(turned)
    return y if turned is x else y.permute(0, 3, 1, 2)


def cuts(x: Tensor, numbers: int) -> int:
    """Into how many pieces to cut work on ``x`` that goes through so many numbers."""
    # A compiler, or an exporter, would write each piece out: thousands of nodes for ViT-B.
    place = "graph" if torch.compiler.is_compiling() else x.device.type
    return -(-numbers // AT_ONCE.get(place, AT_ONCE_ELSEWHERE))


def cut(pieces: int, dim: int, *tensors: Tensor) -> Iterator[tuple[Tensor, ...]]:
    """Cut tensors alike: the first piece of each, the second of each, and so on."""
    return zip(*(tensor.chunk(pieces, dim) for tensor in tensors), strict=True)


def in_bands(layer: Layer, x: Tensor, numbers: int, stride: int = 1) -> Tensor:
    """``layer(x)``, a band of rows at a time, so that what is between stays in a CPU's cache.

    Parameters
    ----------
    layer : callable
        (B, C, H, W) -> (B, C', H / stride, W / stride), of which a row depends on ``stride`` rows
        and at most as many above and below them. It pads by itself at the map's edges.
    x : Tensor
        (B, C, H, W) float, H divisible by ``stride``.
    numbers : int
        Of the largest map in between.
    stride : int
        Of all that is in the layer together.

    Returns
    -------
    Tensor
        (B, C', H / stride, W / stride) float, channels last in memory.
    """
    if not _may_cut(x, numbers):
        return layer(x)
    if len(x) > 1:  # bands of one picture each: a band of several is a thin one
        each = [in_bands(layer, one, numbers // len(x), stride) for one in x.chunk(len(x))]
        return torch.cat(each)
    height = x.shape[2] // stride
    rows = _over(height, cuts(x, numbers))
    out = x.new_empty(0)
    for start in range(0, height, rows):
        # One more row on each side than is kept: the layer pads there, where the map goes on.
        above = min(start, 1)
        some = layer(x[:, :, (start - above) * stride : (start + rows + 1) * stride])
        if start == 0:
            _, C, _, W = some.shape
            out = some.new_empty(1, height, W, C).permute(0, 3, 1, 2)
        into = out[:, :, start : start + rows]
        into.copy_(some[:, :, above : above + into.shape[2]])
    return out


def add_by_rows(
    branch: Layer, x: Tensor, numbers: int, step: int = 1, out: Tensor | None = None
) -> Tensor:
    """``x + branch(x)``, some rows at a time, where each ``step`` rows need no others.

    Parameters
    ----------
    branch : callable
        (B, rows, W, C) -> (B, rows, W, C), of any number of rows.
    x : Tensor
        (B, H, W, C) float.
    numbers : int
        Of the largest map in between.
    step : int
        Rows that belong together, counted from the first.
    out : Tensor, optional
        (B, H, W, C): memory for the result, where no gradient needs it; it may be x.
    """
    if not _may_cut(x, numbers):
        return x + branch(x)
    rows = _over(_over(x.shape[1], cuts(x, numbers)), step) * step
    out = torch.empty_like(x) if out is None else out
    for some, into in zip(torch.split(x, rows, 1), torch.split(out, rows, 1), strict=True):
        torch.add(some, branch(some), out=into)
    return out


def _may_cut(x: Tensor, numbers: int) -> bool:
    # Where gradients are taken, all that is in between is kept anyway.
    return x.device.type == "cpu" and not torch.is_grad_enabled() and cuts(x, numbers) > 1


def _over(rows: int, parts: int) -> int:
    return -(-rows // parts)
