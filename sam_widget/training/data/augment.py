"""One photo with masks -> one training example: crop, flip, colour, first prompts. No files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
from PIL import Image, ImageEnhance, ImageFilter

from sam_widget.training.clicks import innermost, noised_box, uniform

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

UPRIGHT_FREE = frozenset(
    {"dsb2018", "nasa_micrographs", "mushrooms", "pigs", "roofs", "coffee_leaves", "mandarins"}
)
"""Sources seen from above or through a microscope: up and down mean nothing there."""

SMALLEST = 40
"""Masks left with fewer pixels than this (at model size) are dropped."""


class HasArray(Protocol):
    """A compressed mask."""

    def array(self) -> NDArray[np.uint8]:
        """Return (H, W) uint8, 0 or 1."""
        ...


@dataclass(frozen=True)
class Recipe:
    """How examples are made."""

    side: int
    """The model's input size in px, divisible by 32."""
    prompts: int = 8
    """Masks of one photo at most."""
    boxes: float = 0.35
    """Share of masks whose first prompt is a box, not a click."""
    crop: float = 0.6
    """Share of photos that are cropped."""


@dataclass(frozen=True)
class Example:
    """One augmented photo. K masks; model coordinates are pixels of the padded square, less 0.5."""

    image: torch.Tensor
    """(3, S, S) uint8 RGB, zero where padded."""
    size: tuple[int, int]
    """(width, height) of the picture inside the square, px."""
    masks: torch.Tensor
    """(K, S/2, S/2) uint8, share of each 2x2 px covered, 0..255."""
    clicks: torch.Tensor
    """(K, 2) float32, x y of a first click inside each mask."""
    boxes: torch.Tensor
    """(K, 4) float32, x0 y0 x1 y1, noised."""
    by_box: torch.Tensor
    """(K,) bool: the first prompt is the box, else the click."""
    source: str

    def map(self, change: Callable[[torch.Tensor], torch.Tensor]) -> Example:
        """Return the example with each tensor changed: moved, pinned."""
        return replace(
            self,
            image=change(self.image),
            masks=change(self.masks),
            clicks=change(self.clicks),
            boxes=change(self.boxes),
            by_box=change(self.by_box),
        )


def _crop_box(
    size: tuple[int, int], share: float, rng: np.random.Generator
) -> tuple[float, float, float, float]:
    """Choose a rectangle of the photo: all of it, or 30 to 100 % of its area."""
    width, height = size
    if rng.random() >= share:
        return 0.0, 0.0, float(width), float(height)
    area = width * height * rng.uniform(0.3, 1.0)
    ratio = width / height * np.exp(rng.uniform(-0.35, 0.35))
    w = min(float(np.sqrt(area * ratio)), float(width))
    h = min(float(np.sqrt(area / ratio)), float(height))
    x, y = rng.uniform(0, width - w), rng.uniform(0, height - h)
    return x, y, x + w, y + h


def _colour(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Change light and colour: gamma, gain per channel, saturation; sometimes grey or blurred."""
    if rng.random() < 0.8:
        gamma = np.exp(rng.normal(0, 0.2))
        gains = np.exp(rng.normal(0, 0.15)) * np.exp(rng.normal(0, 0.07, 3))
        ramp = (np.arange(256) / 255.0) ** gamma
        table = np.clip(ramp[None] * gains[:, None] * 255.0, 0, 255).astype(np.uint8)
        picture = picture.point(table.reshape(-1).tolist())
    grey = rng.random()
    if grey < 0.1:
        picture = picture.convert("L").convert("RGB")
    elif grey < 0.5:
        picture = ImageEnhance.Color(picture).enhance(float(rng.uniform(0.4, 1.6)))
    if rng.random() < 0.08:
        picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.2))))
    return picture


@dataclass(frozen=True)
class _Placing:
    """Where one photo goes: the same for its picture and for each of its masks."""

    crop: tuple[float, float, float, float]
    half: tuple[int, int]  # (width, height) inside the square of half the side
    mirrored: bool
    upside_down: bool
    turned: bool

    def place(self, picture: Image.Image, times: int, how: Image.Resampling) -> NDArray[np.uint8]:
        size = (self.half[0] * times, self.half[1] * times)
        out = np.asarray(picture.resize(size, how, box=self.crop))
        if self.mirrored:
            out = out[:, ::-1]
        if self.upside_down:
            out = out[::-1]
        if self.turned:
            out = out.swapaxes(0, 1)
        return out


def _placing(
    size: tuple[int, int], source: str, recipe: Recipe, rng: np.random.Generator
) -> _Placing:
    crop = _crop_box(size, recipe.crop, rng)
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    shrink = 1.0 if rng.random() < 0.7 else rng.uniform(0.6, 1.0)
    scale = recipe.side / 2 * shrink / max(width, height)
    half = (max(1, int(width * scale + 0.5)), max(1, int(height * scale + 0.5)))
    free = source in UPRIGHT_FREE
    return _Placing(
        crop,
        half,
        mirrored=bool(rng.random() < 0.5),
        upside_down=bool(free and rng.random() < 0.5),
        turned=bool(free and rng.random() < 0.5),
    )


def _first_prompts(
    inside: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Click a mask and draw a box round it: (2,) and (4,), the model's pixels; (h, w) are half."""
    click = innermost(inside) if rng.random() < 0.5 else uniform(inside, rng)
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    tight = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], np.float32) * 2
    limit = (2 * inside.shape[1], 2 * inside.shape[0])
    box = noised_box(tight, limit, rng) - np.float32(0.5)
    return (np.asarray(click, np.float32) + 0.5) * 2 - 0.5, box


def asked_anew(example: Example, boxes: float, rng: np.random.Generator) -> Example:
    """Return the same augmented photo with other first prompts; `boxes` as in `Recipe`."""
    width, height = -(-example.size[0] // 2), -(-example.size[1] // 2)
    inside = (example.masks[:, :height, :width] >= 128).numpy()
    pairs = [_first_prompts(mask, rng) for mask in inside]
    return replace(
        example,
        clicks=torch.from_numpy(np.stack([click for click, _ in pairs])),
        boxes=torch.from_numpy(np.stack([box for _, box in pairs])),
        by_box=torch.from_numpy(rng.random(len(pairs)) < boxes),
    )


def make_example(
    picture: Image.Image,
    annotations: Sequence[HasArray],
    source: str,
    recipe: Recipe,
    rng: np.random.Generator,
) -> Example | None:
    """Augment one photo and choose its masks and first prompts.

    Parameters
    ----------
    picture
        RGB, any size.
    annotations
        Its masks, each of the photo's size.
    source
        Where the photo is from; some sources have no up and down.
    recipe
        The model's side, how many masks, how many boxes.
    rng
        All chance comes from here.

    Returns
    -------
    Example or None
        None where no mask of `SMALLEST` px is left in the crop.
    """
    placing = _placing(picture.size, source, recipe, rng)
    side = recipe.side
    masks: list[NDArray[np.uint8]] = []
    clicks: list[NDArray[np.float32]] = []
    boxes: list[NDArray[np.float32]] = []
    for number in rng.permutation(len(annotations)):
        whole = Image.fromarray(annotations[number].array() * np.uint8(255))
        placed = placing.place(whole, 1, Image.Resampling.BOX)
        inside = placed >= 128
        if 4 * inside.sum() < SMALLEST:
            continue
        mask = np.zeros((side // 2, side // 2), np.uint8)
        mask[: placed.shape[0], : placed.shape[1]] = placed
        click, box = _first_prompts(inside, rng)
        masks.append(mask)
        clicks.append(click)
        boxes.append(box)
        if len(masks) == recipe.prompts:
            break
    if not masks:
        return None
    pixels = placing.place(_colour(picture, rng), 2, Image.Resampling.BILINEAR)
    image = np.zeros((side, side, 3), np.uint8)
    image[: pixels.shape[0], : pixels.shape[1]] = pixels
    return Example(
        torch.from_numpy(image).permute(2, 0, 1).contiguous(),
        (pixels.shape[1], pixels.shape[0]),
        torch.from_numpy(np.stack(masks)),
        torch.from_numpy(np.stack(clicks)),
        torch.from_numpy(np.stack(boxes)),
        torch.from_numpy(rng.random(len(masks)) < recipe.boxes),
        source,
    )
