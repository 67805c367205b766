"""A SAM's ONNX files are its network again, whoever wrote them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper

from sam_widget.models.checkpoints import find, load_model, load_trainable
from sam_widget.models.layers import fuse
from tests.models.exported import (
    ASKED,
    EXPORTS,
    SIDE,
    apart,
    changed,
    files,
    folder,
    nameless,
    sams,
    small_tiny_vit,
    theirs,
)

__all__ = ["files", "folder", "sams", "small_tiny_vit", "theirs"]

pytestmark = pytest.mark.slow  # torch's exporters take seconds for each model

UNSEEN = "cross_attn_token_to_image.k_proj.bias", "final_attn_token_to_image.k_proj.bias"
"""Keys' biases move all logits of a query alike: our own export has no use for them."""


def run(path: Path, **inputs) -> list[torch.Tensor]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])
    given = {each.name: inputs[each.name].numpy() for each in session.get_inputs()}
    return [*map(torch.from_numpy, session.run(None, given))]


def same(one: torch.Tensor, other: torch.Tensor) -> None:
    assert one.shape == other.shape
    assert (one - other).abs().max() <= 1e-5 * other.abs().max()


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_gives_back_the_network(export, files, sams):
    """State by state, where it is one; a folded batch norm is compared folded."""
    found = load_trainable(files(export))
    expected = sams[export.split()[1]]
    assert found.side == expected.side
    assert type(found.image_encoder) is type(expected.image_encoder)
    unseen = UNSEEN if export.startswith("our") else ()
    ours, theirs = (fuse(deepcopy(sam).eval()).state_dict() for sam in (found, expected))
    assert ours.keys() == theirs.keys()
    for key, value in theirs.items():
        if key.endswith(unseen or "none"):
            assert not ours[key].any()
        else:
            same(ours[key], value)


@pytest.mark.parametrize("export", EXPORTS)
def test_the_network_answers_as_the_files_do(export, files):
    encoder, decoder = files(export)
    sam = load_model((encoder, decoder), "cpu", "float32")
    image = torch.randn(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(2))
    (embedding,) = run(encoder, image=image)
    features = sam.image_encoder(image)
    same(features.embedding, embedding)

    answers = run(decoder, **ASKED | {"image_embeddings": embedding})
    scores, logits = answers[1], answers[2]
    prompts = (ASKED["point_coords"][:, :2], ASKED["point_labels"][:, :2].long())
    ours, iou = sam.decode(features, prompts, masks=ASKED["mask_input"])
    same(iou, scores)
    same(ours, logits)


def test_weights_may_lie_beside_the_file(folder, sams):
    apart(folder / "b.onnx", "b.data")
    assert find(folder) == (folder / "b.onnx", folder / "a.onnx", folder / "b.data")
    found = load_trainable(folder).state_dict()
    for key, value in sams["vit"].state_dict().items():
        assert torch.equal(found[key], value), key


def halved(model) -> None:
    """Keep the weights in 16 bits, each with a cast before its use."""
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and len(tensor.dims):
            short = onnx.numpy_helper.to_array(tensor).astype(np.float16)
            name, cast = tensor.name, f"{tensor.name}_short"
            tensor.CopyFrom(onnx.numpy_helper.from_array(short, cast))
            node = helper.make_node("Cast", [cast], [name], to=TensorProto.FLOAT)
            model.graph.node.insert(0, node)


def test_weights_of_16_bits_are_read(folder, sams):
    for path in folder.iterdir():
        changed(path, halved)
    found = load_trainable(folder).state_dict()
    for key, value in sams["vit"].state_dict().items():
        torch.testing.assert_close(found[key], value.half().float(), rtol=0, atol=0)


@pytest.mark.parametrize("export", ["plain vit", "plain tiny"])
def test_an_encoder_without_names_is_read_by_its_order(export, files, tmp_path):
    encoder, decoder = files(export)
    changed(encoder, nameless, tmp_path / "nameless.onnx")
    one, other = (
        load_trainable((each, decoder)).state_dict()
        for each in (encoder, tmp_path / "nameless.onnx")
    )
    for key, value in other.items():
        assert torch.equal(value, one[key]), key


@pytest.mark.parametrize("export", EXPORTS)
def test_any_order_in_which_a_graph_can_be_carried_out_will_do(export, files, tmp_path):
    """Simplifiers sort it anew, and queries, keys and values, rows and columns wait for nobody."""

    def sorted_by_depth(model) -> None:
        depth: dict[str, int] = {}
        nodes = [*model.graph.node]
        for node in nodes:
            below = max((depth.get(name, 0) for name in node.input), default=0)
            depth.update(dict.fromkeys(node.output, below + 1))
        nodes.sort(key=lambda node: (depth[node.output[0]], node.output[0]))
        assert nodes != [*model.graph.node]
        del model.graph.node[:]
        model.graph.node.extend(nodes)

    pair = files(export)
    again = tuple(tmp_path / path.name for path in pair)
    for path, to in zip(pair, again, strict=True):
        changed(path, sorted_by_depth, to)
    one, other = (load_trainable(each).state_dict() for each in (pair, again))
    for key, value in other.items():
        assert torch.equal(value, one[key]), key


def test_heads_that_are_multiplied_each_by_itself_are_joined(files, tmp_path, sams):
    """So our own decoder is written where a projection is folded into its small side."""

    def renamed(model) -> None:
        weights = {t.name: f"w{i}" for i, t in enumerate(model.graph.initializer)
                   if t.name.endswith("_proj.weight")}  # fmt: skip
        for tensor in model.graph.initializer:
            tensor.name = weights.get(tensor.name, tensor.name)
        for node in model.graph.node:
            for i, name in enumerate(node.input):
                node.input[i] = weights.get(name, name)
        assert len(weights) == 8

    encoder, decoder = files("our vit")
    changed(decoder, renamed, tmp_path / "renamed.onnx")
    found = load_trainable((encoder, tmp_path / "renamed.onnx")).state_dict()
    for key, value in sams["vit"].state_dict().items():
        assert key.endswith(UNSEEN) or torch.equal(found[key], value), key
