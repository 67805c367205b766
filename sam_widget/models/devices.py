"""Where a model computes, and in which type of number. Measures nothing, moves nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sam_widget.errors import SamError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

CPUINFO = Path("/proc/cpuinfo")

SHORT = (torch.float16, torch.bfloat16)
DTYPES = {
    "float32": torch.float32,
    "fp32": torch.float32,
    "bfloat16": torch.bfloat16,
    "bf16": torch.bfloat16,
    "float16": torch.float16,
    "fp16": torch.float16,
}


def pick_device(device: str | torch.device = "auto") -> torch.device:
    """Return the device to compute on.

    Parameters
    ----------
    device : str or torch.device
        ``"auto"`` takes the GPU where there is one (CUDA, then Apple's MPS), else the CPU;
        otherwise torch's own words, such as ``"cuda:1"``.

    Raises
    ------
    ValueError
        No such device is known, or this machine does not have it.
    """
    if isinstance(device, str) and device == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    counts = {"cpu": lambda: 1, "cuda": torch.cuda.device_count, "mps": _count_mps}
    try:
        picked = torch.device(device)
        count = counts[picked.type]  # torch knows more, which a SAM has never run on
    except (RuntimeError, TypeError, ValueError, KeyError) as error:
        known = '"auto", "cpu", "cuda", "cuda:1" or "mps"'
        raise SamError(f"There is no device called {shown(str(device))}; say {known}.") from error
    if (picked.index or 0) >= count():
        raise SamError(f'This machine has no device {str(picked)!r} for torch; "auto" finds one.')
    return picked


def pick_dtype(
    dtype: str | torch.dtype, device: torch.device, faithful: Sequence[torch.dtype] = SHORT
) -> torch.dtype:
    """Return the type of number to compute in on a device.

    Parameters
    ----------
    dtype : str or torch.dtype
        ``"float32"``, ``"bfloat16"``, ``"float16"`` (``"fp32"``, ``"bf16"``, ``"fp16"``), or
        ``"auto"``: a shorter type where the hardware itself computes in it, else float32.
    device : torch.device
        As ``pick_device`` returns it.
    faithful : sequence of torch.dtype
        The shorter types that "auto" may choose, the best first: ``ImageEncoder.faithful``.

    Raises
    ------
    ValueError
        The type is none of these.
    """
    if isinstance(dtype, torch.dtype) and dtype in DTYPES.values():
        return dtype
    if isinstance(dtype, str) and dtype == "auto":
        native = computes_in(device)
        return next((short for short in faithful if short in native), torch.float32)
    if isinstance(dtype, str) and dtype in DTYPES:
        return DTYPES[dtype]
    known = ", ".join(repr(name) for name in ("auto", *DTYPES))
    raise SamError(f"A model cannot compute in {shown(dtype)}; say one of {known}.")


def computes_in(device: torch.device) -> tuple[torch.dtype, ...]:
    """Return the shorter types that a device computes in by itself, several times faster.

    On Apple's MPS none: nobody has measured there yet what it does to masks.
    """
    if device.type == "cuda":
        capability = torch.cuda.get_device_capability(device)
        if capability >= (8, 0):
            return torch.float16, torch.bfloat16
        return (torch.float16,) if capability >= (7, 0) else ()
    return (torch.bfloat16,) if device.type == "cpu" and cpu_computes_bf16() else ()


@cache
def cpu_computes_bf16() -> bool:
    """Whether this CPU multiplies bfloat16 by itself; others imitate it many times slower."""
    try:
        flags = CPUINFO.read_text().split()
    except OSError:  # no Linux: no such server processor either
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def _count_mps() -> int:
    return int(torch.backends.mps.is_available())
