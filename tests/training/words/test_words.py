"""Teaching words: what is a word, what is held out, a run that goes on, a score that can be low."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget import Mask, Segmenter, load_model
from sam_widget.models.architectures import at_side
from sam_widget.segment.text.taught import read
from sam_widget.training.data.photos import Annotation, Photo
from sam_widget.training.words.judge import Judged, by_word, judge, table
from sam_widget.training.words.learn import Course, Words, WordsPlan, shares, union
from sam_widget.training.words.vocabulary import (
    HELD_OUT,
    Lesson,
    absent,
    lessons,
    masks_by_word,
    taught,
    word_of,
)
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO
SIDE = 96


def square(x, y, label):
    mask = np.zeros((48, 64), bool)
    mask[y : y + 12, x : x + 12] = True
    return Annotation(Mask.from_array(mask).to_coco_text(), label=label)


@dataclass(frozen=True)
class Drawn:
    """Photos with red cups and blue plates."""

    sources: tuple = ("cocomini",) * 6 + ("ccp",) * 2

    def __getitem__(self, index):
        rng = np.random.default_rng(index)
        pixels = rng.integers(90, 130, (48, 64, 3)).astype(np.uint8)
        word = ("bowl", "book")[index % 2]
        x, y = rng.integers(0, 36, 2)
        pixels[y : y + 12, x : x + 12] = ((200, 30, 30), (30, 30, 200))[index % 2]
        held = (square(40, 30, "truck"),) if index == 0 else ()
        annotations = (square(x, y, word), *held, square(0, 0, ""))
        return Photo(Image.fromarray(pixels), annotations, self.sources[index])


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(at_side(load_model("mini", "cpu", "float32"), SIDE), "mini")


@pytest.fixture(scope="module")
def course():
    photos = Drawn()
    given = taught(lessons(photos, {"cocomini": 5, "ccp": 2}))
    rng = torch.Generator().manual_seed(0)
    words = sorted({word for each in given for word in each.words})
    vectors = {
        word: torch.nn.functional.normalize(torch.randn(16, generator=rng), dim=0) for word in words
    }
    return Course(photos, given, vectors)


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("tree-merged", "tree"),
        ("sky-other-merged", "sky"),
        ("wall-brick", "brick wall"),
        ("door-stuff", "door"),
        ("standing pig", "pig"),
        ("coffee mug", "coffee mug"),
        ("leaf symptom", "leaf symptom"),
        ("T-shirt", "t-shirt"),
        ("", ""),
    ],
)
def test_a_label_says_a_word(label, word):
    assert word_of(label) == word


def test_lessons_are_of_each_source_as_many_as_wanted_and_the_same_again():
    photos = Drawn()
    given = lessons(photos, {"cocomini": 4, "ccp": 9})
    assert sorted(each.source for each in given) == ["ccp"] * 2 + ["cocomini"] * 4
    assert given == lessons(photos, {"cocomini": 4, "ccp": 9})
    assert not lessons(photos, {})
    for each in given:
        assert set(each.words) == set(masks_by_word(photos[each.number]))


def test_what_is_held_out_never_teaches():
    given = (Lesson(0, "cocomini", ("bowl", "truck")), Lesson(1, "wildanimals", ("deer",)))
    assert taught(given) == (Lesson(0, "cocomini", ("bowl",)),)
    more = (*given, Lesson(2, "cocomini", ("person", "book")), Lesson(3, "facades", ("person",)))
    assert not HELD_OUT & set(absent(more[2], more))
    assert absent(more[0], more) == ("book",)  # a person may be there unlabelled
    assert absent(more[3], more) == ("book", "bowl")


def test_a_words_masks_are_joined(course):
    photo = course.photos[0]
    numbers = masks_by_word(photo)
    assert set(numbers) == {"bowl", "truck"}
    both = union(photo, [*numbers["bowl"], *numbers["truck"]])
    wanted = union(photo, numbers["bowl"]).to_array() | union(photo, numbers["truck"]).to_array()
    assert np.array_equal(both.to_array(), wanted)


def test_the_share_of_each_sample(segmenter, course):
    mask = union(course.photos[0], [0])
    embedding = segmenter.embed(np.asarray(course.photos[0].pixels))
    grid = shares(mask, embedding.frame, 24)
    assert grid.shape == (24, 24)
    assert 0 <= float(grid.min()) <= float(grid.max()) <= 1
    assert float(grid.sum()) * (64 / 24) ** 2 == pytest.approx(mask.area, rel=0.05)


def plan(steps, **more):
    return WordsPlan(steps=steps, photos=2, warmup=2, rate=3e-3, **more)


def test_a_run_goes_on_as_if_it_had_not_stopped(segmenter, course, tmp_path):
    straight = Words(course, segmenter, tmp_path / "straight", plan(4))
    straight.run()
    stopped = Words(course, segmenter, tmp_path / "stopped", plan(4))
    for _ in range(2):
        stopped.take_step()
        stopped.step += 1
    stopped.save()
    del stopped._lock
    again = Words(course, segmenter, tmp_path / "stopped", plan(4))
    assert again.step == 2
    again.run()
    for one, other in zip(
        straight.tokens.state_dict().values(), again.tokens.state_dict().values(), strict=True
    ):
        assert torch.allclose(one, other, atol=1e-6)
    lines = (tmp_path / "straight" / "metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [1, 2, 3, 4]


def test_what_is_published_is_read_with_its_words(segmenter, course, tmp_path):
    run = Words(course, segmenter, tmp_path, plan(1))
    run.run()
    layer = read(tmp_path / "words.safetensors")
    assert layer.words == ("book", "bowl")
    assert layer.weights == segmenter.key.partition("-")[0]
    for name, value in run.tokens.state_dict().items():
        assert torch.allclose(layer.tokens.state_dict()[name], value, atol=2e-3)


def test_learning_lowers_the_loss_and_leaves_the_model(segmenter, course, tmp_path):
    before = {name: t.clone() for name, t in segmenter.sam.state_dict().items()}
    run = Words(course, segmenter, tmp_path, plan(30, noise=0.0))
    first = float(sum(run._loss(n).detach() for n in range(4)))
    run.run()
    assert float(sum(run._loss(n).detach() for n in range(4))) < 0.8 * first
    after = segmenter.sam.state_dict()
    assert all(torch.equal(value, after[name]) for name, value in before.items())


def test_every_word_is_judged_beside_none_and_a_wrong_one(segmenter, course, tmp_path):
    run = Words(course, segmenter, tmp_path, plan(1))
    given = tuple(each for each in lessons(course.photos, {"cocomini": 3, "ccp": 1}))
    found = judge(
        Course(course.photos, given, course.vectors), segmenter, run.tokens, ("bowl", "book")
    )
    assert set(found) <= {"bowl", "book"}
    assert sum(map(len, found.values())) == 4
    for each in (one for many in found.values() for one in many):
        assert (
            0
            <= min(each.right, each.none, each.wrong)
            <= max(each.right, each.none, each.wrong)
            <= 1
        )
        assert each.all == pytest.approx(144 / (48 * 64))
        assert each.quiet in (0, 1)


def test_the_table_has_words_seen_and_not_seen_side_by_side():
    good, bad = Judged(0.8, 0.2, 0.1, 0.3, 1.0), Judged(0.2, 0.2, 0.1, 0.3, 0.0)
    said = table({"bowl": [good, bad], "book": [good], "truck": [bad]}, HELD_OUT)
    seen, held = said.splitlines()[2:]
    assert seen.startswith("| words seen | 2 | 3 | 0.650 | 0.200 | 0.100 | 0.300 | 0.750 | +0.450")
    assert held.startswith(
        "| words not seen | 1 | 1 | 0.200 | 0.200 | 0.100 | 0.300 | 0.000 | +0.000"
    )
    assert by_word({"bowl": [bad], "book": [good]}).splitlines()[0].startswith("book")
