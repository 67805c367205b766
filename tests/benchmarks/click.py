"""One click with three masks at the photo's size, beside segment_anything's ``predict``.

    python tests/benchmarks/click.py                # 30 clicks each, by turns, in one process
    python tests/benchmarks/click.py --clicks 100 --batch 64

Both have a decoder of ViT-B's size, an embedding of 64 x 64 that is there already, and a photo of
1800 x 1200. Weights and embedding are mini's at 1024 px without its skips, so that the masks mean
something; `--weights stirred` takes random ones, whose masks are the worst case, with 100,000 runs
each. First ``predict`` of both ``SamPredictor``, which return the same arrays, then what the widget
does for a click; then the same for ``--models``, with weights and encoders of their own. Wall time
is what a user waits for, on a busy machine also for others; CPU time is what the click costs, all
threads together.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import skimage.data
import torch
from PIL import Image

from sam_widget.geometry import Frame
from sam_widget.models.features import Features
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.models.vit import ViTEncoder, ViTSize
from sam_widget.segment.compat import SamPredictor
from sam_widget.segment.prompts import Embedding, Prompts
from sam_widget.segment.segmenter import Segmenter
from tests.reference import segment_anything, stirred
from tests.segment import twins

WIDTH, HEIGHT = 1800, 1200


def learnt():
    """Return their model and ours with mini's weights, and mini's features of a photo."""
    theirs, ours = twins.mini(1024)
    photo = np.array(Image.fromarray(skimage.data.coffee()).resize((WIDTH, HEIGHT)))
    return theirs, ours, Segmenter(ours).embed(photo).features.embedding


def random():
    """Return their model and ours with the same random weights, and noise as smooth as a photo."""
    theirs = segment_anything().sam_model_registry["vit_b"]().eval()
    stirred(theirs.prompt_encoder)
    stirred(theirs.mask_decoder)
    encoder = ViTEncoder(ViTSize(64, 1, 2, (0,)))  # stands there; nobody asks it
    sam = Sam(encoder, PromptEncoder(1024), MaskDecoder()).eval().requires_grad_(False)
    sam.prompt_encoder.load_state_dict(theirs.prompt_encoder.state_dict())
    sam.mask_decoder.load_state_dict(theirs.mask_decoder.state_dict())
    torch.manual_seed(0)
    features = torch.nn.functional.interpolate(torch.randn(1, 256, 9, 9), (64, 64), mode="bicubic")
    return theirs, sam, features


def both(weights: str):
    """Return their predictor and ours, our segmenter and its embedding: the same decoder, image."""
    theirs, sam, features = learnt() if weights == "mini" else random()
    frame = Frame(WIDTH, HEIGHT, 1024)
    predictors = segment_anything().SamPredictor(theirs), SamPredictor(sam)
    for predictor in predictors:
        predictor.features = features
        predictor.original_size, predictor.input_size = (HEIGHT, WIDTH), frame.resized[::-1]
    predictors[0].is_image_set = True
    segmenter = Segmenter(sam, "ViT-B's decoder", "0")
    return *predictors, segmenter, Embedding(Features(features), frame)


def click(rng: np.random.Generator) -> np.ndarray:
    """Somewhere in the photo: (1, 2) float32."""
    return (rng.random((1, 2)) * (WIDTH, HEIGHT)).astype(np.float32)


def timed(work) -> tuple[float, float]:
    """Wall and CPU time, ms."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clicks", type=int, default=30)
    parser.add_argument("--batch", type=int, default=0, help="also decode so many points")
    parser.add_argument("--weights", choices=("mini", "stirred"), default="mini")
    parser.add_argument("--models", nargs="*", default=["mini", "small"], help="names or files")
    args = parser.parse_args()
    predictor, drop_in, segmenter, embedding = both(args.weights)
    photo = np.array(Image.fromarray(skimage.data.coffee()).resize((WIDTH, HEIGHT)))
    others = {}
    for model in args.models:
        other = Segmenter.load(model, "cpu", "fp32")
        others[Path(model).stem] = other, other.embed(photo)
    rng, one = np.random.default_rng(0), np.array([1])

    def theirs(xy):
        return predictor.predict(xy, one, multimask_output=True)

    def ours(xy, segmenter=segmenter, embedding=embedding):
        prediction = segmenter.predict(embedding, Prompts(xy, one))
        return prediction, prediction.masks()

    def same(xy):
        return drop_in.predict(xy, one, multimask_output=True)

    xy = click(rng)
    masks, _, low = theirs(xy)
    ours_, _, mine = same(xy)
    off = np.abs(low - mine).max() / np.ptp(low)
    print(f"logits differ by {off:.1e} of their range, masks in {(masks != ours_).sum()} pixels")

    last = ours(xy)[0]
    frame, asked = embedding.frame, Prompts(xy, one)
    rows = {
        "segment_anything, predict": lambda: theirs(click(rng)),
        "ours, the same predict": lambda: same(click(rng)),
        "ours, a click in the widget": lambda: ours(click(rng)),
        "  of which the decoder": lambda: segmenter.decode_batch(
            embedding, click(rng)[None], one[None], multimask=True
        ),
        "  decoder, order, names, stability": lambda: segmenter.predict(embedding, asked),
        "  of which three masks": last.masks,
        "ours, decoder with logits fed back": lambda: segmenter.predict(
            embedding, Prompts(click(rng), one, logits=last.logits[0])
        ),
    }
    for name, (other, own) in others.items():
        rows[f"{name}, a click in the widget"] = lambda o=other, e=own: ours(click(rng), o, e)
        rows[f"{name}, the decoder"] = lambda o=other, e=own: o.decode_batch(
            e, click(rng)[None], one[None], multimask=True
        )
    if args.batch:
        points = np.concatenate([click(rng) for _ in range(args.batch)])[:, None]
        labels = np.ones((args.batch, 1))
        there = torch.from_numpy(frame.to_model(points)), torch.from_numpy(labels)

        @torch.no_grad()
        def their_batch():  # what predict_torch does, but without its full-size masks
            sam = predictor.model
            sparse, dense = sam.prompt_encoder(there, None, None)
            pe = sam.prompt_encoder.get_dense_pe()
            return sam.mask_decoder(predictor.features, pe, sparse, dense, True)

        rows[f"segment_anything, decoder, {args.batch} points"] = their_batch
        rows[f"ours, decoder, {args.batch} points"] = lambda: segmenter.decode_batch(
            embedding, points, labels, multimask=True
        )
    times: dict[str, list] = {name: [] for name in rows}
    for _ in range(args.clicks):
        for name, work in rows.items():
            times[name].append(timed(work))
    print(f"{torch.get_num_threads()} threads, {args.clicks} each, by turns; ms")
    print(f"{'':38} {'wall: median':>12} {'least':>8} {'CPU: median':>12} {'least':>8}")
    for name, values in times.items():
        (wall, cpu), (least, cpu_least) = np.median(values, 0), np.min(values, 0)
        print(f"{name:38} {wall:12.1f} {least:8.1f} {cpu:12.1f} {cpu_least:8.1f}")
    names = list(times)
    pairs = [(0, 1), (0, 2), *([(-2, -1)] if args.batch else [])]
    for a, b in pairs:
        theirs_, mine_ = np.array(times[names[a]]), np.array(times[names[b]])
        ratio = np.median(theirs_, 0) / np.median(mine_, 0)
        least = theirs_.min(0) / mine_.min(0)
        print(
            f"{names[a]} / {names[b]}: wall {ratio[0]:.1f} (of the least {least[0]:.1f}), "
            f"CPU {ratio[1]:.1f} (of the least {least[1]:.1f})"
        )


if __name__ == "__main__":
    main()
