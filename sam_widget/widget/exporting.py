"""Exporting: what a widget has in the files that others read, and theirs into it. No format."""

from __future__ import annotations

import itertools
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sam_widget.document.plain import carried
from sam_widget.errors import SamError, reason, shown
from sam_widget.folders.places import place_of
from sam_widget.formats import sa1b
from sam_widget.formats.annotated import Annotated, relative
from sam_widget.formats.errors import DataError
from sam_widget.formats.sizes import why
from sam_widget.images import is_picture_name
from sam_widget.made import Made
from sam_widget.paths import as_path

from . import acts
from .exports import Exported
from .finished import Masks
from .objects_by_hand import ObjectsByHand
from .outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sam_widget.folders.photos import Photo
    from sam_widget.formats.loss import Loss
    from sam_widget.regions import Region

    from .album import Album
    from .desk import Desk
    from .exports import Export
    from .link import Link

EXPORTS = Path("annotations")  # where pages' exports go, each in a folder of its own
UNNAMED = "image.jpg"  # a photo that came as pixels
SUFFIXES = {
    ".json": ("sa1b", {}),
    ".geojson": ("geojson", {}),
    ".npz": ("npz", {}),
    ".tif": ("label_image", {"suffix": ".tif"}),
    ".png": ("label_image", {"suffix": ".png"}),
}
"""The format of one file by its suffix, where none is named."""


class Exporting(ObjectsByHand):
    """A widget whose objects go to files and come from them."""

    _desk: Desk | None
    _link: Link | None
    _album: Album | None
    _called = ""  # the photo's file name, where it came from a file
    photo: str | None

    def export(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,  # noqa: A002  the field's word for it
        *,
        name: str | None = None,
        **choices: Any,
    ) -> Loss:
        """Write the accepted objects as others read them; of many photos, those of all.

        ``w.export("masks/", "labelme")``, ``w.export("instances.json", "coco")``,
        ``w.export("mug.geojson", detail=1.5)``.

        Parameters
        ----------
        path : str or path
            A folder, with a file for each photo in it; or, of one photo, the file itself.
        format : str, optional
            "sa1b", "coco", "labelme", "geojson", "yolo", "voc", "label_image", "npz" or
            "cutouts". By default by the file's suffix: ``.json`` is SA-1B's, ``.tif`` and ``.png``
            are label images; in a folder SA-1B's.
        name : str, optional
            The photo's file name, by which others look for it; by default what it was read from.
        **choices
            The format's own, such as ``detail``: see ``sam_widget.write_annotations``.

        Returns
        -------
        Loss
            Which object does not come back as it is, and what the format has no room for.

        Raises
        ------
        DataError
            There is no such format or choice, or a file cannot be written: one sentence.
        EditError
            There is no image.
        """
        given = as_path(path)
        suffix = given.suffix.lower()
        chosen, own = SUFFIXES.get(suffix, ("sa1b", {})) if format is None else (format, {})
        images = list(self._annotated(name, given))
        if chosen == "cutouts":
            choices.setdefault("pictures", self._pictures(images))
        one = suffix in SUFFIXES and chosen != "coco" and not given.is_dir()
        from sam_widget.formats.doors import write_annotations  # noqa: PLC0415  nine formats

        write = _one_file if one else write_annotations
        loss = write(images, given, chosen, **(own | choices))
        if self.document.open_object() is None:
            return loss
        return replace(loss, notes=(*loss.notes, "The open object is left out: accept it first."))

    def load(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,  # noqa: A002  the field's word for it
        *,
        name: str | None = None,
        **choices: Any,
    ) -> tuple[str, ...]:
        """Add what a file, or a folder, says of this photo, as accepted objects: exact, one undo.

        Parameters
        ----------
        path : str or path
        format : str, optional
            As ``export`` takes it; by default what the files look like.
        name : str, optional
            The photo's file name there; by default its own. Files of one photo need none.
        **choices
            The format's own: see ``sam_widget.read_annotations``.

        Returns
        -------
        tuple of str
            The new objects' ids. Empty masks are left out.

        Raises
        ------
        DataError
            Nothing is there, it contradicts itself, or it is of another photo: one sentence, and
            nothing changed.
        EditError
            There is no image.
        """
        image = acts.image_of(self.document)
        size = (image.width, image.height)
        wanted = name or self.photo or self._called
        from sam_widget.formats.doors import read_annotations  # noqa: PLC0415  nine formats

        found = _of_this(read_annotations(path, format, **choices), wanted, str(path))
        if found.size != size:
            raise DataError(
                f"{path} has masks of {found.size[0]} x {found.size[1]} px, the photo is of"
                f" {size[0]} x {size[1]}: {why(found.size, size)}."
            )
        return self.add_objects([_imported(each) for each in found.regions if each.area])

    def _export_for(self, asked: Export) -> None:
        """Write what is accepted where a page finds it, into a new folder: no file is replaced."""
        link = self._link
        if link is None:
            return
        stem = PurePosixPath(self.photo or self._called or UNNAMED).stem
        path: Path | None = None
        try:
            if self._album is None and not any(each.locked for each in self.outcome.objects):
                raise DataError("There is nothing to export yet: accept a mask first.")
            path = _new(f"{'photos' if self._album else stem}-{asked.format}")
            loss = self.export(path, asked.format)
        except SamError as error:
            if path is not None:
                with suppress(OSError):
                    path.rmdir()  # nothing is in it
            link.say(Exported(asked.client, asked.format, why=carried(str(error))))
            return
        counts = loss.images, loss.objects, len(loss.lost), loss.mean_iou
        said = tuple(map(carried, loss.unsaid)), tuple(map(carried, loss.notes))
        where = carried(path.as_posix())
        link.say(Exported(asked.client, asked.format, where, "", *counts, *said))

    def _annotated(self, name: str | None, path: Path) -> Iterator[Annotated]:
        """Yield what is accepted: of the photo that is shown, else of each that is known."""
        image = acts.image_of(self.document)
        regions = tuple(each for each in self.outcome.objects if each.locked)
        if self._album is not None and name is None:
            shown_ = Annotated(relative(self.photo), (image.width, image.height), regions)
            yield from _of_all(self._album, shown_)
            return
        stem = f"{path.stem}.jpg" if path.suffix else UNNAMED
        own = relative(name or self.photo or self._called or stem)
        yield Annotated(own, (image.width, image.height), regions)

    def _pictures(self, images: Iterable[Annotated]) -> dict[str, Any]:
        known = () if self._album is None else self._album.roll.known
        sources = {each.name: each.source for each in known}
        return {each.name: sources.get(each.name, self.image) for each in images}


def called(image: Any) -> str:
    """Return the file name of a photo that is given by its path; else nothing."""
    try:
        path = Path(os.fspath(image)) if isinstance(image, str | os.PathLike) else None
    except TypeError:
        path = None
    return "" if path is None or not is_picture_name(path.name) else path.name


def _new(name: str) -> Path:
    """Make a folder that was not there, for an export of this name."""
    for number in itertools.count(1):
        path = EXPORTS / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir(parents=True)
        except FileExistsError:
            if not EXPORTS.is_dir():
                raise DataError(f"{EXPORTS} is no folder: move it away first.") from None
        except OSError as error:
            raise DataError(f"{path} cannot be written: {reason(error)}.") from error
        else:
            return path
    raise AssertionError


def _of_all(album: Album, now: Annotated) -> Iterator[Annotated]:
    """Yield what is accepted on each photo that an album knows, as it was written."""
    for photo in album.roll.known:
        if photo.name == now.name:
            yield now
            continue
        found = _kept(album, photo) or _written(album, photo)
        if found is not None:
            yield found


def _kept(album: Album, photo: Photo) -> Annotated | None:
    session = album.sessions.get(photo.name)
    if session is None:
        return None
    image = acts.image_of(session.document)
    objects = Outcome(session.document, Masks(session.blobs)).objects
    regions = tuple(each for each in objects if each.locked)
    return Annotated(relative(photo.name), (image.width, image.height), regions)


def _written(album: Album, photo: Photo) -> Annotated | None:
    """Return what lies beside a photo that is not shown: written here, or by ``annotate``."""
    entry, place = album.entry(photo), place_of(photo, album.output)
    if place is None:
        return None
    path = place.json.with_name(entry.file) if entry.file else place.json
    if not entry.file and not _is_sa1b(path):
        return None
    return replace(sa1b.read_one(path), name=relative(photo.name))


def _is_sa1b(path: Path) -> bool:
    try:
        from sam_widget.formats.doors import format_of  # noqa: PLC0415  nine formats

        return path.is_file() and format_of(path) == "sa1b"
    except DataError:
        return False


def _one_file(images: list[Annotated], path: Path, chosen: str, **choices: Any) -> Loss:
    """Write one photo's annotations to a file of this very name, whole or not at all."""
    if len(images) != 1:
        raise DataError(f"{path} is one file, and there are {len(images)} photos: name a folder.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix=".sam_widget-") as folder:
            from sam_widget.formats.doors import write_annotations  # noqa: PLC0415  nine formats

            loss = write_annotations(images, folder, chosen, **choices)
            there = [each for each in Path(folder).rglob("*") if each.is_file()]
            if [each.suffix for each in there] != [path.suffix.lower()]:
                raise DataError(f"{chosen} is no file of the name {path.name}: name a folder.")
            there[0].replace(path)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {reason(error)}.") from error
    return loss


def _of_this(images: Iterable[Annotated], name: str, path: str) -> Annotated:
    """Return the one that is of a photo: by its name, by the last part of it, or the only one."""
    there = list(images)
    last = PurePosixPath(name).name
    stem = PurePosixPath(last).stem
    for fits in (
        lambda each: each.name == name,
        lambda each: PurePosixPath(each.name).name == last,
        lambda each: PurePosixPath(each.name).stem == stem,
    ):
        found = [each for each in there if name and fits(each)]
        if len(found) == 1:
            return found[0]
    if len(there) == 1:
        return there[0]
    if not there:
        raise DataError(f"{path} says nothing of any photo.")
    some = ", ".join(each.name for each in there[:3])
    what = f"none of which is {shown(name)}" if name else "and this one has no name"
    raise DataError(f"{path} is of {len(there)} photos, {some}..., {what}: say which by name.")


def _imported(region: Region) -> Region:
    return region if region.made else replace(region, made=Made(stage="imported"))
