"""``segment_anything.modeling``: our networks, made by that package's own arguments.

Whatever network of ours somebody has, made here or not, is an instance of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sam_widget.errors import SamError
from sam_widget.models import mask_decoder, prompt_encoder, sam, transformer, vit
from sam_widget.models.attention import Placed
from sam_widget.models.layers import MLP, FeedForward, PatchEmbedding, from_windows, to_windows
from sam_widget.models.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MEAN, STD = (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)


class _Official(type):
    def __instancecheck__(cls, instance: Any) -> bool:
        ours = cls.__module__ == __name__  # one that somebody derived is itself alone
        return isinstance(instance, cls.__base__) if ours else super().__instancecheck__(instance)  # type: ignore[arg-type]


class ImageEncoderViT(vit.ViTEncoder, metaclass=_Official):
    """SAM's image encoder; arguments as that package has them."""

    def __init__(  # noqa: PLR0917  the order is given
        self,
        img_size: int = 1024,
        patch_size: int = 16,
        in_chans: int = 3,
        embed_dim: int = 768,
        depth: int = 12,
        num_heads: int = 12,
        mlp_ratio: float = 4.0,
        out_chans: int = 256,
        qkv_bias: bool = True,
        norm_layer: Callable[[int], nn.Module] = nn.LayerNorm,
        act_layer: Callable[[], nn.Module] = nn.GELU,
        use_abs_pos: bool = True,
        use_rel_pos: bool = False,
        rel_pos_zero_init: bool = True,  # noqa: ARG002  they begin at zero
        window_size: int = 0,
        global_attn_indexes: Sequence[int] = (),
    ) -> None:
        if not use_abs_pos:
            raise SamError("use_abs_pos=False is not offered here: SAM's encoders have positions.")
        size = vit.ViTSize(embed_dim, depth, num_heads, tuple(global_attn_indexes))
        super().__init__(size, img_size * 16 // patch_size, out_chans, window_size)
        self.side, self.stride = img_size, patch_size
        self.patch_embed = PatchEmbedding(patch_size, embed_dim)
        if in_chans != 3:
            self.patch_embed.proj = nn.Conv2d(in_chans, embed_dim, patch_size, patch_size)
        for block in cast("list[vit.ViTBlock]", list(self.blocks)):
            block.norm1, block.norm2 = norm_layer(embed_dim), norm_layer(embed_dim)  # type: ignore[assignment]
            block.mlp = FeedForward(embed_dim, int(embed_dim * mlp_ratio), act_layer())
            if not qkv_bias:
                block.attn.qkv = nn.Linear(embed_dim, 3 * embed_dim, bias=False)  # type: ignore[assignment]
            if not use_rel_pos:
                block.attn = WithoutDistances(embed_dim, num_heads, qkv=block.attn.qkv)


class WithoutDistances(vit.ViTAttention):
    """Attention to which all distances are alike."""

    def __init__(self, width: int, heads: int, qkv: nn.Module) -> None:
        super().__init__(width, heads, 1)
        self.qkv = qkv  # type: ignore[assignment]
        del self.rel_pos_h, self.rel_pos_w

    def _bias(self, q: Tensor, shape: torch.Size) -> tuple[Tensor, Tensor]:
        _, H, W, _ = shape
        return q.new_zeros(*q.shape[:3], H), q.new_zeros(*q.shape[:3], W)


class PromptEncoder(prompt_encoder.PromptEncoder, metaclass=_Official):
    """SAM's prompt encoder; arguments as that package has them."""

    def __init__(
        self,
        embed_dim: int,
        image_embedding_size: tuple[int, int],
        input_image_size: tuple[int, int],
        mask_in_chans: int,
        activation: Callable[[], nn.Module] | None = None,
    ) -> None:
        side, grid = input_image_size[0], image_embedding_size[0]
        if len({*input_image_size}) > 1 or len({*image_embedding_size}) > 1 or side % grid:
            raise SamError("The model's input is a square here, and its embedding a part of it.")
        super().__init__(side, embed_dim, mask_in_chans, side // grid)
        if activation is not None:
            self.mask_downscaling[2] = activation()
            self.mask_downscaling[5] = activation()


class TwoWayTransformer(transformer.TwoWayTransformer, metaclass=_Official):
    """SAM's two-way transformer; arguments as that package has them."""

    def __init__(  # noqa: PLR0917  the order is given
        self,
        depth: int,
        embedding_dim: int,
        num_heads: int,
        mlp_dim: int,
        activation: Callable[[], nn.Module] = nn.ReLU,
        attention_downsample_rate: int = 2,
    ) -> None:
        if attention_downsample_rate != 2:
            raise SamError("attention_downsample_rate is 2 here, as in every SAM.")
        super().__init__(depth, embedding_dim, num_heads, mlp_dim)
        self.depth, self.embedding_dim = depth, embedding_dim
        self.num_heads, self.mlp_dim = num_heads, mlp_dim
        for layer in cast("list[transformer.TwoWayBlock]", list(self.layers)):
            layer.mlp.act = activation()

    def forward(self, image_embedding: Any, image_pe: Any, point_embedding: Any) -> Any:
        """Image and positions (B, C, H, W), tokens (B, N, C) -> tokens, and pixels (B, H*W, C)."""
        if isinstance(image_embedding, Placed):  # our decoder asks so
            return super().forward(image_embedding, image_pe, point_embedding)
        image, places = (each.flatten(2).mT for each in (image_embedding, image_pe))
        wanted = range(point_embedding.shape[1])
        return super().forward(Placed(image, places), point_embedding, wanted)


class MaskDecoder(mask_decoder.MaskDecoder, metaclass=_Official):
    """SAM's mask decoder; arguments as that package has them."""

    def __init__(
        self,
        *,
        transformer_dim: int,
        transformer: nn.Module,
        num_multimask_outputs: int = 3,
        activation: Callable[[], nn.Module] | None = None,
        iou_head_depth: int = 3,
        iou_head_hidden_dim: int = 256,
    ) -> None:
        if not isinstance(transformer, TwoWayTransformer):
            raise SamError("transformer is a TwoWayTransformer here, and nothing else.")
        masks = num_multimask_outputs + 1
        super().__init__(transformer_dim, masks)
        self.transformer = transformer
        self.transformer_dim = transformer_dim
        self.num_multimask_outputs, self.num_mask_tokens = num_multimask_outputs, masks
        self.iou_prediction_head = MLP(transformer_dim, iou_head_hidden_dim, masks, iou_head_depth)
        if activation is not None:
            self.output_upscaling[2], self.output_upscaling[4] = activation(), activation()


class Sam(sam.Sam, metaclass=_Official):
    """A SAM; arguments as that package has them. Its image encoder may be anybody's."""

    def __init__(
        self,
        image_encoder: nn.Module,
        prompt_encoder: nn.Module,
        mask_decoder: nn.Module,
        pixel_mean: Sequence[float] = MEAN,
        pixel_std: Sequence[float] = STD,
    ) -> None:
        nn.Module.__init__(self)
        self.image_encoder = image_encoder  # type: ignore[assignment]
        self.prompt_encoder = prompt_encoder  # type: ignore[assignment]
        self.mask_decoder = mask_decoder  # type: ignore[assignment]
        self.thresholds = getattr(image_encoder, "thresholds", Thresholds())
        self._mean, self._std = tuple(pixel_mean), tuple(pixel_std)

    @property
    def pixel_mean(self) -> Tensor:
        """What is taken off each channel, (3, 1, 1) float."""
        return torch.tensor(self._mean, device=self.device).view(-1, 1, 1)

    @pixel_mean.setter
    def pixel_mean(self, mean: Tensor) -> None:
        self._mean = tuple(mean.flatten().tolist())

    @property
    def pixel_std(self) -> Tensor:
        """What each channel is then divided by, (3, 1, 1) float."""
        return torch.tensor(self._std, device=self.device).view(-1, 1, 1)

    @pixel_std.setter
    def pixel_std(self, std: Tensor) -> None:
        self._std = tuple(std.flatten().tolist())

    def blank(self) -> tuple[Tensor, ...]:
        """Return what the image encoder knows of zeros: nothing, where it is not ours."""
        known: tuple[Tensor, ...] = getattr(self.image_encoder, "blank", tuple)()
        return known

    def preprocess(self, x: Tensor) -> Tensor:
        """Normalise (B, 3, H, W) or (3, H, W) of 0..255 and pad it to the square."""
        x = (x - self.pixel_mean) / self.pixel_std
        side = int(self.image_encoder.img_size)
        x = F.pad(x, (0, side - x.shape[-1], 0, side - x.shape[-2]))
        return x.to(next(self.parameters()).dtype)


def window_partition(x: Tensor, window_size: int) -> tuple[Tensor, tuple[int, int]]:
    """(B, H, W, C) -> windows (n, side, side, C), and (H, W) with their padding."""
    high, wide = (-(-side // window_size) * window_size for side in x.shape[1:3])
    return to_windows(x, window_size), (high, wide)


def window_unpartition(
    windows: Tensor,
    window_size: int,  # noqa: ARG001  the windows say it
    pad_hw: tuple[int, int],  # noqa: ARG001
    hw: tuple[int, int],
) -> Tensor:
    """Put windows together again -> (B, H, W, C)."""
    return from_windows(windows, *hw)
