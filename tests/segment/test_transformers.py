"""What ``transformers`` runs says here what it says there: processor, model, post-processing."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
import torch

from sam_widget import CheckpointError, Prompts, SamError, Segmenter, load_model
from sam_widget.models.checkpoints import fingerprint
from sam_widget.models.locate import find
from sam_widget.segment.loaded import loaded
from sam_widget.segment.upscale import image_logits
from tests.segment import theirs
from tests.segment.test_model import hosted
from tests.widget.page import Quiet

pytestmark = pytest.mark.slow

TOLERANCE = 1e-4
SIZES = {"wide": (141, 90), "tall": (70, 133), "larger than the input": (300, 260)}
POINTS = np.array([[0.3, 0.6], [0.8, 0.2], [0.1, 0.9]])  # shares of the picture
BOX = np.array([0.1, 0.2, 0.7, 0.8])


def photo(size):
    width, height = size
    noise = np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8)
    ramp = np.linspace(0, 160, width, dtype=np.uint8)[None, :, None]
    return np.maximum(noise // 2, ramp)


@pytest.fixture(scope="module", params=theirs.BUILDERS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def segmenter(kind):
    return hosted(kind)


@pytest.fixture(scope="module")
def place(kind, tmp_path_factory):
    return theirs.save(kind, tmp_path_factory.mktemp(kind))


@pytest.fixture(scope="module", params=SIZES)
def size(request):
    return SIZES[request.param]


@pytest.fixture(scope="module")
def embedding(segmenter, size):
    return segmenter.embed(photo(size))


def asked(size, frame, mask=None):
    """Prompts of each kind, ours and theirs, whose pixels' centres are whole numbers; ambiguous?"""
    half = 0.5 / np.array(frame.scale)
    points, box = POINTS * size, BOX * np.tile(size, 2)
    labels = np.array([1, 0, 1])
    there, around = points - half, box - np.tile(half, 2)
    yield Prompts(points[:1], labels[:1]), {"points": there[:1], "labels": labels[:1]}, True
    yield Prompts(points, labels), {"points": there, "labels": labels}, False
    yield Prompts(box=box), {"box": around}, False
    both = {"points": there[:2], "labels": labels[:2], "box": around}
    yield Prompts(points[:2], labels[:2], box), both, False
    fed = {"points": there, "labels": labels, "mask": mask}
    yield Prompts(points, labels, logits=mask), fed, False


def agree(ours, scores, wanted, frame):
    """Compare logits, masks at the picture's size and scores with what their pipeline returns."""
    low, full, iou = wanted
    reach = np.ptp(low)
    assert reach > 0.2, "the weights say nothing"
    assert np.abs(ours - low).max() < TOLERANCE * max(1.0, reach)
    enlarged = np.stack([image_logits(each, frame) for each in ours])
    assert enlarged.shape == full.shape
    assert np.abs(enlarged - full).max() < TOLERANCE * max(1.0, reach)
    sure = np.abs(full) > TOLERANCE * max(1.0, reach)
    assert np.array_equal(enlarged[sure] > 0, full[sure] > 0)
    assert np.abs(scores - iou).max() < TOLERANCE


def test_masks_and_scores_are_those_of_their_pipeline(kind, segmenter, size, embedding):
    pixels, frame = photo(size), embedding.frame
    grid = segmenter._network.grid * 4
    mask = np.random.default_rng(5).normal(size=(grid, grid)).astype(np.float32) * 4
    for prompts, given, ambiguous in asked(size, frame, mask):
        three = theirs.pipeline(kind, theirs.made(kind), pixels, multimask=True, **given)
        one = theirs.pipeline(kind, theirs.made(kind), pixels, multimask=False, **given)
        logits, scores = (each.numpy() for each in segmenter.decode(embedding, prompts))
        agree(logits[:1], scores[:1], one, frame)
        agree(logits[1:], scores[1:], three, frame)

        said = segmenter.predict(embedding, prompts)
        assert (said.names[0] == "best") is not ambiguous
        if not ambiguous:
            agree(said.logits[:1], said.scores[:1], one_cut(one), frame)
            assert said.best == 0


def one_cut(wanted):
    """A prediction cuts what a model expects of a mask to 0..1."""
    low, full, iou = wanted
    return low, full, iou.clip(0, 1)


def test_many_at_once_are_each_alone(segmenter, embedding, size):
    points = (POINTS * size)[:, None]
    labels = np.ones((3, 1))
    logits, iou = segmenter.decode_batch(embedding, points, labels, multimask=True)
    mask = logits[:, 0].numpy()
    fed, fed_iou = segmenter.decode_batch(embedding, points, labels, logits=mask, multimask=False)
    for i in range(3):
        some = points[i : i + 1], labels[i : i + 1]
        alone, its = segmenter.decode_batch(embedding, *some, multimask=True)
        assert torch.allclose(alone[0], logits[i], atol=1e-5)
        assert torch.allclose(its[0], iou[i], atol=1e-5)
        alone, its = segmenter.decode_batch(
            embedding, *some, logits=mask[i : i + 1], multimask=False
        )
        assert torch.allclose(alone[0], fed[i], atol=1e-5)
        assert torch.allclose(its[0], fed_iou[i], atol=1e-5)


class TestFolder:
    """A folder as ``save_pretrained`` writes it, and as the hub's cache lays it out."""

    def test_it_loads_and_answers_the_same(self, segmenter, place, capfd):
        capfd.readouterr()
        found = Segmenter.load(place, "cpu")
        pixels, click = photo((50, 40)), Prompts([[20.5, 20.5]], [1])
        said = found.predict(found.embed(pixels), click)
        wanted = segmenter.predict(segmenter.embed(pixels), click)
        assert np.allclose(said.logits, wanted.logits, atol=TOLERANCE)
        assert loaded(str(place)) is loaded(place)
        assert loaded(place).key == found.key
        assert capfd.readouterr().err == "", "neither bars nor warnings"

    def test_the_key_is_of_weights_configuration_and_colours(self, kind, place, tmp_path):
        files = {path.name: path.read_bytes() for path in place.iterdir()}
        settings = next(name for name in files if "processor" in name)
        keys = {Segmenter.load(place, "cpu").key}
        for name in ("config.json", settings):
            for each, data in files.items():
                (tmp_path / each).write_bytes(data)
            said = json.loads(files[name])
            said["something_new"] = 1
            (tmp_path / name).write_text(json.dumps(said))
            keys.add(fingerprint(tmp_path))
        assert len(keys) == 3

    def test_colours_are_those_of_its_processor(self, kind, place, tmp_path):
        for each in place.iterdir():
            (tmp_path / each.name).write_bytes(each.read_bytes())
        for each in tmp_path.glob("*processor*"):
            said = json.loads(each.read_bytes())
            held = said.get("image_processor", said)
            held["image_mean"], held["image_std"] = [0.1, 0.2, 0.3], [1, 1, 0.5]
            each.write_text(json.dumps(said))
        network = Segmenter.load(tmp_path, "cpu")._network
        assert network.colours == ((0.1, 0.2, 0.3), (1.0, 1.0, 0.5))
        held["resample"] = 0
        each.write_text(json.dumps(said))
        with pytest.raises(CheckpointError, match="its processor's resample is 0, and 2 is done"):
            Segmenter.load(tmp_path, "cpu")

    def test_a_hubs_cache_is_links_to_files_of_other_names(self, kind, place, tmp_path):
        blobs, snapshot = tmp_path / "blobs", tmp_path / "snapshots" / ("a" * 40)
        blobs.mkdir()
        snapshot.mkdir(parents=True)
        for number, each in enumerate(sorted(place.iterdir())):
            (blobs / str(number)).write_bytes(each.read_bytes())
            (snapshot / each.name).symlink_to(blobs / str(number))
        assert loaded(snapshot / "model.safetensors").key == loaded(place).key

    def test_weights_that_lack_something_are_refused(self, kind, place, tmp_path):
        from safetensors.torch import load_file, save_file

        for each in place.iterdir():
            (tmp_path / each.name).write_bytes(each.read_bytes())
        tensors = load_file(place / "model.safetensors")
        del tensors[next(name for name in tensors if name.endswith("decoder.iou_token.weight"))]
        save_file(tensors, tmp_path / "model.safetensors", {"format": "pt"})
        with pytest.raises(CheckpointError, match=r"whole \w+: it lacks mask_decoder\.iou_token"):
            Segmenter.load(tmp_path, "cpu")

    def test_load_model_says_who_takes_it(self, place):
        with pytest.raises(CheckpointError, match=r"which SamWidget, Segmenter\.load, precompute"):
            load_model(place)

    def test_it_answers_in_the_widget(self, place):
        w = Quiet(photo((50, 40)), model=str(place))
        try:
            w.add_point(20.5, 20.5)
            assert w.masks.shape == (3, 40, 50)
        finally:
            w.close()


def test_of_a_video_model_the_part_for_pictures_is_taken(tmp_path):
    theirs.save("sam2", tmp_path)
    said = json.loads((tmp_path / "config.json").read_bytes())
    said["model_type"] = "sam2_video"
    (tmp_path / "config.json").write_text(json.dumps(said))
    found = Segmenter.load(tmp_path, "cpu")
    assert found._network.kind == "Sam2Model"
    click, pixels = Prompts([[9.5, 9.5]], [1]), photo((50, 40))
    wanted = hosted("sam2").predict(hosted("sam2").embed(pixels), click)
    said = found.predict(found.embed(pixels), click)
    assert np.allclose(said.logits, wanted.logits, atol=TOLERANCE)


def test_offline_one_sentence_says_what_to_put_where(monkeypatch, tmp_path):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    w = Quiet(photo((50, 40)), model="facebook/sam2.1-hiera-tiny")
    try:
        with pytest.raises(CheckpointError) as caught:
            w.add_point(20.5, 20.5)
    finally:
        w.close()
    said = str(caught.value)
    assert said.startswith("'facebook/sam2.1-hiera-tiny' could not be fetched from the hub (")
    assert said.endswith(
        "offline, put its model.safetensors and the .json files beside it into a folder and give"
        " that folder's path."
    )
    assert "\n" not in said


def test_without_the_extra_a_sentence(monkeypatch, tmp_path):
    theirs.save("edgetam", tmp_path)
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(CheckpointError, match=r"pip install 'sam_widget\[transformers\]'\.$"):
        Segmenter.load(tmp_path, "cpu")


def test_another_configuration_beside_the_weights_is_not_theirs(tmp_path):
    for said in ('{"model_type": "sam"}', "[]", "{", '{"model_type": ["sam2"]}', "\0"):
        (tmp_path / "config.json").write_text(said)
        (tmp_path / "model.safetensors").write_bytes(b"weights")
        assert find(tmp_path) == (tmp_path / "model.safetensors",)


def test_a_decoder_of_other_than_three_candidates_is_refused():
    class Four:
        pass

    model, config = Four(), Four()
    model.config, config.mask_decoder_config = config, Four()
    config.mask_decoder_config.num_multimask_outputs = 4
    from sam_widget.segment.transformers import Stretched

    with pytest.raises(SamError, match="this Four draws 4 candidates, and three are expected"):
        Stretched(model)
