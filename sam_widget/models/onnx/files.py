"""Which ONNX files make a SAM: told by what is computed in them. Reads no weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from sam_widget.errors import in_short, shown
from sam_widget.models.errors import CheckpointError
from sam_widget.models.files import regular

from .graph import library, parse, stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Half = Literal["encoder", "decoder"]

QUANTISED = re.compile("Quant|QLinear|Integer|NBits|QAttention|QGemm")  # operators' names
SAM_2 = re.compile("high_res_feat")  # inputs' and outputs' names
IS = {"encoder": "is an encoder", "decoder": "is a decoder"}
PLAIN = ("", "ai.onnx")  # the domains of ONNX' own operators


@dataclass(frozen=True)
class Seen:
    """What is seen of a file without reading its weights.

    Attributes
    ----------
    path : Path
    half : str
        ``"encoder"`` or ``"decoder"``; empty where it is neither.
    why : str
        Where it is neither, what it is instead, as the rest of a sentence about it.
    data : tuple of Path
        The files beside it that hold its weights, if any.
    """

    path: Path
    half: Half | Literal[""] = ""
    why: str = ""
    data: tuple[Path, ...] = ()


def whole(files: Sequence[Path], where: str) -> tuple[Path, ...]:
    """Return the files that make a SAM: the encoder, the decoder, and the data beside them.

    Parameters
    ----------
    files : sequence of Path
        ONNX files that exist.
    where : str
        What to call them together, in a sentence.

    Raises
    ------
    CheckpointError
        A half is missing, or there is more than one of it; the sentence names the files.
    """
    library()  # is said before any file is blamed
    seen = [_see(path) for path in files]
    found: list[Seen] = []
    halves: tuple[Half, Half] = ("encoder", "decoder")
    for half in halves:
        candidates = [each for each in seen if each.half == half]
        if len(candidates) > 1:
            names = ", ".join(each.path.name for each in candidates)
            said = f"{where} holds more than one SAM's {half} ({names})"
            raise CheckpointError(
                f"{said}: give the two files that belong together, (encoder, decoder)."
            )
        if not candidates:
            others = "; ".join(f"{each.path.name} {each.why or IS[each.half]}" for each in seen)
            raise CheckpointError(f"{where} holds no SAM's {half}: {others}.")
        found += candidates
    return (*(each.path for each in found), *(path for each in found for path in each.data))


def _see(path: Path) -> Seen:
    try:
        state = regular(path)
    except CheckpointError as error:
        return Seen(path, why=_without(path, error))
    return _look(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _look(path: Path, *_state: int) -> Seen:
    """Look into a file once as long as it does not change: half a gigabyte takes a moment."""
    try:
        model = parse(path)
        data = _beside(path, model.graph)
        half, why = _half(model)
    except CheckpointError as error:
        return Seen(path, why=_without(path, error))
    except Exception as error:  # noqa: BLE001  a broken file can raise anything
        return Seen(path, why=f"is not a readable ONNX file: {in_short(error)}")
    return Seen(path, half, why, data)


def _without(path: Path, error: CheckpointError) -> str:
    """Return what a sentence says of a file, without the file's name."""
    return in_short(str(error).removeprefix(f"{path} "))


def _half(model: Any) -> tuple[Half | Literal[""], str]:
    graph = model.graph
    from_elsewhere = {node.domain for node in graph.node} - {*PLAIN}
    if any(QUANTISED.search(node.op_type) for node in graph.node):
        return "", "is quantised, which rounds weights away: give the file that it was made from"
    if from_elsewhere:
        whose = ", ".join(sorted(from_elsewhere))
        return "", f"was rewritten for one runtime ({whose}): give the file that it was made from"
    if any(SAM_2.search(value.name) for value in (*graph.input, *graph.output)):
        return "", "is of SAM 2, which is another network"
    shapes = {name: tuple(tensor.dims) for name, tensor in stored(graph)}
    for node in graph.node:
        if node.op_type in ("Cast", "Identity") and node.input[0] in shapes:
            shapes[node.output[0]] = shapes[node.input[0]]
    kernels = [
        (node.op_type, shapes.get(node.input[1], ()))
        for node in graph.node
        if node.op_type in ("Conv", "ConvTranspose") and len(node.input) > 1
    ]
    sees = any(op == "Conv" and len(shape) == 4 and shape[1] == 3 for op, shape in kernels)
    draws = any(op == "ConvTranspose" for op, _ in kernels)
    if sees and draws:
        return "", "is encoder and decoder in one, which is not read: export the two apart"
    if sees or draws:
        return ("encoder" if sees else "decoder"), ""
    return "", "is no part of a SAM"


def _beside(path: Path, graph: Any) -> tuple[Path, ...]:
    """Return the files that a graph's data lie in; refuse what is not right beside it."""
    folder = path.parent.resolve()
    names = {
        entry.value
        for _, tensor in stored(graph)
        if tensor.data_location == tensor.EXTERNAL
        for entry in tensor.external_data
        if entry.key == "location"
    }
    for _, tensor in stored(graph):
        for entry in tensor.external_data:
            if entry.key in ("offset", "length") and not entry.value.isdecimal():
                said = f"says that its weights have the {entry.key} {shown(entry.value)} in a file"
                raise CheckpointError(f"{path} {said}, which is no number.")
    found = []
    for name in sorted(names):
        if not name.strip():
            raise CheckpointError(f"{path} says that its weights lie in a file without a name.")
        data = (folder / name).resolve()
        if not data.is_relative_to(folder):
            raise CheckpointError(f"{path} says that its weights lie outside of its folder.")
        if not data.is_file():
            what = "is not beside it" if not data.exists() else "is no file"
            raise CheckpointError(f"{path} keeps its weights in {name}, which {what}.")
        found.append(data)
    return tuple(found)
