"""``sam_model_registry``: models by the names that ``segment_anything`` gives them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sam_widget.models.checkpoints import CheckpointError, load_model
from sam_widget.models.mini import MiniEncoder
from sam_widget.models.packaged import PACKAGED
from sam_widget.models.tiny_vit import LAYOUTS, TinyViTEncoder, build_tiny_vit
from sam_widget.models.vit import SIZES, ViTEncoder, build_vit

if TYPE_CHECKING:
    from pathlib import Path

    from sam_widget.models.sam import Sam

BUILDERS = {
    **{kind: partial(build_vit, size) for kind, size in SIZES.items()},
    "vit_t": partial(build_tiny_vit, LAYOUTS["mobile_sam"]),
    **{name: partial(load_model, name, device="cpu", dtype="float32") for name in PACKAGED},
}


def _model(kind: str, checkpoint: str | Path | None = None) -> Sam:
    """Return a model on the CPU, in float32 and evaluation mode; ``.to(device)`` moves it.

    Parameters
    ----------
    kind : str
        One of ``BUILDERS``.
    checkpoint : str or Path, optional
        Whatever ``load_model`` takes. Without it the weights are fresh; ``small`` and
        ``mini`` have their own.

    Raises
    ------
    CheckpointError
        The checkpoint cannot be had or is of another kind, in one sentence.
    """
    if checkpoint is None:
        return BUILDERS[kind]().eval()
    sam = load_model(checkpoint, device="cpu", dtype="float32")
    if not _is(sam, kind):
        raise CheckpointError(f"{checkpoint} does not hold the weights of a {kind!r} model.")
    return sam


def _is(sam: Sam, kind: str) -> bool:
    encoder = sam.image_encoder
    if kind in SIZES:
        size = SIZES[kind]
        return (
            isinstance(encoder, ViTEncoder)
            and len(encoder.blocks) == size.depth
            and encoder.pos_embed.shape[-1] == size.width
        )
    return isinstance(encoder, MiniEncoder if kind == "mini" else TinyViTEncoder)


build_sam_vit_b = partial(_model, "vit_b")
build_sam_vit_l = partial(_model, "vit_l")
build_sam_vit_h = partial(_model, "vit_h")
build_sam = build_sam_vit_h

sam_model_registry = {
    "default": build_sam,
    "vit_h": build_sam_vit_h,
    "vit_l": build_sam_vit_l,
    "vit_b": build_sam_vit_b,
    "vit_t": partial(_model, "vit_t"),
    "small": partial(_model, "small"),
    "mini": partial(_model, "mini"),
}
