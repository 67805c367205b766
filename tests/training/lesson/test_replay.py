"""Photos learnt from again: the same as if the trunk had looked anew, with other prompts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_widget.models.mini import build_mini
from sam_widget.models.sam import Sam
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.training.data.augment import Recipe
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.stream import Batch, Stream, collate
from sam_widget.training.lesson import replay
from sam_widget.training.lesson.distill import Distillation
from sam_widget.training.lesson.replay import Replay, some
from sam_widget.training.lesson.rounds import Talk, backward, trunk_maps, with_maps
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.optimise import freeze
from sam_widget.training.run.plan import Plan
from sam_widget.training.run.precision import Precision
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO

HERE = Precision(torch.device("cpu"))
DRAWN = DrawnPhotos(50, 96)


@pytest.fixture(scope="module")
def held() -> Sam:
    torch.manual_seed(0)
    sam = build_mini(64)
    freeze(sam, 16)
    return sam


def batches(photos: int = 2) -> Iterator[Batch]:
    stream = Stream(DRAWN, Recipe(64, 6), 0)
    for first in count(0, photos):
        yield collate([stream[first + i] for i in range(photos)])


def test_the_first_steps_have_what_there_is_and_later_ones_all(held: Sam) -> None:
    again = Replay(3, 2)
    rng = np.random.default_rng(0)
    sizes = [
        len(again(with_maps(held, batch, HERE), rng).examples)
        for batch, _ in zip(batches(), range(3), strict=False)
    ]
    assert sizes == [4, 5, 5]


def test_kept_maps_are_what_the_trunk_says_of_those_photos(held: Sam) -> None:
    again, rng = Replay(2, 6), np.random.default_rng(0)
    first = next(batches())
    joined = again(with_maps(held, first, HERE), rng)
    assert {len(each) for each in joined.maps} == {4}
    for number, example in enumerate(joined.examples[2:], 2):
        same = [i for i in (0, 1) if torch.equal(first.examples[i].masks, example.masks)]
        assert len(same) == 1
        for each in joined.maps:
            torch.testing.assert_close(each[number], each[same[0]], rtol=2e-3, atol=2e-3)  # fp16


def test_an_old_photo_is_asked_about_in_another_way(held: Sam) -> None:
    again, rng = Replay(2, 6), np.random.default_rng(0)
    first = next(batches())
    asked = {tuple(click) for each in first.examples for click in each.clicks.tolist()}
    anew = [
        tuple(c)
        for e in again(with_maps(held, first, HERE), rng).examples[2:]
        for c in e.clicks.tolist()
    ]
    assert sum(click not in asked for click in anew) >= len(anew) / 3


def test_a_step_on_known_maps_is_the_step_on_the_pictures(held: Sam) -> None:
    batch = next(batches())
    maps = trunk_maps(held, batch)
    grads = []
    for given in (batch, replace(batch, images=torch.empty(0), maps=maps)):
        held.zero_grad()
        backward(held, given, Talk((True,)), None)
        grads.append([p.grad.clone() for p in held.parameters() if p.grad is not None])
    assert len(grads[0]) > 100
    for one, other in zip(*grads, strict=True):
        torch.testing.assert_close(one, other)


def test_no_more_is_kept_than_there_is_room_for(held: Sam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "KEPT", 5)
    again, rng = Replay(1, 2), np.random.default_rng(0)
    for batch, _ in zip(batches(), range(6), strict=False):
        again(with_maps(held, batch, HERE), rng)
    assert len(again._kept) == 5
    assert not any(kept.images.numel() for kept in again._kept)
    assert not any(kept.examples[0].image.numel() for kept in again._kept)


def test_what_was_cheap_to_look_at_is_not_replayed() -> None:
    batch = next(batches())
    assert with_maps(build_mini(64), batch, HERE) is batch
    with pytest.raises(ValueError, match="only where the encoder's trunk is held"):
        Replay(2, 2)(batch, np.random.default_rng(0))


def test_where_the_trunk_learns_pictures_are_kept_beside_what_a_teacher_says(held: Sam) -> None:
    again, rng = Replay(2, 6), np.random.default_rng(0)
    lesson = Distillation(held, labels=1.0)
    first = lesson.look(build_mini(64), next(batches()), HERE)
    whole = again(first, rng)
    assert whole.maps == ()
    assert whole.known is not None
    assert len(whole.images) == len(whole.known.embedding) == len(whole.examples) == 4
    for number, image in enumerate(whole.images[2:], 2):
        (same,) = (i for i in (0, 1) if torch.equal(first.images[i], image))
        assert torch.equal(first.examples[same].masks, whole.examples[number].masks)
        known = whole.known.map(lambda t: t.half())
        assert torch.equal(known[same].embedding, known[number].embedding)


def test_of_many_masks_some_are_asked_for(held: Sam) -> None:
    example = next(batches()).examples[0]
    rng = np.random.default_rng(0)
    assert some(example, 60, rng) is example
    two = some(example, 2, rng)
    assert [len(x) for x in (two.masks, two.clicks, two.boxes, two.by_box)] == [2] * 4
    for mask, click in zip(two.masks, two.clicks, strict=True):
        number = [torch.equal(mask, own) for own in example.masks].index(True)
        assert torch.equal(click, example.clicks[number])


def test_a_run_that_replays_leaves_the_trunk_as_it_was(tmp_path: Path) -> None:
    torch.manual_seed(0)
    sam = build_tiny_vit(LAYOUTS["mobile_sam"], 64)
    before = {name: value.clone() for name, value in sam.state_dict().items()}
    plan = Plan(steps=2, sides=(64,), photos=1, replays=2, prompts=2, workers=0, frozen=3)
    Trainer(sam, DRAWN, tmp_path, plan).run()
    moved = {n for n, v in sam.state_dict().items() if not torch.equal(v, before[n])}
    parts = ("patch_embed", "layers.0", "layers.1", "layers.2")
    assert not [n for n in moved if n.startswith(tuple(f"image_encoder.{p}." for p in parts))]
    assert [n for n in moved if n.startswith("image_encoder.layers.3.")]
    assert [n for n in moved if n.startswith("image_encoder.neck.")]
    assert [n for n in moved if n.startswith("mask_decoder.")]


def test_a_plan_that_replays_with_a_learning_trunk_says_so(tmp_path: Path) -> None:
    plan = Plan(steps=1, sides=(64,), photos=1, replays=2, prompts=2, workers=0)
    with pytest.raises(ValueError, match="trunk is held"):
        Trainer(build_mini(64), DRAWN, tmp_path, plan).run()
