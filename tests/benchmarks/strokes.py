"""What a model is best asked for a scribble, and for several boxes: ways of asking, side by side.

    python tests/benchmarks/strokes.py --data val.tar            # small and mini, some 10 minutes

The masks are those of validation photos. A scribble runs through the middle of a mask, between two
of its innermost places; one with the negative sign runs through the largest piece that one click's
answer has too much. Two boxes are those of a thing in two pieces, or of two things of a photo that
do not touch. IoU is that of the leading mask with the truth, its mean over the masks; ``lost`` is
the share of masks whose IoU is under 0.2.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import torch
from scipy import ndimage
from skimage.graph import route_through_array

from sam_widget.masks import Mask
from sam_widget.segment.mask_prompt import GivenMask
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import innermost
from sam_widget.training.data.readers import open_photos

MODELS = ("small", "mini")
LEAST = 600  # pixels of a mask
LOST = 0.2


def line_through(truth, rng):
    """Return (N, 2) x y of pixel centres along a free line through the middle of a mask."""
    rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
    top, left = rows[0], columns[0]
    tight = np.pad(truth[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    depth = ndimage.distance_transform_edt(tight)
    pieces, _ = ndimage.label(tight)
    main = pieces == pieces[np.unravel_index(depth.argmax(), depth.shape)]
    deep = np.argwhere(main & (depth > 0.45 * depth.max()))
    some = deep[rng.permutation(len(deep))[:200]]
    far = ((some[:, None] - some[None]) ** 2).sum(-1)
    a, b = np.unravel_index(far.argmax(), far.shape)
    cost = np.where(main, 1 / (depth + 0.05), 1e6)
    path, _ = route_through_array(cost, some[a], some[b], geometric=True)
    path = np.array(path)[:, ::-1]
    return path + np.array([left - 0.5, top - 0.5])


def along(line, count):
    """Return so many points of a line, evenly from end to end; one: its middle."""
    at = np.linspace(0, len(line) - 1, count) if count > 1 else np.array([(len(line) - 1) / 2])
    return line[at.round().astype(int)]


def drawn(line, size, width):
    """Return the mask of a line of some width, in pixels."""
    pixels = np.zeros(size[::-1], bool)
    x, y = line.astype(int).T
    pixels[y, x] = True
    return Mask.from_array(ndimage.distance_transform_edt(~pixels) <= width / 2)


def led(said):
    return said.masks()[said.best]


def positive(model, embedding, truth, size, rng):
    """Yield ways of asking for a line on the thing, and the mask that each gives."""
    line = line_through(truth, rng)
    middle = innermost(truth)
    ask = lambda points, **more: model.predict(  # noqa: E731
        embedding, Prompts(points=points, labels=np.ones(len(points)), **more)
    )
    yield "one click, the innermost pixel", led(ask(np.array([middle]) + 0.5))
    for count in (1, 2, 3, 5, 9, 17, 33):
        yield f"points along it: {count}", led(ask(along(line, count)))
    width = max(2.0, 0.04 * max(size))
    given = GivenMask(drawn(line, size, width))
    soft = given.on(embedding.frame, 4 * embedding.grid)
    box = np.array(given.mask.box, np.float32)
    yield "as a mask", led(model.predict(embedding, Prompts(logits=soft)))
    yield "as a mask with its box", led(model.predict(embedding, Prompts(box=box, logits=soft)))
    yield "as a mask and 3 points", led(ask(along(line, 3), logits=soft))
    first = ask(along(line, 1))
    back = first.logits[first.best]
    yield "3 points, the middle's logits fed back", led(ask(along(line, 3), logits=back))
    both = [max((ask(along(line, n)) for n in (1, 3)), key=lambda each: each.scores[each.best])]
    yield "1 or 3 points, the higher predicted IoU", led(both[0])
    inside = lambda said: np.mean(  # noqa: E731
        [led(said).to_array()[int(y), int(x)] for x, y in along(line, 33)]
    )
    three = list(first.masks())
    share = [np.mean([m.to_array()[int(y), int(x)] for x, y in along(line, 33)]) for m in three]
    score = first.scores * np.array(share)
    yield "the middle's three masks, that which holds most of it", three[int(score.argmax())]
    said = ask(along(line, 3))
    yield (
        "3 points, or the middle's where it holds more",
        led(said if inside(said) >= max(share) - 0.1 else first),
    )


def negative(model, embedding, truth, size, rng):
    """Yield ways of asking for a line off the thing after one click, and the mask of each."""
    x, y = innermost(truth)
    click = np.array([[x + 0.5, y + 0.5]])
    first = model.predict(embedding, Prompts(points=click, labels=[1]))
    before = led(first)
    pieces, count = ndimage.label(before.to_array() & ~truth)
    sizes = np.bincount(pieces.ravel())[1:]
    if not count or sizes.max() < LEAST / 2:
        return
    line = line_through(pieces == 1 + sizes.argmax(), rng)
    back = first.logits[first.best]
    yield "the click alone", before
    for count in (1, 2, 3, 5, 9, 17):
        points = np.concatenate([click, along(line, count)])
        labels = [1] + [0] * count
        asked = Prompts(points=points, labels=labels, logits=back)
        yield f"points along it: {count}", led(model.predict(embedding, asked))
    gone = GivenMask(drawn(line, size, max(2.0, 0.04 * max(size))))
    soft = gone.on(embedding.frame, 4 * embedding.grid)
    dented = np.minimum(back, -soft)
    said = model.predict(embedding, Prompts(points=click, labels=[1], logits=dented))
    yield "taken from the logits", led(said)
    for count in (1, 2, 3):
        points = np.concatenate([click, along(line, count)])
        labels = [1] + [0] * count
        said = model.predict(embedding, Prompts(points=points, labels=labels, logits=dented))
        yield f"taken from the logits, and points: {count}", led(said)
    dented = np.where(soft > 0, np.minimum(back, -np.abs(back)), back)
    said = model.predict(embedding, Prompts(points=click, labels=[1], logits=dented))
    yield "its logits turned", led(said)


def joined(model, embedding, boxes):
    """Return the union of what each box gives."""
    said = [model.predict(embedding, Prompts(box=np.float32(box))) for box in boxes]
    logits = np.max([each.logits[each.best] for each in said], axis=0)
    return said[0].__class__(
        logits[None], said[0].scores[:1], said[0].stability[:1], ("best",), 0, said[0].frame
    )


def boxed(model, embedding, parts, truth):
    """Yield ways of asking for two boxes, and the mask of each."""
    whole = np.float32(Mask.from_array(truth).box)
    boxes = [Mask.from_array(part).box for part in parts]
    yield "each box, joined", led(joined(model, embedding, boxes))
    yield "the box round both", led(model.predict(embedding, Prompts(box=whole)))
    points = np.float32([innermost(part) for part in parts]) + 0.5
    asked = Prompts(points=points, labels=[1, 1], box=whole)
    yield "the box round both, a point in each", led(model.predict(embedding, asked))
    yield "the last box alone", led(model.predict(embedding, Prompts(box=np.float32(boxes[-1]))))
    both = joined(model, embedding, boxes)
    asked = Prompts(box=whole, logits=both.logits[0])
    yield "the box round both, the joined logits fed back", led(model.predict(embedding, asked))


def pieces_of(masks):
    """Yield two parts that do not touch, and the two together: of a thing, or of two."""
    for mask in masks:
        found, _ = ndimage.label(mask, np.ones((3, 3)))
        sizes = np.bincount(found.ravel())[1:]
        large = np.flatnonzero(sizes > LEAST / 2) + 1
        if len(large) == 2 and sizes[large - 1].sum() > 0.95 * sizes.sum():
            yield "one thing in two pieces", [found == each for each in large], mask
    for one, other in zip(masks[::2], masks[1::2], strict=False):
        apart = not (ndimage.binary_dilation(one, iterations=2) & other).any()
        sizes = sorted((one.sum(), other.sum()))
        if apart and sizes[1] < 4 * sizes[0]:
            yield "two things", [one, other], one | other


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--masks", type=int, default=3, help="of a photo, of each kind of question")
    parser.add_argument("--weights", nargs="+", default=MODELS)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    photos = open_photos(chosen.data)
    order = np.random.default_rng(0).permutation(len(photos))[: chosen.photos]
    for name in chosen.weights:
        model, rng = Segmenter.load(name, "cpu"), np.random.default_rng(1)
        table = defaultdict(lambda: defaultdict(list))
        for number in order:
            photo = photos[int(number)]
            pixels = np.asarray(photo.pixels)
            truths = [each.array() > 0 for each in photo.annotations]
            truths = [each for each in truths if each.sum() >= LEAST]
            truths = [truths[i] for i in rng.permutation(len(truths))]
            embedding, size = model.embed(pixels), pixels.shape[1::-1]
            for truth in truths[: chosen.masks]:
                for title, ask in (("a line on it", positive), ("a line off it", negative)):
                    for way, mask in ask(model, embedding, truth, size, rng):
                        table[title][way].append(mask.iou(Mask.from_array(truth)))
            for title, parts, truth in list(pieces_of(truths[:12]))[: chosen.masks]:
                for way, mask in boxed(model, embedding, parts, truth):
                    table[title][way].append(mask.iou(Mask.from_array(truth)))
        for title, ways in table.items():
            print(f"{name}, {title}: {len(next(iter(ways.values())))} masks")
            for way, found in ways.items():
                lost = np.mean(np.array(found) < LOST)
                print(f"  {way:54} {np.mean(found):.3f}   lost {lost:.2f}", flush=True)


if __name__ == "__main__":
    main()
