"""What a page and the kernel say of an export: into which format, and what came of it. Values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True)
class Export:
    """What is accepted shall be written to a new folder, as ``w.export`` writes it."""

    tag: ClassVar[str] = "export"
    client: str
    format: Literal[
        "sa1b", "coco", "labelme", "geojson", "yolo", "voc", "label_image", "npz", "cutouts"
    ]


@dataclass(frozen=True)
class Exported:
    """What came of an export, for the page ``to``.

    Attributes
    ----------
    to : str
    format : str
    where : str
        The folder, from where the kernel works; "" where nothing was written.
    why : str
        Why nothing was, a sentence; else "".
    images, objects : int
        How many were written.
    changed : int
        Of the objects, those whose masks do not come back as they were.
    mean_iou : float
        Of the masks that come back with those that were written, over all objects; 0..1.
    unsaid : tuple of str
        What the format has no room for.
    notes : tuple of str
        What else was done to make it fit, a sentence each.
    """

    tag: ClassVar[str] = "exported"
    to: str
    format: str
    where: str = ""
    why: str = ""
    images: int = 0
    objects: int = 0
    changed: int = 0
    mean_iou: float = 1.0
    unsaid: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
