"""Five hundred things that no person would give: an answer or a sentence, no crash, no hang."""

import pytest

from tests.fuzz.__main__ import trial
from tests.fuzz.child import AREAS
from tests.fuzz.rule import BrokenRuleError, attempt, one_sentence


@pytest.mark.parametrize("area", AREAS)
def test_whatever_is_given_gets_an_answer_or_a_sentence(area):
    told = trial(area, 125, seed=0)
    assert told.held, told.said
    assert told.tried >= 125


@pytest.mark.parametrize(
    "said",
    [
        "no full stop",
        "Two sentences. This is one.",
        "[Errno 2] No such file.",
        "a\nb.",
        "dots..",
        "",
    ],
)
def test_what_is_no_sentence_breaks_the_rule(said):
    assert not one_sentence(said)


def test_an_error_that_is_not_ours_breaks_the_rule():
    with pytest.raises(BrokenRuleError, match="ZeroDivisionError"):
        attempt(lambda: 1 / 0)
