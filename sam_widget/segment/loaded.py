"""What a process has once: models by name, embeddings by picture. Imports torch when asked."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError
from sam_widget.images import content_hash
from sam_widget.lifetime import busy
from sam_widget.models.names import is_name
from sam_widget.waiting import asleep

from .embeddings.cache import shared_cache
from .model import MODEL, has_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.models.names import Name
    from sam_widget.models.sam import Sam

    from .model import E, Model
    from .segmenter import Segmenter

    AnyModel = Name | Model[Any] | Sam

SAM = ("image_encoder", "prompt_encoder", "mask_decoder")
MANY = ("decode_batch",)  # what a Segmenter has beside

_lock = threading.Lock()
_segmenters: dict[tuple[tuple[Path, ...], tuple[int, ...]], Segmenter] = {}


def loaded(name: Name, tell: Callable[[float], None] | None = None) -> Segmenter:
    """Return the segmenter of a model's name or files; load it if nobody has yet.

    A file that has changed since is loaded again. Errors are not remembered.

    Parameters
    ----------
    name : str, Path or pair of them
        As ``load_model`` takes it.
    tell : callable, optional
        Called with the share of a download, 0..1, in place of a progress bar.

    Raises
    ------
    CheckpointError
        As ``load_model``.
    """
    with busy(), asleep():  # an import under way would take a Ctrl+C's status away at the end
        import torch  # noqa: F401, PLC0415

        from sam_widget.models.checkpoints import find  # noqa: PLC0415  on the worker's time

        from .segmenter import Segmenter  # noqa: PLC0415

    paths = tuple(path.resolve() for path in find(name, tell))
    states = [path.stat() for path in paths]
    key = paths, tuple(n for state in states for n in (state.st_mtime_ns, state.st_size))
    with busy(), _lock:
        if key not in _segmenters:
            for old in [each for each in _segmenters if each[0] == paths]:
                del _segmenters[old]
            _segmenters[key] = Segmenter.load(name)
        return _segmenters[key]


def model_of(given: AnyModel) -> Model[Any]:
    """Return the model of whatever stands for one.

    Parameters
    ----------
    given : str, Path, pair of them, Model or Sam
        A name or files, loaded once a process; or a model that is loaded, which stays as it is.

    Raises
    ------
    CheckpointError
        As ``load_model``.
    ValueError
        It is none of these.
    """
    if is_name(given):
        return loaded(given)
    held: Any = given
    if has_all(held, MODEL):
        return held  # type: ignore[no-any-return]
    if not has_all(held, SAM):
        raise SamError(
            "The model must be a name, a path or a Segmenter, or what load_model returns, "
            f"not something of type {type(given).__name__}."
        )
    from .segmenter import Segmenter  # noqa: PLC0415  whoever has a Sam has torch

    return Segmenter(held, type(given).__name__)


def segmenter_of(given: AnyModel) -> Segmenter:
    """Return the segmenter of whatever stands for a model, to be asked many things at once.

    Raises
    ------
    CheckpointError
        As ``load_model``.
    ValueError
        It is no model, or one that answers one prompt at a time.
    """
    model: Any = model_of(given)
    if not has_all(model, MANY):
        raise SamError(
            f"The model {model.name} answers one prompt at a time, and this asks for a Segmenter:"
            " give one, or the name or path of a SAM."
        )
    return model  # type: ignore[no-any-return]


@busy()
def embedded(model: Model[E], pixels: NDArray[np.uint8]) -> E:
    """Return a picture's embedding from the cache that the process shares; encode it if need be.

    Parameters
    ----------
    model : Model
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    """
    key = (content_hash(pixels), model.key)
    kept: Any = shared_cache().get(key, partial(model.embed, pixels), model.device)
    return kept  # type: ignore[no-any-return]
