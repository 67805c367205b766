"""Prompts with what was looked at when they were made: Python's. A page says it itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import Edit
from sam_widget.document.records import Object, Prompt, Window, new_id

if TYPE_CHECKING:
    from sam_widget.document.edits import Document


def seen_through(document: Document, edit: Edit | None, window: Window | None) -> Edit | None:
    """Return an edit with what was looked at when its prompts were made; as it is without any."""
    if edit is None or window is None:
        return edit
    prompts = [each for each in edit.put.values() if isinstance(each, Prompt)]
    if not prompts or any(isinstance(each, Window) for each in prompts):
        return edit
    thing = prompts[-1].object
    before = [each.id for each in document.prompts_of(thing) if isinstance(each, Window)]
    here: Any = replace(window, id=new_id(), object=thing)
    objects = [each for each in edit.put.values() if isinstance(each, Object)]
    rest = [each for each in edit.put.values() if not isinstance(each, Object)]
    return replace(Edit.of(*objects, here, *rest, drop=(*edit.drop, *before)), group=edit.group)
