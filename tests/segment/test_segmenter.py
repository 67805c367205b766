"""The segmenter with stirred weights: values in, values out, the same from every thread."""

from __future__ import annotations

import copy
import gc
import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget.geometry import Frame
from sam_widget.models.features import Features
from sam_widget.models.layers import fuse
from sam_widget.models.mini import build_mini
from sam_widget.models.padding import Padded
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.segment.embeddings.cache import on_gpus
from sam_widget.segment.prompts import Embedding, Prompts, stability
from sam_widget.segment.segmenter import Segmenter, free_gpu

POINT = Prompts(np.array([[40.5, 30.5]], np.float32), np.array([1]))
BOX = Prompts(box=np.array([10, 10, 80, 60], np.float32))


@pytest.fixture(scope="module")
def segmenter():
    torch.manual_seed(0)
    sam = build_mini(128).eval().requires_grad_(False)
    return Segmenter(fuse(sam), "fresh", "0")


@pytest.fixture(scope="module")
def pixels():
    return np.random.default_rng(0).integers(0, 256, (75, 100, 3), dtype=np.uint8)


def test_three_candidates_the_largest_first(segmenter, pixels):
    prediction = segmenter.predict(segmenter.embed(pixels), POINT)
    assert prediction.logits.shape == (3, 32, 32)
    areas = (prediction.logits > 0).sum((1, 2))
    assert (np.diff(areas) <= 0).all()
    assert prediction.best == int((prediction.scores * prediction.stability).argmax())
    assert ((prediction.scores >= 0) & (prediction.scores <= 1)).all()
    for mask in prediction.masks():
        assert mask.size == (100, 75)
        assert mask.to_array().shape == (75, 100)


def test_the_steadier_of_the_likely_candidates_leads(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    places = itertools.product((10.5, 50.5, 90.5), (10.5, 40.5, 70.5))
    asked = [Prompts(np.array([xy], np.float32), np.array([1])) for xy in places]
    said = [segmenter.predict(embedding, prompts) for prompts in asked]
    assert [p.best for p in said] == [int((p.scores * p.stability).argmax()) for p in said]
    assert any(p.best != p.scores.argmax() for p in said)


def test_a_clear_prompt_is_led_by_the_single_mask(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    prediction = segmenter.predict(embedding, BOX)
    single, _ = segmenter.decode(embedding, BOX)
    assert prediction.best == 0
    assert prediction.names == ("best", "alternative 1", "alternative 2")
    assert np.array_equal(prediction.logits[0], single[0].numpy())


def test_fed_back_logits_change_the_answer(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    before = segmenter.predict(embedding, POINT)
    again = Prompts(POINT.points, POINT.labels, logits=before.logits[0])
    assert not again.ambiguous
    assert not np.allclose(
        segmenter.decode(embedding, again)[0], segmenter.decode(embedding, POINT)[0]
    )


def test_the_same_from_every_thread(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    alone = {id(p): segmenter.predict(embedding, p).logits for p in (POINT, BOX)}
    with ThreadPoolExecutor(4) as pool:
        asked = [POINT, BOX] * 6
        answers = list(pool.map(lambda p: segmenter.predict(embedding, p).logits, asked))
    for prompts, logits in zip(asked, answers, strict=True):
        assert np.allclose(alone[id(prompts)], logits, atol=1e-4)


def test_padding_is_gone_through_for_the_first_photo_only(monkeypatch):
    sam = fuse(build_tiny_vit(LAYOUTS["lite_medsam"], 128).eval().requires_grad_(False))
    wide = np.random.default_rng(0).integers(0, 256, (64, 200, 3), dtype=np.uint8)
    told: list[int] = []
    through = Padded.through
    monkeypatch.setattr(Padded, "through", lambda *given: told.append(1) or through(*given))
    segmenter = Segmenter(sam, "fresh", "0")
    embeddings = []
    for photo in (wide[:, :64], wide, wide, wide[:, :64]):
        embeddings.append(segmenter.embed(photo).features.embedding)
        embeddings[-1].told = len(told)
    assert [embedding.told for embedding in embeddings] == [0, 0, 1, 1]
    torch.testing.assert_close(embeddings[2], embeddings[1], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("image", "what"),
    [
        (np.zeros((5, 6), np.uint8), r"uint8 \(5, 6\)"),
        (np.zeros((5, 6, 4), np.uint8), r"uint8 \(5, 6, 4\)"),
        (np.zeros((5, 6, 3)), r"float64 \(5, 6, 3\)"),
        (np.zeros((0, 6, 3), np.uint8), r"uint8 \(0, 6, 3\)"),
        (Image.new("L", (6, 5)), r"uint8 \(5, 6\)"),
        (None, r"object \(\)"),
    ],
)
def test_what_is_no_image_is_said(segmenter, image, what):
    with pytest.raises(ValueError, match=rf"must be a \(H, W, 3\) uint8 array, not {what}; read_"):
        segmenter.embed(image)


@pytest.mark.parametrize("label", [2, -2, 0.5, np.nan])
def test_what_is_no_label_is_said(segmenter, pixels, label):
    points, labels = np.full((1, 2, 2), 30.5), np.array([[1, label]])
    embedding = segmenter.embed(pixels)
    for given in (labels, torch.from_numpy(labels)):
        with pytest.raises(ValueError, match=f"A label is 1 .* not {label}"):
            segmenter.decode_batch(embedding, points, given, multimask=True)


def test_stability_by_hand():
    logits = torch.tensor([[[2.0, 0.5, -0.5, -2.0]], [[-3.0, -3.0, -3.0, -3.0]]])
    assert stability(logits).tolist() == pytest.approx([1 / 3, 0])
    assert stability(logits.numpy()).tolist() == pytest.approx([1 / 3, 0])
    assert stability(logits.reshape(2, 1, 2, 2)).tolist() == pytest.approx(np.array([[1 / 3], [0]]))


def test_the_key_tells_weights_and_input_apart(segmenter):
    other = Segmenter(segmenter.sam, "other name", "1")
    assert other.key != segmenter.key
    assert Segmenter(segmenter.sam, "other name", "0").key == segmenter.key


def test_weights_of_no_file_have_a_fingerprint_of_their_own(segmenter):
    other = copy.deepcopy(segmenter.sam)
    assert Segmenter(other).key == Segmenter(segmenter.sam).key
    with torch.no_grad():
        other.mask_decoder.iou_token.weight[0, 0] += 1
    assert Segmenter(other).key != Segmenter(segmenter.sam).key


def test_many_prompts_at_once_are_answered_as_each_alone(segmenter, pixels):
    embedding = segmenter.embed(pixels)
    rng = np.random.default_rng(1)
    points = rng.uniform(0, 75, (5, 2, 2)).astype(np.float32)
    labels = rng.integers(0, 2, (5, 2))
    boxes = np.sort(rng.uniform(0, 75, (5, 2, 2)), axis=1).reshape(5, 4).astype(np.float32)
    fed = rng.normal(size=(5, 32, 32)).astype(np.float32)
    for n_logits in (None, fed):
        three, iou = segmenter.decode_batch(
            embedding, points, labels, torch.from_numpy(boxes), n_logits, multimask=True
        )
        one, single_iou = segmenter.decode_batch(
            embedding, torch.from_numpy(points), torch.from_numpy(labels), boxes, n_logits,
            multimask=False,
        )  # fmt: skip
        assert three.shape == (5, 3, 32, 32)
        assert one.shape == (5, 1, 32, 32)
        for i in range(5):
            row = None if n_logits is None else n_logits[i]
            alone, score = segmenter.decode(embedding, Prompts(points[i], labels[i], boxes[i], row))
            assert torch.allclose(torch.cat([one[i], three[i]]), alone, atol=1e-4)
            assert torch.allclose(torch.cat([single_iou[i], iou[i]]), score, atol=1e-5)


def test_an_image_is_looked_at_once_for_all_its_prompts(segmenter, pixels, monkeypatch):
    decoder, looked = segmenter.sam.mask_decoder, []
    foresee = decoder.foresee
    monkeypatch.setattr(decoder, "foresee", lambda seen: looked.append(1) or foresee(seen))
    first, second = segmenter.embed(pixels), segmenter.embed(pixels[:, ::-1].copy())
    answers = [segmenter.decode(e, POINT)[0] for e in (first, first, second, first)]
    assert len(looked) == 2
    assert torch.equal(answers[0], answers[1])
    assert torch.equal(answers[0], answers[3])
    assert not torch.allclose(answers[0], answers[2])


def test_what_is_known_of_an_image_goes_with_it(segmenter, pixels):
    seen = segmenter._network._seen
    segmenter._network.forget()
    embedding = segmenter.embed(pixels)
    segmenter.decode(embedding, POINT)
    assert len(seen) == 1
    del embedding
    gc.collect()
    assert len(seen) == 0
    several = [segmenter.embed(pixels) for _ in range(6)]
    for each in several:
        segmenter.decode(each, POINT)
    assert len(seen) == 4


class FullGpu:
    """An engine on a GPU whose memory never suffices for more than `fits` prompts."""

    def __init__(self, segmenter, fits):
        self.inner, self.fits, self.tried, self.forgot = segmenter._network, fits, [], 0
        self.device, self.dtype = torch.device("cuda"), torch.float16

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def answer(self, features, asked, wanted, at_once, drawn):
        self.tried.append(at_once)
        if at_once > self.fits:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return self.inner.answer(features, asked, wanted, at_once, drawn)

    def forget(self):
        self.forgot += 1

    def on_cpu(self):
        return self.inner.on_cpu()


def test_a_full_gpu_is_freed_and_asked_for_half(segmenter, pixels):
    evicted = []
    crowded = Segmenter(segmenter.sam, "fresh", "0", lambda: evicted.append(1))
    gpu = crowded._network = FullGpu(crowded, fits=32)
    embedding = segmenter.embed(pixels)
    logits, _ = crowded.decode_batch(embedding, boxes=BOX.box[None], multimask=False)
    assert gpu.tried == [64, 32]
    assert evicted == [1]
    assert gpu.forgot == 1
    assert crowded.device.type == "cuda"
    assert torch.allclose(logits[0], segmenter.decode(embedding, BOX)[0][:1], atol=1e-5)


def test_a_gpu_too_small_gives_way_to_the_cpu_once_and_says_so(segmenter, pixels):
    crowded = Segmenter(segmenter.sam, "fresh", "0", lambda: None)
    gpu = crowded._network = FullGpu(crowded, fits=0)
    embedding, key = segmenter.embed(pixels), crowded.key
    with pytest.warns(RuntimeWarning, match="cuda has too little memory for fresh, .* the CPU"):
        answer = crowded.predict(embedding, POINT)
    assert gpu.tried == [64, 32]
    assert crowded.device == torch.device("cpu")
    assert crowded.dtype == torch.float32
    assert crowded.key != key
    assert np.allclose(answer.logits, segmenter.predict(embedding, POINT).logits, atol=1e-5)
    crowded.predict(embedding, BOX)  # and no second warning, which would be an error here
    assert gpu.tried == [64, 32]


def test_other_errors_of_a_gpu_are_its_own(segmenter, pixels):
    broken = Segmenter(segmenter.sam, "fresh", "0", lambda: None)
    gpu = broken._network = FullGpu(broken, fits=0)
    gpu.answer = lambda *_: (_ for _ in ()).throw(RuntimeError("device-side assert triggered"))
    with pytest.raises(RuntimeError, match="device-side assert"):
        broken.predict(segmenter.embed(pixels), POINT)
    assert broken._network is gpu


def test_the_cpu_gets_a_copy_of_the_weights(segmenter):
    half = copy.deepcopy(segmenter.sam).to(torch.bfloat16)
    there = Segmenter(half, "half", "0")._network.on_cpu()
    assert {p.dtype for p in there.sam.parameters()} == {torch.float32}
    assert {p.dtype for p in half.parameters()} == {torch.bfloat16}
    for old, new in zip(half.parameters(), there.sam.parameters(), strict=True):
        assert new.data_ptr() != old.data_ptr()
        assert torch.equal(old.float(), new)
        assert not new.requires_grad


def test_a_short_type_answers_in_float32(segmenter, pixels):
    half = Segmenter(copy.deepcopy(segmenter.sam).to(torch.bfloat16), "half", "0")
    embedding = half.embed(pixels)
    assert embedding.features.embedding.dtype == torch.bfloat16
    prediction = half.predict(embedding, POINT)
    assert prediction.logits.dtype == np.float32
    assert prediction.scores.dtype == np.float32
    again = half.predict(
        embedding, Prompts(POINT.points, POINT.labels, logits=prediction.logits[0])
    )
    assert np.isfinite(again.logits).all()
    assert "bfloat16" in half.key
    assert half.key != segmenter.key


def test_threads_stay_as_many_as_the_user_wants(segmenter, pixels):
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        segmenter.predict(segmenter.embed(pixels), POINT)
        segmenter.decode_batch(segmenter.embed(pixels), boxes=BOX.box[None], multimask=False)
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


def test_loaded_in_the_type_that_is_asked_for():
    short = Segmenter.load("mini", "cpu", "bf16")
    assert short.dtype == torch.bfloat16
    assert short.device == torch.device("cpu")
    assert short.key != Segmenter.load("mini", "cpu", "fp32").key
    with pytest.raises(ValueError, match="cannot compute in 'int8'"):
        Segmenter.load("mini", "cpu", "int8")
    with pytest.raises(ValueError, match="no device called 'gpu'"):
        Segmenter.load("mini", "gpu")


def test_freeing_a_gpu_gives_up_what_the_cache_keeps_there():
    features = Features(torch.empty(1, 256, 8, 8, device="meta"))
    on_gpus().put(("photo", "model"), Embedding(features, Frame(8, 8, 128)))
    assert on_gpus().nbytes > 0
    free_gpu()
    assert on_gpus().nbytes == 0
    assert ("photo", "model") not in on_gpus()
