"""Files that lie, climb or have no end: one sentence each, in little memory. A row each."""

from __future__ import annotations

import base64
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib

import numpy as np
import pytest
from PIL import Image

from sam_widget import SamError, read_annotations
from tests.formats.conftest import OLD_COCO
from tests.fuzz.rule import one_sentence

pytestmark = OLD_COCO

DEEP = "[" * 200_000
GRID = {"size": [4, 4], "counts": [0, 16]}


def png(width, height, mode=0, bits=8):
    """A PNG that says this size and holds no pixel."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, bits, mode, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def npz(**arrays):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            data = array if isinstance(array, bytes) else _npy(np.asarray(array))
            archive.writestr(f"{name}.npy", data)
    return out.getvalue()


def _npy(array):
    out = io.BytesIO()
    np.save(out, array, allow_pickle=True)
    return out.getvalue()


def header(shape):
    out = io.BytesIO()
    said = {"descr": "|b1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(out, said)
    return out.getvalue()


def coco(image=None, **note):
    entry = {"id": 1, "file_name": "a.png", "width": 4, "height": 4} | (image or {})
    annotation = {"id": 1, "image_id": 1, "segmentation": [[0, 0, 3, 0, 3, 3]]} | note
    return {"a.json": json.dumps({"images": [entry], "annotations": [annotation]})}


def labelme(size=(4, 4), **shape):
    given = {"label": "a", "points": [[0, 0], [3, 0], [3, 3]], "shape_type": "polygon"} | shape
    told = {"imageWidth": size[0], "imageHeight": size[1], "imagePath": "a.png", "shapes": [given]}
    return {"a.json": json.dumps(told)}


def geo(coordinates, kind="Polygon", **noted):
    feature = {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}}
    block = {"image": "a.png", "width": 4, "height": 4} | noted
    return {"a.geojson": json.dumps({"features": [feature], "sam_widget": block})}


def yolo(line, names='names: ["cup"]\n', size=(4, 4)):
    noted = json.dumps({"sizes": {"a.png": size}})
    return {"labels/a.txt": line, "data.yaml": names, "sam_widget.json": noted}


def base(data):
    return base64.b64encode(data).decode()


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
RING = [[0, 0], [3, 0], [3, 3], [0, 0]]
ZIGZAG = [n for i in range(4000) for n in (i % 2 * 60_000, i)]

HUGE = {"width": 60_000, "height": 60_000}
STRIPES = {"size": [60_000, 60_000], "counts": [60_000] * 60_000}
ONE = np.ones((1, 4, 4), bool)
PICKLE = np.array([{}], object)

ROWS = [
    ("sa1b", {"a.json": DEEP}, "nested deeper"),
    ("sa1b", {"a.json": '{"annotations": ' + DEEP}, "nested deeper"),
    ("sa1b", {"a.json": "1" * 10_000}, "cannot be read as JSON"),
    ("sa1b", {"a.json": b"\xff\xfe\x00"}, "cannot be read|was expected"),
    ("sa1b", {"a.json": ""}, "is empty"),
    ("sa1b", {}, "has no .json files"),
    ("coco", {"a.json": DEEP}, "nested deeper"),
    ("coco", coco({"file_name": "../../etc/passwd"}), "leads out of its folder"),
    ("coco", coco({"file_name": "C:\\a.png"}), "leads out of its folder"),
    ("coco", coco({"file_name": 7}), "is no file name"),
    ("coco", coco({"width": -4}), "width and height are not said"),
    ("coco", coco({"width": 1e308}), "width and height are not said"),
    ("coco", coco({"width": float("nan")}), "width and height are not said"),
    ("coco", coco(HUGE, segmentation=[ZIGZAG]), "outlines of over"),
    ("coco", coco(HUGE, segmentation=STRIPES), "rows is of no"),
    ("coco", coco(segmentation={"size": [4, 4], "counts": [10**30]}), "sum to"),
    ("coco", coco(segmentation={"size": [4, 4], "counts": "o" * 9999}), "larger than any"),
    ("coco", coco(segmentation={"size": [4, 4], "counts": "\ud800"}), "counts|characters|COCO"),
    ("coco", coco(segmentation={"size": [4, 4], "counts": "04"}), "sum to 4, not to 16"),
    ("coco", coco(segmentation=[[0, 0, float("inf"), 0, 3, 3]]), "far outside"),
    ("coco", coco(segmentation=[[0, 0, None, 0, 3, 3]]), "not a list of x and y"),
    ("coco", coco(segmentation=GRID, sam_widget={"made": {"seconds": "x"}}), "made.seconds"),
    ("labelme", labelme(shape_type="mask", points=[[0, 0], [3, 3]], mask=base(png(4, 4))),
     "cannot be read as a picture"),
    ("labelme", labelme(shape_type="mask", points=[[0, 0], [3, 3]], mask=base(png(30_000, 30_000))),
     "is not read whole"),
    ("labelme", labelme(shape_type="mask", points=[[0, 0], [3, 3]], mask=base(png(9, 9))),
     "of 9 x 9 px, not of 4 x 4"),
    ("labelme", labelme(shape_type="mask", points=[[0, 0], [9, 9]], mask="x"), "does not lie in"),
    ("labelme", labelme(shape_type="mask", points=[[-1, 0], [2, 2]], mask="x"), "does not lie in"),
    ("labelme", labelme(shape_type="mask", points=[[0, 0], [3, 3]], mask=7), "a PNG in base64"),
    ("labelme", labelme(shape_type="mask", points=[[0, 0], [3, 3]], mask="###"), "picture|base64"),
    ("labelme", labelme(shape_type="rectangle"), "a rectangle has 2 points, not 3"),
    ("labelme", labelme(points=[[0, float("nan")]] * 3), "a point is x and y"),
    ("labelme", labelme(points=[[0, 1e300]] * 3), "a point is x and y"),
    ("labelme", labelme((0, 4)), "but does not say imageWidth"),
    ("labelme", {"a.json": '{"shapes": [3], "imageWidth": 4, "imageHeight": 4}'}, "is a mapping"),
    ("geojson", geo([[[0, 0], [1e300, 0], [3, 3]]]), "far outside"),
    ("geojson", geo([[[0, 0], [float("nan"), 0], [3, 3]]]), "not a finite one"),
    ("geojson", geo([[[0, 0], [float("inf"), 0], [3, 3]]]), "not a finite one"),
    ("geojson", geo([RING], transform=[1, 1e308, 0, 0, 1, 1e308]), "far outside|leads to a line"),
    ("geojson", geo([[["a", "b"]]]), "a ring is a list"),
    ("geojson", geo(3), "a ring is a list"),
    ("geojson", geo([RING], transform=[0, 0, 0, 0, 0, 0]), "leads to a line"),
    ("geojson", geo([RING], transform=["x"]), "is six numbers"),
    ("geojson", geo([RING], transform=3), "is six numbers"),
    ("geojson", geo([RING], image="../a.png"), "leads out of its folder"),
    ("geojson", geo([RING], width=10**400), "does not say its image's size"),
    ("geojson", geo([[[n % 2 * 1.0, n % 3 * 59_000.0] for n in range(9000)]],
                    width=60_000, height=60_000), "rows of pixels"),
    ("geojson", {"a.geojson": '{"features": ' + DEEP}, "nested deeper"),
    ("yolo", yolo("0 0 0 1 0 1"), "is no line of YOLO's"),
    ("yolo", yolo("0 0 0 1 0 nan 1"), "is no line of YOLO's"),
    ("yolo", yolo("0 0 0 1 0 1e300 1"), "is no line of YOLO's"),
    ("yolo", yolo("-1 0 0 1 0 1 1"), "a class is a whole number"),
    ("yolo", yolo("9" * 5000 + " 0 0 1 0 1 1"), "a class is a whole number"),
    ("yolo", yolo("0 0 0 1 0 1 1", size=(-4, 4)), "image's size is"),
    ("yolo", yolo("0 0 0 1 0 1 1", size="x"), "image's size is"),
    ("yolo", yolo("0 0 0 1 0 1 1", names=LAUGHS + "names: *i\n"), "classes that are no text"),
    ("yolo", yolo("0 0 0 1 0 1 1", names="names: ["), "cannot be read as YAML"),
    ("yolo", yolo("0 0 0 1 0 1 1", names="[" * 20_000), "cannot be read as YAML"),
    ("yolo", yolo("0 0 0 1 0 1 1", names="!!python/object/apply:os.system [ls]"), "as YAML"),
    ("yolo", yolo("0 0 0 1 0 1 1", names="x" * 2**21), "no list of names is so long"),
    ("yolo", {"labels/a.txt": "0 0 0 1 0 1 1"}, "size is not known"),
    ("voc", {"SegmentationObject/a.png": png(60_000, 60_000)}, "is not read whole"),
    ("voc", {"SegmentationObject/a.png": b"\x89PNG\r\n\x1a\nxxxx"}, "cannot be read as a picture"),
    ("voc", {"a.png": png(4, 4)}, "has neither SegmentationObject"),
    ("label_image", {"a.png": png(60_000, 60_000)}, "is not read whole"),
    ("label_image", {"a.png": png(4, 4, mode=2)}, "cannot be read|colours"),
    ("label_image", {"a.tif": b"II*\x00\x08\x00\x00\x00"}, "cannot be read as a TIFF"),
    ("label_image", {"a.tif": b"text"}, "cannot be read as a TIFF"),
    ("npz", {"a.npz": b"PK\x03\x04xx"}, "cannot be read as .npz"),
    ("npz", {"a.npz": npz(other=[1])}, "has no masks"),
    ("npz", {"a.npz": npz(masks=np.zeros((2, 3)))}, "of bool, not float64"),
    ("npz", {"a.npz": npz(masks=PICKLE)}, "of bool|pickle"),
    ("npz", {"a.npz": npz(masks=header((1, 2**20, 2**20)))}, "is not read whole"),
    ("npz", {"a.npz": npz(masks=header((2**40, 20_000, 20_000)))}, "are too many"),
    ("npz", {"a.npz": npz(masks=header((3, 4, 4)) + bytes(20))}, "is cut off"),
    ("npz", {"a.npz": npz(masks=header((-3, 4, 4)))}, "are too many"),
    ("npz", {"a.npz": npz(masks=ONE, labels=["a", "b"])}, "labels is of shape"),
    ("npz", {"a.npz": npz(masks=ONE, labels=PICKLE)}, "npz|labels"),
    ("npz", {"a.npz": npz(masks=ONE, name=np.array("../a"))}, "leads out"),
    ("cutouts", {"a.png": png(4, 4)}, "cannot be read as a picture"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "said"), ROWS)
def test_one_sentence_says_what_is_wrong(tmp_path, name, files, said):
    for file, data in files.items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(SamError, match=said) as error:
        list(read_annotations(tmp_path, name))
    assert one_sentence(str(error.value))
    assert len(str(error.value)) < 500


@pytest.mark.parametrize(
    "known",
    [
        3,
        {"image": "a.png"},
        {"size": [4]},
        {"size": [2**31] * 2, "corner": [0, 0], "number": 1, "image": "a"},
        {"size": [4, 4], "corner": [9, 9], "number": 1, "image": "a"},
        {"size": [9, 9], "corner": [0, 0], "number": 1, "image": "../a"},
    ],
)
def test_a_cutout_that_lies(tmp_path, known):
    from sam_widget.formats.pictures import png as written

    (tmp_path / "a.png").write_bytes(written(Image.new("RGBA", (4, 4)), known))
    with pytest.raises(SamError) as error:
        list(read_annotations(tmp_path, "cutouts"))
    assert one_sentence(str(error.value))


BOMBS = (
    *("rows is of no", "outlines of over", "rows of pixels", "is not read whole", "are too many"),
    "classes that are no text",
)
LIMITED = """
import resource, sys
import numpy, PIL.Image, pycocotools.mask, shapely, tifffile, yaml
from sam_widget import SamError, read_annotations
import sam_widget.formats.doors
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 2**30,) * 2)
try:
    list(read_annotations(sys.argv[1], sys.argv[2]))
except SamError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.parametrize(("name", "files", "said"), [row for row in ROWS if row[2] in BOMBS])
def test_a_bomb_takes_less_than_a_gigabyte(tmp_path, name, files, said):
    for file, data in files.items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    command = [sys.executable, "-W", "ignore", "-c", LIMITED, str(tmp_path), name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


KINDS = [[], {}, 3, None, True]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_a_kind_of_shape_that_is_no_text_is_no_error_of_python_s(tmp_path, kind):
    feature = {"type": "Feature", "geometry": {"type": kind, "coordinates": [RING]}}
    noted = {"image": "a.png", "width": 4, "height": 4}
    (tmp_path / "a.geojson").write_text(json.dumps({"features": [feature], "sam_widget": noted}))
    with pytest.warns(UserWarning, match="no polygons are left out"):
        assert next(iter(read_annotations(tmp_path, "geojson"))).regions == ()
    shape = {"label": "a", "points": RING, "shape_type": kind}
    there = {"shapes": [shape], "imageWidth": 4, "imageHeight": 4}
    (tmp_path / "b.json").write_text(json.dumps(there))
    assert len(next(iter(read_annotations(tmp_path / "b.json", "labelme"))).regions) == 1


ONCE = {"width": 4, "height": 4, "file_name": "a.png"}
BESIDE = [[5.0, 1.0], [7.0, 1.0], [7.0, 3.0]]  # of a picture of 4 x 4 px


def flat(ring):
    return [number for corner in ring for number in corner]


def drawn(name, rings):
    """Return files of one image with these outlines, and one that covers some of it."""
    rings = [*rings, RING]
    if name == "geojson":
        of = [{"geometry": {"type": "Polygon", "coordinates": [ring]}} for ring in rings]
        return {"a.geojson": json.dumps({"features": of, "sam_widget": ONCE})}
    if name == "labelme":
        of = [{"label": "a", "points": ring} for ring in rings]
        return {"a.json": json.dumps({"shapes": of, "imageWidth": 4, "imageHeight": 4})}
    if name == "yolo":
        lines = [f"0 {' '.join(str(number / 4) for number in flat(ring))}" for ring in rings]
        noted = {"sizes": {"a.png": [4, 4]}}
        return {"labels/a.txt": "\n".join(lines), "sam_widget.json": json.dumps(noted)}
    of = [{"image_id": 1, "segmentation": [flat(ring)]} for ring in rings]
    if name == "sa1b":
        return {"a.json": json.dumps({"image": ONCE, "annotations": of})}
    return {"a.json": json.dumps({"images": [{"id": 1, **ONCE}], "annotations": of})}


@pytest.mark.parametrize("name", ["geojson", "labelme", "yolo", "sa1b", "coco"])
def test_an_outline_that_covers_no_pixel_is_left_out_and_said_so(tmp_path, name):
    for file, data in drawn(name, [BESIDE, BESIDE[::-1]]).items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(data)
    with pytest.warns(UserWarning, match="2 outlines that cover no pixel of the image are left"):
        (one,) = read_annotations(tmp_path, name)
    assert len(one.regions) == 1
    assert one.regions[0].area > 0


def test_a_label_image_in_more_pieces_than_things_have_is_refused():
    from sam_widget.formats.rasters import MOST_PIECES, masks_in

    rows = MOST_PIECES + 1
    with pytest.raises(SamError, match="pieces of rows"):
        masks_in(np.broadcast_to(np.uint8(1), (rows, 1)))
    assert masks_in(np.broadcast_to(np.uint8(0), (rows, 1))) == {}


@pytest.mark.parametrize(
    ("value", "said"), [(10**60, "not 1000000"), ("x" * 99, "not 'xxx"), (-(10**60), "not -1000")]
)
def test_a_long_value_in_a_sentence_is_cut_to_one_sign(tmp_path, value, said):
    block = {"made": {"seconds": value}}
    for file, data in coco(segmentation=GRID, sam_widget=block).items():
        (tmp_path / file).write_text(data)
    with pytest.raises(SamError, match=said) as error:
        list(read_annotations(tmp_path, "coco"))
    assert one_sentence(str(error.value))
