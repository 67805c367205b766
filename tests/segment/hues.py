"""A model for tests that sees: the patch of one colour round a click, on a grid as a SAM's."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from skimage.measure import label

from sam_widget.geometry import Frame
from sam_widget.segment.prompts import Prediction

GRID = 256
SIDE = 1024
NEAR = 30  # how far a colour may lie off
SURE = 6.0


@dataclass(frozen=True)
class Hues:
    colours: np.ndarray  # (GRID, GRID, 3), what is padding is -1000
    frame: Frame
    nbytes: int = 1000
    grid: int = GRID // 4
    device: str = "cpu"

    def to(self, device):
        return self

    def tensors(self):
        return {}


class HueSegmenter:
    name = "hues"
    device = "cpu"

    def __init__(self, key="hues-1"):
        self.key = key
        self.sizes = []  # of what it has seen, width and height
        self.asked = []

    def takes(self, kind):
        return kind in ("point", "box", "mask")

    def embed(self, pixels):
        height, width = pixels.shape[:2]
        self.sizes.append((width, height))
        frame = Frame(width, height, SIDE)
        wide, high = (max(1, round(each * GRID / SIDE)) for each in frame.resized)
        colours = np.full((GRID, GRID, 3), -1000)
        colours[:high, :wide] = np.asarray(Image.fromarray(pixels).resize((wide, high), 4))
        return Hues(colours, frame)

    def predict(self, seen, prompts):
        self.asked.append(prompts)
        scale = GRID / SIDE
        inside = np.zeros((GRID, GRID), bool)
        points = prompts.points[prompts.labels > 0]
        if prompts.box is not None and not len(points):
            points = [prompts.box.reshape(2, 2).mean(0)]
        for x, y in seen.frame.to_model(np.array(points)) * scale:
            column, row = (int(np.clip(each, 0, GRID - 1)) for each in (x, y))
            near = np.abs(seen.colours - seen.colours[row, column]).max(-1) < NEAR
            pieces = label(near, connectivity=1)
            inside |= pieces == pieces[row, column]
        logits = np.where(inside, SURE, -SURE).astype(np.float32)
        stack = np.stack([logits] * 3)
        ones = np.ones(3, np.float32)
        return Prediction(stack, ones * 0.9, ones, ("whole", "part", "subpart"), 0, seen.frame)
