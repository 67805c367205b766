"""Many: what Python does with a widget of many photos: next, previous, review. None of its logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from sam_widget.document.edits import EditError
from sam_widget.errors import SamError, shown
from sam_widget.folders.entries import note_of, verdict_of
from sam_widget.folders.photos import roll_of
from sam_widget.folders.places import output_of
from sam_widget.models.packaged import DEFAULT

from . import acts, cells
from .album import Album
from .desk import Desk, NamedModel
from .protocol import message_to_json
from .slides import Only, ToAlbum
from .watched import Watched

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sam_widget.document.session import Session
    from sam_widget.folders import Entry, Progress, Roll, Verdict
    from sam_widget.segment.answers.worker import Executor

    from .keeping import Keeping
    from .link import Link
    from .sitting import Sitting
    from .voice import Voice

SCRIBE = "files"  # who reads and writes them: one thread a process
