"""An ONNX file to a graph: operations, and the numbers that they take. Knows no layers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from math import prod
from typing import TYPE_CHECKING, Any

import torch

from sam_widget.errors import in_short
from sam_widget.models.errors import CheckpointError
from sam_widget.models.files import first_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from torch import Tensor

MOST_AXES = 8  # of a view
FLOATING = ("FLOAT", "FLOAT16", "DOUBLE", "BFLOAT16")


@dataclass(frozen=True)
class Constant:
    """Numbers that a graph holds.

    Attributes
    ----------
    names : tuple of str
        Its own, then those of what it is another view of.
    value : Tensor
    """

    names: tuple[str, ...]
    value: Tensor

    def map(self, change: Callable[[Tensor], Tensor]) -> Constant:
        """Return the constant in another form."""
        return Constant(self.names, change(self.value))


@dataclass(frozen=True)
class Node:
    """An operation.

    Attributes
    ----------
    op : str
        Its type.
    inputs, outputs : tuple of str
        Names of values.
    axes : tuple of int
        What it permutes, or puts in.
    turns : bool
        Whether it takes its weight as torch has it, (out, in).
    equation : str
        Of an ``Einsum``.
    """

    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    axes: tuple[int, ...]
    turns: bool
    equation: str


@dataclass(frozen=True)
class Graph:
    """What a file computes, its nodes in an order in which they can be carried out.

    Attributes
    ----------
    path : Path
    nodes : tuple of Node
    constants : mapping of str to Constant
        Floating-point numbers, more than one each.
    scalars : mapping of str to float
        Those that are one.
    inputs : mapping of str to tuple of int
        The sizes of what is given to the graph; 0 where one is free.
    """

    path: Path
    nodes: tuple[Node, ...]
    constants: Mapping[str, Constant]
    scalars: Mapping[str, float]
    inputs: Mapping[str, tuple[int, ...]]

    @cached_property
    def makers(self) -> Mapping[str, Node]:
        """What makes a value."""
        return {name: node for node in self.nodes for name in node.outputs}

    @cached_property
    def users(self) -> Mapping[str, list[Node]]:
        """What takes a value."""
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            for name in node.inputs:
                found[name].append(node)
        return found

    def given(self, node: Node, place: int) -> Constant | None:
        """Return the constant that a node takes at a place, if it takes one there."""
        return self.constants.get(node.inputs[place]) if place < len(node.inputs) else None

    def either(self, node: Node) -> tuple[Constant | None, str]:
        """Return the one constant of a node with two inputs, and the name of the other input."""
        one, two = node.inputs[:2]
        if (one in self.constants) == (two in self.constants):
            return None, ""
        return (self.constants[one], two) if one in self.constants else (self.constants[two], one)

    def added(self, name: str) -> Constant | None:
        """Return the constant that is added to a value, where that is all that is done with it."""
        users = self.users.get(name, [])
        return self.either(users[0])[0] if [user.op for user in users] == ["Add"] else None


def library() -> ModuleType:
    """Return the package that reads ONNX; CheckpointError where it is missing."""
    try:
        return import_module("onnx")
    except ImportError as error:
        raise CheckpointError("Reading ONNX needs onnx: pip install 'sam_widget[onnx]'.") from error


def parse(path: Path) -> Any:
    """Read a file's ``onnx.ModelProto``, without the data that lie beside it.

    Raises
    ------
    CheckpointError
        It is no ONNX file, or the package that reads them is missing; in one sentence.
    """
    onnx = library()
    try:
        first_bytes(path)
        model = onnx.load(path, load_external_data=False)
    except CheckpointError:
        raise
    except Exception as error:  # a broken file can raise anything
        raise CheckpointError(f"{path} is not a readable ONNX file: {in_short(error)}.") from error
    if not model.graph.node:
        raise CheckpointError(f"{path} is not a readable ONNX file: nothing is computed in it.")
    return model


def read_graph(path: Path) -> Graph:
    """Read a file and the data beside it.

    Raises
    ------
    CheckpointError
        As ``parse``, or some of its numbers cannot be had.
    """
    graph = parse(path).graph
    nodes = tuple(map(_node, graph.node))
    try:
        constants, scalars = _constants(graph, nodes, path.parent)
    except Exception as error:  # so can broken data
        raise CheckpointError(f"{path} is not a readable ONNX file: {in_short(error)}.") from error
    return Graph(path, nodes, constants, scalars, _sizes(graph))


def stored(graph: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names and the ``onnx.TensorProto`` of all numbers in an ``onnx.GraphProto``."""
    for tensor in graph.initializer:
        yield tensor.name, tensor
    for node in graph.node:
        if node.op_type == "Constant":
            for attribute in node.attribute:
                if attribute.name == "value":
                    yield node.output[0], attribute.t


def _sizes(graph: Any) -> dict[str, tuple[int, ...]]:
    """Return the sizes of an ``onnx.GraphProto``'s inputs; 0 where one is free."""
    held = {tensor.name for tensor in graph.initializer}  # old files list these as inputs too
    return {
        value.name: tuple(size.dim_value for size in value.type.tensor_type.shape.dim)
        for value in graph.input
        if value.name not in held
    }


def _node(node: Any) -> Node:
    given = {each.name: each for each in node.attribute}
    axes = next((tuple(given[name].ints) for name in ("perm", "axes") if name in given), ())
    turns = "transB" in given and given["transB"].i == 1
    equation = given["equation"].s.decode() if "equation" in given else ""
    return Node(node.op_type, tuple(node.input), tuple(node.output), axes, turns, equation)


def _constants(
    graph: Any, nodes: tuple[Node, ...], folder: Path
) -> tuple[dict[str, Constant], dict[str, float]]:
    onnx = library()
    kinds = onnx.TensorProto
    floating = {kinds.DataType.Value(name) for name in FLOATING}
    found: dict[str, Constant] = {}
    scalars: dict[str, float] = {}
    arguments: dict[str, tuple[int, ...]] = {}
    for name, tensor in stored(graph):
        if tensor.data_type in floating:
            array = onnx.numpy_helper.to_array(tensor, str(folder))
            short = tensor.data_type == kinds.BFLOAT16  # which numpy does not know
            value = torch.from_numpy(array.astype("f4" if short else array.dtype))
            if value.numel() == 1:
                scalars[name] = value.item()
            else:
                found[name] = Constant((name,), value)
        elif tensor.data_type == kinds.INT64 and prod(tensor.dims) <= MOST_AXES:
            array = onnx.numpy_helper.to_array(tensor, str(folder))
            arguments[name] = tuple(array.ravel().tolist())
    for node in nodes:
        if node.op in VIEWS and node.inputs[0] in scalars:
            scalars[node.outputs[0]] = scalars[node.inputs[0]]
        elif node.op in VIEWS and node.inputs[0] in found:
            of = found[node.inputs[0]]
            numbers = arguments.get(node.inputs[1]) if len(node.inputs) > 1 else node.axes
            if numbers is not None:
                value = VIEWS[node.op](of.value, numbers)
                found[node.outputs[0]] = Constant((node.outputs[0], *of.names), value)
    return found, scalars


def _reshaped(value: Tensor, sizes: tuple[int, ...]) -> Tensor:
    return value.reshape([size or value.shape[axis] for axis, size in enumerate(sizes)])


def _unsqueezed(value: Tensor, axes: tuple[int, ...]) -> Tensor:
    for axis in sorted(axes):
        value = value.unsqueeze(axis)
    return value


# Of constants; some exporters leave them to whoever runs the graph.
VIEWS: dict[str, Callable[[Tensor, tuple[int, ...]], Tensor]] = {
    "Identity": lambda value, _: value,
    "Cast": lambda value, _: value,
    "Transpose": lambda value, axes: value.permute(axes),
    "Reshape": _reshaped,
    "Unsqueeze": _unsqueezed,
}
