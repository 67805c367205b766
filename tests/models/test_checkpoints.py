"""Names and files to models: what is wrong with one is said in a sentence."""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from sam_widget.models.checkpoints import CheckpointError, find, fingerprint, load_model, save_sam
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.mini import build_mini
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit
from sam_widget.models.vit import SIZES, ViTEncoder, ViTSize, build_vit


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    torch.manual_seed(0)
    sam = build_mini(256).eval()
    path = tmp_path_factory.mktemp("weights") / "own.safetensors"
    save_sam(sam, path, {"data": "none"})
    return sam, path


def test_a_mini_comes_back_as_it_was(written):
    sam, path = written
    again = load_model(path, "cpu", "float32")
    assert again.side == 256
    assert not any(p.requires_grad for p in again.parameters())
    x = torch.rand(1, 3, 256, 256)
    expected = sam.image_encoder(x).embedding
    found = again.image_encoder(x).embedding
    assert (expected - found).abs().max() < 0.02 * expected.abs().max()  # fp16 weights


def test_files_are_half_as_large(written):
    sam, path = written
    numbers = sum(p.numel() for p in sam.parameters())
    assert path.stat().st_size < 2.2 * numbers


def test_loading_imports_no_more_than_it_needs():
    """The compiler alone is a second of the time until the first photo's masks."""
    code = (
        "import sys; from sam_widget.models.checkpoints import load_model; load_model('mini');"
        "print({'torch._dynamo', 'huggingface_hub', 'transformers'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_a_file_is_replaced_whole(written, tmp_path):
    """Who has the old one open goes on reading the old one."""
    _, path = written
    place = tmp_path / "own.safetensors"
    place.write_bytes(path.read_bytes())
    with place.open("rb") as before:
        save_sam(build_mini(128), place)
        assert before.read() == path.read_bytes()
    assert load_model(place, "cpu").side == 128
    assert [p.name for p in tmp_path.iterdir()] == ["own.safetensors"]


def test_a_vit_by_path_with_official_keys(tmp_path):
    small = build_vit(SIZES["vit_b"]).eval()
    path = tmp_path / "sam_vit_b.pth"
    torch.save(small.state_dict(), path)
    again = load_model(path, "cpu", "float32")
    key = "image_encoder.blocks.7.attn.qkv.weight"
    assert torch.equal(again.state_dict()[key], small.state_dict()[key])


def small_vit(seed: int = 0) -> Sam:
    torch.manual_seed(seed)
    return Sam(
        ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32), PromptEncoder(64, 32), MaskDecoder(32)
    ).eval()


@pytest.fixture(scope="module")
def vit():
    return small_vit()


def test_each_way_to_save_gives_the_same_model(vit, tmp_path):
    torch.save(vit.state_dict(), tmp_path / "new.pth")
    torch.save(vit.state_dict(), tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    save_file(vit.state_dict(), tmp_path / "a.safetensors")
    (tmp_path / "misnamed.pt").write_bytes((tmp_path / "a.safetensors").read_bytes())
    torch.save(torch.nn.Module.state_dict(vit, keep_vars=True), tmp_path / "with_gradients.bin")
    for path in sorted(tmp_path.iterdir()):
        found = load_model(path, "cpu", "float32")
        assert not found.training, path
        assert not any(p.requires_grad for p in found.parameters()), path
        for key, value in found.state_dict().items():
            assert torch.equal(value, vit.state_dict()[key]), (path, key)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_the_model_computes_in_what_was_asked(vit, tmp_path, dtype):
    path = tmp_path / "vit.safetensors"
    save_file({key: value.half() for key, value in vit.state_dict().items()}, path)
    found = load_model(path, "cpu", dtype)
    assert {p.dtype for p in found.parameters()} == {dtype}
    key = "image_encoder.blocks.1.attn.qkv.weight"
    assert torch.equal(found.state_dict()[key], vit.state_dict()[key].half().to(dtype))


def test_a_loaded_model_does_not_hang_on_its_file(vit, tmp_path):
    """A file overwritten in place, as others' training loops do, must not reach into a model."""
    for name in ("vit.pth", "vit.safetensors"):
        path = tmp_path / name
        if name.endswith(".pth"):
            torch.save(vit.state_dict(), path)
        else:
            save_file(vit.state_dict(), path)
        found = load_model(path, "cpu", "float32")
        with path.open("r+b") as file:
            file.write(b"\xff" * path.stat().st_size)
            file.truncate(100)
        for key, value in found.state_dict().items():
            assert torch.equal(value, vit.state_dict()[key]), key


def test_tiny_vits_come_back_folded(tmp_path, stir):
    for layout in LAYOUTS.values():
        sam = build_tiny_vit(layout, 64).eval()
        stir(sam)
        path = tmp_path / "tiny.pth"
        torch.save(sam.state_dict(), path)
        found = load_model(path, "cpu", "float32")
        assert found.side == 64
        assert not any("bn" in key for key in found.state_dict())
        x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
        with torch.inference_mode():
            expected = sam.image_encoder(x).embedding
            difference = (found.image_encoder(x).embedding - expected).abs().max()
        assert difference < 1e-3 * expected.abs().max()


def test_counters_of_training_may_be_missing(tmp_path):
    sam = build_tiny_vit(LAYOUTS["mobile_sam"])
    tensors = {k: v for k, v in sam.state_dict().items() if "num_batches" not in k}
    assert len(tensors) < len(sam.state_dict())
    save_file({k: v.contiguous() for k, v in tensors.items()}, tmp_path / "tiny.safetensors")
    assert load_model(tmp_path / "tiny.safetensors").side == 1024


def test_a_folder_as_transformers_saves_it(vit, tmp_path):
    with pytest.raises(CheckpointError, match=r"holds neither model\.safetensors nor"):
        load_model(tmp_path)
    save_file(vit.state_dict(), tmp_path / "model.safetensors")
    assert find(tmp_path) == find(str(tmp_path)) == (tmp_path / "model.safetensors",)
    assert load_model(tmp_path).side == 64


def test_the_fingerprint_is_of_the_bytes(written, tmp_path):
    data = written[1].read_bytes()
    (tmp_path / "copy.safetensors").write_bytes(data)
    expected = hashlib.sha256(data).hexdigest()[:16]
    assert fingerprint(written[1]) == fingerprint(tmp_path / "copy.safetensors") == expected
    (tmp_path / "copy.safetensors").write_bytes(data[:-1] + b"?")
    assert fingerprint(tmp_path / "copy.safetensors") != expected


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "sam_vit_giant",
            "no model called 'sam_vit_giant' .*; known are 'small', 'mini', 'sam_vit_b'",
        ),
        ("weights/none.pth", "no weights file at"),
        ("none.safetensors", "no weights file at"),
        ("./none", "no weights file at"),
        ("/none/such/model", "no weights file at"),
    ],
)
def test_unknown_names(name, said):
    with pytest.raises(CheckpointError, match=said):
        load_model(name)
    with pytest.raises(CheckpointError, match=said):
        fingerprint(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (None, "is a str or a Path, no NoneType"),
        (3, "is a str or a Path, no int"),
        (b"mini", "is a str or a Path, no bytes"),
        (["mini"], r"\(encoder, decoder\), and this list has 1: give one name, or two"),
        ((), r"\(encoder, decoder\), and this tuple has 0"),
        (("a", "b", "c"), r"\(encoder, decoder\), and this tuple has 3"),
        ((1, 2), "is a str or a Path, no tuple"),
        ("https://weights.example/a.pth?token=secret", r"addresses such as 'https://weights\.ex"),
        ("sam_vitb", r"no model called 'sam_vitb' \(did you mean 'sam_vit_b'\?\)"),
        ("sam_vit_b_01ec64.pth", r"no weights file at .* \(did you mean 'sam_vit_b'\?\)"),
        ("a\0b.pth", r"no weights file at a\\x00b\.pth"),
        ("   ", "path is empty"),
        ("", "no model called ''; known are 'small', 'mini', 'sam_vit_b'"),
        ("~no_such_user/x.pth", r"no weights file at ~no_such_user/x\.pth"),
        ("x" * 5000, "No file can be at 'xxx"),
        (Path("x" * 5000), "No file can be at 'xxx"),
    ],
)
def test_what_can_be_no_name(name, said):
    with pytest.raises(CheckpointError, match=said) as caught:
        find(name)
    assert len(str(caught.value)) < 250
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("dtype", [torch.int8, torch.bool, torch.int64])
def test_weights_that_are_whole_numbers_are_refused(vit, tmp_path, dtype):
    key = "mask_decoder.iou_token.weight"
    tensors = vit.state_dict() | {key: vit.state_dict()[key].to(dtype)}
    save_file(tensors, tmp_path / "whole.safetensors")
    kind = str(dtype).removeprefix("torch.")
    with pytest.raises(CheckpointError, match=f"{key} is of type {kind}, and weights are"):
        load_model(tmp_path / "whole.safetensors")


@pytest.mark.parametrize("shape", [(0, 16), (5, 0), (0, 0)])
def test_an_empty_table_is_refused(vit, tmp_path, shape):
    key = "image_encoder.blocks.1.attn.rel_pos_w"
    save_file(vit.state_dict() | {key: torch.zeros(shape)}, tmp_path / "table.safetensors")
    said = rf"{key} is \({shape[0]}, {shape[1]}\) where \(7, 16\) fits"
    with pytest.raises(CheckpointError, match=said):
        load_model(tmp_path / "table.safetensors")


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_no_pickle_protocol_makes_torch_warn(tmp_path, protocol, zipped):
    """Warnings are errors here: what one of torch's says would stand in the refusal."""
    held = {"some.weight": torch.zeros(3)}
    options = {"pickle_protocol": protocol, "_use_new_zipfile_serialization": zipped}
    (tmp_path / "other.pth").write_bytes(saved(held, **options))
    with pytest.raises(CheckpointError) as caught:
        load_model(tmp_path / "other.pth")
    assert "Detected" not in str(caught.value)


def test_devices_and_types_that_are_none(written):
    with pytest.raises(ValueError, match="no device"):
        load_model(written[1], device="abacus")
    with pytest.raises(ValueError, match="cannot compute in"):
        load_model(written[1], dtype="int4")


class Hostile:
    def __reduce__(self):
        return (print, ("never",))


def saved(held, **options) -> bytes:
    file = io.BytesIO()
    torch.save(held, file, **options)
    return file.getvalue()


def as_safetensors(tensors, notes=None) -> bytes:
    from safetensors.torch import save

    return save({k: v.contiguous() for k, v in tensors.items()}, {"sam_widget": notes or "{}"})


def archive(*names: str) -> bytes:
    """A zip archive of small parts of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in names:
            new.writestr(name, b"\x80\x02}q\x00." * 99)
    return file.getvalue()


def swelling(data: bytes) -> bytes:
    """The same zip archive, packed, with 256 MB of zeros that take next to nothing."""
    file = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(data))
    with old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
        with new.open("archive/data/bomb", "w", force_zip64=True) as bomb:
            for _ in range(16):
                bomb.write(bytes(2**24))
    return file.getvalue()


def broken_files(good: bytes, sam: Sam):
    unreadable = "not a readable weights file"
    length = struct.unpack("<Q", good[:8])[0]
    yield "cut.safetensors", good[: len(good) // 2], unreadable
    yield "cut_header.safetensors", good[: length // 2], "it is cut short"
    yield "text.safetensors", b"hello", r"is no weights file: neither \.safetensors nor torch's"
    yield "absurd.safetensors", struct.pack("<Q", 2**60) + good[8:], "it is cut short"
    yield "overlong.safetensors", struct.pack("<Q", 2**26) + b"{" + b" " * 2**26, unreadable
    lying = good[:8] + good[8 : 8 + length].replace(b"data_offsets", b"data_offset$")
    yield "lying.safetensors", lying + good[8 + length :], unreadable
    yield "notes.safetensors", as_safetensors(sam.state_dict(), "[1]"), "its notes are no table"
    yield "not_json.safetensors", as_safetensors(sam.state_dict(), "{"), "its notes are no table"

    tensors = sam.state_dict()
    whole = saved(tensors)
    none = r"is no weights file: neither \.safetensors nor torch's"
    yield "text.pth", b"hello", none
    yield "table.pth", b"a,b,c\n1,2,3\n", none
    yield (
        "photo.pth",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)),
        "a picture in JPEG, no w",
    )
    yield "empty.pth", b"", "is empty"
    yield "page.pth", b"\n<!DOCTYPE html><html>404</html>", "is a web page"
    yield "lfs.pth", b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "git lfs pull"
    yield "hostile.pth", pickle.dumps({"a": Hostile()}), "that torch.save did not write"
    yield (
        "hostile_zip.pth",
        saved({**tensors, "a": Hostile()}),
        r"calls builtins\.print .*could run code",
    )
    yield (
        "hostile_old.pth",
        saved({**tensors, "a": Hostile()}, _use_new_zipfile_serialization=False),
        r"calls builtins\.print .*could run code .*save the weights alone",
    )
    for share in (0.01, 0.5, 0.99):
        yield f"cut_{share}.pth", whole[: int(share * len(whole))], "it is cut short"
    old = saved(tensors, _use_new_zipfile_serialization=False)
    yield "cut_old.pth", old[:100], "it is cut short"
    yield "cut_late.pth", old[:-200], rf"{unreadable}: [^.]*\.$"  # torch says two sentences
    yield "swelling.pth", swelling(whole), "swells"
    yield (
        "document.pth",
        archive("[Content_Types].xml", "word/document.xml"),
        "archive without weights",
    )
    yield "photos.pth", archive("photos/a.png", "photos/b/c.png"), "archive without weights"
    yield "data.pth", archive("data.pkl"), "archive without weights"
    yield "around.pth", archive("a/", "a/sam_vit_b.pth"), r"around a/sam_vit_b\.pth: unpack it"
    yield "script.pt", archive("s/data.pkl", "s/constants.pkl"), "a TorchScript program"
    yield "list.pt", saved([1, 2, 3]), "not hold a SAM"
    yield "other.safetensors", as_safetensors({"some.weight": torch.zeros(3)}), "not hold a SAM"

    key = "image_encoder.blocks.0.mlp.lin1.weight"
    yield "part.pth", saved({k: v for k, v in tensors.items() if k != key}), f"lacks {key}"
    spare = {"mask_decoder.hf_token.weight": torch.zeros(1, 32)}
    yield "spare.pth", saved({**tensors, **spare}), "holds SAM-HQ, whose decoder"
    yield "shape.pth", saved({**tensors, key: torch.zeros(3, 4)}), r"is \(3, 4\) where"
    nan = tensors[key].clone()
    nan[5, 5] = torch.nan
    yield "nan.pth", saved({**tensors, key: nan}), "not finite"
    nan[5, 5] = torch.inf
    yield "inf.safetensors", as_safetensors({**tensors, key: nan}), "not finite"
    vast = torch.zeros(1).expand(10**6, 10**6)
    yield "vast.pth", saved({**tensors, key: vast}), "asks for 4000.* GB"
    sparse = torch.zeros(4, 4).to_sparse()
    yield "sparse.pth", saved({**tensors, key: sparse}), "other than plain numbers"
    yield "complex.pth", saved({**tensors, key: torch.zeros(4, dtype=torch.cfloat)}), "plain"


def test_broken_files(tmp_path, written, vit, capfd):
    before = {id(t) for t in gc.get_objects() if type(t) is Sam}
    names = []
    for name, data, said in broken_files(written[1].read_bytes(), vit):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(CheckpointError, match=said) as caught:
            load_model(path)
        sentence = str(caught.value)
        assert "\n" not in sentence, name
        assert sentence.endswith("."), name
        assert name in sentence
        names.append(name)
        del caught
    assert len(names) == len(set(names)) > 25
    assert "never" not in capfd.readouterr().out
    gc.collect()
    assert {id(t) for t in gc.get_objects() if type(t) is Sam} <= before  # nothing half loaded


def test_an_archive_cut_anywhere_is_refused(vit, tmp_path):
    whole = saved(vit.state_dict())
    path = tmp_path / "cut.pth"
    for end in torch.linspace(1, len(whole) - 1, 40).int().tolist():
        path.write_bytes(whole[:end])
        with pytest.raises(CheckpointError, match=r"cut\.pth"):
            load_model(path)


def test_what_was_saved_is_what_is_read(written):
    sam, path = written
    for key, value in load_file(path).items():
        expected = sam.state_dict()[key]
        torch.testing.assert_close(value.float(), expected, rtol=1e-3, atol=1e-6)
