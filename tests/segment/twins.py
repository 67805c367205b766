"""One set of weights in both packages: segment_anything's network and ours, for comparing them."""

from __future__ import annotations

from types import ModuleType

import torch
from torch import nn

from sam_widget.models.checkpoints import load_model
from sam_widget.models.encoder import ImageEncoder
from sam_widget.models.features import Features
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.padding import Padded
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from tests.reference import segment_anything, stirred

Twins = tuple[nn.Module, Sam]  # theirs, ours


class WithoutSkips(ImageEncoder):
    """An encoder's embedding alone: their decoder knows no skips."""

    def __init__(self, encoder: ImageEncoder) -> None:
        super().__init__()
        self.encoder, self.side, self.stride = encoder, encoder.side, encoder.stride
        self.mean, self.std = encoder.mean, encoder.std

    def blank(self) -> tuple[torch.Tensor, ...]:
        return self.encoder.blank()

    def forward(self, x: torch.Tensor, *padded: Padded) -> Features:
        return Features(self.encoder(x, *padded).embedding)


class Plain(nn.Module):
    """One of our encoders as their network holds it: a tensor in, a tensor out."""

    def __init__(self, encoder: ImageEncoder) -> None:
        super().__init__()
        self.encoder, self.img_size = encoder, encoder.side

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.encoder(x).embedding


def _theirs(
    modeling: ModuleType, encoder: nn.Module, side: int, **colours: list[float]
) -> nn.Module:
    grid = (side // 16, side // 16)
    transformer = modeling.TwoWayTransformer(depth=2, embedding_dim=256, mlp_dim=2048, num_heads=8)
    return modeling.Sam(
        encoder,
        modeling.PromptEncoder(256, grid, (side, side), mask_in_chans=16),
        modeling.MaskDecoder(transformer_dim=256, transformer=transformer),
        **colours,
    ).eval()


def small_vit(side: int = 256) -> Twins:
    """Stirred weights: their masks mean nothing, but every number counts."""
    modeling = segment_anything().modeling
    encoder = modeling.ImageEncoderViT(
        img_size=side, embed_dim=64, depth=4, num_heads=2, out_chans=256, use_rel_pos=True,
        window_size=14, global_attn_indexes=(1, 3),
        norm_layer=lambda width: nn.LayerNorm(width, eps=1e-6),
    )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)  # stirring leaves the frequencies of the prompt encoder's positions
        theirs = _theirs(modeling, encoder, side)
    stirred(theirs)
    size = ViTSize(64, 4, 2, (1, 3))
    ours = Sam(ViTEncoder(size, side), PromptEncoder(side), MaskDecoder()).eval()
    ours.load_state_dict(theirs.state_dict())
    return theirs, ours.requires_grad_(False)


def mini(side: int = 512) -> Twins:
    """What mini has learnt: masks that mean something."""
    return learnt("mini", side)


def learnt(name: str, side: int) -> Twins:
    """What a model by that name or file has learnt, its encoder in both, its skips left out."""
    learnt = load_model(name, "cpu", "float32")
    learnt.side = side
    encoder = learnt.image_encoder
    ours = Sam(WithoutSkips(encoder), learnt.prompt_encoder, learnt.mask_decoder).eval()
    colours = {"pixel_mean": list(encoder.mean), "pixel_std": list(encoder.std)}
    theirs = _theirs(segment_anything().modeling, Plain(encoder), side, **colours)
    rest = {k: v for k, v in ours.state_dict().items() if not k.startswith("image_encoder")}
    missing, unexpected = theirs.load_state_dict(rest, strict=False)
    assert not unexpected
    assert all(key.startswith("image_encoder") for key in missing)
    return theirs, ours
