"""Focal and dice loss, pixel by pixel, with their gradients painted on the photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from sam_widget.lessons.marks import Picture
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.training.lesson.losses import dice_loss, focal_loss

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sam_widget.lessons.study import Study


def gradients(
    logits: NDArray[np.float32], target: NDArray[np.bool_], gamma: float = 2.0
) -> dict[str, NDArray[np.float32]]:
    """Return how each loss pulls at each logit, (h, w) float32: the step down, -d loss / d logit.

    Positive: the pixel shall become more of a mask. By autograd, of the mean over all pixels.

    Parameters
    ----------
    logits : ndarray
        (h, w) float32.
    target : ndarray
        (h, w) bool.
    gamma : float
        Of the focal loss: 0 is cross-entropy.
    """
    truth = torch.from_numpy(target.astype(np.float32))
    x = torch.from_numpy(logits.copy()).requires_grad_()
    losses = {"focal": focal_loss(x, truth, gamma=gamma), "dice": dice_loss(x, truth)}
    return {name: -torch.autograd.grad(loss, x)[0].numpy() for name, loss in losses.items()}


def pulled(pull: NDArray[np.float32], box: Any) -> Picture:
    """Return a pull as a picture: green is more of a mask, red less, clear nothing."""
    share = np.clip(np.abs(pull) / max(float(np.abs(pull).max()), 1e-12), 0, 1) ** 0.5
    pixels = np.zeros((*pull.shape, 4), np.uint8)
    pixels[pull > 0, :3] = (34, 197, 94)
    pixels[pull < 0, :3] = (239, 68, 68)
    pixels[..., 3] = np.round(230 * share)
    return Picture(pixels, box, smooth=False)


def gradients_on(
    study: Study, logits: NDArray[np.float32], target: NDArray[np.bool_], gamma: float = 2.0
) -> Stage:
    """Draw the answer with its truth, then what focal loss and dice loss pull at.

    Parameters
    ----------
    study : Study
    logits : ndarray
        (h, w) float32 on the model's grid, cut to the photo by ``study.cropped``.
    target : ndarray
        (h, w) bool, the same.
    gamma : float
        Of the focal loss.
    """
    missed = np.where(target & (logits <= 0), 1.0, 0.0) - np.where(~target & (logits > 0), 1.0, 0.0)
    pulls = gradients(logits, target, gamma)
    captions = (
        say("green: missed; red: too much", "초록: 빠진 곳, 빨강: 넘친 곳"),
        say("focal loss, gamma {:g}: where it pulls", "focal 손실, 감마 {:g}: 당기는 곳").format(
            gamma
        ),
        say("dice loss: where it pulls", "dice 손실: 당기는 곳"),
    )
    painted = (missed.astype(np.float32), pulls["focal"], pulls["dice"])
    frames = [
        Frame((study.picture,), (pulled(each, study.box),), caption)
        for each, caption in zip(painted, captions, strict=True)
    ]
    return Stage(frames, study.size, seconds=1.5)


def focal_curves(gammas: tuple[float, ...] = (0.0, 1.0, 2.0, 5.0)) -> Figure:
    """Draw a pixel's focal loss against its probability of being right, a curve for each gamma."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra, heavy

    right = np.linspace(0.01, 0.99, 99)
    axes = (figure := Figure((6, 2.6), layout="tight")).subplots()
    for gamma in gammas:
        axes.plot(right, -((1 - right) ** gamma) * np.log(right), label=f"gamma {gamma:g}")
    axes.set_xlabel(say("probability of what is true", "참인 쪽의 확률"))
    axes.set_ylabel(say("loss", "손실"))
    axes.legend(frameon=False)
    return figure
