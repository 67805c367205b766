"""Learning from a teacher."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.features import Features
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.training.__main__ import main
from sam_widget.training.data.augment import Recipe
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.stream import Batch, Stream, collate
from sam_widget.training.forms import trainable
from sam_widget.training.lesson.distill import Distillation, _Lesson, adopt, set_loss
from sam_widget.training.lesson.losses import mask_loss
from sam_widget.training.lesson.prompting import ask
from sam_widget.training.lesson.rounds import Talk, backward
from sam_widget.training.run.curves import read_log
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.optimise import training_mode
from sam_widget.training.run.plan import Plan
from sam_widget.training.run.precision import Precision
from tests.training.conftest import OLD_COCO

pytestmark = [OLD_COCO, pytest.mark.slow]


@pytest.fixture
def teacher() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 128
    return sam


def test_an_answer_beside_the_picture_counts_for_nothing(teacher: Sam, batch: Batch) -> None:
    asked = ask([batch.examples[0]])
    asked = replace(asked, sizes=((32, 20),) * len(asked.masks))
    lesson = _Lesson(teacher, teacher, None, None, asked, Talk())  # type: ignore[arg-type]
    told = torch.full((len(asked.masks), 1, 32, 32), -9.0)
    told[:, :, 31] = 9
    target, weight = lesson._target(told, torch.ones(len(told)))
    assert not weight.any()
    assert torch.equal(target, asked.masks)
    told[0, :, 10, 16] = 9
    target, weight = lesson._target(told, torch.ones(len(told)))
    assert weight.tolist() == [1.0] + [0.0] * (len(told) - 1)
    assert target[0, 10, 16] > 0.99


@pytest.fixture
def batch() -> Batch:
    stream = Stream(DrawnPhotos(50, 96), Recipe(64, 4), 0)
    return collate([stream[i] for i in range(3)])


def tally(student: Sam, lesson: Distillation, batch: Batch, talk: Talk) -> dict[str, float]:
    student.zero_grad()
    return lesson(student, batch, talk, None).means()


def disturbed(sam: Sam) -> Sam:
    """Return a student whose neck has forgotten some."""
    student = trainable(sam)
    torch.manual_seed(0)
    with torch.no_grad():
        for parameter in student.image_encoder.neck.parameters():
            parameter.add_(2 * parameter.std() * torch.randn_like(parameter))
    return student


def test_a_student_comes_nearer_to_its_teacher(teacher: Sam, batch: Batch, tmp_path: Path) -> None:
    student = disturbed(teacher)
    student.side = 64
    lesson = Distillation(teacher, embedding=3.0)
    before = tally(student, lesson, batch, Talk())
    plan = Plan(steps=30, sides=(64,), photos=2, prompts=4, corrections=0.5, workers=0, rate=1e-4)
    Trainer(student, DrawnPhotos(50, 96), tmp_path, plan, lesson=lesson).run()
    after = tally(student, lesson, batch, Talk())  # on photos of the same kind
    for name, share in (("loss", 0.85), ("mask_loss", 0.85), ("embedding", 0.97)):
        assert after[name] < share * before[name], name
    assert after["agreement"] > before["agreement"]
    assert read_log(tmp_path)[-1]["agreement"] > 0


def test_who_is_the_teachers_equal_has_nothing_to_learn(teacher: Sam, batch: Batch) -> None:
    teacher.side = 64
    means = tally(trainable(teacher), Distillation(teacher, embedding=1.0), batch, Talk((True,)))
    assert means["embedding"] < 1e-6
    assert means["agreement"] > 0.95  # a box is answered by the single-mask token
    other = tally(disturbed(teacher), Distillation(teacher, embedding=1.0), batch, Talk((True,)))
    assert other["embedding"] > 0.01
    assert other["mask_loss"] > means["mask_loss"]


def test_all_at_once_is_taught_as_one_by_one(teacher: Sam, batch: Batch) -> None:
    student, talk = disturbed(teacher), Talk((True, False, True))
    student.side = 64
    for labels in (0.0, 0.5):
        lesson = Distillation(teacher, embedding=1.0, labels=labels)
        expected = tally(training_mode(student), lesson, batch, talk)
        wanted = gradients(student)
        means = tally(student, lesson, batch, replace(talk, at_once=2**16))
        assert means["mask_loss"] == pytest.approx(expected["mask_loss"], rel=1e-4)
        atol = 1e-4 * float(wanted.abs().max())
        torch.testing.assert_close(gradients(student), wanted, rtol=1e-3, atol=atol)


def gradients(module: torch.nn.Module) -> torch.Tensor:
    return torch.cat([p.grad.flatten() for p in module.parameters() if p.grad is not None])


def test_labels_alone_are_the_usual_lesson(teacher: Sam, batch: Batch) -> None:
    student = training_mode(build_mini(64))
    backward(student, batch, Talk((True,)), None)
    usual = gradients(student)
    tally(student, Distillation(teacher, answers=0, labels=1), batch, Talk((True,)))
    torch.testing.assert_close(gradients(student), usual)


def test_beside_labels_the_teacher_draws_and_does_not_judge(teacher: Sam, batch: Batch) -> None:
    student = training_mode(build_mini(64))
    judged, drawn = [], []
    for answers in (0.0, 1.0):
        tally(student, Distillation(teacher, answers, labels=1), batch, Talk((True,)))
        judged.append(gradients(student.mask_decoder.iou_prediction_head))
        drawn.append(gradients(student.mask_decoder.output_hypernetworks_mlps))
    torch.testing.assert_close(judged[0], judged[1])
    assert not torch.allclose(drawn[0], drawn[1], rtol=0.1)


def test_a_teacher_who_knows_no_better_is_not_heard(teacher: Sam, batch: Batch) -> None:
    torch.manual_seed(0)
    novice = build_mini(64)  # it has learnt nothing
    for knows, does_not in ((teacher, novice), (novice, teacher)):
        for sam in (teacher, novice):
            sam.side = 64
        student = training_mode(trainable(does_not))
        means = tally(student, Distillation(knows, labels=1), batch, Talk())
        assert (means["heard"] > 0.8) == (knows is teacher)
        assert (means["beside"] > 0.1) == (knows is teacher)


def test_three_candidates_are_a_set() -> None:
    torch.manual_seed(0)
    soft = (torch.rand(2, 3, 1, 1) + torch.rand(2, 3, 8, 8)).clamp(0.1, 1.9) / 2
    logits, weight = soft.logit(), torch.ones(2, 3)
    met = set_loss(logits, soft, weight)
    assert torch.allclose(met, torch.zeros(2), atol=1e-3)
    torch.testing.assert_close(set_loss(logits[:, [2, 0, 1]], soft, weight), met)
    # All three candidates say the first mask: two masks are said by none.
    alike = logits[:, :1].expand(-1, 3, -1, -1)
    missed = mask_loss(alike[:, 1:], soft[:, 1:])
    torch.testing.assert_close(set_loss(alike, soft, weight), missed.sum(1) / 3, atol=1e-3, rtol=0)
    weight[:, 2] = 0
    torch.testing.assert_close(set_loss(alike, soft, weight), missed[:, 0] / 3, atol=1e-3, rtol=0)


def test_an_embedding_needs_no_prompt(teacher: Sam, batch: Batch) -> None:
    student = disturbed(teacher)
    student.side = 64
    means = tally(student, Distillation(teacher, answers=0, embedding=1), batch, Talk((True,)))
    assert means["embedding"] > 0
    assert set(means) == {"embedding", "loss"}
    assert student.image_encoder.neck[1].weight.grad.any()
    assert all(p.grad is None for p in student.mask_decoder.parameters())


def test_what_the_teacher_has_seen_it_does_not_look_at_again(teacher: Sam, batch: Batch) -> None:
    student = disturbed(teacher)
    student.side = 64
    lesson = Distillation(teacher, embedding=1, labels=1)
    expected = tally(student, lesson, batch, Talk((True,)))
    looked = lesson.look(student, batch, Precision(torch.device("cpu")))
    looks = []
    teacher.image_encoder.register_forward_hook(lambda *_: looks.append(1))
    assert tally(student, lesson, looked, Talk((True,))) == pytest.approx(expected, rel=1e-5)
    assert not looks


def test_any_sam_teaches_and_its_decoder_can_be_taken_over(batch: Batch) -> None:
    torch.manual_seed(0)
    encoder = ViTEncoder(ViTSize(16, 2, 2, (1,)), 128, window=3)
    vit = Sam(encoder, PromptEncoder(128), MaskDecoder()).eval()
    student = trainable(load_model("mini", "cpu", "float32"))
    student.side = 64
    assert all(p.any() for p in student.image_encoder.skips.parameters())
    adopt(student, vit)
    own, theirs = (sam.image_encoder.neck[-1] for sam in (student, vit))
    assert torch.equal(own.bias, theirs.bias)  # the same mean, and little about it
    torch.testing.assert_close(own.weight, 0.2 * theirs.weight)
    # What they said was meant for another decoder.
    assert not any(p.any() for p in student.image_encoder.skips.parameters())
    expected = vit.mask_decoder.state_dict()
    for name, value in student.mask_decoder.state_dict().items():
        assert torch.equal(value, expected[name])
    means = tally(training_mode(student), Distillation(vit, embedding=1.0), batch, Talk((True,)))
    assert means["embedding"] > 0
    assert student.image_encoder.neck[1].weight.grad.abs().sum() > 0
    other = Sam(encoder, PromptEncoder(128, 128), MaskDecoder(128))
    with pytest.raises(ValueError, match="other shapes"):
        adopt(student, other)


def test_an_empty_answer_teaches_nothing(teacher: Sam, batch: Batch) -> None:
    class Silent(torch.nn.Module):
        def forward(self, features: Features, pe, sparse, dense):
            count, side = len(sparse), 4 * features.embedding.shape[-1]
            return torch.full((count, 4, side, side), -9.0), torch.ones(count, 4)

    teacher.mask_decoder = Silent()
    student = disturbed(teacher)
    student.side = 64
    student.mask_decoder = trainable(load_model("mini", "cpu", "float32")).mask_decoder
    tally(student, Distillation(teacher), batch, Talk((True,)))
    for parameter in student.mask_decoder.parameters():
        assert parameter.grad is None or not parameter.grad.any()


def test_the_command_line_takes_a_teacher(
    teacher: Sam, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "teacher.safetensors"
    save_sam(trainable(teacher), path)
    words = ["--demo", "--steps", "2", "--side", "64", "--photos", "1", "--workers", "0"]
    more = ["--teacher", str(path), "--teacher-side", "64", "--adopt", "--answers", "0.5"]
    more += ["--embedding", "1", "--labels", "1", "--replays", "2", "--run", str(tmp_path / "run")]
    main([*words, *more])
    assert "2 steps" in capsys.readouterr().out
    assert [line["embedding"] > 0 for line in read_log(tmp_path / "run")] == [True, True]
    for named, told in (
        (["nobody"], "no model called 'nobody'"),
        ([str(path), "--teacher-side", "65"], "a multiple of 32 px"),
    ):
        with pytest.raises(SystemExit):
            main([*words, "--teacher", *named, "--run", str(tmp_path / "x")])
        assert told in capsys.readouterr().err
