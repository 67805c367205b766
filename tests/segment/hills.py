"""A model for tests whose logits are true: cones round the points, at once, without weights."""

from dataclasses import dataclass, field

import numpy as np

from sam_widget.document.records import new_id
from sam_widget.geometry import Frame
from sam_widget.segment.prompts import Prediction
from tests.segment.fake import FakeEmbedding

GRID = 64


@dataclass
class Hills:
    """The lower its logits are cut, the wider the masks; it counts what it is asked."""

    name: str = "hills"
    key: str = field(default_factory=new_id)
    device: str = "cpu"
    asked: list = field(default_factory=list)

    def takes(self, kind):
        return kind in ("point", "box", "mask")

    def embed(self, pixels):
        return FakeEmbedding(0.0, (pixels.shape[1], pixels.shape[0]))

    def predict(self, embedding, prompts):
        self.asked.append(prompts)
        frame = Frame(*embedding.size, GRID)
        rows, columns = np.mgrid[:GRID, :GRID]
        x, y = frame.to_model(prompts.points[-1])
        away = np.hypot(columns - x, rows - y)
        logits = np.stack([radius - away for radius in (12, 8, 4)]).astype(np.float32)
        numbers = np.array([0.9, 0.8, 0.7], np.float32)
        return Prediction(logits, numbers, numbers, ("whole", "part", "subpart"), 0, frame)
