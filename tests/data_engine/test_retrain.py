"""Retraining: judged on what was held out, only the better weights stay, and it says so."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget.data_engine import retrain as room
from sam_widget.data_engine.retrain import parted, retrain
from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.formats.annotated import Annotated
from sam_widget.formats.errors import DataError
from sam_widget.models.checkpoints import load_model
from sam_widget.regions import Region
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.readers import Chosen
from sam_widget.training.few_photos import Course
from sam_widget.training.measure.scores import Score
from tests.data_engine.pupils import disc

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

DRAWN = DrawnPhotos(40, 64)
LEARN, JUDGE = Chosen(DRAWN, tuple(range(4))), Chosen(DRAWN, tuple(range(20, 24)))
COURSE = Course(steps=2)


@pytest.fixture
def told(monkeypatch):
    """Have judging say so many for the old weights and the new, of three masks on two photos."""

    def scores(*values):
        said = iter(values)

        def judged(sam, photos, _):
            value = next(said)
            marks = dict.fromkeys(("one_click", "leading", "best_of_three", "box"), value)
            return [[Score("drawn", "object", marks)] * 2, [Score("drawn", "object", marks)]]

        monkeypatch.setattr(room, "judged", judged)

    return scores


def same(one, other):
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


@pytest.mark.slow
def test_better_weights_are_kept_and_saved(tiny, told, tmp_path):
    told(0.5, 0.625)
    file = tmp_path / "better.safetensors"
    found = retrain(tiny, LEARN, JUDGE, file, course=COURSE)
    assert found.better
    assert found.saved == file
    assert not same(found.model, tiny)
    assert load_model(file, "cpu", "float32").side == tiny.side
    assert found.gain["leading"].mean == pytest.approx(0.125)
    assert (found.learnt, found.judged, found.masks) == (4, 2, 3)
    assert "0.500 -> 0.625 (+0.125" in str(found)
    assert "the new weights are kept" in str(found)
    page = found._repr_html_()
    assert "0.500 -&gt; 0.625" in page
    assert "data:image/png;base64," in page
    (axis,) = found.figure().axes
    assert axis.get_title().endswith(": kept")
    assert [list(line.get_xdata()) for line in axis.lines[:1]] == [[0.5, 0.625]]
    assert [text.get_text() for text in axis.get_yticklabels()][::-1] == [
        "one click", "leading", "best of three", "box",
    ]  # fmt: skip


@pytest.mark.slow
def test_worse_weights_are_not_and_it_says_so(tiny, told, tmp_path):
    told(0.625, 0.5)
    file = tmp_path / "worse.safetensors"
    found = retrain(tiny, LEARN, JUDGE, file, course=COURSE)
    assert not found.better
    assert found.model is tiny
    assert found.saved is None
    assert not file.exists()
    assert "not better: the old weights stay" in str(found)
    assert found.figure().axes[0].get_title().endswith("not kept")


@pytest.mark.slow
def test_both_are_judged_on_the_same_masks(tiny):
    found = retrain(tiny, LEARN, JUDGE, course=COURSE)
    assert found.judged == 4
    assert 4 < found.masks <= 4 * room.MASKS
    assert found.before.keys() == found.after.keys() == found.gain.keys()
    for name, gain in found.gain.items():
        assert gain.mean == pytest.approx(found.after[name] - found.before[name], abs=1e-6)
        assert gain.low <= gain.mean <= gain.high
    assert found.better == (found.after["leading"] > found.before["leading"])


def test_what_cannot_be_is_said_before_anything_is_learnt(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "fine_tune", lambda *_, **__: pytest.fail("it learnt"))
    with pytest.raises(SamError, match="safetensors"):
        retrain(tiny, LEARN, JUDGE, tmp_path / "weights.pth")
    with pytest.raises(DataError):
        retrain(tiny, tmp_path / "nowhere", JUDGE)

    class Empty:
        sources = ("none",)

        def __getitem__(self, _):
            from sam_widget.training.data.photos import Photo

            return Photo(Image.new("RGB", (64, 64)), (), "none")

    with pytest.raises(DataError, match="held out"):
        retrain(tiny, LEARN, Empty())


def folder_of(place, names):
    for name in names:
        Image.fromarray(np.zeros((90, 120, 3), np.uint8)).save(place / name)
    region = Region(disc(40, 40, 20))
    sa1b.write([Annotated(name, (120, 90), (region,)) for name in names], place)
    return place


def test_a_photo_stays_on_its_side_while_the_folder_grows(tmp_path):
    names = [f"{i}.png" for i in range(30)]
    folder_of(tmp_path, names[:20])
    before = [{side.photos.names[n] for n in side.numbers} for side in parted(tmp_path, 0.3)]
    folder_of(tmp_path, names[20:])
    after = [{side.photos.names[n] for n in side.numbers} for side in parted(tmp_path, 0.3)]
    assert before[0] < after[0]
    assert before[1] < after[1]
    assert not after[0] & after[1]
    assert 3 <= len(after[1]) <= 16


def test_photos_may_lie_elsewhere(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    folder_of(folder, [f"{i}.png" for i in range(9)])
    masks = tmp_path / "masks"
    masks.mkdir()
    for file in folder.glob("*.json"):
        file.rename(masks / file.name)
    sides = parted(masks, 0.3, photos=folder)
    assert sum(map(len, sides)) == 9
    assert sides[0][0].annotations[0].region().mask == disc(40, 40, 20)
    with pytest.raises(DataError, match="0 annotated photos"):
        parted(masks, 0.3)


def test_too_few_to_part(tmp_path):
    with pytest.raises(DataError, match="has 1 annotated photos: too few"):
        parted(folder_of(tmp_path, ["a.png"]), 0.5)
    with pytest.raises(SamError, match="between 0 and 1"):
        parted(tmp_path, 1)
