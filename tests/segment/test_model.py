"""What every model does, whoever's network it is: one suite for all, the fake one too."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from sam_widget import Prompts, SamError, Search, Segmenter, find_everything, precompute, trace
from sam_widget.images import content_hash
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.segment.compat import SamPredictor
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.embeddings.disk import Disk
from sam_widget.segment.loaded import model_of
from sam_widget.segment.transformers import NETWORKS
from tests.reference import stirred
from tests.segment import theirs
from tests.segment.fake import FakeSegmenter
from tests.segment.places import together
from tests.widget.page import Quiet

PHOTO = np.random.default_rng(1).integers(0, 256, (40, 66, 3), np.uint8)
CLICK = Prompts([[30.5, 20.5]], [1])
ASKED = {
    "click": CLICK,
    "clicks": Prompts([[30.5, 20.5], [50.5, 9.5], [3.5, 30.5]], [1, 0, 1]),
    "box": Prompts(box=[5, 5, 40, 30]),
    "box and click": Prompts([[30.5, 20.5]], [0], box=[5, 5, 40, 30]),
}


def vit():
    return Sam(ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, window=3), PromptEncoder(64), MaskDecoder())


OURS = {
    "vit": vit,
    "tiny_vit": lambda: build_tiny_vit(LAYOUTS["mobile_sam"], 64),
    "mini": lambda: build_mini(64),
}


def ours(kind):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        sam = OURS[kind]().eval().requires_grad_(False)
    stirred(sam)
    return Segmenter(sam, kind)


def hosted(kind, model=None):
    model = model or theirs.made(kind)
    return Segmenter.over(NETWORKS[type(model).__name__](model), kind)


MODELS = {
    **{kind: lambda kind=kind: ours(kind) for kind in OURS},
    **{kind: lambda kind=kind: hosted(kind) for kind in theirs.BUILDERS},
    "fake": FakeSegmenter,
}


@pytest.fixture(scope="module", params=MODELS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def model(kind):
    return MODELS[kind]()


@pytest.fixture(scope="module")
def embedding(model):
    return model.embed(PHOTO)


def same(one, other):
    """Whether two predictions agree to the last bit."""
    return (
        np.array_equal(one.logits, other.logits)
        and np.array_equal(one.scores, other.scores)
        and np.array_equal(one.stability, other.stability)
        and (one.names, one.best, one.frame) == (other.names, other.best, other.frame)
        and one.masks() == other.masks()
    )


def test_it_is_called_something_and_stands_for_itself(model):
    assert model.name
    assert model.key
    assert model_of(model) is model


def test_it_says_what_it_takes(model):
    assert model.takes("point")
    assert not model.takes("text"), "which no model here takes"


@pytest.mark.parametrize("name", ASKED)
def test_three_candidates_at_the_pictures_size(model, embedding, name):
    said = model.predict(embedding, ASKED[name])
    assert said.logits.shape[0] == 3
    assert said.logits.ndim == 3
    assert {each.dtype for each in (said.logits, said.scores, said.stability)} == {
        np.dtype("float32")
    }
    assert np.isfinite(said.logits).all()
    for shares in (said.scores, said.stability):
        assert shares.shape == (3,)
        assert ((shares >= 0) & (shares <= 1)).all()
    assert len(said.names) == 3
    assert said.best in range(3)
    assert (said.frame.width, said.frame.height) == (66, 40)
    masks = said.masks()
    assert [mask.size for mask in masks] == [(66, 40)] * 3
    assert max(mask.area for mask in masks) > 0


def test_an_answer_is_refined_by_its_own_logits(model, embedding):
    first = model.predict(embedding, CLICK)
    again = Prompts([[30.5, 20.5], [50.5, 9.5]], [1, 0], logits=first.logits[first.best])
    assert model.takes("mask")
    refined = model.predict(embedding, again)
    alone = model.predict(embedding, Prompts(again.points, again.labels))
    assert not np.array_equal(refined.logits, alone.logits)


def test_what_it_does_not_take_is_refused_in_a_sentence(model, embedding, monkeypatch):
    monkeypatch.setattr(type(model), "takes", lambda self, kind: kind == "point")
    with pytest.raises(SamError, match=r"^The model \w+ takes no box: ask it without one\.$"):
        model.predict(embedding, ASKED["box"])
    assert model.predict(embedding, CLICK).logits.shape[0] == 3


def test_an_embedding_can_be_kept(embedding):
    assert embedding.nbytes > 0
    assert str(embedding.device) == "cpu"
    assert embedding.to("cpu") is embedding
    assert sum(t.nbytes for t in embedding.tensors().values()) in {0, embedding.nbytes}


def test_from_memory_it_is_itself(model, embedding):
    cache = EmbeddingCache(2**24)
    cache.put(("photo", model.key), embedding)
    assert cache.get(("photo", model.key), pytest.fail, model.device) is embedding


def test_from_disk_it_answers_to_the_last_bit_the_same(model, embedding, folder):
    key, disk = ("photo", model.key), Disk(folder)
    disk.put(key, embedding)
    found = disk.get(key)
    if not embedding.tensors():
        assert found is None
        assert disk.nbytes == 0
        return
    assert found.frame == embedding.frame
    for prompts in ASKED.values():
        assert same(model.predict(found, prompts), model.predict(embedding, prompts))


def test_what_cannot_be_its_embedding_is_not_taken_from_disk(model, embedding, folder):
    tensors = list(embedding.tensors().values())
    shapes = "+".join("x".join(map(str, tensor.shape[1:])) for tensor in tensors)
    assert model.key.endswith(shapes), "so that a file can be told by its key"
    disk = Disk(folder)
    disk.put(("photo", "0123-64-float32-1-7x9x9"), embedding)
    assert disk.get(("photo", "0123-64-float32-1-7x9x9")) is None


def test_several_threads_hear_the_same(model, embedding):
    alone = model.predict(embedding, ASKED["clicks"])
    said = together(4, lambda _: model.predict(embedding, ASKED["clicks"]))
    if model.name != "fake":  # which numbers its answers
        assert all(same(each, alone) for each in said)
    assert all(each.masks() == alone.masks() for each in said)


def test_pictures_are_encoded_ahead(model, kind):
    cache = EmbeddingCache(2**24)
    assert precompute([PHOTO], model, cache=cache).made == 1
    assert (content_hash(PHOTO), model.key) in cache
    assert precompute([PHOTO], model, cache=cache).known == 1


def test_it_answers_in_the_widget(model):
    w = Quiet(PHOTO, model)
    try:
        w.add_point(30.5, 20.5)
        first = w.masks
        w.add_box(5, 5, 40, 30)
        w.add_point(50.5, 9.5, positive=False)
        assert w.model == model.name
        assert w.masks.shape == first.shape == (3, 40, 66)
        assert w.scores.shape == (3,)
        w.undo()
        w.undo()
        assert np.array_equal(w.masks, first)
    finally:
        w.close()


def test_everything_is_found_or_refused_in_a_sentence(model, kind):
    search = Search(2, pred_iou_thresh=0, stability_score_thresh=0)
    if kind == "fake":
        with pytest.raises(SamError, match=r"^The model fake answers one prompt at a time, "):
            find_everything(model, PHOTO, search, progress=False)
        return
    found = find_everything(model, PHOTO, search, progress=False)
    assert found
    assert {each.mask.size for each in found} == {(66, 40)}
    for each in found:
        assert each.mask.box == each.box


@pytest.mark.parametrize("ask", [SamPredictor, lambda model: trace(model).__enter__()])
def test_what_wants_a_sam_of_this_package_has_it_or_refuses(model, kind, ask):
    if kind in OURS:
        assert ask(model) is not None
        return
    said = "answers one prompt at a time" if kind == "fake" else "is transformers' .*, which is run"
    with pytest.raises(SamError, match=said) as caught:
        ask(model)
    assert str(caught.value).count(". ") == 0


class TestKey:
    """Of embeddings: what one model made, another is never given."""

    @pytest.mark.parametrize("name", [*OURS, *theirs.BUILDERS])
    def test_other_weights_have_another(self, name):
        network = MODELS[name]()._network
        whole = network.sam if name in OURS else network.model
        again = copy.deepcopy(whole)
        anew = Segmenter if name in OURS else lambda model: hosted(name, model)
        assert anew(again).key == MODELS[name]().key
        with torch.no_grad():
            next(iter(again.parameters())).mul_(1.5)
        assert anew(again).key != MODELS[name]().key

    def test_all_models_have_their_own(self):
        keys = [make().key for make in MODELS.values()]
        assert len(set(keys)) == len(keys)
