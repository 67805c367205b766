"""Networks that are not read here, told by the names of their tensors: one line a kind.

Knows no file. What is a SAM of the first generation is not in this table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HERE = "transformers' {} runs here: give its own folder or hub id, with a config.json{}"
_SAM_2 = _HERE.format("Sam2Model", ", as facebook/sam2.1-hiera-tiny has")
_OWN = "its own package runs it, and its masks can be given here"
_YOLO = "ultralytics runs it, and its masks can be given here"
_WHOLE = "save the state_dict() of the whole model"
_NO_SAM = "a Segment Anything model was expected"


PART = re.compile(r"\b(mask_decoder|prompt_encoder)\.")  # of any SAM


@dataclass(frozen=True)
class Network:
    """One kind of network that people have weights of.

    Attributes
    ----------
    what : str
        As a sentence goes on after "holds".
    key : str
        A regular expression that some tensor's name has, anywhere in it.
    instead : str
        What to do.
    without : str
        A regular expression that no name may have; empty where that does not matter.
    """

    what: str
    key: str
    instead: str
    without: str = ""

    def is_of(self, names: Sequence[str]) -> bool:
        """Whether tensors, or classes, of these names are its."""
        some, none = re.compile(self.key), re.compile(self.without or "(?!)")
        return any(map(some.search, names)) and not any(map(none.search, names))


# Of the family, told whatever else there is; the more special before the more general.
SAMS = (
    Network("SAM 3, which is another network",
            r"^(detector|tracker)(_model)?\.|backbone\.(language|vision)_backbone\.",
            _HERE.format("Sam3TrackerModel", ", as facebook/sam3 has")),
    Network("EdgeTAM, which is another network", r"spatial_perceiver\.|perceiver_resampler",
            _HERE.format("EdgeTamModel", "")),
    Network("SAM 2.1 or MedSAM2, which is another network",
            r"no_obj_embed_spatial|obj_ptr_tpos_proj|occlusion_spatial_embedding", _SAM_2),
    Network("SAM 2, which is another network",
            r"image_encoder\.trunk\.|memory_(encoder|attention)\.|sam_(mask_decoder|prompt_encoder)\."
            r"|maskmem_tpos_enc|memory_temporal_positional|mask_decoder\.conv_s[01]\."
            r"|vision_encoder\.backbone\.blocks\.|obj_score_token", _SAM_2),
    Network("SAM-HQ, whose decoder has layers more",
            r"hf_token|hf_mlp|hq_token|hq_mask_mlp|compress_vit_(feat|conv)|embedding_maskfeature",
            _HERE.format("SamHQModel", "")),
    Network("EfficientSAM, which is another network",
            r"bbox_(top_left|bottom_right)_embeddings|output_upscaling_layers", _OWN),
    Network("EfficientViT-SAM, which is another network",
            r"image_encoder\.backbone\.(input_stem|stages)\.", _OWN),
    Network("EdgeSAM or RepViT-SAM, whose encoder is another network",
            r"image_encoder\.(features\.\d|fuse_p\d|stem\.\d)", _OWN),
    Network("the decoder of MobileSAM v2 alone", r"(PromtEncoder|MaskDecoder)\.",
            "'mobile_sam' has an encoder and a decoder"),
    Network("a SAM of volumes", r"\.rel_pos_d$|patch_embed\.proj3d", _OWN),
    Network("weights with adapters (LoRA) beside them",
            r"\blora_|base_layer\.(weight|bias)|linear_[abAB]_[qkv]\.|\bw_[ab]_\d+\b",
            "merge them into the weights first (peft: merge_and_unload()) and save its"
            " state_dict()"),
    Network("a SAM with adapters between its layers", r"[aA]dapter\.|prompt_generator\.",
            "the program that trained it runs it"),
    Network("weights that are quantised",
            r"\.(quant_state|absmax|SCB|qweight|qzeros|weight_scale)\b|_packed_params",
            "give the file that it was made from"),
    Network("a flattened shard of a model (FSDP)", r"\b_?flat_param",
            "gather it first (StateDictType.FULL_STATE_DICT)"),
    Network("a SAM's mask decoder alone",
            r"\b(iou_token|mask_tokens|iou_prediction_head|output_hypernetworks_mlps)\b", _WHOLE,
            r"image_encoder\.|vision_encoder\.|patch_embed\."),
    Network("a SAM's image encoder alone",
            r"^(image_encoder|vision_encoder)\.|^neck\.\d\.weight|^blocks\.\d+\.attn\.rel_pos_",
            _WHOLE, r"mask_decoder\."),
)  # fmt: skip

# Of other families, told where there is nothing of a SAM.
OTHERS = (
    Network("a YOLO or FastSAM model",
            r"^(model\.)*\d+\.(conv\.weight|cv[1-4]\.|m\.\d|proto\.|dfl\.)", _YOLO),
    Network("a detectron2 or Mask R-CNN model",
            r"bottom_up\.|proposal_generator\.|roi_heads?\.|^rpn\.|rpn_head\.", _OWN),
    Network("a Mask2Former or another panoptic model",
            r"sem_seg_head\.|transformer_module\.|pixel_level_module\.", _OWN),
    Network("a part of a diffusion pipeline",
            r"(down|up)_blocks\.\d|diffusion_model\.|time_embedding\.linear|first_stage_model\."
            r"|transformer_blocks\.\d.*attn\.to_[qkv]", _NO_SAM),
    Network("a detector that is guided by text",
            r"language_backbone|bert\.(encoder|embeddings)|text_backbone\.",
            "its boxes can be given here as prompts"),
    Network("a CLIP model", r"text_model\.encoder|visual\.(transformer|conv1)|logit_scale$",
            _NO_SAM),
    Network("a language model",
            r"layers\.\d+\.self_attn\.q_proj|lm_head\.|\bh\.\d+\.attn\.c_attn|embed_tokens\."
            r"|word_embeddings\.", _NO_SAM),
    Network("a DETR or another detector", r"class_labels_classifier|class_embed\.|bbox_(embed|"
            r"predictor)\.", _NO_SAM),
    Network("a ViT that is no SAM", r"\b(blocks|layers?)\.\d+\..*(attn|attention)", _NO_SAM),
    Network("a convolutional network that is no SAM",
            r"layer\d\.\d+\.conv\d\.weight|\bfeatures\.\d+\.|^(classifier|fc|head)\.", _NO_SAM),
)  # fmt: skip

# Of pickled objects, whose tensors may not be told apart: their classes' names.
CLASSES = (
    Network("a YOLO or FastSAM model", r"^ultralytics\.|^models\.yolo", _YOLO),
    Network("a detectron2 model", r"^detectron2\.", _OWN),
    Network("a shard of a model", r"^torch\.distributed\.",
            "gather it first: get_model_state_dict(model,"
            " options=StateDictOptions(full_state_dict=True))"),
)  # fmt: skip


def known_as(tensors: Iterable[str], classes: Iterable[str] = ()) -> str:
    """Return what a file holds and what to do with it, as a sentence goes on after its name.

    Parameters
    ----------
    tensors, classes : iterable of str
        Names of the tensors in it, as they are there, and of the classes of its objects.

    Returns
    -------
    str
        Empty where nobody knows it.
    """
    names, made = list(tensors), list(classes)
    sam = any(PART.search(name) for name in names)
    found = [kind for kind in CLASSES if kind.is_of(made)]
    found += [kind for kind in (*SAMS, *(() if sam else OTHERS)) if kind.is_of(names)]
    return f"holds {found[0].what}: {found[0].instead}" if found else ""
