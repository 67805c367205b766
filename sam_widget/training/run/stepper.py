"""The optimiser's step: its rate, its gradient's bound, what is not finite. No loss, no loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .precision import Precision

LONGEST = 1.0  # of the gradient of all parameters together; a longer one is cut to it


class Stepper:
    """AdamW over groups of parameters, each with a peak rate of its own.

    Parameters
    ----------
    groups
        For AdamW: "params", "peak" (a learning rate) and, where it is another, "weight_decay".
    precision
        Small gradients of float16 are scaled so that they do not vanish.
    betas
        AdamW's.
    """

    def __init__(
        self,
        groups: Iterable[dict[str, Any]],
        precision: Precision,
        betas: tuple[float, float] = (0.9, 0.98),
    ) -> None:
        groups = [{"lr": group["peak"], **group} for group in groups]
        self._optimiser = torch.optim.AdamW(groups, betas=betas, weight_decay=0.0, fused=True)
        self._scaler = precision.scaler()

    @property
    def scale(self) -> Callable[[Tensor], Tensor]:
        """What a loss passes through before ``backward``."""
        scale: Callable[[Tensor], Tensor] = self._scaler.scale
        return scale

    def step(self, factor: float) -> float:
        """Move the parameters by their gradients, which are gone then; not where one is not finite.

        Parameters
        ----------
        factor
            Of the peak rates.

        Returns
        -------
        float
            The length of the gradient before it was bounded; it may be infinite or NaN.
        """
        groups = self._optimiser.param_groups
        for group in groups:
            group["lr"] = group["peak"] * factor
        self._scaler.unscale_(self._optimiser)
        every = [parameter for group in groups for parameter in group["params"]]
        norm = nn.utils.clip_grad_norm_(every, LONGEST)
        if self._scaler.is_enabled() or torch.isfinite(norm):  # a scaler looks by itself
            self._scaler.step(self._optimiser)
        self._scaler.update()
        self._optimiser.zero_grad(set_to_none=True)
        return float(norm)

    def state(self) -> dict[str, Any]:
        """Return what ``restore`` takes."""
        state = {"optimiser": self._optimiser.state_dict()}
        if self._scaler.is_enabled():
            state["scaler"] = self._scaler.state_dict()
        return state

    def restore(self, state: dict[str, Any]) -> None:
        """Go on where another run stopped, at this one's own peak rates."""
        peaks = [group["peak"] for group in self._optimiser.param_groups]
        self._optimiser.load_state_dict(state["optimiser"])
        for group, peak in zip(self._optimiser.param_groups, peaks, strict=True):
            group["peak"] = peak
        if "scaler" in state and self._scaler.is_enabled():
            self._scaler.load_state_dict(state["scaler"])
