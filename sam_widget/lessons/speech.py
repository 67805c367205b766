"""Which language a lesson speaks: one word per process. Holds no sentences of its own."""

from __future__ import annotations

from sam_widget.errors import SamError, shown

LANGUAGES = ("en", "ko")

_spoken = "en"


def speak(language: str) -> None:
    """Have views and checks speak English ("en") or Korean ("ko") from now on.

    Raises
    ------
    SamError
        It is another.
    """
    global _spoken  # noqa: PLW0603  the one thing of a course that is everywhere the same
    if language not in LANGUAGES:
        raise SamError(f'A lesson speaks "en" or "ko", not {shown(language)}.')
    _spoken = language


def say(en: str, ko: str) -> str:
    """Return the sentence in the language that is spoken."""
    return ko if _spoken == "ko" else en
