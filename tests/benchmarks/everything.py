"""Everything in a photo, beside segment_anything: time, the same masks, peak memory.

    python tests/benchmarks/everything.py --side 8            # a small grid, a minute
    python tests/benchmarks/everything.py                     # 32 x 32, as published: six minutes
    python tests/benchmarks/everything.py --weights stirred   # masks of noise, the worst case
    python tests/benchmarks/everything.py --weights small --filters published --only ours

Both get the same network of ViT-B's size and one photo of 1800 x 1200, by turns, each in a process
of its own. The ViT's weights are fresh, and its embedding is computed, timed and then replaced by
that of mini at 1024 px, whose decoder both use without its skips: so the masks mean something.
`--weights stirred` takes a random decoder and embedding instead. Any other weights, a name or a
file, are a SAM whose own encoder both use, and no ViT-B is timed.

Settings: `published`, segment_anything's own thresholds; `off`, every filter off but the overlap of
boxes; `fifth`, thresholds that leave about a fifth of what `off` finds; `all`, the overlap off too,
so that every mask is returned. Matched: how many of theirs have one of ours at IoU 0.95 or more.
Peak memory is the process's, and in brackets what `generate` added to it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[2]))

SIDE = 1024
FILTERS = {
    "published": {},
    "off": {"pred_iou_thresh": 0.0, "stability_score_thresh": 0.0},
    "fifth": {"pred_iou_thresh": 0.30, "stability_score_thresh": 0.33},
    "all": {"pred_iou_thresh": 0.0, "stability_score_thresh": 0.0, "box_nms_thresh": 1.0},
}


def photo():
    """A photo of 1800 x 1200."""
    import numpy as np
    import skimage.data
    from PIL import Image

    return np.array(Image.fromarray(skimage.data.coffee()).resize((1800, 1200)))


def model(who: str, weights: str, encode: bool):
    """The same network, in segment_anything's classes or in ours."""
    import torch
    from torch import nn

    from sam_widget.models.encoder import ImageEncoder
    from sam_widget.models.features import Features
    from sam_widget.models.vit import SIZES, build_vit
    from tests.reference import segment_anything, stirred
    from tests.segment import twins

    if weights not in {"mini", "stirred"}:
        return twins.learnt(weights, SIDE)[who == "ours"]
    theirs, ours = twins.mini(SIDE)
    torch.manual_seed(0)
    noise = torch.randn(1, 256, SIDE // 16, SIDE // 16)
    if weights == "stirred":
        for module in (theirs.prompt_encoder, theirs.mask_decoder):
            stirred(module)
        ours.prompt_encoder.load_state_dict(theirs.prompt_encoder.state_dict())
        ours.mask_decoder.load_state_dict(theirs.mask_decoder.state_dict())

    class Timed(nn.Module):
        """A ViT-B that works, and what is known of the image instead of what it says."""

        img_size = SIDE

        def __init__(self, vit, known) -> None:
            super().__init__()
            self.vit, self.known = vit, known

        def forward(self, x):
            if encode:
                self.vit(x)
            return noise if weights == "stirred" else self.known(x)

    class OurTimed(ImageEncoder):
        def __init__(self, vit, known) -> None:
            super().__init__()
            self.vit, self.known, self.side = vit, known, SIDE
            self.mean, self.std = known.mean, known.std

        def forward(self, x):
            if encode:
                self.vit(x)
            return Features(noise) if weights == "stirred" else self.known(x)

    if who == "theirs":
        whole = segment_anything().sam_model_registry["vit_b"]()
        theirs.image_encoder = Timed(whole.image_encoder, theirs.image_encoder)
        return theirs.eval()
    ours.image_encoder = OurTimed(build_vit(SIZES["vit_b"]).image_encoder, ours.image_encoder)
    return ours.eval().requires_grad_(False)


def child(who: str, options: dict, out: Path) -> None:
    """Generate once in this process; write how long it took, and the masks."""
    import torch

    from tests.reference import segment_anything

    sam = model(who, options["weights"], options["encode"])
    settings = {
        "points_per_side": options["side"],
        "output_mode": options["mode"],
        **FILTERS[options["filters"]],
    }
    if who == "theirs":
        generator = segment_anything().SamAutomaticMaskGenerator(sam, **settings)
    else:
        from sam_widget.segment.compat import SamAutomaticMaskGenerator

        generator = SamAutomaticMaskGenerator(sam, **settings)
    image = photo()
    from tests import memory

    before = memory.peak() / 2**20
    began, cpu = time.perf_counter(), time.process_time()
    records = generator.generate(image)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = memory.peak() / 2**20
    masks = [packed(each["segmentation"]) for each in records]
    told = {
        "seconds": seconds, "cpu": cpu, "peak": peak, "added": peak - before,
        "count": len(records), "threads": torch.get_num_threads(),
    }  # fmt: skip
    out.write_bytes(pickle.dumps((told, masks)))


def packed(segmentation):
    """A mask as COCO's compressed runs."""
    import numpy as np
    from pycocotools import mask as coco

    if isinstance(segmentation, dict):
        return coco.frPyObjects(segmentation, *segmentation["size"])
    return coco.encode(np.asfortranarray(segmentation, dtype=np.uint8))


def matched(theirs: list, ours: list) -> float:
    """The share of theirs that one of ours equals at IoU 0.95 or more; empty equals empty."""
    import numpy as np
    from pycocotools import mask as coco

    if not theirs:
        return float("nan")
    nothing = [int(coco.area(each)) == 0 for each in ours]
    best = np.zeros(len(theirs))
    for start in range(0, len(theirs), 100):
        some = theirs[start : start + 100]
        overlaps = coco.iou(some, ours, [0] * len(ours)) if ours else np.zeros((len(some), 1))
        best[start : start + 100] = overlaps.max(axis=1)
    empty = np.array([int(coco.area(each)) == 0 for each in theirs])
    return float(np.mean((best >= 0.95) | (empty & any(nothing))))


def main() -> None:
    """Run both by turns and print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--side", type=int, default=32, help="points along each side")
    parser.add_argument("--filters", nargs="+", choices=FILTERS, default=["off", "fifth"])
    parser.add_argument("--weights", default="mini", help="mini, stirred, or another SAM")
    parser.add_argument(
        "--mode", choices=("binary_mask", "uncompressed_rle"), default="uncompressed_rle"
    )
    parser.add_argument("--no-encoder", action="store_true", help="leave the ViT out")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--only", choices=("theirs", "ours"))
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        who, options, out = args.child
        child(who, json.loads(options), Path(out))
        return
    names = [args.only] if args.only else ["theirs", "ours"]
    for filters in args.filters:
        options = {
            "side": args.side, "filters": filters, "weights": args.weights, "mode": args.mode,
            "encode": not args.no_encoder,
        }  # fmt: skip
        runs: dict[str, list] = {who: [] for who in names}
        for _ in range(args.repeat):
            for who in names:
                with tempfile.TemporaryDirectory() as folder:
                    out = Path(folder) / "told"
                    subprocess.run(
                        [sys.executable, HERE, "--child", who, json.dumps(options), out],
                        check=True,
                    )
                    runs[who].append(pickle.loads(out.read_bytes()))
                told = runs[who][-1][0]
                print(
                    f"{filters:6} {args.side}x{args.side} {who:7} {told['seconds']:7.1f} s, "
                    f"{told['cpu']:7.1f} s of processor, peak {told['peak']:6.0f} "
                    f"({told['added']:+.0f}) MB, {told['count']} masks, {told['threads']} threads",
                    flush=True,
                )
        if len(names) == 2:
            best = {who: min(run[0]["seconds"] for run in runs[who]) for who in names}
            peak = {who: min(run[0]["peak"] for run in runs[who]) for who in names}
            share = matched(runs["theirs"][-1][1], runs["ours"][-1][1])
            print(
                f"{filters:6} {args.side}x{args.side} ours is {best['theirs'] / best['ours']:.1f} "
                f"times faster, at {peak['ours'] / peak['theirs']:.2f} of the peak memory; "
                f"{100 * share:.1f} % of theirs matched",
                flush=True,
            )


if __name__ == "__main__":
    main()
