"""Where an input is padding, an encoder that is told so says what it would have said anyway."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.layers import fuse
from sam_widget.models.padding import Padded, Part, Step
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from tests.models.compare import TOLERANCE

SIDES = {"mobile_sam": 512, "lite_medsam": 128}


@pytest.fixture(scope="module", params=LAYOUTS)
def encoder(request, stir):
    """With stirred weights, so that edges, windows and biases all matter."""
    sam = build_tiny_vit(LAYOUTS[request.param], SIDES[request.param]).eval()
    stir(sam)
    return fuse(sam).image_encoder


@pytest.fixture(scope="module")
def known(encoder):
    with torch.inference_mode():
        return encoder.blank()


def photo(encoder, height: float, width: float) -> tuple[torch.Tensor, tuple[int, int]]:
    """Noise of that share of the side, padded, and its size."""
    size = round(height * encoder.side), round(width * encoder.side)
    x = torch.zeros(1, 3, encoder.side, encoder.side)
    noise = torch.randn(1, 3, *size, generator=torch.Generator().manual_seed(0))
    x[:, :, : size[0], : size[1]] = noise
    return x, size


@torch.inference_mode()
def test_a_blank_is_known_from_a_small_one(encoder, known):
    x, sides = torch.zeros(1, 3, encoder.side, encoder.side), []
    handle = encoder.patch_embed.register_forward_pre_hook(
        lambda _, given: sides.append(given[0].shape[-1])
    )
    for part, found in zip(encoder._finer(), known, strict=True):
        x = part(x)
        assert found.shape == x.shape
        assert (found - x).abs().max() < TOLERANCE * x.abs().max()
        assert x.std((2, 3)).max() > 100 * TOLERANCE * x.abs().max(), "edges do not show"
    encoder.blank()
    handle.remove()
    assert sides[1] < sides[0] == encoder.side


@pytest.mark.parametrize(
    ("height", "width"), [(2 / 3, 1), (1, 0.5), (0.07, 1), (1, 0.01), (0.97, 1), (0.4, 0.4), (1, 1)]
)
@torch.inference_mode()
def test_to_be_told_changes_nothing(encoder, known, height, width):
    x, size = photo(encoder, height, width)
    whole = encoder(x).embedding
    told = encoder(x, Padded(size, known)).embedding
    assert (told - whole).abs().max() < TOLERANCE * whole.abs().max()


@torch.inference_mode()
def test_a_batch_is_told_together(encoder, known):
    x, size = photo(encoder, 0.5, 1)
    pair = torch.cat([x, x.flip(1)])
    told = encoder(pair, Padded(size, known)).embedding
    whole = encoder(pair).embedding
    assert (told - whole).abs().max() < TOLERANCE * whole.abs().max()


@torch.inference_mode()
def test_padding_is_left_out(encoder, known):
    x, size = photo(encoder, 0.5, 1)
    rows = []
    handle = encoder.patch_embed.register_forward_pre_hook(
        lambda _, given: rows.append(given[0].shape[2])
    )
    encoder(x, Padded(size, known))
    handle.remove()
    assert size[0] < rows[0] < 0.7 * encoder.side


@pytest.mark.parametrize(
    ("step", "reaches", "needs"),
    [
        (Step(), [(0, 0), (5, 5)], [(1, 1), (5, 5)]),
        (Step(3), [(0, 1), (5, 6)], [(1, 2), (5, 6)]),
        (Step(3, stride=2), [(0, 1), (1, 1), (2, 2), (5, 3)], [(1, 2), (3, 6)]),
        (Step(window=7), [(0, 0), (1, 7), (7, 7), (8, 14)], [(1, 7), (8, 14)]),
        (Step(3, window=7), [(0, 1), (1, 8), (7, 8)], [(6, 7), (7, 14)]),
    ],
)
def test_how_far_a_layer_looks(step, reaches, needs):
    assert [step.reaches(rows) for rows, _ in reaches] == [there for _, there in reaches]
    assert [step.needs(rows) for rows, _ in needs] == [there for _, there in needs]


def test_what_layers_need_leaves_no_rest_for_their_strides():
    with torch.device("meta"):
        stem = build_tiny_vit(LAYOUTS["mobile_sam"]).image_encoder.patch_embed
    part = Part((stem,))
    assert part.steps == (Step(3, 2), Step(3, 2))
    assert [part.needs(rows) for rows in (1, 10)] == [4, 40]
    assert [part.reaches(rows) for rows in (0, 683)] == [1, 172]
