"""A folder annotated without a click, and gone on with where it stopped. Does no photo itself."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.images import ImageError
from sam_widget.models.names import called, is_name
from sam_widget.models.packaged import DEFAULT
from sam_widget.progress import progress_bar
from sam_widget.reports.here import versions

from .automatic import Settings
from .job import OTHER_WEIGHTS, Done, Job, result_of, weights_of
from .ledger import Ledger, Sitting, forget, sitting_name, sittings
from .places import OWN, Photos, Place
from .run import Run, told_settings
from .workers import crew_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from sam_widget.segment.loaded import AnyModel


def annotate(
    photos: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    client: Any = None,
    *,
    model: AnyModel = DEFAULT,
    settings: Settings | None = None,
    resume: bool = True,
    progress: bool = True,
) -> Run:
    """Annotate every photo of a folder without a click: the fully automatic stage, at any scale.

    Each photo's masks are written as they are found, in SA-1B's JSON under the photo's own name,
    whole or not at all. Interrupted, killed, or with a part of its cluster lost, it leaves what is
    written, and the same call goes on from there: no photo is left out, none is there twice. A
    photo that cannot be read stops nothing; it is told at the end, and tried again next time.

    Parameters
    ----------
    photos : str or Path
        A folder with all below it, a glob ("photos/**/*.jpg"), or one photo; here or at any address
        that fsspec knows and has a package for: "s3://bucket/photos", "gs://...", "memory://...".
    output : str or Path, optional
        The folder that results go to, "mugs/a.jpg" as "mugs/a.json"; an address will do as well.
        By default the photos' own, as SA-1B has it.
    client : distributed.Client, optional
        A Dask cluster that does the work (``sam_widget[cluster]``); without it this process does,
        on its GPU where there is one. Each worker loads the model once and has a photo a thread;
        with GPUs start one worker for each, as dask-cuda does.
    model : Segmenter, Sam, str or Path
        A model's name or file, or one that is loaded; on a cluster a name or a file that each
        worker can reach.
    settings : Settings, optional
        How to look, and what to leave out.
    resume : bool
        With False all is done anew, in place of what earlier calls left there.
    progress : bool
        Whether to show a bar.

    Returns
    -------
    Run
        What has been done in this output until now: counts, the funnel, seconds, failures; its
        ``report()``. ``Run.read(output)`` has it again later.

    Raises
    ------
    PlaceError
        There is no such folder, or a result cannot be written.
    ImageError
        There is no picture.
    CheckpointError
        As ``load_model``.
    SamError
        Earlier results are of another model or other settings, or of somebody else; or an argument
        is none of these.
    """
    if not isinstance(settings, (Settings, type(None))):
        raise SamError(f"settings are Settings(...), not {shown(settings)}.")
    settings, crew = settings or Settings(), crew_of(client, model)
    source = Photos.of(photos)
    target = source.place if output is None else Place.of(output)
    earlier = sittings(target)
    said = told_settings(settings)
    known = total = 0
    for shelf in shelves(source, target):
        total += len(shelf.names)
        known += len(shelf.done)
    if not total:
        raise ImageError(f"There is no picture (.jpg .png .tif .webp ...) in {shown(str(source))}.")
    if known and not earlier:
        raise SamError(
            f"{target} holds files where results would go, such as {_one(source, target)}, and"
            " nothing that says they are of annotate: name another output."
        )
    sitting = Sitting(
        sitting_name(),
        str(source.place),
        _called(model),
        said,
        crew.said,
        versions().get("sam_widget", ""),
        round(time.time(), 3),
        total,
        known if resume else 0,
    )
    if resume:
        _check_earlier(earlier, sitting, target)
    else:
        _set_aside(source, target, f"before-{sitting.name}")
        forget(target)
    weights = weights_of(next((each.key for each in earlier if resume and each.key), ""))
    ledger = Ledger(target, sitting)
    job = Job(source.place, target, reachable(model), settings, f"parts-{sitting.name}", weights)
    names = (name for shelf in shelves(source, target) for name in shelf.todo)
    try:
        for shelf in shelves(source, target):
            for clash in shelf.clashes:
                ledger.note(clash)
        _work(crew.done(job, names), job, ledger, progress)
    finally:
        ledger.write()
    ledger.write(whole=True)
    target.remove(f"{OWN}/{job.parts}")
    return Run.read(target)


def _work(done: Generator[Done], job: Job, ledger: Ledger, progress: bool) -> None:
    """Have all photos done, each noted as it is; the bar tells how far it is."""
    tqdm = progress_bar()

    masks, weights, sitting = 0, job.weights, ledger.sitting
    bar = tqdm(
        total=sitting.total,
        initial=sitting.known,
        desc="Annotating",
        unit="photo",
        disable=not progress,
    )
    with closing(done), bar:
        for each in done:
            if not each.failed:
                weights = weights or weights_of(each.key)
                if weights_of(each.key) != weights:
                    job.output.set_aside(result_of(each.name), f"other-{sitting.name}")
                    raise SamError(
                        OTHER_WEIGHTS.format(f"{each.model} of {each.worker}", job.output)
                    )
            ledger.note(each)
            masks += each.funnel.kept
            bar.set_postfix(masks=masks, refresh=False)
            bar.update()
            if each.failed and progress:
                tqdm.write(each.failed, file=sys.stderr)


@dataclass(frozen=True)
class Shelf:
    """One folder of photos, and what of it has been done.

    Attributes
    ----------
    folder : str
        Its name below the photos' place.
    names : tuple of str
        Its photos.
    there : frozenset of str
        The names of the files in the same folder of the output.
    """

    folder: str
    names: tuple[str, ...]
    there: frozenset[str]

    @cached_property
    def _results(self) -> Counter[str]:
        return Counter(map(result_of, self.names))

    @property
    def _clear(self) -> list[str]:
        """Photos whose result is theirs alone."""
        return [each for each in self.names if self._results[result_of(each)] == 1]

    @property
    def done(self) -> tuple[str, ...]:
        """Photos, as they are called below their place, that have a result."""
        return tuple(self._called(n) for n in self._clear if result_of(n) in self.there)

    @property
    def todo(self) -> tuple[str, ...]:
        """And those that have none."""
        return tuple(self._called(n) for n in self._clear if result_of(n) not in self.there)

    @property
    def clashes(self) -> tuple[Done, ...]:
        """What is said of photos that have one name but for the suffix: they cannot be done."""
        return tuple(
            Done(
                self._called(name),
                f"{self._called(name)}: another photo would also be written to"
                f" {result_of(self._called(name))}; rename one of them.",
            )
            for name in self.names
            if self._results[result_of(name)] > 1
        )

    def _called(self, name: str) -> str:
        return str(PurePosixPath(self.folder, name))


def shelves(source: Photos, target: Place) -> Iterator[Shelf]:
    """Yield the photos' folders, one at a time, with what the output has now."""
    for folder, names in source.folders():
        yield Shelf(folder, names, frozenset(target.names(folder)))


def reachable(model: AnyModel) -> AnyModel:
    """Return a model's name as another process may read it: a path from the root."""
    if isinstance(model, (str, os.PathLike)) and Path(model).exists():
        return Path(model).absolute()
    return model


def _called(model: AnyModel) -> str:
    return called(model) if is_name(model) else str(getattr(model, "name", type(model).__name__))


def _one(source: Photos, target: Place) -> str:
    done = (each for shelf in shelves(source, target) for each in shelf.done)
    return shown(result_of(next(done)))


def _check_earlier(earlier: tuple[Sitting, ...], now: Sitting, target: Place) -> None:
    """Refuse to go on with what was set up otherwise."""
    for each in earlier:
        if each.settings != now.settings:
            what = f"other settings, {each.settings}"
        elif each.photos != now.photos and target.address not in (each.photos, now.photos):
            what = f"other photos, those in {each.photos}"
        else:
            continue
        raise SamError(
            f"What is in {target} was made with {what}: name another output, or say resume=False"
            " to do all anew."
        )


def _set_aside(source: Photos, target: Place, folder: str) -> None:
    """Move the results of earlier calls out of the way; nothing is deleted."""
    for shelf in shelves(source, target):
        for name in shelf.done:
            target.set_aside(result_of(name), folder)


if __name__ == "__main__":
    from .command import main

    main()
