"""Devices and types: chosen well by default, taken as told, refused in a sentence."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models import devices
from sam_widget.models.checkpoints import load_model
from sam_widget.models.devices import pick_device, pick_dtype
from sam_widget.models.mini import MiniEncoder

CPU = torch.device("cpu")
SEVERAL = torch.ones(2)  # neither equal to a name nor not


def machine(monkeypatch, *, cuda=0, mps=False, capability=(8, 0), bf16=False):
    """Pretend to be another machine."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _: capability)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    monkeypatch.setattr(devices, "cpu_computes_bf16", lambda: bf16)


@pytest.mark.parametrize(
    ("has", "picked"),
    [
        ({}, "cpu"),
        ({"cuda": 1}, "cuda"),
        ({"mps": True}, "mps"),
        ({"cuda": 2, "mps": True}, "cuda"),
    ],
)
def test_auto_takes_the_gpu_where_there_is_one(monkeypatch, has, picked):
    machine(monkeypatch, **has)
    assert pick_device() == torch.device(picked)


def test_a_device_is_taken_as_told(monkeypatch):
    machine(monkeypatch, cuda=2)
    assert pick_device("cuda:1") == torch.device("cuda", 1)
    assert pick_device(torch.device("cuda")) == torch.device("cuda")
    assert pick_device("cpu") == CPU


@pytest.mark.parametrize(
    "wrong", ["gpu", "", 3.5, None, "cuda", "cuda:2", "mps", "cpu:7", b"\x80", torch.ones(2)]
)
def test_a_device_that_is_not_there_is_refused_in_a_sentence(monkeypatch, wrong):
    machine(monkeypatch, cuda=2 if str(wrong) == "cuda:2" else 0)
    with pytest.raises(ValueError, match=r"[Nn]o device .*auto.*\.$|[Nn]o device .*mps.*\.$"):
        pick_device(wrong)


@pytest.mark.parametrize("wrong", ["xpu", "vulkan", "privateuseone", "meta", torch.device("meta")])
def test_a_device_that_only_torch_knows_is_refused_in_a_sentence(wrong):
    with pytest.raises(ValueError, match=rf"no device called '{wrong}'; say .*mps.*\.$"):
        pick_device(wrong)


@pytest.mark.parametrize(
    ("device", "has", "picked"),
    [
        ("cpu", {}, torch.float32),
        ("cpu", {"bf16": True}, torch.bfloat16),
        ("cuda", {"cuda": 1, "capability": (9, 0)}, torch.float16),
        ("cuda", {"cuda": 1, "capability": (7, 5)}, torch.float16),
        ("cuda", {"cuda": 1, "capability": (6, 1), "bf16": True}, torch.float32),
        ("mps", {"mps": True, "bf16": True}, torch.float32),
    ],
)
def test_auto_takes_what_the_hardware_computes_in(monkeypatch, device, has, picked):
    machine(monkeypatch, **has)
    assert pick_dtype("auto", torch.device(device)) == picked


@pytest.mark.parametrize(
    ("has", "faithful", "picked"),
    [
        ({"capability": (8, 6)}, (torch.bfloat16,), torch.bfloat16),
        ({"capability": (8, 6)}, (), torch.float32),
        ({"capability": (7, 5)}, (torch.bfloat16,), torch.float32),
        ({"capability": (7, 5)}, (torch.bfloat16, torch.float16), torch.float16),
    ],
)
def test_auto_takes_only_what_leaves_a_models_masks_alone(monkeypatch, has, faithful, picked):
    machine(monkeypatch, cuda=1, bf16=True, **has)
    assert pick_dtype("auto", torch.device("cuda"), faithful) == picked
    assert pick_dtype("bf16", torch.device("cuda"), faithful) == torch.bfloat16


def test_mini_keeps_float32_on_a_processor_with_bfloat16(monkeypatch):
    machine(monkeypatch, bf16=True)
    assert pick_dtype("auto", CPU, MiniEncoder.faithful) == torch.float32
    assert load_model("mini", "cpu").prompt_encoder.no_mask_embed.weight.dtype == torch.float32


@pytest.mark.parametrize("name", devices.DTYPES)
def test_a_type_is_taken_as_told(name):
    assert pick_dtype(name, CPU) == devices.DTYPES[name]
    assert pick_dtype(devices.DTYPES[name], CPU) == devices.DTYPES[name]


@pytest.mark.parametrize(
    "wrong", ["int8", "half", torch.int64, torch.float64, None, 16, torch.ones(2)]
)
def test_another_type_is_refused_in_a_sentence(wrong):
    with pytest.raises(ValueError, match=r"cannot compute in .* say one of 'auto', 'float32'.*\.$"):
        pick_dtype(wrong, CPU)


def test_bf16_is_found_in_the_processors_flags(monkeypatch, tmp_path):
    for flags, has in [
        ("flags : fpu avx2 avx512f", False),
        ("flags : fpu avx512_bf16 avx512f", True),
        ("flags : amx_bf16 amx_tile", True),
    ]:
        cpuinfo = tmp_path / "cpuinfo"
        cpuinfo.write_text(f"processor : 0\n{flags}\n")
        monkeypatch.setattr(devices, "CPUINFO", cpuinfo)
        assert devices.cpu_computes_bf16.__wrapped__() is has
    monkeypatch.setattr(devices, "CPUINFO", tmp_path / "none")
    assert devices.cpu_computes_bf16.__wrapped__() is False
