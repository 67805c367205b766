"""Where a training computes and in which number type. No model, no loss."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from sam_widget.errors import SamError
from sam_widget.models.devices import cpu_computes_bf16, pick_device


@dataclass(frozen=True)
class Precision:
    """A device, and the number type of the large products in it; weights stay float32.

    Attributes
    ----------
    device
        Where model and batches live.
    dtype
        float32: everything; bfloat16 or float16: matrix products and convolutions of encoder and
        mask decoder, by `torch.autocast`. Prompts and losses are always float32.
    """

    device: torch.device
    dtype: torch.dtype = torch.float32

    @classmethod
    def pick(cls, device: str | torch.device = "auto", precision: str = "auto") -> Precision:
        """Choose what the hardware computes in.

        Parameters
        ----------
        device
            As `sam_widget.models.devices.pick_device` takes it.
        precision
            "fp32", "bf16", "fp16" or "auto": on a GPU bf16 where it has it (compute capability 8,
            Ampere, or later), else fp16 with a scaled loss; elsewhere fp32.

        Raises
        ------
        ValueError
            The device or the type is unknown, or this machine only imitates the type.
        """
        place = pick_device(device)
        cuda = place.type == "cuda"
        bf16 = torch.cuda.get_device_capability(place) >= (8, 0) if cuda else cpu_computes_bf16()
        if precision == "auto":
            short = torch.bfloat16 if bf16 else torch.float16
            return cls(place, short if cuda else torch.float32)
        types = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
        if precision not in types:
            raise SamError(f"precision is auto, fp32, bf16 or fp16, not {precision!r}.")
        if precision == "bf16" and not bf16:
            raise SamError(f"this {place.type} has no bf16 arithmetic and would be slow; say fp32.")
        if precision == "fp16" and not cuda:
            raise SamError("fp16 is trained on CUDA only; say fp32.")
        return cls(place, types[precision])

    def autocast(self) -> torch.autocast:
        """Return the context in which the networks run; float32 needs none and gets a void one."""
        enabled = self.dtype != torch.float32
        return torch.autocast(self.device.type, self.dtype if enabled else None, enabled=enabled)

    def scaler(self) -> torch.amp.GradScaler:
        """Return what keeps small float16 gradients from vanishing; idle for other types."""
        return torch.amp.GradScaler(self.device.type, enabled=self.dtype == torch.float16)
