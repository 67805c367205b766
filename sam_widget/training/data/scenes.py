"""Composed scenes: drawings and things from other photos pasted over a photo. Trains nothing."""

from __future__ import annotations

import io
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter
from pycocotools import mask as coco_mask
from scipy import ndimage

from sam_widget.formats.errors import DataError
from sam_widget.training.data.photos import Annotation, Photo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sam_widget.training.data.photos import Photos

SOURCE = "scenes"
SMALLEST = 80  # px of a mask that is left to be seen
SEEN = 0.25  # share of a thing that must be left to be seen
DENSE = frozenset({"manuscripts", "mushrooms", "dsb2018", "books", "facades", "nasa_micrographs"})
"""Sources that make poor backgrounds, being full already, and give no things to paste."""


class Drawings:
    """Cut-out drawings of a tar: pictures whose alpha is their mask, in memory as they lie there.

    Raises
    ------
    DataError
        The file is no tar, or holds no PNG.
    """

    def __init__(self, path: Path) -> None:
        try:
            with tarfile.open(path) as tar:
                found = [tar.extractfile(m) for m in tar if m.name.endswith(".png")]
                self._files = [file.read() for file in found if file is not None]
        except (OSError, tarfile.TarError) as error:
            raise DataError(f"{path} cannot be read as a tar of drawings: {error}.") from error
        if not self._files:
            raise DataError(f"{path} holds no drawing (*.png).")

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, index: int) -> Image.Image:
        """Decode one drawing: RGBA."""
        with Image.open(io.BytesIO(self._files[index])) as opened:
            return opened.convert("RGBA")


@dataclass(frozen=True)
class _Thing:
    """What can be pasted."""

    cut: Image.Image
    """RGBA, trimmed."""
    drawn: bool
    """A drawing's patches of one colour are parts of it; a photo's are chance."""


@dataclass
class _Layer:
    """A mask in a scene under way; what is pasted later takes from it."""

    mask: NDArray[np.bool_]
    kind: str
    whole: int
    """px before anything covered it."""


class Scenes:
    """Photos with things pasted over them, so that what hides what is known exactly.

    Things are drawings, whose patches of one colour are their parts, and objects cut from other
    photos (Ghiasi et al. 2021, "Simple Copy-Paste"). They come in any size, turned, mirrored and
    recoloured, sometimes several of one kind. What was in the photo keeps its masks, less what is
    covered. Scene `index` is always the same one.

    Parameters
    ----------
    photos : Photos
        Backgrounds, and givers of objects.
    drawings : Drawings
    count : int
        How many scenes there are.
    """

    def __init__(self, photos: Photos, drawings: Drawings, count: int) -> None:
        self._photos = photos
        self._drawings = drawings
        self._count = count
        self._grounds = [i for i, s in enumerate(photos.sources) if s not in DENSE]
        if not self._grounds:
            raise DataError("no photo is fit to be the background of a scene.")

    @property
    def sources(self) -> Sequence[str]:
        """One source for all."""
        return [SOURCE] * self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Photo:
        """Compose one scene."""
        if not 0 <= index < self._count:
            raise IndexError(index)
        rng = np.random.default_rng((11, index))
        ground = self._photo(rng)
        canvas = np.array(ground.pixels)
        layers = [_Layer(a.array() > 0, a.kind, 0) for a in ground.annotations]
        for layer in layers:
            layer.whole = int(layer.mask.sum())
        for _ in range(int(rng.integers(1, 5))):
            thing = self._thing(rng)
            if thing is None:
                continue
            longest = np.exp(rng.uniform(np.log(0.08), np.log(0.7))) * max(canvas.shape[:2])
            alike = int(rng.integers(2, 6)) if longest < 0.25 * max(canvas.shape) else 1
            for _ in range(alike if rng.random() < 0.3 else 1):
                _paste(canvas, layers, thing, longest * rng.uniform(0.8, 1.2), rng)
        annotations = tuple(
            Annotation(coco_mask.encode(np.asfortranarray(layer.mask.view(np.uint8))), layer.kind)
            for layer in layers
            if layer.mask.sum() >= max(SMALLEST, SEEN * layer.whole)
        )
        return Photo(Image.fromarray(canvas), annotations, SOURCE)

    def _photo(self, rng: np.random.Generator) -> Photo:
        return self._photos[self._grounds[int(rng.integers(len(self._grounds)))]]

    def _thing(self, rng: np.random.Generator) -> _Thing | None:
        """Return a drawing, or an object of a photo if the photo drawn has a fit one."""
        if rng.random() < 0.5:
            drawing = self._drawings[int(rng.integers(len(self._drawings)))]
            return _Thing(drawing.crop(drawing.getchannel("A").getbbox()), drawn=True)
        photo = self._photo(rng)
        objects = [a for a in photo.annotations if a.kind == "object"]
        if not objects:
            return None
        mask = objects[int(rng.integers(len(objects)))].array()
        if not 0.005 < mask.mean() < 0.6:
            return None
        soft = Image.fromarray(mask * np.uint8(255)).filter(ImageFilter.GaussianBlur(0.7))
        cut = photo.pixels.copy()
        cut.putalpha(soft)
        return _Thing(cut.crop(soft.point(lambda v: 255 * (v > 127)).getbbox()), drawn=False)


def _paste(
    canvas: NDArray[np.uint8],
    layers: list[_Layer],
    thing: _Thing,
    longest: float,
    rng: np.random.Generator,
) -> None:
    """Paste a thing somewhere, whole or cut by the border; it covers what lies below."""
    scale = longest / max(thing.cut.size)
    size = [max(4, round(side * scale)) for side in thing.cut.size]
    placed = thing.cut.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    if rng.random() < 0.5:
        placed = placed.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < 0.5:
        placed = placed.rotate(rng.normal(0, 25), Image.Resampling.BICUBIC, expand=True)
    cut = np.array(placed)
    height, width = canvas.shape[:2]
    x = int(rng.uniform(-0.3 * cut.shape[1], width - 0.7 * cut.shape[1]))
    y = int(rng.uniform(-0.3 * cut.shape[0], height - 0.7 * cut.shape[0]))
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(width, x + cut.shape[1]), min(height, y + cut.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    where = np.s_[y0:y1, x0:x1]
    cut = cut[y0 - y : y1 - y, x0 - x : x1 - x]
    colour, alpha = cut[..., :3].astype(np.float32), cut[..., 3:].astype(np.float32) / 255
    inside = cut[..., 3] > 127
    if inside.sum() < SMALLEST:
        return
    parts = _patches(cut[..., :3], inside) if thing.drawn else []
    colour *= np.exp(rng.normal(0, 0.15)) * np.exp(rng.normal(0, 0.08, 3)).astype(np.float32)
    colour += rng.normal(0, rng.uniform(0, 6), (*inside.shape, 1)).astype(np.float32)
    below = canvas[where].astype(np.float32)
    canvas[where] = np.clip(below + alpha * (colour - below), 0, 255).astype(np.uint8)

    for layer in layers:
        layer.mask[where] &= ~inside
    for mask, kind in [(inside, "object"), *((part, "part") for part in parts)]:
        whole = np.zeros((height, width), np.bool_)
        whole[where] = mask
        layers.append(_Layer(whole, kind, int(mask.sum())))


def _patches(colour: NDArray[np.uint8], inside: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """Return the connected patches of one colour, 3 to 60 % of the thing, the four largest."""
    levels = colour >> 6
    code = (levels[..., 0].astype(np.int32) * 4 + levels[..., 1]) * 4 + levels[..., 2]
    found = []
    for value in np.unique(code[inside]):
        labels, count = ndimage.label((code == value) & inside)
        sizes = np.bincount(labels.ravel(), minlength=count + 1)
        for number in range(1, count + 1):
            if max(SMALLEST, 0.03 * inside.sum()) <= sizes[number] <= 0.6 * inside.sum():
                patch = ndimage.binary_opening(labels == number)
                if patch.sum() >= 0.8 * sizes[number]:
                    found.append(patch)
    return sorted(found, key=lambda patch: -int(patch.sum()))[:4]
