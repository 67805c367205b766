"""Colours of objects, or of their labels."""

from sam_widget.document.records import Object
from sam_widget.widget.coloring import UNNAMED, colors
from sam_widget.widget.palette import PALETTE
from tests.widget.page import PHOTO, Quiet
from tests.widget.test_objects_by_hand import A


def test_each_its_own_or_its_labels():
    cup, spoon = (Object(n, "i", label, 3, locked=True) for n, label in ("ac", "bs"))
    bare, opened = Object("d", "i", "", 9, locked=True), Object("e", "i", "", 5)
    assert colors([cup, spoon, bare, opened]) == [PALETTE[i] for i in (3, 3, 2, 5)]
    wanted = [PALETTE[2], PALETTE[0], UNNAMED, PALETTE[5]]
    assert colors([cup, spoon, bare, opened], "label", ["s", "x"]) == wanted


def test_a_still_has_them(model):
    w = Quiet(PHOTO, model, labels=["a", "b", "c", "cup"])
    (one,) = w.add_objects([A])
    w.rename(one, "cup")
    own = w.outcome.still(PHOTO, 0.5)
    assert own != w.outcome.still(PHOTO, 0.5, "label", w.labels)
    assert own == w.outcome.still(PHOTO, 0.5, "label", ["cup"])
    w.close()
