"""``check`` itself: numbers, answers that are none, both languages. Each lesson's are beside it."""

import pytest

from sam_widget import SamError
from sam_widget.lessons import check, speak
from sam_widget.lessons.checks import hint, right


@pytest.fixture(autouse=True)
def english():
    yield
    speak("en")


@pytest.mark.parametrize("number", ["0.1", "10.1", "2", "2.x", "", None, 2.1j, "1.9"])
def test_a_number_that_is_none_is_said(number):
    with pytest.raises(SamError, match="There is no exercise"):
        check(number, 1)


def test_a_verdict_is_true_where_the_answer_is_right_and_speaks():
    assert right("Yes.", "네.")
    assert not hint("No.", "아니요.")
    speak("ko")
    assert hint("No.", "아니요.").said == "아니요."
    assert "아니요." in hint("No.", "아니요.")._repr_html_()
    with pytest.raises(SamError, match="not 'fr'"):
        speak("fr")
