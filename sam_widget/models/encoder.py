"""What every image encoder is: a square input, a trunk, a neck, Features. No layers in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import torch
from torch import Tensor, nn

from .features import Encoded, Features
from .thresholds import Thresholds

if TYPE_CHECKING:
    from .padding import Padded


class Residual(Protocol):
    """A block that adds to what it takes."""

    def branches(self) -> tuple[nn.Module, ...]:
        """Return the modules whose outputs are added; none where the block adds nothing."""
        ...

    def register_forward_pre_hook(self, hook: Any) -> Any:
        """Have something called before each forward; it is a module."""
        ...


class ImageEncoder(nn.Module):
    """Turns (B, 3, side, side), normalised, to Features: a trunk first, then a neck.

    The trunk is most of the network and of the work. Where it is held while the rest learns, what
    it says of a picture can be kept.

    Attributes
    ----------
    side : int
        Side of the square input, px.
    stride : int
        Input pixels that one pixel of the embedding stands for, along each axis.
    mean, std : tuple of float
        Of 0..255, by channel.
    own_side_alone : bool
        Whether no side but the one that it was made for will do.
    heavy : bool
        Whether looking at a picture costs much more than an answer about it.
    faithful : tuple of torch.dtype
        Shorter types of number in which masks stay what they are in float32, so that "auto" may
        choose them: mean IoU at least 0.99 (``tests/benchmarks/precision.py``).
    neck : nn.Sequential
        What the embedding comes out of; a layer norm of its channels is the last.
    kept : torch.dtype
        The type of number in which our own files keep the weights.
    thresholds : Thresholds
        What everything mode leaves out, where the weights' file says nothing else.
    """

    side: int
    stride: int = 16
    neck: nn.Sequential
    own_side_alone: ClassVar[bool] = False
    heavy: ClassVar[bool] = True
    faithful: ClassVar[tuple[torch.dtype, ...]] = ()
    kept: ClassVar[torch.dtype] = torch.float32
    thresholds: ClassVar[Thresholds] = Thresholds()
    mean: ClassVar[tuple[float, float, float]]
    std: ClassVar[tuple[float, float, float]]

    @property
    def img_size(self) -> int:
        """The side, by the name that ``segment_anything`` gives it."""
        return self.side

    @img_size.setter
    def img_size(self, side: int) -> None:
        self.side = side

    @property
    def step(self) -> int:
        """Px that a side must be a multiple of."""
        return self.stride

    def normalise(self, pixels: Tensor) -> Tensor:
        """Bring one picture's pixels to what the weights expect.

        Parameters
        ----------
        pixels : Tensor
            (B, 3, H, W) float in 0..255, not padded yet.

        Returns
        -------
        Tensor
            (B, 3, H, W) float.
        """
        mean = torch.tensor(self.mean, device=pixels.device).view(3, 1, 1)
        std = torch.tensor(self.std, device=pixels.device).view(3, 1, 1)
        return (pixels - mean) / std

    def trunk(self, x: Tensor, *padded: Padded) -> tuple[Tensor, ...]:
        """(B, 3, side, side) -> the maps that the neck makes Features of.

        Sooner, if it is said which part of x is only zeros. Only an encoder whose ``blank`` is not
        empty can be told.
        """
        raise NotImplementedError

    def finish(self, *maps: Tensor) -> Features:
        """Make Features of the trunk's maps."""
        raise NotImplementedError

    def finishing(self) -> tuple[nn.Module, ...]:
        """Return the modules that ``finish`` runs; the others are the trunk."""
        raise NotImplementedError

    def stages(self) -> tuple[tuple[nn.Parameter, ...], ...]:
        """Return the backbone's parameters, the stem's, then those of each block or stage."""
        return ()

    def residuals(self) -> tuple[Residual, ...]:
        """Return the blocks that add to what they take, first to last."""
        return ()

    def skip_channels(self) -> tuple[int, ...]:
        """Return the channels of the skips, each twice as fine as the one before: here none."""
        return ()

    def silence_skips(self) -> None:
        """Let the skips, if there are any, add nothing: they fit one decoder alone."""

    def blank(self) -> tuple[Tensor, ...]:
        """Return what can be known beforehand of an input's zeros, for ``Padded``: here nothing."""
        return ()

    def forward(self, x: Tensor, *padded: Padded) -> Features:
        """(B, 3, side, side) -> Features; ``padded`` as ``trunk`` takes it."""
        return self.finish(*self.trunk(x, *padded))

    def __call__(self, x: Tensor, *padded: Padded) -> Encoded:
        """(B, 3, side, side) -> the embedding, (B, 256, H, W), which brings its features along."""
        said: Any = super().__call__(x, *padded)
        # A graph that is compiled or exported has no classes of ours.
        plain = torch.compiler.is_compiling() or not isinstance(said, Features)
        return said if plain else Encoded(said)
