"""What our own API returns, saved in each way that people save it, loads again as it was."""

from __future__ import annotations

import pickle
from copy import deepcopy

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from sam_widget.errors import SamError
from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_model, load_trainable, save_sam
from sam_widget.models.layers import fuse
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.thresholds import Thresholds
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter


def vit() -> Sam:
    encoder = ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32)
    return Sam(encoder, PromptEncoder(64, 32), MaskDecoder(32)).eval()


def mobile(stir) -> Sam:
    sam = build_tiny_vit(LAYOUTS["mobile_sam"], 1024).eval()
    stir(sam)
    return fuse(sam)


@pytest.fixture(scope="module")
def loaded(stir):
    """Models as ``load_model`` returns them; LiteMedSAM is ``small``'s kind."""
    torch.manual_seed(0)
    mini = at_side(load_model("mini", "cpu", "float32"), 256)
    strict = vit()
    strict.thresholds = Thresholds(0.25, 0.75)
    return {
        "mini": load_model("mini", "cpu", "float32"),
        "mini at a side": mini,
        "small": load_model("small", "cpu", "float32"),
        "mobile_sam": mobile(stir),
        "ViT": strict,
    }


MODELS = ("mini", "mini at a side", "small", "mobile_sam", "ViT")


def to_torch(sam, folder):
    torch.save(sam.state_dict(), folder / "a.pth")
    return folder / "a.pth"


def to_torch_below(sam, folder):
    parallel = torch.nn.ModuleDict({"module": sam})
    torch.save({"model": parallel.state_dict(), "epoch": 3}, folder / "a.ckpt")
    return folder / "a.ckpt"


def to_old_torch(sam, folder):
    torch.save(sam.state_dict(), folder / "a.pt", _use_new_zipfile_serialization=False)
    return folder / "a.pt"


def by_save_sam(sam, folder):
    save_sam(sam, folder / "a.safetensors")
    return folder / "a.safetensors"


WAYS = (to_torch, to_torch_below, to_old_torch, by_save_sam)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", MODELS)
def test_a_loaded_model_comes_back(loaded, tmp_path, name, way):
    sam = loaded[name]
    again = load_model(way(sam, tmp_path), "cpu", "float32")
    assert again.side == sam.side
    assert again.thresholds == sam.thresholds
    expected, found = sam.state_dict(), again.state_dict()
    assert found.keys() == expected.keys()
    rounding = 0.0 if way is not by_save_sam else 2.0**-10
    for key, value in expected.items():
        assert torch.allclose(found[key], value, rounding, rounding / 100), key


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_a_model_cast_to_another_type_comes_back(tmp_path, dtype):
    sam = load_model("mini", "cpu", "float32").to(dtype)
    again = load_model(to_torch(sam, tmp_path), "cpu", "float32")
    for key, value in sam.state_dict().items():
        assert torch.equal(again.state_dict()[key], value.float()), key


def test_safetensors_of_a_folded_state_comes_back(loaded, tmp_path):
    tensors = {key: value.contiguous() for key, value in loaded["mini"].state_dict().items()}
    save_file(tensors, tmp_path / "a.safetensors")
    again = load_model(tmp_path / "a.safetensors", "cpu", "float32").state_dict()
    assert all(torch.equal(again[key], value) for key, value in tensors.items())


def test_a_folded_model_that_came_back_can_learn(loaded, tmp_path):
    sam = load_trainable(to_torch(loaded["mini"], tmp_path))
    assert isinstance(sam.image_encoder.stem.norm, torch.nn.BatchNorm2d)
    x = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        expected = loaded["mini"].image_encoder(x).embedding
        found = sam.eval().image_encoder(x).embedding
    assert (found - expected).abs().max() < 1e-5 * expected.abs().max()


def test_a_weight_beyond_half_precision_is_kept_in_full(tmp_path):
    sam = load_model("mini", "cpu", "float32")
    weight = sam.image_encoder.stem.conv.weight
    with torch.no_grad():
        weight[0, 0, 0, 0] = 1e5
    again = load_model(by_save_sam(sam, tmp_path), "cpu", "float32")
    assert again.image_encoder.stem.conv.weight[0, 0, 0, 0] == 1e5


def test_a_side_that_changes_under_a_segmenter_is_said():
    segmenter = Segmenter.load("mini", "cpu", "float32")
    pixels = np.full((40, 60, 3), 99, np.uint8)
    point = Prompts(np.array([[10.5, 10.5]], np.float32), np.array([1]))
    before = segmenter.embed(pixels)
    at_side(segmenter.sam, 256)
    for work in (lambda: segmenter.embed(pixels), lambda: segmenter.predict(before, point)):
        with pytest.raises(SamError, match=r"(became|at its side of) 256 px"):
            work()
    again = Segmenter(segmenter.sam)
    assert again.predict(again.embed(pixels), point).logits.shape == (3, 64, 64)


def test_values_of_ours_come_back_from_a_pickle_and_a_copy():
    segmenter = Segmenter.load("mini", "cpu", "float32")
    pixels = np.random.default_rng(0).integers(0, 256, (40, 60, 3), np.uint8)
    embedding = segmenter.embed(pixels)
    prompts = Prompts(np.array([[10.5, 10.5]], np.float32), np.array([1]))
    prediction = segmenter.predict(embedding, prompts)
    for again in (pickle.loads(pickle.dumps(embedding)), deepcopy(embedding)):
        assert torch.equal(again.features.embedding, embedding.features.embedding)
        assert np.array_equal(segmenter.predict(again, prompts).logits, prediction.logits)
    for again in (pickle.loads(pickle.dumps(prediction)), deepcopy(prediction)):
        assert np.array_equal(again.logits, prediction.logits)
        assert again.masks() == prediction.masks()
