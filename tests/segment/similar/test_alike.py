"""One example, and what is like it: found, scored, better with each answer; on many pictures."""

from itertools import chain

import numpy as np
import pytest
from PIL import Image

from sam_widget.errors import SamError
from sam_widget.images import ImageError
from sam_widget.regions import Region
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.similar.features import Look
from sam_widget.segment.similar.find import find_alike
from sam_widget.segment.similar.hunt import DRY, Hunt
from sam_widget.segment.similar.likeness import Likeness
from sam_widget.segment.similar.prints import Prints
from sam_widget.segment.similar.saving import Saving
from tests.segment.fake import FakeSegmenter
from tests.segment.similar.alike import (
    BLUE,
    BLUE_DISCS,
    PHOTO,
    RED,
    RED_DISCS,
    Colours,
    disc,
    mask,
    photo,
)


def hunted(model, masks, pixels=PHOTO, also=()):
    """Hunt to the end, and ask in some more places."""
    seen = model.embed(pixels)
    hunt = Hunt(Look.of(seen), masks)
    said = []
    for place in chain(iter(hunt.place, None), also):
        one = model.predict(seen, Prompts([place], [1]))
        hunt.heard(one.logits, one.scores)
        said += one.masks()
    return hunt, said


def which(found, discs):
    """The disc that each mask is, by its place among them; None of what is none."""
    truth = [disc(x, y) for x, y in discs]
    ious = [[(m & t).sum() / (m | t).sum() for t in truth] for m in (np.asarray(f) for f in found)]
    return [int(np.argmax(row)) if max(row) > 0.8 else None for row in ious]


def test_the_others_are_found_each_once_and_before_what_is_unlike():
    hunt, said = hunted(Colours(), [mask(*RED_DISCS[0])])
    ranked = hunt.ranked
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    first = which([said[one.index] for one in ranked[:4]], RED_DISCS)
    assert sorted(first) == [1, 2, 3, 4], "the example itself is not proposed"
    assert ranked[3].score > 0.6
    assert all(one.score < 0.6 for one in ranked[4:])
    assert all(0 <= one.likeness <= 1 for one in ranked)


def test_clicks_go_where_it_is_alike_and_stop_when_nothing_is_left():
    model = Colours()
    hunted(model, [mask(*RED_DISCS[0])])
    assert len(model.asked) < 60
    first = model.asked[:4]
    assert all(any(np.hypot(x - u, y - v) < 9 for u, v in RED_DISCS) for x, y in first)


def test_clicks_are_spread_first_then_fine_and_end_where_they_give_nothing():
    model = Colours()
    seen = model.embed(PHOTO)
    hunt = Hunt(Look.of(seen), [mask(*RED_DISCS[0])])
    hunt._hope = np.full_like(hunt._hope, 0.5)  # as of small things: nothing is told apart
    ground = next(
        model.predict(seen, Prompts([(x, x)], [1]))
        for x in range(2, 60)
        if not any(disc(x0, y0)[x, x] for x0, y0 in (*RED_DISCS, *BLUE_DISCS))
    )
    places = []
    while (place := hunt.place()) is not None:
        hunt.heard(ground.logits, ground.scores)
        places.append(place)
    assert len(places) == DRY
    first = np.array(places[: DRY // 2])
    apart = np.hypot(*(first[:, None] - first[None]).transpose(2, 0, 1))[np.triu_indices(20, 1)]
    assert apart.min() > disc(*RED_DISCS[0]).sum() ** 0.5 / 2, "half as broad as the example"


def test_an_answer_counts_at_once_and_is_taken_back_as_quickly():
    hunt, said = hunted(Colours(), [mask(*RED_DISCS[0])], also=BLUE_DISCS)
    before = hunt.ranked
    blue = next(one for one in before if which([said[one.index]], BLUE_DISCS) != [None])
    hunt.judge([before[0].index], [blue.index])
    after = {one.index: one.score for one in hunt.ranked}
    assert before[0].index not in after
    assert blue.index not in after
    others = [one for one in before if one.index in after]
    red = [one for one in others if which([said[one.index]], RED_DISCS) != [None]]
    assert len(red) == 3
    assert all(after[one.index] >= one.score - 1e-6 for one in red)
    other = [one for one in others if which([said[one.index]], BLUE_DISCS) != [None]]
    assert all(after[one.index] < one.score for one in other)
    hunt.judge([], [])
    assert hunt.ranked == before


def test_of_two_masks_that_are_one_the_likelier_stays():
    prints = Prints(100)
    whole, part, apart = np.zeros((3, 100), np.float32)
    whole[:40], part[:10], apart[60:80] = 1, 1, 1
    prints.add(np.stack([whole, part]))
    prints.add(apart[None])
    assert prints.apart([1, 0, 2], []) == [1, 2]
    assert prints.apart([0, 1, 2], [2]) == [0]
    assert len(prints) == 3


def test_likeness_is_one_at_an_example_less_at_a_refused_one_and_nothing_far_away():
    rows = np.float32([[0, 0], [0.1, 0], [1, 1], [30, 30]])
    alone = Likeness.learnt(rows[:1], rows[:0]).of(rows)
    assert alone[0] > 0.9
    assert alone[0] > alone[1] > alone[2] > alone[3] == 0
    told = Likeness.learnt(rows[:1], rows[2:3]).of(rows)
    assert told[2] < alone[2]
    assert told[0] > 0.8


def test_on_other_pictures_by_name_with_labels_as_annotated(tmp_path):
    near = photo([(40, 40, RED), (90, 60, RED), (20, 80, BLUE)])
    Image.fromarray(near).save(tmp_path / "b.png")
    Image.fromarray(photo([(30, 30, BLUE)])).save(tmp_path / "a.png")
    example = Region(mask(*RED_DISCS[0]), "berry")
    none, some = find_alike([(PHOTO, example)], tmp_path, Colours(), progress=False)
    assert (none.name, some.name) == ("a.png", "b.png")
    found = some.above(0.6)
    assert len(found) == 2
    assert sorted(which([p.region.array() for p in found.proposals], [(40, 40), (90, 60)])) == [
        0,
        1,
    ]
    assert found.annotated.name == "b.png"
    assert [each.label for each in found.annotated.regions] == ["berry", "berry"]
    assert found.scores == tuple(p.score for p in found.proposals)
    assert len(none.above(0.6)) == 0


def test_what_was_refused_elsewhere_counts():
    model = Colours()
    here, there = model.embed(PHOTO), model.embed(photo([(40, 40, RED), (90, 60, BLUE)]))
    look = Look.of(here)
    ones, none = (look.drawn(look.grids(mask(*at))) for at in (RED_DISCS[0], BLUE_DISCS[0]))
    scores = []
    for unlike in (None, none):
        hunt = Hunt(Look.of(there), (), ones, unlike)
        said = model.predict(there, Prompts([(90, 60)], [1]))
        hunt.heard(said.logits, said.scores)
        scores.append({one.index: one.score for one in hunt.ranked}.get(1, 0.0))
    plain, told = scores
    assert told < plain / 2


def test_a_broken_picture_stops_nothing_and_is_told(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(b"no picture")
    Image.fromarray(PHOTO).save(tmp_path / "b.png")
    found = find_alike([(PHOTO, mask(*RED_DISCS[0]))], tmp_path, Colours(), progress=False)
    assert [each.name for each in found] == ["b.png"]
    assert "a.png" in capsys.readouterr().err


def test_interrupted_it_warns_and_returns_what_is_done():
    class Impatient(Colours):
        def embed(self, pixels):
            if getattr(self, "seen", 0) == 2:
                raise KeyboardInterrupt
            self.seen = getattr(self, "seen", 0) + 1
            return super().embed(pixels)

    others = [photo([(40, 40, RED)]), photo([(50, 40, RED)])]
    with pytest.warns(UserWarning, match="Stopped: .* 1 pictures"):
        found = find_alike([(PHOTO, mask(16, 16))], others, Impatient(), progress=False)
    assert len(found) == 1


@pytest.mark.parametrize("examples", [[], [PHOTO], 3, [(PHOTO,)]])
def test_what_is_no_example_gets_a_sentence(examples):
    with pytest.raises(SamError, match="examples are pairs"):
        find_alike(examples, [PHOTO], Colours(), progress=False)


def test_what_cannot_be_looked_at_gets_a_sentence(tmp_path):
    with pytest.raises(ImageError, match="holds no pictures"):
        find_alike([(PHOTO, mask(16, 16))], tmp_path, Colours(), progress=False)
    with pytest.raises(SamError, match="no features"):
        find_alike([(PHOTO, mask(16, 16))], [PHOTO], FakeSegmenter("bare"), progress=False)


def test_the_course_of_clicks_is_counted_and_drawn():
    saving = Saving(((1, 1),)).after(5).after(5).after(20)
    assert (saving.clicks, saving.objects, saving.saved) == (4, 20, 16)
    assert repr(saving) == "<Saving: 20 objects by 4 clicks, 16 saved>"
    (axes,) = saving.figure().axes
    clicks, objects = axes.lines[0].get_data()
    assert list(clicks) == [1, 2, 3, 4]
    assert list(objects) == [1, 5, 5, 20]
