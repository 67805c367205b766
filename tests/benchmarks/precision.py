"""Do masks stay the same in a shorter number type? Mean IoU with float32's, on validation photos.

    python tests/benchmarks/precision.py mini bf16 --photos 50
    python tests/benchmarks/precision.py path/to/lite_medsam.pth bf16 fp16

For every mask of each photo: the three candidates of one click at its innermost point, and the
single-mask token's answer to its box, at the photo's own size. `chosen` is the candidate with the
highest predicted IoU, which may be another one in another type; `truth` the change of its IoU with
the annotated mask. Two empty masks are equal.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from sam_widget.masks import Mask
from sam_widget.segment.enlarge import Enlarged
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import innermost
from sam_widget.training.data.photos import ShardPhotos


def iou(a: Mask, b: Mask) -> float:
    """IoU, of two empty masks 1."""
    a, b = a.to_array(), b.to_array()
    either = (a | b).sum()
    return float((a & b).sum() / either) if either else 1.0


def answers(segmenter: Segmenter, photo) -> tuple[list, np.ndarray]:
    """Masks (n, 4) at the photo's size (three candidates and the box's), their predicted IoU."""
    embedding = segmenter.embed(np.asarray(photo.pixels))
    truth = [a.array().astype(bool) for a in photo.annotations]
    points = np.array([innermost(m) for m in truth])[:, None] + 0.5
    ys_xs = [np.nonzero(m) for m in truth]
    boxes = np.array([(x.min(), y.min(), x.max() + 1, y.max() + 1) for y, x in ys_xs])
    masks, scores = [], []
    for n in range(len(truth)):
        one = slice(n, n + 1)
        three = segmenter.decode_batch(embedding, points[one], np.ones((1, 1)), multimask=True)
        box = segmenter.decode_batch(embedding, boxes=boxes[one], multimask=False)
        logits = torch.cat([three[0], box[0]], 1)[0].numpy()
        masks.append([Enlarged.of(row, embedding.frame).mask() for row in logits])
        scores.append(three[1][0].numpy())
    return masks, np.array(scores)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("dtypes", nargs="+", help="bf16, fp16")
    parser.add_argument("--photos", type=int, default=50)
    parser.add_argument("--shard", type=Path, default=Path("shared/data/val.tar"))
    args = parser.parse_args()
    photos = ShardPhotos([args.shard])
    every = max(1, len(photos) // args.photos)
    segmenters = {d: Segmenter.load(args.model, "cpu", d) for d in ("fp32", *args.dtypes)}
    rows: dict[str, list] = {d: [] for d in args.dtypes}
    seconds = dict.fromkeys(segmenters, 0.0)
    for i in tqdm(range(0, len(photos), every)[: args.photos], mininterval=20):
        photo = photos[i]
        got = {}
        for name, segmenter in segmenters.items():
            began = time.perf_counter()
            got[name] = answers(segmenter, photo)
            seconds[name] += time.perf_counter() - began
        for n, annotation in enumerate(photo.annotations):
            truth = Mask.from_array(annotation.array().astype(bool))
            masks, scores = got["fp32"][0][n], got["fp32"][1][n]
            for name in args.dtypes:
                other, others = got[name][0][n], got[name][1][n]
                chosen, theirs = masks[scores.argmax()], other[others.argmax()]
                rows[name].append(
                    [
                        np.mean([iou(a, b) for a, b in zip(masks[:3], other[:3], strict=True)]),
                        iou(masks[3], other[3]),
                        iou(chosen, theirs),
                        iou(theirs, truth) - iou(chosen, truth),
                        np.abs(scores - others).mean(),
                    ]
                )
    heads = ("candidates", "box", "chosen", "truth", "predicted IoU off")
    print(f"{args.model}: mean IoU with float32, {len(rows[args.dtypes[0]])} masks")
    for name, values in rows.items():
        table = np.array(values)
        said = ", ".join(f"{h} {v:.4f}" for h, v in zip(heads, table.mean(0), strict=True))
        low = f"candidates' 5th percentile {np.percentile(table[:, 0], 5):.4f}"
        print(f"{name}: {said}; {low}; {seconds[name] / seconds['fp32']:.2f} of float32's time")


if __name__ == "__main__":
    main()
