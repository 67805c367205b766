"""A model for tests: discs round the clicks, at once, without weights."""

import threading
from dataclasses import dataclass

import numpy as np

from sam_widget.errors import SamError
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.segment.prompts import Prediction

RADII = (0.3, 0.2, 0.1)  # of the longer side: whole, part, subpart
GRID = 16


@dataclass(frozen=True)
class FakeEmbedding:
    mean: float
    size: tuple
    nbytes: int = 1000
    grid: int = GRID // 4
    device: str = "cpu"

    @property
    def frame(self):
        return Frame(*self.size, GRID * 4)

    def to(self, device):
        return self

    def tensors(self):
        return {}


@dataclass(frozen=True)
class FakePrediction(Prediction):
    discs: tuple = ()

    def mask(self, index):
        return Mask.from_array(self.discs[index])


class FakeSegmenter:
    """Discs round every positive point, without those round the negative ones; a box is itself.

    It counts and can be made to wait or to fail.
    """

    name = "fake"
    device = "cpu"
    kinds = ("point", "box", "mask")

    def __init__(self, key="fake-1"):
        self.key = key
        self.embedded = 0
        self.asked = []  # the Prompts, in the order of their coming
        self.threads = set()
        self.fail = None  # an error to raise
        self.gate = threading.Event()  # clear it, and predictions wait
        self.gate.set()
        self.at_gate = threading.Semaphore(0)

    def takes(self, kind):
        return kind in self.kinds

    def embed(self, pixels):
        self._come("embed")
        self.embedded += 1
        return FakeEmbedding(float(pixels.mean()), (pixels.shape[1], pixels.shape[0]))

    def predict(self, embedding, prompts):
        self._come("predict")
        for kind in prompts.kinds:
            if not self.takes(kind):
                raise SamError(f"The model fake takes no {kind}: ask it without one.")
        self.asked.append(prompts)
        width, height = embedding.size
        ys, xs = np.mgrid[:height, :width] + 0.5
        discs = []
        for radius in RADII:
            disc = np.zeros((height, width), bool)
            if prompts.box is not None:
                x0, y0, x1, y1 = prompts.box
                disc |= (xs > x0) & (xs < x1) & (ys > y0) & (ys < y1)
            for positive in (1, 0):
                for (x, y), label in zip(prompts.points, prompts.labels, strict=True):
                    if label == positive:
                        reach = radius * max(width, height)
                        disc[(xs - x) ** 2 + (ys - y) ** 2 <= reach**2] = bool(positive)
            discs.append(disc)
        logits = np.stack([np.full((GRID, GRID), i + len(self.asked) * 10.0) for i in range(3)])
        scores, stability = np.array([0.7, 0.9, 0.5], np.float32), np.full(3, 0.9, np.float32)
        frame, names = Frame(width, height, GRID * 4), ("whole", "part", "subpart")
        logits = logits.astype(np.float32)
        return FakePrediction(logits, scores, stability, names, 1, frame, tuple(discs))

    def _come(self, what):
        self.threads.add(threading.current_thread().name)
        if what == "predict":
            self.at_gate.release()
            assert self.gate.wait(20)
        if self.fail is not None:
            raise self.fail
