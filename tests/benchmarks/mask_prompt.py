"""How well a model gives back the mask that it is given as a prompt: soft logits beside raw ones.

    python tests/benchmarks/mask_prompt.py            # small and mini, 12 masks each, 2 minutes

The masks are not the model's own: coins by Otsu's threshold, and what the other of the two models
says of a grid of points on three photos. IoU is that of the answer with the mask that was given,
its mean over the masks: of the mask alone, and with its box, as ``w.add_mask`` asks. ``soft`` is
what ``w.add_mask`` makes of a binary mask; ``0 and 1`` are its pixels as they are, ``-10 and 10``
the same as sure logits; ``no mask`` is the box alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import skimage.data
import skimage.filters
import skimage.measure

from sam_widget.masks import Mask
from sam_widget.segment.mask_prompt import GivenMask
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter

MODELS = ("small", "mini")
LEAST, MOST = 400, 8000  # pixels of a coin
SURE = 0.7  # predicted IoU from which on an answer is taken for a mask
FORMS = {
    "no mask": None,
    "0 and 1": lambda soft: (soft > 0).astype(np.float32),
    "-10 and 10": lambda soft: np.where(soft > 0, 10, -10).astype(np.float32),
    "soft": lambda soft: soft,
}


def coins():
    """Return a photo of coins and their masks."""
    grey = skimage.data.coins()
    labels = skimage.measure.label(grey > skimage.filters.threshold_otsu(grey))
    regions = skimage.measure.regionprops(labels)
    masks = [labels == each.label for each in regions if LEAST < each.area < MOST]
    return np.stack([grey] * 3, axis=-1), [Mask.from_array(mask) for mask in masks]


def answers(model, photo):
    """Return what a model says of a grid of points, where it is sure."""
    height, width = photo.shape[:2]
    embedding = model.embed(photo)
    for y in np.linspace(0.15, 0.85, 4):
        for x in np.linspace(0.15, 0.85, 4):
            said = model.predict(embedding, Prompts(points=[[x * width, y * height]], labels=[1]))
            mask = said.masks()[said.best]
            if said.scores[said.best] > SURE and mask.area > LEAST:
                yield mask


def measure(model, todo, form, with_box):
    """Return the mean IoU of what is answered with what was given."""
    found = []
    for embedding, mask in todo:
        soft = GivenMask(mask).on(embedding.frame, 4 * embedding.grid)
        box = mask.box if with_box else None
        said = model.predict(embedding, Prompts(box=box, logits=form and form(soft)))
        found.append(said.masks()[said.best].iou(mask))
    return np.mean(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--masks", type=int, default=12, help="for each model")
    most = parser.parse_args().masks
    models = {name: Segmenter.load(name, "cpu") for name in MODELS}
    photos = [skimage.data.coffee(), skimage.data.chelsea(), skimage.data.astronaut()]
    money = coins()
    for name, model in models.items():
        other = next(each for key, each in models.items() if key != name)
        pairs = [money, *((photo, list(answers(other, photo))) for photo in photos)]
        seen = [(model.embed(photo), masks) for photo, masks in pairs]
        every = [(embedding, mask) for embedding, masks in seen for mask in masks]
        chosen = np.random.default_rng(0).permutation(len(every))[:most]
        todo = [every[i] for i in chosen]
        print(f"{name}, {len(todo)} masks of {len(every)}")
        for title, form in FORMS.items():
            alone = "    -" if form is None else f"{measure(model, todo, form, False):.3f}"
            print(
                f"  {title:12} alone {alone}   with its box {measure(model, todo, form, True):.3f}"
            )


if __name__ == "__main__":
    main()
