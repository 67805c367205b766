"""A model is loaded once a process, and again when its file has changed."""

import threading

import pytest

from sam_widget.models import checkpoints
from sam_widget.models.checkpoints import CheckpointError
from sam_widget.segment import loaded as room
from sam_widget.segment.segmenter import Segmenter


@pytest.fixture
def loads(monkeypatch):
    """The names that were really loaded."""
    names = []
    monkeypatch.setattr(room, "_segmenters", {})
    monkeypatch.setattr(
        Segmenter, "load", classmethod(lambda _, name: names.append(name) or object())
    )
    return names


def test_once_however_many_ask(loads, tmp_path):
    path = tmp_path / "sam.safetensors"
    path.write_bytes(b"weights")
    found = []
    threads = [threading.Thread(target=lambda: found.append(room.loaded(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(loads) == 1
    assert len(set(map(id, found))) == 1


def test_one_file_by_two_names_is_one_model(loads, tmp_path, monkeypatch):
    path = tmp_path / "mini.safetensors"
    path.write_bytes(b"weights")
    monkeypatch.setitem(checkpoints.NAMES, "mini", path)
    assert room.loaded("mini") is room.loaded(str(path))


def test_a_changed_file_is_loaded_again_and_the_old_model_let_go(loads, tmp_path):
    path = tmp_path / "sam.safetensors"
    path.write_bytes(b"weights")
    first = room.loaded(path)
    path.write_bytes(b"other weights")
    assert room.loaded(path) is not first
    assert len(room._segmenters) == 1


def test_errors_are_not_remembered(loads, tmp_path):
    path = tmp_path / "sam.safetensors"
    with pytest.raises(CheckpointError, match="no weights file"):
        room.loaded(path)
    path.write_bytes(b"weights")
    assert room.loaded(path)
