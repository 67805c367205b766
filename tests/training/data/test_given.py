"""What is given as a mask, and what comes of it: a row each. The photo is 64 x 48 px."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget.geometry import Frame
from sam_widget.masks import Mask, MaskError
from sam_widget.regions import Region
from sam_widget.segment.prompts import Prediction
from sam_widget.training.data.given import masks_of
from sam_widget.training.data.photos import DataError
from sam_widget.training.data.readers import GivenPhotos
from tests.fuzz.odd import Contrary
from tests.training.conftest import OLD_COCO
from tests.training.layouts import rle, runs

pytestmark = OLD_COCO

WIDTH, HEIGHT = SIZE = 64, 48
PHOTO = Image.fromarray(np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8))
A, B, C = np.zeros((3, HEIGHT, WIDTH), bool)
A[4:20, 6:30] = True
B[25:40, 10:20] = True
C[30:44, 40:60] = True
CELLS = A * 1 + B * 2 + C * 3
EMPTY = np.zeros_like(A)
BOX = {"segmentation": [[6, 4, 30, 4, 30, 20, 6, 20]]}  # A as a polygon
RAMP = np.linspace(0, 255, WIDTH).astype(np.uint8)[None].repeat(HEIGHT, 0)


def found(mask: np.ndarray) -> Region:
    own = Mask.from_array(mask)
    return Region(own, "", 0.9, 0.9)


def predicted(mask: np.ndarray) -> Prediction:
    square = np.pad(np.stack([EMPTY, mask, EMPTY]), ((0, 0), (0, WIDTH - HEIGHT), (0, 0)))
    logits = square.astype(np.float32) * 8 - 4
    share = np.ones(3, np.float32)
    return Prediction(logits, share, share, ("a", "b", "c"), 1, Frame(*SIZE, 64))


def colours(*of: tuple[np.ndarray, tuple[int, int, int]]) -> np.ndarray:
    out = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for mask, colour in of:
        out[mask] = colour
    return out


def palette(indices: np.ndarray, of: list[int]) -> Image.Image:
    image = Image.fromarray(indices.astype(np.uint8)).convert("P")
    image.putdata(indices.ravel().tolist())
    image.putpalette(of)
    return image


VOC = palette(A * 7 + B * 255, [0, 0, 0, *range(1, 253), *([9] * 513)])
WHITE_FIRST = palette((~A) * 1, [255, 255, 255, 0, 0, 0])
TWO = colours((A, (200, 0, 0)), (B, (0, 9, 0)))
CUT_OUT = np.dstack([np.asarray(PHOTO), A * np.uint8(255)])


class Table:
    """A table as pandas has it: as much of it as is asked for."""

    columns = ("segmentation",)

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def to_dict(self, kind: str) -> list[dict[str, Any]]:
        assert kind == "records"
        return self.rows


TAKEN: dict[str, tuple[Any, list[np.ndarray]]] = {
    "bool": (A, [A]),
    "0 and 1": (A.astype(np.uint8), [A]),
    "0 and 255": (A * np.uint8(255), [A]),
    "0 and 7": (A * 7, [A]),
    "0.0 and 1.0": (A.astype(np.float32), [A]),
    "0.0 and 255.0": (A * 255.0, [A]),
    "half precision": (A.astype(np.float16), [A]),
    "rows": (A.tolist(), [A]),
    "rows of a stack": ([A.tolist(), B.tolist()], [A, B]),
    "N, H, W": (np.stack([A, B]), [A, B]),
    "1, H, W": (A[None], [A]),
    "H, W, 1": (A[..., None], [A]),
    "N, 1, H, W": (np.stack([A, B])[:, None], [A, B]),
    "H, W, N": (np.stack([A, B], 2), [A, B]),
    "everything": (np.ones_like(A), [np.ones_like(A)]),
    "list of arrays": ([A, B], [A, B]),
    "tuple": ((A, C), [A, C]),
    "generator": ((each for each in (A, B)), [A, B]),
    "lists in lists": ([[A], [B, [C]]], [A, B, C]),
    "masked array": (np.ma.array(A | B, mask=B), [A]),
    "Mask": (Mask.from_array(A), [A]),
    "Masks": ([Mask.from_array(A), Mask.from_array(B)], [A, B]),
    "Region": (found(A), [A]),
    "what find_everything returns": ((found(A), found(B)), [A, B]),
    "a Prediction's best": (predicted(A), [A]),
    "Predictions": ([predicted(A), predicted(B)], [A, B]),
    "objects of a widget": ([SimpleNamespace(mask=A), SimpleNamespace(mask=B)], [A, B]),
    "tensor": (torch.from_numpy(A), [A]),
    "tensor with gradient": (torch.from_numpy(A).float().requires_grad_(), [A]),
    "bfloat16": (torch.from_numpy(A).to(torch.bfloat16), [A]),
    "stack of tensors": (torch.from_numpy(np.stack([A, B])), [A, B]),
    "list of tensors": ([torch.from_numpy(A)[None], torch.from_numpy(B)[None]], [A, B]),
    "labels": (CELLS, [A, B, C]),
    "labels, 16 bits": ((CELLS * 1000).astype(np.uint16), [A, B, C]),
    "labels as floats": (CELLS.astype(np.float64), [A, B, C]),
    "labels as a tensor": (torch.from_numpy(CELLS), [A, B, C]),
    "labels with a void": ((A * 3 + B * 15 + C * 255).astype(np.uint8), [A, B]),
    "labels spread evenly": ((CELLS * 85).astype(np.uint8), [A, B, C]),
    "255 labels": (np.repeat(np.arange(256), 12).reshape(HEIGHT, WIDTH), None),  # below
    "picture of labels": (Image.fromarray(CELLS.astype(np.uint8)), [A, B, C]),
    "picture, 1 bit": (Image.fromarray(A), [A]),
    "picture, L": (Image.fromarray(A * np.uint8(255)), [A]),
    "picture, 16 bits": (Image.fromarray((CELLS * 300).astype(np.uint16)), [A, B, C]),
    "picture, int32": (Image.fromarray(CELLS.astype(np.int32)), [A, B, C]),
    "picture, RGB, white": (Image.fromarray(colours((A, (255, 255, 255)))), [A]),
    "picture, RGB, coded": (Image.fromarray(TWO), [B, A]),
    "picture, RGBA, cut out": (Image.fromarray(CUT_OUT), [A]),
    "palette, as Pascal VOC": (VOC, [A]),
    "palette, white first": (WHITE_FIRST, [A]),
    "colours": (TWO, [B, A]),
    "colours from 0 to 1": (TWO / np.float32(255), [B, A]),
    "colours with VOC's border": (colours((A, (128, 0, 0)), (B, (224, 224, 192))), [A]),
    "grey in three channels": (colours((A, (1, 1, 1)), (B, (2, 2, 2))), [A, B]),
    "the same thrice": (np.stack([A, A, A]), [A]),
    "generator's, binary": ({"segmentation": A, "bbox": [6, 4, 24, 16], "area": 384}, [A]),
    "generator's, run lengths": ({"segmentation": runs(A), "bbox": [6, 4, 24, 16]}, [A]),
    "generator's, COCO": ({"segmentation": rle(A)}, [A]),
    "generator's, several": ([{"segmentation": A}, {"segmentation": rle(B)}], [A, B]),
    "run lengths": (rle(A), [A]),
    "run lengths, uncompressed": (Mask.from_array(A).to_coco(), [A]),
    "polygons": (BOX, [A]),
    "one polygon without its list": ({"segmentation": BOX["segmentation"][0]}, [A]),
    "polygon half outside": ({"segmentation": [[-9, -9, 9, -9, 9, 9, -9, 9]]}, None),
    "mask in a dictionary": ({"mask": Image.fromarray(A), "label": "cat", "score": 0.9}, [A]),
    "masks in a dictionary": ({"masks": [A, B]}, [A, B]),
    "table": (Table([{"segmentation": A}, {"segmentation": rle(B)}]), [A, B]),
    "a row of a table": (SimpleNamespace(to_dict=lambda: {"segmentation": A}), [A]),
}
TAKEN["255 labels"] = (TAKEN["255 labels"][0], [TAKEN["255 labels"][0] == n for n in range(1, 256)])
CORNER = np.zeros_like(A)
CORNER[:9, :9] = True
TAKEN["polygon half outside"] = (TAKEN["polygon half outside"][0], [CORNER])


@pytest.mark.parametrize("row", TAKEN)
def test_what_means_masks_is_taken(row: str) -> None:
    given, wanted = TAKEN[row]
    got = list(masks_of(given, SIZE))
    assert len(got) == len(wanted)
    for mask, expected in zip(got, wanted, strict=True):
        assert mask is not None
        assert mask.dtype == np.bool_
        np.testing.assert_array_equal(mask, expected)


WITHOUT: dict[str, Any] = {
    "None": None,
    "empty": EMPTY,
    "empty labels": EMPTY.astype(np.uint16),
    "empty picture": Image.fromarray(EMPTY),
    "empty colours": np.zeros((HEIGHT, WIDTH, 3), np.uint8),
    "empty Mask": Mask.from_array(EMPTY),
    "null": {"segmentation": None, "bbox": [1, 1, 3, 3]},
    "NaN in a table": {"segmentation": float("nan")},
    "no polygons": {"segmentation": []},
    "two points": {"segmentation": [[1, 1, 5, 5]]},
    "empty run lengths": {"segmentation": rle(EMPTY)},
    "polygon outside": {"segmentation": [[70, 4, 90, 4, 90, 20]]},
}


@pytest.mark.parametrize("row", WITHOUT)
def test_what_has_no_mask_is_skipped_and_counted(row: str) -> None:
    assert list(masks_of(WITHOUT[row], SIZE)) == [None]
    photos = GivenPhotos([(PHOTO, [A, WITHOUT[row], B]), (PHOTO, WITHOUT[row])])
    assert len(photos) == 1
    assert photos.skipped == 2
    assert len(photos[0].annotations) == 2


REFUSED: dict[str, tuple[Any, str]] = {
    "soft": (np.where(A, 0.9, 0.1), r"soft mask, with values from 0\.1 to 0\.9.*mask > 0\.5"),
    "soft, in a list": ([A, np.where(A, 0.9, 0.1)], "soft mask"),
    "soft, from 0 to 255": (np.where(A, 200.5, 3.25), "soft mask.*mask > 127"),
    "soft tensor": (torch.from_numpy(np.where(A, 0.9, 0.1))[None], "soft mask"),
    "soft picture": (Image.fromarray(np.where(A, 0.9, 0.1).astype(np.float32)), "soft mask"),
    "detections": ({"boxes": [], "masks": torch.rand(2, 1, HEIGHT, WIDTH)}, "mask > 0.5"),
    "logits": (np.where(A, 8.5, -7.25), r"values from -7\.25 to 8\.5.*logits.*mask > 0"),
    "labels below 0": (CELLS - 1, "values from -1 to 2.*background is 0"),
    "NaN": (np.where(A, np.nan, 0), "NaN or infinity"),
    "infinity": (np.where(A, np.inf, 0), "NaN or infinity"),
    "trimap": ((A * 128 + B * 255).astype(np.uint8), "trimap.*mask == 255"),
    "smoothed": (
        np.asarray(Image.fromarray(A * np.uint8(255)).resize((9, 9)).resize(SIZE)),
        "smoothed|photo",
    ),
    "a photo": (PHOTO, "colours is a photo"),
    "a grey photo": (PHOTO.convert("L"), "is a photo, or smoothed"),
    "a ramp": (RAMP, "is a photo, or smoothed"),
    "half the size": (np.ones((24, 32), bool), "picture of half the size"),
    "a third": (np.ones((16, 21), bool), "a third the size"),
    "twice the size": (np.ones((96, 128), bool), "twice the size"),
    "swapped": (A.T, "width and height are swapped.*EXIF"),
    "cropped": (A[:-1], "border that was cut off"),
    "another picture": (np.ones((9, 60), bool), "another picture"),
    "picture of another size": (Image.new("1", (32, 24)), "half the size"),
    "Mask of another size": (Mask.from_array(np.ones((9, 9), bool)), r"\(9, 9\), its image \(48"),
    "stack of another size": (np.ones((2, 24, 32), bool), "half the size"),
    "colours of another size": (np.ones((24, 32, 3), np.uint8), "half the size"),
    "run lengths of another size": (rle(np.ones((24, 32), bool)), "half the size"),
    "run lengths, swapped": (rle(A.T), "swapped"),
    "run lengths that do not fill": ({"size": [48, 64], "counts": [7]}, "sum to 7, not to 3072"),
    "huge counts": ({"size": [48, 64], "counts": [10**30]}, "sum to 10+, not to 3072"),
    "no size": ({"segmentation": {"size": None, "counts": [1]}}, r"\[height, width\], not None"),
    "odd polygon": ({"segmentation": [[1, 2, 3, 4, 5, 6, 7]]}, "x and y by turns"),
    "polygon of text": ({"segmentation": [["1", "2", "3", "4", "5", "6"]]}, "x and y by turns"),
    "polygon with NaN": ({"segmentation": [[float("nan"), 1, 5, 5, 9, 9]]}, "not a number"),
    "polygon far away": ({"segmentation": [[0, 0, 1e9, 0, 1e9, 1e9]]}, "far outside"),
    "segmentation in words": ({"segmentation": "circle"}, "no file|No such file"),
    "a box alone": ([6, 4, 30, 20], "list of 4 numbers is no mask"),
    "boxes": ([[6, 4, 30, 20], [1, 1, 2, 2]], r"a mask is \(2, 4\), its image \(48, 64\)"),
    "ragged rows": ([[1, 0, 1], [1, 0]], "not all as long.*polygons are given as"),
    "dictionary of something": ({"bbox": [1, 2, 3, 4]}, "keys 'bbox' has no segmentation"),
    "one number": (7, "a mask is a Mask, a bool array.*not int 7"),
    "bytes": (b"PNG", "not bytes"),
    "one axis": (np.ones(5, bool), r"shape \(5,\) is no mask"),
    "no axis": (np.array(1), r"shape \(\) is no mask"),
    "dates": (np.zeros((HEIGHT, WIDTH), "datetime64[s]"), "datetime64.* is no mask"),
    "what refuses": (Contrary(), "cannot be read as a mask: not now"),
    "a type": (int, "not type the type int|not the type int|not type"),
    "text array": (np.full((HEIGHT, WIDTH), "x"), "is no mask: give one of bool"),
    "complex": (A.astype(complex), "complex128 is no mask"),
    "no such file": ("nowhere/mask.png", "No such file"),
}


@pytest.mark.parametrize("row", REFUSED)
def test_what_is_no_mask_is_refused_with_the_way_out(row: str) -> None:
    given, told = REFUSED[row]
    with pytest.raises(DataError, match=told) as caught:
        GivenPhotos([(PHOTO, given)])
    one_sentence(str(caught.value))


@pytest.mark.parametrize("given", [np.array(0), 7, int, torch.tensor(3), Contrary()])
def test_photos_that_are_no_list_are_refused(given: Any) -> None:
    with pytest.raises(
        DataError, match=r"photos are a list of pairs \(image, masks\), not "
    ) as told:
        GivenPhotos(given)
    one_sentence(str(told.value))
    assert "<class" not in str(told.value)


def test_a_tensor_of_bfloat16_is_a_mask() -> None:
    [mask] = masks_of(torch.from_numpy(A).to(torch.bfloat16), SIZE)
    np.testing.assert_array_equal(mask, A)
    with pytest.raises(MaskError, match="not float32"):
        Mask.from_array(torch.ones(4, 4, dtype=torch.bfloat16))


def one_sentence(said: str) -> None:
    assert said.endswith(".")
    assert not said.endswith("..")
    assert "\n" not in said
    assert ". " not in said
    assert "object at 0x" not in said
    assert len(said) < 700


FILES: dict[str, tuple[str, Callable[[Path], object], object]] = {
    "png": ("a.png", lambda p: Image.fromarray(A * np.uint8(255)).save(p), [A]),
    "labels": ("a.png", lambda p: Image.fromarray(CELLS.astype(np.uint8)).save(p), [A, B, C]),
    "16 bits": ("a.tif", lambda p: Image.fromarray(CELLS.astype(np.uint16)).save(p), [A, B, C]),
    "palette": ("a.png", VOC.save, [A]),
    "gif": ("a.gif", lambda p: Image.fromarray(A * np.uint8(255)).save(p), [A]),
    "npy": ("a.npy", lambda p: np.save(p, CELLS), [A, B, C]),
    "npy of soft": ("a.npy", lambda p: np.save(p, A * 0.3), r"a\.npy: a soft mask"),
    "pickled npy": (
        "a.npy",
        lambda p: np.save(p, np.array([None]), allow_pickle=True),
        "cannot be read as a mask",
    ),
    "jpeg": ("a.jpg", PHOTO.save, r"a\.jpg: a mask in \d+ colours is a photo"),
    "another size": ("a.png", lambda p: Image.new("1", (32, 24)).save(p), "half the size"),
    "broken": ("a.png", lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\nxx"), "cannot be read as a"),
    "empty": ("a.png", lambda p: p.write_bytes(b""), "is empty: a picture of a mask was"),
    "text": ("a.txt", lambda p: p.write_text("hello"), "a picture of a mask was expected"),
    "a folder": ("a", lambda p: p.mkdir(), "Is a directory"),
}


@pytest.mark.parametrize("row", FILES)
def test_masks_come_from_files(row: str, tmp_path: Path) -> None:
    name, write, wanted = FILES[row]
    write(tmp_path / name)
    pairs = [(PHOTO, str(tmp_path / name)), (PHOTO, [tmp_path / name])]
    if isinstance(wanted, str):
        with pytest.raises(DataError, match=wanted) as caught:
            GivenPhotos(pairs)
        one_sentence(str(caught.value))
        return
    photos = GivenPhotos(pairs)
    for number in range(2):
        got = [annotation.array() for annotation in photos[number].annotations]
        np.testing.assert_array_equal(got, wanted)


def test_photos_are_given_as_pairs_or_dictionaries() -> None:
    rows = [{"image": PHOTO, "masks": [A, B]}, {"image": PHOTO, "label": Image.fromarray(A)}]
    assert [len(photo.annotations) for photo in map(GivenPhotos(rows).__getitem__, range(2))] == [
        2,
        1,
    ]
    for wrong, told in (
        (None, "a list of pairs"),
        (7, "a list of pairs"),
        ([{"image": PHOTO}], "a SamWidget or a pair"),
        ([7], "a SamWidget or a pair"),
        ((PHOTO, A), "a SamWidget or a pair"),
        ([(PHOTO, A, B)], "a SamWidget or a pair"),
        ([], "no photo with a mask"),
        ([(PHOTO, None)], "no photo with a mask"),
    ):
        with pytest.raises(DataError, match=told) as caught:
            GivenPhotos(wrong)  # type: ignore[arg-type]
        one_sentence(str(caught.value))


def test_masks_nested_without_end_are_refused() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(DataError, match="nested deeper") as caught:
        GivenPhotos([(PHOTO, deep)])
    one_sentence(str(caught.value))
