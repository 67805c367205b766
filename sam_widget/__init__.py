"""The face of the package: names only. Whatever imports torch loads on first touch."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .data_engine.annotate import annotate
    from .data_engine.automatic import automatic
    from .data_engine.reanswer import reanswer
    from .data_engine.retrain import retrain as retrain
    from .document.edits import EditError
    from .errors import SamError
    from .formats.annotated import Annotated
    from .formats.details import polygon_details
    from .formats.doors import read_annotations, write_annotations
    from .formats.errors import DataError
    from .formats.loss import Loss
    from .images import ImageError, Picture, read_image
    from .images.huge import HugePicture, read_huge
    from .lessons.explain import explain as explain
    from .made import Made
    from .masks import Mask
    from .models.checkpoints import CheckpointError, load_model
    from .regions import Region
    from .segment.compat.generator import SamAutomaticMaskGenerator
    from .segment.compat.predictor import SamPredictor
    from .segment.compat.registry import (
        build_sam,
        build_sam_vit_b,
        build_sam_vit_h,
        build_sam_vit_l,
        sam_model_registry,
    )
    from .segment.compat.resize import ResizeLongestSide
    from .segment.everything.find import find_everything
    from .segment.everything.search import Search
    from .segment.precompute import precompute
    from .segment.prompts import Embedding, Prediction, Prompts
    from .segment.segmenter import Segmenter
    from .segment.similar.find import find_alike
    from .segment.text.find import find_text
    from .segment.text.found import Found
    from .segment.trace import trace
    from .stand_in import stand_in
    from .training.fine_tune import fine_tune as fine_tune
    from .widget.widget import SamWidget

# In reading order; each is imported from its home when it is first asked for.
_HOMES = {
    "SamWidget": "widget.widget",
    "read_image": "images",
    "Picture": "images",
    "read_huge": "images.huge",
    "HugePicture": "images.huge",
    "Mask": "masks",
    "Region": "regions",
    "Made": "made",
    "read_annotations": "formats.doors",
    "write_annotations": "formats.doors",
    "polygon_details": "formats.details",
    "Annotated": "formats.annotated",
    "Loss": "formats.loss",
    "load_model": "models.checkpoints",
    "precompute": "segment.precompute",
    "find_everything": "segment.everything.find",
    "find_alike": "segment.similar.find",
    "find_text": "segment.text.find",
    "Found": "segment.text.found",
    "automatic": "data_engine.automatic",
    "annotate": "data_engine.annotate",
    "reanswer": "data_engine.reanswer",
    "fine_tune": "training.fine_tune",
    "retrain": "data_engine.retrain",
    "explain": "lessons.explain",
    "Search": "segment.everything.search",
    "sam_model_registry": "segment.compat.registry",
    "build_sam": "segment.compat.registry",
    "build_sam_vit_b": "segment.compat.registry",
    "build_sam_vit_l": "segment.compat.registry",
    "build_sam_vit_h": "segment.compat.registry",
    "SamPredictor": "segment.compat.predictor",
    "SamAutomaticMaskGenerator": "segment.compat.generator",
    "ResizeLongestSide": "segment.compat.resize",
    "stand_in": "stand_in",
    "Segmenter": "segment.segmenter",
    "trace": "segment.trace",
    "Prompts": "segment.prompts",
    "Embedding": "segment.prompts",
    "Prediction": "segment.prompts",
    "SamError": "errors",
    "ImageError": "images",
    "EditError": "document.edits",
    "DataError": "formats.errors",
    "CheckpointError": "models.checkpoints",
}

# Without fine_tune, retrain and explain: a star must not ask for the packages of an extra.
__all__ = [
    "Annotated",
    "CheckpointError",
    "DataError",
    "EditError",
    "Embedding",
    "Found",
    "HugePicture",
    "ImageError",
    "Loss",
    "Made",
    "Mask",
    "Picture",
    "Prediction",
    "Prompts",
    "Region",
    "ResizeLongestSide",
    "SamAutomaticMaskGenerator",
    "SamError",
    "SamPredictor",
    "SamWidget",
    "Search",
    "Segmenter",
    "annotate",
    "automatic",
    "build_sam",
    "build_sam_vit_b",
    "build_sam_vit_h",
    "build_sam_vit_l",
    "find_alike",
    "find_everything",
    "find_text",
    "load_model",
    "polygon_details",
    "precompute",
    "read_annotations",
    "read_huge",
    "read_image",
    "reanswer",
    "sam_model_registry",
    "stand_in",
    "trace",
    "write_annotations",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .lifetime import busy  # noqa: PLC0415  no names of the face
    from .waiting import asleep  # noqa: PLC0415

    with busy(), asleep():  # it may bring torch, in which no thread should be at the end
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
