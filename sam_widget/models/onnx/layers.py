"""A graph's operations to the layers that they make up, in their order. Knows no network.

Exporters write one and the same layer in several ways: they turn its weights, gather its tables,
spell a norm out. Here each way ends in the form that torch's modules have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import torch

from .graph import Constant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from torch import Tensor

    from .graph import Graph, Node

Kind = Literal["convolution", "linear", "norm", "biases", "heights", "widths", "place", "rows"]


@dataclass(frozen=True)
class Layer:
    """One use of a graph's constants, named as torch's modules name their parameters.

    Attributes
    ----------
    kind : str
        ``"convolution"`` (of either direction), ``"linear"``, ``"norm"`` (a layer norm);
        ``"biases"``, an attention's; ``"heights"``, ``"widths"``, tables of relative positions;
        ``"place"``, what is added to a map; ``"rows"``, (n, C), tokens and embeddings.
    parts : mapping of str to Constant
        ``"weight"`` and maybe ``"bias"``, in torch's form. A linear layer whose heads are
        multiplied each by itself keeps them apart: (heads, ., .).
    """

    kind: Kind
    parts: Mapping[str, Constant]

    @property
    def weight(self) -> Tensor:
        """The weight's value."""
        return self.parts["weight"].value


def layers_of(graph: Graph) -> tuple[Layer, ...]:
    """Return a graph's layers in the order of its nodes."""
    found = (READERS[node.op](graph, node) for node in graph.nodes if node.op in READERS)
    return tuple(layer for layers in found for layer in layers)


def moves_factors(graph: Graph) -> bool:
    """Whether a GELU that is spelt out does not halve: some programs halve the next weights."""
    for node in graph.nodes:
        if node.op in ("Erf", "Tanh"):
            products = [
                product
                for plus_one in graph.users.get(node.outputs[0], [])
                for product in graph.users.get(plus_one.outputs[0], [])
            ]
            for product in products:
                before = [graph.makers[name] for name in product.inputs if name in graph.makers]
                near = [product, *before, *graph.users.get(product.outputs[0], [])]
                if not any(graph.scalars.get(name) == 0.5 for one in near for name in one.inputs):
                    return True
    return False


def _convolution(graph: Graph, node: Node) -> Iterator[Layer]:
    parts = {"weight": graph.given(node, 1), "bias": graph.given(node, 2)}
    if parts["weight"]:
        yield Layer("convolution", _present(parts))


def _gemm(graph: Graph, node: Node) -> Iterator[Layer]:
    if weight := graph.given(node, 1):
        if not node.turns:
            weight = weight.map(_turned)
        yield Layer("linear", _present({"weight": weight, "bias": graph.given(node, 2)}))


def _product(graph: Graph, node: Node) -> Iterator[Layer]:
    weight = graph.given(node, 1)
    if weight is None or weight.value.ndim > 3 or _is_column(weight):
        return
    bias = graph.added(node.outputs[0])
    if weight.value.ndim == 3:  # what a head's bias adds to all of a query's products
        beside = [
            graph.given(user, 1) for user in graph.users[node.inputs[0]] if user.op == "MatMul"
        ]
        bias = next((each for each in beside if each and _is_column(each)), bias)
    else:
        weight = weight.map(_turned)
    yield Layer("linear", _present({"weight": weight, "bias": bias}))


def _layer_norm(graph: Graph, node: Node) -> Iterator[Layer]:
    parts = {"weight": graph.given(node, 1), "bias": graph.given(node, 2)}
    if parts["weight"]:
        yield Layer("norm", _present(parts))


def _scale(graph: Graph, node: Node) -> Iterator[Layer]:
    """Read the end of a layer norm that is spelt out: a quotient, times weight, plus bias."""
    weight, other = graph.either(node)
    bias = graph.added(node.outputs[0])
    if weight and bias and other in graph.makers and graph.makers[other].op == "Div":
        yield Layer("norm", {"weight": weight.map(torch.flatten), "bias": bias.map(torch.flatten)})
    else:
        yield from _rows(graph, node)


def _sum(graph: Graph, node: Node) -> Iterator[Layer]:
    added, _ = graph.either(node)
    if added is None:
        return
    shape = added.value.shape
    if [user.op for user in graph.users.get(node.outputs[0], [])] == ["Softmax"]:
        if len(shape) > 2:  # (1, heads, N, N)
            yield Layer("biases", {"weight": added.map(lambda t: t.flatten(0, -3)[:, 0])})
    elif len(shape) == 4 and shape[0] == 1 and shape[1] == shape[2] > 1:  # (1, g, g, C)
        yield Layer("place", {"weight": added})


def _distances(graph: Graph, node: Node) -> Iterator[Layer]:
    """Read a table (2s - 1, D), or (s, s, D), its entries for each query's distance to each key."""
    kinds: dict[int, Kind] = {3: "heights", 2: "widths"}  # (..., height, width, D) is multiplied
    queries, keys = node.equation.replace(" ", "").partition("->")[0].split(",")
    kind = kinds.get(len(queries) - queries.find(keys[0]))
    maker = graph.makers.get(node.inputs[1])
    if (table := graph.given(node, 1)) and table.value.ndim == 3:
        table = table.map(lambda t: torch.cat([t[0].flip(0), t[1:, 0]]))
    elif maker and maker.op == "Gather":
        table = graph.given(maker, 0)
    if table and kind:
        yield Layer(kind, {"weight": table})


def _gather(graph: Graph, node: Node) -> Iterator[Layer]:
    table = graph.given(node, 0)
    if table and table.value.ndim == 3 and table.value.shape[0] == table.value.shape[1]:
        # (s, s, heads), by distances, which are looked up only when the graph is carried out
        yield Layer("biases", {"weight": table.map(lambda t: t.permute(2, 0, 1).flatten(1))})
    else:
        yield from _rows(graph, node)


def _rows(graph: Graph, node: Node) -> Iterator[Layer]:
    for name in node.inputs:
        if rows := graph.constants.get(name):
            value = rows.value.squeeze()
            if rows.value.ndim > 1 and value.ndim <= 2:
                flat = value.reshape(-1, value.shape[-1])
                yield Layer("rows", {"weight": Constant(rows.names, flat)})


READERS: dict[str, Callable[[Graph, Node], Iterator[Layer]]] = {
    "Conv": _convolution,
    "ConvTranspose": _convolution,
    "Gemm": _gemm,
    "MatMul": _product,
    "LayerNormalization": _layer_norm,
    "Mul": _scale,
    "Add": _sum,
    "Einsum": _distances,
    **dict.fromkeys(("Gather", "GatherND", "Flatten"), _gather),
    **dict.fromkeys(("Where", "Expand", "Concat"), _rows),
}


def _present(parts: Mapping[str, Constant | None]) -> dict[str, Constant]:
    return {name: part for name, part in parts.items() if part is not None}


def _turned(weight: Tensor) -> Tensor:
    return weight.mT


def _is_column(constant: Constant) -> bool:
    return constant.value.ndim == 3 and constant.value.shape[-1] == 1
