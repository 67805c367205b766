"""Which of the candidates leads, and by which rule. No model in here.

The rule: the highest predicted IoU times stability score. A model's own estimate alone may be too
sure of masks in shreds, whose borders move when the logits are cut a little higher or lower. One
that has learnt to judge them itself says so (``Thresholds.stability_counts`` 0), and its estimate
leads alone. What the rule gives a model `python -m sam_widget.training.evaluate` tells: *leading*
beside *one click*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def leading(predicted_iou: Tensor, stability: Tensor, counts: float = 1.0) -> Tensor:
    """Choose one of M candidates for each of B prompts.

    Parameters
    ----------
    predicted_iou : Tensor
        (B, M) float, as the model says it; what is below 0 or no number counts as 0, what is above
        1 as 1.
    stability : Tensor
        (B, M) float in 0..1.
    counts : float
        How much stability counts: the power that it is raised to, 0..1.

    Returns
    -------
    Tensor
        (B,) int64: the candidate with the highest product, the first of equal ones.
    """
    return (predicted_iou.nan_to_num(0).clamp(0, 1) * stability**counts).argmax(-1)
