"""The mask decoder: an embedding and prompts become four masks and their predicted IoU."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

import torch
from torch import Tensor, nn

from .attention import Placed
from .features import Features
from .layers import GELU, MLP, LayerNorm2d
from .transformer import TwoWayTransformer

ALL = slice(0, 4)  # of the masks: the single-mask token's, and the three candidates


@dataclass(frozen=True)
class Drawn:
    """Which part of the masks shall be drawn: the less, the faster. The rest is -inf.

    Attributes
    ----------
    least : float
        Prompts of whose masks none has a predicted IoU above this are not drawn.
    rows, columns : int, optional
        Of the embedding, from the top and from the left; what lies beyond is padding.
    """

    least: float = -inf
    rows: int | None = None
    columns: int | None = None


WHOLE = Drawn()


@dataclass(frozen=True)
class Seen:
    """Images as the decoder sees them before any click or box.

    Attributes
    ----------
    image : Placed
        (B, H*W, C) float: embedding and dense prompt; B is 1 where all prompts share them.
    size : tuple of int
        H, W of the embedding.
    skips : tuple of Tensor
        As in ``Features``, channels last in memory.
    """

    image: Placed
    size: tuple[int, int]
    skips: tuple[Tensor, ...]


class Upscaling(nn.Sequential):
    """To four times the size and an eighth of the width; finer maps of the encoder join in."""

    def __init__(self, width: int) -> None:
        super().__init__(
            nn.ConvTranspose2d(width, width // 4, 2, 2),
            LayerNorm2d(width // 4),
            GELU(),
            nn.ConvTranspose2d(width // 4, width // 8, 2, 2),
            GELU(),
        )

    def forward(self, image: Tensor, skips: tuple[Tensor, ...] = ()) -> Tensor:
        """(B, C, H, W), skips as in ``Features`` -> (B, C / 8, 4H, 4W)."""
        up1, norm, act1, up2, act2 = self
        image = up1(image)
        if skips:
            image = image + skips[0]
        image = up2(act1(norm(image)))
        if skips:
            image = image + skips[1]
        out: Tensor = act2(image)
        return out


class MaskProduct(nn.Module):
    """Where kernels and pixels become masks: no weights of its own, a place to watch."""

    def forward(self, kernels: Tensor, pixels: Tensor) -> Tensor:
        """Kernels (B, M, C) and pixels (B, C, H, W) -> logits (B, M, H, W)."""
        return (kernels @ pixels.flatten(2)).unflatten(2, pixels.shape[2:])  # type: ignore[no-untyped-call,no-any-return]


class MaskDecoder(nn.Module):
    """Two-way transformer, upscaling, and one small network for each mask (paper, Appendix A).

    The first mask token answers prompts that leave no doubt; the other three answer an
    ambiguous one with a whole, a part and a sub-part.
    """

    def __init__(self, width: int = 256, masks: int = 4) -> None:
        super().__init__()
        self.masks = masks
        self.transformer = TwoWayTransformer(width=width)
        self.iou_token = nn.Embedding(1, width)
        self.mask_tokens = nn.Embedding(masks, width)
        self.output_upscaling = Upscaling(width)
        self.output_hypernetworks_mlps = nn.ModuleList(
            MLP(width, width, width // 8, 3) for _ in range(masks)
        )
        self.iou_prediction_head = MLP(width, width, masks, 3)
        self.product = MaskProduct()

    def forward(
        self,
        image_embeddings: Features | Tensor,
        image_pe: Tensor,
        sparse_prompt_embeddings: Tensor,
        dense_prompt_embeddings: Tensor,
        multimask_output: bool | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Decode B prompts for one image.

        Parameters
        ----------
        image_embeddings : Features or Tensor
            What the image encoder said of one image, or of B images, one for each prompt.
        image_pe : Tensor
            (1, C, H, W) float, from ``PromptEncoder.get_dense_pe``.
        sparse_prompt_embeddings, dense_prompt_embeddings : Tensor
            (B, N, C) and (B, C, H, W) float, from the prompt encoder.
        multimask_output : bool, optional
            The three candidates, or the single-mask token's answer; by default all four.

        Returns
        -------
        tuple of Tensor
            Logits (B, 4, 4H, 4W), where 0 is the mask's border, and predicted IoU (B, 4). Entry
            0 is the single-mask token's, 1 to 3 are the three candidates.
        """
        masks, iou = self.predict_masks(
            image_embeddings, image_pe, sparse_prompt_embeddings, dense_prompt_embeddings
        )
        if multimask_output is None:
            return masks, iou
        wanted = slice(1, None) if multimask_output else slice(0, 1)
        return masks[:, wanted], iou[:, wanted]

    def predict_masks(
        self,
        image_embeddings: Features | Tensor,
        image_pe: Tensor,
        sparse_prompt_embeddings: Tensor,
        dense_prompt_embeddings: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return all masks and their predicted IoU; as ``forward``."""
        features = Features.of(image_embeddings)
        seen = self.see(features, image_pe, dense_prompt_embeddings)
        return self.answer(seen, sparse_prompt_embeddings, slice(None))

    def see(self, features: Features, image_pe: Tensor, dense: Tensor) -> Seen:
        """Put an embedding, its positions and a dense prompt together; arguments as above."""
        image = features.embedding + dense
        H, W = image.shape[-2:]
        # Channels last from here on: each pixel is a row of a matrix.
        pixels = image.permute(0, 2, 3, 1).contiguous().flatten(1, 2)  # (B, H*W, C)
        skips = tuple(s.contiguous(memory_format=torch.channels_last) for s in features.skips)
        return Seen(Placed(pixels, image_pe.flatten(2).mT.contiguous()), (H, W), skips)

    def foresee(self, seen: Seen) -> Seen:
        """Work out beforehand what all prompts without a mask have in common; B = 1."""
        return replace(seen, image=self.transformer.know(seen.image))

    def answer(
        self, seen: Seen, sparse: Tensor, wanted: slice = ALL, drawn: Drawn = WHOLE
    ) -> tuple[Tensor, Tensor]:
        """Decode B prompts for what is seen.

        Parameters
        ----------
        seen : Seen
            Of B images, or of one, which all the prompts are about.
        sparse : Tensor
            (B, N, C) float, from the prompt encoder.
        wanted : slice
            Which masks: the fewer, the faster.
        drawn : Drawn
            Which part of them.

        Returns
        -------
        tuple of Tensor
            As ``forward``, of the masks that are wanted.
        """
        B, (H, W) = sparse.shape[0], seen.size
        own = torch.cat([self.iou_token.weight, self.mask_tokens.weight])
        tokens = torch.cat([own.expand(B, -1, -1), sparse], dim=1)
        masks = range(self.masks)[wanted]
        asked = [0, *(1 + i for i in masks)]  # the IoU's token and those of masks
        tokens, pixels = self.transformer(seen.image, tokens, asked)

        iou = self.iou_prediction_head(tokens[:, 0])[:, wanted]
        image = pixels.unflatten(1, (H, W))  # (B, H, W, C)
        if drawn == WHOLE:
            return self._draw(tokens, image, seen.skips, masks), iou

        sure = (iou.float() > drawn.least).any(dim=1)
        rows, columns = drawn.rows or H, drawn.columns or W
        skips = tuple(
            skip[:, :, : n * rows, : n * columns]
            for n, skip in zip((2, 4), seen.skips, strict=False)
        )
        logits = image.new_full((B, iou.shape[1], 4 * H, 4 * W), -inf)
        if sure.any():
            part = self._draw(tokens[sure], image[sure, :rows, :columns], skips, masks)
            logits[sure, :, : 4 * rows, : 4 * columns] = part
        return logits, iou

    def _draw(
        self, tokens: Tensor, image: Tensor, skips: tuple[Tensor, ...], masks: range
    ) -> Tensor:
        """Tokens (B, 1 + M, C) and image (B, H, W, C) -> logits (B, M, 4H, 4W) of those masks."""
        pixels = self.output_upscaling(image.permute(0, 3, 1, 2), skips)  # (B, C/8, 4H, 4W)
        mlps = [self.output_hypernetworks_mlps[i] for i in masks]
        each = zip(mlps, tokens[:, 1:].unbind(1), strict=True)
        kernels = torch.stack([mlp(token) for mlp, token in each], dim=1)  # (B, M, C/8)
        logits: Tensor = self.product(kernels, pixels)
        return logits
