"""What becomes an array of numpy: lists, arrays, tensors of any library. Judges no values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import SamError, in_short, shown

if TYPE_CHECKING:
    from numpy.typing import NDArray


class NoArrayError(ValueError):
    """Something does not become an array, and why; whoever asked says what was wanted."""


def is_tensor(given: Any) -> bool:
    """Whether it is a torch tensor, without importing torch."""
    return hasattr(given, "detach") and hasattr(given, "cpu")


def to_array(given: Any) -> NDArray[Any]:
    """Bring anything to numpy, in its own type of number; a mask on it stays.

    Raises
    ------
    NoArrayError
        It is ragged, lies where nothing can be read, or refuses.
    """
    try:
        if is_tensor(given):
            return _tensor_to_array(given)
        return np.asanyarray(given) if isinstance(given, np.ma.MaskedArray) else np.asarray(given)
    except Exception as error:  # numpy, torch and whatever has __array__ have many
        raise NoArrayError(in_short(error)) from error


def yes(given: Any, name: str) -> bool:
    """Return whether something says yes, as Python's ``if`` has it.

    Raises
    ------
    SamError
        It says neither: an array of several, mostly an argument in another's place.
    """
    try:
        return bool(given)
    except Exception as error:  # numpy, torch and pandas have a kind each
        raise SamError(f"{name} is True or False, not {shown(given)}.") from error


def _tensor_to_array(tensor: Any) -> NDArray[Any]:
    tensor = tensor.detach().cpu()
    if "bfloat16" in str(tensor.dtype) or "float8" in str(tensor.dtype):
        tensor = tensor.float()  # numpy has no such type
    return np.asarray(tensor.numpy())
