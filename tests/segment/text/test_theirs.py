"""Engines of ``transformers`` say here what its own processors, models and post-processing say."""

import sys

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget import SamError, find_text
from sam_widget.segment.text.engines import engine_of
from sam_widget.segment.text.proposals import FLOOR
from tests.segment.fake import FakeSegmenter
from tests.segment.text import theirs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

PIXELS = np.random.default_rng(0).integers(0, 256, (90, 141, 3), np.uint8)
SIZE = [(90, 141)]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return {kind: tmp_path_factory.mktemp(kind) for kind in theirs.BUILDERS}


def both(kind, folders):
    """Return their model and processor, and our engine of the folder that these were saved in."""
    return *theirs.saved(kind, folders[kind]), engine_of(folders[kind])


def same(ours, wanted):
    wanted = np.asarray(wanted)
    assert ours.shape == wanted.shape
    assert wanted.size
    assert np.abs(ours - wanted).max() < 1e-4 * max(1, np.abs(wanted).max())


@torch.no_grad()
@pytest.mark.parametrize("phrase", ["cup", "Red cup"])
def test_grounding_dino(folders, phrase):
    model, processor, engine = both("grounding-dino", folders)
    inputs = processor(images=Image.fromarray(PIXELS), text=[[phrase.lower()]], return_tensors="pt")
    said = processor.post_process_grounded_object_detection(
        model(**inputs), inputs.input_ids, threshold=FLOOR, text_threshold=0.3, target_sizes=SIZE
    )[0]
    ours = engine.propose(PIXELS, phrase)
    same(ours.boxes, said["boxes"])
    same(ours.scores, said["scores"])


@torch.no_grad()
def test_owlv2(folders):
    model, processor, engine = both("owlv2", folders)
    text = [["a photo of a cup"]]
    inputs = processor(text=text, images=Image.fromarray(PIXELS), return_tensors="pt")
    said = processor.post_process_grounded_object_detection(
        model(**inputs), threshold=FLOOR, target_sizes=SIZE, text_labels=text
    )[0]
    ours = engine.propose(PIXELS, "cup")
    same(ours.boxes, said["boxes"])
    same(ours.scores, said["scores"])
    assert set(said["text_labels"]) == {"a photo of a cup"}


@torch.no_grad()
def test_clipseg(folders):
    model, processor, engine = both("clipseg", folders)
    # two phrases at once, as its documentation asks
    image = Image.fromarray(PIXELS)
    inputs = processor(
        text=["cup", "plate"], images=[image] * 2, padding="max_length", return_tensors="pt"
    )
    logits = model(**inputs).logits
    for i, phrase in enumerate(("cup", "plate")):
        same(engine.propose(PIXELS, phrase).heat, torch.sigmoid(logits[i]))


@torch.no_grad()
def test_sam3(folders):
    from tests.segment.theirs import _picture_class

    model, reader, engine = both("sam3", folders)
    from transformers import Sam3Processor

    square = {"height": 112, "width": 112}
    pictures = _picture_class("sam3_tracker")(size=square, mask_size={"height": 32, "width": 32})
    processor = object.__new__(Sam3Processor)
    processor.image_processor, processor.tokenizer = pictures, reader
    processor.target_size, processor.point_pad_value = None, -10
    inputs = Sam3Processor.__call__(
        processor, images=Image.fromarray(PIXELS), text="cup", return_tensors="pt"
    )
    inputs.pop("original_sizes")
    said = pictures.post_process_instance_segmentation(
        model(**inputs), threshold=FLOOR, target_sizes=SIZE
    )[0]
    ours = engine.propose(PIXELS, "cup")
    order = torch.argsort(said["scores"], descending=True, stable=True)
    same(ours.scores, said["scores"][order])
    assert len(ours.masks) == len(order)
    for mask, wanted in zip(ours.masks, said["masks"][order], strict=True):
        differ = np.count_nonzero(mask.to_array() != wanted.numpy().astype(bool))
        assert differ <= 0.001 * wanted.numel()


def test_their_boxes_become_masks(folders):
    *_, engine = both("owlv2", folders)
    cups = find_text(PIXELS, "cup, plate", engine=engine, model=FakeSegmenter(), confidence=0)
    assert len(cups) > 4
    assert {each.label for each in cups} == {"cup", "plate"}
    assert cups.engine.startswith("Owlv2ForObjectDetection")
    assert list(cups.scores) == sorted(cups.scores, reverse=True)


@pytest.mark.parametrize("kind", theirs.BUILDERS)
def test_a_broken_folder_gets_a_sentence(kind, folders, tmp_path):
    theirs.saved(kind, folders[kind])
    (tmp_path / "config.json").write_bytes((folders[kind] / "config.json").read_bytes())
    with pytest.raises(SamError, match="does not hold a whole"):
        engine_of(tmp_path)


def test_offline_a_hub_id_gets_a_sentence(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(SamError, match="could not be fetched from the hub; offline, give a folder"):
        engine_of("nobody/owlv2-of-a-test")


def test_without_transformers_the_extra_is_named(folders, monkeypatch):
    from sam_widget.segment.text.owlv2 import Owlv2

    theirs.saved("owlv2", folders["owlv2"])
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(SamError, match=r"pip install 'sam_widget\[transformers\]'"):
        Owlv2.load(folders["owlv2"])
