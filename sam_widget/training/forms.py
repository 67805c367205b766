"""A model in use -> one that can learn; what a run has saved, read again. No steps."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from sam_widget.formats.errors import DataError
from sam_widget.models.layers import NormedConvolution

if TYPE_CHECKING:
    from pathlib import Path

    from sam_widget.models.sam import Sam


def trainable(sam: Sam) -> Sam:
    """Return a copy in float32 with gradients, whose batch norms stand by themselves again.

    A loaded model's norms are folded into their convolutions. Here each convolution gets a norm
    that scales by 1 and adds what was the bias: the same function, in the form that files have.
    """
    with torch.inference_mode(mode=False):
        own = deepcopy(sam).float()
        for module in list(own.modules()):
            if isinstance(module, NormedConvolution):
                module.unfuse()
    return own.train(sam.training).requires_grad_(requires_grad=True)


def read(weights: Path) -> dict[str, torch.Tensor]:
    """Read the tensors that a run has saved as safetensors; DataError where that cannot be."""
    try:
        return load_file(weights)
    except (OSError, SafetensorError) as error:
        raise DataError(f"{weights} cannot be read as weights: {error}.") from error
