"""The loop: stage after stage, what is written and told; interrupted, what is left."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from sam_widget.data_engine import __main__ as command
from sam_widget.data_engine import charts, loop
from sam_widget.data_engine.annotator import Annotator
from sam_widget.data_engine.loop import Plan, turn
from sam_widget.data_engine.measured import ASSISTED, AUTOMATIC, SEMI
from sam_widget.data_engine.semi import Confident
from sam_widget.data_engine.wheel import Wheel, html_of
from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.models.checkpoints import save_sam
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.few_photos import Course
from sam_widget.training.forms import trainable
from tests.training.conftest import write_shard

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

PLAN = Plan(
    assisted=(2, 1),
    semi=(1,),
    automatic=1,
    points=2,
    held_out=2,
    course=Course(steps=1),
    annotator=Annotator(enough=0.4),
    confident=Confident(points=2),
)
DRAWN = DrawnPhotos(8, 64)


@pytest.mark.slow
def test_a_whole_turn(tiny, tmp_path):
    told = []
    log = turn(DRAWN, tmp_path / "out", tiny, PLAN, told.append)
    assert [each.stage for each in log.rounds] == [ASSISTED, ASSISTED, SEMI, AUTOMATIC]
    assert [each.measured.images for each in log.rounds] == [2, 1, 1, 1]
    assert [each.retrained is not None for each in log.rounds] == [True, True, True, False]
    assert log.rounds[0].model == "model"
    for before, after in zip(log.rounds, log.rounds[1:], strict=False):
        better = before.retrained.better
        assert (after.model != before.model) == better
        assert after.model.startswith("retrained-") or not better
    learnt = [each.retrained.learnt for each in log.rounds[:3]]
    assert learnt == [2, 3, 4]
    written = list(sa1b.read(tmp_path / "out" / "photos"))
    assert len(written) == 5
    assert sum(len(image.regions) for image in written) == sum(r.measured.masks for r in log.rounds)
    stages = {region.made.stage for image in written for region in image.regions}
    assert stages <= {ASSISTED, SEMI, AUTOMATIC}
    kept = sorted(path.name for path in (tmp_path / "out").glob("*.safetensors"))
    better = [i for i, each in enumerate(log.rounds, 1) if each.retrained and each.retrained.better]
    assert kept == [f"retrained-{number}.safetensors" for number in better]
    assert log.rechecked.masks == sum(r.measured.masks for r in log.rounds[:3])
    assert log.rechecked.after >= log.rechecked.before - log.rechecked.share
    saved = json.loads((tmp_path / "out" / "log.json").read_text())
    assert [each["stage"] for each in saved["rounds"]] == [each.stage for each in log.rounds]
    assert told[-1] == log
    assert len(told) == 4 + 3 + 1 + 1
    assert (log.saved.first, log.saved.last) == ("model", log.rounds[-1].model)
    assert log.saved.before.images == log.saved.after.images == 2
    assert f"with {log.saved.last}." in str(log)
    assert "Seconds are simulated" in str(log)
    assert "34 to 14 s a mask by hand" in str(log)


def test_the_held_out_are_never_annotated(tiny, tmp_path, monkeypatch):
    held = []

    def no_retraining(model, collected, held_out, *_, **__):
        held.append(held_out.numbers)
        raise KeyboardInterrupt

    monkeypatch.setattr(loop, "retrain", no_retraining)
    with pytest.raises(KeyboardInterrupt):
        turn(DRAWN, tmp_path, tiny, PLAN)
    annotated = {int(path.stem.rpartition("-")[2]) for path in (tmp_path / "photos").glob("*.png")}
    assert len(annotated) == 2
    assert len(held[0]) == 2
    assert not annotated & set(held[0])


def test_interrupted_it_ends_with_what_was_done(tiny, tmp_path, monkeypatch):
    real, done = loop.sa1b.write_one, []

    def write(image, path):
        if done:
            raise KeyboardInterrupt
        done.append(image.name)
        return real(image, path)

    monkeypatch.setattr(loop.sa1b, "write_one", write)
    log = turn(DRAWN, tmp_path, tiny, PLAN)
    assert [each.measured.images for each in log.rounds] == [1]
    assert log.rounds[0].retrained is None
    assert [image.name for image in sa1b.read(tmp_path / "photos")] == done


def test_where_nothing_was_collected_nothing_is_learnt(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(loop, "retrain", lambda *_, **__: pytest.fail("it learnt"))
    plan = replace(PLAN, annotator=Annotator(enough=1.0))
    log = turn(DRAWN, tmp_path, tiny, plan)
    assert [each.measured.masks for each in log.rounds[:3]] == [0, 0, 0]
    assert log.rechecked.masks == 0


def test_too_few_photos(tiny, tmp_path):
    with pytest.raises(SamError, match="The plan takes 7 photos, and 3 are there"):
        turn(DrawnPhotos(3, 64), tmp_path, tiny, PLAN)
    with pytest.raises(SamError, match="at least one photo"):
        Plan(semi=(0,))


@pytest.mark.slow
def test_the_command_line_and_the_wheel(tiny, tmp_path, capsys):
    base = tmp_path / "base.safetensors"
    save_sam(trainable(tiny), base)
    masks = np.zeros((2, 60, 80), bool)
    masks[0, 10:40, 20:50] = masks[1, 45:55, 60:78] = True
    write_shard(tmp_path / "photos.tar", {f"cats-{n}": list(masks) for n in range(5)})
    words = f"--data {tmp_path}/photos.tar --out {tmp_path}/out --model {base} --assisted 1"
    more = "--semi 1 --automatic 1 --points 2 --held-out 1 --steps 1 --click 3"
    command.main([*words.split(), *more.split()])
    said = capsys.readouterr().out
    assert "assisted-manual" in said
    assert "3 s a click" in said
    assert (tmp_path / "out" / "wheel.png").stat().st_size > 10_000
    with pytest.raises(SystemExit):
        command.main([*words.split(), "--held-out", "9"])
    assert "The plan takes" in capsys.readouterr().err


def test_the_wheel_renews_one_output(tiny, tmp_path, monkeypatch):
    import IPython.display

    shown, updated = [], []

    class Handle:
        def update(self, page):
            updated.append(page.data)

    def display(page, display_id):
        shown.append(page.data)
        return Handle()

    monkeypatch.setattr(IPython.display, "display", display)
    monkeypatch.setattr(loop, "retrain", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    wheel = Wheel()
    assert wheel.figure() is None
    with pytest.raises(KeyboardInterrupt):
        turn(DRAWN, tmp_path, tiny, PLAN, wheel)
    assert len(shown) == 1
    wheel(wheel.log)
    assert updated == shown == [html_of(wheel.log)]
    assert "<td>assisted-manual</td>" in shown[0]
    assert "src='data:image/png;base64," in shown[0]
    titles = [axis.get_title() for axis in charts.wheel(wheel.log).axes]
    assert titles[:3] == ["masks an image", "seconds a mask (simulated)", "clicks a mask"]
    heights = [bar.get_height() for bar in wheel.figure().axes[0].patches]
    assert heights == [wheel.log.rounds[0].measured.masks_an_image]
