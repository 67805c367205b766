"""What holds for whatever is given: an answer, or an error of ours in one sentence. No cases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from traitlets import TraitError

from sam_widget.errors import SamError

LONGEST = 1000  # characters; a path alone may have 300


class BrokenRuleError(AssertionError):
    """The rule does not hold."""


def one_sentence(said: str) -> bool:
    """Whether a text is one sentence on one line, without the inside of a library in it."""
    seen = not any(unicodedata.category(each) in ("Cc", "Cs") for each in said)
    quoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", said)  # what was given may hold anything
    inside = re.search(r"Traceback|Errno|object at 0x|<class|\. [A-Z][a-z]+ [a-z]", quoted)
    return seen and said.endswith(".") and not said.endswith("..") and not inside


def attempt(door: Callable[[], Any]) -> Any:
    """Go through a door; return what came out, or None where a sentence did.

    Raises
    ------
    BrokenRuleError
        An error that is none of ours, or one whose text is no sentence.
    """
    try:
        return door()
    except (SamError, TraitError) as error:
        said = str(error)
        if not one_sentence(said) or len(said) > LONGEST:
            raise BrokenRuleError(f"no sentence: {said!r}") from error
        return None
    except Exception as error:
        raise BrokenRuleError(f"{type(error).__name__}: {error}") from error
