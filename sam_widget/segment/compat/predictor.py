"""SamPredictor: an image is set, prompts on it are answered. Finding everything is generator's.

Coordinates are that package's here: the centre of an image's first pixel is (0, 0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from sam_widget.errors import SamError
from sam_widget.geometry import Frame
from sam_widget.lifetime import busy
from sam_widget.models.features import Encoded, Features
from sam_widget.segment.loaded import SAM, embedded, segmenter_of
from sam_widget.segment.model import has_all
from sam_widget.segment.placing import checked
from sam_widget.segment.prompts import Embedding
from sam_widget.segment.segmenter import Segmenter

from .answers import Asked, SetImage, answered, in_models_pixels
from .resize import ResizeLongestSide

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.sam import Sam

    from .answers import Numbers, Size


class SamPredictor:
    """Answers prompts on an image that is set first.

    Safe to use from several threads: a prediction reads the image once, and an image that another
    thread sets meanwhile counts from the next prediction on.

    Parameters
    ----------
    sam_model : Sam, Segmenter, str or Path
        A model. Or the name or file of one, or a segmenter: then embeddings are also taken from
        the cache that the process shares, and put there.

    Attributes
    ----------
    model : Sam
    transform : ResizeLongestSide
        From the image's pixels to the model's.
    """

    def __init__(self, sam_model: Sam | Segmenter | str | Path) -> None:
        self._segmenter: Segmenter | None = None
        given: Any = sam_model
        if has_all(given, SAM):
            self.model: Sam = given
        else:
            self._segmenter = segmenter_of(given)
            self.model = self._segmenter.sam
        self.transform = ResizeLongestSide(self.model.image_encoder.img_size)
        self._images: tuple[SetImage, ...] = ()
        self._parts: dict[str, Any] = {}

    # Attributes that segment_anything has and never sets.
    orig_h = orig_w = input_h = input_w = None

    @property
    def device(self) -> torch.device:
        """Where the model lives."""
        return self.model.device

    def set_image(self, image: NDArray[np.uint8], image_format: str = "RGB") -> None:
        """Encode the image that ``predict`` will be asked about.

        Parameters
        ----------
        image : ndarray
            (H, W, 3) uint8.
        image_format : str
            The order of its colours, ``"RGB"`` or ``"BGR"``.

        Raises
        ------
        ValueError
            The image or the format is none.
        """
        self.set_image_batch([image], image_format)

    @busy()
    def set_image_batch(
        self, images: Sequence[NDArray[np.uint8]], image_format: str = "RGB"
    ) -> None:
        """Encode several images, of any sizes, for ``predict_batch``; otherwise as `set_image`."""
        if image_format not in {"RGB", "BGR"}:
            raise SamError(f"image_format is 'RGB' or 'BGR', not {image_format!r}.")
        step = 1 if image_format == self.model.image_format else -1
        self._images = tuple(self.encode(checked(image)[..., ::step]) for image in images)

    @busy()
    def encode(self, pixels: NDArray[np.uint8]) -> SetImage:
        """Return an image as it would be set, and leave the one that is set: (H, W, 3), RGB."""
        pixels = np.ascontiguousarray(checked(pixels))
        segmenter = self._segmenter_now()
        if self._segmenter is None:
            embedding = segmenter.embed(pixels)
        else:
            embedding = embedded(segmenter, pixels)
        return SetImage(segmenter, embedding, pixels.shape[:2], embedding.frame.resized[::-1])

    @busy()
    @torch.no_grad()
    def set_torch_image(self, transformed_image: Tensor, original_image_size: Size) -> None:
        """Encode an image that is resized already.

        Parameters
        ----------
        transformed_image : Tensor
            (1, 3, H, W) in 0..255, the longer side being the model's, as ``transform`` makes it.
        original_image_size : tuple of int
            (height, width) before.

        Raises
        ------
        ValueError
            The shape is another.
        """
        shape, side = tuple(transformed_image.shape), self.model.image_encoder.img_size
        if len(shape) != 4 or shape[:2] != (1, 3) or max(shape[2:]) != side:
            raise SamError(f"A (1, 3, H, W) image of longer side {side} is needed, not {shape}.")
        height, width = (int(side) for side in original_image_size)
        pixels = self.model.preprocess(transformed_image.to(self.device))
        embedding = Embedding(
            Features.of(self.model.image_encoder(pixels)), Frame(width, height, side)
        )
        self._images = (SetImage(self._segmenter_now(), embedding, (height, width), shape[2:]),)

    def reset_image(self) -> None:
        """Forget the image."""
        self._images, self._parts = (), {}

    @busy()
    def predict(  # noqa: PLR0917  the order is given
        self,
        point_coords: Numbers | None = None,
        point_labels: Numbers | None = None,
        box: Numbers | None = None,
        mask_input: Numbers | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[Any, Any, Any]:
        """Answer one prompt, or B prompts at once; arrays for arrays, tensors for tensors.

        Parameters
        ----------
        point_coords : ndarray or Tensor, optional
            (N, 2), x y in image pixels; or (B, N, 2).
        point_labels : ndarray or Tensor, optional
            (N,), 1 on the thing and 0 off it; or (B, N), where -1 is no point.
        box : ndarray or Tensor, optional
            (4,) or (1, 4), x0 y0 x1 y1 in image pixels; or (B, 4).
        mask_input : ndarray or Tensor, optional
            (1, h, w) logits of an earlier answer; or (B, 1, h, w).
        multimask_output : bool
            Three candidates for each prompt, or one answer: better where the prompt is clear.
        return_logits : bool
            Masks as logits, 0 being their border.

        Returns
        -------
        masks : ndarray or Tensor
            (M, H, W) bool, or float logits; M is 3 or 1.
        scores : ndarray or Tensor
            (M,) float32, predicted IoU.
        low_res_masks : ndarray or Tensor
            (M, h, w) float32 logits, to be given back as ``mask_input``.
            For B prompts each of the three has B as its first axis.

        Raises
        ------
        RuntimeError
            No image is set, or several are.
        ValueError
            The prompts' shapes do not belong together, or a coordinate or label is none.
        """
        asked = Asked.of(point_coords, point_labels, box, mask_input)
        return answered(self._one(), asked, multimask=multimask_output, as_logits=return_logits)

    @busy()
    def predict_batch(  # noqa: PLR0917  the order is given
        self,
        point_coords_batch: Sequence[Numbers | None] | None = None,
        point_labels_batch: Sequence[Numbers | None] | None = None,
        box_batch: Sequence[Numbers | None] | None = None,
        mask_input_batch: Sequence[Numbers | None] | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[list[Any], list[Any], list[Any]]:
        """Answer prompts on each image of ``set_image_batch``; lists, each entry as in `predict`.

        Raises
        ------
        RuntimeError
            No image is set.
        ValueError
            There are not as many entries as images; or as in `predict`.
        """
        images = self._images
        if not images:
            raise RuntimeError("There are no images yet: call set_image_batch(images) first.")
        given = (point_coords_batch, point_labels_batch, box_batch, mask_input_batch)
        columns = [[None] * len(images) if each is None else list(each) for each in given]
        if any(len(column) != len(images) for column in columns):
            raise SamError(f"{len(images)} images are set: give each of them its prompts.")
        answers = [
            answered(image, Asked.of(*asked), multimask=multimask_output, as_logits=return_logits)
            for image, asked in zip(images, zip(*columns, strict=True), strict=True)
        ]
        masks, scores, low = zip(*answers, strict=True)
        return list(masks), list(scores), list(low)

    @busy()
    def predict_torch(  # noqa: PLR0917  the order is given
        self,
        point_coords: Tensor | None,
        point_labels: Tensor | None,
        boxes: Tensor | None = None,
        mask_input: Tensor | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Answer B prompts in the model's pixels, as ``transform`` makes them.

        Parameters
        ----------
        point_coords, point_labels : Tensor or None
            (B, N, 2) and (B, N).
        boxes : Tensor, optional
            (B, 4).
        mask_input : Tensor, optional
            (B, 1, h, w).
        multimask_output, return_logits : bool
            As in `predict`.

        Returns
        -------
        tuple of Tensor
            Masks (B, M, H, W), predicted IoU (B, M) and logits (B, M, h, w).
        """
        asked = Asked.of(point_coords, point_labels, boxes, mask_input)
        return in_models_pixels(
            self._one(), asked, multimask=multimask_output, as_logits=return_logits
        )

    def get_image_embedding(self) -> Tensor:
        """Return the image's embedding, (1, C, H, W); RuntimeError where no image is set."""
        # made in inference mode, which callers may not be in
        return Encoded(self._one().embedding.features.map(torch.clone))

    # What follows can also be assigned, by code that keeps embeddings itself and puts them back.

    @property
    def is_image_set(self) -> bool:
        """Whether there is an image to ask about."""
        return bool(self._images)

    @is_image_set.setter
    def is_image_set(self, value: bool) -> None:
        if not value:
            self.reset_image()

    @property
    def features(self) -> Tensor | None:
        """The image's embedding, (1, C, H, W), or None."""
        return self.get_image_embedding() if self._images else self._parts.get("features")

    @features.setter
    def features(self, features: Tensor | None) -> None:
        if features is None:
            self._images = ()
        else:
            self._put(features=Features.of(features))

    @property
    def original_size(self) -> Size | None:
        """(height, width) of the image, or None."""
        return self._now().get("original_size")

    @original_size.setter
    def original_size(self, size: Size) -> None:
        self._put(original_size=tuple(size))

    @property
    def input_size(self) -> Size | None:
        """(height, width) that the image takes in the model's input, or None."""
        return self._now().get("input_size")

    @input_size.setter
    def input_size(self, size: Size) -> None:
        self._put(input_size=tuple(size))

    def _now(self) -> dict[str, Any]:
        if not self._images:
            return self._parts
        image = self._images[0]
        return {
            "features": image.embedding.features,
            "original_size": image.original_size,
            "input_size": image.input_size,
        }

    def _put(self, **part: Any) -> None:
        parts = self._parts = {**self._now(), **part}
        if {"features", "original_size"} <= parts.keys():
            height, width = parts["original_size"]
            frame = Frame(width, height, self.model.image_encoder.img_size)
            size = parts.get("input_size", frame.resized[::-1])
            embedding = Embedding(parts["features"], frame)
            self._images = (SetImage(self._segmenter_now(), embedding, (height, width), size),)

    def _one(self) -> SetImage:
        images = self._images
        if not images:
            raise RuntimeError("There is no image yet: call set_image(image) first.")
        if len(images) > 1:
            raise RuntimeError(f"{len(images)} images are set: ask with predict_batch.")
        return images[0]

    def _segmenter_now(self) -> Segmenter:
        # a bare model may have been moved, or have learnt, since the last image
        return self._segmenter or Segmenter(self.model)
