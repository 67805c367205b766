"""One photo's work, wherever it is done: read, annotated, written; and what came of it.

A worker needs no more than a Job and a name. Which photos, and who works, is decided elsewhere.
"""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.formats.annotated import relative
from sam_widget.images import ImageError, read_image
from sam_widget.segment.everything.funnel import Funnel
from sam_widget.segment.loaded import segmenter_of

from .automatic import annotated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.segment.loaded import AnyModel

    from .automatic import Settings
    from .places import Place


OTHER_WEIGHTS = (
    "The model {} has other weights than the one that made what is in {}: name another output, or"
    " say resume=False to do all anew."
)


@dataclass(frozen=True)
class Done:
    """What came of one photo.

    Attributes
    ----------
    name : str
        The photo's, relative to its folder.
    failed : str
        Why there is no result, in one sentence; empty where there is one.
    width, height : int
        Of the photo in pixels.
    written : int
        Bytes of its result.
    reading, looking, writing : float
        Seconds: until the pixels were there; of the model; until the result was.
    model, key, device : str
        The model's name, its fingerprint, and what it ran on.
    worker : str
        The machine and the process.
    at : float
        When, in seconds since 1970.
    least_iou, least_stability : float
        The thresholds that the filters had: the model's own where the settings name none.
    funnel : Funnel
    """

    name: str
    failed: str = ""
    width: int = 0
    height: int = 0
    written: int = 0
    reading: float = 0.0
    looking: float = 0.0
    writing: float = 0.0
    model: str = ""
    key: str = ""
    device: str = ""
    worker: str = ""
    at: float = 0.0
    least_iou: float = 0.0
    least_stability: float = 0.0
    funnel: Funnel = Funnel()  # noqa: RUF009  it is frozen

    @property
    def seconds(self) -> float:
        """What it took altogether."""
        return self.reading + self.looking + self.writing


@dataclass(frozen=True)
class Job:
    """What is the same for every photo of a sitting.

    Attributes
    ----------
    photos : Place
        What names are relative to.
    output : Place
        Where results go.
    model : str, Path, pair of them, Segmenter or Sam
        Where several processes work, a name or files that each of them can reach.
    settings : Settings
    parts : str
        The folder, in ``.sam_widget``, in which results are begun.
    weights : str
        What ``weights_of`` the model's fingerprint must be; empty where nobody has said.
    """

    photos: Place
    output: Place
    model: AnyModel
    settings: Settings
    parts: str
    weights: str = ""

    def read(self, name: str) -> Read:
        """Read a photo."""
        start = time.perf_counter()
        try:
            if relative(name) != name:
                raise ImageError("its name has backslashes; rename it.")
            pixels = read_image(self.photos.read(name)).pixels
        except SamError as error:
            return Read(name, None, time.perf_counter() - start, f"{name}: {error}")
        return Read(name, pixels, time.perf_counter() - start)

    def finish(self, read: Read) -> Done:
        """Annotate a photo that is read, and write its result.

        Raises
        ------
        CheckpointError
            The model cannot be had.
        SamError
            It has other weights than it must have.
        PlaceError
            The result cannot be written.
        """
        worker = f"{platform.node()}:{os.getpid()}"
        if read.pixels is None:
            return Done(read.name, read.failed, reading=read.seconds, worker=worker, at=time.time())
        segmenter = segmenter_of(self.model)
        if self.weights not in ("", weights_of(segmenter.key)):
            raise SamError(OTHER_WEIGHTS.format(segmenter.name, self.output))
        search = self.settings.searching(segmenter.thresholds)
        start = time.perf_counter()
        said, funnel = annotated(segmenter, read.pixels, self.settings, read.name)
        drawn = time.perf_counter()
        data = json.dumps(sa1b.to_json(said), ensure_ascii=False, allow_nan=False)
        written = data.encode("utf-8", "backslashreplace")
        self.output.write(result_of(read.name), written, self.parts)
        end = time.perf_counter()
        return Done(
            read.name,
            "",
            *said.size,
            len(written),
            round(read.seconds, 4),
            round(drawn - start, 4),
            round(end - drawn, 4),
            segmenter.name,
            segmenter.key,
            str(segmenter.device),
            worker,
            round(time.time(), 3),
            search.pred_iou_thresh,
            search.stability_score_thresh,
            funnel,
        )

    def __call__(self, name: str) -> Done:
        """Do all of one photo's work."""
        return self.finish(self.read(name))


@dataclass(frozen=True, eq=False)
class Read:
    """A photo that was read, (H, W, 3) uint8 RGB, in so many seconds; or why it was not."""

    name: str
    pixels: NDArray[np.uint8] | None
    seconds: float
    failed: str = ""


def weights_of(key: str) -> str:
    """Return what of a fingerprint is the weights' own, whatever they are computed in."""
    return key.partition("-")[0]


def result_of(name: str) -> str:
    """Return the name of a photo's result: "mugs/a.jpg" has "mugs/a.json"."""
    return str(PurePosixPath(name).with_suffix(".json"))
