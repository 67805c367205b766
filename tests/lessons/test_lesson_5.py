"""Lesson 5: its views beside values computed by hand, its two decoders, its answers."""

import numpy as np
import pytest
import torch
from torch import nn

from sam_widget import trace
from sam_widget.lessons import check
from sam_widget.lessons.decoders import (
    EACH,
    GRID,
    SIDE,
    Clicks,
    TwoWayDecoder,
    apart,
    curves_of,
    judged,
    mask_loss,
    train,
)
from sam_widget.lessons.views.attention import (
    agreed_without,
    attention_on,
    click,
    hear,
    looks,
    reading_steps,
    steps_off,
    token_names,
)
from sam_widget.lessons.views.kernels import built_up, factors, kernels_on, leading_row
from sam_widget.segment.switches import steps

CUP = (290, 170)


@pytest.fixture(scope="module")
def heard(study):
    return hear(study, click(*CUP))


def test_looks_are_the_softmax_of_queries_and_keys(study, heard):
    step = reading_steps(heard.trace)[1]
    here = heard.trace[step]
    module, (tokens, image) = here.module, here.given
    with torch.inference_mode():
        q = module.q_proj(tokens)[0, 5].view(module.heads, 1, -1)
        k = module.k_proj(image.placed)[0].view(-1, module.heads, q.shape[-1]).transpose(0, 1)
        shares = (q @ k.mT / q.shape[-1] ** 0.5).softmax(-1)[:, 0].numpy()
    side = study.embedding.grid
    wanted = study.cropped(shares.reshape(-1, side, side))
    np.testing.assert_allclose(looks(study, heard.trace, step, 5), wanted, atol=1e-5)


def test_at_the_last_step_only_what_is_asked_for_looks(study, heard):
    last = reading_steps(heard.trace)[-1]
    counts = [len(looks(study, heard.trace, last, i)) for i in range(7)]
    assert counts == [8, 0, 8, 8, 8, 0, 0]
    assert len(token_names(heard.trace)) == 7
    stage = attention_on(study, *CUP)
    assert len(stage.frames) == 7
    assert len(stage.frames[2].front) - len(stage.frames[5].front) == 8


def test_what_is_heard_is_what_is_answered_without_listening(study, heard):
    plain = study.segmenter.predict(study.embedding, click(*CUP))
    np.testing.assert_array_equal(heard.said.logits, plain.logits)
    with trace(study.segmenter) as other:
        study.segmenter.predict(study.embedding, click(*CUP))
    assert list(other) == list(heard.trace)


def test_the_sum_of_all_channels_is_the_mask(heard):
    kernel, pixels = factors(heard.trace, leading_row(heard))
    order, sums = built_up(kernel, pixels)
    assert sorted(order) == list(range(32))
    best = heard.said.logits[heard.said.best]
    np.testing.assert_allclose(sums[-1], best, atol=1e-3)
    np.testing.assert_allclose(sums[0], kernel[order[0]] * pixels[order[0]], atol=1e-5)


def test_the_views_of_sums_and_of_steps(study):
    stage = kernels_on(study, *CUP)
    assert len(stage.frames) == 32
    assert "IoU 1.00" in stage.frames[-1].caption
    frames = steps_off(study, *CUP).frames
    agreed = agreed_without(study, *CUP)
    assert len(frames) == len(agreed) == len(steps(study.segmenter.sam)) == 7
    for frame, share in zip(frames, agreed, strict=True):
        assert f"IoU {share:.2f}" in frame.caption
    assert min(agreed) < 0.9


def test_things_apart_are_the_best_that_do_not_overlap():
    masks = torch.zeros(4, 10, 10, dtype=torch.bool)
    masks[0, :4], masks[1, 3:7], masks[2, 7:9], masks[3, :, :8] = True, True, True, True
    kept = apart(masks, torch.tensor([0.5, 0.9, 0.4, 1.0]))
    assert [each.sum().item() for each in kept] == [40, 20]
    assert len(apart(masks[3:], torch.ones(1))) == 0


@pytest.fixture(scope="module")
def clicks(study):
    return Clicks.of(study, 4)


def test_each_click_is_on_its_thing_and_a_part_is_kept_back(clicks, study):
    assert len(clicks.masks) % EACH == 0
    assert clicks.prompts.shape == (len(clicks.masks), 2, 256)
    assert clicks.masks.shape[1:] == (SIDE, SIDE)
    assert clicks.image.shape == clicks.positions.shape == (1, 256, GRID, GRID)
    encoder = study.segmenter.sam.prompt_encoder
    with torch.inference_mode():
        places = encoder.pe_layer.grid(SIDE, SIDE)[0].flatten(1)
        codes = clicks.prompts[:, 0] - encoder.point_embeddings[1].weight
        nearest = (codes @ places).argmax(1)
    assert clicks.masks.flatten(1)[torch.arange(len(nearest)), nearest].all()
    learnt, kept = clicks.parted()
    assert len(learnt.masks) == 3 * len(kept.masks)


class Flat(nn.Module):
    def __init__(self):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, image, positions, prompts):
        return self.bias.expand(len(prompts), SIDE, SIDE)


def test_training_lowers_the_loss_and_is_the_same_twice(clicks):
    def once():
        torch.manual_seed(0)
        decoder = TwoWayDecoder(hidden=32)
        return decoder, train(decoder, [clicks], 8)

    (first, went), (_, again) = once(), once()
    np.testing.assert_allclose(went.losses, again.losses, rtol=1e-3)
    assert went.losses[-1] < went.losses[0]
    assert judged(first, [clicks]).shape == (len(clicks.masks),)
    assert len(curves_of({"one": went}).axes[0].lines) == 1


def test_the_loss_and_the_judge_by_hand(clicks):
    masks = torch.tensor([[[1.0, 0.0]]])
    logits = torch.tensor([[[0.0, 0.0]]])
    assert mask_loss(logits, masks).item() == pytest.approx(np.log(2) + 1 - 2 / 3, abs=1e-6)
    flat = Flat()
    flat.bias.data.fill_(1.0)
    shares = clicks.masks.mean((1, 2)).numpy()
    np.testing.assert_allclose(judged(flat, [clicks]), shares, atol=1e-6)


@pytest.mark.parametrize("answer", [(1, 1024, 256), [1, 1024, 256], torch.Size([1, 1024, 256])])
def test_a_shape(language, answer):
    assert check("5.1", answer)


@pytest.mark.parametrize(
    "answer", [(1024, 1, 256), (1, 256, 1024), (1, 256, 32, 32), 1024, "1x1024x256", (1, 32, 256)]
)
def test_a_wrong_shape(hinted, answer):
    assert hinted(check("5.1", answer))


RIGHT = [
    lambda k, f: np.tensordot(k, f, 1),
    lambda k, f: (k[:, None, None] * f).sum(0),
    lambda k, f: torch.einsum("c,chw->hw", torch.tensor(k), torch.tensor(f)),
    lambda k, f: sum(a * b for a, b in zip(k, f, strict=True)),
]
WRONG = [
    lambda k, f: k[:, None, None] * f,
    lambda k, f: (k[:, None, None] * f).mean(0),
    lambda k, f: 1 / (1 + np.exp(-np.tensordot(k, f, 1))),
    lambda k, f: np.tensordot(k, f, 1) > 0,
    lambda k, f: np.tensordot(k, f, 1).T,
    lambda k: k,
    "k @ f",
]


@pytest.mark.parametrize("answer", RIGHT)
def test_a_sum(language, answer):
    assert check("5.2", answer)


@pytest.mark.parametrize("answer", WRONG)
def test_what_is_no_sum(hinted, answer):
    assert hinted(check("5.2", answer))


def test_the_step_that_counts_most(hinted, study):
    agreed = agreed_without(study, *CUP)
    best = int(np.argmin(agreed)) + 1
    assert check("5.3", best)
    assert check("5.3", str(best))
    for wrong in (0, 8, best % 7 + 1, "the last", -1):
        assert hinted(check("5.3", wrong))
