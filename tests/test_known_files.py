"""A file that cannot be taken is called what it is, by its bytes before its name."""

import io
import json
import pickle
import re
import tarfile
import zipfile

import numpy as np
import pytest
import torch
from safetensors.torch import save

from sam_widget.known_files import KINDS, kind_of, refusal


def zipped(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def written(write):
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return out.getvalue()


FILES = {
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0",
    "raw": b"II*\0\x10\0\0\0CR\2\0",
    "DICOM": bytes(128) + b"DICM",
    "NIfTI": b"\x5c\x01\0\0" + bytes(340) + b"n+1\0",
    ".npy": written(lambda out: np.save(out, np.zeros(3))),
    ".npz": written(lambda out: np.savez(out, a=np.zeros(3))),
    "HDF5": b"\x89HDF\r\n\x1a\n",
    "SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "PDF": b"%PDF-1.7",
    "video": b"\0\0\0\x20ftypisom\0\0\2\0",
    "web page": b"<!DOCTYPE html><html></html>",
    "LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:00",
    "PyTorch": written(lambda out: torch.save({"a": torch.zeros(2)}, out)),
    "safetensors": save({"a": torch.zeros(2)}),
    "pickle": pickle.dumps({"a": [1]}),
    "zip": zipped("a.txt"),
    "tar": tarred(),
    "JSON": json.dumps({"images": []}).encode(),
}


@pytest.mark.parametrize(("word", "data"), FILES.items(), ids=FILES)
@pytest.mark.parametrize("name", ["a.jpg", "a.pth", "weights"])
def test_the_first_bytes_decide(word, data, name):
    kind = kind_of(data, name)
    assert kind is not None
    assert word in kind.what


def test_the_suffix_decides_where_no_bytes_do():
    assert "Leica" in kind_of(b"\x70\0\0\0", "cells.LIF").what
    assert kind_of(b"\1\2\3\4", "cells.unheard") is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
@pytest.mark.parametrize("wanted", ["an image", "a model's weights"])
def test_every_refusal_is_one_sentence(kind, wanted):
    name = f"photo{kind.suffixes[0]}" if kind.suffixes else "photo"
    for data in (b"\1\2\3\4", b"milk, bread", b"", *FILES.values()):
        said = refusal(name, data, wanted)
        assert said.startswith(name)
        assert said.endswith(".")
        assert not re.search(r"\. [A-Z]|\n|\.\.$", said)
