"""``stand_in``: programs written for ``segment_anything`` get this package in its place.

``python -m sam_widget.stand_in program.py`` runs one so. Standard library only, until it imports.
"""

from __future__ import annotations

import runpy
import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "segment_anything"
SAID = "sam_widget stands in for segment_anything in this process."
HOW = "usage: python -m sam_widget.stand_in (program.py | -m module) [arguments]"

_COMPAT = "sam_widget.segment.compat"
_BUILDS = f"{_COMPAT}.registry:build_sam build_sam_vit_h build_sam_vit_l build_sam_vit_b"
_MODELS = "Sam ImageEncoderViT PromptEncoder MaskDecoder TwoWayTransformer"
_AMG = (
    "MaskData is_box_near_crop_edge box_xyxy_to_xywh batch_iterator mask_to_rle_pytorch "
    "rle_to_mask area_from_rle calculate_stability_score build_point_grid "
    "build_all_layer_point_grids generate_crop_boxes uncrop_boxes_xyxy uncrop_points uncrop_masks "
    "remove_small_regions coco_encode_rle batched_mask_to_box"
)
# Each of its modules, and where its names live here. Those with further modules come first.
OFFERED: dict[str, tuple[str, ...]] = {
    "": (
        f"{_BUILDS} sam_model_registry",
        f"{_COMPAT}.predictor:SamPredictor",
        f"{_COMPAT}.generator:SamAutomaticMaskGenerator",
    ),
    "build_sam": (f"{_BUILDS} sam_model_registry", f"{_COMPAT}.modeling:{_MODELS}"),
    "predictor": (
        f"{_COMPAT}.predictor:SamPredictor",
        f"{_COMPAT}.resize:ResizeLongestSide",
        f"{_COMPAT}.modeling:Sam",
    ),
    "automatic_mask_generator": (
        f"{_COMPAT}.generator:SamAutomaticMaskGenerator",
        f"{_COMPAT}.predictor:SamPredictor",
        f"{_COMPAT}.modeling:Sam",
        f"{_COMPAT}.amg:{_AMG}",
    ),
    "modeling": (f"{_COMPAT}.modeling:{_MODELS}",),
    "modeling.sam": (f"{_COMPAT}.modeling:Sam ImageEncoderViT PromptEncoder MaskDecoder",),
    "modeling.image_encoder": (
        f"{_COMPAT}.modeling:ImageEncoderViT window_partition window_unpartition",
        "sam_widget.models.layers:LayerNorm2d",
    ),
    "modeling.prompt_encoder": (
        f"{_COMPAT}.modeling:PromptEncoder",
        "sam_widget.models.layers:LayerNorm2d",
    ),
    "modeling.mask_decoder": (
        f"{_COMPAT}.modeling:MaskDecoder",
        "sam_widget.models.layers:LayerNorm2d MLP",
    ),
    "modeling.transformer": (f"{_COMPAT}.modeling:TwoWayTransformer",),
    "modeling.common": ("sam_widget.models.layers:LayerNorm2d",),
    "utils": (),
    "utils.amg": (f"{_COMPAT}.amg:{_AMG}",),
    "utils.transforms": (f"{_COMPAT}.resize:ResizeLongestSide",),
}


def stand_in() -> None:
    """Offer this package as ``segment_anything`` to whatever imports that from now on.

    One line on standard error says so. Call it before the program's own imports; a second call
    does nothing.

    Raises
    ------
    SamError
        ``segment_anything`` itself is loaded already.
    """
    if any(isinstance(each, Finder) for each in sys.meta_path):
        return
    if NAME in sys.modules:
        raise SamError(
            "segment_anything itself is loaded already: call sam_widget.stand_in() before "
            "anything imports it; in a notebook, restart the kernel first."
        )
    sys.meta_path.insert(0, Finder())
    print(SAID, file=sys.stderr)  # noqa: T201  never silently


class Finder(MetaPathFinder, Loader):
    """Finds ``segment_anything`` and its modules here, and makes them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module that is offered, None of all others."""
        del path, target
        if fullname.split(".", maxsplit=1)[0] != NAME:
            return None
        inner = fullname.removeprefix(NAME).removeprefix(".")
        if inner not in OFFERED:
            raise ModuleNotFoundError(
                f"sam_widget, which stands in for segment_anything here, has no {fullname}.",
                name=fullname,
            )
        package = inner in {"", "modeling", "utils"}
        return ModuleSpec(fullname, self, origin=__file__, is_package=package)

    def create_module(self, spec: ModuleSpec) -> None:
        """Let Python make it."""
        del spec

    def exec_module(self, module: ModuleType) -> None:
        """Fill a module with its names, its own modules first."""
        module.__file__ = __file__
        module.__doc__ = f"{module.__name__}, as sam_widget stands in for it."
        inner = module.__name__.removeprefix(NAME).removeprefix(".")
        within = f"{inner}." if inner else ""
        for other in OFFERED:
            below = other.removeprefix(within)
            if other and other.startswith(within) and other != inner and "." not in below:
                import_module(f"{NAME}.{other}")
        public: dict[str, Any] = {}
        for told in OFFERED[inner]:
            home, names = told.split(":")
            public |= {name: getattr(import_module(home), name) for name in names.split()}
        vars(module).update(public)


class _Callable(ModuleType):
    """A module that may be called as the function that it is named for."""

    def __call__(self) -> None:
        stand_in()


def main(arguments: list[str]) -> None:
    """Run a program or a module as Python would, with this package standing in."""
    if not arguments or arguments[0] in {"-h", "--help"} or arguments == ["-m"]:
        sys.exit(HOW)
    import_module("sam_widget.stand_in").stand_in()  # not this copy, which is called __main__
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return
    program = Path(arguments[0])
    if not program.exists():
        sys.exit(f"There is no program {program}. {HOW}")
    sys.argv = arguments
    sys.path[0] = str(program.resolve().parent)
    runpy.run_path(str(program), run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
else:
    sys.modules[__name__].__class__ = _Callable
