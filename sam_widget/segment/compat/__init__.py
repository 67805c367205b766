"""``segment_anything``'s own names over this package: change the import line and go on.

In reading order:

- ``registry``: `sam_model_registry`
- ``predictor``: `SamPredictor`
- ``generator``: `SamAutomaticMaskGenerator`; ``amg`` has its helpers
- ``modeling``: the modules under their names there
- ``resize``: `ResizeLongestSide`
- ``answers``: predictions in the forms that it gives
"""

from .generator import SamAutomaticMaskGenerator
from .predictor import SamPredictor
from .registry import build_sam, build_sam_vit_b, build_sam_vit_h, build_sam_vit_l
from .registry import sam_model_registry as sam_model_registry
from .resize import ResizeLongestSide

__all__ = [
    "ResizeLongestSide",
    "SamAutomaticMaskGenerator",
    "SamPredictor",
    "build_sam",
    "build_sam_vit_b",
    "build_sam_vit_h",
    "build_sam_vit_l",
    "sam_model_registry",
]
