"""Lesson 3: places as codes, beside the model's own prompt encoder."""

import numpy as np
import pytest
import torch

from sam_widget.lessons import check
from sam_widget.lessons.views.given_mask import no_mask, readings, readings_on
from sam_widget.lessons.views.positions import (
    box_tokens,
    nearness_map,
    position,
    positions_on,
    stripes_of,
    tokens_of,
)


def encode(xy, matrix):
    angle = 2 * np.pi * (2 * np.asarray(xy) - 1) @ matrix
    return np.concatenate([np.sin(angle), np.cos(angle)])


def in_torch(xy, matrix):
    return torch.from_numpy(encode(xy, matrix))


@pytest.mark.parametrize("answer", [encode, in_torch, lambda xy, m: encode(xy, m).tolist()])
def test_the_code(language, answer):
    assert check("3.1", answer)


@pytest.mark.parametrize(
    "answer",
    [
        lambda xy, m: encode(xy, m)[::-1],
        lambda xy, m: np.roll(encode(xy, m), 16),
        lambda xy, m: encode((np.asarray(xy) + 1) / 2, m),
        lambda xy, m: np.sin(2 * np.pi * (2 * xy - 1) @ m),
        lambda xy, m: None,
        lambda xy: xy,
        "sin",
    ],
    ids=["backwards", "cosines first", "from 0", "sines alone", "nothing", "one argument", "text"],
)
def test_what_is_no_code_gets_a_hint(hinted, answer):
    assert hinted(check("3.1", answer))


def test_tokens_are_counted(language, hinted):
    assert check("3.2", 5)
    assert check("3.2", "5")
    for wrong in (4, 6, 3, 256, "five", [3, 2]):
        assert hinted(check("3.2", wrong))


def test_a_cosine(language, hinted, study):
    on, off = (tokens_of(study, (290, 170), positive=each)[0] for each in (True, False))
    cosine = on @ off / np.linalg.norm(on) / np.linalg.norm(off)
    assert check("3.3", cosine)
    for wrong in (0.0, -cosine, on @ off, "near 1"):
        assert hinted(check("3.3", wrong))


def test_a_position_is_the_model_s_own(study):
    encoder = study.segmenter.sam.prompt_encoder
    x, y = study.embedding.frame.to_model([[290, 170]])[0]
    by_hand = encode(
        (np.array([x, y]) + 0.5) / encoder.side,
        encoder.pe_layer.positional_encoding_gaussian_matrix.numpy(),
    )
    assert position(study, 290, 170) == pytest.approx(by_hand, abs=1e-5)
    token = encoder((torch.tensor([[[x, y]]]), torch.ones(1, 1)))[0][0, 0].detach().numpy()
    assert tokens_of(study, (290, 170))[0] == pytest.approx(token, abs=1e-6)


def test_it_is_brightest_at_the_point_which_follows_the_mouse(study):
    near = nearness_map(study, 290, 170)
    row, column = np.unravel_index(near.argmax(), near.shape)
    assert abs((column + 0.5) / near.shape[1] * 600 - 290) < 20
    assert abs((row + 0.5) / near.shape[0] * 400 - 170) < 20
    assert near.max() <= 1.0001
    stage = positions_on(study, 290, 170)
    stage.canvas[2]._handle_frontend_event(None, {"event": "mouse_move", "x": 96, "y": 96}, [])
    assert "60, 60" in stage.frames[0].caption  # the stage is twice as fine, and 0.8 of the photo


def test_stripes_name_their_rows():
    figure = stripes_of({"a": np.zeros(8), "b": np.ones(8)})
    assert [each.get_text() for each in figure.axes[0].get_yticklabels()] == ["a", "b"]


def test_a_box_is_two_places_with_a_meaning_each(study):
    encoder = study.segmenter.sam.prompt_encoder
    kinds = [each.detach()[0].numpy() for each in encoder.point_embeddings.parameters()]
    tokens = box_tokens(study, (140, 15, 330, 195))
    assert tokens.shape == (2, 256)
    assert tokens[0] == pytest.approx(position(study, 140, 15) + kinds[2], abs=1e-5)
    assert tokens[1] == pytest.approx(position(study, 330, 195) + kinds[3], abs=1e-5)


def test_the_last_token_is_no_point(study):
    padding = study.segmenter.sam.prompt_encoder.not_a_point_embed.weight.detach()[0].numpy()
    assert tokens_of(study, (290, 170), (60, 60)).shape == (3, 256)
    assert tokens_of(study, (290, 170))[-1] == pytest.approx(padding)


def test_a_given_mask_is_read_as_the_model_reads_it(study, language):
    encoder = study.segmenter.sam.prompt_encoder
    logits = study.ask((290, 170)).logits[1]
    said = readings(study, logits)
    h, w = logits.shape
    assert [each.shape for each in said] == [
        (4, h // 2, w // 2),
        (16, h // 4, w // 4),
        (256, h // 4, w // 4),
    ]
    with torch.inference_mode():
        whole = encoder(masks=torch.from_numpy(logits)[None, None])[1][0].numpy()
        nothing = encoder(points=None)[1][0, :, 0, 0].numpy()
        first = encoder.mask_downscaling[:3](torch.from_numpy(logits)[None, None])[0].numpy()
    assert said[-1] == pytest.approx(whole, abs=1e-5)
    assert said[0] == pytest.approx(first, abs=1e-5)
    assert no_mask(study) == pytest.approx(nothing)
    stage = readings_on(study, logits)
    assert [len(frame.front) for frame in stage.frames] == [1, 4, 16, 1]
    assert f"{h // 4} x {w // 4}" in stage.frames[-1].caption
    assert ("지도" in stage.frames[-1].caption) == (language == "ko")
