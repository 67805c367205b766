"""The next photo read and encoded before anybody asks: one at a time, in its bytes, cancelled."""

import time

import numpy as np
import PIL.Image
import pytest

from sam_widget.document.records import new_id
from sam_widget.images import content_hash
from sam_widget.segment.ahead import Ahead
from sam_widget.segment.answers.worker import Inline, Lane, Worker
from sam_widget.segment.embeddings.cache import shared_cache
from tests.segment.fake import FakeSegmenter

SIZE = (30, 20)


def photo(seed):
    return np.random.default_rng(seed).integers(0, 256, (*SIZE[::-1], 3), np.uint8)


@pytest.fixture
def model():
    return FakeSegmenter(new_id())


@pytest.fixture
def reader():
    return Inline()


@pytest.fixture
def executor():
    return Inline()


@pytest.fixture
def ahead(model, reader, executor):
    return Ahead(lambda: model, reader, executor)


def encoded(model, pixels):
    return (content_hash(pixels), model.key) in shared_cache()


def test_it_is_read_and_encoded_and_taken_once(ahead, model, reader, executor):
    ahead.expect("a", photo(1))
    assert (ahead.nbytes, encoded(model, photo(1))) == (0, False)
    reader.help()
    assert ahead.nbytes == photo(1).nbytes
    executor.help()
    assert encoded(model, photo(1))
    np.testing.assert_array_equal(ahead.take("a").pixels, photo(1))
    assert (ahead.nbytes, ahead.take("a")) == (0, None)


def test_who_moves_elsewhere_cancels_what_is_not_begun(ahead, model, reader, executor):
    ahead.expect("a", photo(2))
    ahead.expect("b", photo(3))
    reader.help()
    executor.help()
    assert (encoded(model, photo(2)), encoded(model, photo(3))) == (False, True)
    ahead.expect("c", photo(4))
    reader.help()
    ahead.drop()  # read, and not encoded yet
    executor.help()
    assert (encoded(model, photo(4)), ahead.nbytes) == (False, 0)


def test_what_takes_more_than_its_bytes_is_left_alone(model, reader, executor, tmp_path):
    path = tmp_path / "large.png"
    PIL.Image.fromarray(photo(5)).save(path)
    for source in (path, photo(5)):
        ahead = Ahead(lambda: model, reader, executor, limit_bytes=photo(5).nbytes - 1)
        ahead.expect("a", source)
        reader.help()
        executor.help()
        assert (ahead.nbytes, ahead.take("a"), encoded(model, photo(5))) == (0, None, False)


def test_what_cannot_be_read_or_encoded_is_for_who_goes_there(reader, executor, caplog):
    def broken():
        raise RuntimeError("no model")

    ahead = Ahead(broken, reader, executor)
    ahead.expect("a", "nowhere.png")
    reader.help()
    assert ahead.take("a") is None
    ahead.expect("b", photo(6))
    reader.help()
    executor.help()
    assert ahead.take("b") is not None
    assert "Exception in" not in caplog.text


def test_it_waits_for_every_click_and_for_long_work():
    worker, done = Worker("ahead"), []
    lanes = (Lane.AHEAD, Lane.LONG, Lane.CLICKS, Lane.PEEKS)

    def all_at_once():
        for lane in lanes:
            worker.submit(lambda lane=lane: done.append(lane), lane)

    worker.submit(all_at_once)
    for _ in range(500):
        if len(done) == len(lanes):
            break
        time.sleep(0.01)
    assert done == [Lane.CLICKS, Lane.PEEKS, Lane.LONG, Lane.AHEAD]
