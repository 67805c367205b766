"""Focal, dice and IoU loss against their formulas."""

from __future__ import annotations

import math

import pytest
import torch

from sam_widget.training.lesson.losses import (
    dice_loss,
    focal_loss,
    mask_loss,
    prompt_loss,
    true_iou,
)


def test_focal_loss_by_hand() -> None:
    logits = torch.tensor([[0.0, math.log(3)]])  # p = 0.5, 0.75
    target = torch.tensor([[1.0, 0.0]])
    foreground = 0.25 * 0.5**2 * math.log(2)
    background = 0.75 * 0.75**2 * math.log(4)
    assert focal_loss(logits, target).item() == pytest.approx((foreground + background) / 2)


def test_dice_loss_by_hand() -> None:
    logits = torch.tensor([[0.0, math.log(3)]])
    target = torch.tensor([[1.0, 0.0]])
    dice = (2 * 0.5 + 0.1) / (0.5**2 + 0.75**2 + 1 + 0.1)
    assert dice_loss(logits, target).item() == pytest.approx(1 - dice)


def test_a_border_that_cuts_pixels_can_be_met_exactly() -> None:
    target = torch.tensor([[0.2, 0.5, 0.9, 0.7]])
    assert dice_loss(torch.logit(target), target).item() == pytest.approx(0, abs=1e-6)
    assert focal_loss(torch.logit(target), target).item() == pytest.approx(0, abs=1e-6)


def test_mask_loss_weighs_twenty_to_one() -> None:
    logits, target = torch.randn(2, 3, 8, 8), torch.rand(2, 1, 8, 8)
    expected = 20 * focal_loss(logits, target) + dice_loss(logits, target)
    torch.testing.assert_close(mask_loss(logits, target), expected)


def test_an_empty_answer_costs_more_than_a_right_one() -> None:
    target = torch.zeros(16, 16)
    target[3:5, 3:5] = 1
    right = torch.where(target > 0, 8.0, -8.0)
    assert mask_loss(right, target) < 0.05 < 0.9 < mask_loss(torch.full((16, 16), -8.0), target)


def test_iou_is_measured_at_the_masks_own_size() -> None:
    truth = torch.zeros(1, 1, 8, 8)
    truth[..., :4] = 1
    logits = torch.full((1, 1, 4, 4), -1.0)
    logits[..., :2] = 1
    assert true_iou(logits, truth).item() == 1
    logits[..., 2] = 1
    assert true_iou(logits, truth).item() == pytest.approx(4 / 6)
    assert true_iou(torch.full((1, 1, 8, 8), -1.0), torch.zeros(1, 1, 8, 8)).item() == 1


def test_only_the_lowest_loss_of_three_is_corrected() -> None:
    truth = torch.zeros(1, 8, 8)
    truth[:, 2:6, 2:6] = 1
    near = torch.where(truth > 0, 2.0, -2.0)
    logits = torch.stack([torch.zeros(1, 8, 8), near, -near], 1).requires_grad_()
    iou = torch.zeros(1, 3, requires_grad=True)
    loss = prompt_loss(logits, iou, truth, truth)
    torch.testing.assert_close(loss.mask, mask_loss(near, truth))
    loss.total().backward()
    moved = logits.grad.abs().sum((2, 3))[0]
    assert moved[0] == 0
    assert moved[1] > 0
    assert moved[2] == 0
    # All three are told how good they were: the second perfect, the third the very opposite.
    assert loss.achieved.tolist() == [[0.0, 1.0, 0.0]]
    torch.testing.assert_close(iou.grad, torch.tensor([[0.0, -2 / 3, 0.0]]))


def test_one_candidate_has_no_choice() -> None:
    logits = torch.randn(4, 1, 8, 8)
    truth = (torch.rand(4, 8, 8) > 0.5).float()
    loss = prompt_loss(logits, torch.zeros(4, 1), truth, truth)
    torch.testing.assert_close(loss.mask, mask_loss(logits[:, 0], truth))
