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
from sam_widget.training.curves import read_log
from sam_widget.training.data.augment import Recipe
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.stream import Batch, Stream, collate
from sam_widget.training.distill import Distillation, _Lesson, adopt
from sam_widget.training.forms import trainable
from sam_widget.training.loop import Trainer
from sam_widget.training.optimise import training_mode
from sam_widget.training.plan import Plan
from sam_widget.training.prompting import ask
from sam_widget.training.rounds import Talk, backward

from .conftest import OLD_COCO

pytestmark = OLD_COCO


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
    lesson = Distillation(teacher, embedding=1.0, labels=0.5)
    expected = tally(training_mode(student), lesson, batch, talk)
    wanted = torch.cat([p.grad.reshape(-1) for p in student.parameters() if p.grad is not None])
    means = tally(student, lesson, batch, replace(talk, at_once=2**16))
    got = torch.cat([p.grad.reshape(-1) for p in student.parameters() if p.grad is not None])
    assert means["mask_loss"] == pytest.approx(expected["mask_loss"], rel=1e-4)
    torch.testing.assert_close(got, wanted, rtol=1e-3, atol=1e-4 * float(wanted.abs().max()))


def test_labels_alone_are_the_usual_lesson(teacher: Sam, batch: Batch) -> None:
    student = training_mode(build_mini(64))
    backward(student, batch, Talk(), None)
    usual = student.mask_decoder.iou_token.weight.grad.clone()
    gradients = []
    for labels in (0.0, 1.0):
        tally(student, Distillation(teacher, labels=labels), batch, Talk())
        gradients.append(student.mask_decoder.iou_token.weight.grad.clone())
    torch.testing.assert_close(gradients[1] - gradients[0], usual, rtol=1e-3, atol=1e-5)


def test_any_sam_teaches_and_its_decoder_can_be_taken_over(batch: Batch) -> None:
    torch.manual_seed(0)
    encoder = ViTEncoder(ViTSize(16, 2, 2, (1,)), 128, window=3)
    vit = Sam(encoder, PromptEncoder(128), MaskDecoder()).eval()
    student = build_mini(64)
    adopt(student, vit)
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
    more = ["--teacher", str(path), "--adopt", "--embedding", "1", "--run", str(tmp_path / "run")]
    main([*words, *more])
    assert "2 steps" in capsys.readouterr().out
    assert [line["embedding"] > 0 for line in read_log(tmp_path / "run")] == [True, True]
    with pytest.raises(SystemExit):
        main([*words, "--teacher", "nobody", "--run", str(tmp_path / "x")])
    assert "no model called 'nobody'" in capsys.readouterr().err
