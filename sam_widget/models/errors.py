"""What the model's files can go wrong with: one error, always one sentence. Raises nothing here."""

from __future__ import annotations


class CheckpointError(ValueError):
    """A model that cannot be had, and why, in one sentence."""


def in_short(error: object) -> str:
    """Return the first line of what an error says, fit for the middle of a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip(".:")[:200]
