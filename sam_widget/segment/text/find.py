"""``find_text``: phrases on an image through a text engine, masks by a SAM. No screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.images import read_image
from sam_widget.lifetime import busy
from sam_widget.models.packaged import DEFAULT

from .engines import WORDS, engine_of
from .found import Found, share
from .pen import Pen
from .phrases import english, phrases_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.segment.loaded import AnyModel

    from .engine import TextEngine
    from .proposals import Proposals


@busy()
def find_text(
    image: Any,
    phrase: str | Sequence[str],
    *,
    engine: str | TextEngine = WORDS,
    model: AnyModel = DEFAULT,
    confidence: float | None = None,
) -> Found:
    """Find what a phrase says, all instances of it.

    SAM itself reads no text: the part of the paper that does was never released (Kirillov et al.
    2023, section 7.5). An engine says where the phrase is, and the model draws that.

    Parameters
    ----------
    image : path, bytes, PIL image, ndarray or tensor
        Whatever ``read_image`` reads.
    phrase : str or sequence of str
        A noun, "cup"; several by commas. Each is the label of what it finds. Some Korean nouns are
        known; the engines read English.
    engine : str or TextEngine
        "words": this package's own, offline, with ``sam_widget[words]``: a small re-creation of the
        paper's idea, which knows some forty nouns well (``weights/words.md``). Or a
        hub id or folder of Grounding DINO, OWLv2, CLIPSeg or SAM 3, which ``transformers`` runs.
        Or an object with ``name``, ``confidence`` and ``propose(image, phrase)``.
    model : str, Path, Model or Sam
        Draws the masks; as ``Segmenter.load`` takes it.
    confidence : float, optional
        Least score of what is returned, 0..1; by default the engine's own. ``found.at(0.2)``
        changes it later, and nothing runs again.

    Returns
    -------
    Found
        A sequence of Regions, the surest first, with ``scores``; ``told`` says it in words.

    Raises
    ------
    SamError
        The phrase is none, or the engine or the model cannot be had.
    ImageError
        The image cannot be read.
    """
    phrases = phrases_of(phrase)
    read = [english(each) for each in phrases]
    least = None if confidence is None else share(confidence)
    pixels = read_image(image).pixels
    asked = engine_of(engine)
    every = [
        scored
        for typed, word in zip(phrases, read, strict=True)
        for scored in _said(asked, pixels, word).drawn(Pen(pixels, model, asked.name, typed))
    ]
    every.sort(key=lambda each: -each.score)
    return Found(asked.name, phrases, tuple(every), _usual(asked) if least is None else least)


def _said(engine: TextEngine, pixels: NDArray[np.uint8], word: str) -> Proposals:
    """Return what an engine says of a phrase, or say that it is nothing to draw."""
    said = engine.propose(pixels, word)
    if not callable(getattr(said, "drawn", None)):
        raise SamError(
            f"The text engine {engine.name} says Boxes, Heat or Masks, not {shown(said)}."
        )
    return said


def _usual(engine: TextEngine) -> float:
    try:
        return share(engine.confidence)
    except SamError as error:
        raise SamError(f"The text engine {engine.name}: {error}") from error
