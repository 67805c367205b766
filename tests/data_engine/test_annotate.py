"""A folder without a click: whole, gone on with, refused in a sentence; anywhere fsspec reaches."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from sam_widget.data_engine.annotate import annotate
from sam_widget.data_engine.automatic import Settings
from sam_widget.data_engine.job import Job
from sam_widget.data_engine.ledger import A_FILE, Ledger, lines, sittings
from sam_widget.data_engine.places import Place, PlaceError
from sam_widget.data_engine.run import Run
from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.images import ImageError
from sam_widget.models.checkpoints import save_sam
from sam_widget.segment.everything.search import Search
from sam_widget.segment.segmenter import Segmenter
from tests.data_engine.folders import OPEN, jpeg, results, shoot

ROOT = Path(__file__).parents[2]


@pytest.fixture
def model(tiny):
    return Segmenter(tiny, "tiny")


def went(photos, output, model, **choices):
    given = {"settings": OPEN, "progress": False}
    return annotate(photos, output, model=model, **{**given, **choices})


def said_of(output) -> list[str]:
    """The names in the record, in its order."""
    place = Place.of(output)
    return [each.name for sitting in sittings(place) for each in lines(place, sitting)]


def test_every_photo_has_its_result_under_its_own_name(tmp_path, model):
    names = shoot(tmp_path / "photos", 5)
    run = went(tmp_path / "photos", tmp_path / "out", model)
    assert results(tmp_path / "out") == names == sorted(said_of(tmp_path / "out"))
    assert (run.photos, run.done, run.now, run.recorded, run.failed) == (5, 5, 5, 5, 0)
    total = 0
    for said in run.annotated():
        assert sa1b.read_one((tmp_path / "out" / said.name).with_suffix(".json")).regions
        assert said.name in names
        assert all(region.made.stage == "fully-automatic" for region in said.regions)
        total += len(said.regions)
    assert run.masks == run.funnel.kept == total > 0
    assert run.funnel.points == 5 * 4
    assert run.keys == {model.key: 5}
    assert not list((tmp_path / "out").rglob("*.part"))


def test_by_default_results_lie_beside_the_photos_and_a_glob_says_which(tmp_path, model):
    names = shoot(tmp_path, 5)
    run = went(tmp_path / "more" / "*.jpg", None, model)
    assert run.done == 1
    assert results(tmp_path) == [name for name in names if "more" in name]
    again = went(tmp_path / "more", None, model)
    assert (again.done, again.now) == (1, 0)


def test_what_stops_in_the_middle_goes_on_and_leaves_neither_gaps_nor_doubles(
    tmp_path, model, monkeypatch
):
    names = shoot(tmp_path / "photos", 7)
    finish, done = Job.finish, []

    def until_the_fourth(job, read):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(read.name)
        return finish(job, read)

    monkeypatch.setattr(Job, "finish", until_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        went(tmp_path / "photos", tmp_path / "out", model)
    assert results(tmp_path / "out") == sorted(done)
    half = Run.read(tmp_path / "out")
    assert (half.photos, half.done, half.recorded) == (7, 3, 3)
    assert not half.sittings[0].whole
    monkeypatch.undo()
    whole = went(tmp_path / "photos", tmp_path / "out", model)
    assert sorted(said_of(tmp_path / "out")) == results(tmp_path / "out") == names
    assert (whole.done, whole.now, whole.recorded) == (7, 4, 7)
    assert [each.whole for each in whole.sittings] == [False, True]
    assert (whole.sittings[1].known, whole.sittings[1].total) == (3, 7)
    at_once = went(tmp_path / "photos", tmp_path / "at once", model)
    assert at_once.funnel == whole.funnel


def test_killed_it_leaves_no_half_a_result_and_the_same_call_ends_it(tmp_path, tiny):
    names = shoot(tmp_path / "photos", 40)
    save_sam(tiny, tmp_path / "tiny.safetensors")
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from sam_widget.data_engine.annotate import annotate\n"
        "from tests.data_engine.folders import OPEN\n"
        "annotate('photos', 'out', model='tiny.safetensors', settings=OPEN, progress=False)\n"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], cwd=tmp_path, env=env) as process:
        while process.poll() is None and len(results(tmp_path / "out")) < 4:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    there = results(tmp_path / "out")
    assert 4 <= len(there) < 40
    for name in there:
        sa1b.read_one((tmp_path / "out" / name).with_suffix(".json"))
    before = {each: each.stat().st_mtime_ns for each in (tmp_path / "out").rglob("*.json")}
    run = went(tmp_path / "photos", tmp_path / "out", tmp_path / "tiny.safetensors")
    assert results(tmp_path / "out") == names
    assert {each: each.stat().st_mtime_ns for each in before} == before
    assert run.done == 40
    assert run.recorded == 40 - len(before) + sum(
        name in said_of(tmp_path / "out") for name in there
    )
    assert "without a record" in run.report().html() or run.recorded == 40


def test_what_cannot_be_read_stops_nothing_and_is_tried_again(tmp_path, model):
    names = shoot(tmp_path / "photos", 3)
    (tmp_path / "photos" / "bad.jpg").write_bytes(b"no picture")
    run = went(tmp_path / "photos", tmp_path / "out", model)
    assert (run.photos, run.done, run.failed) == (4, 3, 1)
    assert run.failures[0].startswith("bad.jpg: ")
    assert results(tmp_path / "out") == names
    (tmp_path / "photos" / "bad.jpg").write_bytes(jpeg(9))
    mended = went(tmp_path / "photos", tmp_path / "out", model)
    assert (mended.done, mended.now, mended.failed) == (4, 1, 0)


def test_photos_of_one_name_are_refused_both(tmp_path, model):
    shoot(tmp_path / "photos", 2)
    shutil.copy(tmp_path / "photos" / "001.jpg", tmp_path / "photos" / "001.png")
    run = went(tmp_path / "photos", tmp_path / "out", model)
    assert results(tmp_path / "out") == ["000.jpg"]
    assert sorted(each.split(":")[0] for each in run.failures) == ["001.jpg", "001.png"]
    assert "another photo would also be written to 001.json; rename one" in run.failures[0]


def test_somebody_elses_files_are_not_taken_for_results(tmp_path, model):
    shoot(tmp_path, 2)
    (tmp_path / "000.json").write_text("{}")
    for resume in (True, False):
        with pytest.raises(SamError, match=r"holds files .*such as '000\.json'.*another output"):
            went(tmp_path, None, model, resume=resume)
    assert (tmp_path / "000.json").read_text() == "{}"


def test_other_settings_or_another_model_are_refused_and_anew_keeps_what_was(tmp_path, model, tiny):
    shoot(tmp_path / "photos", 2)
    went(tmp_path / "photos", tmp_path / "out", model)
    before = (tmp_path / "out" / "000.json").read_bytes()
    finer = replace(OPEN, smallest_piece=5)
    with pytest.raises(SamError, match=r"other settings.*name another output"):
        went(tmp_path / "photos", tmp_path / "out", model, settings=finer)
    shoot(tmp_path / "photos", 3)
    other = Segmenter(tiny, "tiny", "otherweights")
    with pytest.raises(SamError, match=r"other weights.*resume=False"):
        went(tmp_path / "photos", tmp_path / "out", other)
    assert results(tmp_path / "out") == ["000.jpg", "001.jpg"]
    run = went(tmp_path / "photos", tmp_path / "out", other, settings=finer, resume=False)
    assert (run.done, run.now, len(run.sittings)) == (3, 3, 1)
    assert run.keys == {other.key: 3}
    (kept,) = (tmp_path / "out" / ".sam_widget").glob("before-*/000.json")
    assert kept.read_bytes() == before


def test_other_photos_for_the_same_output_are_refused(tmp_path, model):
    shoot(tmp_path / "one", 1)
    shoot(tmp_path / "two", 1)
    went(tmp_path / "one", tmp_path / "out", model)
    with pytest.raises(SamError, match=r"other photos, those in .*one"):
        went(tmp_path / "two", tmp_path / "out", model)


@pytest.mark.parametrize("given", ["photos", "photos/*.jpg"])
def test_memory_is_a_folder_too(model, given):
    files = fsspec.filesystem("memory")
    files.store.clear()
    for number in range(3):
        files.pipe_file(f"/photos/{number}.jpg", jpeg(number))
    run = went(f"memory://{given}", "memory://out/masks", model)
    assert (run.photos, run.done) == (3, 3)
    assert sorted(each for each in files.find("/out") if each.endswith("json")) == [
        f"/out/masks/{number}.json" for number in range(3)
    ]
    again = went(f"memory://{given}", "memory://out/masks", model)
    assert (again.done, again.now) == (3, 0)
    assert sum(len(each.regions) for each in again.annotated()) == run.masks
    files.store.clear()


def test_a_file_address_is_the_folder_itself(tmp_path, model):
    names = shoot(tmp_path / "my photos", 2)
    run = went((tmp_path / "my photos").as_uri(), tmp_path / "out", model)
    assert results(tmp_path / "out") == names
    assert run.sittings[0].photos == str(tmp_path / "my photos")


@pytest.mark.parametrize(
    ("photos", "error", "sentence"),
    [
        ("nowhere", PlaceError, "There is no folder and no picture at"),
        (3, PlaceError, "A folder is a path or an address, not 3"),
        ("qq://bucket/photos", PlaceError, "cannot be reached: protocol not known: qq"),
        ("s3://bucket/photos", PlaceError, "cannot be reached: install s3fs to access S3"),
        (".", ImageError, "There is no picture"),
    ],
)
def test_what_is_no_folder_of_photos(tmp_path, monkeypatch, model, photos, error, sentence):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=f"(?i){sentence}"):
        went(photos, tmp_path / "out", model)
    assert not (tmp_path / "out").exists()


def test_what_is_no_client_and_no_settings(tmp_path, model):
    shoot(tmp_path, 1)
    with pytest.raises(SamError, match=r"client is a Client of dask\.distributed, not 'tcp://x'"):
        went(tmp_path, None, model, client="tcp://x")
    with pytest.raises(SamError, match=r"settings are Settings"):
        went(tmp_path, None, model, settings=Search(2))


def test_a_disk_that_takes_nothing_stops_it_in_a_sentence(tmp_path, model, monkeypatch):
    shoot(tmp_path / "photos", 2)

    def full(self, name, data, parts):
        if name.endswith(".json"):
            raise PlaceError(f"{name} cannot be written: No space left on device.")
        return write(self, name, data, parts)

    write = Place.write
    monkeypatch.setattr(Place, "write", full)
    with pytest.raises(PlaceError, match="No space left"):
        went(tmp_path / "photos", tmp_path / "out", model)


def test_the_record_is_written_a_thousand_lines_a_file(tmp_path, model):
    shoot(tmp_path / "photos", 1)
    run = went(tmp_path / "photos", tmp_path / "out", model)
    place = Place.of(tmp_path / "long")
    ledger = Ledger(place, run.sittings[0])
    for number in range(A_FILE + 3):
        ledger.note(replace(run.samples[0], name=f"{number}.jpg"))
    ledger.write(whole=True)
    (sitting,) = sittings(place)
    folder = tmp_path / "long" / ".sam_widget" / "annotate" / sitting.name
    counts = [len(file.read_text().splitlines()) for file in sorted(folder.glob("0*"))]
    assert counts == [A_FILE, 3]
    found = Run.read(place)
    assert (found.recorded, len(found.samples)) == (A_FILE + 3, 6)
    assert found.funnel.points == (A_FILE + 3) * run.funnel.points
    with (folder / "00002.jsonl").open("a") as file:
        file.write('{"name": "cut o')
    assert Run.read(place).recorded == A_FILE + 3


def test_where_nothing_was_done_there_is_no_run(tmp_path):
    with pytest.raises(SamError, match="annotate has not written to"):
        Run.read(tmp_path)


def test_a_bar_shows_how_far_it_is(tmp_path, model, capfd):
    shoot(tmp_path / "photos", 2)
    (tmp_path / "photos" / "bad.jpg").write_bytes(b"no picture")
    went(tmp_path / "photos", tmp_path / "out", model, progress=True)
    shown = capfd.readouterr().err
    assert "3/3" in shown
    assert "bad.jpg: " in shown


def test_settings_by_default_are_the_models_own(tmp_path, model, monkeypatch):
    def small(thresholds):
        return Search(2, pred_iou_thresh=thresholds.predicted_iou, stability_score_thresh=0.5)

    monkeypatch.setattr(Search, "suited", small)
    shoot(tmp_path / "photos", 1)
    settings = Settings(smallest_piece=0)
    run = went(tmp_path / "photos", tmp_path / "out", model, settings=settings)
    (sample,) = run.samples
    assert (sample.least_iou, sample.least_stability) == (model.thresholds.predicted_iou, 0.5)
    assert json.loads(run.sittings[0].settings)["search"] is None
