"""Pictures that are too large to be taken whole: read in windows. Knows no model, no screen.

In reading order:

- ``reading``: `read_huge` and `open_picture`: the doors, and who reads what
- ``picture``: `HugePicture`: windows of any part at any shrink, and the whole made small
- ``levels``: what a file has to answer: levels and windows of them
- ``tiff``: tiled TIFF, OME-TIFF and whole-slide pyramids, by tifffile
- ``zarrs``: zarr arrays and OME-Zarr pyramids, by zarr
- ``tones``: numbers of any kind to RGB bytes, the same in every window
"""

from typing import TypeAlias

from sam_widget.images.picture import Picture

from .picture import HugePicture
from .reading import open_picture, read_huge
from .zarrs import is_zarr

AnyPicture: TypeAlias = Picture | HugePicture

__all__ = ["AnyPicture", "HugePicture", "is_zarr", "open_picture", "read_huge"]
