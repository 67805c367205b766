"""Every format: what was written comes back, and what does not is in its Loss, to the pixel."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sam_widget import Mask, Region, SamError, read_annotations, write_annotations
from sam_widget.document.corrections import Brush
from sam_widget.document.records import Box, Point
from sam_widget.formats.annotated import Annotated
from sam_widget.formats.doors import FORMATS
from sam_widget.made import Made
from tests.formats import shapes
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO

anew = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
PHOTO = np.random.default_rng(0).integers(0, 256, (7, 9, 3), np.uint8)
NEEDS = {"cutouts": {"pictures": lambda _: PHOTO}}
ALONE = {"voc", "label_image"}  # a pixel belongs to one object
ROOM = set(FORMATS) - {"yolo"}  # for what is known beside the label

MASK = Mask.from_array(shapes.PINCHED)

# every format, in every way that keeps all
EXACT = [
    ("sa1b", {}),
    ("coco", {}),
    ("coco", {"masks": "polygons"}),
    ("labelme", {}),
    ("labelme", {"shapes": "polygon"}),
    ("geojson", {}),
    ("geojson", {"transform": (0.25, 0.0, 512_000.25, 0.0, -0.25, 4.15e6), "crs": "EPSG:32652"}),
    ("geojson", {"transform": (0.1, 0.02, -3.0, 0.03, 0.2, 1e6)}),
    ("yolo", {}),
    ("npz", {}),
    ("cutouts", {}),
    ("voc", {}),
    ("label_image", {}),
    ("label_image", {"suffix": ".png"}),
]  # fmt: skip
# and in ways that may not
LOSSY = [
    ("coco", {"masks": "polygons", "holes": "filled"}),
    ("coco", {"masks": "polygons", "detail": 1.0}),
    ("labelme", {"shapes": "polygon", "detail": 0.8, "holes": "filled"}),
    ("geojson", {"detail": 1.0}),
    ("yolo", {"holes": "filled"}),
    ("yolo", {"detail": 1.5}),
    ("voc", {"on_top": "smaller"}),
    ("label_image", {"on_top": "later"}),
]


def apart(annotated):
    """The same regions without a pixel that belongs to two, or none."""
    free = np.ones((annotated.size[1], annotated.size[0]), bool)
    found = []
    for region in annotated.regions:
        array = region.array() & free
        free &= ~array
        if array.any():
            found.append(replace(region, mask=Mask.from_array(array)))
    return replace(annotated, regions=tuple(found))


def bare(annotated):
    regions = (Region(each.mask, each.label) for each in annotated.regions)
    return replace(annotated, regions=tuple(regions))


def there_and_back(path, images, name, choices):
    loss = write_annotations(images, path, name, **NEEDS.get(name, {}), **choices)
    return loss, list(read_annotations(path, name))


def by_name(images):
    return sorted(images, key=lambda each: each.name)


@anew
@given(images=shapes.images(empty=False).filter(bool))
@pytest.mark.parametrize(("name", "choices"), EXACT)
def test_all_comes_back(tmp_path_factory, images, name, choices):
    if name in ALONE:
        images = [apart(each) for each in images]
    if name == "voc":  # it says neither objects nor labels of an image without any
        images = [each for each in images if each.regions] or [Annotated("a.jpg", (9, 7))]
    if name == "cutouts":  # an image without objects leaves nothing
        images = [each for each in images if each.regions]
        if not images:
            return
    loss, back = there_and_back(tmp_path_factory.mktemp("f") / "notes", images, name, choices)
    assert loss.exact
    assert loss.mean_iou == 1
    assert (loss.images, loss.objects) == (len(images), sum(len(each.regions) for each in images))
    if name not in ROOM:
        scored = any(region.predicted_iou is not None for each in images for region in each.regions)
        assert loss.unsaid == (("predicted IoU",) if scored else ())
        images = [bare(each) for each in images]
    assert by_name(back) == by_name(images)


@anew
@given(images=shapes.images().filter(bool))
@pytest.mark.parametrize(("name", "choices"), LOSSY)
def test_the_loss_is_what_the_file_lacks(tmp_path_factory, images, name, choices):
    loss, back = there_and_back(tmp_path_factory.mktemp("f") / "notes", images, name, choices)
    lost = {(each.image, each.number): each for each in loss.lost}
    found = {each.name: [region.mask for region in each.regions] for each in back}
    for each in images:
        masks = iter(found[each.name])
        for number, region in enumerate(each.regions):
            said = lost.get((each.name, number))
            gone = said is not None and not said.iou
            if (name in ALONE and gone) or (name in ALONE | {"yolo"} and not region.area):
                continue  # nothing of it is in the file
            mask = next(masks)
            assert mask.iou(region.mask) == (said.iou if said else 1)
            if said:
                both = mask.intersection(region.mask)
                assert said.missing == region.area - both
                assert said.added == mask.area - both
        assert next(masks, None) is None


@pytest.mark.parametrize("name", sorted(ROOM))
def test_what_is_known_of_a_region_goes_along(tmp_path, name):
    known = Region(
        Mask.from_array(shapes.PINCHED),
        "컵, half: full",
        predicted_iou=0.875,
        stability_score=0.96875,
        prompts=(Point("p1", "o1", 1.5, 2.5), Box("p2", "o1", 0.0, 0.0, 4.0, 4.0)),
        crop=(0, 0, 4, 3),
        id="o1",
        locked=True,
        corrections=(Brush("b1", "o1", (1.5, 2.5, 2.5, 2.5), 2.0),),
        made=Made("small", "a1b2", 2, 4.5, 3, 12, "assisted-manual"),
        parent="o0",
        protected=True,
    )
    for each in (*fields(Region), *fields(Made)):  # a field more is a field that goes along
        value = getattr(known, each.name, None) or getattr(known.made, each.name)
        assert value != each.default, each.name
    images = [Annotated("b/a.jpg", (4, 4), (known,))]
    choices = {"pictures": {"b/a.jpg": PHOTO[:4, :4]}} if name == "cutouts" else {}
    loss = write_annotations(images, tmp_path / "notes", name, **choices)
    assert list(read_annotations(tmp_path / "notes", name)) == images
    assert loss.unsaid == ()


def test_yolo_says_what_it_has_no_room_for(tmp_path):
    region = Region(Mask.from_array(shapes.PINCHED), "cup", 0.5, made=Made("small"))
    loss = write_annotations([Annotated("a.jpg", (4, 4), (region,))], tmp_path, "yolo")
    assert loss.unsaid == ("predicted IoU", "how it was made")
    assert "It has no room for: predicted IoU, how it was made." in repr(loss)


@anew
@given(images=shapes.images(empty=False).filter(lambda some: any(each.regions for each in some)))
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_format_is_known_by_its_files(tmp_path_factory, images, name):
    path = tmp_path_factory.mktemp("f") / "notes"
    write_annotations(images, path, name, **NEEDS.get(name, {}))
    found, told = list(read_annotations(path)), list(read_annotations(path, name))
    assert found == told


def test_what_is_no_format_or_no_choice(tmp_path):
    for door, said in (
        (lambda: write_annotations([], tmp_path, "cocoo"), "format is one of sa1b, coco, "),
        (lambda: write_annotations([], tmp_path, 3), "format is one of"),
        (lambda: list(read_annotations(tmp_path / "none")), "does not exist"),
        (lambda: list(read_annotations(tmp_path)), "has no annotations"),
        (lambda: write_annotations([], tmp_path, "npz", detail=1), "npz lets you choose nothing"),
        (lambda: write_annotations([], tmp_path, "yolo", tolerance=1), "choose of detail, holes"),
        (lambda: write_annotations(3, tmp_path, "npz"), "is Annotated.* not 3"),
        (lambda: write_annotations(["a.jpg"], tmp_path, "coco"), "is Annotated.* not 'a.jpg'"),
        (lambda: Annotated("a.jpg", (4, 4), [MASK]), "regions are Regions in a list, not <Mask"),
        (lambda: Annotated("a.jpg", (4, 4), MASK), "regions are Regions in a list, not <Mask"),
        (lambda: Annotated("a.jpg", (4.5, 4)), "size is"),
        (lambda: Annotated("a.jpg", 4), "size is"),
        (lambda: Annotated("a.jpg", (5, 4), [Region(MASK)]), "region of 4 x 4 px cannot lie in"),
    ):
        with pytest.raises(SamError, match=said):
            door()


@anew
@given(st.lists(shapes.masks, min_size=2, max_size=4))
def test_the_smaller_is_on_top_and_the_later_is(tmp_path_factory, arrays):
    regions = tuple(Region(Mask.from_array(each)) for each in arrays)
    path = tmp_path_factory.mktemp("f")
    for on_top, order in (
        ("later", range(len(regions))),
        ("smaller", sorted(range(len(regions)), key=lambda n: -regions[n].area)),
    ):
        wanted = np.zeros((7, 9), int)
        for number in order:
            wanted[arrays[number]] = number + 1
        write_annotations([Annotated("a.jpg", (9, 7), regions)], path, "label_image", on_top=on_top)
        (back,) = read_annotations(path, "label_image")
        there = [number for number in range(len(regions)) if (wanted == number + 1).any()]
        for number, region in zip(there, back.regions, strict=True):
            np.testing.assert_array_equal(region.array(), wanted == number + 1)


def test_one_image_is_written_as_one_of_several(tmp_path):
    one = Annotated("a.jpg", np.array([4, 4]), [Region(MASK, crop=(np.int64(0), 0, 4, 4))])
    assert write_annotations(one, tmp_path, "sa1b").images == 1
    assert list(read_annotations(tmp_path)) == [one]
