"""Forked and spawned children, pools and threads: work, or one sentence; never a hang.

Each case is a process of its own with a time limit, since what is looked for is a hang.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_MOST = 240.0  # seconds, against hangs

PARENT = """
import multiprocessing, os, sys, threading, warnings
import numpy as np
import torch
from sam_widget import Prompts, SamPredictor, SamWidget, Segmenter, load_model
from sam_widget.segment.loaded import embedded, loaded

warnings.simplefilter("ignore")  # Python's own, of forks beside threads, and torch's, of few cores
PHOTO = np.random.default_rng(0).integers(0, 256, (120, 160, 3), np.uint8)
OTHER = PHOTO[::-1].copy()


def widget_answers(photo):
    w = SamWidget(photo, "mini")
    w.add_point(50, 40)
    w.accept()
    w.add_point(20, 20)
    return len(w.objects)


def predictor_answers():
    predictor = SamPredictor(load_model("mini"))
    predictor.set_image(OTHER)
    masks, scores, _ = predictor.predict(np.array([[50, 40]]), np.array([1]))
    return masks.shape


def cache_answers(photo):
    return embedded(loaded("mini"), photo).features.embedding.shape


def learns():
    sam = load_model("mini")
    for parameter in sam.mask_decoder.parameters():
        parameter.requires_grad_(True)
    features = sam.image_encoder(torch.rand(1, 3, sam.side, sam.side))
    sparse, dense = sam.prompt_encoder((torch.rand(1, 1, 2), torch.ones(1, 1, dtype=torch.int64)))
    logits, iou = sam.mask_decoder(features, sam.prompt_encoder.get_dense_pe(), sparse, dense)
    (logits.mean() + iou.mean()).backward()
    return bool(sam.mask_decoder.iou_token.weight.grad.isfinite().all())


def all_of_it():
    assert widget_answers(PHOTO) == 2
    assert widget_answers(OTHER) == 2
    assert predictor_answers() == (3, 120, 160)
    assert cache_answers(PHOTO)[1] == 256
    assert learns()
    return "all of it"


def in_children(start, work, count=1):
    context = multiprocessing.get_context(start)
    children = [context.Process(target=work) for _ in range(count)]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
        assert child.exitcode == 0, child.exitcode


def busy_parent():
    '''A widget that answered, one that is at work, a cache that writes, all of torch's threads.'''
    global kept
    torch.rand(2000, 2000) @ torch.rand(2000, 2000)
    kept = [SamWidget(PHOTO, "mini")]
    kept[0].add_point(10, 10)
    kept.append(SamWidget(np.tile(PHOTO, (6, 6, 1)), "mini"))
"""

CASES = {
    "forked, and the parent had nothing": "in_children('fork', all_of_it)",
    "forked from a parent at work": "busy_parent(); in_children('fork', all_of_it)",
    "several forked at once from a parent at work": (
        "busy_parent(); in_children('fork', all_of_it, 3)"
    ),
    "forked, and the parent goes on": (
        "busy_parent(); in_children('fork', all_of_it); kept[0].add_point(30, 30); all_of_it()"
    ),
    "forked by a thread while others work": """
        busy_parent()
        thread = threading.Thread(target=in_children, args=("fork", all_of_it))
        thread.start()
        for x in range(1, 30):
            kept[0].add_point(x, 50)
        thread.join()
    """,
    "the parent's own widget goes on in the child": """
        busy_parent()
        def own():
            kept[0].add_point(30, 30)
            kept[0].accept()
            kept[1].wait()
            kept[1].add_point(100, 100)
            assert len(kept[0].objects) == 1
            assert kept[1].mask.any()
            kept[0].close()
        in_children("fork", own)
        own()
    """,
    "a child of a child": """
        busy_parent()
        in_children("fork", lambda: in_children("fork", all_of_it))
    """,
    "a pool of forked processes": """
        busy_parent()
        with multiprocessing.get_context("fork").Pool(2) as pool:
            assert pool.map(widget_answers, [PHOTO, OTHER, PHOTO]) == [2, 2, 2]
    """,
    "spawned": "busy_parent(); in_children('spawn', all_of_it)",
    "workers of a DataLoader": """
        busy_parent()
        class Photos(torch.utils.data.Dataset):
            def __len__(self): return 3
            def __getitem__(self, i): return torch.tensor(cache_answers(np.roll(PHOTO, i, 1)))
        for start in ("fork", None):
            loader = torch.utils.data.DataLoader(
                Photos(), num_workers=2, multiprocessing_context=start)
            assert torch.cat(list(loader)).shape == (3, 4)
    """,
    "threads of a pool": """
        from concurrent.futures import ThreadPoolExecutor
        busy_parent()
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(widget_answers, [PHOTO, OTHER] * 4)) == [2] * 8
            assert list(pool.map(lambda _: all_of_it(), range(2))) == ["all of it"] * 2
    """,
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_works_there(case, tmp_path):
    script = tmp_path / "case.py"
    main = textwrap.indent(textwrap.dedent(case), "    ")
    script.write_text(f"{PARENT}\nif __name__ == '__main__':\n{main}\n    print('done')\n")
    own = {"SAM_WIDGET_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", str(script)],
        capture_output=True,
        text=True,
        timeout=AT_MOST,
        env={**os.environ, **own},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "done"
    assert not done.stderr
