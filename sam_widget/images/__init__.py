"""Whatever a user calls an image, as RGB uint8, and what was assumed. Knows no model, no screen.

`reading` is the door; behind it `files` (and `tiff`, `deep`, `jpeg`), `pil`, `arrays` and `things`
bring what they know to `Samples`, of which `values` makes a `Picture`.
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
