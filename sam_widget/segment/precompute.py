"""Many pictures' embeddings made ahead of the clicks. Keeps nothing itself: the cache does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sized
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PIL import Image

from sam_widget.errors import SamError, reason, shown
from sam_widget.folders.photos import photos_below
from sam_widget.images import ImageError, content_hash, read_image
from sam_widget.lifetime import busy, handing_over, idle
from sam_widget.models.packaged import DEFAULT
from sam_widget.paths import as_path, is_address
from sam_widget.progress import progress_bar

from .embeddings.cache import shared_cache
from .loaded import model_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from concurrent.futures import Future
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from .embeddings.cache import EmbeddingCache
    from .loaded import AnyModel

    Reading = tuple[NDArray[np.uint8], str]  # pixels, their hash

BAR: dict[str, Any] = {"desc": "Encoding", "unit": "picture", "disable": None}


@dataclass(frozen=True)
class Precomputed:
    """What came of ``precompute``.

    Attributes
    ----------
    made : int
        Pictures encoded now.
    known : int
        Pictures whose embedding was in the cache already.
    failed : tuple of str
        One sentence for each thing that could not be read.
    """

    made: int
    known: int
    failed: tuple[str, ...]

    def __str__(self) -> str:
        said = f"{self.made} encoded, {self.known} known already"
        return f"{said}, {len(self.failed)} could not be read." if self.failed else f"{said}."


def precompute(
    images: Any,
    model: AnyModel = DEFAULT,
    *,
    cache: EmbeddingCache[Any] | None = None,
) -> Precomputed:
    """Encode many pictures ahead, so that opening one of them later waits for no encoder.

    The next picture is read while the model looks at the current one. What cannot be read stops
    nothing: it is told at the end, on standard error and in what is returned. Interrupted, it
    leaves what is done; called again, it goes on from there.

    Parameters
    ----------
    images : path, or iterable of whatever ``read_image`` takes
        A folder stands for the pictures right in it, by name; a single picture for itself.
    model : str, Path, Model or Sam
        As ``SamWidget`` takes it.
    cache : EmbeddingCache, optional
        By default the one that the process shares with its widgets, which is on disk too.

    Returns
    -------
    Precomputed
        How many were encoded, how many known already, and a sentence for each failure.

    Raises
    ------
    CheckpointError
        As ``load_model``.
    ImageError
        The folder is not there or holds no pictures, or `images` is neither one nor several.
    ValueError
        `model` is no name, path, Model or Sam.
    """
    tqdm = progress_bar()

    sources = sources_of(images)
    kept = shared_cache() if cache is None else cache
    looks = model_of(model)
    made, known, failed = 0, 0, list[str]()

    def encode(pixels: NDArray[np.uint8]) -> Any:
        nonlocal made
        embedding = looks.embed(pixels)
        made += 1
        with idle():
            kept.flush()  # the one before is on disk by now: the queue of writing never fills
        return embedding

    @busy()  # all of it: what is pushed out of memory is freed here, in native code
    def keep(pixels: NDArray[np.uint8], digest: str) -> None:
        nonlocal known
        before, key = made, (digest, looks.key)
        embedding = kept.get(key, partial(encode, pixels))
        if made == before:
            known += 1
            kept.put(key, embedding)  # its file may have been deleted meanwhile

    bar = tqdm(total=len(sources) if isinstance(sources, Sized) else None, **BAR)
    with bar, closing(read_ahead(sources)) as readings:
        try:
            for reading in readings:
                try:
                    pixels, digest = reading()
                except ImageError as error:
                    failed.append(str(error))
                else:
                    keep(pixels, digest)
                bar.update()
        finally:
            kept.flush()
    for sentence in failed:
        tqdm.write(sentence, file=sys.stderr)
    return Precomputed(made, known, tuple(failed))


def sources_of(images: Any) -> Iterable[Any]:
    """Return what shall be read, one after the other."""
    if isinstance(images, (str, os.PathLike)):
        return _below(images)
    one = isinstance(images, (bytes, bytearray, memoryview, Image.Image)) or hasattr(images, "read")
    if one or getattr(images, "ndim", 4) < 4:
        return [images]
    if not isinstance(images, Iterable):
        given = "None" if images is None else f"something of type {type(images).__name__}"
        raise ImageError(f"A folder or several images were expected, not {given}.")
    return images


def _below(given: str | os.PathLike[Any]) -> list[Any]:
    try:
        path = as_path(given)
        return photos_below(path) if path.is_dir() else _one(given, path)
    except ImageError:
        raise
    except SamError as error:
        raise ImageError(str(error)) from error
    except (OSError, ValueError) as error:
        raise ImageError(f"{shown(given)} cannot be read: {reason(error)}.") from error


def _one(given: str | os.PathLike[Any], path: Path) -> list[Any]:
    if isinstance(given, str) and (is_address(given) or len(given) > 4096):
        return [given]  # an address, or a picture spelt out
    if not path.exists():
        raise ImageError(f"There is no folder and no picture at {shown(str(path))}.")
    return [path]


def read_ahead(sources: Iterable[Any]) -> Generator[Callable[[], Reading]]:
    """Give each picture's reading to wait for, while a thread is at the next one."""
    with ThreadPoolExecutor(1, "sam_widget reader") as reader:
        before: Future[Reading] | None = None
        for number, source in enumerate(sources, 1):
            with handing_over():
                coming = reader.submit(_read, source, number)
            if before is not None:
                yield before.result
            before = coming
        if before is not None:
            yield before.result


def _read(source: Any, number: int) -> Reading:
    """Return a picture's pixels and their hash; say which one it was where the error does not."""
    try:
        pixels = read_image(source).pixels
    except ImageError as error:
        if isinstance(source, (str, os.PathLike)):
            raise
        raise ImageError(f"Picture {number}: {error}") from error
    return pixels, content_hash(pixels)
