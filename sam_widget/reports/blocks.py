"""What a page is made of: each kind as HTML and as Markdown. Knows no page and no file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Protocol, TypeAlias

NUMBER = r"[-+]?[\d,]*\.?\d+( ?(s|ms|min|h|px|%))?"
Keep: TypeAlias = Callable[[bytes, str], str]
"""Takes a picture's bytes and its kind, "webp"; gives the address by which Markdown names it."""


class Block(Protocol):
    """A part of a page."""

    def html(self) -> str:
        """Return it as HTML; every text in it is escaped."""
        ...

    def markdown(self, keep: Keep) -> str:
        """Return it as Markdown, its pictures kept by ``keep``."""
        ...


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str

    def html(self) -> str:
        """Return a paragraph."""
        return f"<p>{escape(self.text)}</p>"

    def markdown(self, keep: Keep) -> str:  # noqa: ARG002  it has no pictures
        """Return a paragraph."""
        return plain(self.text)


@dataclass(frozen=True)
class Facts:
    """Names and what they are."""

    rows: tuple[tuple[str, str], ...]

    def html(self) -> str:
        """Return a list of definitions."""
        rows = (f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in self.rows)
        return f"<dl>{''.join(rows)}</dl>"

    def markdown(self, keep: Keep) -> str:
        """Return a table of two columns."""
        return Table(("", ""), self.rows).markdown(keep)


@dataclass(frozen=True)
class Table:
    """Rows under a head; what is a number stands at the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self) -> str:
        """Return a table, which scrolls where it is too wide."""
        right = self._right()
        head = "".join(
            f"<th{at}>{escape(each)}</th>" for each, at in zip(self.head, right, strict=True)
        )
        rows = (
            "".join(f"<td{at}>{escape(each)}</td>" for each, at in zip(row, right, strict=True))
            for row in self.rows
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return (
            f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )

    def markdown(self, keep: Keep) -> str:  # noqa: ARG002  it has no pictures
        """Return a table as GitHub's Markdown has it."""
        line = ["---:" if right else "---" for right in self._right()]
        rows = [self.head, tuple(line), *self.rows]
        return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)

    def _right(self) -> list[str]:
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.head)
        return [' class="number"' if c and all(map(_is_number, c)) else "" for c in columns]


@dataclass(frozen=True)
class Picture:
    """A small picture and what is under it.

    Attributes
    ----------
    data : bytes
    kind : str
        "webp", "png", ...
    caption : str
    """

    data: bytes
    kind: str
    caption: str

    def html(self) -> str:
        """Return a figure that holds the picture itself."""
        source = f"data:image/{self.kind};base64,{b64encode(self.data).decode()}"
        said = escape(self.caption)
        return f'<figure><img src="{source}" alt="{said}"><figcaption>{said}</figcaption></figure>'

    def markdown(self, keep: Keep) -> str:
        """Return a picture with its caption."""
        said = plain(self.caption)
        return f"![{said}]({keep(self.data, self.kind)})\n\n*{said}*"


@dataclass(frozen=True)
class Pictures:
    """Several pictures side by side."""

    each: tuple[Picture, ...]

    def html(self) -> str:
        """Return them as a grid."""
        return f'<div class="pictures">{"".join(each.html() for each in self.each)}</div>'

    def markdown(self, keep: Keep) -> str:
        """Return one after the other."""
        return "\n\n".join(each.markdown(keep) for each in self.each)


@dataclass(frozen=True)
class Drawing:
    """A drawing that takes the page's colors, and the same numbers for who sees none.

    Attributes
    ----------
    svg : str
        Inline; its texts are escaped by who drew it.
    table : Table
    """

    svg: str
    table: Table

    def html(self) -> str:
        """Return the drawing."""
        return f'<div class="wide">{self.svg}</div>'

    def markdown(self, keep: Keep) -> str:
        """Return the numbers."""
        return self.table.markdown(keep)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(rf"({NUMBER} ?)+|-?", text.strip()))


def plain(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", re.sub(r"\s+", " ", text))


def _cell(text: str) -> str:
    return text if re.fullmatch(r"-{3}:?", text) else plain(text)
