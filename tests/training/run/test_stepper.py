"""The optimiser's step: bounded, at each group's rate, never by a gradient that is not finite."""

import math

import pytest
import torch

from sam_widget.training.run.precision import Precision
from sam_widget.training.run.stepper import Stepper

HERE = Precision(torch.device("cpu"))


def made(peaks=(0.1, 0.01)):
    parameters = [torch.nn.Parameter(torch.ones(3)) for _ in peaks]
    groups = [{"params": [p], "peak": peak} for p, peak in zip(parameters, peaks, strict=True)]
    return Stepper(groups, HERE), parameters


def learn(stepper, parameters, gradient):
    for parameter in parameters:
        stepper.scale((parameter * gradient).sum()).backward()


def test_each_group_moves_at_its_own_rate():
    stepper, parameters = made()
    learn(stepper, parameters, torch.full((3,), 0.1))
    assert stepper.step(0.5) == pytest.approx(0.1 * math.sqrt(6))
    moved = [float((1 - p.detach()).mean()) for p in parameters]
    assert moved == pytest.approx([0.05, 0.005], rel=1e-3)  # AdamW's first step is its rate
    assert all(p.grad is None for p in parameters)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_gradient_that_is_not_finite_moves_nothing_and_the_next_one_does(bad):
    stepper, parameters = made()
    learn(stepper, parameters, torch.tensor([0.1, bad, 0.1]))
    assert not math.isfinite(stepper.step(1.0))
    assert all(torch.equal(p.detach(), torch.ones(3)) for p in parameters)
    learn(stepper, parameters, torch.full((3,), 0.1))
    stepper.step(1.0)
    assert all((p < 1).all() for p in parameters)


def test_a_long_gradient_is_cut():
    stepper, parameters = made(peaks=(0.1,))
    learn(stepper, parameters, torch.tensor([3e9, 0.0, 4e9]))
    assert stepper.step(1.0) == pytest.approx(5e9)
    first = stepper.state()["optimiser"]["state"][0]["exp_avg"]
    assert first.norm() == pytest.approx(0.1, rel=1e-3)  # 1 - 0.9 of a gradient of length 1


def test_a_run_goes_on_where_another_stopped_at_its_own_rates():
    stepper, parameters = made()
    learn(stepper, parameters, torch.full((3,), 0.1))
    stepper.step(1.0)
    again, others = made(peaks=(0.2, 0.02))
    again.restore(stepper.state())
    learn(again, others, torch.full((3,), 0.1))
    again.step(1.0)
    assert [float((1 - p.detach()).mean()) for p in others] == pytest.approx([0.2, 0.02], rel=1e-2)
