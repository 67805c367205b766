"""cuts.json is how the kernel cuts logits; vitest holds the page's live slider to the same file.

``python -m tests.segment.test_cuts`` writes it anew.
"""

import json
from pathlib import Path

import numpy as np

from sam_widget.geometry import Frame
from sam_widget.segment.enlarge import Enlarged, smooth

TARGET = Path(__file__).parents[1] / "golden" / "cuts.json"
SIZES = ((30, 20), (7, 19), (12, 12))
THRESHOLDS = (-1.5, 0.0, 0.75)
SAMPLES, SIDE, STEP = 8, 32, 0.01


def cuts():
    rng = np.random.default_rng(1)
    cases = []
    for width, height in SIZES:
        grid = rng.integers(-400, 400, (SAMPLES, SAMPLES))
        frame = Frame(width, height, SIDE)
        side, (across, down) = frame.on_the_way(SAMPLES)
        masks = {
            str(at): Enlarged.of(
                grid.astype(np.float32) * np.float32(STEP) - np.float32(at), frame, way=smooth
            )
            .mask()
            .to_array()
            for at in THRESHOLDS
        }
        cases.append(
            {
                "image": {"width": width, "height": height},
                "logits": {
                    "samples": SAMPLES,
                    "side": side,
                    "width": across,
                    "height": down,
                    "step": STEP,
                },
                "grid": grid.ravel().tolist(),
                "cuts": {
                    at: ["".join(".#"[on] for on in row) for row in mask.astype(int).tolist()]
                    for at, mask in masks.items()
                },
            }
        )
    return cases


def test_the_golden_file_is_fresh():
    assert json.loads(TARGET.read_text("utf-8")) == cuts()


if __name__ == "__main__":
    TARGET.write_text(json.dumps(cuts(), indent=1) + "\n", "utf-8")
