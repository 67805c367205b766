"""The page's own decoder beside Python's, on a small network of any weights."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from torch import nn

from sam_widget.masks import Mask
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.segment.portable import decoder_file, photo_file
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from tests.front_end import JS, need_tools
from tests.pictures import colours

if TYPE_CHECKING:
    from pathlib import Path

    from sam_widget.segment.prompts import Prediction

SIZE = (90, 61)  # px, width and height
QUESTIONS: list[dict[str, Any]] = [
    {"points": [(40.5, 30.2, True)], "box": None, "fed": False},
    {"points": [(40.5, 30.2, True), (7.0, 50.0, False)], "box": None, "fed": True},
    {"points": [(88.0, 3.5, False)], "box": None, "fed": False},
    {"points": [], "box": (10.0, 5.0, 70.0, 58.0), "fed": False},
    {"points": [(30.0, 30.0, True)], "box": (10.0, 5.0, 70.0, 58.0), "fed": True},
    {"points": [(5.0 * i, 4.0 * i, i % 2 == 0) for i in range(12)], "box": None, "fed": False},
]


def mini() -> Sam:
    return build_mini(96)  # a grid of 6: what goes by fours has some left over


def vit() -> Sam:
    side = 64
    encoder = ViTEncoder(ViTSize(16, 1, 2, (0,)), side)
    return Sam(encoder, PromptEncoder(side), MaskDecoder())


def shaken(sam: Sam) -> Segmenter:
    """A model whose weights are whatever float16 holds, and none of them nothing."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for part in (sam.prompt_encoder, sam.mask_decoder):
            for parameter in part.parameters():
                noise = torch.randn(parameter.shape, generator=generator)
                spread = 0.08 if parameter.ndim > 1 else 0.3
                parameter.copy_((parameter + spread * noise).half().float())
        for skip in getattr(sam.image_encoder, "skips", nn.ModuleList()):
            nn.init.normal_(skip.weight, 0, 0.3, generator=generator)
    return Segmenter(sam.eval().requires_grad_(False), "shaken")


@pytest.fixture(scope="module", params=[mini, vit], ids=["mini", "vit"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Prediction], list[Any]]:
    """What Python says to the questions, and the page: with WebAssembly, and without."""
    need_tools()
    model = shaken(request.param())
    pixels = colours(SIZE[1], SIZE[0])
    embedding = model.embed(pixels)
    halved = embedding.features.map(lambda tensor: tensor.half().float())
    object.__setattr__(embedding, "features", halved)
    python: list[Prediction] = []
    for asked in QUESTIONS:
        fed = python[-1].logits[python[-1].best] if asked["fed"] else None
        xy = [point[:2] for point in asked["points"]]
        on = [int(point[2]) for point in asked["points"]]
        python.append(model.predict(embedding, Prompts(xy, on, asked["box"], fed)))
    folder = tmp_path_factory.mktemp("recorded")
    recorded = {
        "decoder": b64encode(decoder_file(model)).decode(),
        "photo": b64encode(photo_file(model, pixels)).decode(),
        "questions": [
            each | {"points": [{"x": x, "y": y, "positive": on} for x, y, on in each["points"]]}
            for each in QUESTIONS
        ],
    }
    (folder / "recorded.json").write_text(json.dumps(recorded), encoding="utf-8")
    return python, answers_of(folder)


def answers_of(folder: Path) -> list[Any]:
    script, told = folder / "recorded.mjs", json.dumps(str(folder / "recorded.json"))
    bundle = ("test/recorded.ts", "--bundle", "--platform=node", "--format=esm", "--target=es2022")
    bundler = JS / "node_modules" / ".bin" / "esbuild"
    flags = (f"--define:RECORDED={told}", f"--outfile={script}", "--log-level=error")
    subprocess.run([str(bundler), *bundle, *flags], cwd=JS, check=True, timeout=60)
    said = subprocess.run(
        ["node", "--no-warnings", str(script)], check=True, timeout=120, capture_output=True
    )
    answers: list[Any] = json.loads(said.stdout)
    return answers


@pytest.mark.parametrize("way", [0, 1], ids=["webassembly", "plain"])
@pytest.mark.parametrize("question", range(len(QUESTIONS)))
def test_the_page_says_what_python_says(
    both: tuple[list[Prediction], list[Any]], way: int, question: int
) -> None:
    wanted = both[0][question]
    assert both[1][way]["accelerated"] == (way == 0)
    said = both[1][way]["said"][question]
    assert said["names"] == list(wanted.names)
    assert said["best"] == wanted.best
    np.testing.assert_allclose(said["scores"], wanted.scores, atol=1e-3)
    np.testing.assert_allclose(said["stability"], wanted.stability, atol=5e-3)
    scale = np.abs(wanted.logits).max()
    logits = np.reshape(said["logits"], wanted.logits.shape)
    np.testing.assert_allclose(logits, wanted.logits, atol=1e-3 * scale)
    for got, mask in zip(said["masks"], wanted.masks(), strict=True):
        differs = np.count_nonzero(array(got) ^ mask.to_array())
        assert differs <= 0.001 * SIZE[0] * SIZE[1]


def array(said: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Spans as test/recorded.ts writes them, as pixels."""
    out = np.zeros((SIZE[1], SIZE[0]), np.bool_)
    rows, ends = said["rows"], said["ends"]
    for row, (first, last) in enumerate(pairwise(rows)):
        for i in range(first, last, 2):
            out[said["y0"] + row, ends[i] : ends[i + 1]] = True
    return out


def test_the_questions_are_worth_asking(both: tuple[list[Prediction], list[Any]]) -> None:
    areas = [Mask.of(mask).area for each in both[0] for mask in each.masks()]
    some = [0 < area < SIZE[0] * SIZE[1] for area in areas]
    assert sum(some) >= len(some) / 3
