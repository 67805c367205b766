"""Other networks' files, shards and special files: each is called what it is."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import onnx
import pytest
import torch
from onnx import TensorProto, helper
from safetensors.torch import save_file

from sam_widget.models.checkpoints import CheckpointError, find, load_model, save_sam
from sam_widget.models.known_models import known_as
from tests.models.test_wrappers import SAM, STATE, is_the_model, saved

KINDS = {
    "SAM 2,": ["image_encoder.trunk.blocks.0.norm1.weight", "memory_encoder.fuser.layers.0.gamma",
               "sam_mask_decoder.iou_token.weight", "maskmem_tpos_enc"],
    "SAM 2.1 or MedSAM2": ["image_encoder.trunk.blocks.0.norm1.weight", "no_obj_embed_spatial",
                           "sam_mask_decoder.iou_token.weight", "obj_ptr_tpos_proj.weight"],
    "SAM 3": ["detector.backbone.vision_backbone.trunk.pos_embed", "tracker.no_obj_ptr"],
    "SAM-HQ": ["mask_decoder.hf_token.weight", "mask_decoder.iou_token.weight",
               "image_encoder.pos_embed"],
    "EfficientSAM": ["prompt_encoder.bbox_top_left_embeddings.weight",
                     "image_encoder.blocks.0.norm1.weight", "mask_decoder.iou_token.weight"],
    "EdgeSAM or RepViT-SAM": ["image_encoder.features.0.0.c.weight",
                              "mask_decoder.iou_token.weight"],
    "MobileSAM v2": ["PromtEncoder.not_a_point_embed.weight", "MaskDecoder.iou_token.weight"],
    "adapters \\(LoRA\\)": [
        "base_model.model.image_encoder.blocks.0.attn.qkv.lora_A.default.weight",
        "base_model.model.mask_decoder.iou_token.weight",
    ],
    "a YOLO or FastSAM": ["model.0.conv.weight", "model.22.proto.cv1.conv.weight"],
    "a detectron2": ["backbone.bottom_up.stem.conv1.weight", "roi_heads.box_head.fc1.weight"],
    "a diffusion pipeline": ["down_blocks.0.attentions.0.proj_in.weight"],
    "a language model": ["model.layers.0.self_attn.q_proj.weight", "lm_head.weight"],
    "a SAM's mask decoder alone": ["mask_decoder.iou_token.weight",
                                   "mask_decoder.mask_tokens.weight"],
    "a SAM's image encoder alone": ["image_encoder.pos_embed", "image_encoder.neck.0.weight"],
    "a convolutional network": ["layer1.0.conv1.weight", "fc.weight"],
}  # fmt: skip


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize("prefix", ["", "module."])
def test_another_networks_file_is_called_what_it_is(tmp_path, said, prefix):
    state = {f"{prefix}{name}": torch.zeros(1, 3) for name in KINDS[said]}
    for held in (state, {"model": state}):
        torch.save(held, tmp_path / "a.pt")
        with pytest.raises(CheckpointError, match=f"a\\.pt holds .*{said}") as caught:
            load_model(tmp_path / "a.pt")
        assert str(caught.value).count(". ") == str(caught.value).count("2. ")


def test_no_sam_that_is_read_is_called_another():
    assert known_as(STATE) == ""
    assert known_as([f"head.{key}" for key in ("weight", "bias")] + list(STATE)) == ""
    for name in ("mini", "small"):
        assert known_as(load_model(name, "cpu", "float32").state_dict()) == ""


def shards(folder, suffix="safetensors"):
    names = sorted(STATE)
    index = {}
    for i in range(3):
        file = f"model-{i + 1:05}-of-00003.{suffix}"
        part = {name: STATE[name].contiguous() for name in names[i::3]}
        if suffix == "bin":
            (folder / file).write_bytes(saved(part))
        else:
            save_file(part, folder / file)
        index |= dict.fromkeys(part, file)
    kind = "model.safetensors" if suffix == "safetensors" else "pytorch_model.bin"
    listed = folder / f"{kind}.index.json"
    listed.write_text(json.dumps({"metadata": {}, "weight_map": index}))
    return listed


def test_shards_are_read_together(tmp_path):
    listed = shards(tmp_path)
    for given in (tmp_path, listed, str(listed)):
        is_the_model(given)
    assert len(find(tmp_path)) == 4
    (tmp_path / "bin").mkdir()
    shards(tmp_path / "bin", "bin")
    is_the_model(tmp_path / "bin")


def test_shards_that_are_not_whole(tmp_path):
    listed = shards(tmp_path)
    (tmp_path / "model-00002-of-00003.safetensors").rename(tmp_path / "away")
    with pytest.raises(CheckpointError, match=r"model-00002-of-00003\.safetensors is not there"):
        load_model(tmp_path)
    for text in (
        "",
        "[]",
        "{}",
        '{"weight_map": 3}',
        '{"weight_map": {"a": "../away"}}',
        "[" * 9999,
    ):
        listed.write_text(text)
        with pytest.raises(CheckpointError, match="does not list the parts of a model"):
            load_model(tmp_path)
    listed.unlink()
    with pytest.raises(CheckpointError, match="is one of several parts, and "):
        load_model(tmp_path / "model-00001-of-00003.safetensors")


def test_a_folder_with_one_file_means_that(tmp_path):
    (tmp_path / "best.pth").write_bytes(saved(STATE))
    is_the_model(tmp_path)
    (tmp_path / "last.pth").write_bytes(saved(STATE))
    with pytest.raises(CheckpointError, match=r"holds 2 weights files \(best\.pth, last\.pth\)"):
        load_model(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_special_files_are_refused_at_every_door_before_anybody_waits(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    places = {"pipe": "a pipe", "socket": "a socket", "device": "a device", "link": "not there"}
    for suffix in (".pth", ".onnx", ".safetensors", ""):
        os.mkfifo(f"pipe{suffix}")
        with socket.socket(socket.AF_UNIX) as line:
            line.bind(f"socket{suffix}")
        Path(f"device{suffix}").symlink_to("/dev/zero")
        Path(f"link{suffix}").symlink_to("none")
        for name, said in places.items():
            given = tmp_path / f"{name}{suffix}"
            for door in (given, str(given), (given, given)):
                with pytest.raises(CheckpointError, match=said):
                    load_model(door)
    (tmp_path / "folder").mkdir()
    for name, said in places.items():
        Path(f"{name}.onnx").rename(f"folder/{name}.onnx")
        with pytest.raises(
            CheckpointError, match=rf"holds no SAM's encoder: .*{name}\.onnx is .*{said}"
        ):
            load_model(tmp_path / "folder")
    Path("loop").symlink_to("loop")
    with pytest.raises(CheckpointError, match=r"No file can be at|cannot be read"):
        load_model(tmp_path / "loop")
    for system in ("/proc/self/maps", "/proc/kmsg", "/dev/null", "/dev/zero"):
        if Path(system).exists():
            with pytest.raises(CheckpointError, match=r"is empty|a device"):
                load_model(system)


def conv(name, inputs, **external):
    weight = helper.make_tensor("w", TensorProto.FLOAT, [4, 3, 2, 2], [0.0] * 48)
    if external:
        weight.ClearField("float_data")
        weight.data_location = TensorProto.EXTERNAL
        for key, value in external.items():
            entry = weight.external_data.add()
            entry.key, entry.value = key, value
    node = helper.make_node("Conv", inputs, ["y"])
    onnx.save(helper.make_model(helper.make_graph([node], "g", [], [], [weight])), name)


@pytest.mark.parametrize(
    ("inputs", "external", "said"),
    [
        (["x"], {}, "is no part of a SAM"),
        (["x", "w"], {"location": ""}, "weights lie in a file without a name"),
        (["x", "w"], {"location": "."}, "keeps its weights in ., which is no file"),
        (["x", "w"], {"location": "b", "offset": "abc"}, "have the offset 'abc' in a file"),
        (["x", "w"], {"location": "b", "length": "-3"}, "have the length '-3' in a file"),
        (["x", "w"], {"location": "../b"}, "lie outside of its folder"),
        (["x", "w"], {"location": "none"}, "keeps its weights in none, which is not beside it"),
    ],
)
def test_a_broken_onnx_file_is_said_what_is_wrong_with(tmp_path, inputs, external, said):
    conv(tmp_path / "a.onnx", inputs, **external)
    (tmp_path / "b").write_bytes(bytes(192))
    with pytest.raises(CheckpointError, match=said):
        load_model(tmp_path)


def test_where_a_model_cannot_be_saved_is_said(tmp_path):
    (tmp_path / "file").write_text("no folder")
    for place in (tmp_path / "file" / "a.safetensors", tmp_path / "none" / "a.safetensors"):
        with pytest.raises(CheckpointError, match=r"a\.safetensors cannot be written: "):
            save_sam(SAM, place)
    (tmp_path / "folder").mkdir()
    with pytest.raises(CheckpointError, match="folder cannot be written: "):
        save_sam(SAM, tmp_path / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
