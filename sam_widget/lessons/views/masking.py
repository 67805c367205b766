"""Masked autoencoding: most patches are hidden, and guessed; the hidden share is the knob."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from sam_widget.lessons.marks import Picture, Words
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.lessons.threads import one_thread
from sam_widget.training.mae.model import (
    MaskedAutoencoder,
    Masking,
    every_third,
    fresh_encoder,
    reconstruct,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.lessons.marks import Mark

SIDE = 96  # px: 6 x 6 patches
WIDTH = 64
AT_ONCE = 16
SHARES = (0.25, 0.5, 0.75, 0.9)


def crops(photos: Sequence[NDArray[np.uint8]], count: int, seed: int) -> Tensor:
    """Return (count, 3, SIDE, SIDE) uint8: squares of photos, at half their size, by chance."""
    dice = np.random.default_rng(seed)
    small = [Image.fromarray(each).reduce(2) for each in photos]
    found = []
    for _ in range(count):
        photo = small[dice.integers(len(small))]
        x, y = (int(dice.integers(0, side - SIDE + 1)) for side in photo.size)
        found.append(np.asarray(photo.crop((x, y, x + SIDE, y + SIDE))))
    return torch.from_numpy(np.stack(found)).permute(0, 3, 1, 2).contiguous()


@one_thread()
def taught(
    photos: Sequence[NDArray[np.uint8]], steps: int = 150, share: float = 0.75, seed: int = 0
) -> tuple[MaskedAutoencoder, tuple[float, ...]]:
    """Teach a very small autoencoder some photos; return it, and its loss at each step.

    It knows these photos and nothing else: enough to see what is asked of it.
    """
    torch.manual_seed(seed)
    encoder = fresh_encoder(every_third(WIDTH, 3, 4), SIDE)
    mae = MaskedAutoencoder(encoder, WIDTH, 2, 4, target="pixels")
    optimizer = torch.optim.AdamW(mae.parameters(), 2e-3)
    losses = []
    for step in range(steps):
        x = encoder.normalise(crops(photos, AT_ONCE, seed * 10_000 + step).float())
        loss = mae.loss(x, Masking.draw(AT_ONCE, (SIDE // 16) ** 2, share, (seed, step)))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(float(loss.detach()))
    return mae.eval(), tuple(losses)


def guesses_on(
    mae: MaskedAutoencoder, square: Tensor, shares: Sequence[float] = SHARES, seed: int = 1
) -> Stage:
    """Draw what is seen of a square, and what is guessed, a frame for each share that is hidden.

    Parameters
    ----------
    mae : MaskedAutoencoder
    square : Tensor
        (3, SIDE, SIDE) uint8, as ``crops`` gives it.
    shares : sequence of float
        Of the patches, hidden, 0..1.
    """
    size, frames = (600, 210), []
    for share in shares:
        masking = Masking.draw(1, (SIDE // 16) ** 2, share, (seed,))
        (one,) = reconstruct(mae, square[None], masking)
        wrong = float(np.abs(one.filled.astype(float) - one.photo).mean())
        marks: list[Mark] = []
        for number, (pixels, name) in enumerate(
            ((one.masked, say("seen", "보인 것")), (one.filled, say("guessed", "짐작한 것")),
             (one.photo, say("the photo", "사진")))
        ):  # fmt: skip
            x = 200.0 * number
            marks.append(Picture(pixels, (x, 0.0, x + 190, 190.0), smooth=False))
            marks.append(Words(name, x + 95, 205, 13, "#6b7280", "center"))
        caption = say("{:.0%} hidden: {:.0f} of 255 off", "{:.0%} 가림: 255 가운데 {:.0f} 어긋남")
        frames.append(Frame(front=tuple(marks), caption=caption.format(share, wrong)))
    return Stage(frames, size, seconds=1.5)
