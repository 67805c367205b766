"""Command lines: a frozen dataclass's fields as options, and back. No words."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

    D = TypeVar("D", bound=DataclassInstance)


def grammar_of(module: str, told: str | None) -> argparse.ArgumentParser:
    """Return the grammar of `python -m sam_widget.<module>`, without options, its words as laid."""
    layout = argparse.RawDescriptionHelpFormatter
    prog = f"python -m sam_widget.{module}"
    return argparse.ArgumentParser(prog=prog, description=told, formatter_class=layout)


def offer(
    group: argparse._ActionsContainer, default: DataclassInstance, told: Mapping[str, str]
) -> None:
    """Add an option for each field that is told about.

    Parameters
    ----------
    group
        A parser, or a group of one.
    default
        What counts where nothing is said; its values say the types too.
    told
        Field names and what to say of each.
    """
    for name, text in told.items():
        value = getattr(default, name)
        words = f"{text} (default: %(default)s)" if text else "default: %(default)s"
        flag = f"--{name.replace('_', '-')}"
        group.add_argument(flag, type=type(value), default=value, help=words)


def taken(kind: type[D], given: argparse.Namespace, **more: object) -> D:
    """Make a dataclass of what was said; fields without an option keep their default.

    Raises
    ------
    ValueError
        As the dataclass does.
    """
    said = {each.name: getattr(given, each.name) for each in fields(kind) if each.name in given}
    return kind(**{**said, **more})
