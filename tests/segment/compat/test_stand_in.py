"""stand_in: programs that import segment_anything, in processes of their own, under both."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sam_widget.stand_in import SAID

ROOT = Path(__file__).parents[3]

REAL = """
import sys
sys.path.insert(0, {root!r})
from tests.reference import segment_anything
segment_anything()
"""

PROGRAM = """
import json, sys
from functools import partial
import numpy as np
import torch
from segment_anything import SamAutomaticMaskGenerator, SamPredictor, sam_model_registry
from segment_anything.modeling import (
    ImageEncoderViT, MaskDecoder, PromptEncoder, Sam, TwoWayTransformer,
)
from segment_anything.modeling.image_encoder import window_partition, window_unpartition
import segment_anything.utils.amg as amg
from segment_anything.utils.transforms import ResizeLongestSide
import segment_anything.build_sam
import segment_anything

torch.manual_seed(0)
def made(masks=3):
    return Sam(
        image_encoder=ImageEncoderViT(
            depth=3, embed_dim=32, img_size=256, mlp_ratio=2,
            norm_layer=partial(torch.nn.LayerNorm, eps=1e-6), num_heads=2, patch_size=16,
            qkv_bias=True, use_rel_pos=True, global_attn_indexes=[1], window_size=6, out_chans=64,
        ),
        prompt_encoder=PromptEncoder(
            embed_dim=64, image_embedding_size=(16, 16), input_image_size=(256, 256),
            mask_in_chans=16,
        ),
        mask_decoder=MaskDecoder(
            num_multimask_outputs=masks,
            transformer=TwoWayTransformer(depth=2, embedding_dim=64, mlp_dim=128, num_heads=4),
            transformer_dim=64, iou_head_depth=2, iou_head_hidden_dim=32,
        ),
        pixel_mean=[120.0, 110.0, 100.0], pixel_std=[50.0, 60.0, 70.0],
    ).eval()

sam = made()
rng = torch.Generator().manual_seed(0)
with torch.no_grad():
    for name, tensor in sorted(sam.state_dict().items()):
        tensor.copy_(torch.randn(tensor.shape, generator=rng) * 0.3)
image = (np.arange(150 * 200 * 3).reshape(150, 200, 3) * 7 % 251).astype(np.uint8)
told = {"keys": [[k, list(v.shape)] for k, v in sorted(sam.state_dict().items())]}
predictor = SamPredictor(sam)
predictor.set_image(image)
masks, scores, low = predictor.predict(np.array([[60, 50], [9, 9]]), np.array([1, 0]))
told["scores"], told["low"] = scores.tolist(), low[:, ::9, ::9].tolist()
told["area"] = [int(mask.sum()) for mask in masks]
told["four"] = list(made(4).mask_decoder.mask_tokens.weight.shape)
tokens, pixels = sam.mask_decoder.transformer(
    torch.linspace(0, 1, 64 * 16).view(1, 64, 4, 4), torch.ones(1, 64, 4, 4),
    torch.linspace(-1, 1, 192).view(1, 3, 64),
)
told["tokens"], told["pixels"] = tokens.flatten()[::11].tolist(), pixels.flatten()[::37].tolist()
found = SamAutomaticMaskGenerator(
    sam, points_per_side=2, pred_iou_thresh=-0.0, stability_score_thresh=0.0,
).generate(image)
told["found"] = sorted(each["area"] for each in found)
windows, padded = window_partition(torch.arange(2 * 5 * 7 * 3.0).view(2, 5, 7, 3), 4)
told["windows"] = [windows.flatten()[::13].tolist(), list(padded)]
told["back"] = window_unpartition(windows, 4, padded, (5, 7)).flatten()[::9].tolist()
told["instances"] = [
    isinstance(sam, Sam), isinstance(sam.image_encoder, ImageEncoderViT),
    isinstance(sam.mask_decoder, MaskDecoder), isinstance(sam.prompt_encoder, PromptEncoder),
    isinstance(sam, MaskDecoder), callable(segment_anything.build_sam),
    isinstance(sam.mask_decoder.transformer, TwoWayTransformer),
]
told["names"] = {
    name: all(hasattr(sys.modules["segment_anything" + name], each) for each in names.split())
    for name, names in {
        "": "SamPredictor SamAutomaticMaskGenerator build_sam_vit_b sam_model_registry",
        ".utils.amg": "MaskData coco_encode_rle", ".build_sam": "sam_model_registry",
        ".automatic_mask_generator": "SamAutomaticMaskGenerator", ".predictor": "SamPredictor",
    }.items()
}
told["argv"] = sys.argv[1:]
print(json.dumps(told))
"""


def run(*arguments, code=0):
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("program")
    (folder / "theirs.py").write_text(REAL.format(root=str(ROOT)) + PROGRAM)
    (folder / "ours.py").write_text(PROGRAM)
    theirs = run(folder / "theirs.py", "a", "--b")
    ours = run("-m", "sam_widget.stand_in", folder / "ours.py", "a", "--b")
    assert ours.stderr.count(SAID) == 1
    assert SAID not in theirs.stderr
    return json.loads(theirs.stdout), json.loads(ours.stdout)


EXACT = ["keys", "four", "windows", "back", "instances", "names", "argv"]


@pytest.mark.parametrize("name", EXACT)
def test_a_program_tells_the_same(told, name):
    assert told[1][name] == told[0][name]


@pytest.mark.parametrize("name", ["scores", "low", "tokens", "pixels", "area", "found"])
def test_a_programs_numbers_are_the_same(told, name):
    import numpy as np

    np.testing.assert_allclose(told[1][name], told[0][name], rtol=1e-3, atol=2e-3)


ORDERS = [
    "import sam_widget; sam_widget.stand_in(); sam_widget.stand_in()",
    "import sam_widget.stand_in; sam_widget.stand_in(); sam_widget.stand_in.stand_in()",
    "from sam_widget import stand_in; stand_in(); import sam_widget.stand_in as s; s()",
    "from sam_widget.stand_in import stand_in; stand_in()",
]


@pytest.mark.slow
def test_it_is_called_in_any_order():
    for order in ORDERS:
        check = (
            "from importlib.util import find_spec; spec = find_spec('segment_anything.utils.amg');"
            "assert spec.origin.endswith('stand_in.py')"
        )
        assert run("-c", f"{order}; {check}").stderr.count(SAID) == 1


def test_it_refuses_beside_the_real_one():
    code = "import sys, types; sys.modules['segment_anything'] = types.ModuleType('x');"
    said = run("-c", f"{code} import sam_widget; sam_widget.stand_in()", code=1).stderr
    assert "segment_anything itself is loaded already" in said


def test_what_it_has_not_and_how_it_is_called():
    code = "import sam_widget; sam_widget.stand_in(); import segment_anything.serving"
    assert "has no segment_anything.serving" in run("-c", code, code=1).stderr
    assert "usage: python -m sam_widget.stand_in" in run("-m", "sam_widget.stand_in", code=1).stderr
    nothing = run("-m", "sam_widget.stand_in", "no.py", code=1).stderr
    assert "There is no program no.py" in nothing
    assert "-" in run("-m", "sam_widget.stand_in", "-m", "platform").stdout
