"""A trained TinyViT-SAM at 1024 px says what onnxruntime said of the file it was converted from.

``data/small.npz`` holds onnxruntime's outputs, in fp32, for the photos of ``examples/photos``:
``PHOTO/embedding_s`` is every eighth value of the embedding along each axis,
``PHOTO/embedding_stats`` the whole embedding's mean, standard deviation and largest magnitude; for
each CASE (a point and SAM's padding point; a box) ``PHOTO/CASE/coords`` are its places in the
input, where the first pixel's centre is 0, ``.../logits_s8`` every eighth pixel of all four masks'
logits, the single one first, and ``.../iou`` their predicted IoU.

The converted weights are stored in 16 bits, and that is the difference allowed. They are those
before any training of ours, 20 MB, looked for in ``shared/weights`` beside the checkout. Without
them ``test_tiny_vit.py`` still compares the network with an independent one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

from sam_widget.models import fast, tiny_vit
from sam_widget.models.checkpoints import load_model
from sam_widget.segment.segmenter import Segmenter

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared" / "weights" / "small.safetensors"
PHOTOS = ["coffee", "chelsea", "astronaut"]

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"needs the weights at {FILE}")


def pixels(photo: str) -> np.ndarray:
    return np.array(Image.open(ROOT / "examples" / "photos" / f"{photo}.jpg").convert("RGB"))


@pytest.fixture(scope="module")
def recorded():
    with np.load(Path(__file__).parent / "data" / "small.npz") as file:
        return dict(file)


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(load_model(FILE, "cpu", "float32"), "small", "small")


@pytest.fixture(scope="module")
def embed(segmenter):
    return cache(lambda photo: segmenter.embed(pixels(photo)))


@pytest.mark.parametrize("photo", PHOTOS)
def test_the_embedding_is_as_recorded(recorded, embed, photo):
    embedding = embed(photo).features.embedding[0]
    few = embedding[::8, ::8, ::8].numpy()
    assert np.abs(few - recorded[f"{photo}/embedding_s"]).max() < 1e-3
    stats = torch.stack([embedding.mean(), embedding.std(), embedding.abs().max()])
    assert np.abs(stats.numpy() - recorded[f"{photo}/embedding_stats"]).max() < 2e-4


@pytest.mark.parametrize("photo", PHOTOS)
def test_logits_and_scores_are_as_recorded(recorded, segmenter, embed, photo):
    features, sam = embed(photo).features, segmenter.sam
    point = torch.from_numpy(recorded[f"{photo}/point/coords"][:1])[None]
    box = torch.from_numpy(recorded[f"{photo}/box/coords"]).reshape(1, 4)
    with torch.inference_mode():
        said = {
            "point": sam.decode(features, points=(point, torch.tensor([[1]]))),
            "box": sam.decode(features, boxes=box),
        }
    for case, (logits, iou) in said.items():
        few, expected = logits[0, :, ::8, ::8].numpy(), recorded[f"{photo}/{case}/logits_s8"]
        assert np.ptp(expected) > 10, "the recorded masks say nothing"
        assert np.abs(few - expected).max() < 0.06, case
        assert np.abs(iou[0].numpy() - recorded[f"{photo}/{case}/iou"]).max() < 3e-3, case


@pytest.mark.slow
def test_what_makes_it_fast_changes_nothing(segmenter, embed, monkeypatch):
    """Bands, GELU in place, and padding left out, from the second photo on."""
    embed("coffee")
    quick = segmenter.embed(pixels("coffee")).features.embedding
    monkeypatch.setattr(fast, "AT_ONCE", {})
    monkeypatch.setattr(tiny_vit, "gelu", F.gelu)
    plain = Segmenter(segmenter.sam).embed(pixels("coffee")).features.embedding
    assert not torch.equal(quick, plain)
    assert (quick - plain).abs().max() < 1e-5
