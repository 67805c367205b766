"""Two pages, one kernel, everything goes wrong: at rest all agree. ``world.py`` is the world.

    SIMULATION_EXAMPLES=2000 pytest tests/simulation

runs longer; without it the runs are few and always the same.
"""

import os
import random

import pytest
from hypothesis import HealthCheck, settings

from .world import World

EXAMPLES = os.environ.get("SIMULATION_EXAMPLES")

# hypothesis chooses odd corners and cuts a failure down to a few steps, but takes its time
TestWorld = World.TestCase
TestWorld.settings = settings(
    max_examples=int(EXAMPLES or 100),
    stateful_step_count=30,
    derandomize=EXAMPLES is None,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


# dice walk far: most of what pages do to each other needs a history
@pytest.mark.parametrize("seed", range(10))
def test_by_dice(seed):
    for run in range(int(EXAMPLES or 200) // 10):
        dice = random.Random(f"{seed} {run}")
        world = World()
        world.begin(apart=run % 2 == 0)
        try:
            world.a_while(dice, 150)
        finally:
            world.teardown()
