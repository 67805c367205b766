"""Whatever a user calls an image, as RGB uint8, and what was assumed. Knows no model, no screen.

In reading order:

- ``reading``: `read_image`: the door, and its rules
- ``huge``: what is too large to be taken whole: read in windows
- ``picture``: what comes out
- ``files``: paths, bytes and file objects
- ``tiff``: TIFF by its tags
- ``deep``: more than 8 bits that Pillow would cut
- ``jpeg``: a JPEG that is cut off
- ``pil``: PIL's images
- ``arrays``: arrays and tensors
- ``things``: figures, widgets, messages: what holds a picture
- ``values``: numbers of any kind to bytes
"""

from .files import image_in, is_picture_file, is_picture_name, picture_in, suffixes
from .picture import ImageError, Picture, content_hash, encode_for_display
from .reading import read_image

__all__ = [
    "ImageError",
    "Picture",
    "content_hash",
    "encode_for_display",
    "image_in",
    "is_picture_file",
    "is_picture_name",
    "picture_in",
    "read_image",
    "suffixes",
]
