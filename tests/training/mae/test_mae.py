"""Pre-training: masking, loss, the run, and what of it starts a SAM."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.flop_counter import FlopCounterMode

from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, build_vit
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import DataError
from sam_widget.training.mae import compare as mae_compare
from sam_widget.training.mae import run as mae_run
from sam_widget.training.mae.__main__ import main, parser, plan_of
from sam_widget.training.mae.model import (
    MaskedAutoencoder,
    Masking,
    every_third,
    fresh_encoder,
    patches,
    picture,
    reconstruct,
)
from sam_widget.training.mae.run import Crops, MaePlan, Pretraining, start_vit
from sam_widget.training.run.curves import read_log
from sam_widget.training.run.precision import Precision
from tests.training.conftest import OLD_COCO, write_shard

pytestmark = OLD_COCO

SIDE, TOKENS = 64, 16
SIZE = every_third(32, 2, 2)
TINY = MaePlan(steps=6, side=SIDE, width=32, depth=2, heads=2, photos=3, save_minutes=60, workers=0)
HERE = Precision(torch.device("cpu"))


def autoencoder(**words: object) -> MaskedAutoencoder:
    torch.manual_seed(0)
    return MaskedAutoencoder(fresh_encoder(SIZE, SIDE), width=32, **words).eval()


def pretraining(folder: Path, plan: MaePlan = TINY) -> Pretraining:
    return Pretraining(DrawnPhotos(40, 96), folder, plan, HERE)


def test_patches_come_back_as_the_picture() -> None:
    x = torch.randn(2, 3, SIDE, SIDE)
    assert patches(x).shape == (2, TOKENS, 768)
    assert torch.equal(patches(x)[1, 6], x[1, :, 16:32, 32:48].flatten())
    assert torch.equal(picture(patches(x)), x)


@pytest.mark.parametrize(("share", "hidden"), [(0.75, 12), (0.5, 8), (0.9, 14), (0.99, 15)])
def test_exactly_the_share_is_hidden_of_each_picture_by_itself(share: float, hidden: int) -> None:
    masking = Masking.draw(50, TOKENS, share, (3,))
    assert masking.hidden.shape == (50, hidden)
    assert masking.seen.shape == (50, TOKENS - hidden)
    whole = torch.cat([masking.seen, masking.hidden], 1).sort(1).values
    assert torch.equal(whole, torch.arange(TOKENS).expand(50, -1))
    assert len({tuple(row) for row in masking.hidden.sort(1).values.tolist()}) > 10
    again = Masking.draw(50, TOKENS, share, (3,))
    assert torch.equal(again.hidden, masking.hidden)


def test_every_patch_is_hidden_as_often() -> None:
    hidden = Masking.draw(4000, TOKENS, 0.75, (0, 1)).hidden
    share = torch.bincount(hidden.flatten(), minlength=TOKENS) / 4000
    assert (share - 0.75).abs().max() < 0.04  # six standard deviations


def test_a_share_of_nothing_or_all_is_refused() -> None:
    for share in (0.0, 1.0, 2.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Masking.draw(1, TOKENS, share, (0,))


@pytest.mark.parametrize("target", ["normalised", "pixels"])
def test_the_guess_knows_the_seen_patches_alone(target: str) -> None:
    mae = autoencoder(target=target)
    masking = Masking.draw(2, TOKENS, 0.75, (0,))
    x = torch.randn(2, 3, SIDE, SIDE)
    found = patches(x)
    where = masking.hidden[..., None].expand(-1, -1, 768)
    other = picture(found.scatter(1, where, torch.randn_like(found)))
    assert torch.equal(mae.guess(x, masking), mae.guess(other, masking))
    where = masking.seen[..., None].expand(-1, -1, 768)
    other = picture(found.scatter(1, where, torch.randn_like(found)))
    assert not torch.allclose(mae.guess(x, masking), mae.guess(other, masking))


def test_the_loss_is_the_hidden_patches_error_alone() -> None:
    masking = Masking.draw(2, TOKENS, 0.75, (0,))
    x = torch.randn(2, 3, SIDE, SIDE) * 3 + 1
    rows = torch.arange(2)[:, None]
    hidden = patches(x)[rows, masking.hidden]
    mae = autoencoder(target="pixels")
    expected = (mae.guess(x, masking) - hidden).square().mean()
    torch.testing.assert_close(mae.loss(x, masking), expected)

    mae = autoencoder(target="normalised")
    mean, deviation = hidden.mean(2, keepdim=True), hidden.std(2, keepdim=True)
    expected = (mae.guess(x, masking) - (hidden - mean) / deviation).square().mean()
    torch.testing.assert_close(mae.loss(x, masking), expected, rtol=1e-4, atol=1e-5)
    where = masking.seen[..., None].expand(-1, -1, 768)

    class Blind(MaskedAutoencoder):
        def guess(self, x: torch.Tensor, masking: Masking) -> torch.Tensor:
            return torch.zeros(2, masking.hidden.shape[1], 768)

    blind = Blind(fresh_encoder(SIZE, SIDE), width=32, target="pixels")
    changed = picture(patches(x).scatter(1, where, 100.0))
    assert torch.equal(blind.loss(x, masking), blind.loss(changed, masking))


def test_a_flat_patch_is_no_infinity() -> None:
    x = torch.ones(1, 3, SIDE, SIDE)
    assert torch.isfinite(autoencoder().loss(x, Masking.draw(1, TOKENS, 0.75, (0,))))


def test_the_encoder_pays_for_what_it_sees() -> None:
    mae = autoencoder()
    found = torch.randn(2, TOKENS, 768)

    def cost(share: float) -> int:
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            mae.encode(found, Masking.draw(2, TOKENS, share, (0,)))
        return int(counter.get_total_flops())

    assert cost(0.75) <= 0.25 * cost(0.01) * 16 / 15
    whole = ViTEncoder(SIZE, SIDE).eval()
    whole.neck = torch.nn.Identity()
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        whole(torch.randn(2, 3, SIDE, SIDE))
    assert cost(0.75) < 0.3 * counter.get_total_flops()


def test_without_windows_and_biases_the_pre_trained_blocks_are_sams() -> None:
    """One block, all patches seen but one: what MAE computes is what ViTEncoder computes."""
    size = every_third(32, 1, 2)
    torch.manual_seed(0)
    encoder = fresh_encoder(size, SIDE).eval()
    mae = MaskedAutoencoder(encoder, width=32)
    mae.norm = torch.nn.Identity()
    order = torch.arange(TOKENS)[None]
    x = torch.randn(1, 3, SIDE, SIDE)
    seen = mae.encode(patches(x), Masking(order, order[:, :0]))
    encoder.neck = torch.nn.Identity()
    theirs = encoder(x).embedding.flatten(2).transpose(1, 2)
    torch.testing.assert_close(seen, theirs, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("target", ["normalised", "pixels"])
def test_it_learns_a_tiny_set_better_than_the_mean(target: str) -> None:
    photos = torch.stack([Crops(DrawnPhotos(9, 96), SIDE, 0)[i] for i in range(3)])
    mae = autoencoder(target=target).train()
    x = mae.encoder.normalise(photos.float())
    masking = Masking.draw(3, TOKENS, 0.75, (1,))
    hidden = patches(x)[torch.arange(3)[:, None], masking.hidden]
    if target == "pixels":  # each channel's mean over all hidden patches
        by_channel = hidden.view(3, -1, 3, 256)
        baseline = by_channel.var((0, 1, 3), unbiased=False).mean()
    else:  # each patch's own mean, which is as good as no contrast allows
        baseline = torch.tensor(1.0)
    optimiser = torch.optim.AdamW(mae.parameters(), 3e-3)
    first = mae.loss(x, masking).item()
    for _ in range(60):
        loss = mae.loss(x, masking)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    assert mae.loss(x, masking).item() < 0.6 * min(float(baseline), first)

    [shown] = reconstruct(mae.eval(), photos[:1], Masking(masking.seen[:1], masking.hidden[:1]))
    photo = photos[0].permute(1, 2, 0).numpy()
    assert np.array_equal(shown.photo, photo)
    hidden_pixels = np.kron(np.isin(np.arange(16), masking.hidden[0]).reshape(4, 4),
                            np.ones((16, 16))).astype(bool)  # fmt: skip
    assert (shown.masked[hidden_pixels] == 128).all()
    assert np.array_equal(shown.masked[~hidden_pixels], photo[~hidden_pixels])
    assert np.array_equal(shown.filled[~hidden_pixels], photo[~hidden_pixels])
    error = np.abs(shown.filled[hidden_pixels].astype(float) - photo[hidden_pixels])
    grey = np.abs(photo[hidden_pixels] - photo[hidden_pixels].mean(0))
    assert error.mean() < grey.mean()


def test_crops_are_the_same_in_every_run_and_differ_from_each_other() -> None:
    one, other = Crops(DrawnPhotos(40, 96), SIDE, 5), Crops(DrawnPhotos(40, 96), SIDE, 5)
    for index in range(3):
        assert one[index].shape == (3, SIDE, SIDE)
        assert torch.equal(one[index], other[index])
    assert not torch.equal(one[0], one[1])
    assert not torch.equal(one[0], Crops(DrawnPhotos(40, 96), SIDE, 6)[0])


def test_the_rate_rises_and_falls_to_nothing() -> None:
    plan = MaePlan(minutes=10, warmup=100)
    assert plan.factor(0, 0) == pytest.approx(0.01)
    assert plan.factor(500, 0.5) == pytest.approx(0.5)
    assert plan.factor(1000, 1.0) == 0


def test_a_run_that_is_killed_goes_on_to_the_same_curve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pretraining(tmp_path / "whole")
    whole.run()
    run = pretraining(tmp_path / "parts")
    real = Pretraining.take_step

    def killed(self: Pretraining) -> dict[str, float]:
        if self.step == 3:
            raise KeyboardInterrupt
        return real(self)

    monkeypatch.setattr(Pretraining, "take_step", killed)
    with pytest.raises(KeyboardInterrupt):
        run.run()
    monkeypatch.setattr(Pretraining, "take_step", real)
    with (tmp_path / "parts" / "metrics.jsonl").open("a") as log:
        log.write('{"step": 4, "loss": 1}\n{"step": 5, "lo')  # done after the checkpoint, lost

    again = pretraining(tmp_path / "parts")
    assert again.step == 3
    again.run()
    lines, expected = (
        [line for line in read_log(tmp_path / part) if "loss" in line]
        for part in ("parts", "whole")
    )
    assert [line["step"] for line in lines] == [1, 2, 3, 4, 5, 6]
    for line, other in zip(lines, expected, strict=True):
        assert line["rate"] == other["rate"]
        assert line["loss"] == pytest.approx(other["loss"], rel=1e-4)
    for name, value in whole.mae.state_dict().items():
        torch.testing.assert_close(again.mae.state_dict()[name], value, rtol=1e-4, atol=1e-5)


def test_the_weights_start_a_sam_and_its_encoder_says_something_else(tmp_path: Path) -> None:
    run = pretraining(tmp_path)
    fresh = fresh_encoder(SIZE, SIDE).state_dict()
    run.run()
    torch.manual_seed(1)
    sam = build_vit(SIZE, SIDE).eval()
    before = {name: value.clone() for name, value in sam.state_dict().items()}
    x = torch.randn(1, 3, SIDE, SIDE)
    said = sam.image_encoder(x).embedding
    assert start_vit(sam, tmp_path / "weights.safetensors") is sam
    assert not torch.allclose(sam.image_encoder(x).embedding, said, atol=1e-3)

    learnt = run.mae.encoder.state_dict()
    for name, value in sam.state_dict().items():
        inside = name.removeprefix("image_encoder.")
        if inside.startswith(("patch_embed", "pos_embed", "blocks")) and "rel_pos" not in inside:
            assert torch.equal(value, learnt[inside]), name
            moved = not torch.equal(value, fresh[inside])
            assert moved or inside.endswith("bias"), name
        else:
            assert torch.equal(value, before[name]), name


def test_positions_fit_another_side(tmp_path: Path) -> None:
    run = pretraining(tmp_path)
    run.save()
    sam = start_vit(build_vit(SIZE, 2 * SIDE), tmp_path / "weights.safetensors")
    there = sam.state_dict()["image_encoder.pos_embed"]
    assert there.shape == (1, 8, 8, 32)
    small = torch.nn.functional.avg_pool2d(there.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)
    assert (small - run.mae.encoder.pos_embed).abs().mean() < 0.1
    assert sam.image_encoder(torch.randn(1, 3, 128, 128)).embedding.shape == (1, 256, 8, 8)


def test_weights_of_another_size_are_refused_in_a_sentence(tmp_path: Path) -> None:
    pretraining(tmp_path).save()
    weights = tmp_path / "weights.safetensors"
    for other in (every_third(64, 2, 2), every_third(32, 3, 2), every_third(32, 1, 2)):
        with pytest.raises(DataError, match=r"is of another size: .* does not fit"):
            start_vit(build_vit(other, SIDE), weights)
    weights.write_text("nothing")
    for file in (weights, tmp_path / "nowhere"):
        with pytest.raises(DataError, match="cannot be read as weights"):
            start_vit(build_vit(SIZE, SIDE), file)
    with pytest.raises(ValueError, match="heads"):
        every_third(30, 2, 4)


def test_a_plan_makes_sense() -> None:
    for length in ({"steps": None}, {"minutes": 1.0}):
        with pytest.raises(ValueError, match="either minutes or steps"):
            replace(TINY, **length)
    for wrong, told in (
        ({"side": 60}, "multiple of 16"),
        ({"side": 0}, "multiple of 16"),
        ({"side": 16}, "of 1 patches none"),
        ({"share": 0.01}, "of 16 patches none"),
        ({"share": 1.0}, "between 0 and 1"),
        ({"depth": 0}, "at least one block"),
        ({"steps": 0}, "more than no steps"),
    ):
        with pytest.raises(ValueError, match=told):
            replace(TINY, **wrong)


def test_minutes_are_counted_over_a_stop(tmp_path: Path) -> None:
    plan = replace(TINY, steps=None, minutes=0.01)
    run = pretraining(tmp_path, plan)
    run.run()
    assert run.progress() == 1
    again = pretraining(tmp_path, plan)
    assert again.progress() == 1
    again.run()
    assert again.step == run.step


def test_demo_fills_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    words = "--demo --steps 12 --side 64 --width 32 --depth 2 --heads 2 --photos 4 --workers 0"
    main([*words.split(), "--rate", "3e-3", "--run", str(tmp_path)])
    assert "12 steps" in capsys.readouterr().out
    lines = read_log(tmp_path)
    losses = [line["loss"] for line in lines if "loss" in line]
    assert len(losses) == 12
    assert np.mean(losses[-4:]) < 0.95 * np.mean(losses[:4])
    assert np.isfinite([line["val_loss"] for line in lines if "val_loss" in line]).all()
    config = json.loads((tmp_path / "config.json").read_text())
    assert config["share"] == 0.75
    assert config["command"].startswith(words)
    for name in ("curves.png", "reconstruction.png"):
        with Image.open(tmp_path / name) as drawn:
            assert min(drawn.size) > 250
            assert np.asarray(drawn.convert("L")).std() > 5


def test_the_command_line_explains_itself(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for word in ("--demo", "reconstruction.png", "relative", "--target", "goes on"):
        assert word in told
    for wrong, why in (
        (["--run", "x"], "either --data FOLDER or --demo"),
        (["--run", "x", "--data", "nowhere"], "has no train-*.tar"),
    ):
        with pytest.raises(SystemExit):
            main(wrong)
        assert why in capsys.readouterr().err
    assert plan_of(parser().parse_args(["--run", "x", "--data", "y"])) == MaePlan(minutes=60.0)
    assert plan_of(parser().parse_args(["--run", "x", "--demo"])) == MaePlan(steps=60)


def test_the_comparison_differs_by_what_mae_learnt_alone(
    tmp_path: Path, masks: list[np.ndarray], capsys: pytest.CaptureFixture
) -> None:
    pretraining(tmp_path / "mae").run()
    write_shard(tmp_path / "train-00.tar", {"cats-1": masks, "dogs-1": masks[1:]})
    write_shard(tmp_path / "val.tar", {"cats-2": masks, "dogs-2": masks[:1]})
    weights = tmp_path / "mae" / "weights.safetensors"
    words = "--side 64 --width 32 --depth 2 --heads 2 --steps 2 --photos 2 --prompts 2"
    folders = ["--data", tmp_path, "--mae", weights, "--out", tmp_path / "out"]
    asked = [*words.split(), *map(str, folders)]
    mae_compare.main([*asked, "--arms", "mae"])
    assert "gain" not in capsys.readouterr().out  # the other arm is missing
    mae_compare.main(asked)
    told = capsys.readouterr().out
    assert "one click" in told
    assert "3 masks" in told

    contest = mae_compare.Contest(side=64, width=32, depth=2, heads=2)
    scratch = mae_compare.contestant(contest, None).state_dict()
    started = mae_compare.contestant(contest, weights).state_dict()
    differ = {name for name in scratch if not torch.equal(scratch[name], started[name])}
    assert differ
    assert all(name.startswith("image_encoder.") for name in differ)
    assert not any("neck" in name or "rel_pos" in name for name in differ)


def test_a_sam_without_a_vit_is_refused(tmp_path: Path) -> None:
    pretraining(tmp_path).save()
    sam = Sam(ViTEncoder(SIZE, SIDE), PromptEncoder(SIDE), MaskDecoder())
    sam.image_encoder = torch.nn.Identity()  # type: ignore[assignment]
    with pytest.raises(DataError, match="no ViT"):
        mae_run.start_vit(sam, tmp_path / "weights.safetensors")
