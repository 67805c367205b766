"""Small random open-vocabulary networks of ``transformers``, as published. No test is here."""

from __future__ import annotations

import json
from functools import cache

import torch
from transformers import (
    BertTokenizerFast,
    CLIPSegConfig,
    CLIPSegForImageSegmentation,
    CLIPSegProcessor,
    CLIPTokenizer,
    GroundingDinoConfig,
    GroundingDinoForObjectDetection,
    GroundingDinoProcessor,
    Owlv2Config,
    Owlv2ForObjectDetection,
    Owlv2Processor,
    Sam3Config,
    Sam3Model,
)
from transformers.models.grounding_dino.image_processing_pil_grounding_dino import (
    GroundingDinoImageProcessorPil,
)
from transformers.models.owlv2.image_processing_pil_owlv2 import Owlv2ImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

from tests.reference import stirred

NOUNS = ("cup", "plate", "photo", "of", "a", "red")
CLIP = {
    "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
    "num_attention_heads": 2, "vocab_size": 520, "max_position_embeddings": 32,
    "bos_token_id": 512, "eos_token_id": 513,
}  # fmt: skip


def bert_reader(folder):
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "?", *NOUNS]
    (folder / "vocab.txt").write_text("\n".join(words))
    return BertTokenizerFast(str(folder / "vocab.txt"))


def clip_reader(folder):
    """CLIP's letters and their ends of words, without a merge."""
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    letters = list(bytes_to_unicode().values())
    words = [*letters, *(f"{each}</w>" for each in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))


def grounding_dino(folder):
    swin = {
        "model_type": "swin", "image_size": 64, "embed_dim": 8, "depths": [1, 1, 1, 1],
        "num_heads": [1, 1, 2, 2], "window_size": 4, "out_indices": [2, 3, 4],
    }  # fmt: skip
    bert = {
        "model_type": "bert", "hidden_size": 32, "num_hidden_layers": 1, "vocab_size": 20,
        "num_attention_heads": 2, "intermediate_size": 64,
    }  # fmt: skip
    config = GroundingDinoConfig(
        backbone_config=swin, text_config=bert, d_model=32, encoder_layers=1, decoder_layers=2,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=64,
        decoder_ffn_dim=64, num_queries=12, num_feature_levels=4, max_text_len=16,
        disable_custom_kernels=True,
    )  # fmt: skip
    pictures = GroundingDinoImageProcessorPil(size={"shortest_edge": 64, "longest_edge": 96})
    processor = GroundingDinoProcessor(pictures, bert_reader(folder))
    return GroundingDinoForObjectDetection(config), processor


def owlv2(folder):
    vision = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 2, "image_size": 64, "patch_size": 16,
    }  # fmt: skip
    config = Owlv2Config(text_config=CLIP, vision_config=vision, projection_dim=32)
    pictures = Owlv2ImageProcessorPil(size={"height": 64, "width": 64})
    reader = clip_reader(folder)
    reader.model_max_length = 32
    return Owlv2ForObjectDetection(config), Owlv2Processor(pictures, reader)


def clipseg(folder):
    vision = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 3,
        "num_attention_heads": 2, "image_size": 64, "patch_size": 16,
    }  # fmt: skip
    config = CLIPSegConfig(
        text_config=CLIP,
        vision_config=vision, projection_dim=32, reduce_dim=16, extract_layers=[0, 1, 2],
        conditional_layer=0, decoder_num_attention_heads=2, decoder_intermediate_size=32,
    )  # fmt: skip
    pictures = ViTImageProcessorPil(size={"height": 64, "width": 64})
    reader = clip_reader(folder)
    reader.model_max_length = 32
    return CLIPSegForImageSegmentation(config), CLIPSegProcessor(pictures, reader)


def sam3(folder):
    vision = {
        "model_type": "sam3_vision_model",
        "backbone_config": {
            "model_type": "sam3_vit_model", "hidden_size": 32, "intermediate_size": 64,
            "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 112,
            "pretrain_image_size": 56, "patch_size": 14, "window_size": 4,
            "global_attn_indexes": [1],
        },
        "fpn_hidden_size": 32,
        "backbone_feature_sizes": [[32, 32], [16, 16], [8, 8]],
    }  # fmt: skip
    small = {"hidden_size": 32, "num_attention_heads": 2, "intermediate_size": 64}
    config = Sam3Config(
        vision_config=vision,
        text_config={**CLIP, "projection_dim": 32},
        geometry_encoder_config={**small, "num_layers": 1},
        detr_encoder_config={**small, "num_layers": 1},
        detr_decoder_config={**small, "num_layers": 2, "num_queries": 12},
        mask_decoder_config={"hidden_size": 32, "num_attention_heads": 2},
    )
    return Sam3Model(config), clip_reader(folder)


BUILDERS = {"grounding-dino": grounding_dino, "owlv2": owlv2, "clipseg": clipseg, "sam3": sam3}


@cache
def saved(kind, folder):
    """Return one of them and its processor, stirred and written as they are published."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model, processor = BUILDERS[kind](folder)
    model = model.eval().requires_grad_(False)
    stirred(model)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return model, processor
