"""Names and files to models: what is wrong with one is said in a sentence."""

from __future__ import annotations

import pickle

import pytest
import torch
from safetensors.torch import save_file

from sam_widget.models.checkpoints import CheckpointError, fingerprint, load_model, save_mini
from sam_widget.models.mini import build_mini
from sam_widget.models.vit import SIZES, build_vit


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    torch.manual_seed(0)
    sam = build_mini(256).eval()
    path = tmp_path_factory.mktemp("weights") / "own.safetensors"
    save_mini(sam, path, {"data": "none"})
    return sam, path


def test_a_mini_comes_back_as_it_was(written):
    sam, path = written
    again = load_model(path)
    assert again.side == 256
    assert not any(p.requires_grad for p in again.parameters())
    x = torch.rand(1, 3, 256, 256)
    expected = sam.image_encoder(x).embedding
    found = again.image_encoder(x).embedding
    assert (expected - found).abs().max() < 0.02 * expected.abs().max()  # fp16 weights


def test_files_are_half_as_large(written):
    sam, path = written
    numbers = sum(p.numel() for p in sam.parameters())
    assert path.stat().st_size < 2.2 * numbers


def test_a_vit_by_path_with_official_keys(tmp_path):
    small = build_vit(SIZES["vit_b"]).eval()
    path = tmp_path / "sam_vit_b.pth"
    torch.save(small.state_dict(), path)
    again = load_model(path)
    key = "image_encoder.blocks.7.attn.qkv.weight"
    assert torch.equal(again.state_dict()[key], small.state_dict()[key])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sam_vit_giant", "no model called 'sam_vit_giant'; known are 'mini'"),
        ("weights/none.pth", "no weights file at"),
        ("none.safetensors", "no weights file at"),
    ],
)
def test_unknown_names(name, said):
    with pytest.raises(CheckpointError, match=said):
        load_model(name)
    with pytest.raises(CheckpointError, match=said):
        fingerprint(name)


class Hostile:
    def __reduce__(self):
        return (print, ("never",))


def broken_files(folder, good):
    whole = good.read_bytes()
    yield "cut.safetensors", whole[: len(whole) // 2], "not a readable weights file"
    yield "text.safetensors", b"hello", "not a readable weights file"
    yield "text.pth", b"hello", "not a readable weights file"
    yield "empty.pth", b"", "not a readable weights file"
    yield "hostile.pth", pickle.dumps({"a": Hostile()}), "not a readable weights file"
    other = folder / "other"
    save_file({"some.weight": torch.zeros(3)}, other)
    yield "other.safetensors", other.read_bytes(), "not hold a SAM of a kind known here"
    torch.save([1, 2, 3], other)
    yield "list.pt", other.read_bytes(), "not a readable weights file"
    sam = build_mini(256).state_dict()
    save_file({k: v.contiguous() for k, v in sam.items() if "iou_token" not in k}, other)
    yield "part.safetensors", other.read_bytes(), "not hold a whole SAM"


def test_broken_files(tmp_path, written, capsys):
    count = 0
    for name, data, said in broken_files(tmp_path, written[1]):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(CheckpointError, match=said) as caught:
            load_model(path)
        assert "\n" not in str(caught.value), name
        count += 1
    assert count == 8
    assert "never" not in capsys.readouterr().out
