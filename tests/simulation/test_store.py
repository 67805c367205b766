"""store.json is what the Python page does; vitest holds the TypeScript page to the same file."""

import json

from .scenarios import SCENARIOS, TARGET, store


def test_the_golden_file_is_fresh():
    written = json.loads(TARGET.read_text("utf-8"))
    stale = "tests/golden/store.json is stale: run `python -m tests.simulation.scenarios`."
    assert written == json.loads(json.dumps(store())), stale


def test_every_scenario_has_a_story():
    assert len(SCENARIOS) >= 25
    for scenario in store():
        assert scenario["steps"], scenario["name"]
        assert scenario["steps"][0]["expect"]["sent"][0]["type"] == "hello"
