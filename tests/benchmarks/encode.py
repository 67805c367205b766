"""The image encoders on this machine: ViT-B beside its peers, then the small ones on a photo.

    .venv/bin/python tests/benchmarks/encode.py [--repeats 4] [--without transformers ...]
    .venv/bin/python tests/benchmarks/encode.py --only "small, photo" "small, onnxruntime"

Every contender lives in a process of its own with fresh weights and encodes by turns with the
others, so that a busy moment of the machine hits all alike; the least of the repeats counts, of at
least three: with its second photo an encoder learns what it says of padding. Peak memory is what
the process took beyond what it held with the model loaded. The floor is the fp32 arithmetic that
the encoder cannot do without, at the rate of this machine's best matrix product, measured in the
same run.

What each change was predicted to give, and gave, in CPU seconds of a whole fp32 encode, on two
cores of a Zen 5 (AVX-512, bf16 arithmetic) that others used too; it was 16.3 before:

| change | predicted | gave |
|---|---|---|
| linear layers as 1x1 convolutions: oneDNN's 168 GFLOP/s instead of MKL's 89 | -4.5 | -4.2 |
| global attention by convolutions too, one head and 512 queries at a time | -4 | -3.6 |
| feed-forward in three pieces: no 100 MB of fresh memory a block | -0.5 | -0.3 |
| bias folded into longer queries and keys, fused attention without a mask | +1 | +3: not in |
| windows by plain products and softmax instead of fused attention | -0.2 | 0: not in |
| pieces of 16 MB instead of 8: malloc then hands them back each time | 0 | +4: not in |
| no layers on the windows' padding: copying for it eats what it saves | -0.1 | not tried |
| tables of distances kept between encodes | -0.03 | not tried |
| bf16, 6.9 s: products by oneDNN, softmax in fp32, no fused attention | -2.3 | -1.9 |

With oneDNN held to AVX2, both libraries are alike (95 GFLOP/s) and the ratio to
`segment_anything` is 1.7 instead of 2.5.

`small` is TinyViT-5M at 1024 px, here with fresh weights, which take as long as learnt ones. A
photo of 1800 x 1200 fills two thirds of its input. "As written" is the same network without what
`models/fast.py` and `models/padding.py` do: whole maps, torch's GELU, all of the padding;
onnxruntime gets our own exporter's file and a tensor that is ready. What each change gave, in CPU
seconds of an encode, on two cores of a Zen 4; it was 1.43 before and is 0.99 now:

| change | gave |
|---|---|
| convolutions by bands of rows: a widened map of 67 MB never leaves the cache | -0.29 |
| GELU where torch asks oneDNN for it, and in place | -0.04 |
| padding left out: what the first two stages say of zeros is worked out once | -0.11 |
| oneDNN's fused convolution and GELU (`torch.ops.mkldnn`), weights packed beforehand | 0: not in |
| windows by plain products and softmax: faster on two threads, slower on one | 0: not in |
| the same as grouped convolutions: slower | not in |
| queries of 196 tokens in two halves, for smaller products | +0.02: not in |
| a bottleneck's widened channels in four groups, to fit the second cache level | -0.01: not in |
| biases of the windows gathered once: a copy that learns would not hear of it | -0.005: not in |
| 4 MB at once instead of 8 | +0.05: not in |

Floor and gap: the photo needs 71 GFLOP, 0.65 CPU seconds at the 110 GFLOP a CPU second that linear
layers and 3x3 convolutions reach by themselves. Attention in windows takes 0.11 more than its
share of them: thousands of products of 49 x 32 numbers, two threads getting in each other's way.
GELU takes 0.08, depthwise convolutions and what the first stage moves through the third cache
level 0.09, copies, sums and norms 0.06. Two cores would need 0.33 s for the floor, and need 0.55.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

from tests.memory import peak  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from sam_widget.models.sam import Sam

SIDE = 1024
PHOTO = (1200, 1800)


def ours(dtype: torch.dtype) -> Callable[[], object]:
    from sam_widget.models.vit import SIZES, build_vit

    encoder = build_vit(SIZES["vit_b"]).eval().image_encoder.to(dtype)
    x = torch.randn(1, 3, SIDE, SIDE, dtype=dtype)
    return lambda: encoder(x)


def segment_anything() -> Callable[[], object]:
    from tests import reference

    encoder = reference.segment_anything().sam_model_registry["vit_b"]().eval().image_encoder
    x = torch.randn(1, 3, SIDE, SIDE)
    return lambda: encoder(x)


def transformers() -> Callable[[], object]:
    from transformers import SamConfig, SamModel

    model = SamModel(SamConfig()).eval()
    x = torch.randn(1, 3, SIDE, SIDE)
    return lambda: model.get_image_embeddings(x)


def small() -> Sam:
    from sam_widget.models.layers import fuse
    from sam_widget.models.tiny_vit import LAYOUTS, build_tiny_vit

    return fuse(build_tiny_vit(LAYOUTS["mobile_sam"], SIDE).eval())


def embed(sam: Sam) -> Callable[[], object]:
    """From pixels to embedding, the resizing too."""
    import numpy as np

    from sam_widget.segment.segmenter import Segmenter

    photo = np.random.default_rng(0).integers(0, 256, (*PHOTO, 3), dtype=np.uint8)
    segmenter = Segmenter(sam, "fresh", "fresh")
    return lambda: segmenter.embed(photo)


def mini_photo() -> Callable[[], object]:
    from sam_widget.models.checkpoints import load_model

    return embed(load_model("mini", device="cpu", dtype="float32"))


def as_written() -> Callable[[], object]:
    from sam_widget.models import fast, layers, tiny_vit
    from sam_widget.models.encoder import ImageEncoder

    fast.AT_ONCE.clear()
    tiny_vit.gelu = layers.gelu = F.gelu
    tiny_vit.TinyViTEncoder.blank = ImageEncoder.blank
    return embed(small())


def onnxruntime() -> Callable[[], object]:
    import tempfile

    import onnxruntime

    from sam_widget.models.export import export_encoder

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    with tempfile.TemporaryDirectory() as folder:
        file = export_encoder(small(), Path(folder) / "small.onnx", takes="tensor")
        session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    x = torch.randn(1, 3, SIDE, SIDE).numpy()
    return lambda: session.run(None, {"image": x})


CONTENDERS: dict[str, Callable[[], Callable[[], object]]] = {
    "segment_anything": segment_anything,
    "transformers": transformers,
    "sam_widget": lambda: ours(torch.float32),
    "sam_widget, bf16": lambda: ours(torch.bfloat16),
    "mini, photo": mini_photo,
    "small, onnxruntime": onnxruntime,
    "small, photo, as written": as_written,
    "small, photo": lambda: embed(small()),
}
VIT_B = ("segment_anything", "transformers", "sam_widget", "sam_widget, bf16")
SMALL = ("small, onnxruntime", "small, photo, as written", "small, photo")


class Run(NamedTuple):
    """One encode: wall and CPU seconds, peak bytes above the loaded model."""

    wall: float
    cpu: float
    peak: int


def live(name: str, wire: Connection) -> None:
    """Be a contender: encode once for each message, until the other end closes."""
    torch.set_grad_enabled(False)
    encode = CONTENDERS[name]()
    loaded = psutil.Process().memory_info().rss
    wire.send("ready")
    while wire.recv():
        wall, cpu = time.perf_counter(), time.process_time()
        encode()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        wire.send(Run(wall, cpu, peak() - loaded))


def vit_b_flops(width: int = 768, depth: int = 12, whole: int = 4, grid: int = 64) -> float:
    """ViT-B's arithmetic: linear layers, attention (``whole`` blocks see all tokens), both ends."""
    tokens = grid**2
    linear = depth * 12 * width**2
    attention = 2 * width * (whole * tokens + (depth - whole) * 14**2)
    ends = 3 * 16**2 * width + 256 * width + 9 * 256**2
    return 2.0 * tokens * (linear + attention + ends)


def small_flops() -> tuple[float, float]:
    """TinyViT's arithmetic: all of its input, and as much as the photo needs."""
    from torch.utils.flop_counter import FlopCounterMode

    from sam_widget.geometry import Frame
    from sam_widget.models import fast
    from sam_widget.models.padding import Padded

    def attended(q: list[int], k: list[int], *_: object, **__: object) -> int:
        return 4 * q[0] * q[1] * q[2] * k[2] * q[3]

    sdpa = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
    encoder, x = small().image_encoder, torch.zeros(1, 3, SIDE, SIDE)
    frame = Frame(*PHOTO[::-1], SIDE)
    at_once = fast.AT_ONCE.pop("cpu")  # bands overlap: some rows are gone through twice
    counted = []
    for padded in ((), (Padded(frame.resized[::-1], encoder.blank()),)):
        with FlopCounterMode(display=False, custom_mapping={sdpa: attended}) as counter:
            encoder(x, *padded)
        counted.append(float(counter.get_total_flops()))
    fast.AT_ONCE["cpu"] = at_once
    return counted[0], counted[1]


def best_product(repeats: int) -> dict[str, float]:
    """FLOP per CPU second of an fp32 product, by each of torch's two libraries."""
    a, b = torch.randn(4096, 768), torch.randn(3072, 768)
    picture, kernel = a.view(64, 64, 1, 768).permute(0, 3, 1, 2), b[:, :, None, None]
    ways = {"matrix product": lambda: a @ b.T, "convolution": lambda: F.conv2d(picture, kernel)}
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(4 * repeats):
        for name, multiply in ways.items():
            start = time.process_time()
            multiply()
            seconds[name] = min(seconds[name], time.process_time() - start)
    return {name: 2.0 * 4096 * 768 * 3072 / took for name, took in seconds.items()}


def race(names: list[str], repeats: int) -> dict[str, list[Run]]:
    """Let the contenders encode by turns, each in its own process."""
    context = multiprocessing.get_context("spawn")
    runs: dict[str, list[Run]] = {}
    wires, processes = {}, []
    for name in names:
        wires[name], theirs = context.Pipe()
        processes.append(context.Process(target=live, args=(name, theirs), daemon=True))
        processes[-1].start()
        wires[name].recv()
    for _ in range(repeats):
        for name in names:
            wires[name].send(1)
            runs.setdefault(name, []).append(wires[name].recv())
            print(f"  {name}: {runs[name][-1].wall:.2f} s", file=sys.stderr)
    for name, process in zip(names, processes, strict=True):
        wires[name].send(0)
        process.join()
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=4)
    parser.add_argument("--without", nargs="*", default=[], choices=CONTENDERS, metavar="NAME")
    parser.add_argument("--only", nargs="*", default=[*CONTENDERS], choices=CONTENDERS)
    asked = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the widget has it
    torch.set_grad_enabled(False)
    names = [name for name in asked.only if name not in asked.without]
    runs = race(names, asked.repeats)
    rates = best_product(asked.repeats)

    rate = max(rates.values())
    said = ", ".join(f"{name} {value / 1e9:.0f}" for name, value in rates.items())
    print(f"\n{torch.get_num_threads()} threads; GFLOP in a CPU second, fp32: {said}")
    whole, needed = small_flops()
    table(VIT_B, runs, dict.fromkeys(VIT_B, vit_b_flops()), rate)
    table(SMALL, runs, {**dict.fromkeys(SMALL, whole), "small, photo": needed}, rate)
    table(("mini, photo",), runs, {}, rate)


def table(
    names: Sequence[str], runs: dict[str, list[Run]], flops: dict[str, float], rate: float
) -> None:
    """Print those that ran, beside the first of them; the floor is their arithmetic at ``rate``."""
    names = [name for name in names if name in runs]
    if not names:
        return
    print("\n| what | wall s | CPU s | times faster, wall / CPU | peak GB | GFLOP | floor, CPU s |")
    print("|---|---|---|---|---|---|---|")
    base = runs[names[0]]
    for name in names:
        wall, cpu = min(r.wall for r in runs[name]), min(r.cpu for r in runs[name])
        ratios = [min(r[i] for r in base) / took for i, took in enumerate((wall, cpu))]
        peak = max(r.peak for r in runs[name]) / 1e9
        row = f"| {name} | {wall:.2f} | {cpu:.2f} | {ratios[0]:.1f} / {ratios[1]:.1f} | {peak:.2f} "
        needs = flops.get(name)
        floor = "" if needs is None or "bf16" in name else f"{needs / rate:.2f}"
        print(f"{row}| {'' if needs is None else f'{needs / 1e9:.0f}'} | {floor} |")


if __name__ == "__main__":
    main()
