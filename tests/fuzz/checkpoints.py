"""Files of weights: wrapped, renamed, swollen, cut, foreign; through `load_model`."""

from __future__ import annotations

import argparse
import io
import pickle
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from hypothesis import strategies as st
from safetensors.torch import save

from sam_widget.models.checkpoints import load_model
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from tests.fuzz import odd
from tests.fuzz.damage import damaged, damages, names
from tests.fuzz.rule import attempt

PREFIXES = [
    "",
    "",
    "module.",
    "model.",
    "sam.",
    "_orig_mod.",
    "module.model.",
    "net._orig_mod.",
    "x.",
]
WRAPPERS = ["state_dict", "model", "model_state_dict", "net", "module", "ema", "weights", "0"]
NUMBERS: dict[str, Any] = {
    "epoch": 3,
    "best": np.float64(0.5),
    "history": np.arange(4),
    "arguments": argparse.Namespace(rate=1e-4),
    "optimizer": {"state": {0: {"step": torch.tensor(1.0)}}, "param_groups": [{"lr": 0.1}]},
    "name": "mine",
    "nothing": None,
}


@cache
def weights() -> dict[str, torch.Tensor]:
    """The smallest whole SAM."""
    torch.manual_seed(0)
    encoder = ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32)
    return Sam(encoder, PromptEncoder(64, 32), MaskDecoder(32)).eval().state_dict()


def _cast(tensor: torch.Tensor, how: str) -> torch.Tensor:
    match how:
        case "nan":
            return torch.full_like(tensor, float("nan"))
        case "half" | "double" | "bfloat16" | "int" | "bool":
            return getattr(tensor, how)()
        case "flat":
            return tensor.flatten()
        case "longer":
            return torch.cat([tensor.flatten(), tensor.flatten()])
        case "transposed":
            return tensor.T if tensor.ndim == 2 else tensor[None]
        case "empty":
            return tensor.flatten()[:0]
        case "parameter":
            return torch.nn.Parameter(tensor)
        case "huge":
            return torch.zeros(1).expand(10**13)
        case "sparse":
            return tensor.to_sparse()
        case "meta":
            return tensor.to("meta")
        case _:
            return torch.tensor(0.0)


HOWS = [
    *("nan", "half", "double", "bfloat16", "int", "bool", "flat", "longer", "transposed", "empty"),
    *("parameter", "huge", "sparse", "meta", "scalar"),
]


@st.composite
def states(draw: st.DrawFn) -> Any:
    """A dictionary like a training script's, more or less."""
    keys = sorted(weights())
    gone = set(draw(st.lists(st.sampled_from(keys), max_size=3)))
    cast = draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(HOWS), max_size=3))
    prefix = draw(st.sampled_from(PREFIXES))
    inner = "image_encoder." if draw(st.integers(0, 5)) == 0 else ""
    state: Any = OrderedDict()
    for key in keys:
        if key not in gone:
            name = key.replace(inner, f"{inner}_orig_mod.") if inner else key
            state[prefix + name] = (
                _cast(weights()[key], cast.get(key, "")) if key in cast else weights()[key]
            )
    extra = draw(st.lists(st.sampled_from(sorted(NUMBERS)), max_size=3))
    for _ in range(draw(st.integers(0, 3))):
        state = {draw(st.sampled_from(WRAPPERS)): state, **{key: NUMBERS[key] for key in extra}}
    if draw(st.integers(0, 9)) == 0:
        state = [state]
    return state


class Runs:
    """A pickle that would make a folder, if anyone ran it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.mkdir, (Path(self.path),)


def _torch(state: Any) -> bytes:
    out = io.BytesIO()
    torch.save(state, out)
    return out.getvalue()


def _old_torch(state: Any) -> bytes:
    out = io.BytesIO()
    torch.save(state, out, _use_new_zipfile_serialization=False)
    return out.getvalue()


def _safetensors(state: Any) -> bytes:
    held = {str(key): value for key, value in dict(state).items() if torch.is_tensor(value)}
    dense = {k: v.contiguous().clone() for k, v in held.items() if v.numel() < 10**9}
    return save({k: v for k, v in dense.items() if not v.is_sparse and v.device.type != "meta"})


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file of a state, in one of the ways in which people save one."""
    state = draw(states())
    way = draw(st.sampled_from([_torch, _torch, _torch, _old_torch, _safetensors]))
    try:
        return way(state)
    except Exception:
        return pickle.dumps(weights())


strange = st.one_of(
    st.builds(lambda value: _torch(value) if _can(value) else b"", odd.values),
    st.builds(lambda data: len(data).to_bytes(8, "little") + data, st.binary(max_size=80)),
    st.sampled_from([b"PK\3\4", b"\x80\2}", b"\x08\x07\x12", b"\x93NUMPY", b""]).flatmap(
        lambda head: st.binary(max_size=80).map(lambda rest: head + rest)
    ),
)


def _can(value: Any) -> bool:
    try:
        _torch(value)
    except Exception:
        return False
    return True


whole = files()
broken = st.builds(damaged, whole, damages)
cases = st.tuples(
    st.one_of(whole, broken, broken, strange),
    st.one_of(st.sampled_from(["a.pth", "a.pt", "a.safetensors", "a.bin", "a.ckpt", "a"]), names),
    st.sampled_from(["path", "text", "code"]),
)  # fmt: skip


def holds(case: tuple[bytes, str, str], folder: Path) -> None:
    """Whatever the bytes are: a model with finite weights, or one sentence; and no code ran."""
    data, name, door = case
    path, made = folder / name, folder / "made by code"
    path.write_bytes(_torch({"model": weights(), "x": Runs(str(made))}) if door == "code" else data)
    given = str(path) if door == "text" else path
    try:
        sam = attempt(lambda: load_model(given, "cpu", "float32"))
    finally:
        path.unlink()
    assert not made.exists()
    if sam is not None:
        assert isinstance(sam, Sam)
