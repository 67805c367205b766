"""A widget on a small photo with a model that costs nothing, for all that is asked of it."""

import pytest

from sam_widget.document.records import new_id
from tests.segment.fake import FakeSegmenter
from tests.widget.page import PHOTO, Quiet


@pytest.fixture
def model():
    return FakeSegmenter(new_id())  # a key of its own, since the cache is the process's


@pytest.fixture
def w(model):
    widget = Quiet(PHOTO, model)
    yield widget
    widget.close()
