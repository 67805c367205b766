"""Hub ids: fetched once to the hub's own cache, from there without the network."""

from __future__ import annotations

import hashlib
import sys

import huggingface_hub
import pytest
import torch
from huggingface_hub import constants
from safetensors.torch import save

from sam_widget.models.checkpoints import CheckpointError, find, load_model
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from tests.models.web import serving

REPO = "somebody/sam-vit-tiny"
COMMIT = "a" * 40


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A hub on this machine, and an empty cache of what came from it."""
    with serving() as web:
        point_to(web.url, monkeypatch)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)
        web.status_headers = {"X-Error-Code": "EntryNotFound"}
        yield web


def point_to(url: str, monkeypatch) -> None:
    """What HF_ENDPOINT does, if it is set before the library is imported."""
    place = constants.HUGGINGFACE_CO_URL_TEMPLATE.removeprefix(constants.ENDPOINT)
    monkeypatch.setattr(constants, "ENDPOINT", url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", url + place)


def put(hub, name: str, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    for revision in ("main", COMMIT):
        place = f"/{REPO}/resolve/{revision}/{name}"
        hub.files[place] = data
        hub.own[place] = {"ETag": f'"{digest}"', "X-Repo-Commit": COMMIT}


@pytest.fixture
def sam():
    torch.manual_seed(0)
    return Sam(ViTEncoder(ViTSize(32, 2, 2, (1,)), 64, 32), PromptEncoder(64, 32), MaskDecoder(32))


def test_a_model_is_fetched_once(hub, sam):
    put(hub, "model.safetensors", save(sam.state_dict()))
    found = load_model(REPO, "cpu", "float32")
    key = "mask_decoder.iou_token.weight"
    assert torch.equal(found.state_dict()[key], sam.state_dict()[key])
    assert hub.asked
    del hub.asked[:]
    assert [path.name for path in find(REPO)] == ["model.safetensors"]
    assert not hub.asked


def test_the_older_file_will_do(hub, sam, tmp_path):
    torch.save(sam.state_dict(), tmp_path / "old.bin")
    put(hub, "pytorch_model.bin", (tmp_path / "old.bin").read_bytes())
    assert load_model(REPO).side == 64


def test_a_model_without_weights(hub):
    with pytest.raises(CheckpointError, match=r"holds neither model\.safetensors nor pytorch"):
        load_model(REPO)


@pytest.mark.parametrize("code", ["RepoNotFound", "GatedRepo"])
def test_a_model_that_is_not_there(hub, code):
    hub.status_headers = {"X-Error-Code": code}
    with pytest.raises(CheckpointError, match=f"There is no model '{REPO}' on the hub"):
        load_model(REPO)


@pytest.mark.parametrize("how", ["nobody answers", "offline", "broken"])
def test_without_the_hub_a_sentence(hub, monkeypatch, how):
    if how == "nobody answers":
        point_to("http://127.0.0.1:1", monkeypatch)
    elif how == "offline":
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    else:
        hub.status, hub.status_headers = 501, {}
        put(hub, "model.safetensors", b"")
    with pytest.raises(CheckpointError) as caught:
        load_model(REPO)
    sentence = str(caught.value)
    assert f"'{REPO}' could not be fetched from the hub" in sentence
    assert "offline, put its model.safetensors and the .json files beside it into a folder" in (
        sentence
    )
    assert "\n" not in sentence
    assert len(hub.asked) <= 3  # its reach, and the file once or twice


def test_without_the_extra_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, huggingface_hub.__name__, None)
    with pytest.raises(CheckpointError, match=r"needs? an extra: pip install 'sam_widget\[hub\]'"):
        load_model(REPO)


def test_a_network_that_transformers_runs_comes_with_its_configuration(hub):
    files = {
        "config.json": b'{"model_type": "sam2_video"}',
        "preprocessor_config.json": b'{"image_mean": [0, 0, 0]}',
        "model.safetensors": b"weights",
    }
    for name, data in files.items():
        put(hub, name, data)
    found = find(REPO)
    assert {path.name: path.read_bytes() for path in found} == files
    assert found[0].name == "config.json"
    assert len({path.parent for path in found}) == 1, "of one revision, where transformers looks"
    del hub.asked[:]
    assert find(REPO) == found
    assert not hub.asked
