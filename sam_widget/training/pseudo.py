"""Pseudo-labels: a model labels photos without masks with what it is sure of. Learns nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask
from tqdm.auto import tqdm

from sam_widget.formats.errors import DataError
from sam_widget.images import ImageError, is_picture_file, read_image
from sam_widget.paths import as_path
from sam_widget.segment.everything.find import everything
from sam_widget.segment.everything.search import Search
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.numbers import check_number, check_numbers
from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.run.results import SaveError, room_for, why_unwritten, write_whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sam_widget.regions import Region
    from sam_widget.segment.everything.find import Proposal

DESCRIPTION = """\
Label photos with the masks that a model is sure of, to learn from: the paper's model-in-the-loop.

  python -m sam_widget.training.pseudo --photos holiday/ --to labels/
  python -m sam_widget.training --data ../shared/data --also labels/ --run runs/c --from ...
      learn from them beside photos that people have labelled; then label again with the better one

labels/ is in SA-1B's layout: photo.jpg beside photo.json. What is there already is not made again.

Whether it helps depends on what the model is sure of. One that had never seen two kinds of photo
(the base of python -m sam_widget.training.gain) labelled 125 of them, from train-00 and train-01,
with --iou 0.5 --stability 0.5: 66 masks. After 250 steps more, with and without these,

  --side 256 --steps 250 --photos 4 --prompts 6 --corrections 0.5 --iou-weight 4 --seed 12
  --without coffee_leaves iotboards --from BASE [--also labels/]

others of these kinds (train-02, train-03) had one click / best of three / box
                            without labels          with labels
  circuit boards        0.233 0.478 0.810     0.534 0.612 0.892
  spots on leaves       0.203 0.261 0.494     0.202 0.233 0.400
  all other kinds       0.438 0.563 0.622     0.447 0.562 0.646
8 of the labels are on boards; the other 58 are whole leaves, while the spots on them are asked
for. It helps where the model is sure of what is wanted, and costs where it is sure of something
else. The last line is 154 validation photos.
"""


@dataclass(frozen=True)
class Sure:
    """What counts as sure. The thresholds are the paper's (appendix B), the grid is coarser."""

    points: int = 16
    """Along each side of the grid of clicks."""
    iou: float = 0.88
    """Predicted IoU above which a mask is kept."""
    stability: float = 0.92
    """IoU of the mask cut a logit higher and a logit lower, above which it is kept."""
    overlap: float = 0.7
    """IoU of boxes above which the surer of two masks is kept."""
    smallest: float = 0.0005
    """Share of the photo that a mask covers at least,"""
    largest: float = 0.95
    """and at most: the whole photo is no thing."""
    most: int = 60
    """Masks of a photo, the surest."""

    def __post_init__(self) -> None:
        check_numbers(self, {"points": 1, "most": 1})
        for name in ("iou", "stability", "overlap", "smallest", "largest"):
            check_number(name, getattr(self, name), 0, 1)

    @property
    def search(self) -> Search:
        """The same for everything mode."""
        return Search(
            points_per_side=self.points,
            pred_iou_thresh=self.iou,
            stability_score_thresh=self.stability,
            box_nms_thresh=self.overlap,
        )


def label(
    segmenter: Segmenter, pixels: NDArray[np.uint8], sure: Sure | None = None
) -> tuple[Region, ...]:
    """Return the masks of a photo that a model is sure of, the surest first.

    Parameters
    ----------
    segmenter
        The model.
    pixels
        (H, W, 3) uint8, RGB.
    sure
        What counts as such.
    """
    sure = sure or Sure()
    found: tuple[Proposal, ...] = ()
    for sweep in everything(segmenter, pixels, sure.search):
        if sweep.done == sweep.total:
            found = sweep.found
    area = pixels.shape[0] * pixels.shape[1]
    useful = [each for each in found if sure.smallest <= each.mask.area / area <= sure.largest]
    useful.sort(key=lambda each: -each.predicted_iou)
    return tuple(each.region() for each in useful[: sure.most])


def label_folder(
    segmenter: Segmenter, photos: str | Path, to: str | Path, sure: Sure | None = None
) -> tuple[int, int]:
    """Label every picture of a folder into another, in SA-1B's layout.

    A bar shows how far it is; interrupted, it goes on where it was the next time. A picture that
    cannot be read is left out and named.

    Parameters
    ----------
    segmenter
        The model.
    photos
        The folder of pictures, searched with those below it.
    to
        The folder to write.
    sure
        What counts as sure.

    Returns
    -------
    tuple of int
        How many photos are labelled, and how many masks were found in those labelled just now.

    Raises
    ------
    DataError
        There is no picture, or `to` is `photos` or lies in it.
    SaveError
        `to` cannot be written, or its disk is full; what is labelled stays.
    """
    source, target = as_path(photos), as_path(to)
    if target.resolve().is_relative_to(source.resolve()):
        raise DataError(
            f"{target} lies in {source}: labels go to a folder of their own, where no photo of"
            " yours is written over and none is labelled twice."
        )
    pictures = [p for p in sorted(source.rglob("*")) if is_picture_file(p)]
    if not pictures:
        raise DataError(f"there is no picture in {source}.")
    _room(target, sum(picture.stat().st_size for picture in pictures))
    labelled = masks = 0
    names: set[str] = set()
    for picture in tqdm(pictures, unit="photo", desc="labelling"):
        # Its folders stay in the name: two may hold pictures of the same name.
        name = "_".join(picture.relative_to(source).with_suffix("").parts)
        while name in names:
            name += f"_{picture.suffix[1:]}"
        names.add(name)
        text = target / f"{name}.json"
        if not text.is_file():
            try:
                pixels = read_image(picture).pixels
            except ImageError as error:
                tqdm.write(str(error))
                continue
            found = label(segmenter, pixels, sure)
            _write(target, name, pixels, found)
            masks += len(found)
        labelled += 1
    return labelled, masks


def _room(folder: Path, size: int) -> None:
    """Make the folder, for about so many bytes; SaveError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"{folder} cannot be written: {why_unwritten(error)}.") from error
    room_for(folder / "photo.json", size)


def _write(folder: Path, name: str, pixels: NDArray[np.uint8], found: Sequence[Region]) -> None:
    """Write picture and JSON; the JSON last, since that says that both are done."""
    height, width = pixels.shape[:2]
    picture = folder / f"{name}.jpg"
    image = {"file_name": f"{name}.jpg", "width": width, "height": height}
    text = json.dumps({"image": image, "annotations": [_record(each) for each in found]})
    try:
        write_whole(lambda place: Image.fromarray(pixels).save(place, quality=95), picture)
        write_whole(lambda place: place.write_text(text), folder / f"{name}.json")
    except OSError as error:
        raise SaveError(
            f"{name} cannot be written in {folder}: {why_unwritten(error)}; what was labelled"
            " before it stays, and the same call goes on from there."
        ) from error


def _record(found: Region) -> dict[str, Any]:
    """Say one mask as SA-1B does."""
    code = coco_mask.encode(np.asfortranarray(found.array().astype(np.uint8)))
    x0, y0, x1, y1 = found.box
    asked: Any = found.prompts[0]
    return {
        "segmentation": {"size": code["size"], "counts": code["counts"].decode()},
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "area": found.area,
        "predicted_iou": round(found.predicted_iou or 0.0, 4),
        "stability_score": round(found.stability_score or 0.0, 4),
        "point_coords": [[asked.x, asked.y]],
    }


TOLD = {
    "points": "clicks along each side of the grid",
    "iou": "least predicted IoU",
    "stability": "least stability",
    "most": "masks of a photo, at most",
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.pseudo", DESCRIPTION)
    out.add_argument("--photos", type=Path, required=True, help="folder of pictures")
    out.add_argument("--to", type=Path, required=True, help="folder to write")
    out.add_argument("--model", default="mini", help="name or file (default: %(default)s)")
    offer(out, Sure(), TOLD)
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Label a folder."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        sure = taken(Sure, given)
        segmenter = Segmenter.load(given.model)
        photos, masks = label_folder(segmenter, given.photos, given.to, sure)
    except ValueError as error:
        grammar.error(str(error))
    print(f"{photos} photos labelled in {given.to}, {masks} masks just now")  # noqa: T201
    if masks < photos:
        print("few are sure: see what a lower --iou and --stability find")  # noqa: T201


if __name__ == "__main__":
    main()
