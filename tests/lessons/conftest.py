"""What the lessons' tests share: a photo that was seen once, and each language by turns."""

import pytest

from sam_widget.lessons import Study, speak


@pytest.fixture(scope="session")
def photos(request):
    return request.config.rootpath / "examples" / "photos"


@pytest.fixture(scope="session")
def study(photos):
    """The cup of coffee, seen by ``mini``."""
    return Study.of(photos / "coffee.jpg", "mini")


@pytest.fixture(params=["en", "ko"])
def language(request):
    speak(request.param)
    yield request.param
    speak("en")


@pytest.fixture
def hinted(language):
    """Whether a verdict is a hint, in the language that is spoken."""

    def is_hint(verdict):
        korean = any("가" <= letter <= "힣" for letter in verdict.said)
        return not verdict and korean == (language == "ko")

    return is_hint
