"""An embedding's 256 numbers a place as colours: its three main components are red, green, blue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Picture
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.lessons.study import Study


def components(*studies: Study) -> tuple[NDArray[np.float32], ...]:
    """Return (h, w, 3) float32 for each photo: its embedding along the three main components.

    The components are of all photos together, so that a colour means the same in each.
    """
    maps = [
        np.moveaxis(each.cropped(each.embedding.features.embedding[0].float().cpu().numpy()), 0, -1)
        for each in studies
    ]
    rows = np.concatenate([each.reshape(-1, each.shape[-1]) for each in maps])
    mean = rows.mean(0)
    _, _, axes = np.linalg.svd(rows - mean, full_matrices=False)
    return tuple(((each - mean) @ axes[:3].T).astype(np.float32) for each in maps)


def colors(along: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return components (h, w, 3) as uint8 colours, the middle 96 % of each from 0 to 255."""
    low, high = np.percentile(along, (2, 98), axis=(0, 1))
    shares = np.clip((along - low) / np.maximum(high - low, 1e-9), 0, 1)
    pixels: NDArray[np.uint8] = np.round(255 * shares).astype(np.uint8)
    return pixels


def embeddings_on(*studies: Study) -> Stage:
    """Draw each photo, then what the model makes of it, in colours that mean the same in all."""
    frames = []
    for study, along in zip(studies, components(*studies), strict=True):
        caption = say("the photo", "사진"), say("its embedding", "그 임베딩")
        box = studies[0].box
        painted = Picture(colors(along), box, smooth=False)
        photo = Picture(study.picture.pixels, box)
        frames += [Frame((photo,), (), caption[0]), Frame((photo,), (painted,), caption[1])]
    return Stage(frames, studies[0].size, seconds=1.5)
