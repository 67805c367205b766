"""What is refused: one error, one sentence, and how its parts are put. Knows no door."""

from __future__ import annotations

import re

LONGEST = 120  # characters of a value that a sentence repeats


class SamError(ValueError):
    """What cannot be done as it was asked, and what to do instead, in one sentence."""

    def __str__(self) -> str:
        """Return the sentence; what a screen cannot show of a name in it is written out."""
        said = super().__str__()
        return "".join(each if each.isprintable() else repr(each)[1:-1] for each in said)


def in_short(error: object) -> str:
    """Return the first line of what an error says, fit for the middle of a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    first, *others = re.split(r"\.\s+(?=[A-Z])", lines[0]) if lines else [type(error).__name__]
    # its sentences become parts of one; a name in capitals keeps them
    parts = [each[:1].lower() + each[1:] if each[1:2].islower() else each for each in others]
    return "; ".join([first, *parts]).rstrip(".:")[:200]


def reason(error: BaseException) -> str:
    """Return why the system refused: its own words where it has some, without the path."""
    return getattr(error, "strerror", None) or in_short(error)


def shown(value: object) -> str:
    """Return a value as a sentence repeats it: on one line, text in quotes, not long."""
    try:
        said = re.sub(r"\s*\n\s*", " ", repr(value))  # an array's is of several lines
    except Exception:  # noqa: BLE001  nested without end, a number without end, or not ours to know
        said = f"a {type(value).__name__}"
    said = re.sub(r"<class '([^']*)'>", r"the type \1", said)
    if re.search(r" at 0x[0-9a-f]+>", said):  # Python's own words for what says nothing of itself
        said = f"something of type {type(value).__name__}"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
