"""The layer that was taught words, as a file: read and written, with its words. Knows no image."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from sam_widget.errors import SamError

from .phrase_tokens import PhraseTokens

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGED = Path(__file__).parent / "weights" / "words.safetensors"
NOTES = "sam_widget"


@dataclass(frozen=True, eq=False)
class Taught:
    """What was learnt.

    Attributes
    ----------
    tokens : PhraseTokens
    words : tuple of str
        Those that were taught, sorted.
    weights : str
        The fingerprint of the model that they were taught to.
    """

    tokens: PhraseTokens
    words: tuple[str, ...]
    weights: str


def save(tokens: PhraseTokens, file: Path, words: Iterable[str], weights: str) -> None:
    """Write the layer in float16, with its words and the fingerprint of its model."""
    notes = json.dumps({"words": sorted(words), "weights": weights, "tokens": tokens.tokens})
    tensors = {name: t.detach().half().contiguous() for name, t in tokens.state_dict().items()}
    save_file(tensors, file, {NOTES: notes})


def read(file: Path = PACKAGED) -> Taught:
    """Read a layer; SamError where the file holds none."""
    try:
        with safe_open(file, "pt") as held:
            notes = json.loads(held.metadata()[NOTES])
            tensors = {name: held.get_tensor(name).float() for name in held.keys()}  # noqa: SIM118
        count = int(notes["tokens"])
        rows, text = tensors["project.weight"].shape
        layer = PhraseTokens(rows // count, text, count)
        layer.load_state_dict(tensors)
        words, weights = tuple(map(str, notes["words"])), str(notes["weights"])
    except (OSError, SafetensorError, ValueError, LookupError, TypeError, RuntimeError) as error:
        raise SamError(f"{file} holds no words that were taught.") from error
    return Taught(layer.eval().requires_grad_(requires_grad=False), words, weights)
