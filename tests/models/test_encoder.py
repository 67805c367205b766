"""What every image encoder says of itself: which of its modules are the trunk."""

from __future__ import annotations

import pytest
import torch

from sam_widget.models.encoder import ImageEncoder
from sam_widget.models.mini import build_mini
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.models.vit import ViTSize, build_vit

BUILDERS = {
    "mini": lambda: build_mini(64),
    "tiny_vit": lambda: build_tiny_vit(LAYOUTS["mobile_sam"], 64),
    "vit": lambda: build_vit(ViTSize(16, 2, 2, (1,)), 64),
}


@pytest.fixture(params=BUILDERS)
def encoder(request: pytest.FixtureRequest) -> ImageEncoder:
    torch.manual_seed(0)
    return BUILDERS[request.param]().image_encoder


def test_what_finishes_and_the_trunk_are_all_of_it(encoder: ImageEncoder) -> None:
    sum(each.sum() for each in encoder.trunk(torch.rand(1, 3, 64, 64))).backward()
    trunk = {name for name, p in encoder.named_parameters() if p.grad is not None}
    later = {id(p) for module in encoder.finishing() for p in module.parameters()}
    assert later
    assert trunk == {name for name, p in encoder.named_parameters() if id(p) not in later}


def test_silent_skips_add_nothing(encoder: ImageEncoder) -> None:
    picture = torch.rand(1, 3, 64, 64)
    before = encoder(picture)
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    encoder.silence_skips()
    after = encoder(picture)
    assert not torch.equal(before.embedding, after.embedding)
    assert not any(skip.any() for skip in after.skips)
