"""`fine_tune`: what learns, what stays, what is saved, on drawn photos."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from sam_widget.models import tiny_vit
from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.layers import fuse
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import MiniEncoder, build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.training import few_photos
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import DataError
from sam_widget.training.data.readers import Chosen
from sam_widget.training.evaluate import score_photo
from sam_widget.training.few_photos import VIEWS, Course
from sam_widget.training.fine_tune import fine_tune, main
from sam_widget.training.forms import trainable
from sam_widget.training.measure.scores import mean_over_sources

from .conftest import OLD_COCO
from .layouts import sa1b_folder

pytestmark = [OLD_COCO, pytest.mark.slow]

DRAWN = DrawnPhotos(60, 128)
TEN = Chosen(DRAWN, tuple(range(10)))


@pytest.fixture
def base() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 128
    return sam


@pytest.fixture
def vit() -> Sam:
    torch.manual_seed(0)
    encoder = ViTEncoder(ViTSize(16, 2, 2, (1,)), 64, window=3)
    return Sam(encoder, PromptEncoder(64), MaskDecoder()).eval().requires_grad_(requires_grad=False)


def with_statistics(sam: Sam) -> Sam:
    """Give fresh batch norms something to fold."""
    torch.manual_seed(1)
    for module in sam.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean = 0.1 * torch.randn_like(module.running_mean)
            module.running_var = 0.5 + torch.rand_like(module.running_var)
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.1)
    return sam.eval()


def one_click(sam: Sam, numbers: range) -> float:
    scores = [score for number in numbers for score in score_photo(sam, DRAWN[number])]
    return mean_over_sources(scores)["one_click"]


def states(sam: Sam) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in sam.state_dict().items()}


def answers(sam: Sam) -> torch.Tensor:
    torch.manual_seed(0)
    side = sam.side
    with torch.no_grad():
        features = sam.image_encoder(sam.preprocess(torch.rand(1, 3, side, side) * 255))
        points = torch.tensor([[[side / 3, side / 2]]]), torch.ones(1, 1).long()
        return sam.decode(features, points)[0]


def test_ten_photos_make_it_better_at_others_of_their_kind(base: Sam, tmp_path: Path) -> None:
    before, was = one_click(base, range(30, 38)), states(base)
    path = tmp_path / "drawn.safetensors"
    course = Course(steps=20, rate=2e-4, keep=0.2)
    tuned = fine_tune(base, TEN, path, course=course)
    assert one_click(tuned, range(30, 38)) > before + 0.03
    for name, value in base.state_dict().items():
        assert torch.equal(value, was[name]), name
    loaded = load_model(path, "cpu", "float32")
    assert loaded.side == 128
    spread = answers(tuned).std()
    torch.testing.assert_close(answers(loaded), answers(tuned), rtol=0, atol=0.02 * float(spread))
    assert not tuned.training
    assert not any(p.requires_grad for p in tuned.parameters())


def test_the_backbone_stays_and_the_old_weights_are_mixed_in(base: Sam) -> None:
    steps = Course(steps=2, keep=0.0), Course(steps=2, keep=0.75)
    new, mixed = (trainable(fine_tune(base, TEN, course=course)).state_dict() for course in steps)
    old = trainable(base).state_dict()
    moved = {name for name in old if not torch.allclose(old[name], new[name], atol=1e-7)}
    assert not any(".stem." in name or ".blocks." in name for name in moved)
    for part in ("image_encoder.neck", "image_encoder.skips", "prompt_encoder", "mask_decoder"):
        assert any(name.startswith(part) for name in moved), part
    for name in moved:
        torch.testing.assert_close(
            mixed[name], old[name].lerp(new[name], 0.25), rtol=1e-3, atol=1e-6
        )


def test_a_light_encoders_trunk_looks_once_a_step(
    base: Sam, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    real = MiniEncoder.trunk
    monkeypatch.setattr(MiniEncoder, "trunk", lambda own, x: looks.append(len(x)) or real(own, x))
    fine_tune(base, TEN, course=Course(steps=3, photos=2))
    assert looks == [2, 2, 2]


def test_stopping_keeps_what_was_learnt(
    base: Sam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, steps = few_photos.encoded, iter(range(100))

    def stopped(*given, **more):
        if next(steps) == 3:
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(few_photos, "encoded", stopped)
    path = tmp_path / "stopped.safetensors"
    tuned = fine_tune(base, TEN, path, course=Course(steps=50))
    assert next(steps) == 4
    assert not torch.equal(answers(tuned), answers(base))
    assert load_model(path, "cpu").side == 128


@pytest.mark.parametrize("at", [0, 3])
def test_what_breaks_it_leaves_what_was_learnt(
    at: int, base: Sam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, steps = few_photos.encoded, iter(range(100))

    def broken(*given, **more):
        if next(steps) == at:
            raise DataError("the disk is gone.")
        return real(*given, **more)

    monkeypatch.setattr(few_photos, "encoded", broken)
    path = tmp_path / "kept.safetensors"
    with pytest.raises(DataError, match="the disk is gone") as caught:
        fine_tune(base, TEN, path, course=Course(steps=50))
    assert path.exists() == (at > 0)
    if at:
        assert caught.value.__notes__ == [
            f"What was learnt until then is saved in {path}, and this error's `model`."
        ]
        kept = load_model(path, "cpu", "float32")
        torch.testing.assert_close(answers(kept), answers(caught.value.model), rtol=0.1, atol=0.1)
        assert not torch.equal(answers(kept), answers(base))


def test_a_heavy_encoder_sees_each_view_once(vit: Sam, tmp_path: Path) -> None:
    seen = []
    vit.image_encoder.register_forward_hook(lambda *_: seen.append(1))
    pairs = [
        (photo.pixels, [a.array() for a in photo.annotations])
        for photo in (DRAWN[number] for number in range(3))
    ]
    was = states(vit)
    path = tmp_path / "vit.safetensors"
    tuned = fine_tune(vit, pairs, path, course=Course(steps=5))
    assert len(seen) == 3 * VIEWS
    after = tuned.state_dict()
    moved = {name for name in was if not torch.equal(was[name], after[name])}
    assert not any(name.startswith("image_encoder") for name in moved)
    assert any(name.startswith("mask_decoder") for name in moved)
    torch.testing.assert_close(answers(load_model(path, "cpu", "float32")), answers(tuned))


def test_a_heavy_encoder_sees_only_so_many(vit: Sam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(few_photos, "MOST", 2)
    seen = []
    vit.image_encoder.register_forward_hook(lambda *_: seen.append(1))
    fine_tune(vit, TEN, course=Course(steps=1))
    assert len(seen) == 2 * VIEWS


def test_other_photos_are_rehearsed(vit: Sam, monkeypatch: pytest.MonkeyPatch) -> None:
    taught = []
    real = few_photos.Pupil.learn

    def watched(pupil, features, known, examples, *more):
        taught.append({e.source for e in examples})
        return real(pupil, features, known, examples, *more)

    monkeypatch.setattr(few_photos.Pupil, "learn", watched)
    photo = DRAWN[1]
    pairs = [(photo.pixels, [a.array() for a in photo.annotations])]
    fine_tune(vit, pairs, rehearse=Chosen(DRAWN, (2, 3)), course=Course(steps=4))
    assert taught == [{"yours"}, {"drawn"}, {"yours"}, {"drawn"}]


@pytest.mark.parametrize("kind", ["mini", "lite_medsam"])
def test_folded_norms_stand_up_again(kind: str, tmp_path: Path) -> None:
    if kind == "mini":
        folded = fuse(with_statistics(build_mini(64)))
    else:
        layout = tiny_vit.LAYOUTS[kind]
        folded = fuse(with_statistics(tiny_vit.build_tiny_vit(layout, 64)))
    standing = trainable(folded).eval()
    expected = answers(folded)
    scale = float(expected.abs().max())
    assert any(isinstance(m, torch.nn.BatchNorm2d) for m in standing.modules())
    torch.testing.assert_close(answers(standing), expected, rtol=0, atol=1e-4 * scale)
    path = tmp_path / "standing.safetensors"
    save_sam(standing, path)
    loaded = load_model(path, "cpu", "float32")
    torch.testing.assert_close(answers(loaded), expected, rtol=0, atol=0.03 * scale)  # fp16


def test_where_nothing_can_be_saved_nothing_is_learnt(
    base: Sam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def learnt(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("sam_widget.training.fine_tune.train", learnt)
    (tmp_path / "folder.safetensors").mkdir()
    for name, told in (
        ("leaves.pth", "name ending in .safetensors"),
        ("leaves", "name ending in .safetensors"),
        ("folder.safetensors", "is a folder"),
        ("nowhere/leaves.safetensors", "cannot be written: No such file or directory"),
    ):
        with pytest.raises(ValueError, match=told):
            fine_tune(base, TEN, tmp_path / name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sam_widget.training.fine_tune.train", lambda *_: None)
    fine_tune(base, TEN, "~/home.safetensors")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["home.safetensors"]


@pytest.fixture
def words(base: Sam, tmp_path: Path, masks: list[np.ndarray]) -> list[str]:
    base.side = 64
    save_sam(trainable(base), tmp_path / "base.safetensors")
    folder = sa1b_folder(tmp_path / "photos", masks)
    return ["--data", str(folder), "--model", str(tmp_path / "base.safetensors")]


def test_the_command_line(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.safetensors"
    main([*words, "--save", str(path), "--steps", "2", "--photos", "1"])
    assert "new.safetensors" in capsys.readouterr().out
    assert load_model(path, "cpu").side == 64
    for more, told in (
        ([], "--save"),
        (["--save", "x.safetensors", "--keep", "1"], "from 0 to under 1"),
        (["--save", "x.safetensors", "--steps", "0"], "at least one step"),
    ):
        with pytest.raises(SystemExit):
            main([*words, *more])
        assert told in capsys.readouterr().err
