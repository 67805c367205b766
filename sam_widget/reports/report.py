"""Report: a page of sections, and the same as JSON; shown in a notebook, written to files."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, reason, shown
from sam_widget.paths import as_path

from .blocks import plain
from .style import INK, PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from .blocks import Block

HTML, MARKDOWN = (".html", ".htm"), (".md", ".markdown")


class ReportError(SamError):
    """A report that cannot be written, and why, in one sentence."""


@dataclass(frozen=True)
class Section:
    """A title and what is under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, repr=False)
class Report:
    """What was done, by which model, with which settings, in which order, and how long it took.

    Shows itself in a notebook; ``save`` writes it.

    Attributes
    ----------
    title, lead : str
        What it is of; the whole of it in one sentence.
    sections : tuple of Section
    data : dict
        All of it for programs, as ``json.dumps`` takes it.
    foot : str
        Who made it, and when.
    """

    title: str
    lead: str
    sections: tuple[Section, ...]
    data: dict[str, Any]
    foot: str

    def html(self) -> str:
        """Return a page that holds all of it, its pictures too, and fetches nothing."""
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{PAGE}{INK}</style></head>"
            f"<body>{self._body()}</body></html>"
        )

    def markdown(self, folder: Path, beside: str) -> str:
        """Return it as Markdown; its pictures are written to a folder.

        Parameters
        ----------
        folder : Path
            Where pictures go; made when there is one.
        beside : str
            How the Markdown names that folder.
        """

        def keep(data: bytes, kind: str) -> str:
            name = f"{hashlib.blake2b(data, digest_size=6).hexdigest()}.{kind}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
            return f"{beside}/{name}"

        parts = [f"# {plain(self.title)}", plain(self.lead)]
        for section in self.sections:
            parts.append(f"## {plain(section.title)}")
            parts += [block.markdown(keep) for block in section.blocks]
        return "\n\n".join([*parts, f"---\n\n{plain(self.foot)}"]) + "\n"

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it, and the same as JSON beside it.

        Parameters
        ----------
        path : str or Path
            Ends in ``.html`` (one file, which holds its pictures) or ``.md`` (its pictures go to a
            folder beside it).

        Returns
        -------
        Path
            Of what was written.

        Raises
        ------
        ReportError
            The name ends otherwise, or cannot be written.
        """
        file = as_path(path)
        ending = file.suffix.lower()
        if ending not in HTML + MARKDOWN:
            raise ReportError(f"A report is written as .html or .md, not as {shown(file.name)}.")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if ending in HTML:
                text = self.html()
            else:
                beside = f"{file.stem}_pictures"
                text = self.markdown(file.with_name(beside), beside.replace(" ", "%20"))
            _write(file, text)
            told = json.dumps(self.data, ensure_ascii=False, indent=1, allow_nan=False)
            _write(file.with_suffix(".json"), told + "\n")
        except OSError as error:
            raise ReportError(f"{file} cannot be written: {reason(error)}.") from error
        return file

    def _body(self) -> str:
        sections = (
            f"<section><h2>{escape(each.title)}</h2>"
            f"{''.join(block.html() for block in each.blocks)}</section>"
            for each in self.sections
        )
        return (
            f'<article class="sam-report"><h1>{escape(self.title)}</h1>'
            f'<p class="lead">{escape(self.lead)}</p>{"".join(sections)}'
            f"<footer>{escape(self.foot)}</footer></article>"
        )

    def __repr__(self) -> str:
        return f"<Report: {self.title}: {self.lead}>"

    def _repr_html_(self) -> str:
        return f"<style>{INK}</style>{self._body()}"


def _write(file: Path, text: str) -> None:
    """Write a text whole or not at all."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
