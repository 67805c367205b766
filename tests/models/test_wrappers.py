"""Weights as training programs leave them: wrapped, prefixed, beside all kinds of things, misnamed.

Rows of tables on one tiny model: each must give the same weights, and nothing in a file may run.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import decimal
import enum
import functools
import gzip
import io
import pathlib
import pickle
import random
import subprocess
import types
import uuid
import zipfile
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn

from sam_widget.models.checkpoints import CheckpointError, find, load_model
from sam_widget.models.foreign import official
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize


def tiny(seed: int = 0) -> Sam:
    torch.manual_seed(seed)
    return Sam(
        ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32), PromptEncoder(64, 32), MaskDecoder(32)
    ).eval()


SAM = tiny()
STATE = dict(SAM.state_dict())
OTHER = {key: value + 1 for key, value in STATE.items()}  # a second copy, which is not meant


def saved(held, **options) -> bytes:
    file = io.BytesIO()
    torch.save(held, file, **options)
    return file.getvalue()


def old(held) -> bytes:
    return saved(held, _use_new_zipfile_serialization=False)


def is_the_model(path) -> None:
    found = load_model(path, "cpu", "float32").state_dict()
    assert found.keys() == STATE.keys()
    assert all(torch.equal(found[key], value) for key, value in STATE.items())


def parts(state):
    return {
        part: {k.removeprefix(f"{part}."): v for k, v in state.items() if k.startswith(part)}
        for part in ("image_encoder", "prompt_encoder", "mask_decoder")
    }


WRAPPERS = {
    "bare": lambda s: s,
    "ordered": collections.OrderedDict,
    **{
        name: lambda s, name=name: {name: s, "epoch": 3}
        for name in ("model", "state_dict", "model_state_dict", "net", "sam", "module", "ema",
                     "weights", "network", "student", "params", "generator", "model_state", "best")
    },
    "Lightning": lambda s: {
        "epoch": 1, "global_step": 9, "pytorch-lightning_version": "2.4", "state_dict": s,
        "loops": {"fit_loop": {"state_dict": {}}}, "callbacks": {}, "optimizer_states": [],
        "lr_schedulers": [], "hyper_parameters": {"rate": 0.1},
    },
    "DeepSpeed": lambda s: {"module": s, "buffer_names": [], "dp_world_size": 1},
    "MMEngine": lambda s: {"meta": {"epoch": 1}, "state_dict": s, "message_hub": {"log": {}}},
    "two deep": lambda s: {"checkpoint": {"state": {"model": s}}},
    "in a list": lambda s: [s, 3],
    "in a pair": lambda s: (7, {"model": s}),
    "in parts": parts,
    "in parts, deep": lambda s: {"epoch": 1, "model": parts(s)},
    "an average after": lambda s: {"model": s, "ema": OTHER, "model_ema": {"module": OTHER}},
    "an average before": lambda s: {"ema_model": OTHER, "swa": OTHER, "model": s},
    "an average beside": lambda s: {**s, **{f"ema.{key}": value for key, value in OTHER.items()}},
    "part of a larger model": lambda s: {"head.weight": torch.zeros(3), **s},
    "with gradients": lambda s: {key: nn.Parameter(value) for key, value in s.items()},
    "with an optimizer's": lambda s: {
        "optimizer": {"state": {0: {"exp_avg": torch.ones(3)}}, "param_groups": [{"lr": 0.1}]},
        "model": s,
    },
}  # fmt: skip

PREFIXES = {
    **{
        prefix: lambda key, prefix=prefix: f"{prefix}{key}"
        for prefix in ("", "module.", "model.", "sam.", "_orig_mod.", "net.", "_forward_module.",
                       "module.model.", "model.module.sam.", "_fsdp_wrapped_module.sam.",
                       "a.b.c.d.", "module._orig_mod.model._orig_mod.", "student.model.")
    },
    "encoder compiled": lambda key: key.replace("image_encoder.", "image_encoder._orig_mod."),
    "parts compiled": lambda key: key.replace(".", "._orig_mod.", 1),
    "encoder parallel": lambda key: key.replace("image_encoder.", "image_encoder.module."),
    "blocks sharded": lambda key: key.replace(".blocks.0.", ".blocks.0._fsdp_wrapped_module."),
    "blocks compiled": lambda key: "model." + key.replace(".blocks.1.", ".blocks.1._orig_mod."),
    "blocks recomputed": lambda key: key.replace(
        ".blocks.0.", ".blocks.0._checkpoint_wrapped_module._orig_mod."
    ),
    "everywhere": lambda key: "module." + key.replace(".", "._orig_mod._fsdp_wrapped_module.", 1),
}  # fmt: skip


class Stage(enum.Enum):
    ONE = 1


@dataclass
class Config:
    rate: float = 0.1
    stage: Stage = Stage.ONE


@dataclass(slots=True)
class Slotted:
    rate: float = 0.1


class Settings(dict):
    """A dictionary whose items are attributes too, as many libraries have."""


class Hook:
    def __call__(self):
        raise AssertionError("ran")


def counted(start=3):
    return collections.defaultdict(list, loss=[start, 2.0])


EXTRAS = {
    "an int": 3,
    "a float": 0.5,
    "a text": "mine",
    "nothing": None,
    "bytes": b"abc",
    "a complex": 1 + 2j,
    "a big int": 10**30,
    "a numpy float": np.float64(0.91),
    "numpy floats": [np.float32(0.5), np.float16(2), np.longdouble(1)],
    "a numpy int": np.int64(7),
    "a numpy bool": np.bool_(True),
    "a numpy text": np.str_("a"),
    "a numpy date": np.datetime64("2024-01-01"),
    "an array": np.arange(12.0).reshape(3, 4),
    "an array of texts": np.array(["a", "b"]),
    "an array of objects": np.array([1, "b", None], object),
    "a masked array": np.ma.array([1.0, 2.0], mask=[0, 1]),
    "a dtype": np.dtype("f4"),
    "numpy's generator": np.random.default_rng(0),
    "numpy's old generator": np.random.RandomState(0),
    "numpy's state": np.random.get_state(),  # noqa: NPY002
    "Python's state": random.getstate(),
    "Python's generator": random.Random(0),
    "torch's state": torch.get_rng_state(),
    "a Namespace": argparse.Namespace(rate=1e-4, out=pathlib.Path("out"), seen=[np.float64(1)]),
    "a SimpleNamespace": types.SimpleNamespace(a=1),
    "a path": pathlib.Path("a/b"),
    "paths": {"a": pathlib.PurePosixPath("b"), "c": pathlib.PureWindowsPath("d")},
    "times": [
        dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.date(2024, 1, 1),
        dt.timedelta(3), dt.time(3),
    ],
    "other numbers": [decimal.Decimal("0.1"), uuid.UUID(int=3)],
    "containers": [{1, 2}, frozenset({3}), (1,), slice(1, 2), range(3), bytearray(b"a")],
    "a defaultdict": counted(),
    "a deque": collections.deque([1, 2], maxlen=3),
    "a Counter": collections.Counter("abc"),
    "an enum": Stage.ONE,
    "a dataclass": Config(),
    "a dataclass with slots": Slotted(),
    "a dict of one's own": Settings(rate=0.1, deep=Settings(a=1)),
    "a class": Config,
    "a function": saved,
    "a partial": functools.partial(saved, 3),
    "an object": Hook(),
    "a device and a dtype": [torch.device("cpu"), torch.float16, torch.Size([3])],
    "an optimizer's state": torch.optim.AdamW([nn.Parameter(torch.ones(2))]).state_dict(),
    "an optimizer": torch.optim.SGD([nn.Parameter(torch.ones(2))], 0.1),
    "a scheduler": torch.optim.lr_scheduler.StepLR(
        torch.optim.SGD([nn.Parameter(torch.ones(2))], 0.1), 3
    ),
    "a scaler's state": {"scale": 65536.0, "_growth_tracker": 0},
    "a module": nn.Sequential(nn.Linear(2, 2), nn.ReLU()),
    "a loss": nn.BCEWithLogitsLoss(pos_weight=torch.ones(2)),
    "many": {"best": np.float64(1), "args": argparse.Namespace(), "when": dt.date(2024, 1, 1),
             "history": counted(), "stage": Stage.ONE},
}  # fmt: skip


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_wrappers_and_prefixes_come_off_at_any_depth(tmp_path, wrapper):
    path = tmp_path / "a.pth"
    torch.save(WRAPPERS[wrapper](STATE), path)
    is_the_model(path)
    for name, prefixed in PREFIXES.items():
        if wrapper.startswith("in parts") and name:
            continue
        state = {prefixed(key): value for key, value in STATE.items()}
        found = official(WRAPPERS[wrapper](state)).tensors
        assert found.keys() == STATE.keys(), name
        assert all(torch.equal(found[key], value) for key, value in STATE.items()), name


@pytest.mark.parametrize("prefix", PREFIXES)
def test_prefixes_come_off_whatever_wrote_the_file(tmp_path, prefix):
    state = {PREFIXES[prefix](key): value for key, value in STATE.items()}
    for how in (saved, old, save):
        (tmp_path / "a.pth").write_bytes(how(state))
        is_the_model(tmp_path / "a.pth")


@pytest.mark.parametrize("how", [saved, old])
@pytest.mark.parametrize("extra", EXTRAS)
def test_what_lies_beside_weights_is_skipped(tmp_path, extra, how):
    path = tmp_path / "a.pth"
    beside = EXTRAS[extra]
    held = {"before": beside, "model": {**STATE, "in": beside}, "more": {"deep": [beside, beside]}}
    path.write_bytes(how(held))
    if how is old and extra in ("a module", "a loss"):
        with pytest.raises(CheckpointError, match="whole model in torch's old format, whose code"):
            load_model(path)
        return
    is_the_model(path)


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 1)


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.pth", data)
    return file.getvalue()


@pytest.mark.parametrize(
    "name",
    ["a", "a.pth", "a.pt", "a.bin", "a.ckpt", "a.safetensors", "a.pt.zip", "a.pkl", "a.tar",
     "a.PTH", "a.pth.1", ".hidden", "sam_vit_b", "a b.pth", "ä.pth", "a.png"],
)  # fmt: skip
def test_the_first_bytes_decide_not_the_name(tmp_path, name):
    path = tmp_path / name
    for data in (saved(STATE), old(STATE), save(STATE)):
        path.write_bytes(data)
        is_the_model(path)
    for packed, said in ((gzipped, "a gzip archive"), (zipped, "a zip archive around a.pth")):
        path.write_bytes(packed(saved(STATE)))
        with pytest.raises(CheckpointError, match=f"is {said}.*: unpack it and give"):
            load_model(path)


def test_paths_are_taken_as_people_paste_them(tmp_path):
    path = tmp_path / "my weights.pth"
    path.write_bytes(saved(STATE))
    for given in (f'"{path}"', path.as_uri(), f" {path}\n", str(path).replace(" ", "\\ ")):
        assert find(given) == (path,)


class Wrapper(nn.Module):
    """As a training program has one around the model."""

    def __init__(self, sam):
        super().__init__()
        self.sam = sam
        self.loss = nn.BCEWithLogitsLoss()
        self.seen = np.float64(3)
        self.settings = Config()


def test_a_model_pickled_whole_gives_its_weights(tmp_path):
    """Its code is not asked: only what it is made of."""
    path = tmp_path / "a.pt"
    for held in (SAM, {"model": SAM}, Wrapper(SAM), nn.ModuleDict({"module": SAM}), [SAM]):
        path.write_bytes(saved(held))
        is_the_model(path)


def test_a_whole_model_says_its_side_and_thresholds(tmp_path):
    sam = load_model("mini", "cpu", "float32")
    sam.side = 256
    torch.save(sam, tmp_path / "a.pt")
    again = load_model(tmp_path / "a.pt", "cpu", "float32")
    assert (again.side, again.thresholds) == (256, sam.thresholds)
    assert all(torch.equal(again.state_dict()[k], v) for k, v in sam.state_dict().items())


class Runs:
    """Would touch a file, if anybody ran it."""

    def __init__(self, *reduced):
        self.reduced = reduced

    def __reduce__(self):
        return self.reduced


def touched(path):
    pathlib.Path(path).touch()


def test_nothing_in_a_file_runs(tmp_path):
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w')"
    path = tmp_path / "a.pth"
    ways = (
        Runs(touched, (str(mark),)),
        Runs(pathlib.Path.touch, (mark,)),
        Runs(eval, (code,)),
        Runs(exec, (code,)),
        Runs(subprocess.Popen, (["touch", str(mark)],)),
        Runs(functools.partial(touched, str(mark)), ()),
        Runs(getattr, (mark, "touch")),
        Runs(__import__("os").system, (f"touch {mark}",)),
        Runs(torch.hub.load, ("a/b", "c")),
    )
    for way in ways:
        for how in (saved, old):
            for held in ({"model": STATE, "a": way}, {**STATE, "a": [way]}, way):
                path.write_bytes(how(held))
                with pytest.raises(CheckpointError, match=r"could run code|does not read safely"):
                    load_model(path)
                assert not mark.exists()
        path.write_bytes(pickle.dumps({**STATE, "a": way}))
        with pytest.raises(CheckpointError, match=r"a pickle that torch\.save did not write"):
            load_model(path)
        assert not mark.exists()


def test_the_sentence_says_which_of_the_two_it_was(tmp_path):
    path = tmp_path / "a.pth"
    data = saved({"model": STATE, "a": Runs(eval, ("1",))})
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match=r"calls builtins\.eval when it is opened"):
        load_model(path)
    path.write_bytes(saved({"model": STATE, "a": np.float64(3)})[:-40])
    with pytest.raises(CheckpointError, match="is cut short"):
        load_model(path)


def test_torch_is_as_strict_as_before_afterwards(tmp_path):
    path = tmp_path / "a.pth"
    before = set(torch.serialization.get_safe_globals())
    torch.save({"model": STATE, "args": argparse.Namespace(), "x": Config()}, path)
    is_the_model(path)
    assert set(torch.serialization.get_safe_globals()) == before
    with pytest.raises(pickle.UnpicklingError):
        torch.load(path, weights_only=True)


def test_a_copy_is_what_it_was_copied_from():
    for copy in (deepcopy(SAM), pickle.loads(pickle.dumps(SAM))):
        assert all(torch.equal(copy.state_dict()[k], v) for k, v in STATE.items())
        assert (copy.side, copy.thresholds) == (SAM.side, SAM.thresholds)
