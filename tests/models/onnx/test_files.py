"""Which ONNX files make a SAM; what makes none is said in a sentence."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors import safe_open
from safetensors.torch import save_file

from sam_widget.models.checkpoints import (
    CheckpointError,
    find,
    fingerprint,
    load_model,
    load_trainable,
)
from sam_widget.models.convert import main
from sam_widget.segment.loaded import loaded
from sam_widget.segment.segmenter import Segmenter
from sam_widget.widget.widget import SamWidget
from tests.models.exported import (
    ASKED,
    LEGACY,
    apart,
    changed,
    files,
    folder,
    nameless,
    sams,
    small_tiny_vit,
    theirs,
    written,
)

__all__ = ["files", "folder", "sams", "small_tiny_vit", "theirs"]


def test_halves_are_told_by_what_they_compute(folder):
    encoder, decoder = folder / "b.onnx", folder / "a.onnx"
    assert find(folder) == find(str(folder)) == (encoder, decoder)
    assert find((decoder, encoder)) == find([str(encoder), str(decoder)]) == (encoder, decoder)
    model = helper.make_model(
        helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "other", [], [])
    )
    onnx.save(model, folder / "other.onnx")
    (folder / "._b.onnx").write_bytes(b"a shadow that some systems leave")
    assert find(folder) == (encoder, decoder)


def test_weights_of_a_name_that_transformers_gives_come_first(folder, sams):
    save_file(sams["vit"].state_dict(), folder / "model.safetensors")
    assert find(folder) == (folder / "model.safetensors",)


def test_the_fingerprint_is_of_all_files(folder):
    told = {fingerprint(folder)}
    for path in (folder / "a.onnx", folder / "b.onnx"):
        changed(path, lambda model: setattr(model, "doc_string", "other"))
        told.add(fingerprint(folder))
    apart(folder / "b.onnx", "b.data")
    told.add(fingerprint(folder))
    data = bytearray((folder / "b.data").read_bytes())
    data[-1] ^= 1
    (folder / "b.data").write_bytes(data)
    told.add(fingerprint(folder))
    assert len(told) == 5
    assert fingerprint((folder / "b.onnx", folder / "a.onnx")) in told


def test_the_command_writes_what_is_loaded(files, tmp_path, capsys):
    encoder, decoder = files("plain tiny")
    path = tmp_path / "tiny.safetensors"
    main([str(encoder), str(decoder), "--save", str(path)])
    assert str(path) in capsys.readouterr().out
    with safe_open(path, "pt") as file:
        said = file.metadata()["sam_widget"]
    assert "encoder.onnx (sha256 " in said
    assert "decoder.onnx (sha256 " in said
    one, other = load_trainable(path).state_dict(), load_trainable((encoder, decoder)).state_dict()
    for key, value in other.items():
        short = value if ".running_" in key or not value.is_floating_point() else value.half()
        assert torch.equal(one[key], short.to(value.dtype)), key
    with pytest.raises(SystemExit):
        main([str(tmp_path / "none"), "--save", str(path)])
    assert "no weights file at" in capsys.readouterr().err


def test_the_command_says_where_it_cannot_write(tmp_path, capsys):
    for place in (tmp_path, tmp_path / "none" / "tiny.safetensors"):
        with pytest.raises(SystemExit):
            main(["mini", "--save", str(place)])
        assert f"{place} cannot be written: " in capsys.readouterr().err


def test_a_widget_takes_a_folder_or_a_pair(folder):
    pixels = np.random.default_rng(5).integers(0, 256, (40, 60, 3), np.uint8)
    pair = (folder / "b.onnx", folder / "a.onnx")
    assert loaded(pair) is loaded(folder)
    assert Segmenter.load(pair, "cpu").name == f"{folder / 'b.onnx'} and {folder / 'a.onnx'}"
    for model in (folder, str(folder), pair):
        w = SamWidget(pixels, model=model)
        w.add_point(30, 20)
        assert w.mask.shape == (40, 60)
        w.close()
    before = loaded(folder)
    changed(folder / "a.onnx", lambda model: setattr(model, "doc_string", "longer now"))
    assert loaded(folder) is not before


def quantised(path: Path, to: Path) -> None:
    log = logging.getLogger()
    before = log.level
    log.setLevel(logging.ERROR)  # it advises, by the root logger
    quantize_dynamic(path, to, weight_type=QuantType.QUInt8)
    log.setLevel(before)


def renamed_output(model) -> None:
    """As exports of SAM 2 call the finer maps that its decoder takes."""
    name = model.graph.output[0].name
    model.graph.node.append(helper.make_node("Identity", [name], ["high_res_feats_0"]))
    model.graph.output.append(helper.make_tensor_value_info("high_res_feats_0", 1, None))


def one_runtimes(model) -> None:
    model.graph.node[-1].domain = "com.microsoft"


def joined_with(path: Path):
    def change(model) -> None:
        other = onnx.load(path).graph
        model.graph.node.extend(other.node)
        model.graph.initializer.extend(other.initializer)

    return change


def elsewhere(place: str):
    def change(model) -> None:
        tensor = model.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=place)

    return change


def other_side(model) -> None:
    for value in model.graph.input:
        for size in value.type.tensor_type.shape.dim[2:]:
            size.dim_value *= 2


def other_width(model) -> None:
    size = model.graph.input[0].type.tensor_type.shape.dim[1]
    size.dim_value = 128


def without(op: str):
    """Let what follows an operation do without it."""

    def change(model) -> None:
        node = next(node for node in model.graph.node if node.op_type == op)
        for user in model.graph.node:
            for i, name in enumerate(user.input):
                if name == node.output[0]:
                    user.input[i] = node.input[0]
        model.graph.node.remove(node)

    return change


def unhalved(model) -> None:
    """Let a GELU's factor be part of the next weights, as some programs do."""
    nodes = model.graph.node

    def user(of):
        return next(node for node in nodes if of.output[0] in node.input)

    half = user(user(user(next(node for node in nodes if node.op_type == "Erf"))))
    after = user(half)
    (weight,) = (t for t in model.graph.initializer if t.name == after.input[1])
    value = onnx.numpy_helper.to_array(weight) / 2
    weight.CopyFrom(onnx.numpy_helper.from_array(value, weight.name))
    after.input[0] = half.input[0]
    nodes.remove(half)


def beyond(model) -> None:
    """Ruin a weight as a training that went wrong does."""
    tensor = next(t for t in model.graph.initializer if t.name.endswith("norm1.bias"))
    value = onnx.numpy_helper.to_array(tensor).copy()
    value[0] = np.nan
    tensor.CopyFrom(onnx.numpy_helper.from_array(value, tensor.name))


def cut(model) -> None:
    tensor = next(t for t in model.graph.initializer if t.name.endswith("norm1.bias"))
    tensor.raw_data = tensor.raw_data[:-4]


REFUSED = {
    "no encoder": (lambda e, d: e.unlink(), "folder .* no SAM's encoder: a.onnx is a decoder"),
    "no decoder": (lambda e, d: d.unlink(), "folder .* no SAM's decoder: b.onnx is an encoder"),
    "two encoders": (
        shutil.copy,
        r"folder .* more than one SAM's encoder \(a\.onnx, b\.onnx\): give the two files",
    ),
    "three": (
        lambda e, d: shutil.copy(d, d.with_name("c.onnx")),
        r"more than one SAM's decoder \(a\.onnx, c\.onnx\): give the two files",
    ),
    "quantised": (
        lambda e, d: quantised(e, e),
        "no SAM's encoder: a.onnx is a decoder; b.onnx is quantised, .* give the file that it was",
    ),
    "SAM 2": (lambda e, d: changed(e, renamed_output), "b.onnx is of SAM 2, which is another"),
    "one runtime's": (
        lambda e, d: changed(d, one_runtimes),
        r"a.onnx was rewritten for one runtime \(com\.microsoft\)",
    ),
    "both in one": (
        lambda e, d: changed(d, joined_with(e)),
        "a.onnx is encoder and decoder in one, which is not read: export the two apart",
    ),
    "data missing": (
        lambda e, d: (apart(e, "b.data"), (e.parent / "b.data").unlink()),
        "b.onnx keeps its weights in b.data, which is not beside it",
    ),
    "data cut short": (
        lambda e, d: (apart(e, "b.data"), (e.parent / "b.data").write_bytes(b"short")),
        "b.onnx is not a readable ONNX file",
    ),
    "data above": (
        lambda e, d: changed(e, elsewhere("../b.data")),
        "b.onnx says that its weights lie outside of its folder",
    ),
    "data anywhere": (
        lambda e, d: changed(e, elsewhere("/etc/hostname")),
        "b.onnx says that its weights lie outside of its folder",
    ),
    "data by a link": (
        lambda e, d: (
            apart(e, "b.data"),
            shutil.move(e.parent / "b.data", e.parent.parent / "out.data"),
            (e.parent / "b.data").symlink_to(e.parent.parent / "out.data"),
        ),
        "b.onnx says that its weights lie outside of its folder",
    ),
    "empty": (lambda e, d: e.write_bytes(b""), "b.onnx is empty"),
    "a page": (lambda e, d: e.write_bytes(b"<html>404</html>"), "b.onnx is a web page"),
    "a pointer": (
        lambda e, d: e.write_bytes(b"version https://git-lfs.github.com/spec/v1"),
        "b.onnx only says where Git LFS keeps the weights",
    ),
    "text": (lambda e, d: e.write_bytes(b"hello, world"), "b.onnx is not a readable ONNX file"),
    "cut short": (
        lambda e, d: e.write_bytes(e.read_bytes()[:-1000]),
        "b.onnx is not a readable ONNX file",
    ),
    "a weight cut short": (lambda e, d: changed(e, cut), "b.onnx is not a readable ONNX file"),
    "another side": (
        lambda e, d: changed(d, other_side),
        r"b.onnx and .*a.onnx do not belong together: their sides are 64 and 128 px",
    ),
    "another width": (
        lambda e, d: changed(d, other_width),
        "a.onnx takes no embedding of 256 channels, which .*b.onnx gives",
    ),
    "factors moved": (
        lambda e, d: changed(d, unhalved),
        "a.onnx was simplified by moving factors into its weights",
    ),
    "a layer too few": (
        lambda e, d: changed(d, without("Gemm")),
        "a.onnx does not hold a whole SAM: .* lacks 1, from mask_decoder.output_hyper",
    ),
    "no masks taken": (
        lambda e, d: changed(d, without("Conv")),
        "a.onnx has 4 convolutions, and a SAM's decoder that takes masks has 5",
    ),
    "no names": (
        lambda e, d: changed(d, nameless),
        "a.onnx does not hold a whole SAM: of linear layers it leaves 49 nameless and lacks 47",
    ),
    "not finite": (lambda e, d: changed(e, beyond), "numbers that are not finite"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_sam_is_said_in_a_sentence(what, folder):
    spoil, said = REFUSED[what]
    spoil(folder / "b.onnx", folder / "a.onnx")
    with pytest.raises(CheckpointError, match=said) as caught:
        load_model(folder, "cpu")
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_file_alone_is_half_a_sam(folder):
    for path in (folder / "b.onnx", str(folder / "a.onnx")):
        with pytest.raises(
            CheckpointError, match=r"onnx is half a SAM at most: give its folder, or"
        ):
            find(path)
    for name in (folder / "c.onnx", "some/model.onnx", (folder / "b.onnx", folder / "c.onnx")):
        with pytest.raises(CheckpointError, match="There is no weights file at"):
            find(name)
    with pytest.raises(
        CheckpointError, match=r"The pair of b\.onnx and b\.onnx holds more than one"
    ):
        find((folder / "b.onnx", folder / "b.onnx"))


def test_what_is_missing_to_read_onnx_is_said(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    said = r"^Reading ONNX needs onnx: pip install 'sam_widget\[onnx\]'\.$"
    with pytest.raises(CheckpointError, match=said):
        load_model(folder)


def test_a_decoder_by_stability_has_no_scores(theirs, files, tmp_path):
    """segment_anything's exporter can leave out what predicts the IoU; a SAM has it."""
    from segment_anything.utils.onnx import SamOnnxModel

    module = SamOnnxModel(theirs["vit"], return_single_mask=True, use_stability_score=True)
    decoder = written(module.eval(), ASKED, tmp_path / "stable.onnx", **LEGACY)
    said = "lacks 3, from mask_decoder.iou_prediction_head.layers.0.weight on"
    with pytest.raises(CheckpointError, match=said):
        load_model((files("plain vit")[0], decoder))


def test_a_file_cut_anywhere_is_refused(folder):
    whole = (folder / "a.onnx").read_bytes()
    for end in torch.linspace(1, len(whole) - 1, 20).int().tolist():
        (folder / "a.onnx").write_bytes(whole[:end])
        with pytest.raises(CheckpointError, match=r"a\.onnx"):
            load_model(folder)
