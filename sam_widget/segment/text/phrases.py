"""What a user types to phrases, and what engines read of them. Asks nothing."""

from __future__ import annotations

import re
from typing import Any

from sam_widget.errors import SamError, shown

from .korean import ENGLISH

MOST = 20
LONGEST = 100  # characters
COMMAS = re.compile("[,，、;\n]")  # noqa: RUF001  as Korean and Japanese keyboards have them
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def phrases_of(typed: Any) -> tuple[str, ...]:
    """Split what was typed at its commas; a list of phrases is taken too.

    Returns
    -------
    tuple of str
        Each once, in order, without spaces around.

    Raises
    ------
    SamError
        There is none, too many, or one is too long.
    """
    given = [typed] if isinstance(typed, str) else typed
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        raise SamError(f"A phrase is a text, 'cup, plate' say, not {shown(typed)}.")
    found = (" ".join(each.split()) for text in given for each in COMMAS.split(text))
    phrases = tuple(dict.fromkeys(each for each in found if each))
    if not phrases:
        raise SamError("The phrase is empty: say what to look for, 'cup' say.")
    if len(phrases) > MOST:
        raise SamError(f"{len(phrases)} phrases are too many at once: give {MOST} at most.")
    if longest := next((each for each in phrases if len(each) > LONGEST), None):
        raise SamError(f"{shown(longest)} is too long for the name of a thing: say a noun.")
    return phrases


def english(phrase: str) -> str:
    """Return what an engine reads: English engines are asked a Korean noun's English one.

    Raises
    ------
    SamError
        It is Korean, and not in the small table.
    """
    if not HANGUL.search(phrase):
        return phrase
    known = ENGLISH.get(phrase.replace(" ", ""))
    if known is None:
        raise SamError(
            f"{shown(phrase)} is not among the Korean nouns that are known here, and text engines"
            " read English: 영어 명사로 입력하세요 (type an English noun)."
        )
    return known
