"""`python -m sam_widget.training.mae.compare`: what MAE gives a small ViT SAM. Saves no model."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tqdm import tqdm

from sam_widget.errors import reason
from sam_widget.models.checkpoints import load_model
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.models.sam import Sam
from sam_widget.training.data.augment import Recipe
from sam_widget.training.data.photos import Photos, ShardPhotos, training_shards
from sam_widget.training.data.stream import Stream, batches, collate
from sam_widget.training.evaluate import score_photo
from sam_widget.training.lesson.rounds import Talk, backward
from sam_widget.training.mae.model import every_third, fresh_encoder
from sam_widget.training.mae.run import start_vit
from sam_widget.training.measure.scores import Score, mean_over_sources
from sam_widget.training.numbers import check_numbers
from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.run.plan import rise_and_fall
from sam_widget.training.run.precision import Precision
from sam_widget.training.run.results import room_for, save_result
from sam_widget.training.run.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

ARMS = ("scratch", "mae")
SHOWN = ("one_click", "best_of_three", "box")

DESCRIPTION = """\
Train a small ViT SAM twice on the same photos, masks and clicks in the same order: once from a
fresh image encoder, once from one that `python -m sam_widget.training.mae` has pre-trained.

  python -m sam_widget.training.mae.compare --data ../shared/data \\
    --mae runs/mae/weights.safetensors --out runs/mae-worth --steps 200

Both start from the same fresh weights (positions as sines and cosines too), except for what MAE has
learnt; both borrow prompt encoder and mask decoder from `mini`, which would take far longer to
learn than the budget of such a test; both learn everything. Then both are judged on the same masks
of val.tar, one click, best of three and box as the frozen evaluation has them, on fewer photos. The
table tells means over sources, and the mean difference over masks with its standard error: that
error is about these photos, not about other seeds. --arms scratch and --arms mae may run as two
processes; whoever comes last prints the table. An arm whose file is in --out is not run again.
"""


@dataclass(frozen=True)
class Contest:
    """The same for both arms."""

    steps: int = 200
    photos: int = 4
    prompts: int = 4
    """Masks a photo, at most."""
    side: int = 256
    width: int = 192
    depth: int = 6
    heads: int = 3
    rate: float = 5e-4
    """Peak, of the image encoder; the borrowed parts learn at a fifth of it."""
    judged: int = 66
    """Photos of the validation shard, evenly spread."""
    masks: int = 4
    """Of each of them, at most."""
    seed: int = 0

    def __post_init__(self) -> None:
        names = ("steps", "photos", "prompts", "side", "width", "depth", "heads", "judged", "masks")
        check_numbers(self, dict.fromkeys(names, 1))


def contestant(contest: Contest, weights: Path | None) -> Sam:
    """Return a small ViT SAM before training, with a pre-trained encoder where weights are given.

    Raises
    ------
    DataError
        The weights do not fit.
    """
    torch.manual_seed(contest.seed)
    encoder = fresh_encoder(every_third(contest.width, contest.depth, contest.heads), contest.side)
    sam = Sam(encoder, PromptEncoder(contest.side), MaskDecoder())
    mini = load_model("mini", device="cpu", dtype="float32")
    sam.prompt_encoder.load_state_dict(mini.prompt_encoder.state_dict())
    sam.mask_decoder.load_state_dict(mini.mask_decoder.state_dict())
    return sam if weights is None else start_vit(sam, weights)


def train(sam: Sam, photos: Photos, contest: Contest) -> list[float]:
    """Train in place; return each step's loss."""
    sam.train().requires_grad_(requires_grad=True)
    sides = {"image_encoder.": contest.rate, "": contest.rate / 5}
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in sam.named_parameters():
        rate = next(rate for prefix, rate in sides.items() if name.startswith(prefix))
        groups.setdefault((rate, 0.05 if parameter.ndim > 1 else 0.0), []).append(parameter)
    stepper = Stepper(
        (
            {"params": parameters, "peak": rate, "weight_decay": decay}
            for (rate, decay), parameters in groups.items()
        ),
        Precision(next(sam.parameters()).device),
    )
    stream = Stream(photos, Recipe(contest.side, contest.prompts), contest.seed)
    source = batches(stream, 0, contest.photos, 0, collate=collate)
    losses = []
    for step in tqdm(range(contest.steps), unit="step", disable=None):
        factor = rise_and_fall(step, max(1, contest.steps // 10), step / contest.steps)
        rng = np.random.default_rng((contest.seed, step))
        losses.append(backward(sam, next(source), Talk(), rng).means()["loss"])
        stepper.step(factor)
    return losses


def judge(sam: Sam, photos: Photos, contest: Contest) -> list[Score]:
    """Score some masks of some photos, always the same ones."""
    sam.eval()
    count = len(photos.sources)
    scores: list[Score] = []
    spread = np.linspace(0, count - 1, min(contest.judged, count)).round().astype(int)
    for number in tqdm(spread, unit="photo", disable=None):
        photo = photos[int(number)]
        chosen = np.random.default_rng(number).permutation(len(photo.annotations))
        scores += score_photo(sam, photo, 1, chosen[: contest.masks].tolist())
    return scores


def table(results: dict[str, list[Score]]) -> str:
    """Lay out what both arms reached, and by how much they differ."""
    lines = [f"{'':14}{'scratch':>10}{'MAE':>10}{'gain':>10}{'error':>10}"]
    means = {arm: mean_over_sources(scores) for arm, scores in results.items()}
    for name in SHOWN:
        one, other = (np.array([s.values[name] for s in results[arm]]) for arm in ARMS)
        gain = other - one
        error = gain.std(ddof=1) / np.sqrt(len(gain))
        title = name.replace("_", " ")
        lines.append(
            f"{title:14}{means['scratch'][name]:10.3f}{means['mae'][name]:10.3f}"
            f"{gain.mean():+10.3f}{error:10.3f}"
        )
    return "\n".join([*lines, f"{len(gain)} masks"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and judge the arms that are asked for, and print the table when both are there."""
    grammar = grammar_of("training.mae.compare", DESCRIPTION)
    grammar.add_argument("--data", type=Path, required=True, help="folder of train-*.tar, val.tar")
    grammar.add_argument("--mae", type=Path, required=True, help="weights.safetensors of a MAE run")
    grammar.add_argument("--out", type=Path, required=True, help="where results are written")
    grammar.add_argument("--arms", nargs="+", choices=ARMS, default=ARMS)
    grammar.add_argument("--threads", type=int, help="of torch (default: its own choice)")
    offer(grammar, Contest(), dict.fromkeys(asdict(Contest()), ""))
    given = grammar.parse_args(arguments)
    if given.threads:
        torch.set_num_threads(given.threads)
    try:
        contest = taken(Contest, given)
        given.out.mkdir(parents=True, exist_ok=True)
        kept = ShardPhotos([given.data / "val.tar"])
        for arm in given.arms:
            file = given.out / f"{arm}.json"
            if file.is_file():
                continue
            room_for(file)
            sam = contestant(contest, given.mae if arm == "mae" else None)
            losses = train(sam, ShardPhotos(training_shards(given.data)), contest)
            scores = [asdict(score) for score in judge(sam, kept, contest)]
            result = {"contest": asdict(contest), "losses": losses, "scores": scores}
            text = json.dumps(result) + "\n"
            save_result(partial(Path.write_text, data=text), file)
    except ValueError as error:  # DataError and CheckpointError are such
        grammar.error(str(error))
    except OSError as error:
        grammar.error(f"{given.out} cannot be written: {reason(error)}.")
    files = {arm: given.out / f"{arm}.json" for arm in ARMS}
    if all(file.is_file() for file in files.values()):
        read = {arm: json.loads(file.read_text())["scores"] for arm, file in files.items()}
        print(table({arm: [Score(**s) for s in scores] for arm, scores in read.items()}))  # noqa: T201


if __name__ == "__main__":
    main()
