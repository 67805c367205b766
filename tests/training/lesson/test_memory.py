"""What a model said before: held on to at points that no new mask covers."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
import torch

from sam_widget.models.checkpoints import load_model
from sam_widget.models.sam import Sam
from sam_widget.training.data.augment import Example, Recipe
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.readers import Chosen
from sam_widget.training.data.stream import Stream, collate
from sam_widget.training.few_photos import Course, look
from sam_widget.training.fine_tune import fine_tune
from sam_widget.training.forms import trainable
from sam_widget.training.lesson.memory import Memory, Remembering
from sam_widget.training.lesson.rounds import Talk, backward, trunk_maps
from sam_widget.training.run.precision import Precision
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO

HERE = Precision(torch.device("cpu"))
DRAWN = DrawnPhotos(20, 96)


@pytest.fixture
def sam() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 64
    return sam


@pytest.fixture
def examples() -> list[Example]:
    stream = Stream(DRAWN, Recipe(64), 0)
    return [stream[0], stream[1]]


def apart(memory: Memory, sam: Sam, examples: list[Example], seed: int = 0) -> torch.Tensor:
    images = torch.stack([example.image for example in examples])
    seen, known = (look(each, images, examples, HERE) for each in (sam, memory.old))
    rng = np.random.default_rng(seed)
    return memory.loss(sam, seen, known, examples, precision=HERE, rng=rng)


def test_who_says_the_same_has_nothing_to_mend(sam: Sam, examples: list[Example]) -> None:
    memory = Memory(sam, 8, 1.0)
    assert float(apart(memory, sam, examples)) == pytest.approx(0, abs=1e-4)
    other = trainable(sam).eval()
    with torch.no_grad():
        for parameter in other.mask_decoder.parameters():
            parameter.add_(torch.randn_like(parameter), alpha=0.02)
    found = apart(memory, other, examples)
    assert found > 0.1
    found.backward()
    assert any(p.grad is not None and p.grad.any() for p in other.mask_decoder.parameters())
    assert float(apart(replace(memory, weight=3.0), other, examples).detach()) == pytest.approx(
        3 * float(found.detach()), rel=1e-4
    )
    assert apart(replace(memory, weight=0.0), other, examples) == 0


def test_no_point_lies_in_a_new_mask_or_beside_the_picture(
    sam: Sam, examples: list[Example]
) -> None:
    memory = Memory(sam, 400, 1.0)
    for example in examples:
        points = memory._points(example, np.random.default_rng(1))
        width, height = example.size
        covered = float((example.masks > 0).any(0).float()[: height // 2, : width // 2].mean())
        assert len(points) == pytest.approx(400 * (1 - covered), rel=0.2)
        x, y = points.T
        assert -0.5 <= x.min() < x.max() < width - 0.5
        assert -0.5 <= y.min() < y.max() < height - 0.5
        columns, rows = ((x + 0.5) / 2).long(), ((y + 0.5) / 2).long()
        assert not (example.masks[:, rows, columns] > 0).any()


def test_the_last_number_below_one_is_in_the_picture(sam: Sam, examples: list[Example]) -> None:
    class Edge:
        def uniform(self, *_: object) -> np.ndarray:
            return np.full((8, 2), np.nextafter(1, 0))

    empty = [replace(e, size=(64, 64), masks=torch.zeros_like(e.masks)) for e in examples]
    for example in empty:
        points = Memory(sam, 8, 1.0)._points(example, Edge())
        assert points.dtype == torch.float32
        torch.testing.assert_close(points, torch.full((8, 2), 63.5))


def test_masks_everywhere_leave_nothing_to_remember(sam: Sam, examples: list[Example]) -> None:
    full = [replace(e, masks=torch.full_like(e.masks, 255)) for e in examples]
    assert apart(Memory(sam, 8, 1.0), sam, full) == 0


@pytest.mark.slow
def test_a_model_that_remembers_changes_less_elsewhere(sam: Sam) -> None:
    ten, rest = Chosen(DRAWN, tuple(range(10))), Stream(Chosen(DRAWN, (15, 16, 17)), Recipe(64), 5)
    seen = [rest[number] for number in range(4)]
    before = deepcopy(sam)

    def moved(remember: float) -> float:
        course = Course(steps=12, rate=3e-4, keep=0.0, remember=remember)
        tuned = fine_tune(sam, ten, course=course)
        return float(apart(Memory(before, 12, 1.0), tuned, seen))

    assert moved(4.0) < 0.8 * moved(0.0)


def test_a_step_that_remembers_is_a_step_and_what_was_said(
    sam: Sam, examples: list[Example]
) -> None:
    """Where nothing has moved yet, holding on changes nothing; afterwards it pulls back."""
    batch, talk = collate(examples), Talk()
    lesson = Remembering(Memory(deepcopy(sam), 8, 4.0, iou_weight=0.0))

    def gradients(learner: Sam, how: Remembering | None) -> list[torch.Tensor]:
        learner.zero_grad()
        step = backward if how is None else how
        tally = step(learner, batch, talk, np.random.default_rng(0))
        assert ("moved" in tally.means()) == (how is not None)
        return [p.grad.clone() for p in learner.parameters() if p.grad is not None]

    learner = trainable(sam)
    same = zip(gradients(learner, None), gradients(learner, lesson), strict=True)
    assert max(float((a - b).abs().max()) for a, b in same) < 1e-3
    with torch.no_grad():
        for parameter in learner.mask_decoder.parameters():
            parameter.add_(torch.randn_like(parameter), alpha=0.02)
    other = zip(gradients(learner, None), gradients(learner, lesson), strict=True)
    assert max(float((a - b).abs().max()) for a, b in other) > 1e-2


def test_known_maps_stand_in_for_the_pictures(sam: Sam, examples: list[Example]) -> None:
    batch = collate(examples)
    lesson = Remembering(Memory(deepcopy(sam), 8, 4.0))
    maps = tuple(each.detach() for each in trunk_maps(sam, batch))
    known = replace(batch, images=torch.empty(0), maps=maps)
    found = [
        lesson(trainable(sam), given, Talk(), np.random.default_rng(0)).means()["loss"]
        for given in (batch, known)
    ]
    assert found[0] == pytest.approx(found[1], rel=1e-4)
