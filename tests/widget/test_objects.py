"""What Python does to objects that are there: reopen, rename, recolor, move, delete."""

from dataclasses import replace

import numpy as np
import pytest

from sam_widget.document.edits import EditError
from sam_widget.errors import SamError
from tests.widget.page import PHOTO, Quiet


@pytest.fixture
def two(w):
    """A widget with two accepted objects; of the first not the best candidate was chosen."""
    w.add_point(30, 20)
    w.choose(2)
    w.accept()
    w.add_point(10, 10)
    w.accept()
    return w


def ids(w):
    return [each.id for each in w.objects]


def test_a_reopened_object_has_its_prompts_choice_and_color_and_asks_nothing(two, model):
    first, _ = two.objects
    color, asked = two.document[first.id].color, len(model.asked)
    two.reopen(first.id)
    assert [(p.x, p.y) for p in two.prompts] == [(30, 20)]
    assert [each.locked for each in two.objects] == [False, True]
    np.testing.assert_array_equal(two.mask, first.mask)
    assert two.document[first.id].color == color
    assert len(model.asked) == asked
    two.add_point(12, 12, positive=False)
    assert not two.mask[12, 12]
    two.accept()
    assert ids(two)[0] == first.id, "it keeps its place"
    assert [each.locked for each in two.objects] == [True, True]
    two.undo()
    two.undo()
    two.undo()
    assert replace(two.objects[0], made=first.made) == first  # but for the time that it took


def test_the_mask_is_of_what_was_accepted_last_wherever_it_stands(two):
    first, second = two.objects
    two.reopen(first.id)
    two.accept()
    np.testing.assert_array_equal(two.mask, first.mask)
    assert ids(two) == [first.id, second.id]
    two.move(second.id, 0)
    np.testing.assert_array_equal(two.mask, first.mask)


def test_a_journal_keeps_what_was_done_to_objects(model, tmp_path):
    w = Quiet(PHOTO, model, journal=tmp_path)
    for x in (30, 20, 10):
        w.add_point(x, 20)
        w.accept()
    a, b, c = ids(w)
    w.rename(a, "cup")
    w.recolor(b, 5)
    w.move(c, 0)
    w.reopen(a)
    w.delete(b)
    left = w.objects, w.prompts
    w.close()
    again = Quiet.restore(tmp_path, model)
    assert (again.objects, again.prompts) == left
    for _ in range(5):
        again.undo()
    assert ids(again) == [a, b, c]
    assert [each.label for each in again.objects] == ["", "", ""]
    again.close()


def test_what_is_open_is_accepted_first(two):
    first, second = ids(two)
    two.add_point(40, 30)
    shown = two.mask
    two.reopen(second)
    opened = [each.id for each in two.objects if not each.locked]
    assert opened == [second]
    np.testing.assert_array_equal(two.objects[2].array(), shown)
    two.reopen(second)  # it is open
    assert len(two.objects) == 3
    assert two.undo()
    assert [each.locked for each in two.objects] == [True, True, False]
    assert first == ids(two)[0]


def test_an_empty_open_object_goes(two):
    two.add_point(40, 30)
    two.clear()
    first, _ = ids(two)
    two.reopen(first)
    assert [each.id for each in two.document.of_type(type(two.document[first]))] == ids(two)


def test_names(two):
    heard = []
    two.observe(lambda change: heard.append([each.label for each in change["new"]]), "objects")
    first, second = ids(two)
    two.rename(second, " <b>숟가락</b>\n")
    assert [each.label for each in two.objects] == ["", "<b>숟가락</b>"]
    assert heard == [["", "<b>숟가락</b>"]]
    two.rename(second, "<b>숟가락</b>")
    assert len(heard) == 1
    two.undo()
    assert [each.label for each in two.objects] == ["", ""]
    for wrong in (3, None, b"cup"):
        with pytest.raises(SamError, match=r"A label is a text, not"):
            two.rename(first, wrong)
    with pytest.raises(SamError, match="at most 1000 letters"):
        two.rename(first, "x" * 1001)


def test_colors_and_places(two):
    first, second = ids(two)
    two.recolor(first, np.int64(6))
    assert two.document[first].color == 6
    with pytest.raises(SamError, match=r"A color is a whole number from 0 to 6, not 'red'\."):
        two.recolor(first, "red")
    two.move(second, 0)
    assert ids(two) == [second, first]
    two.move(second, 1)
    assert ids(two) == [first, second]
    with pytest.raises(SamError, match=r"An index is a whole number from 0 to 1, not 2\."):
        two.move(second, 2)


def test_deleting_and_bringing_back(two):
    before = two.objects
    two.delete(before[0].id)
    assert two.objects == before[1:]
    two.undo()
    assert two.objects == before
    two.redo()
    assert two.objects == before[1:]
    two.delete(before[1].id)
    assert two.objects == ()
    assert two.mask is None


@pytest.mark.parametrize("verb", ["reopen", "rename", "recolor", "move", "delete"])
def test_an_id_that_is_none_is_refused_with_those_there_are(two, verb):
    first, second = ids(two)
    two.rename(second, "cup")
    more = {"rename": ("x",), "recolor": (1,), "move": (0,)}.get(verb, ())
    for wrong in ("cup", 0, None, two.objects[0], [first], np.zeros(3)):
        before = two.document
        with pytest.raises(
            EditError, match=rf"No object has the id .*: there are {first}, {second} \('cup'\)\."
        ):
            getattr(two, verb)(wrong, *more)
        assert two.document is before


def test_a_sentence_lists_a_few_objects(w):
    with pytest.raises(EditError, match="No object has the id 'x': there is none yet"):
        w.delete("x")
    for _ in range(10):
        w.add_point(30, 20)
        w.accept()
    with pytest.raises(EditError, match=r" and 2 more\.$"):
        w.delete("x")
