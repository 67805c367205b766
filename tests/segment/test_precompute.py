"""Many pictures ahead: each once, whatever is among them, and what is done stays done."""

import io
import threading

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget.images import ImageError, content_hash, read_image
from sam_widget.segment.embeddings.behind import WriteBehind
from sam_widget.segment.embeddings.cache import EmbeddingCache, shared_cache
from sam_widget.segment.embeddings.disk import Disk
from sam_widget.segment.embeddings.tiers import Held, Row, in_memory
from sam_widget.segment.precompute import Precomputed, precompute
from tests.segment.fake import FakeSegmenter
from tests.segment.places import same, small


class Model(FakeSegmenter):
    """Embeddings that tell which picture they are of, and can be written."""

    def __init__(self):
        super().__init__("model-1")
        self.seen = []

    def embed(self, pixels):
        super().embed(pixels)
        self.seen.append(content_hash(pixels))
        return small(int(pixels[0, 0, 0]))


def picture(number):
    return np.full((20, 30, 3), number, np.uint8)


def names(numbers):
    return [content_hash(picture(number)) for number in numbers]


@pytest.fixture
def model():
    return Model()


@pytest.fixture
def cache(tmp_path):
    disk = WriteBehind(Disk(tmp_path / "cache"), 3 * small().nbytes)
    return EmbeddingCache(Row(Held(2 * small().nbytes, in_memory), lasting=disk))


@pytest.fixture
def folder(tmp_path):
    """Six pictures by name, and what else lies in folders."""
    folder = tmp_path / "photos"
    (folder / "more.png").mkdir(parents=True)
    for number, name in enumerate(["a.png", "b.PNG", "c.bmp", "d.tif", "e.webp", "f.gif"]):
        image = Image.fromarray(picture(number))
        image.save(folder / name, **({"lossless": True} if name.endswith("webp") else {}))
    (folder / "notes.txt").write_text("no picture")
    (folder / ".shadow.png").write_bytes(b"\0\5\x16\7")
    return folder


class TestSources:
    def test_a_folder_by_name(self, folder, model, cache):
        assert precompute(folder, model, cache=cache) == Precomputed(6, 0, ())
        assert model.seen == names(range(6))
        assert precompute(str(folder), model, cache=cache) == Precomputed(0, 6, ())
        assert len(model.seen) == 6

    def test_all_are_on_disk_when_it_returns(self, folder, model, cache, tmp_path):
        precompute(folder, model, cache=cache)
        disk = Disk(tmp_path / "cache")
        for number, name in enumerate(names(range(6))):
            assert same(disk.get((name, "model-1")), small(number))

    def test_what_left_the_disk_goes_there_again(self, model, cache, tmp_path):
        precompute([picture(1)], model, cache=cache)
        disk = Disk(tmp_path / "cache")
        disk.clear()
        assert precompute([picture(1)], model, cache=cache) == Precomputed(0, 1, ())
        assert (names([1])[0], "model-1") in disk

    def test_every_kind_of_picture_and_of_several(self, folder, model, cache):
        file = io.BytesIO((folder / "c.bmp").read_bytes())
        kinds = [
            folder / "a.png",
            str(folder / "b.PNG"),
            file,
            picture(3),
            Image.fromarray(picture(4)),
            torch.from_numpy(picture(5)).permute(2, 0, 1),
        ]
        assert precompute(iter(kinds), model, cache=cache) == Precomputed(6, 0, ())
        assert model.seen == names(range(6))

    @pytest.mark.parametrize("several", [list, tuple, iter, np.stack])
    def test_lists_generators_and_batches(self, several, model, cache):
        assert precompute(several([picture(1), picture(2)]), model, cache=cache).made == 2
        assert model.seen == names([1, 2])

    @pytest.mark.parametrize(
        "one", [picture(1), Image.fromarray(picture(1)), torch.from_numpy(picture(1))]
    )
    def test_one_picture_stands_for_itself(self, one, model, cache):
        assert precompute(one, model, cache=cache) == Precomputed(1, 0, ())
        assert model.seen == names([1])

    def test_one_file(self, folder, model, cache):
        assert precompute(folder / "b.PNG", model, cache=cache).made == 1
        assert precompute((folder / "b.PNG").read_bytes(), model, cache=cache).known == 1

    def test_a_picture_that_comes_twice_is_encoded_once(self, model, cache):
        assert precompute([picture(1)] * 3, model, cache=cache) == Precomputed(1, 2, ())

    def test_nothing_is_nothing(self, model, cache):
        assert precompute([], model, cache=cache) == Precomputed(0, 0, ())

    @pytest.mark.parametrize("nonsense", [None, 7, object()])
    def test_what_is_no_pictures_is_said(self, nonsense, model, cache):
        with pytest.raises(ImageError, match="A folder or several images were expected, not "):
            precompute(nonsense, model, cache=cache)

    def test_a_folder_that_is_not_there_or_empty(self, tmp_path, model, cache):
        with pytest.raises(ImageError, match="There is no folder and no picture at "):
            precompute(tmp_path / "nowhere", model, cache=cache)
        (tmp_path / "empty").mkdir()
        with pytest.raises(ImageError, match="holds no pictures"):
            precompute(tmp_path / "empty", model, cache=cache)

    def test_what_is_no_model_is_said(self, cache):
        with pytest.raises(ValueError, match=r"The model must be .* not something of type int"):
            precompute([], 7, cache=cache)


class TestUnreadable:
    def test_it_stops_nothing_and_is_told_in_the_end(self, folder, model, cache, capsys):
        (folder / "b.PNG").write_bytes(b"no picture")
        (folder / "d.tif").write_bytes((folder / "d.tif").read_bytes()[:40])
        report = precompute(folder, model, cache=cache)
        assert (report.made, report.known) == (4, 0)
        assert model.seen == names([0, 2, 4, 5])
        assert len(report.failed) == 2
        for sentence, name in zip(report.failed, ["b.PNG", "d.tif"], strict=True):
            assert name in sentence
            assert sentence.endswith(".")
            assert "\n" not in sentence
        assert capsys.readouterr().err.splitlines()[-2:] == list(report.failed)
        assert str(report) == "4 encoded, 0 known already, 2 could not be read."

    def test_what_has_no_name_has_a_number(self, model, cache):
        report = precompute([picture(1), np.zeros((2, 2, 9)), picture(2)], model, cache=cache)
        assert report.made == 2
        assert [sentence[:11] for sentence in report.failed] == ["Picture 2: "]
        assert str(Precomputed(1, 2, ())) == "1 encoded, 2 known already."

    def test_a_model_that_fails_stops_all(self, model, cache):
        model.fail = RuntimeError("out of memory")
        with pytest.raises(RuntimeError, match="out of memory"):
            precompute([picture(1), picture(2)], model, cache=cache)
        assert threads() == []


def threads():
    ours = [each for each in threading.enumerate() if each.name.startswith("sam_widget reader")]
    return [each for each in ours if each.is_alive()]


class TestCourse:
    def test_the_next_is_read_while_one_is_encoded(self, model, cache):
        events, second = [], threading.Event()

        class Slow:
            """An array that says when it is read."""

            def __init__(self, number):
                self.number = number

            def __array__(self, dtype=None, copy=None):
                events.append(("read", self.number))
                if self.number == 2:
                    second.set()
                return picture(self.number)

        def embed(pixels):
            if int(pixels[0, 0, 0]) == 1:
                assert second.wait(20)  # it comes without this one's end
            events.append(("encode", int(pixels[0, 0, 0])))
            return small(1)

        model.embed = embed
        precompute([Slow(i) for i in range(1, 5)], model, cache=cache)
        assert events.index(("read", 2)) < events.index(("encode", 1))
        assert [number for what, number in events if what == "encode"] == [1, 2, 3, 4]
        assert ("read", 4) not in events[: events.index(("encode", 1))]  # one ahead, not all

    def test_interrupted_it_leaves_what_is_done(self, folder, model, cache, tmp_path):
        real = model.embed

        def embed(pixels):
            if len(model.seen) == 3:
                raise KeyboardInterrupt
            return real(pixels)

        model.embed = embed
        with pytest.raises(KeyboardInterrupt):
            precompute(folder, model, cache=cache)
        assert threads() == []
        assert len(list((tmp_path / "cache").iterdir())) == 3
        model.embed = real
        assert precompute(folder, model, cache=cache) == Precomputed(3, 3, ())
        assert model.seen == names(range(6))

    def test_the_queue_of_writing_never_fills(self, model, tmp_path):
        disk = Disk(tmp_path / "cache")
        one = WriteBehind(disk, small().nbytes)
        cache = EmbeddingCache(Row(Held(0, in_memory), lasting=one))
        precompute([picture(i) for i in range(9)], model, cache=cache)
        assert all((name, "model-1") in disk for name in names(range(9)))


def test_by_name_into_the_cache_that_widgets_share():
    pixels = np.random.default_rng(11).integers(0, 256, (60, 60, 3), np.uint8)
    assert precompute([pixels]).made == 1
    assert precompute([pixels], "small").known == 1
    from sam_widget.segment.loaded import loaded

    segmenter = loaded("small")
    found = shared_cache().get(
        (content_hash(read_image(pixels).pixels), segmenter.key), pytest.fail
    )
    assert same(found, segmenter.embed(pixels))
