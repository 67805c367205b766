"""One step's conversation: first prompts, later clicks, losses, number types."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_widget.models.mini import build_mini
from sam_widget.models.sam import Sam
from sam_widget.training.data.augment import Recipe
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.stream import Batch, Stream, collate
from sam_widget.training.lesson import prompting
from sam_widget.training.lesson.prompting import (
    ask,
    clicks_there,
    encode,
    groups,
    next_clicks,
    turns,
)
from sam_widget.training.lesson.rounds import Talk, Tally, backward
from sam_widget.training.run import precision
from sam_widget.training.run.optimise import training_mode
from sam_widget.training.run.precision import Precision
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO


@pytest.fixture
def batch() -> Batch:
    stream = Stream(DrawnPhotos(50, 96), Recipe(64, 4), 0)
    return collate([stream[i] for i in range(3)])


@pytest.fixture
def sam() -> Sam:
    torch.manual_seed(0)
    return training_mode(build_mini(64))


def gradients(sam: Sam, batch: Batch, talk: Talk) -> tuple[dict[str, float], torch.Tensor]:
    sam.zero_grad()
    means = backward(sam, batch, talk, None).means()
    parts = [p.grad.reshape(-1) for p in sam.parameters() if p.grad is not None]
    return means, torch.cat(parts)


@pytest.mark.parametrize("at_once", [16 * 5, 2**16])
def test_all_photos_at_once_learn_what_one_by_one_do(sam: Sam, batch: Batch, at_once: int) -> None:
    order = (True, False, True, False)
    expected, wanted = gradients(sam, batch, Talk(order, 2.0))
    means, got = gradients(sam, batch, Talk(order, 2.0, at_once=at_once))
    for name in ("mask_loss", "iou_loss", "one_click", "box", "corrected"):
        assert means[name] == pytest.approx(expected[name], rel=1e-5)
    torch.testing.assert_close(got, wanted, rtol=1e-4, atol=1e-5 * float(wanted.abs().max()))
    assert wanted.norm() > 1


def test_photos_are_grouped_by_their_prompts(batch: Batch) -> None:
    counts = [len(e.masks) for e in batch.examples]
    assert groups(batch.examples, 16, 0) == [[0], [1], [2]]
    assert groups(batch.examples, 16, 16 * sum(counts)) == [[0, 1, 2]]
    assert groups(batch.examples, 16, 16 * (counts[0] + counts[1])) == [[0, 1], [2]]


def test_short_numbers_teach_nearly_the_same(sam: Sam, batch: Batch) -> None:
    _, wanted = gradients(sam, batch, Talk())
    short = Precision(torch.device("cpu"), torch.bfloat16)
    _, got = gradients(sam, batch, Talk(precision=short))
    assert got.dtype == torch.float32
    assert not torch.equal(got, wanted)
    assert torch.nn.functional.cosine_similarity(got, wanted, dim=0) > 0.99


def test_a_type_that_the_machine_only_imitates_is_not_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cpu = torch.device("cpu")
    for able in (False, True):
        monkeypatch.setattr(precision, "cpu_computes_bf16", lambda able=able: able)
        assert Precision.pick("cpu") == Precision(cpu, torch.float32)
    assert Precision.pick("cpu", "bf16").dtype == torch.bfloat16
    monkeypatch.setattr(precision, "cpu_computes_bf16", lambda: False)
    with pytest.raises(ValueError, match="no bf16 arithmetic"):
        Precision.pick("cpu", "bf16")
    with pytest.raises(ValueError, match="CUDA only"):
        Precision.pick("cpu", "fp16")
    with pytest.raises(ValueError, match="not 'fp8'"):
        Precision.pick("cpu", "fp8")


def test_a_gpus_short_type_follows_its_age(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "pick_device", lambda _: torch.device("cuda"))
    for capability, dtype, scaled in (
        ((7, 5), torch.float16, True),
        ((8, 0), torch.bfloat16, False),
        ((9, 0), torch.bfloat16, False),
    ):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _, c=capability: c)
        picked = Precision.pick("cuda")
        assert picked.dtype == dtype
        assert (picked.dtype == torch.float16) is scaled


def test_the_papers_eleven_rounds() -> None:
    rng = np.random.default_rng(0)
    assert turns(0, 2, rng) == ()
    assert turns(3, 0, rng) == turns(3.0, 0, rng) == (True, True, True)
    assert turns(2, 1, rng) == (True, True, False)
    seen = [turns(8, 2, rng) for _ in range(200)]
    assert {(len(t), sum(t), t[-1]) for t in seen} == {(10, 8, False)}
    assert {t.index(False) for t in seen} == set(range(9))


def test_a_fraction_of_a_round_is_seldom_many_rounds() -> None:
    rng = np.random.default_rng(0)
    counts = [len(turns(0.5, 0, rng)) for _ in range(4000)]
    assert np.mean(counts) == pytest.approx(0.5, abs=0.05)
    assert np.mean([count == 0 for count in counts]) == pytest.approx(2 / 3, abs=0.03)
    assert max(counts) > 4
    assert max(len(turns(7.5, 0, rng)) for _ in range(400)) == 10


def test_a_mask_round_says_nothing_new(
    sam: Sam, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks, fed = [], []
    real = prompting.encode

    def watched(encoder, asked, later=None, mask=None):
        clicks.append(0 if later is None else later[0].shape[1])
        fed.append(mask is not None)
        return real(encoder, asked, later, mask)

    monkeypatch.setattr("sam_widget.training.lesson.rounds.encode", watched)
    backward(sam, batch, Talk((False, True, False), at_once=2**16), np.random.default_rng(0))
    assert clicks == [0, 0, 1, 1]
    assert fed == [False, True, True, True]


def test_clicked_prompts_come_first_and_keep_their_photos(sam: Sam, batch: Batch) -> None:
    asked = ask(batch.examples)
    by_box = torch.cat([e.by_box for e in batch.examples])
    assert asked.clicked == int((~by_box).sum())
    for row, photo in enumerate(asked.photo.tolist()):
        example = batch.examples[photo]
        own = (asked.clicks[row] == example.clicks).all(1)
        assert own.any()
        assert bool(example.by_box[own].all()) == (row >= asked.clicked)
    sparse, dense = encode(sam.prompt_encoder, asked)
    assert sparse.shape[:2] == (len(by_box), 2)
    assert dense.shape[0] == len(by_box)


@pytest.mark.parametrize("where", ["here", "there"])
@pytest.mark.parametrize("seed", [None, 0, 1])
def test_later_clicks_fall_into_the_larger_error(where: str, seed: int | None) -> None:
    truth = torch.zeros(3, 32, 32)
    truth[:, 4:20, 4:20] = 1
    truth[2, :, 24:] = 1  # outside of the picture: nobody clicks there
    logits = torch.full((3, 1, 16, 16), -1.0)
    logits[0, 0, 2:10, 2:4] = 1  # most is missed
    logits[1, 0, 2:16, 2:12] = 1  # much too much
    logits[2, 0, 2:10, 2:10] = 1  # just right
    asked = prompting.Asked(
        truth, torch.zeros(3, 2), torch.zeros(3, 4), 3, torch.zeros(3).long(), ((24, 32),) * 3
    )
    rng = None if seed is None else np.random.default_rng(seed)
    shown = torch.nn.functional.interpolate(logits, (32, 32), mode="bilinear")[:, 0] > 0
    if where == "here":
        xy, labels = next_clicks(logits, asked, rng)
    else:
        xy, labels = clicks_there(shown, truth > 0.5, asked.sizes, rng)
    assert labels.tolist() == [[1], [0], [1]]
    assert xy.shape == (3, 1, 2)
    for mask, right, (x, y), label in zip(shown, truth > 0.5, xy[:, 0], labels, strict=True):
        column, row = int(x - 0.5) // 2, int(y - 0.5) // 2
        assert bool(right[row, column]) == bool(label)
        if not torch.equal(mask[:, :24], right[:, :24]):
            assert mask[row, column] != right[row, column]
        assert column < 24


def test_the_deepest_pixel_on_a_gpu_is_in_the_middle() -> None:
    truth = torch.zeros(1, 32, 32, dtype=torch.bool)
    truth[0, 3:20, 5:16] = True
    xy, _ = clicks_there(torch.zeros_like(truth), truth, ((32, 32),), None)
    x, y = ((xy[0, 0] - 0.5) / 2).tolist()
    assert x == 10
    assert 8 <= y <= 14


def test_tallies_of_several_processes_are_one() -> None:
    first, second = Tally(), Tally()
    first.add("a", torch.tensor([1.0, 2.0]))
    second.add("a", torch.tensor([6.0]))
    second.add("b", torch.tensor([1.0]))
    assert Tally.joined([first, second]).means() == {"a": 3.0, "b": 1.0}
