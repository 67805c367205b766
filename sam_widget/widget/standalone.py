"""Pages that stay alive without a kernel, asked for and written. None of their text."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Any

from sam_widget.document.edits import EditError
from sam_widget.errors import SamError, shown
from sam_widget.formats.files import read_bytes, write_bytes
from sam_widget.images import Picture
from sam_widget.paths import as_path

from . import acts
from .channel import STATIC
from .exporting import Exporting
from .standalone_page import page, shared_key
from .standalone_page import shared as shared_script

MODULE = "standalone.js"
HUGE = "A page holds one embedding of a photo, and a huge picture is read in windows: take a part."


class Standalone(Exporting):
    """A widget that is also given away as a page, which answers clicks in the browser."""

    height: Any
    theme: Any
    _name: str

    def save_html(
        self, path: str | os.PathLike[str], *, shared: str | os.PathLike[str] | None = None
    ) -> Path:
        """Write the photo as one HTML file that answers clicks and boxes in the browser.

        It needs neither a kernel nor a network: the photo's embedding, the model's decoder and the
        page's code are in it (10 MB of decoder, and 2 to 4 MB of embedding; float16 in base64).
        The masks are Python's to one pixel in a thousand. Opened from a disk or from any server.

        Parameters
        ----------
        path : str or path
            The file, ``.html``; its folder is made where there is none.
        shared : str or path, optional
            A file name beside it, ``decoder.js``: the decoder is written there, once, and several
            pages in the folder share it.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        SamError
            There is no photo, it is read in windows, the model is not a SAM of this package, or
            ``shared`` is no such name or has another model's decoder.
        DataError
            A file cannot be written.
        """
        target = as_path(path)
        if target.suffix.lower() not in (".html", ".htm"):
            raise SamError(f"A page is a file whose name ends in .html, not {shown(str(path))}.")
        script = None if shared is None else _beside(shared)
        decoder, photo, key = self._alone()
        if script is not None:
            _share(target.parent / script, shared_script(decoder, key), key)
        values = {"name": self._stem(target), "height": self.height, "theme": self.theme}
        code = (STATIC / MODULE).read_text(encoding="utf-8")
        write_bytes(target, page(values, photo, script or decoder, code, self.theme))
        return target

    def save_parts(self, folder: str | os.PathLike[str]) -> dict[str, Any]:
        """Write what a static site mounts: the module, the decoder and the photo, as files.

        For MyST's ``{anywidget}`` directive, and for whatever else mounts an anywidget module:
        ``standalone.js``, ``MODEL.decoder.safetensors``, which photos of the same model share, and
        ``PHOTO.MODEL.safetensors``, the picture with its embedding.

        Parameters
        ----------
        folder : str or path
            Made where there is none.

        Returns
        -------
        dict
            What the module wants of its model, JSON: file names in ``photo`` and ``decoder``, to
            be given as addresses, and ``name``, ``height``, ``theme``.

        Raises
        ------
        SamError, DataError
            As ``save_html``.
        """
        target = as_path(folder)
        decoder, photo, _ = self._alone()
        name = self._stem(Path("photo"))
        model = PurePath(self._name).stem
        told = {"photo": f"{name}.{model}.safetensors", "decoder": f"{model}.decoder.safetensors"}
        module = (STATIC / MODULE).read_bytes()
        for file, data in ((MODULE, module), (told["photo"], photo), (told["decoder"], decoder)):
            write_bytes(target / file, data)
        return {**told, "name": name, "height": self.height, "theme": self.theme}

    def _alone(self) -> tuple[bytes, bytes, str]:
        """Return decoder and photo as files and the model's key, where a page can be made."""
        from sam_widget.segment.portable import (  # noqa: PLC0415  brings torch
            decoder_file,
            decoding,
            photo_file,
        )

        acts.image_of(self.document)
        if self._desk is None:
            raise EditError("This widget is closed, or its cell ran again: make another.")
        picture = self._desk.keeping.picture
        if not isinstance(picture, Picture):
            raise SamError(HUGE)
        model = decoding(self._desk.model.load(lambda _: None))
        return decoder_file(model), photo_file(model, picture.pixels), model.key

    def _stem(self, target: Path) -> str:
        return PurePath(self.photo or self._called or target.name).stem


def _beside(given: str | os.PathLike[str]) -> str:
    """Return the name of a script beside a page; SamError where it is another kind of thing."""
    name = os.fspath(given)
    if PurePath(name).name != name or not name.endswith(".js"):
        raise SamError(
            f"What pages share is a file beside them that ends in .js, not {shown(name)}: a page"
            " that is opened from a disk may load scripts alone."
        )
    return name


def _share(path: Path, script: bytes, key: str) -> None:
    """Write what pages share, unless it is there; SamError where another model's is."""
    if path.is_file():
        there = shared_key(read_bytes(path))
        if there == key:
            return
        raise SamError(
            f"{path} is not this model's decoder, and other pages may need it: name another file."
        )
    write_bytes(path, script)
