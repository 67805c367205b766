"""Losses: focal and dice (20 to 1), predicted IoU, lowest loss of three. Tensors only."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor


def focal_loss(logits: Tensor, target: Tensor, alpha: float = 0.25, gamma: float = 2.0) -> Tensor:
    """Mean focal loss of each mask (Lin et al., "Focal Loss for Dense Object Detection", eq. 5).

    Cross-entropy weighted by how wrong a pixel still is, |target - p| to the power gamma, which is
    the paper's (1 - p_t) where the target is 0 or 1 and stays right for soft targets. `alpha`
    weighs foreground, 1 - alpha background.

    Parameters
    ----------
    logits
        (..., H, W) float.
    target
        (..., H, W) float, 0..1, share of the pixel that the mask covers; broadcast to the logits.

    Returns
    -------
    (...) float, at least 0.
    """
    target = target.expand_as(logits)
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    wrong = (torch.sigmoid(logits) - target).abs() ** gamma
    weight = alpha * target + (1 - alpha) * (1 - target)
    return (weight * wrong * entropy).mean((-2, -1))


def dice_loss(logits: Tensor, target: Tensor) -> Tensor:
    """One less the dice coefficient (Milletari et al., "V-Net", section 3: with squared sums).

    The squares make it 0 for a soft target met exactly, as at a border that cuts through pixels.

    Parameters
    ----------
    logits, target
        As in `focal_loss`.

    Returns
    -------
    (...) float, 0..1.
    """
    p = torch.sigmoid(logits)
    both = (p * target).sum((-2, -1))
    total = (p * p).sum((-2, -1)) + (target * target).sum((-2, -1))
    return 1 - (2 * both + 0.1) / (total + 0.1)


def mask_loss(logits: Tensor, target: Tensor) -> Tensor:
    """20 focal + dice (Segment Anything, section 3 "Losses and training" and appendix A)."""
    return 20 * focal_loss(logits, target) + dice_loss(logits, target)


@torch.no_grad()
def true_iou(logits: Tensor, target: Tensor) -> Tensor:
    """Intersection over union of what is shown (logits above 0) and the target (above 0.5).

    Parameters
    ----------
    logits
        (..., h, w); enlarged (bilinear) to the target's size where that is larger.
    target
        (..., H, W) float 0..1, as many leading axes as the logits, or 1 there.

    Returns
    -------
    (...) float, 0..1; 1 where both are empty.
    """
    if logits.shape[-2:] != target.shape[-2:]:
        logits = F.interpolate(
            logits, tuple(target.shape[-2:]), mode="bilinear", align_corners=False
        )
    shown, truth = logits > 0, target > 0.5
    both = (shown & truth).sum((-2, -1)).float()
    either = (shown | truth).sum((-2, -1)).float()
    return torch.where(either > 0, both / either.clamp(min=1), torch.ones_like(either))


class Loss(NamedTuple):
    """The parts of one round's loss, each (B,), and what they were taken from."""

    mask: Tensor
    iou: Tensor
    achieved: Tensor
    """(B, M) IoU of each candidate with the truth."""

    def total(self, iou_weight: float = 1.0) -> Tensor:
        """() sum over prompts of mask loss plus weighted IoU loss (the paper's weight is 1)."""
        return (self.mask + iou_weight * self.iou).sum()


def prompt_loss(logits: Tensor, predicted_iou: Tensor, coarse: Tensor, fine: Tensor) -> Loss:
    """Loss of M candidates for each of B prompts.

    Only the candidate of the lowest mask loss is corrected, so that the three of an ambiguous
    click can come to mean different things (Segment Anything, section 3 "Resolving ambiguity");
    the predicted IoU of all of them is regressed on the true one (mean squared error).

    Parameters
    ----------
    logits
        (B, M, h, w) float; M is 3 for an ambiguous prompt, 1 for the single-mask token.
    predicted_iou
        (B, M) float.
    coarse
        (B, h, w) float 0..1, the mask at the logits' size.
    fine
        (B, H, W) float 0..1, the mask where its IoU is measured.
    """
    each = mask_loss(logits, coarse[:, None])  # (B, M)
    achieved = true_iou(logits, fine[:, None])  # (B, M)
    return Loss(each.amin(1), ((predicted_iou - achieved) ** 2).mean(1), achieved)
