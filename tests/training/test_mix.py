"""A model between two: a share of each, and nothing of what is neither's."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from sam_widget.models.checkpoints import load_trainable, save_sam
from sam_widget.models.mini import build_mini
from sam_widget.training.mix import main, mixed


def test_each_weight_lies_between() -> None:
    old, new = {"a": torch.tensor([0.0, 4.0])}, {"a": torch.tensor([1.0, 0.0])}
    torch.testing.assert_close(mixed(old, new, 0.25)["a"], torch.tensor([0.75, 1.0]))
    assert torch.equal(mixed(old, new, 1.0)["a"], old["a"])
    assert torch.equal(mixed(old, new, 0.0)["a"], new["a"])


def test_what_is_counted_is_not_mixed() -> None:
    old, new = {"n": torch.tensor(3)}, {"n": torch.tensor(8)}
    assert mixed(old, new, 0.5)["n"] == 8


@pytest.mark.parametrize("keep", [-0.1, 1.1, float("nan")])
def test_a_share_is_one(keep: float) -> None:
    with pytest.raises(ValueError, match="share from 0 to 1"):
        mixed({}, {}, keep)


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(tmp_path / f"{name}.safetensors") for name in "abc"]
    for seed, path in enumerate(paths[:2]):
        torch.manual_seed(seed)
        save_sam(build_mini(64), Path(path))
    words = ["--old", paths[0], "--new", paths[1], "--save", paths[2], "--side", "96"]
    main([*words, "--keep", "0.5"])
    a, b, c = (load_trainable(path) for path in paths)
    assert c.side == 96
    name = "mask_decoder.iou_token.weight"
    between = (a.state_dict()[name] + b.state_dict()[name]) / 2
    torch.testing.assert_close(c.state_dict()[name], between, rtol=0, atol=1e-3)
    for wrong, told in (
        (["--keep", "2"], "share from 0 to 1"),
        (["--keep", "0.5", "--new", "nowhere.pth"], "nowhere.pth"),
        (["--keep", "0.5", "--new", "small"], "of one architecture"),
        (["--keep", "0.5", "--side", "33"], "multiple of 32"),
    ):
        with pytest.raises(SystemExit):
            main([*words, *wrong])
        assert told in capsys.readouterr().err
