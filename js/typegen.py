"""Writes what js/src has from Python: `python js/typegen.py`. No choices.

``protocol.ts`` is the kernel's dataclasses, ``palette.ts`` the objects' colours, ``keymap.ts`` what
keys do.
"""

import types
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from sam_widget.document.corrections import Correction
from sam_widget.document.plain import schema_of
from sam_widget.document.records import Prompt, Record
from sam_widget.widget import protocol
from sam_widget.widget.keymap import KEYS
from sam_widget.widget.palette import PALETTE

TARGET = Path(__file__).parent / "src"

HEAD = """\
// Generated from sam_widget/widget/protocol.py by `python js/typegen.py`; do not edit.
// Every message between a page and the kernel, and the records that they carry. Types, and what
// of them a page must know while it runs.
"""
COLOURS = """\
// Generated from sam_widget/widget/palette.py by `python js/typegen.py`; do not edit.

/** Okabe and Ito's: red, green, blue, 0 to 255; `Object.color` counts in it, round and round. */
"""
KEYMAP = """\
// Generated from sam_widget/widget/keymap.py by `python js/typegen.py`; do not edit.

/** What keys do, and the physical keys that do it unless a person says otherwise. */
"""
SINGLE = """\
/** The kinds of prompt, and whether an object has one at most: another takes its place. */
"""
SCALARS = {str: "string", float: "number", int: "number", bool: "boolean", types.NoneType: "null"}
ASIDES = get_args(protocol.Aside) or (protocol.Aside,)
UNIONS = {
    frozenset(get_args(Record)): ("AnyRecord", "What a document holds."),
    frozenset(get_args(Correction)): ("Correction", "What a person does to a mask by hand."),
    frozenset(get_args(Prompt)): ("Prompt", "What a person says of an object, one class a kind."),
    frozenset(ASIDES): ("Aside", "What a page says on a side road: no step of the document's."),
    frozenset(get_args(protocol.FromPage)): ("FromPage", "What a page says to the kernel."),
    frozenset(get_args(protocol.FromKernel)): ("FromKernel", "What the kernel says to pages."),
}


def generate() -> dict[str, str]:
    """Return the files by name, the same for the same classes."""
    parts: dict[str, str] = {}
    for form in (Record, Prompt, Correction, protocol.FromPage, protocol.FromKernel):
        _declare(form, parts)
    _union(ASIDES, parts)
    constant = f"export const PROTOCOL = {protocol.PROTOCOL};\n"
    return {
        "protocol.ts": "\n".join([HEAD, constant, *parts.values(), _single()]),
        "palette.ts": _palette(),
        "keymap.ts": _keymap(),
    }


def _single() -> str:
    rows = [f"  {kind.tag}: {str(kind.single).lower()},\n" for kind in get_args(Prompt)]
    form = '{ readonly [kind in Prompt["type"]]: boolean }'
    return f"{SINGLE}export const SINGLE: {form} = {{\n{''.join(rows)}}};\n"


def _keymap() -> str:
    rows = []
    for name, codes in KEYS.items():
        own = ", ".join(f'"{code}"' for code in codes)
        rows.append(f"  {name}: [{own}],\n")
    kinds = "".join(f'\n  | "{name}"' for name in KEYS)
    form = "{ readonly [name in KeyName]: readonly string[] }"
    listed = f"export const KEYS: {form} = {{\n{''.join(rows)}}};\n"
    return f"{KEYMAP}{listed}\nexport type KeyName ={kinds};\n"


def _palette() -> str:
    rows = [f"  [{', '.join(map(str, colour))}],\n" for colour in PALETTE]
    form = "readonly (readonly [number, number, number])[]"
    return f"{COLOURS}export const PALETTE: {form} = [\n{''.join(rows)}];\n"


def _declare(form: Any, parts: dict[str, str]) -> str:
    """Return a form's name or expression in TypeScript, adding declarations it needs to parts."""
    if form in SCALARS:
        return SCALARS[form]
    if is_dataclass(form):
        if form.__name__ not in parts:
            declared = _interface(form, parts)  # first: what it needs stands above it
            parts[form.__name__] = declared
        return form.__name__
    origin, arguments = get_origin(form), get_args(form)
    if origin in (Union, types.UnionType):
        return _union(arguments, parts)
    if origin is tuple:
        each = _declare(arguments[0], parts)
        return f"readonly ({each})[]" if " | " in each else f"readonly {each}[]"
    if origin is Mapping:
        return f"{{ readonly [id: string]: {_declare(arguments[1], parts)} }}"
    if origin is not Literal:
        raise TypeError(f"{form} has no counterpart in TypeScript yet.")
    return " | ".join(f'"{each}"' for each in arguments)


def _union(members: tuple[Any, ...], parts: dict[str, str]) -> str:
    expression = " | ".join(_declare(each, parts) for each in members)
    if frozenset(members) not in UNIONS:
        return expression
    name, says = UNIONS[frozenset(members)]
    parts.setdefault(name, f"/** {says} */\nexport type {name} = {expression};\n")
    return name


def _interface(form: Any, parts: dict[str, str]) -> str:
    rows = [f'  readonly type: "{form.tag}";'] if hasattr(form, "tag") else []
    for name, each in schema_of(form).items():
        rows.append(f"  readonly {name}: {_declare(each, parts)};")
    body = "\n".join(rows)
    return f"{_comment(form)}export interface {form.__name__} {{\n{body}\n}}\n"


def _comment(form: Any) -> str:
    """Turn a docstring into a comment, less the list of attributes: the interface shows them."""
    prose = form.__doc__.split("\n\n    Attributes")[0].replace("``", "`")
    rows = [row.strip() for row in prose.strip().splitlines()]
    if len(rows) == 1:
        return f"/** {rows[0]} */\n"
    return "\n".join(["/**", *(f" * {row}".rstrip() for row in rows), " */"]) + "\n"


if __name__ == "__main__":
    for name, text in generate().items():
        (TARGET / name).write_text(text, encoding="utf-8")
        print(f"{TARGET / name} written")
