"""What a user calls a mask: taken in every form that means one, refused in a sentence else."""

import numpy as np
import pytest
import skimage.data
import skimage.filters
import skimage.measure
import torch

from sam_widget.document.blobs import Blobs
from sam_widget.geometry import Frame
from sam_widget.masks import Mask, MaskError
from sam_widget.segment.mask_prompt import GRID, SURE, GivenMask
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter

WIDTH, HEIGHT = 60, 40
SIZE = (WIDTH, HEIGHT)


def disc(x=20, y=15, radius=8):
    ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return (xs - x) ** 2 + (ys - y) ** 2 <= radius**2


ON = disc()
FORMS = {
    "bool": ON,
    "0 and 1": ON.astype(np.int64),
    "0 and 1, floats": ON.astype(np.float64),
    "0 and 255": ON.astype(np.uint8) * 255,
    "one label": ON.astype(np.int32) * 7,
    "a list": ON.tolist(),
    "a Mask": Mask.from_array(ON),
    "a tensor": torch.from_numpy(ON),
    "a tensor of floats": torch.from_numpy(ON).bfloat16(),
    "an axis before": ON[None],
    "an axis behind": ON[:, :, None],
}


@pytest.mark.parametrize("name", FORMS)
def test_a_mask_in_every_form(name):
    given = GivenMask.of(FORMS[name], SIZE)
    np.testing.assert_array_equal(given.mask.to_array(), ON)
    assert given.logits is None
    assert given.data == (Mask.from_array(ON).to_bytes(),)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_logits_of_the_images_size(dtype):
    logits = np.where(ON, 3.0, -5.0).astype(dtype)
    given = GivenMask.of(logits, SIZE)
    np.testing.assert_array_equal(given.mask.to_array(), ON)
    assert given.logits.shape == (GRID, GRID)
    on = given.on(Frame(*SIZE, 1024), 256)
    middle = on[round(15 * 256 / 60), round(20 * 256 / 60)]
    assert middle == pytest.approx(3)
    assert on[-1, -1] == pytest.approx(-5)  # the padding is off


def test_logits_on_a_models_grid_come_back_as_they_were():
    rows = np.random.default_rng(0).normal(0, 4, (128, 128)).astype(np.float16)
    given = GivenMask.of(torch.from_numpy(rows), SIZE)
    np.testing.assert_array_equal(given.on(Frame(*SIZE, 512), 128), rows.astype(np.float32))
    other = given.on(Frame(*SIZE, 768), 192)
    assert other.shape == (192, 192)
    assert np.isfinite(other).all()
    assert np.abs(other[:128]).max() <= np.abs(rows).max() * (1 + 1e-3)


def test_a_masks_logits_are_the_share_that_each_sample_covers():
    half = np.zeros((HEIGHT, WIDTH), bool)
    half[:, :31] = True
    logits = GivenMask.of(half, SIZE).on(Frame(*SIZE, 120), 30)
    assert (logits.shape, logits.dtype) == ((30, 30), np.float32)
    np.testing.assert_array_equal(logits[:20, :15], SURE)
    np.testing.assert_allclose(logits[:20, 15], 0, atol=0.05)  # half a sample
    np.testing.assert_array_equal(logits[:20, 16:], -SURE)
    np.testing.assert_array_equal(logits[20:], -SURE)


def test_the_bytes_say_all_of_it():
    blobs = Blobs()
    for given in (ON, np.where(ON, 3.0, -5.0)):
        made = GivenMask.of(given, SIZE)
        prompt = made.prompt(*map(blobs.put, made.data))
        assert prompt.fault(*SIZE) is None
        assert prompt.nbytes == sum(map(len, made.data))
        again = GivenMask.read(prompt, blobs)
        assert again.mask == made.mask
        np.testing.assert_array_equal(again.logits, made.logits)


SPOILT = np.where(ON, 3.0, -5.0)
SPOILT[3, 4] = np.nan
REFUSED = {
    "another size": (ON.T, "The mask is of 40 x 60 px, the image of 60 x 40 px: give one of its"),
    "a Mask of another size": (Mask.from_array(ON.T), "The mask is of 40 x 60 px, the image of"),
    "logits of another size": (
        np.where(ON.T, 3.0, -5.0),
        "The logits are of 40 x 60 px, the image of 60 x 40 px: give its size, or a model's own",
    ),
    "NaN": (SPOILT, "The mask holds NaN or infinity: give finite logits, or mask > 0."),
    "nothing on": (~ON & ON, "The mask is empty: no pixel of it is on the thing."),
    "logits that are all off": (
        np.full((HEIGHT, WIDTH), -2.0),
        "The mask is empty: no pixel of it is on the thing.",
    ),
    "no pixels": (np.zeros((0, 3), bool), "A mask is an array of (H, W), not bool (0, 3)."),
    "labels": (
        np.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH),
        "A mask is on or off, or logits, not values from 0 to 2399: give mask == label, of one",
    ),
    "probabilities": (
        np.where(ON, 0.75, 0.25),
        "A mask is on or off, or logits, not values from 0.25 to 0.75: give mask > 0.5.",
    ),
    "three masks": (np.stack([ON] * 3), "A mask is an array of (H, W), not bool (3, 40, 60)."),
    "words": ("a mask", "A mask is an array of (H, W), not <U6 ()."),
    "nothing": (None, "A mask is an array of (H, W), not object ()."),
    "ragged rows": ([[1], [1, 0]], "A mask is an array of (H, W), not [[1], [1, 0]]."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_a_sentence(name):
    given, sentence = REFUSED[name]
    with pytest.raises(MaskError) as caught:
        GivenMask.of(given, SIZE)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("model", ["small", "mini"])
def test_a_model_gives_a_soft_mask_back_better_than_a_raw_one(model):
    grey = skimage.data.coins()
    labels = skimage.measure.label(grey > skimage.filters.threshold_otsu(grey))
    regions = [each for each in skimage.measure.regionprops(labels) if 1500 < each.area < 8000]
    segmenter = Segmenter.load(model, "cpu")
    embedding = segmenter.embed(np.stack([grey] * 3, axis=-1))
    ious = {"soft": [], "raw": []}
    for each in regions[:4]:
        given = GivenMask.of(labels == each.label, grey.shape[::-1])
        soft = given.on(embedding.frame, 4 * embedding.grid)
        for how, logits in (("soft", soft), ("raw", (soft > 0).astype(np.float32))):
            said = segmenter.predict(embedding, Prompts(box=given.mask.box, logits=logits))
            ious[how].append(said.masks()[said.best].iou(given.mask))
    assert np.mean(ious["soft"]) > np.mean(ious["raw"]) > 0.8
