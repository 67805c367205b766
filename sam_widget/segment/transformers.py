"""SAM 2.1, SAM-HQ, EdgeTAM and SAM 3's tracker as ``transformers`` runs them, each as a Network.

It is imported when the first is asked for. What it says of a picture and of prompts is what its own
processor, model and post-processing say; what is made of that, a Segmenter decides as for any SAM.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import torch
import torch.nn.functional as F
from xxhash import xxh3_64

from sam_widget.errors import SamError, in_short
from sam_widget.geometry import Frame
from sam_widget.lifetime import busy
from sam_widget.models.devices import pick_device, pick_dtype
from sam_widget.models.errors import CheckpointError
from sam_widget.models.features import Features
from sam_widget.models.hosted import PROCESSORS, hosted, settings
from sam_widget.models.mask_decoder import WHOLE
from sam_widget.models.thresholds import Thresholds

from .network import KINDS, by_pillow, copied_to_cpu, hashed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.mask_decoder import Drawn
    from sam_widget.models.sam import Sam

    from .network import Asked, Shape

    Colours = tuple[tuple[float, ...], tuple[float, ...]]

IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
HALF = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)
CANDIDATES = 3
DONE = {"do_resize": True, "do_rescale": True, "do_normalize": True, "resample": 2}  # bilinear
EXTRA = "pip install 'sam_widget[transformers]'"


class Hosted(ABC):
    """A promptable model of ``transformers``.

    Parameters
    ----------
    model : transformers.PreTrainedModel
        In evaluation mode. It stays as it is.
    colours : tuple of tuple of float, optional
        What its processor takes off each channel of 0..1, and what it divides it by; by default
        what is published for it.
    """

    colours: Colours = IMAGENET
    mask_threshold = 0.0
    thresholds = Thresholds()

    def __init__(self, model: Any, colours: Colours | None = None) -> None:
        self.model = model
        self.colours = colours or self.colours
        drawn = model.config.mask_decoder_config.num_multimask_outputs
        if drawn != CANDIDATES:
            raise SamError(f"this {self.kind} draws {drawn} candidates, and three are expected")

    @property
    def kind(self) -> str:
        """The name of its class in ``transformers``."""
        return type(self.model).__name__

    @property
    def sam(self) -> Sam:
        """Nothing: a SamError says so."""
        raise SamError(
            f"This model is transformers' {self.kind}, which is run as it is: trace, SamPredictor"
            " and SamAutomaticMaskGenerator want a SAM of this package, as load_model returns it."
        )

    @property
    def device(self) -> torch.device:
        """Where it lies."""
        return self._tensor.device

    @property
    def dtype(self) -> torch.dtype:
        """The type of number that it computes in."""
        return self._tensor.dtype

    @property
    def _tensor(self) -> Tensor:
        weight: Tensor = self.model.prompt_encoder.no_mask_embed.weight
        return weight

    @property
    def side(self) -> int:
        """Of its square input, px."""
        return _one(self.model.config.prompt_encoder_config.image_size)

    @property
    def grid(self) -> int:
        """Of its embedding, pixels along each side."""
        return self.side // _one(self.model.config.prompt_encoder_config.patch_size)

    @property
    @abstractmethod
    def shapes(self) -> tuple[Shape, ...]:
        """As ``Network.shapes``."""

    @abstractmethod
    def frame(self, width: int, height: int) -> Frame:
        """Return how a picture of this size lies in its input."""

    @abstractmethod
    def resized(self, pixels: NDArray[np.uint8], frame: Frame) -> Tensor:
        """Resize as its processor does."""

    @abstractmethod
    def features(self, x: Tensor) -> Features:
        """Encode (1, 3, side, side) float."""

    @abstractmethod
    def seen(self, features: Features) -> dict[str, Any]:
        """Return what the model takes in the place of a picture."""

    def takes(self, kind: str) -> bool:
        """Whether it takes this kind of prompt: points, boxes and masks."""
        return kind in KINDS

    def fingerprint(self) -> str:
        """Return a short hash of the weights, the configuration and the colours."""
        said = f"{self.model.config.to_json_string()}{self.colours}"
        return f"{hashed(self.model)}{xxh3_64(said.encode()).hexdigest()}"

    def embed(self, pixels: Tensor) -> Features:
        """Encode (1, 3, h, w) in 0..255, as large as the frame has the picture."""
        x = pixels.to(self.device, torch.float32) / 255
        mean, std = (torch.tensor(each, device=x.device).view(-1, 1, 1) for each in self.colours)
        x = (x - mean) / std
        height, width = x.shape[-2:]
        x = F.pad(x, (0, self.side - width, 0, self.side - height))
        return self.features(x.to(self.dtype))

    def answer(
        self,
        features: Features,
        asked: Asked,
        wanted: slice,
        at_once: int,
        drawn: Drawn = WHOLE,  # noqa: ARG002  all is drawn
    ) -> tuple[Tensor, Tensor]:
        """Decode B prompts, some at once, as ``Network.answer``.

        The single-mask answer and the three candidates are had by one call each: of a Segmenter's
        later clicks, which want both, one costs two.
        """
        here = self.seen(features.map(lambda tensor: tensor.to(self.device, self.dtype)))
        step = at_once if asked.masks is None else 1  # it adds one mask to one image alone
        calls = [many for many, row in ((False, 0), (True, 1)) if wanted.start <= row < wanted.stop]
        logits, iou = [], []
        for start in range(0, len(asked), step):
            some = _as_given(asked.part(slice(start, start + step), self.device, self.dtype))
            said = [self.model(**here, **some, multimask_output=many) for many in calls]
            logits.append(torch.cat([each.pred_masks[0].float() for each in said], 1))
            iou.append(torch.cat([each.iou_scores[0].float() for each in said], 1))
        return torch.cat(logits), torch.cat(iou)

    def forget(self) -> None:  # noqa: B027  nothing is known of images
        """Do nothing."""

    def on_cpu(self) -> Self:
        """Return the same network on the CPU, in float32; this one stays as it is."""
        return type(self)(copied_to_cpu(self.model), self.colours)


class Stretched(Hosted):
    """SAM 2.1 and those built like it: the picture fills the square, finer maps join in."""

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Of the embedding, and of two maps, each twice as fine as the one before."""
        width = self.model.config.mask_decoder_config.hidden_size
        sizes = self.model.backbone_feature_sizes[::-1]
        channels = (width, width // 4, width // 8)
        return tuple((c, int(h), int(w)) for c, (h, w) in zip(channels, sizes, strict=True))

    def frame(self, width: int, height: int) -> Frame:
        """Return how a picture lies in the input: stretched."""
        return Frame(width, height, self.side, stretched=True)

    def resized(self, pixels: NDArray[np.uint8], frame: Frame) -> Tensor:
        """Resize in uint8, each new pixel a mean of those that it covers."""
        x = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None]
        width, height = frame.resized
        return F.interpolate(x.contiguous(), (height, width), mode="bilinear", antialias=True)

    def features(self, x: Tensor) -> Features:
        """Encode (1, 3, side, side) float."""
        finest, finer, embedding = self.model.get_image_embeddings(x)
        return Features(embedding, (finer, finest))

    def seen(self, features: Features) -> dict[str, Any]:
        """Return the three maps, the finest first."""
        return {"image_embeddings": [*features.skips[::-1], features.embedding]}


class Sam3Tracker(Stretched):
    """SAM 3's tracker, asked about single pictures."""

    colours = HALF


class SamHQ(Hosted):
    """SAM-HQ: a SAM whose decoder also looks at what the encoder's early layers saw."""

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Of the embedding, and of one layer's map, its channels last."""
        vision = self.model.config.vision_config
        return (
            (vision.output_channels, self.grid, self.grid),
            (self.grid, self.grid, vision.hidden_size),
        )

    def frame(self, width: int, height: int) -> Frame:
        """Return how a picture lies in the input: padded."""
        return Frame(width, height, self.side)

    def resized(self, pixels: NDArray[np.uint8], frame: Frame) -> Tensor:
        """Resize as SAM does."""
        return by_pillow(pixels, frame)

    def features(self, x: Tensor) -> Features:
        """Encode (1, 3, side, side) float."""
        embedding, early = self.model.get_image_embeddings(x)
        return Features(embedding, (early[0],))  # of several the decoder looks at the first

    def seen(self, features: Features) -> dict[str, Any]:
        """Return the embedding, and the early layer's map."""
        return {
            "image_embeddings": features.embedding,
            "intermediate_embeddings": list(features.skips),
        }


NETWORKS: dict[str, type[Hosted]] = {
    "Sam2Model": Stretched,
    "EdgeTamModel": Stretched,
    "Sam3TrackerModel": Sam3Tracker,
    "SamHQModel": SamHQ,
}


@busy()
def load(
    files: Sequence[Path], device: str | torch.device = "auto", dtype: str | torch.dtype = "auto"
) -> Hosted:
    """Load one of these from a folder with its config.json.

    Parameters
    ----------
    files : sequence of Path
        What ``locate.find`` returns of it: the configuration first.
    device, dtype : str, torch.device, torch.dtype
        As ``load_model`` takes them. "auto" computes in float32: nobody has measured what a shorter
        type does to these models' masks.

    Raises
    ------
    CheckpointError
        ``transformers`` is missing, or cannot read them; in one sentence.
    ValueError
        The device or the type is none that there is.
    """
    place, kind = files[0].parent, str(hosted(files))
    device = pick_device(device)
    dtype = pick_dtype(dtype, device, ())
    try:
        import transformers  # noqa: PLC0415  an extra

        model_class = getattr(transformers, kind)
    except (ImportError, AttributeError) as error:
        said = f"is a {kind}, which transformers runs, of a version that has it: {EXTRA}"
        raise CheckpointError(f"{place} {said}.") from error
    try:
        with silence():
            model, told = model_class.from_pretrained(
                str(place), local_files_only=True, output_loading_info=True, dtype=torch.float32
            )
        lacks = sorted({*told["missing_keys"], *(key for key, *_ in told["mismatched_keys"])})
        if lacks:
            raise SamError(f"it lacks {lacks[0]} and {len(lacks) - 1} more")  # noqa: TRY301
        model = model.eval().requires_grad_(False).to(device, dtype)
        return NETWORKS[kind](model, _colours(files))
    except ImportError as error:
        said = f"needs a package more to be run by transformers: {in_short(error)}"
        raise CheckpointError(f"{place} {said}.") from error
    except Exception as error:  # whatever its code of the day raises
        said = f"does not hold a whole {kind}: {in_short(error)}"
        raise CheckpointError(f"{place} {said}.") from error


@contextmanager
def silence() -> Iterator[None]:
    """Keep back its bar, and its warning of what is meant here: half of a network for videos."""
    from transformers.utils import logging as untyped  # noqa: PLC0415  an extra

    logging: Any = untyped
    level, bar = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bar:
            logging.enable_progress_bar()


def _colours(files: Sequence[Path]) -> Colours | None:
    """Return what a processor's settings say of colours; refuse what is not done here."""
    for path in files:
        if path.name in PROCESSORS:
            said = settings(path)
            said = said.get("image_processor", said)
            for name, done in DONE.items():
                if said.get(name, done) != done:
                    raise SamError(f"its processor's {name} is {said[name]}, and {done} is done")
            if "image_mean" in said and "image_std" in said:
                return tuple(map(float, said["image_mean"])), tuple(map(float, said["image_std"]))
    return None


def _as_given(asked: Asked) -> dict[str, Tensor]:
    """Return prompts as the model's call takes them: of one image, in its pixels."""
    given = {}
    if asked.points is not None:
        given = {"input_points": asked.points[0][None], "input_labels": asked.points[1][None]}
    if asked.boxes is not None:
        given["input_boxes"] = asked.boxes[None]
    if asked.masks is not None:
        given["input_masks"] = asked.masks
    return given


def _one(size: int | Sequence[int]) -> int:
    """Return the side of a square that a configuration names once or for each axis."""
    return size if isinstance(size, int) else size[0]
