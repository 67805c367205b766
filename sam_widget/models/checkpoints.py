"""Names and files to models, and back. Only safetensors and torch's restricted loader are used."""

from __future__ import annotations

import hashlib
import json
import pickle
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from .mini import build_mini, fuse
from .vit import SIZES, build_vit

if TYPE_CHECKING:
    from torch import Tensor

    from .sam import Sam

WEIGHTS = Path(__file__).parent / "weights"
NAMES = {"mini": WEIGHTS / "mini.safetensors"}


class CheckpointError(ValueError):
    """A model that cannot be had, and why, in one sentence."""


def load_model(name: str | Path = "mini", device: str | torch.device = "cpu") -> Sam:
    """Load a model by name or from a file.

    Parameters
    ----------
    name : str or Path
        ``"mini"``, which comes with the package, or the path of a ``.safetensors``, ``.pth`` or
        ``.pt`` file with the official key names; its architecture is read off its tensors.
    device : str or torch.device
        Where the model shall live.

    Returns
    -------
    Sam
        In evaluation mode, float32, without gradients.

    Raises
    ------
    CheckpointError
        The name is unknown, or the file is missing, broken or not a SAM.
    """
    path = find(name)
    tensors, notes = _read(path)
    sam = _shape(path, tensors, notes)
    try:
        sam.load_state_dict(tensors)
    except RuntimeError as error:
        raise CheckpointError(f"{path} does not hold a whole SAM: {_first_line(error)}.") from error
    if _is_mini(tensors):
        sam = fuse(sam.eval())
    return sam.to(device).eval().requires_grad_(False)


def find(name: str | Path) -> Path:
    """Return the file behind a model's name; raise CheckpointError where there is none."""
    if name in NAMES:
        path = NAMES[str(name)]
        if not path.is_file():
            raise CheckpointError(f"The weights of {name!r} are missing from the package ({path}).")
        return path
    path = Path(name).expanduser()
    if path.is_file():
        return path
    if path.suffix or len(path.parts) > 1:
        raise CheckpointError(f"There is no weights file at {path}.")
    known = ", ".join(repr(n) for n in NAMES)
    raise CheckpointError(
        f"There is no model called {str(name)!r}; known are {known}, or give a file's path."
    )


def fingerprint(name: str | Path) -> str:
    """Return a short hash of the weights file's bytes: the model's part of an embedding's key."""
    with find(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def save_mini(sam: Sam, path: Path, notes: dict[str, str] | None = None) -> None:
    """Write a ``mini`` in training form as fp16 safetensors, with its side and notes inside.

    The batch norms' statistics stay fp32: some variances are beyond fp16's range.
    """
    tensors = {
        key: (value if "norm.running" in key else value.half()).contiguous().cpu()
        for key, value in sam.state_dict().items()
        if not key.endswith("num_batches_tracked")
    }
    metadata = {"architecture": "mini", "side": str(sam.side), **(notes or {})}
    save_file(tensors, path, {"sam_widget": json.dumps(metadata)})


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    try:
        if path.suffix == ".safetensors":
            with safe_open(path, "pt") as file:
                notes = json.loads((file.metadata() or {}).get("sam_widget", "{}"))
                return {key: file.get_tensor(key).float() for key in file.keys()}, notes  # noqa: SIM118
        found = torch.load(path, map_location="cpu", weights_only=True)
        return {key: value.float() for key, value in found.items()}, {}
    except pickle.UnpicklingError as error:  # torch advises to read it unsafely; nobody should
        said = "is broken, or holds more than tensors, which is not loaded since it could run code"
        raise CheckpointError(f"{path} {said}.") from error
    except Exception as error:  # a broken file can raise anything
        raise CheckpointError(
            f"{path} is not a readable weights file: {_first_line(error)}."
        ) from error


def _shape(path: Path, tensors: dict[str, Tensor], notes: dict[str, str]) -> Sam:
    if _is_mini(tensors):
        sam = build_mini(int(notes.get("side", 512)))
        for key, value in sam.state_dict().items():  # counters of training, kept out of files
            if key.endswith("num_batches_tracked"):
                tensors.setdefault(key, value)
        return sam
    patches = tensors.get("image_encoder.patch_embed.proj.weight")
    builders = {size.width: partial(build_vit, size) for size in SIZES.values()}
    if patches is None or patches.shape[0] not in builders:
        raise CheckpointError(f"{path} does not hold a SAM of a kind known here.")
    return builders[patches.shape[0]]()


def _is_mini(tensors: dict[str, Tensor]) -> bool:
    return "image_encoder.stem.conv.weight" in tensors


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".:")[:200]
