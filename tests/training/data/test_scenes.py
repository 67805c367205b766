"""Composed scenes: what is pasted is masked exactly, and takes from what it covers."""

from __future__ import annotations

import io
import tarfile

import numpy as np
import pytest
from PIL import Image, ImageDraw
from pycocotools import mask as coco_mask

from sam_widget.training.data.photos import Annotation, DataError, Joined, Photo
from sam_widget.training.data.scenes import SMALLEST, SOURCE, Drawings, Scenes
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO

GREY = (90, 90, 90)


class Grounds:
    """Grey photos with one square object, which is dark red."""

    def __init__(self, source: str = "ground") -> None:
        self.sources = [source] * 3

    def __getitem__(self, index: int) -> Photo:
        pixels = Image.new("RGB", (200, 160), GREY)
        ImageDraw.Draw(pixels).rectangle((20, 30, 89, 99), fill=(120, 0, 0))
        mask = np.zeros((160, 200), np.uint8, order="F")
        mask[30:100, 20:90] = 1
        return Photo(pixels, (Annotation(coco_mask.encode(mask)),), self.sources[0])


@pytest.fixture
def drawings(tmp_path):
    """One drawing: a blue disc with a yellow square on it."""
    drawn = Image.new("RGBA", (128, 128))
    draw = ImageDraw.Draw(drawn)
    draw.ellipse((4, 4, 123, 123), fill=(0, 0, 255, 255))
    draw.rectangle((40, 40, 79, 79), fill=(255, 255, 0, 255))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    with tarfile.open(tmp_path / "cutouts.tar", "w") as tar:
        member = tarfile.TarInfo("disc.png")
        member.size = file.tell()
        tar.addfile(member, io.BytesIO(file.getvalue()))
    return Drawings(tmp_path / "cutouts.tar")


def arrays(photo: Photo, kind: str) -> list[np.ndarray]:
    return [a.array() > 0 for a in photo.annotations if a.kind == kind]


def test_a_scene_is_the_same_each_time_and_others_differ(drawings):
    scenes = Scenes(Grounds(), drawings, 20)
    first = [np.asarray(scenes[i].pixels) for i in range(20)]
    again = [np.asarray(scenes[i].pixels) for i in range(20)]
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert len({a.tobytes() for a in first}) > 15


def test_objects_do_not_overlap_and_leave_the_ground_untouched(drawings):
    scenes = Scenes(Grounds(), drawings, 40)
    pasted = 0
    for index in range(40):
        scene = scenes[index]
        objects = arrays(scene, "object")
        assert np.sum(objects, axis=0).max() <= 1, "what covers takes from what is covered"
        assert all(mask.sum() >= SMALLEST for mask in objects)
        pasted += len(objects) - 1
    assert pasted > 20


def test_a_drawings_colours_are_its_parts(drawings):
    scenes = Scenes(Grounds(), drawings, 60)
    seen = 0
    for index in range(60):
        scene = scenes[index]
        pixels = np.asarray(scene.pixels).astype(int)
        whole = np.any(arrays(scene, "object"), axis=0)
        for part in arrays(scene, "part"):
            seen += 1
            assert (part & ~whole).sum() <= 0.02 * part.sum(), "a part lies in a thing"
            r, g, b = np.median(pixels[part], axis=0)
            assert (b > 2 * r) or (r > 2 * b and g > 2 * b), "blue or yellow, not both"
    assert seen > 20


def test_dense_sources_are_no_backgrounds(drawings):
    with pytest.raises(DataError, match="background"):
        Scenes(Grounds("manuscripts"), drawings, 5)


def test_joined_sets_count_on(drawings):
    both = Joined(Grounds(), Scenes(Grounds(), drawings, 2))
    assert list(both.sources) == ["ground"] * 3 + [SOURCE] * 2
    assert [both[i].source for i in range(5)] == list(both.sources)


@pytest.mark.parametrize("content", [b"no tar at all", None])
def test_what_holds_no_drawings_is_refused(tmp_path, content):
    path = tmp_path / "broken.tar"
    if content is None:
        tarfile.open(path, "w").close()
    else:
        path.write_bytes(content)
    with pytest.raises(DataError):
        Drawings(path)
