"""`field_pains.md` has a line for each of the 58, and every test that it names is there."""

import re
from pathlib import Path

HERE = Path(__file__).parent
TEXT = (HERE / "field_pains.md").read_text(encoding="utf-8")


def test_each_pain_has_a_line():
    numbers = [int(each) for each in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)]
    assert numbers == [*range(1, 59)]


def test_what_holds_a_pain_cured_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(named) > 58
    for file, name in named:
        source = (HERE.parent / file).read_text(encoding="utf-8")
        assert not name or re.search(rf"def {name}\b", source), f"{file} has no {name}"
