"""The page that needs no kernel, as files: HTML, a decoder that pages share, parts for a site.

Text alone: what a model says and what a photo is come as bytes. The page's own code is
``static/standalone.js``, from ``js/src/standalone``.
"""

from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PHOTO, DECODER = "sam-photo", "sam-decoder"
"""The ids of the elements that hold the two files."""

FIRST = "// A decoder of sam_widget, shared by the pages beside it. Model: "
"""How a shared decoder's first line begins; the model's key ends it."""

STYLE = """\
:root { color-scheme: light dark; }
:root.light { color-scheme: light; }
:root.dark { color-scheme: dark; }
body { max-width: 1240px; margin: 0 auto; padding: 12px; background: Canvas; }
"""


def page(
    values: Mapping[str, Any], photo: bytes, decoder: bytes | str, code: str, theme: str
) -> bytes:
    """Return an HTML file that asks for nothing from elsewhere.

    Parameters
    ----------
    values : mapping
        What ``js/src/standalone/index.ts`` says of its model, the two files aside.
    photo : bytes
        As ``segment.portable.photo_file`` returns it.
    decoder : bytes or str
        As ``segment.portable.decoder_file`` returns it; or the address of a script beside the page
        that brings it, as ``shared`` makes one.
    code : str
        The module.
    theme : {"auto", "light", "dark"}
    """
    told = {**values, "photo": f"#{PHOTO}", "decoder": f"#{DECODER}"}
    beside = "" if isinstance(decoder, bytes) else f'<script src="{escape(decoder)}"></script>\n'
    held = _base64(decoder) if isinstance(decoder, bytes) else ""
    return (
        f'<!doctype html>\n<html class="{escape(theme)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{escape(str(values['name']))}</title>\n<style>\n{STYLE}</style>\n</head>\n"
        '<body>\n<main id="sam"></main>\n'
        f'<script type="text/plain" id="{PHOTO}">{_base64(photo)}</script>\n'
        f'<script type="text/plain" id="{DECODER}">{held}</script>\n'
        f'{beside}<script type="module">\n'
        f'import widget from "data:text/javascript;base64,{_base64(code.encode())}";\n'
        f"const values = {_json(told)};\n"
        'const el = document.getElementById("sam");\n'
        "widget.render({ model: { get: (name) => values[name] }, el });\n"
        "</script>\n</body>\n</html>\n"
    ).encode()


def shared(decoder: bytes, key: str) -> bytes:
    """Return a decoder as the script that pages beside it take it from, from a file as well."""
    where = f'document.getElementById("{DECODER}").textContent'
    return f'{FIRST}{key}\n{where} = "{_base64(decoder)}";\n'.encode()


def shared_key(script: bytes) -> str | None:
    """Return of which model a shared decoder is; None where a file is none."""
    first = script.split(b"\n", 1)[0].decode("utf-8", "replace")
    return first.removeprefix(FIRST) if first.startswith(FIRST) else None


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _json(values: Mapping[str, Any]) -> str:
    """Return JSON that may stand in a script: nothing in it ends one."""
    return json.dumps(values).replace("<", "\\u003c")
