"""Small SAMs as ONNX files, by several exporters: fixtures of the tests that read them."""

from __future__ import annotations

import shutil
import warnings
from functools import cache, partial
from pathlib import Path

import onnx
import pytest
import torch
from torch import nn

from sam_widget.models import tiny_vit
from sam_widget.models.export import export_decoder, export_encoder
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.tiny_vit import TinyViTEncoder, TinyViTLayout
from sam_widget.models.vit import ViTEncoder, ViTSize
from tests.reference import tiny_vit as their_tiny_vit

SIDE, GRID, WIDTH, WINDOW = 64, 4, 256, 2
VIT = ViTSize(32, 2, 2, (1,))
TINY = TinyViTLayout(
    SIDE, 3, 2, TinyViTEncoder,
    widths=(8, 16, 16, 320), depths=(1, 1, 1, 1), heads=(2, 2, 4), windows=(2, 4, 2),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def small_tiny_vit():
    """A TinyViT is known by its layout: let a smaller one be known."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiny_vit, "LAYOUTS", {"tiny": TINY})
        yield


@pytest.fixture(scope="session")
def sams(stir):
    """A ViT and a TinyViT, which share prompt encoder and mask decoder."""
    prompts, decoder = PromptEncoder(SIDE, WIDTH), MaskDecoder(WIDTH)
    encoders = {"vit": ViTEncoder(VIT, SIDE, WIDTH, WINDOW), "tiny": TinyViTEncoder(TINY, SIDE)}
    made = {}
    for name, encoder in encoders.items():
        made[name] = Sam(encoder, prompts, decoder).eval().requires_grad_(False)
        stir(made[name])
    return made


class TheirTinyViT(nn.Module):
    """The reference's TinyViT, without what ties it to pictures of 1024 px and to a classifier."""

    def __init__(self):
        super().__init__()
        self.img_size = SIDE
        module = their_tiny_vit()
        tiny = module.TinyViT(
            img_size=SIDE // 4, embed_dims=[*TINY.widths], depths=[*TINY.depths],
            num_heads=[1, *TINY.heads], window_sizes=[2, *TINY.windows], drop_path_rate=0.0,
        )  # fmt: skip
        stem = (module.Conv2d_BN(*io, 3, 2, 1) for io in ((3, 4), (4, TINY.widths[0])))
        first, second = stem
        tiny.patch_embed.seq = nn.Sequential(first, nn.GELU(), second)
        self.patch_embed, self.layers, self.neck = tiny.patch_embed, tiny.layers, tiny.neck

    def forward(self, x):
        x = self.patch_embed(x)
        for stage in self.layers:
            x = stage(x)
        return self.neck(x.transpose(1, 2).unflatten(2, (GRID, GRID)))


@pytest.fixture(scope="session")
def theirs(sams, reference):
    """The same in the reference's modules."""
    modeling = reference.modeling
    encoder = modeling.ImageEncoderViT(
        img_size=SIDE, embed_dim=VIT.width, depth=VIT.depth, num_heads=VIT.heads,
        out_chans=WIDTH, use_rel_pos=True, window_size=WINDOW,
        global_attn_indexes=VIT.global_blocks,
        norm_layer=partial(nn.LayerNorm, eps=1e-6),
    )  # fmt: skip
    made = {}
    for name, each in (("vit", encoder), ("tiny", TheirTinyViT())):
        prompts = modeling.PromptEncoder(WIDTH, (GRID, GRID), (SIDE, SIDE), 16)
        transformer = modeling.TwoWayTransformer(2, WIDTH, 8, 2048)
        decoder = modeling.MaskDecoder(transformer_dim=WIDTH, transformer=transformer)
        made[name] = modeling.Sam(each, prompts, decoder)
        made[name].load_state_dict(sams[name].state_dict(), strict=True)
        made[name].eval().requires_grad_(False)
    return made


def decoder_of(theirs: nn.Module) -> nn.Module:
    from segment_anything.utils.onnx import SamOnnxModel

    class Decoder(SamOnnxModel):
        """Theirs, but for the last step, whose sizes the newer exporter cannot follow."""

        def mask_postprocessing(self, masks, orig_im_size):
            return masks

    return Decoder(theirs, return_single_mask=False).eval()


ASKED = {
    "image_embeddings": torch.randn(
        1, WIDTH, GRID, GRID, generator=torch.Generator().manual_seed(3)
    ),
    "point_coords": torch.tensor([[[20.0, 30.0], [50.0, 9.0], [0.0, 0.0]]]),
    "point_labels": torch.tensor([[1.0, 0.0, -1.0]]),
    "mask_input": torch.randn(1, 1, 4 * GRID, 4 * GRID, generator=torch.Generator().manual_seed(4)),
    "has_mask_input": torch.ones(1),
    "orig_im_size": torch.tensor([48.0, 64.0]),
}


def written(module: nn.Module, inputs: dict[str, torch.Tensor], path: Path, **options) -> Path:
    """Export a module as users do, whose exporter has much to say of itself."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)
        warnings.filterwarnings("ignore", "You are using the legacy", DeprecationWarning)
        warnings.filterwarnings("ignore", "The feature will be removed", DeprecationWarning)
        warnings.filterwarnings("ignore", "Exporting aten::index", UserWarning)
        warnings.filterwarnings("ignore", ".*isinstance.treespec", FutureWarning)
        torch.onnx.export(
            module, tuple(inputs.values()), path, input_names=[*inputs], verbose=False, **options
        )
    return path


def plain(theirs: nn.Module, folder: Path, **options) -> tuple[Path, Path]:
    """Export both halves of a reference's model."""
    image = {"image": torch.zeros(1, 3, SIDE, SIDE)}
    return (
        written(theirs.image_encoder, image, folder / "encoder.onnx", **options),
        written(decoder_of(theirs), ASKED, folder / "decoder.onnx", **options),
    )


LEGACY = {"dynamo": False, "opset_version": 17}
EXPORTS = "our vit", "our tiny", "plain vit", "plain tiny", "dynamo vit"


@pytest.fixture(scope="session")
def files(sams, theirs, tmp_path_factory):
    """Return what gives an export's encoder and decoder, each written once."""

    @cache
    def written(export: str) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp(export.replace(" ", "_"))
        by, name = export.split()
        if by != "our":
            return plain(theirs[name], folder, **LEGACY if by == "plain" else {"dynamo": True})
        encoder = export_encoder(sams[name], folder / "encoder.onnx", takes="tensor")
        if name == "tiny":  # whose decoder is the ViT's
            return encoder, written("our vit")[1]
        return encoder, export_decoder(sams[name], folder / "decoder.onnx")

    return written


@pytest.fixture
def folder(files, tmp_path):
    """A folder of its own with a plain export, under names that say nothing."""
    encoder, decoder = files("plain vit")
    shutil.copy(encoder, tmp_path / "b.onnx")
    shutil.copy(decoder, tmp_path / "a.onnx")
    return tmp_path


def changed(path: Path, change, to: Path | None = None) -> None:
    """Write an ONNX file again with its ``onnx.ModelProto`` changed in place."""
    model = onnx.load(path)
    change(model)
    onnx.save(model, to or path)


def apart(path: Path, data: str) -> None:
    """Move the weights of an ONNX file to another beside it."""
    model = onnx.load(path)
    onnx.save(model, path, save_as_external_data=True, location=data, size_threshold=64)


def nameless(model) -> None:
    """Give every constant a name that says nothing."""
    names = {tensor.name: f"c{i}" for i, tensor in enumerate(model.graph.initializer)}
    for tensor in model.graph.initializer:
        tensor.name = names[tensor.name]
    for node in model.graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = names.get(name, name)
