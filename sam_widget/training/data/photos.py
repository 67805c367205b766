"""Photos with masks: shards of SA-1B's JSON, and how often each is drawn. No augmentation."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import numpy as np
from pycocotools import mask as coco_mask

from sam_widget.errors import in_short
from sam_widget.formats.errors import DataError
from sam_widget.formats.records import (
    refuse_other_size,
    run_lengths_of,
    size_of,
    size_of_masks,
    text_in,
)
from sam_widget.images import ImageError, image_in, is_picture_name
from sam_widget.masks import Mask
from sam_widget.regions import Region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from PIL import Image

FLATTENED: Mapping[str, float] = {
    "manuscripts": 0.4,
    "mushrooms": 0.6,
    "dsb2018": 0.6,
    "facades": 0.6,
    "cocomini": 1.6,
    "cocopanoptic": 1.6,
    "hallways": 0.5,
}
"""Factors on top of the square root: dense pages of things all alike teach little, scenes much."""


@dataclass(frozen=True)
class Annotation:
    """One mask of a photo."""

    segmentation: Mapping[str, Any]
    """COCO's compressed run lengths: {"size": [height, width], "counts": text}."""
    kind: str = "object"
    """object, part, region or group."""
    label: str = ""

    def array(self) -> NDArray[np.uint8]:
        """Return the mask as (H, W) uint8, 0 or 1."""
        decoded: NDArray[np.uint8] = coco_mask.decode(dict(self.segmentation))
        return decoded

    def region(self) -> Region:
        """Return it as the rest of the package says it."""
        return Region(Mask.from_coco(self.segmentation), self.label)


def annotations_of(
    records: Sequence[Any], size: tuple[int, int], told: tuple[int, int] | None, where: str
) -> tuple[Annotation, ...]:
    """Read a photo's annotations and check them; those without a mask are left out.

    Parameters
    ----------
    records
        As SA-1B and COCO have them; "kind" and "label" are read where they are there.
    size
        (width, height) of the photo, px.
    told
        The same, as the annotations have it, which polygons go by; None where they do not say.
    where
        What to call the file in an error.

    Raises
    ------
    DataError
        An annotation is none, or does not fit the photo.
    """
    refuse_other_size(records, size, told, where)
    found = (_annotation(record, size, where) for record in records)
    return tuple(annotation for annotation in found if annotation is not None)


def _annotation(record: Any, size: tuple[int, int], where: str) -> Annotation | None:
    lengths = run_lengths_of(record, size, where)
    if lengths is None or not coco_mask.area(lengths):
        return None
    return Annotation(lengths, text_in(record, "kind", "object"), text_in(record, "label"))


@dataclass(frozen=True)
class Photo:
    """A photo, decoded, with its masks, still compressed."""

    pixels: Image.Image
    """RGB."""
    annotations: tuple[Annotation, ...]
    source: str
    """The name of the data set that it comes from."""
    skipped: int = 0
    """Annotations that had no mask, or an empty one, and were left out."""

    @property
    def regions(self) -> tuple[Region, ...]:
        """Its masks as Regions; decoding them again is slower than ``annotations`` is."""
        return tuple(each.region() for each in self.annotations)


class Photos(Protocol):
    """Photos by number: shards on disk, or shapes drawn on the fly."""

    @property
    def sources(self) -> Sequence[str]:
        """The source of each photo, in order; as long as there are photos."""
        ...

    def __getitem__(self, index: int) -> Photo:
        """Decode one photo."""
        ...


USUAL = ("webp", "jpg", "jpeg", "png")
"""What a photo's picture is where a shard has several files of its name."""

_Place = tuple[int, int]
"""Where in a shard something begins, and how many bytes it has."""


class ShardPhotos:
    """All photos of some tar shards. What is kept is where in the files they lie.

    Parameters
    ----------
    paths
        WebDataset shards: `<source>-<id>.webp` (or another kind of picture) and
        `<source>-<id>.json`; SA-1B's `sa_<id>.jpg` and `sa_<id>.json`.

    Raises
    ------
    DataError
        A path is no tar file, or nothing in it has both a picture and its JSON.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._samples: list[tuple[Path, _Place, _Place]] = []
        self.names: list[str] = []
        self._sources: list[str] = []
        for path in paths:
            self._read(Path(path))
        if not self.names:
            raise DataError(f"no photo with masks in {[str(path) for path in paths]}.")

    def _read(self, path: Path) -> None:
        pairs: dict[str, dict[str, _Place]] = {}
        try:
            with tarfile.open(path, "r:") as tar:
                for member in tar:
                    hidden = member.name.rpartition("/")[2].startswith(".")
                    if member.isfile() and not hidden:
                        key, _, suffix = member.name.rpartition(".")
                        pairs.setdefault(key, {})[suffix] = member.offset_data, member.size
        except (OSError, tarfile.TarError) as error:
            raise DataError(f"{path} cannot be read as a tar shard: {error}.") from error
        for key, parts in pairs.items():
            first = sorted(parts, key=lambda suffix: suffix not in USUAL)
            picture = next((parts[s] for s in first if is_picture_name(f".{s}")), None)
            if picture is not None and "json" in parts:
                self.names.append(key)
                self._sources.append(_source(key.rpartition("/")[2]))
                self._samples.append((path, picture, parts["json"]))

    @property
    def sources(self) -> Sequence[str]:
        """The source of each photo: the first word of its file name."""
        return self._sources

    def __len__(self) -> int:
        return len(self._samples)

    def __getitem__(self, index: int) -> Photo:
        """Decode one photo; its masks are checked, and stay compressed until they are chosen."""
        path, *places = self._samples[index]
        name = f"{self.names[index]} in {path}"
        try:
            with path.open("rb") as file:
                picture, text = (_cut(file, *place) for place in places)
            told = json.loads(text)
            records = list(told["annotations"])
            size = size_of(told.get("image"))
            pixels = image_in(picture, name, size or size_of_masks(records))
        except ImageError as error:
            raise DataError(str(error)) from error
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise DataError(f"{name} cannot be read: {_short(error)}.") from error
        annotations = annotations_of(records, pixels.size, size, name)
        skipped = len(records) - len(annotations)
        return Photo(pixels, annotations, self._sources[index], skipped)


def _short(error: BaseException) -> str:
    if isinstance(error, KeyError | TypeError):
        return "its JSON has no list of annotations"
    nested = isinstance(error, RecursionError)
    return "its JSON is nested deeper than any annotations are" if nested else in_short(error)


def _source(name: str) -> str:
    """Return the word before the first "-", or else before the last "_" as in "sa_1"."""
    return name.partition("-")[0] if "-" in name else name.rpartition("_")[0] or name


def _cut(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


class Joined:
    """Several sets of photos as one."""

    def __init__(self, *sets: Photos) -> None:
        self._sets = sets
        self._sources = [source for each in sets for source in each.sources]
        self._ends = np.cumsum([len(each.sources) for each in sets])

    @property
    def sources(self) -> Sequence[str]:
        """The source of each photo, set after set."""
        return self._sources

    def __getitem__(self, index: int) -> Photo:
        """Decode one photo of one of the sets."""
        number = int(np.searchsorted(self._ends, index, side="right"))
        return self._sets[number][index - int(self._ends[number - 1] if number else 0)]


def training_shards(folder: Path) -> list[Path]:
    """Return the training shards of a data folder, `train-*.tar`; the validation shard never.

    Raises
    ------
    DataError
        The folder has none.
    """
    shards = sorted(Path(folder).glob("train-*.tar"))
    if not shards:
        raise DataError(f"{folder} has no train-*.tar; without data, use --demo.")
    return shards


def photo_weights(sources: Sequence[str]) -> NDArray[np.float64]:
    """Return each photo's chance to be drawn, (photos,) float64 with sum 1.

    A source is drawn by the square root of how many photos it has, times `FLATTENED`, so that the
    large ones lead without burying the small; within a source all photos are equal.
    """
    counts = Counter(sources)
    weights = np.array([FLATTENED.get(s, 1.0) * counts[s] ** -0.5 for s in sources])
    normalised: NDArray[np.float64] = weights / weights.sum()
    return normalised


class Draw:
    """Photo numbers by chance, each by its `photo_weights`."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._edges = np.cumsum(photo_weights(sources))

    def __call__(self, rng: np.random.Generator) -> int:
        """Return the number of one photo."""
        drawn = int(np.searchsorted(self._edges, rng.random() * self._edges[-1], side="right"))
        return min(drawn, len(self._edges) - 1)
