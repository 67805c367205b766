"""The small encoder: shapes, padding as TensorFlow pads, folding changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_widget.models.features import Features
from sam_widget.models.layers import fuse
from sam_widget.models.mini import ConvNorm, build_mini


@pytest.fixture
def mini(stir):
    sam = build_mini(256)
    stir(sam)
    for module in sam.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 2)
    return sam.eval().requires_grad_(False)


def test_an_embedding_at_stride_16_and_skips_at_8_and_4(mini):
    features = mini.image_encoder(torch.rand(2, 3, 256, 256)).features
    assert features.embedding.shape == (2, 256, 16, 16)
    assert [tuple(s.shape) for s in features.skips] == [(2, 64, 32, 32), (2, 32, 64, 64)]
    one = features[1]
    assert torch.equal(one.embedding, features.embedding[1:])
    assert one.nbytes * 2 == features.nbytes


def test_four_masks_at_a_quarter_of_the_input(mini):
    features = mini.image_encoder(torch.rand(1, 3, 256, 256))
    points = (torch.tensor([[[10.0, 20.0]], [[200.0, 90.0]]]), torch.tensor([[1], [0]]))
    logits, iou = mini.decode(features, points)
    assert logits.shape == (2, 4, 64, 64)
    assert iou.shape == (2, 4)
    assert not torch.allclose(logits[0], logits[1])


def test_skips_reach_the_masks_and_are_silent_at_first(mini):
    torch.manual_seed(0)
    fresh = build_mini(256)
    assert all((p == 0).all() for p in fresh.image_encoder.skips.parameters())
    features = mini.image_encoder(torch.rand(1, 3, 256, 256))
    points = (torch.tensor([[[10.0, 20.0]]]), torch.tensor([[1]]))
    with_skips, _ = mini.decode(features, points)
    without, _ = mini.decode(Features(features.embedding), points)
    assert not torch.allclose(with_skips, without, atol=1e-2)


@pytest.mark.parametrize("kernel", [3, 5])
def test_stride_two_pads_as_tensorflow_same(kernel):
    block = ConvNorm(1, 1, kernel, 2)
    block.norm = torch.nn.Identity()
    block.conv.weight.data.fill_(1)
    x = torch.arange(64.0).view(1, 1, 8, 8)
    total = kernel - 2  # SAME: the smaller half left and above
    left, right = total // 2, total - total // 2
    padded = np.pad(x[0, 0].numpy(), ((left, right), (left, right)))
    expected = [
        [padded[y : y + kernel, x0 : x0 + kernel].sum() for x0 in range(0, 8, 2)]
        for y in range(0, 8, 2)
    ]
    assert np.allclose(block(x)[0, 0].detach().numpy(), expected)


def test_folding_batch_norms_changes_nothing(mini):
    x = torch.rand(1, 3, 256, 256)
    before = mini.image_encoder(x)
    after = fuse(mini).image_encoder(x)
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in mini.modules())
    assert torch.allclose(before.embedding, after.embedding, atol=1e-4)
    assert torch.allclose(before.skips[1], after.skips[1], atol=1e-3)


def test_another_side_is_a_number_away(mini):
    mini.side = 128
    features = mini.image_encoder(mini.preprocess(torch.rand(1, 3, 100, 128)))
    logits, _ = mini.decode(features, boxes=torch.tensor([[5.0, 5.0, 90.0, 60.0]]))
    assert logits.shape == (1, 4, 32, 32)


def test_padding_is_zero_after_normalising(mini):
    x = mini.preprocess(torch.full((1, 3, 100, 256), 255, dtype=torch.uint8))
    assert x.shape == (1, 3, 256, 256)
    assert torch.allclose(x[:, :, :100], torch.tensor(1.0))
    assert (x[:, :, 100:] == 0).all()
