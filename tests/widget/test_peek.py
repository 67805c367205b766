"""A page's peeks on the wire: each is answered, its bytes ride along, and nothing stays behind."""

import numpy as np
import pytest

from sam_widget.document.blobs import name_of
from sam_widget.document.edits import Edit, edit_to_json
from sam_widget.document.records import Object, Point
from sam_widget.masks import Mask
from tests.widget.page import PHOTO, Page
from tests.widget.test_wire import carried, goes_on


@pytest.fixture
def page(w):
    w.wait()
    page = Page(w)
    page.image = next(iter(page.hello()["document"]))
    return page


def peek(page, seq, x=30.0, y=20.0, **more):
    edit = edit_to_json(Edit.of(Object("o", page.image), Point("h", "o", x, y)))
    version = page.widget._session.version
    common = {"type": "peek", "client": page.client, "seq": seq, "version": version}
    page.says({**common, "edit": edit, **more})


def test_the_bytes_ride_along_and_stay_nowhere(w, page):
    before = w.document, len(w._session.blobs), w.changes
    peek(page, 7)
    w._desk.executor.help()
    content, (data,) = page.heard[-1]
    assert content == {
        "type": "peeked",
        "to": "page",
        "seq": 7,
        "score": pytest.approx(0.9),
        "blobs": [name_of(data)],
    }
    assert Mask.from_bytes(data).to_array()[20, 30]
    assert (w.document, len(w._session.blobs), w.changes) == before
    assert name_of(data) not in w._session.blobs
    carried(page)
    w.add_point(30, 20)
    assert Mask.from_array(w.mask).to_bytes() == data


def test_what_is_moot_is_answered_too(w, page):
    peek(page, 1)
    peek(page, 2, x=-1)
    w._desk.executor.help()
    peek(page, 3, version=-1)
    w._desk.executor.help()
    assert [(each["seq"], each["blobs"]) for each in page.all("peeked")] == [
        (1, []),
        (2, []),
        (3, []),
    ]
    assert page.all("reject") == []
    goes_on(w, page)


HOSTILE = {
    "no edit": {"edit": None},
    "an edit of answers": {"edit": {"put": {"a": {"type": "answer"}}, "drop": [], "group": None}},
    "half a letter": {"client": "caf\ud83d"},
    "no seq": {"seq": "1"},
    "not finite": {"x": float("nan")},
    "more fields": {"blobs": []},
    "no name": {"client": ""},
}


@pytest.mark.parametrize("more", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_harms_nobody(w, page, caplog, more):
    before = w.document
    peek(page, **{"seq": 1, **more})
    w._desk.executor.help()
    assert w.document == before
    assert len(page.all("peeked")) + len(page.all("reject")) == 1
    assert not caplog.records
    goes_on(w, page)


def test_bytes_that_nobody_asked_for_are_refused(w, page):
    edit = edit_to_json(Edit())
    common = {"type": "peek", "client": "page", "seq": 1, "version": 0}
    page.says({**common, "edit": edit}, [b"x" * 1000])
    assert "carries 1 buffers" in page.last("reject")["why"]
    goes_on(w, page)


def test_another_photo_and_a_closed_widget_leave_nothing_waiting(w, page):
    peek(page, 1)
    w.image = np.zeros_like(PHOTO)
    assert page.last("peeked") == {
        "type": "peeked",
        "to": "page",
        "seq": 1,
        "score": 0,
        "blobs": [],
    }
    w.wait()
    peek(page, 2)
    heard = len(page.heard)
    executor = w._desk.executor
    w.close()
    peek_after = {"type": "peek", "client": "page", "seq": 3, "version": 0, "edit": {}}
    page.says(peek_after)
    executor.help()
    assert len(page.heard) == heard


def test_without_a_photo_there_is_nothing_to_see(model):
    from tests.widget.page import Quiet

    w = Quiet(None, model)
    page = Page(w)
    page.hello()
    page.image = "none"
    peek(page, 1)
    assert page.last("peeked")["blobs"] == []
    w.close()
