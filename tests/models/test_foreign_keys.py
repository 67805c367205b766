"""Checkpoints as others wrap and name them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from sam_widget.models.checkpoints import load_model
from sam_widget.models.foreign import official
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize

TOLERANCE = 1e-4  # of the range


@pytest.fixture(scope="module")
def sam(stir):
    whole = Sam(
        ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32), PromptEncoder(64, 32), MaskDecoder(32)
    ).eval()
    stir(whole)
    return whole


def wrapped(tensors):
    yield "bare", tensors
    yield "model", {"model": tensors, "optimizer": {"state": {0: {"step": torch.ones(1)}}}}
    yield "state_dict", {"epoch": 3, "state_dict": tensors}
    yield "module.", {f"module.{key}": value for key, value in tensors.items()}
    yield "both", {"model": {f"module.sam.{key}": value for key, value in tensors.items()}}
    yield "deep", {"state": {"net": {"ema": tensors}}}
    inside = {f"sam.{key}": value for key, value in tensors.items()}
    yield "part of a larger model", {"state_dict": {"head.weight": torch.zeros(3), **inside}}
    constants = {"pixel_mean": torch.zeros(3, 1, 1), "pixel_std": torch.ones(3, 1, 1)}
    yield "constants", {**tensors, **constants}


def test_wrappers_and_prefixes_come_off(sam, tmp_path):
    tensors = sam.state_dict()
    path = tmp_path / "wrapped.pth"
    for name, held in wrapped(tensors):
        torch.save(held, path)
        found = load_model(path, "cpu", "float32").state_dict()
        assert found.keys() == tensors.keys(), name
        assert all(torch.equal(found[key], value) for key, value in tensors.items()), name


def test_prefixes_come_off_safetensors_too(sam, tmp_path):
    path = tmp_path / "wrapped.safetensors"
    save_file({f"model.{k}": v.contiguous() for k, v in sam.state_dict().items()}, path)
    found = load_model(path, "cpu", "float32").state_dict()
    assert all(torch.equal(found[key], value) for key, value in sam.state_dict().items())


@pytest.mark.parametrize(
    "found",
    [
        None,
        [1, 2],
        {},
        {"model": {}},
        {"weight": torch.zeros(2)},
        {3: torch.zeros(2)},
        {"sam_mask_decoder.weight": torch.zeros(2)},
        {"image_encoder.weight": "no tensor"},
    ],
)
def test_nothing_like_a_sam(found):
    assert official(found).tensors == {}


def test_a_mapping_that_holds_itself_ends():
    found: dict = {}
    for i in range(50):
        found[f"again {i}"] = found
    assert official(found).tensors == {}
    found["mask_decoder.iou_token.weight"] = torch.zeros(1)
    assert list(official(found).tensors) == ["mask_decoder.iou_token.weight"]


def test_a_classifiers_head_is_left_out():
    """MobileSAM's file has one, from its encoder's life before."""
    kept = {"image_encoder.neck.0.weight": torch.zeros(1)}
    head = {f"image_encoder.{k}": torch.zeros(1) for k in ("head.weight", "norm_head.bias")}
    index = {"image_encoder.layers.1.blocks.0.attn.attention_bias_idxs": torch.zeros(1)}
    assert official({**kept, **head, **index}).tensors == kept


@pytest.fixture(scope="module")
def theirs(stir):
    """A small SamModel of transformers, its weights stirred."""
    from transformers import SamConfig, SamModel

    vision = {
        "hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 2, "image_size": 256,
        "global_attn_indexes": [1], "window_size": 7, "mlp_dim": 128, "output_channels": 256,
    }  # fmt: skip
    prompt = {"image_size": 256, "image_embedding_size": 16}
    model = SamModel(SamConfig(vision_config=vision, prompt_encoder_config=prompt)).eval()
    stir(model)
    with torch.no_grad():
        model.shared_image_embedding.positional_embedding.normal_()
    return model


def test_their_weights_give_their_answers(theirs, tmp_path):
    theirs.save_pretrained(tmp_path)
    ours = load_model(tmp_path / "model.safetensors", "cpu", "float32")
    assert ours.side == 256
    assert ours.state_dict().keys() == official(theirs.state_dict()).tensors.keys()
    rng = np.random.default_rng(0)
    x = torch.from_numpy(rng.normal(size=(1, 3, 256, 256)).astype(np.float32))
    xy = torch.tensor([[[60.0, 70.0], [200.0, 31.0]]])  # input pixels, centres at whole numbers
    labels = torch.tensor([[1, 0]])
    box = torch.tensor([[20.0, 30.0, 180.0, 190.0]])
    with torch.inference_mode():
        embedding = theirs.get_image_embeddings(x)
        features = ours.image_encoder(x)
        difference = (features.embedding - embedding).abs().max()
        assert difference < TOLERANCE * embedding.abs().max()
        for points, boxes in ((True, False), (False, True), (True, True)):
            expected = theirs(
                image_embeddings=embedding,
                input_points=xy[None] if points else None,
                input_labels=labels[None] if points else None,
                input_boxes=box[None] if boxes else None,
                multimask_output=True,
            )
            logits, iou = ours.decode(
                features, (xy, labels) if points else None, box if boxes else None
            )
            low = expected.pred_masks[0, 0]
            reach = float(low.max() - low.min())
            assert reach > 1, "the weights say nothing"
            assert (logits[0, 1:] - low).abs().max() < TOLERANCE * reach
            assert (iou[0, 1:] - expected.iou_scores[0, 0]).abs().max() < TOLERANCE


def test_their_folder_and_their_pickles_load(theirs, tmp_path):
    theirs.save_pretrained(tmp_path / "saved")
    torch.save(theirs.state_dict(), tmp_path / "pytorch_model.bin")
    one = load_model(tmp_path / "saved", "cpu", "float32").state_dict()
    two = load_model(tmp_path, "cpu", "float32").state_dict()
    assert one.keys() == two.keys()
    assert all(torch.equal(one[key], value) for key, value in two.items())


def test_every_tensor_of_theirs_is_taken(theirs):
    tensors = theirs.state_dict()
    copies = {key for key in tensors if "shared_embedding" in key}  # of the positions, tied
    found = official(tensors).tensors
    assert len(found) == len(tensors.keys() - copies)
    shapes = sorted(tuple(tensors[key].shape) for key in tensors.keys() - copies)
    assert sorted(tuple(value.shape) for value in found.values()) == shapes
    assert not any("vision_encoder" in key or "layer_norm" in key for key in found)


def test_either_name_of_their_positions_will_do(theirs):
    """Tied tensors are saved under one name, and which one has changed between versions."""
    tensors = theirs.state_dict()
    both = {key for key in tensors if "positional_embedding" in key}
    assert len(both) == 2
    for key in both:
        found = official({k: v for k, v in tensors.items() if k != key}).tensors
        assert found.keys() == official(tensors).tensors.keys()
