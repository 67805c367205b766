"""A masked autoencoder round SAM's ViT (He et al. 2022). No data, no optimiser, no files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sam_widget.errors import SamError
from sam_widget.models.fast import attention
from sam_widget.models.vit import ViTEncoder, ViTSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sam_widget.models.vit import ViTBlock

PATCH = 16  # px, SAM's
Target = Literal["normalised", "pixels"]


def every_third(width: int, depth: int, heads: int) -> ViTSize:
    """Return a ViT's size with every third block global, as ViT-B's are."""
    if width % heads or (width // heads) % 4:
        raise SamError(f"{width} channels do not part into {heads} heads of a multiple of 4.")
    return ViTSize(width, depth, heads, tuple(range(2, depth, 3)) or (depth - 1,))


def fresh_encoder(size: ViTSize, side: int) -> ViTEncoder:
    """Return a ViT to pre-train: positions are sines and cosines, matrices Xavier's.

    SAM's own module starts with positions of zero, from which a few hours of training learn none.
    """
    encoder = ViTEncoder(size, side)
    with torch.no_grad():
        encoder.pos_embed.copy_(sines(side // PATCH, size.width))
        for block in encoder.blocks:
            for module in block.modules():
                if isinstance(module, nn.Linear):
                    nn.init.xavier_uniform_(module.weight)
                    nn.init.zeros_(module.bias)
    return encoder


def sines(grid: int, width: int) -> Tensor:
    """Return fixed positions of a square map, (1, grid, grid, width): half by row, half by column.

    Raises
    ------
    ValueError
        The width is no multiple of 4.
    """
    if width % 4:
        raise SamError(f"positions need a width that is a multiple of 4, not {width}.")
    rates = 10_000 ** -(torch.arange(width // 4) / (width // 4))
    angles = torch.arange(grid)[:, None] * rates  # (grid, width / 4)
    line = torch.cat([angles.sin(), angles.cos()], 1)  # (grid, width / 2)
    rows = line[:, None].expand(-1, grid, -1)
    columns = line[None].expand(grid, -1, -1)
    return torch.cat([rows, columns], 2)[None]


def patches(x: Tensor) -> Tensor:
    """(B, 3, H, W) -> (B, N, 3 * 16 * 16), patches by rows, each channel by channel."""
    return F.unfold(x, PATCH, stride=PATCH).transpose(1, 2)


def picture(x: Tensor) -> Tensor:
    """Undo ``patches`` for a square picture."""
    side = PATCH * round(x.shape[1] ** 0.5)
    return F.fold(x.transpose(1, 2), side, PATCH, stride=PATCH)


@dataclass(frozen=True)
class Masking:
    """Which patches of each picture are seen.

    Attributes
    ----------
    seen, hidden : Tensor
        (B, n) and (B, N - n) int64: numbers of patches; each picture draws its own.
    """

    seen: Tensor
    hidden: Tensor

    @classmethod
    def draw(cls, count: int, tokens: int, share: float, seed: Sequence[int]) -> Masking:
        """Hide a share of ``tokens`` patches of ``count`` pictures, all sets equally likely."""
        if not 0 < share < 1:
            raise SamError(f"the share of hidden patches lies between 0 and 1, not at {share}.")
        noise = np.random.default_rng(list(seed)).random((count, tokens))
        order = torch.from_numpy(noise.argsort(1))
        n = max(1, tokens - round(tokens * share))
        return cls(order[:, :n], order[:, n:])

    def to(self, device: torch.device) -> Masking:
        """Return the same on a device."""
        return Masking(self.seen.to(device), self.hidden.to(device))


def _take(x: Tensor, numbers: Tensor) -> Tensor:
    """(B, N, C), (B, n) -> (B, n, C)."""
    return x.gather(1, numbers[..., None].expand(-1, -1, x.shape[2]))


class MaskedAutoencoder(nn.Module):
    """SAM's ViT sees a quarter of the patches; a light decoder guesses the pixels of the others.

    SAM's ViT looks through windows, with biases for relative positions, over a full grid of tokens:
    neither means anything for a scattered quarter. As for ViTDet's backbones, on which SAM's are
    built (Li et al. 2022), the blocks are pre-trained as a plain ViT: attention among all seen
    tokens, no windows, no relative positions. Patch embedding, absolute positions, norms,
    attention and feed-forward are learnt here; the tables of relative positions start at zero
    later, where they do nothing at first, and the neck starts fresh.

    Parameters
    ----------
    encoder : ViTEncoder
        What is pre-trained, in place.
    width, depth, heads : int
        Of the decoder.
    target : str
        ``"normalised"``: each hidden patch less its mean, by its deviation, which He et al. found
        to teach more; ``"pixels"``: normalised as the encoder's input is.
    """

    places: Tensor

    def __init__(
        self,
        encoder: ViTEncoder,
        width: int = 128,
        depth: int = 2,
        heads: int = 4,
        target: Target = "normalised",
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.target = target
        inside = encoder.pos_embed.shape[-1]
        self.norm = nn.LayerNorm(inside)
        self.embed = nn.Linear(inside, width)
        self.unseen = nn.Parameter(torch.randn(width) * 0.02)
        self.register_buffer("places", sines(encoder.side // PATCH, width).flatten(1, 2))
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, heads, 4 * width, 0.0, F.gelu, batch_first=True, norm_first=True
            )
            for _ in range(depth)
        )
        self.last = nn.LayerNorm(width)
        self.pixels = nn.Linear(width, 3 * PATCH * PATCH)

    def encode(self, found: Tensor, masking: Masking) -> Tensor:
        """Run the encoder over the seen patches alone: (B, N, 768) -> (B, n, C)."""
        convolution = self.encoder.patch_embed.proj
        x = F.linear(_take(found, masking.seen), convolution.weight.flatten(1), convolution.bias)
        places = self.encoder.pos_embed.flatten(1, 2).expand(len(x), -1, -1)
        x = x + _take(places, masking.seen)  # (B, n, C)
        for block in cast("Iterable[ViTBlock]", self.encoder.blocks):
            y = block.attn.qkv(block.norm1(x))
            q, k, v = y.unflatten(2, (3, block.attn.heads, -1)).permute(2, 0, 3, 1, 4)
            x = x + block.attn.proj(attention(q, k, v).transpose(1, 2).flatten(2))
            x = x + block.mlp(block.norm2(x))
        out: Tensor = self.norm(x)
        return out

    def guess(self, x: Tensor, masking: Masking) -> Tensor:
        """Guess all hidden patches from the normalised pictures: (B, 3, S, S) -> (B, N - n, 768).

        In the units of ``target``.
        """
        seen = self.embed(self.encode(patches(x), masking))  # (B, n, D)
        tokens = self.unseen.to(seen.dtype).expand(len(x), self.places.shape[1], -1)
        where = masking.seen[..., None].expand_as(seen)
        tokens = tokens.scatter(1, where, seen) + self.places
        for block in self.blocks:
            tokens = block(tokens)
        out: Tensor = self.pixels(self.last(_take(tokens, masking.hidden)))
        return out

    def loss(self, x: Tensor, masking: Masking) -> Tensor:
        """Return the mean squared error over the hidden patches of normalised pictures."""
        truth = _take(patches(x), masking.hidden)
        if self.target == "normalised":
            mean, deviation = _scale(truth)
            truth = (truth - mean) / deviation
        return F.mse_loss(self.guess(x, masking).float(), truth)


def _scale(x: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and deviation of each patch, (B, n, 1); a flat patch's is not divided by nothing."""
    variance, mean = torch.var_mean(x, -1, keepdim=True)
    return mean, (variance + 1e-6).sqrt()


@dataclass(frozen=True)
class Reconstruction:
    """One picture, what was seen of it, and what was made of that: (S, S, 3) uint8 RGB each."""

    photo: NDArray[np.uint8]
    masked: NDArray[np.uint8]
    filled: NDArray[np.uint8]


@torch.no_grad()
def reconstruct(mae: MaskedAutoencoder, photos: Tensor, masking: Masking) -> list[Reconstruction]:
    """Let the autoencoder fill what it does not see.

    With normalised targets it knows no patch's mean and contrast, so that those are borrowed from
    the photo, as He et al. do for their figures.

    Parameters
    ----------
    mae : MaskedAutoencoder
    photos : Tensor
        (B, 3, S, S) uint8 RGB.
    masking : Masking
        Of B pictures.
    """
    whole = patches(photos.float())  # (B, N, 768), 0..255
    x = mae.encoder.normalise(photos.float())
    guessed = mae.guess(x, masking).float()
    if mae.target == "normalised":
        mean, deviation = _scale(_take(patches(x), masking.hidden))
        guessed = guessed * deviation + mean
    zero = mae.encoder.normalise(torch.zeros_like(x[:1, :, :1, :1]))  # what black becomes
    unit = mae.encoder.normalise(torch.ones_like(zero)) - zero
    spread = PATCH * PATCH
    by_channel = guessed.view(*guessed.shape[:2], 3, spread)
    colours = (by_channel - zero.view(3, 1)) / unit.view(3, 1)
    where = masking.hidden[..., None].expand(-1, -1, whole.shape[2])
    grey = picture(whole.scatter(1, where, 128.0))
    filled = picture(whole.scatter(1, where, colours.flatten(2)))

    def arrays(values: Tensor) -> NDArray[np.uint8]:
        values = values.round().clamp(0, 255).to(torch.uint8)
        return values.permute(0, 2, 3, 1).cpu().numpy()

    rows = zip(arrays(photos.float()), arrays(grey), arrays(filled), strict=True)
    return [Reconstruction(*row) for row in rows]


def figure(shown: Sequence[Reconstruction]) -> Figure:
    """Draw one row for each picture: photo, what was seen, reconstruction."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    drawn = Figure(figsize=(7.2, 2.4 * len(shown)), layout="constrained")
    grid = drawn.subplots(len(shown), 3, squeeze=False)
    for row, one in zip(grid, shown, strict=True):
        for axis, name in zip(row, ("photo", "masked", "filled"), strict=True):
            axis.imshow(getattr(one, name))
            axis.set_axis_off()
    for axis, title in zip(grid[0], ("photo", "what was seen", "reconstruction"), strict=True):
        axis.set_title(title)
    return drawn
