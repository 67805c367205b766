"""A phrase's vector to prompt tokens, and a model's mask for them. Knows no words, no instances.

SAM's authors prompted it with CLIP's vectors (Kirillov et al. 2023, section 7.5 and appendix D.6),
and never released that. This re-creates the idea at a small size: the model stays as it is, and one
linear layer turns the vector of a small text encoder into tokens that stand where a click's would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam

TOKENS = 8
SINGLE = slice(0, 1)  # of the decoder's four masks


class PhraseTokens(nn.Module):
    """One linear layer: (N, text) phrases to (N, tokens, width) prompt tokens.

    Parameters
    ----------
    width : int
        Of the model's tokens.
    text : int
        Of a phrase's vector.
    tokens : int
        For each phrase.
    """

    def __init__(self, width: int = 256, text: int = 384, tokens: int = TOKENS) -> None:
        super().__init__()
        self.tokens = tokens
        self.project = nn.Linear(text, tokens * width)
        # Vectors of phrases have length 1: so the tokens begin as large as those of clicks.
        nn.init.normal_(self.project.weight, std=0.3)
        nn.init.normal_(self.project.bias, std=0.3)

    def forward(self, phrases: Tensor) -> Tensor:
        """(N, text) float -> (N, tokens, width) float."""
        out: Tensor = self.project(phrases).unflatten(1, (self.tokens, -1))
        return out


def asked_with(sam: Sam, features: Features, tokens: Tensor) -> Tensor:
    """Let a model draw what these tokens say; gradients reach the tokens.

    Parameters
    ----------
    sam : Sam
        Of which nothing changes.
    features : Features
        Of one image.
    tokens : Tensor
        (N, T, width) float; with T = 0 it is asked about nothing.

    Returns
    -------
    Tensor
        (N, h, w) float logits on the model's grid, by the single-mask token.
    """
    decoder = sam.mask_decoder
    with torch.no_grad():
        encoder = sam.prompt_encoder
        seen = decoder.foresee(decoder.see(features, encoder.get_dense_pe(), encoder()[1]))
    return decoder.answer(seen, tokens, SINGLE)[0][:, 0]
