"""The min-of-three rule: of three masks only the best is taught, so each finds its own size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from sam_widget.lessons.speech import say
from sam_widget.lessons.threads import one_thread
from sam_widget.training.lesson.losses import mask_loss

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from torch import Tensor

SIDE = 24
SIZES = (4, 7, 11)  # half sides of a square in a square in a square, px
BEGINS = (5.0, 8.0, 11.0)  # px: heads begin unlike each other, or the first winner wins for ever


def squares() -> Tensor:
    """Return (3, SIDE, SIDE) float: sub-part, part and whole around one click, 0 or 1."""
    return torch.stack([(_far() < size).float() for size in SIZES])


def _far() -> Tensor:
    """Return how far each place is from the click, px, along the longer way."""
    away = (torch.arange(SIDE) + 0.5 - SIDE / 2).abs()
    return torch.maximum(away[:, None], away[None])


@dataclass(frozen=True, eq=False)
class Taught:
    """What came of teaching some heads the same click.

    Attributes
    ----------
    logits : Tensor
        (heads, SIDE, SIDE) float: what each draws at the end.
    winners : tuple of int
        Of each step: the head that was best, and was taught.
    truths : tuple of int
        Of each step: which square was meant: 0 sub-part, 1 part, 2 whole.
    """

    logits: Tensor
    winners: tuple[int, ...]
    truths: tuple[int, ...]


@one_thread()
def teach(heads: int = 3, steps: int = 300, seed: int = 3) -> Taught:
    """Teach heads one click that means each of three squares equally often.

    Each head is a map of logits of its own: the smallest network there is. A step draws what is
    meant by chance, and the lowest of the heads' losses goes back (paper, section 3: "Resolving
    ambiguity"). Of some seeds a head is left with nothing: it never wins, so it never learns.
    """
    chance = torch.Generator().manual_seed(seed)
    begins = torch.tensor(BEGINS[:heads])[:, None, None] - _far()
    noise = torch.randn(heads, SIDE, SIDE, generator=chance)
    logits = (0.1 * begins + 0.3 * noise).requires_grad_()
    optimizer, meant = torch.optim.Adam([logits], 0.3), squares()
    winners, truths = [], []
    for _ in range(steps):
        truth = int(torch.randint(3, (1,), generator=chance))
        loss = mask_loss(logits, meant[truth])
        optimizer.zero_grad()
        loss.min().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        winners.append(int(loss.argmin()))
        truths.append(truth)
    return Taught(logits.detach(), tuple(winners), tuple(truths))


def winners_of(taught: Taught, last: int = 60) -> Figure:
    """Draw what each head has come to draw, and how often it won for each square at the end."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra, heavy

    heads = len(taught.logits)
    figure = Figure((2.2 * heads, 2.9), layout="tight")
    grid: Any = figure.subplots(1, heads, squeeze=False)
    late = list(zip(taught.winners, taught.truths, strict=True))[-last:]
    for head, axes in enumerate(grid[0]):
        axes.imshow(torch.sigmoid(taught.logits[head]).numpy(), cmap="gray", vmin=0, vmax=1)
        axes.set_xticks([])
        axes.set_yticks([])
        won = [sum((w, t) == (head, truth) for w, t in late) for truth in range(3)]
        axes.set_title(say("head {}", "헤드 {}").format(head + 1), fontsize=10)
        said = say("won: small {}, middle {}, large {}", "작은 것 {}, 중간 {}, 큰 것 {}")
        axes.set_xlabel(said.format(*won), fontsize=7)
    return figure
