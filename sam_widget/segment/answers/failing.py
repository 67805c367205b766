"""What a model fails with, in words, and as an error for who waits. Runs no model."""

from __future__ import annotations

from .eye import AnswerError


def sentence(error: BaseException) -> str:
    """Say an error in one sentence: the house's own as they are, others with their kind."""
    said = " ".join(str(error).split()) or "no reason given"
    if ours(error):
        return said
    if isinstance(error, ImportError):
        return f"A package is missing or broken: {said}"
    return f"The model failed ({type(error).__name__}): {said[:300]}"


def ours(error: BaseException) -> bool:
    """Whether an error is of this package: its message is a sentence for people already."""
    return type(error).__module__.startswith("sam_widget.")


def for_who_waits(error: BaseException) -> BaseException:
    """Return what to raise of another thread's error: a new one, caused by that."""
    new = type(error)(str(error)) if ours(error) else AnswerError(sentence(error))
    new.__cause__ = error
    return new
