"""Small random models of ``transformers``, and its own pipeline for each. No test is here.

Weights are random, but for their scale: stirred until masks cross 0 and scores differ, so that
every number counts. What the masks mean is nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from transformers import (
    AutoConfig,
    AutoModel,
    EdgeTamConfig,
    EdgeTamModel,
    EdgeTamVisionConfig,
    PreTrainedConfig,
    PreTrainedModel,
    Sam2Config,
    Sam2Model,
    Sam3TrackerConfig,
    Sam3TrackerModel,
    SamHQConfig,
    SamHQModel,
)
from transformers.modeling_outputs import BaseModelOutput

from tests.reference import TORCHVISION, in_place_of, stirred

SIDE = 128
WIDTH = 32  # of the decoder
HIERA = {
    "hidden_size": 16, "image_size": [SIDE, SIDE], "blocks_per_stage": [1, 1, 2, 1],
    "embed_dim_per_stage": [16, 32, 64, 128], "num_attention_heads_per_stage": [1, 2, 4, 8],
    "window_size_per_stage": [8, 4, 4, 4], "global_attention_blocks": [3],
    "window_positional_embedding_background_size": [4, 4],
}  # fmt: skip
PROMPTS = {"hidden_size": WIDTH, "image_size": SIDE, "patch_size": 16}
DECODER = {"hidden_size": WIDTH, "mlp_dim": 64, "num_attention_heads": 4, "iou_head_hidden_dim": 32}
MAPS = {
    "fpn_hidden_size": WIDTH,
    "backbone_feature_sizes": [[SIDE // n, SIDE // n] for n in (4, 8, 16)],
}


class PyramidConfig(PreTrainedConfig):
    """A backbone for EdgeTAM in the place of timm's, which this project does not need."""

    model_type = "sam_widget_test_pyramid"


class Pyramid(PreTrainedModel):
    """Four maps, each half as fine as the one before, the first a quarter of the input's."""

    config_class = PyramidConfig
    config: PyramidConfig

    def __init__(self, config):
        super().__init__(config)
        channels = (3, 16, 32, 64, 128)
        pairs = zip(channels, channels[1:], (4, 2, 2, 2), strict=False)
        self.stages = torch.nn.ModuleList([torch.nn.Conv2d(a, b, n, n) for a, b, n in pairs])
        self.post_init()

    def forward(self, pixel_values, **_):
        maps, x = [], pixel_values
        for stage in self.stages:
            x = torch.tanh(stage(x))
            maps.append(x)
        return BaseModelOutput(last_hidden_state=maps)


AutoConfig.register(PyramidConfig.model_type, PyramidConfig)
AutoModel.register(PyramidConfig, Pyramid)


def sam2():
    vision = {
        "backbone_config": {"model_type": "sam2_hiera_det_model", **HIERA},
        "backbone_channel_list": [128, 64, 32, 16], **MAPS,
    }  # fmt: skip
    return Sam2Model(
        Sam2Config(vision_config=vision, prompt_encoder_config=PROMPTS, mask_decoder_config=DECODER)
    )


def edgetam():
    vision = {
        "backbone_config": PyramidConfig(), "backbone_channel_list": [128, 64, 32, 16], **MAPS,
    }  # fmt: skip
    return EdgeTamModel(
        EdgeTamConfig(
            vision_config=EdgeTamVisionConfig(**vision),
            prompt_encoder_config=PROMPTS,
            mask_decoder_config=DECODER,
        )
    )


def sam3_tracker():
    side = 112
    vision = {
        "model_type": "sam3_vision_model",
        "backbone_config": {
            "model_type": "sam3_vit_model", "hidden_size": 32, "intermediate_size": 64,
            "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": side,
            "pretrain_image_size": 56, "patch_size": 14, "window_size": 4,
            "global_attn_indexes": [1],
        },
        "fpn_hidden_size": WIDTH,
        "backbone_feature_sizes": [[32, 32], [16, 16], [8, 8]],
    }  # fmt: skip
    prompts = {"hidden_size": WIDTH, "image_size": side, "patch_size": 14}
    return Sam3TrackerModel(
        Sam3TrackerConfig(
            vision_config=vision, prompt_encoder_config=prompts, mask_decoder_config=DECODER
        )
    )


def sam_hq():
    vision = {
        "hidden_size": 32, "output_channels": WIDTH, "num_hidden_layers": 3, "window_size": 4,
        "num_attention_heads": 2, "image_size": SIDE, "global_attn_indexes": [0, 2],
        "num_pos_feats": WIDTH // 2, "mlp_dim": 64,
    }  # fmt: skip
    decoder = {**DECODER, "vit_dim": 32}
    return SamHQModel(
        SamHQConfig(
            vision_config=vision, prompt_encoder_config=PROMPTS, mask_decoder_config=decoder
        )
    )


BUILDERS = {"sam2": sam2, "edgetam": edgetam, "sam3_tracker": sam3_tracker, "sam_hq": sam_hq}


@cache
def made(kind: str) -> PreTrainedModel:
    """One of them, stirred."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = BUILDERS[kind]().eval().requires_grad_(False)
    stirred(model)
    return model


def save(kind: str, folder: Path) -> Path:
    """Write the model and its processor's settings as they are published."""
    made(kind).save_pretrained(folder)
    processor(kind).save_pretrained(folder)
    return folder


@cache
def _picture_class(kind: str) -> type:
    """Their image processor; of its steps two are torchvision's, which itself calls torch so."""
    with in_place_of("torchvision", TORCHVISION):
        if kind == "sam3_tracker":
            from transformers.models.sam3.image_processing_sam3 import Sam3ImageProcessor as Theirs
        else:
            from transformers.models.sam2.image_processing_sam2 import Sam2ImageProcessor as Theirs

    class Pictures(Theirs):
        def resize(self, image, size, resample=None, **_):
            assert resample == 2
            return F.interpolate(image, (size.height, size.width), mode="bilinear", antialias=True)

        def normalize(self, image, mean, std, **_):
            return (image - mean.view(-1, 1, 1)) / std.view(-1, 1, 1)

    Pictures.__name__ = Theirs.__name__
    return Pictures


@cache
def processor(kind: str) -> Any:
    """What turns pictures and prompts into a model's input, and its logits into the picture's."""
    from transformers import Sam2Processor, Sam3TrackerProcessor, SamHQProcessor
    from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil

    side = 112 if kind == "sam3_tracker" else SIDE
    square = {"height": side, "width": side}
    if kind == "sam_hq":
        return SamHQProcessor(SamImageProcessorPil(size={"longest_edge": side}, pad_size=square))
    made = Sam3TrackerProcessor if kind == "sam3_tracker" else Sam2Processor
    return made(_picture_class(kind)(size=square))


@torch.no_grad()
def pipeline(kind, model, pixels, *, multimask, points=None, labels=None, box=None, mask=None):
    """Ask `model` as its documentation does.

    Returns low-resolution logits (M, h, w), the picture's (M, H, W), scores (M,). Points and the
    box have pixels' centres at whole numbers, as there.
    """
    made = processor(kind)
    inputs = made(
        images=Image.fromarray(pixels),
        input_points=None if points is None else [[points.tolist()]],
        input_labels=None if labels is None else [[labels.tolist()]],
        input_boxes=None if box is None else [[box.tolist()]],
        return_tensors="pt",
    )
    sizes = {name: inputs.pop(name) for name in list(inputs) if name.endswith("sizes")}
    for name in ("input_points", "input_boxes"):
        if name in inputs:
            inputs[name] = inputs[name].float()
    masks = None if mask is None else torch.from_numpy(mask)[None, None]
    said = model(**inputs, input_masks=masks, multimask_output=multimask)
    whole = made.post_process_masks(said.pred_masks, *sizes.values(), binarize=False)[0]
    return said.pred_masks[0, 0].numpy(), np.asarray(whole)[0], said.iou_scores[0, 0].numpy()
