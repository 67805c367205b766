"""Any model's weights, whatever files hold them, as one file. Reads none itself."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .checkpoints import CheckpointError, find, load_trainable, save_sam
from .fingerprints import sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """\
Write a model's weights as safetensors, with the official key names, its side, and the names and
SHA-256 of its files inside: in fp16 for TinyViT and mini (batch norms' statistics in fp32), for
ViTs in fp32.

  python -m sam_widget.models.convert dist/ --save small.safetensors
      a SAM exported to ONNX, whose folder holds an encoder and a decoder
  python -m sam_widget.models.convert encoder.onnx decoder.onnx --save small.safetensors
      the same, where the folder holds more
  python -m sam_widget.models.convert my/fine_tuned.pth --save fine_tuned.safetensors

MODEL is whatever load_model takes, and load_model takes what is written.
"""


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = argparse.ArgumentParser(
        prog="python -m sam_widget.models.convert",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    out.add_argument("model", metavar="MODEL", nargs="+", help="a name, a path, or two ONNX files")
    out.add_argument("--save", type=Path, required=True, metavar="FILE", help="where to write")
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, load the model, write its file."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    name = given.model[0] if len(given.model) == 1 else tuple(given.model)
    try:
        files = ", ".join(f"{path.name} (sha256 {sha256(path)})" for path in find(name))
        save_sam(load_trainable(name), given.save, {"converted_from": files})
    except CheckpointError as error:
        grammar.error(str(error))
    sys.stdout.write(f"{given.save}  {given.save.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
