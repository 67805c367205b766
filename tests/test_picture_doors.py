"""One file, the same picture out of every door: the widget, folders, shards, COCO, training."""

import io
import json
import tarfile
from contextlib import closing

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask

from sam_widget import SamWidget
from sam_widget.images import content_hash, image_in, picture_in, read_image
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.everything import find as everything
from sam_widget.segment.everything.search import Search
from sam_widget.segment.precompute import precompute
from sam_widget.training.data.folders import FolderPhotos
from sam_widget.training.data.photos import ShardPhotos
from sam_widget.training.data.readers import GivenPhotos, open_photos
from tests.pictures import colours, saved
from tests.segment.fake import FakeSegmenter
from tests.test_picture_depths import png16, tiff, values


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(Image.fromarray(colours()), "PNG", exif=exif)


def cut():
    whole = saved(Image.fromarray(np.repeat(np.repeat(colours(), 20, 0), 20, 1)), "JPEG")
    return whole[: len(whole) * 2 // 3]


def palette():
    image = Image.fromarray(colours()).quantize(8)
    return saved(image, "PNG", transparency=0)


GREY, COLOUR = values("12 bits in 16", 1), values("12 bits in 16", 3)
FLOATS = values("float of any range", 1)


def low(top, hot=False):
    """16 bits that hardly go beyond `top`."""
    array = (values("16 bits", 3) * (top / 65535)).astype(np.uint16)
    array[3, 3, 0] = 65535 if hot else array[3, 3, 0]
    return array


FILES = {
    "8 bits": ("png", lambda: saved(Image.fromarray(colours()), "PNG")),
    "8 bits, JPEG": ("jfif", lambda: saved(Image.fromarray(colours()), "JPEG")),
    "8 bits, grey": ("png", lambda: saved(Image.fromarray(colours()[..., 0]), "PNG")),
    "alpha": ("png", lambda: saved(Image.fromarray(values("8 bits", 4)), "PNG")),
    "a palette with a clear colour": ("png", palette),
    "12 bits in 16, grey": ("png", lambda: saved(Image.fromarray(GREY), "PNG")),
    "12 bits in 16, colour": ("png", lambda: png16(COLOUR)),
    "16 bits, colour and alpha": ("png", lambda: png16(values("16 bits", 4))),
    "14 bits that reach 4300": ("png", lambda: png16(low(4300))),
    "10 bits and a hot pixel": ("tif", lambda: tiff(low(1000, hot=True))),
    "16 bits, planes": ("tif", lambda: tiff(COLOUR, planarconfig="separate")),
    "signed": ("tif", lambda: tiff(values("signed", 1))),
    "float": ("tiff", lambda: tiff(FLOATS)),
    "float, colour": ("tiff", lambda: tiff(values("float 0..1", 3))),
    "white is zero": ("TIF", lambda: tiff(GREY, photometric="miniswhite")),
    "no data": ("tif", lambda: tiff(FLOATS, extratags=[(42113, 2, 0, str(FLOATS[1, 1]), True)])),
    "turned": ("png", turned),
    "turned, 16 bits": ("tif", lambda: tiff(COLOUR, extratags=[(274, 3, 1, 8, True)])),
    "cut off": ("jpg", cut),
    "CMYK": ("jpg", lambda: saved(Image.new("CMYK", (9, 6), (0, 200, 100, 9)), "JPEG")),
}


class SeenError(Exception):
    pass


def by_everything(path, monkeypatch):
    def look(segmenter, pixels, *rest):
        raise SeenError(pixels)

    monkeypatch.setattr(everything, "everything", look)
    monkeypatch.setattr(everything, "embedded", lambda *_: None)
    monkeypatch.setattr(everything, "segmenter_of", lambda model: model)
    with pytest.raises(SeenError) as caught:
        everything.find_everything(FakeSegmenter(), path, Search(), progress=False)
    return caught.value.args[0]


def annotations(pixels):
    mask = np.zeros(pixels.shape[:2], np.uint8)
    mask[1:4, 1:4] = 1
    code = coco_mask.encode(np.asfortranarray(mask))
    return mask, {"size": code["size"], "counts": code["counts"].decode()}


def by_training(path, pixels):
    """(door, picture) of each layout that training reads."""
    mask, code = annotations(pixels)
    height, width = mask.shape
    record = {"id": 1, "image_id": 1, "category_id": 1, "segmentation": code, "iscrowd": 0}
    image = {"id": 1, "file_name": path.name, "width": width, "height": height}
    told = json.dumps({"image": image, "annotations": [record]}).encode()
    path.with_suffix(".json").write_bytes(told)
    yield "pairs", GivenPhotos([(path, [mask > 0])])[0].pixels
    yield "a folder", FolderPhotos(path.parent)[0].pixels
    path.with_suffix(".json").unlink()
    coco = path.parent / "coco.json"
    coco.write_text(json.dumps({"images": [image], "annotations": [record], "categories": []}))
    yield "COCO", open_photos(coco)[0].pixels
    coco.unlink()
    shard = path.parent / "train-0.tar"
    with tarfile.open(shard, "w") as tar:
        for name, data in ((path.name, path.read_bytes()), (f"{path.stem}.json", told)):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    yield "a shard", ShardPhotos([shard])[0].pixels
    shard.unlink()


class Hashes(FakeSegmenter):
    def embed(self, pixels):
        self.seen = content_hash(pixels)
        return super().embed(pixels)


@pytest.mark.parametrize("kind", FILES)
def test_every_door_gives_the_same_picture(kind, tmp_path, monkeypatch):
    suffix, write = FILES[kind]
    path, data = tmp_path / f"photo-1.{suffix}", write()
    path.write_bytes(data)
    wanted = read_image(path).pixels
    assert wanted.max() > 200  # dark nowhere, though the files count to very different tops
    doors = {
        "text": read_image(str(path)).pixels,
        "bytes": read_image(data).pixels,
        "a view": read_image(memoryview(data)).pixels,
        "a buffer": read_image(io.BytesIO(data)).pixels,
        "bytes with a name": picture_in(data, "photo").pixels,
        "PIL for training": np.asarray(image_in(data, "photo")),
        "everything": by_everything(path, monkeypatch),
    }
    with path.open("rb") as file:
        doors["a file"] = read_image(file).pixels
    if kind not in ("cut off", "float, colour"):  # which Pillow does not open
        with Image.open(path) as image:
            doors["PIL"] = read_image(image).pixels
    with closing(SamWidget(path, FakeSegmenter())) as widget:
        doors["the widget"] = widget.image
    doors.update((name, np.asarray(each)) for name, each in by_training(path, wanted))
    for door, pixels in doors.items():
        np.testing.assert_array_equal(pixels, wanted, err_msg=door)
    model = Hashes()
    cache = EmbeddingCache(10_000)
    assert precompute(tmp_path, model, cache=cache).made == 1
    assert model.seen == content_hash(wanted)


def test_a_turned_photo_keeps_its_masks(tmp_path):
    """Masks that were drawn on the picture as it is stored are not turned with it."""
    data = turned()
    stored = picture_in(data, "photo", size=(9, 6)).pixels
    np.testing.assert_array_equal(stored, colours())
    np.testing.assert_array_equal(np.asarray(image_in(data, "photo", (9, 6))), stored)
    assert picture_in(data, "photo", size=(6, 9)).size == (6, 9)


@pytest.mark.parametrize("suffix", ["jfif", "JPE", "jpeg", "Png", "TIFF", "jp2", "webp", "bmp"])
def test_a_folder_passes_by_no_kind_of_picture(suffix, tmp_path):
    forms = {"jfif": "JPEG", "jpe": "JPEG", "jp2": "JPEG2000", "jpeg": "JPEG"}
    form = forms.get(suffix.lower(), suffix.upper())
    (tmp_path / f"a.{suffix}").write_bytes(saved(Image.fromarray(colours(32, 32)), form))
    (tmp_path / f"._a.{suffix}").write_bytes(b"a Mac's shadow")
    (tmp_path / f".b.{suffix}").write_bytes(b"hidden")
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "a.npy").write_bytes(b"maybe masks")
    done = precompute(tmp_path, FakeSegmenter(), cache=EmbeddingCache(10_000))
    assert (done.made, done.failed) == (1, ())


@pytest.mark.parametrize("paste", ['"{}"', "'{}'", "file://{}", " {}\n"])
def test_what_is_pasted_opens_every_door(paste, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(saved(Image.fromarray(colours()), "PNG"))
    for given in (paste.format(path), paste.format(tmp_path)):
        cache = EmbeddingCache(10_000)
        assert precompute(given, FakeSegmenter(), cache=cache).made == 1
    np.testing.assert_array_equal(read_image(paste.format(path)).pixels, colours())
    mask = np.zeros((6, 9), bool)
    mask[2, 2] = True
    assert len(GivenPhotos([(paste.format(path), [mask])])) == 1
