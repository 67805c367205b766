"""A model that sees colours and answers a click by the disc that it is on: no weights, no wait."""

import numpy as np
import torch
from PIL import Image

from sam_widget.document.records import new_id
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.segment.prompts import Prediction, stability

GRID = 32  # of the embedding
SIDE = GRID * 16
SIZE = 128, 96  # of the photo
RADIUS = 8


class Seen:
    """A photo's colours on the grid, as an embedding of 6 features: they and their squares."""

    def __init__(self, pixels):
        height, width = pixels.shape[:2]
        self.pixels, self.frame, self.grid = pixels, Frame(width, height, SIDE), GRID
        self.nbytes, self.device = 1000, "cpu"
        wide, high = (round(n / 16) for n in self.frame.resized)
        small = Image.fromarray(pixels).resize((wide, high), Image.Resampling.BOX)
        cells = np.zeros((GRID, GRID, 3), np.float32)
        cells[:high, :wide] = np.asarray(small, np.float32) / 255
        both = np.concatenate([cells, cells**2], axis=2)
        self.features = torch.from_numpy(both).permute(2, 0, 1)[None]

    def to(self, device):
        return self

    def tensors(self):
        return {"embedding": self.features}


class Colours:
    """Says, to a click, what of the photo has the colour that is there, cut to a disc's reach."""

    name, device = "colours", "cpu"

    def __init__(self):
        self.key = f"colours-{new_id()}"
        self.asked = []

    def takes(self, kind):
        return kind == "point"

    def embed(self, pixels):
        return Seen(pixels)

    def predict(self, seen, prompts):
        (x, y), side = prompts.points[0], GRID * 4
        self.asked.append((float(x), float(y)))
        height, width = seen.pixels.shape[:2]
        ys, xs = np.mgrid[:side, :side] + 0.5
        scale = SIDE / side / seen.frame.scale[0]
        px, py = xs * scale, ys * scale
        inside = (px < width) & (py < height)
        rows, columns = (v.astype(int).clip(0, n - 1) for v, n in ((py, height), (px, width)))
        same = (seen.pixels[rows, columns] == seen.pixels[int(y), int(x)]).all(2) & inside
        reach = np.hypot(px - x, py - y)
        logits = np.stack(
            [np.where(same & (reach <= 2.5 * k * RADIUS), 4.0, -4.0) for k in (8, 1, 0.2)]
        )
        logits = logits.astype(np.float32)
        scores = np.float32([0.6, 0.9, 0.5])
        return Prediction(
            logits, scores, stability(logits), ("whole", "part", "subpart"), 1, seen.frame
        )


def photo(discs, size=SIZE, ground=(30, 30, 30)):
    """Paint discs (x, y, colour) on a photo."""
    pixels = np.full((size[1], size[0], 3), ground, np.uint8)
    for x, y, colour in discs:
        pixels[disc(x, y, size)] = colour
    return pixels


def disc(x, y, size=SIZE):
    ys, xs = np.mgrid[: size[1], : size[0]] + 0.5
    return np.hypot(xs - x, ys - y) <= RADIUS


def mask(x, y, size=SIZE):
    return Mask.from_array(disc(x, y, size))


RED, BLUE = (220, 40, 40), (40, 60, 220)
RED_DISCS = ((16, 16), (60, 20), (100, 24), (30, 70), (104, 76))
BLUE_DISCS = ((64, 60), (70, 84))
PHOTO = photo([*((x, y, RED) for x, y in RED_DISCS), *((x, y, BLUE) for x, y in BLUE_DISCS)])
