"""A model's two halves as ONNX files, to be run where there is no torch. Runs no ONNX itself."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import warnings
from contextlib import contextmanager
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, cast

import torch

from sam_widget.errors import SamError, in_short

from .architectures import at_side
from .checkpoints import CheckpointError, load_model
from .encoder import ImageEncoder
from .export_graphs import Decoder, PhotoEncoder, TensorEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor, nn

    from .export_graphs import Gives
    from .features import Features
    from .sam import Sam

Takes = Literal["photo", "tensor"]

OPSET = 18  # the first whose Resize can filter as Pillow does; older runtimes know it than know 20
ONE_FILE = 1 << 30  # bytes of weights; protobuf ends at 2 GiB, beyond this they lie beside
LICENCES = {
    "small": "MIT, as its origin states; sam_widget/models/weights/small.md says more",
    "mini": "Apache-2.0; its data's licences are listed in sam_widget/models/weights/mini.md",
    "sam_vit_b": "Apache-2.0 (Segment Anything, Meta Platforms, Inc.)",
    "sam_vit_l": "Apache-2.0 (Segment Anything, Meta Platforms, Inc.)",
    "sam_vit_h": "Apache-2.0 (Segment Anything, Meta Platforms, Inc.)",
    "mobile_sam": "Apache-2.0 (MobileSAM, Chaoning Zhang and others)",
}
OTHER_LICENCE = "that of the weights it was made from"

DESCRIPTION = """\
Write a model's image encoder and mask decoder as ONNX files, for programs without torch.

  python -m sam_widget.models.export mini --out onnx
      both halves of the small model: onnx/mini.encoder.onnx, onnx/mini.decoder.onnx
  python -m sam_widget.models.export sam_vit_b --out onnx --decoder --masks best
      only the decoder, answering each prompt with one mask, for a page that has the embeddings

MODEL is a name or a checkpoint's path, as load_model takes it. A decoder only fits its own encoder.

The encoder runs once for an image.
  image              --takes photo: (H, W, 3) uint8, RGB, of any size. It is scaled as Pillow would
                     scale it, normalised and padded inside: nothing is left to do.
                     --takes tensor: (1, 3, side, side) float32, scaled so that the longer side
                     fits, normalised as the file's metadata says, padded with zeros on the right
                     and below. For runtimes that want fixed shapes.
  image_embeddings   (1, C, g, g) float32; g is side / stride, and stride is 16 (LiteMedSAM's: 4)
  skip_8, skip_4     mini only: finer maps, which its decoder asks for beside the embedding

The decoder runs for each click. Its inputs are those of segment_anything's exported decoder, so a
front end written for that one runs with this one:
  image_embeddings   and skips, where there are any: from the encoder
  point_coords       (B, N, 2) float32: x, y in pixels of the scaled image, that is times
                     side / the longer of H and W; B prompts of N points each
  point_labels       (B, N) float32: 1 on the thing, 0 off it, 2 and 3 a box's upper left and lower
                     right corners, -1 no point. Without a box, add one point (0, 0) labelled -1
  mask_input         (B, 1, 4 g, 4 g) float32: low_res_masks to refine, or zeros
  has_mask_input     (1,) float32: 1 if mask_input counts, else 0
  orig_im_size       (2,) float32: the image's own H, W
  masks              (B, M, H, W) float32 logits at the image's size: above 0 is the mask
  iou_predictions    (B, M) float32: how good the model thinks each mask is, 0..1
  low_res_masks      (B, M, 4 g, 4 g) float32 logits
M is 4 with --masks all: first the answer to prompts that leave no doubt, then the three to one
click. With --masks best it is 1: the best of the three for a single point, the first otherwise.

Each file's metadata says which model it is, its side, stride, normalisation and licence. Weights
of more than 1 GiB (ViT-L, ViT-H) lie beside it as NAME.onnx.data: keep the two together.
"""


class ExportError(SamError, RuntimeError):
    """What is missing for an export, in one sentence."""


def export_encoder(
    sam: Sam, path: Path | str, *, takes: Takes = "photo", name: str = "", licence: str = ""
) -> Path:
    """Write a model's image encoder as ONNX.

    Parameters
    ----------
    sam : Sam
        Any model of this package, on any device, of any type; the file computes in float32.
    path : Path or str
        The file to write; weights above ``ONE_FILE`` bytes go beside it, with ``.data`` appended.
    takes : str
        ``"photo"``: (H, W, 3) uint8 RGB of any size, preprocessed inside. ``"tensor"``:
        (1, 3, side, side) float32, as ``Sam.preprocess`` returns it.
    name, licence : str
        What the file's metadata shall say of the model.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        The packages that write ONNX are missing.
    """
    sam = _plain(sam)
    notes = _notes(sam, "encoder", name, licence) | {"takes": takes}
    outputs = ["image_embeddings", *_skips(sam)]
    if takes == "tensor":
        pixels = torch.zeros(1, 3, sam.side, sam.side)
        return _write(TensorEncoder(sam), {"image": (pixels, {})}, outputs, path, notes)
    photo = torch.zeros(sam.side // 2 + 3, sam.side + 7, 3, dtype=torch.uint8)
    axes = {0: torch.export.Dim("height"), 1: torch.export.Dim("width")}
    return _write(PhotoEncoder(sam), {"image": (photo, axes)}, outputs, path, notes)


def export_decoder(
    sam: Sam, path: Path | str, *, gives: Gives = "all", name: str = "", licence: str = ""
) -> Path:
    """Write a model's prompt encoder and mask decoder as one ONNX file.

    Inputs and outputs are named as in segment_anything's exported decoder (its
    ``SamOnnxModel``); a model with skips takes them too, by the names that the encoder's file
    gives them.

    Parameters
    ----------
    sam, path, name, licence
        As ``export_encoder``'s.
    gives : str
        ``"all"``: four masks for a prompt, as ``MaskDecoder`` orders them. ``"best"``: one, the
        best of the last three for a single point, the first for anything clearer.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        The packages that write ONNX are missing.
    """
    sam = _plain(sam)
    grid, width = sam.prompt_encoder.grid, sam.prompt_encoder.width
    prompts, points = torch.export.Dim("prompts"), torch.export.Dim("points")
    inputs: dict[str, tuple[Tensor, dict[int, Any]]] = {
        "image_embeddings": (torch.zeros(1, width, grid, grid), {}),
        "point_coords": (torch.zeros(2, 3, 2), {0: prompts, 1: points}),
        "point_labels": (torch.zeros(2, 3), {0: prompts, 1: points}),
        "mask_input": (torch.zeros(2, 1, 4 * grid, 4 * grid), {0: prompts}),
        "has_mask_input": (torch.zeros(1), {}),
        "orig_im_size": (torch.tensor([300.0, 450.0]), {}),
    }
    inputs |= {key: (torch.zeros(shape), {}) for key, shape in _skips(sam).items()}
    outputs = ["masks", "iou_predictions", "low_res_masks"]
    notes = _notes(sam, "decoder", name, licence) | {"gives": gives}
    return _write(Decoder(sam, gives), inputs, outputs, path, notes)


def _plain(sam: Sam) -> Sam:
    """Return the model on the CPU, in float32 and at rest: itself where it is so already."""
    tensors = sam.state_dict().values()
    floats = [t for t in tensors if t.is_floating_point()]
    if not sam.training and all(t.dtype == torch.float32 and t.is_cpu for t in floats):
        return sam
    return deepcopy(sam).cpu().float().eval()


def _skips(sam: Sam) -> dict[str, tuple[int, ...]]:
    """Name each skip by its stride, with its shape; found without computing anything."""
    encoder = sam.image_encoder
    shadows = {key: value.to("meta") for key, value in encoder.state_dict().items()}
    nothing = torch.empty(1, 3, sam.side, sam.side, device="meta")
    features = cast("Features", torch.func.functional_call(encoder, shadows, (nothing,)))
    return {f"skip_{sam.side // s.shape[-1]}": tuple(s.shape) for s in features.skips}


def _notes(sam: Sam, part: str, name: str, licence: str) -> dict[str, str]:
    encoder = sam.image_encoder
    notes = {
        "model": name or "unnamed",
        "part": part,
        "side": str(sam.side),
        "stride": str(encoder.stride),
        "licence": licence or LICENCES.get(name, OTHER_LICENCE),
        "written_by": "sam_widget",
    }
    if type(encoder).normalise is ImageEncoder.normalise:
        constants = {"mean": json.dumps(encoder.mean), "std": json.dumps(encoder.std)}
        return notes | {"normalise": "(pixels - mean) / std", **constants}
    return notes | {"normalise": (encoder.normalise.__doc__ or "").strip().partition("\n")[0]}


def _write(
    module: nn.Module,
    inputs: dict[str, tuple[Tensor, dict[int, Any]]],
    outputs: list[str],
    path: Path | str,
    notes: dict[str, str],
) -> Path:
    missing = [package for package in ("onnx", "onnxscript") if find_spec(package) is None]
    if missing:
        raise ExportError(
            f"Writing ONNX needs {' and '.join(missing)}: pip install 'sam_widget[onnx]'."
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _quiet(), torch.no_grad():
        program = torch.onnx.export(
            module.eval(),
            tuple(example for example, _ in inputs.values()),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_shapes=_axes(module, [axes for _, axes in inputs.values()]),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    if program is None:
        raise ExportError("torch's exporter returned nothing, which it should not.")
    _check_axes(program.model.graph.inputs, [axes for _, axes in inputs.values()])
    program.model.metadata_props.update(notes)
    weights = sum(t.numel() * t.element_size() for t in module.state_dict().values())
    with TemporaryDirectory(prefix=".", dir=path.parent) as folder:  # whole, or not at all
        program.save(str(Path(folder, path.name)), external_data=weights > ONE_FILE)
        for written in sorted(Path(folder).iterdir(), reverse=True):  # the weights, then who asks
            written.replace(path.with_name(written.name))
    return path


def _axes(module: nn.Module, axes: list[dict[int, Any]]) -> tuple[Any, ...]:
    """Nest the axes as the arguments are nested: a decoder's skips, if any, are one argument."""
    if isinstance(module, Decoder) and len(axes) > 6:
        return (*axes[:6], tuple(axes[6:]))
    return tuple(axes)


def _check_axes(inputs: Sequence[Any], axes: list[dict[int, Any]]) -> None:
    """Refuse a graph in which a size got fixed: the exporter does that without a word."""
    for value, free in zip(inputs, axes, strict=True):
        for axis, label in free.items():
            if isinstance(value.shape[axis], int):
                raise ExportError(
                    f"The number of {label.__name__} got fixed at {value.shape[axis]}: somewhere "
                    f"the network decides by it."
                )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what torch's exporter says about itself from the user."""
    log = logging.getLogger("torch.onnx")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".*isinstance.treespec", FutureWarning)
            warnings.filterwarnings("ignore", "# The axis name", UserWarning)
            yield
    finally:
        log.setLevel(level)


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = argparse.ArgumentParser(
        prog="python -m sam_widget.models.export",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    out.add_argument("model", metavar="MODEL", help="a model's name or a checkpoint's path")
    out.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where to write")
    out.add_argument("--encoder", action="store_true", help="write the encoder only")
    out.add_argument("--decoder", action="store_true", help="write the decoder only")
    out.add_argument(
        "--takes",
        choices=("photo", "tensor"),
        default="photo",
        help="what the encoder takes (default: %(default)s)",
    )
    out.add_argument(
        "--masks",
        choices=("all", "best"),
        default="all",
        help="what the decoder gives (default: %(default)s)",
    )
    out.add_argument("--side", type=int, help="input size of a convolutional model, px")
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, load the model, write its files."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        sam = load_model(given.model, device="cpu", dtype="float32")
        if given.side is not None:
            at_side(sam, given.side)
        name = given.model if given.model in LICENCES else Path(given.model).stem
        both = given.encoder == given.decoder
        if both or given.encoder:
            path = given.out / f"{name}.encoder.onnx"
            _tell(export_encoder(sam, path, takes=given.takes, name=name))
        if both or given.decoder:
            path = given.out / f"{name}.decoder.onnx"
            _tell(export_decoder(sam, path, gives=given.masks, name=name))
    except OSError as error:
        why = error.strerror or in_short(error)
        grammar.error(f"The folder {given.out} cannot be made or written to: {why}.")
    except (CheckpointError, ExportError) as error:
        grammar.error(str(error))


def _tell(path: Path) -> None:
    beside = path.with_name(path.name + ".data")
    size = sum(file.stat().st_size for file in (path, beside) if file.is_file())
    sys.stdout.write(f"{path}  {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
