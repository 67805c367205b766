"""Where a widget's work is kept: in memory alone, or in a folder that it goes on in. Draws nothing.

A folder holds one photo, as a lossless PNG ``images/<image id>-<hash of its pixels>.png``, beside
the journal of what was done on it; of a photo that is read in windows its path, in
``images/<image id>-<what stands for its pixels>.path``. The photo is written before the line that
opens it, each whole or not at all, so a process that is killed leaves at most a photo that nothing
is done on yet.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sam_widget.document.journal import Journal, JournalError, write_whole
from sam_widget.document.records import Image, new_id
from sam_widget.errors import in_short, reason, shown
from sam_widget.images import ImageError, encode_for_display, read_image
from sam_widget.images.huge import read_huge
from sam_widget.paths import as_path

from . import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from sam_widget.document.session import Session
    from sam_widget.images.huge import AnyPicture

IMAGES = "images"
READERS: Mapping[str, Callable[[Path], AnyPicture]] = {
    ".png": read_image,
    ".path": lambda path: read_huge(path.read_text()),
}


class Keeping(Protocol):
    """Where the work on a photo is kept.

    Attributes
    ----------
    folder : Path or None
        None for none.
    picture : Picture or None
        The photo at work.
    """

    folder: Path | None
    picture: AnyPicture | None

    def open(self, picture: AnyPicture) -> None:
        """Have the session work on this photo."""
        ...

    def kept(self) -> bool:
        """Whether nothing that was done would be lost with this."""
        ...

    def close(self) -> None:
        """Let go of the photo and of the folder."""
        ...


class InMemory:
    """A session that is kept nowhere else; every photo begins anew."""

    folder: Path | None = None

    def __init__(self, session: Session, picture: AnyPicture | None) -> None:
        self.picture: AnyPicture | None = None
        self._session = session
        if picture is not None:
            self.open(picture)

    @classmethod
    def again(cls, session: Session, picture: AnyPicture) -> Self:
        """Go on with a session that has worked on this photo."""
        keeping = cls(session, None)
        session.blobs.put(encode_for_display(picture.shown))
        keeping.picture = picture
        return keeping

    def open(self, picture: AnyPicture) -> None:
        """Begin anew with a photo."""
        _begin(self._session, new_id(), picture)
        self.picture = picture

    def kept(self) -> bool:
        """Whether nothing would be lost: the session is the caller's."""
        return True

    def close(self) -> None:
        """Let go of the photo."""
        self.picture = None


class InFolder:
    """A session that goes on in a folder, and has it to itself until it is closed.

    Parameters
    ----------
    folder : Path
        As ``folder_of`` returns it; made where it is not there yet.
    session : Session
        One that has nothing yet: it gets what the folder holds.
    picture : Picture or None
        The folder's own photo, or the one to begin with; None for whatever is there.
    tell : callable
        Takes a sentence each time that a change cannot be written.

    Raises
    ------
    JournalError
        The folder is another photo's, is somebody's at this moment, is damaged, or cannot be
        written to.
    """

    ends = tuple(READERS)

    def __init__(
        self,
        folder: Path,
        session: Session,
        picture: AnyPicture | None,
        tell: Callable[[str], None],
    ) -> None:
        self.folder: Path | None = folder
        self.picture: AnyPicture | None = None
        self._images = folder / IMAGES
        self._session = session
        self._journal = Journal(folder, tell)
        try:
            self._journal.replay(session)
            self._journal.follow(session)
            image = session.document.image()
            if picture is None and image is not None:
                picture = self._kept(image)
            if picture is not None:
                self.open(picture)
        except BaseException:
            self.close()
            raise

    def open(self, picture: AnyPicture) -> None:
        """Begin with a photo where there is none yet; with the folder's own, go on.

        Raises
        ------
        JournalError
            It is another one, or cannot be written.
        """
        image, content = self._session.document.image(), picture.content
        if image is None:
            name = new_id()
            self._keep(f"{name}-{content}", picture)
            _begin(self._session, name, picture)
            if self._journal.trouble:
                raise JournalError(self._journal.trouble)
        elif self._path(image).stem != f"{image.id}-{content}":
            raise JournalError(self._another(image))
        elif image.source not in self._session.blobs:  # the page's own copy is gone, or damaged
            self._session.blobs.put(encode_for_display(picture.shown))
        self.picture = picture

    def kept(self) -> bool:
        """Whether all that was done is written; what waits is tried again."""
        self._journal.write()
        return self._journal.trouble is None

    def close(self) -> None:
        """Write what waits, let go of the photo, and leave the folder to others."""
        self._journal.close()
        self.picture = None

    def _path(self, image: Image) -> Path:
        """Return where the photo lies, whose pixels' hash only its name tells."""
        names = os.listdir(self._images) if self._images.is_dir() else []  # noqa: PTH208
        begins = f"{image.id}-"
        for name in names:
            if name.startswith(begins) and name.endswith(self.ends):
                return self._images / name
        raise JournalError(
            f"{self._images} lacks the photo of the work there, {begins}...{self.ends[0]}: put it"
            " back, or name another folder."
        )

    def _another(self, image: Image) -> str:
        return (
            f"{self.folder} holds the work on another photo, {image.width} x {image.height} px,"
            f" {IMAGES}/{self._path(image).name}: go on with that by SamWidget.restore(...), or"
            " name another folder for this one."
        )

    def _kept(self, image: Image) -> AnyPicture:
        path = self._path(image)
        try:
            picture = READERS[path.suffix](path)
        except ImageError as error:
            why = in_short(error)
        else:
            if path.stem == f"{image.id}-{picture.content}":
                return picture
            why = "its pixels have changed"
        raise JournalError(
            f"The photo of the work in {self.folder} is damaged ({why}): give it yourself,"
            " SamWidget(photo, journal=...)."
        )

    def _keep(self, name: str, picture: AnyPicture) -> None:
        suffix, data = self._copy(picture)
        try:
            write_whole(self._images / f"{name}{suffix}", data)
        except OSError as error:
            raise JournalError(
                f"{self.folder} cannot hold the photo: {reason(error)}; make room, or name another"
                " folder."
            ) from error

    def _copy(self, picture: AnyPicture) -> tuple[str, bytes]:
        """Return what is kept of the photo: how its name ends, and bytes."""
        return picture.file()


class BesidePhoto(InFolder):
    """A session on a photo that stays in a file of its own: no second copy of it is kept."""

    ends = (".txt",)  # the file's name alone says which pixels they were

    def _copy(self, picture: AnyPicture) -> tuple[str, bytes]:
        width, height = picture.size
        return self.ends[0], f"{width} x {height} px, in a file of its own\n".encode()

    def _another(self, image: Image) -> str:
        return (
            f"The photo has changed since work on it began: it was {image.width} x {image.height}"
            f" px, with other pixels. Put it back, or move its work away: {self.folder}."
        )


def kept(
    journal: Any, session: Session, picture: AnyPicture | None, tell: Callable[[str], None]
) -> Keeping:
    """Return where a widget's work is kept; its cell's last widget makes room for it.

    Parameters
    ----------
    journal : str, bytes, os.PathLike or None
        A folder, as a user names it.
    session, picture, tell
        As ``InFolder`` takes them.
    """
    if journal is None:
        return InMemory(session, picture)
    folder = folder_of(journal)
    for each in cells.earlier():
        if each.journal == folder:
            each.close()
    return InFolder(folder, session, picture, tell)


def folder_of(given: Any) -> Path:
    """Return the folder that a path stands for, wherever the process goes later.

    Raises
    ------
    JournalError
        It is no path.
    SamError
        It is empty.
    """
    if not isinstance(given, str | bytes | os.PathLike):
        raise JournalError(f"journal is the path of a folder, not {shown(given)}.")
    return Path(os.path.abspath(as_path(given)))  # noqa: PTH100  links stay as they were named


def begun(given: Any) -> Path:
    """Return the folder of a path if some photo's work is in it.

    Raises
    ------
    JournalError
        It is no path, or there is none.
    """
    folder = folder_of(given)
    images = folder / IMAGES
    if not (images.is_dir() and any(any(images.glob(f"*{each}")) for each in READERS)):
        raise JournalError(
            f"There is no work in {folder}: SamWidget(photo, journal=...) begins it."
        )
    return folder


def _begin(session: Session, name: str, picture: AnyPicture) -> None:
    source = session.blobs.put(encode_for_display(picture.shown))
    session.open(Image(name, source, *picture.size, picture.depth))
