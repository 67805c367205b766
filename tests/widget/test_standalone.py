"""Pages without a kernel, as files: what is in them, what they share, what is refused."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.torch import load

from sam_widget import SamWidget
from sam_widget.document.edits import EditError
from sam_widget.errors import SamError
from sam_widget.formats.errors import DataError
from sam_widget.images.huge import read_huge
from sam_widget.models.mini import build_mini
from sam_widget.segment.segmenter import Segmenter
from sam_widget.widget.standalone import HUGE
from tests.pictures import colours
from tests.segment.fake import FakeSegmenter
from tests.slides import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIXELS = colours(40, 60)


@pytest.fixture(scope="module")
def model() -> Segmenter:
    return Segmenter(build_mini(64).eval().requires_grad_(False), "tiny/one")


@pytest.fixture
def w(model: Segmenter) -> Iterator[SamWidget]:
    widget = SamWidget(PIXELS, model, height=321, theme="dark")
    yield widget
    widget.close()


def held(page: str, element: str) -> bytes:
    """What an element of a page holds."""
    found = re.search(rf'<script type="text/plain" id="{element}">([^<]*)</script>', page)
    assert found
    return b64decode(found[1], validate=True)


def test_a_page_holds_photo_embedding_decoder_and_code_and_asks_for_nothing(
    w: SamWidget, model: Segmenter, tmp_path: Path
) -> None:
    page = w.save_html(tmp_path / "new" / "photo.html").read_text(encoding="utf-8")
    photo, decoder = load(held(page, "sam-photo")), load(held(page, "sam-decoder"))
    assert photo["embedding"].shape == (1, 256, 4, 4)
    assert {f"mask_decoder.{name}" for name in model.sam.mask_decoder.state_dict()} <= set(decoder)
    assert bytes(photo["photo"].numpy()[:4]) == b"\x89PNG"
    assert '"height": 321' in page
    assert '<html class="dark">' in page
    outside = [each for each in re.findall(r'(?:src|href)="([^"]*)"', page) if each != "data:,"]
    assert outside == []
    assert "://" not in re.sub(r"[A-Za-z0-9+/=]{200,}", "", page)


def test_names_are_said_where_they_cannot_do_harm(model: Segmenter, tmp_path: Path) -> None:
    path = tmp_path / "photo.html"
    with closing(SamWidget(PIXELS, model)) as w:
        w._called = "</script><b>&.png"
        page = w.save_html(path).read_text(encoding="utf-8")
    assert "<b>" not in page


def test_pages_share_a_decoder_that_is_written_once(w: SamWidget, tmp_path: Path) -> None:
    pages = [w.save_html(tmp_path / f"{i}.html", shared="decoder.js") for i in range(2)]
    script = tmp_path / "decoder.js"
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<script src="decoder.js"></script>' in text
        assert held(text, "sam-decoder") == b""
        assert page.stat().st_size < script.stat().st_size
    found = re.search(r'textContent = "([^"]*)"', script.read_text(encoding="utf-8"))
    assert found
    assert len(load(b64decode(found[1]))) > 100


def test_another_models_decoder_is_not_written_over(w: SamWidget, tmp_path: Path) -> None:
    w.save_html(tmp_path / "one.html", shared="decoder.js")
    before = (tmp_path / "decoder.js").read_bytes()
    other = Segmenter(build_mini(64).eval().requires_grad_(False), "other")
    with (
        closing(SamWidget(PIXELS, other)) as v,
        pytest.raises(SamError, match="not this model's decoder"),
    ):
        v.save_html(tmp_path / "two.html", shared="decoder.js")
    assert (tmp_path / "decoder.js").read_bytes() == before
    assert not (tmp_path / "two.html").exists()
    (tmp_path / "mine.js").write_text("1")
    with pytest.raises(SamError, match="not this model's decoder"):
        w.save_html(tmp_path / "two.html", shared="mine.js")


@pytest.mark.parametrize("name", ["decoder.bin", "../decoder.js", "/decoder.js", ""])
def test_what_pages_share_is_a_script_beside_them(w: SamWidget, tmp_path: Path, name: str) -> None:
    with pytest.raises(SamError, match=r"ends in \.js"):
        w.save_html(tmp_path / "photo.html", shared=name)
    assert not list(tmp_path.iterdir())


def test_parts_are_what_a_site_mounts(w: SamWidget, tmp_path: Path) -> None:
    values = w.save_parts(tmp_path / "site")
    files = {file.name for file in (tmp_path / "site").iterdir()}
    assert values == {
        "photo": "photo.one.safetensors",
        "decoder": "one.decoder.safetensors",
        "name": "photo",
        "height": 321,
        "theme": "dark",
    }
    assert files == {"standalone.js", "photo.one.safetensors", "one.decoder.safetensors"}


def test_float16_holds_what_it_can_and_nothing_is_lost(tmp_path: Path) -> None:
    sam = build_mini(64).eval().requires_grad_(False)
    sam.mask_decoder.transformer.norm_final_attn.weight.fill_(1e-3 + 1e-6)
    sam.mask_decoder.transformer.layers[0].mlp.lin1.weight.fill_(1e6)
    with closing(SamWidget(PIXELS, Segmenter(sam, "odd"))) as w:
        w.save_parts(tmp_path)
    found = load((tmp_path / "odd.decoder.safetensors").read_bytes())
    large = found["mask_decoder.transformer.layers.0.mlp.lin1.weight"]
    small = found["mask_decoder.transformer.norm_final_attn.weight"]
    assert large.isfinite().all()
    np.testing.assert_array_equal(small.numpy(), np.float32(1e-3 + 1e-6))


def test_without_a_photo_or_in_windows_or_of_another_model_it_says_so(
    model: Segmenter, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with closing(SamWidget(None, model)) as w, pytest.raises(EditError, match="no image yet"):
        w.save_html(tmp_path / "photo.html")
    huge = read_huge(write(tmp_path_factory.mktemp("slides") / "slide.tif", 2048))
    with closing(SamWidget(huge, model)) as w, pytest.raises(SamError, match=re.escape(HUGE)):
        w.save_html(tmp_path / "photo.html")
    with (
        closing(SamWidget(PIXELS, FakeSegmenter("own"))) as w,
        pytest.raises(SamError, match=r"a SAM of this package, and .* is another model"),
    ):
        w.save_html(tmp_path / "photo.html")
    assert not list(tmp_path.iterdir())


def test_bad_places_are_said(w: SamWidget, tmp_path: Path) -> None:
    with pytest.raises(SamError, match=r"ends in \.html, not"):
        w.save_html(tmp_path / "photo.png")
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        w.save_html(tmp_path / "file" / "photo.html")
    w.close()
    with pytest.raises(EditError):
        w.save_html(tmp_path / "photo.html")
