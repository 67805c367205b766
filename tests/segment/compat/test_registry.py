"""sam_model_registry: segment_anything's names and more, and what each of them loads."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.checkpoints import CheckpointError
from sam_widget.models.vit import ViTSize, build_vit
from sam_widget.segment.compat import registry, sam_model_registry


def test_the_registry_has_their_names_and_more(reference):
    assert reference.sam_model_registry.keys() < sam_model_registry.keys()
    assert {"vit_t", "mini"} < sam_model_registry.keys()
    sam = sam_model_registry["mini"]()
    assert sam.to("cpu").device == torch.device("cpu")
    assert (sam.mask_threshold, sam.image_format) == (0.0, "RGB")
    assert not sam.training


def test_the_registry_loads_a_checkpoint_of_its_kind(monkeypatch, tmp_path):
    size = ViTSize(48, 2, 2, (1,))
    monkeypatch.setitem(registry.SIZES, "vit_b", size)
    torch.manual_seed(0)
    sam = build_vit(size, 128)
    torch.save(sam.state_dict(), tmp_path / "sam_vit_b.pth")
    loaded = sam_model_registry["vit_b"](checkpoint=str(tmp_path / "sam_vit_b.pth"))
    for key, value in sam.state_dict().items():
        assert torch.equal(loaded.state_dict()[key], value)
    with pytest.raises(CheckpointError, match="does not hold the weights of a 'vit_l' model"):
        sam_model_registry["vit_l"](checkpoint=tmp_path / "sam_vit_b.pth")
    with pytest.raises(CheckpointError, match="no weights file"):
        sam_model_registry["vit_b"](checkpoint=tmp_path / "none.pth")
