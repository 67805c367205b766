"""Branches left out at random."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.encoder import ImageEncoder
from sam_widget.models.mini import MiniEncoder
from sam_widget.models.tiny_vit import LAYOUTS, TinyViTEncoder
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.training.lesson.drop_path import drop_path


def vit() -> ViTEncoder:
    torch.manual_seed(0)
    return ViTEncoder(ViTSize(16, 3, 2, (2,)), 64, out=8, window=3).train()


def run(encoder: torch.nn.Module, x: torch.Tensor, rate: float, seed: int) -> torch.Tensor:
    with drop_path(encoder, rate, seed), torch.no_grad():
        return encoder(x).embedding


@pytest.mark.parametrize("build", [vit, lambda: MiniEncoder(64).train()])
def test_the_seed_decides_what_is_dropped(build) -> None:
    encoder = build()
    for module in encoder.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()
    x = torch.randn(3, 3, 64, 64)
    plain = run(encoder, x, 0.0, 1)
    torch.testing.assert_close(plain, encoder(x).embedding.detach())
    dropped = [run(encoder, x, 0.9, seed) for seed in (1, 1, 2)]
    torch.testing.assert_close(dropped[0], dropped[1])
    assert not torch.allclose(dropped[0], dropped[2])
    assert not torch.allclose(dropped[0], plain)
    encoder.eval()
    torch.testing.assert_close(run(encoder, x, 0.9, 1), plain)
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in encoder.modules())


def test_a_picture_loses_a_branch_whole_or_keeps_it_scaled() -> None:
    encoder = vit()
    seen: list[torch.Tensor] = []
    block = encoder.blocks[1]  # windowed: 4 windows a picture
    x = torch.randn(40, 3, 64, 64)
    plain: list[torch.Tensor] = []
    handle = block.attn.register_forward_hook(lambda _m, _i, out: plain.append(out))
    with drop_path(encoder, 0.8, 3), torch.no_grad():
        after = block.attn.register_forward_hook(lambda _m, _i, out: seen.append(out))
        encoder(x)
        after.remove()
    handle.remove()
    assert seen[0].shape[0] == 40 * 4
    ratio = (seen[0] / plain[0]).reshape(40, -1)
    kept = ratio.mean(1) > 0.1
    assert 12 <= kept.sum() <= 36  # the chance to stay is 0.6
    torch.testing.assert_close(ratio[kept], torch.full_like(ratio[kept], 1 / 0.6))
    assert not ratio[~kept].any()


def test_bands_of_a_picture_go_together() -> None:
    class Banded(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.mlp = torch.nn.Identity()

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cat([self.mlp(band) for band in x.chunk(4, dim=1)], dim=1)

        def branches(self) -> tuple[torch.nn.Module, ...]:
            return (self.mlp,)

    class Two(ImageEncoder):
        def __init__(self) -> None:
            super().__init__()
            self.both = torch.nn.ModuleList([Banded(), Banded()])

        def residuals(self) -> tuple[Banded, ...]:
            return tuple(self.both)

    encoder = Two().train()
    with drop_path(encoder, 0.5, 0):
        out = encoder.both[1](torch.ones(30, 8))
    assert set(out.unique().tolist()) == {0.0, 2.0}
    assert (out == out[:, :1]).all()


def test_only_what_is_added_can_be_left_out() -> None:
    def count(encoder: ImageEncoder) -> list[int]:
        return [len(block.branches()) for block in encoder.residuals()]

    assert count(vit()) == [2, 2, 2]
    assert sum(count(MiniEncoder(64))) == 9
    assert count(MiniEncoder(64))[0] == 0
    # TinyViT-5M: two convolutional blocks, then ten of attention (Wu et al. 2022, table 2).
    small = TinyViTEncoder(LAYOUTS["mobile_sam"], 64)
    assert count(small) == [1, 1] + [2] * 10
    assert count(ImageEncoder()) == []


def test_a_rate_of_one_would_leave_nothing() -> None:
    with pytest.raises(ValueError, match="under 1"), drop_path(vit(), 1.0, 0):
        pass
