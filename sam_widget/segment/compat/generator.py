"""SamAutomaticMaskGenerator: ``segment_anything``'s dictionaries of everything in an image."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.components import drop_islands, fill_holes
from sam_widget.errors import SamError, shown
from sam_widget.masks import Mask
from sam_widget.segment.everything.find import find_everything
from sam_widget.segment.everything.search import Search, measure, suppress

from .predictor import SamPredictor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sam_widget.models.sam import Sam
    from sam_widget.regions import Region
    from sam_widget.segment.segmenter import Segmenter

OUTPUT_MODES = ("binary_mask", "uncompressed_rle", "coco_rle")


class SamAutomaticMaskGenerator:
    """Finds everything in an image.

    Parameters
    ----------
    model : Sam, Segmenter, str or Path
        As ``SamPredictor`` takes it.
    points_per_side, points_per_batch, pred_iou_thresh, stability_score_thresh, \
stability_score_offset, box_nms_thresh, crop_n_layers, crop_nms_thresh, crop_overlap_ratio, \
crop_n_points_downscale_factor, point_grids
        As ``Search`` has them; but the two thresholds speak of the published SAMs' estimates. A
        model with thresholds of its own (``small``, ``mini``) is asked as strictly by its own.
    min_mask_region_area : int
        Fill holes and drop islands of fewer pixels.
    output_mode : str
        What ``segmentation`` shall be: ``"binary_mask"``, (H, W) bool; ``"uncompressed_rle"``,
        COCO's counts as a list; ``"coco_rle"``, the same compressed, which needs pycocotools.
    """

    def __init__(  # noqa: PLR0917  the order is given
        self,
        model: Sam | Segmenter | str | Path,
        points_per_side: int | None = 32,
        points_per_batch: int = 64,
        pred_iou_thresh: float = 0.88,
        stability_score_thresh: float = 0.95,
        stability_score_offset: float = 1.0,
        box_nms_thresh: float = 0.7,
        crop_n_layers: int = 0,
        crop_nms_thresh: float = 0.7,
        crop_overlap_ratio: float = 512 / 1500,
        crop_n_points_downscale_factor: int = 1,
        point_grids: Sequence[NDArray[np.floating]] | None = None,
        min_mask_region_area: int = 0,
        output_mode: str = "binary_mask",
    ) -> None:
        if not isinstance(output_mode, str) or output_mode not in OUTPUT_MODES:
            said = output_mode if isinstance(output_mode, str) else shown(output_mode)
            raise SamError(f"output_mode is one of {', '.join(OUTPUT_MODES)}, not {said}.")
        if output_mode == "coco_rle":
            _compressor()
        self.predictor = SamPredictor(model)
        self.point_grids = Search(
            points_per_side=points_per_side,
            crop_n_layers=crop_n_layers,
            crop_n_points_downscale_factor=crop_n_points_downscale_factor,
            point_grids=point_grids,
        ).grids()
        self.points_per_batch = points_per_batch
        self.pred_iou_thresh = pred_iou_thresh
        self.stability_score_thresh = stability_score_thresh
        self.stability_score_offset = stability_score_offset
        self.box_nms_thresh = box_nms_thresh
        self.crop_n_layers = crop_n_layers
        self.crop_nms_thresh = crop_nms_thresh
        self.crop_overlap_ratio = crop_overlap_ratio
        self.crop_n_points_downscale_factor = crop_n_points_downscale_factor
        self.min_mask_region_area = measure("min_mask_region_area", min_mask_region_area)
        self.output_mode = output_mode
        self._search()

    def generate(self, image: NDArray[np.uint8]) -> list[dict[str, Any]]:
        """Find everything in an image, with a progress bar. To stop, interrupt.

        Parameters
        ----------
        image : ndarray
            (H, W, 3) uint8, RGB.

        Returns
        -------
        list of dict
            For each mask

            * ``segmentation``: by the output mode; runs as ``{"size": [H, W], "counts": ...}``;
            * ``area``: px;
            * ``bbox``: [x, y, width, height] from the first pixel's centre to the last one's;
            * ``predicted_iou``, ``stability_score``: float;
            * ``point_coords``: [[x, y]], what was asked, pixel centres at whole numbers;
            * ``crop_box``: [x, y, width, height] of the part that the model saw.

            Where nothing is left, a warning tells why: there was no point to ask about, or how far
            the thresholds were off.
        """
        search = self._as_strict(self._search())
        set_image = self.predictor.encode(image)
        found = find_everything(
            set_image.segmenter,
            image,
            search,
            smallest_piece=self.min_mask_region_area,
            embedding=set_image.embedding,
        )
        return [self._record(each) for each in found]

    @staticmethod
    def postprocess_small_regions(mask_data: Any, min_area: int, nms_thresh: float) -> Any:
        """Fill small holes and drop small islands, then what has become a double.

        Parameters
        ----------
        mask_data : mapping
            Of lists or arrays, one entry a mask: ``rles``, uncompressed; ``boxes``, (N, 4), x0 y0
            x1 y1 with the last pixel named; any others. It is changed.
        min_area : int
            Pixels.
        nms_thresh : float
            IoU of boxes above which the mask that needed no change stays alone.

        Returns
        -------
        mapping
            `mask_data`.
        """
        masks = [Mask.from_coco(rle) for rle in mask_data["rles"]]
        cleaned = [drop_islands(fill_holes(mask, min_area), min_area) for mask in masks]
        same = [new is old for new, old in zip(cleaned, masks, strict=True)]
        boxes = np.array([mask.box for mask in cleaned], np.float32).reshape(-1, 4)
        kept = suppress(boxes, np.array(same, np.float32), nms_thresh)
        for i in kept:
            if not same[i]:
                mask_data["rles"][i] = cleaned[i].to_coco()
                x, y, width, height = _bbox(cleaned[i].box)
                mask_data["boxes"][i] = np.array([x, y, x + width, y + height])
        for key, column in dict(mask_data.items()).items():
            mask_data[key] = [column[i] for i in kept] if isinstance(column, list) else column[kept]
        return mask_data

    def _as_strict(self, search: Search) -> Search:
        own = self.predictor.model.thresholds
        iou, stability = own.for_published(search.pred_iou_thresh, search.stability_score_thresh)
        return replace(search, pred_iou_thresh=iou, stability_score_thresh=stability)

    def _search(self) -> Search:
        return Search(
            None,
            self.points_per_batch,
            self.pred_iou_thresh,
            self.stability_score_thresh,
            self.stability_score_offset,
            self.box_nms_thresh,
            self.crop_n_layers,
            self.crop_nms_thresh,
            self.crop_overlap_ratio,
            self.crop_n_points_downscale_factor,
            self.point_grids,
        )

    def _record(self, found: Region) -> dict[str, Any]:
        asked: Any = found.prompts[0]
        x0, y0, x1, y1 = found.crop or (0, 0, *found.size)
        return {
            "segmentation": self._segmentation(found.mask),
            "area": found.area,
            # there an empty mask lies in its crop's corner
            "bbox": _bbox(found.box if found.area else (x0, y0, x0, y0)),
            "predicted_iou": found.predicted_iou,
            "point_coords": [[asked.x - 0.5, asked.y - 0.5]],
            "stability_score": found.stability_score,
            "crop_box": [x0, y0, x1 - x0, y1 - y0],
        }

    def _segmentation(self, mask: Mask) -> NDArray[np.bool_] | dict[str, Any]:
        if self.output_mode == "binary_mask":
            return mask.to_array()
        runs = mask.to_coco()
        if self.output_mode == "uncompressed_rle":
            return runs
        packed: dict[str, Any] = _compressor().frPyObjects(runs, *runs["size"])
        return {**packed, "counts": packed["counts"].decode()}


def _bbox(box: tuple[int, int, int, int]) -> list[int]:
    """Return x, y, width, height, counted from pixel centre to pixel centre."""
    x0, y0, x1, y1 = box
    return [x0, y0, max(x1 - x0 - 1, 0), max(y1 - y0 - 1, 0)]


def _compressor() -> Any:
    try:
        from pycocotools import mask  # noqa: PLC0415  an extra
    except ImportError as error:
        said = "output_mode='coco_rle' needs pycocotools: pip install pycocotools"
        raise ImportError(said) from error
    return mask
