"""What fine-tuning gives on its kind of photo and costs on the others. Judges; learns nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tqdm.auto import tqdm

from sam_widget.formats.errors import DataError
from sam_widget.models.checkpoints import load_model
from sam_widget.training.data.photos import ShardPhotos
from sam_widget.training.data.readers import Chosen, open_photos
from sam_widget.training.evaluate import score_photo
from sam_widget.training.few_photos import Course
from sam_widget.training.fine_tune import COURSE, fine_tune
from sam_widget.training.measure.scores import mean_over_sources
from sam_widget.training.numbers import check_numbers
from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.run.results import room_for, save_result

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sam_widget.models.sam import Sam
    from sam_widget.training.data.photos import Photos

DESCRIPTION = """\
Tell what ten photos of a kind give on fifty others of it, and cost elsewhere.

  python -m sam_widget.training --data ../shared/data --run runs/base --side 256 --steps 800 \\
    --photos 4 --prompts 6 --corrections 0.5 --iou-weight 4 --seed 11 \\
    --without coffee_leaves iotboards
  python -m sam_widget.training.gain --data ../shared/data --model runs/base/weights.safetensors

The base has been trained --without these kinds. Learnt and judged photos are drawn from the
training shards and never meet; those of the other kinds are validation photos. That gave

                                   one click         best of three                   box
coffee_leaves             0.228 0.265 +0.037    0.304 0.482 +0.178    0.549 0.612 +0.062
  all other sources       0.432 0.408 -0.024    0.564 0.552 -0.013    0.635 0.634 -0.001
iotboards                 0.261 0.801 +0.540    0.635 0.882 +0.247    0.902 0.930 +0.029
  all other sources       0.432 0.400 -0.033    0.564 0.557 -0.007    0.635 0.655 +0.020

The defaults were chosen on other photos of these kinds, where nothing was lost elsewhere: much
depends on the ten. Without memory (--remember 0 --iou-weight 1 --keep 0.65 --rest 2) the same
photos gave +0.039 and +0.491, and -0.033 and -0.057 elsewhere.
"""

MASKS = 6
"""Of each judged photo, at most."""


@dataclass(frozen=True)
class Gain:
    """Means before and after one fine-tuning, by the evaluation's protocol."""

    source: str
    before: dict[str, float]
    after: dict[str, float]
    rest_before: dict[str, float]
    rest_after: dict[str, float]


@dataclass(frozen=True)
class Trial:
    """What is measured: so many photos of each source to learn, others to judge by."""

    sources: tuple[str, ...] = ("coffee_leaves", "iotboards")
    learn: int = 10
    judge: int = 50
    rest: int = 4
    """Photos of each other source."""

    def __post_init__(self) -> None:
        check_numbers(self, {"learn": 1, "judge": 1})


def measure(
    model: str | Path,
    photos: Photos,
    trial: Trial,
    course: Course,
    others: Photos | None = None,
) -> list[Gain]:
    """Fine-tune once for each source and judge before and after.

    Parameters
    ----------
    model
        The base, trained without these sources.
    photos
        With the sources; learnt and judged photos never meet.
    trial
        Which sources, how many photos.
    course
        How it is fine-tuned.
    others
        Where the judged photos of the other sources come from; `photos` by default. Validation
        photos, where the base has learnt from `photos`.

    Raises
    ------
    DataError
        A source has too few photos.
    """
    base = load_model(model, "auto", "float32")
    others = photos if others is None else others
    rest = _some_of_each(others, trial)
    rest_before = _scores(base, rest)
    gains = []
    for source in trial.sources:
        learnt, judged = _parted(photos, source, trial)
        tuned = fine_tune(base, learnt, course=course)
        gain = (_scores(base, judged), _scores(tuned, judged), rest_before, _scores(tuned, rest))
        gains.append(Gain(source, *gain))
    return gains


def _parted(photos: Photos, source: str, trial: Trial) -> tuple[Chosen, Chosen]:
    own = [number for number, name in enumerate(photos.sources) if name == source]
    if len(own) < trial.learn + trial.judge:
        needed = trial.learn + trial.judge
        raise DataError(f"{source} has {len(own)} photos; {needed} are needed to learn and judge.")
    order = np.random.default_rng(0).permutation(own).tolist()
    learnt, judged = order[: trial.learn], order[trial.learn : trial.learn + trial.judge]
    return Chosen(photos, tuple(learnt)), Chosen(photos, tuple(judged))


def _some_of_each(photos: Photos, trial: Trial) -> Chosen:
    seen: dict[str, int] = defaultdict(int)
    numbers = []
    for number, source in enumerate(photos.sources):
        if source not in trial.sources and seen[source] < trial.rest:
            seen[source] += 1
            numbers.append(number)
    return Chosen(photos, tuple(numbers))


def _scores(sam: Sam, photos: Photos) -> dict[str, float]:
    scores = []
    for number in tqdm(range(len(photos.sources)), unit="photo", desc="judging", leave=False):
        photo = photos[number]
        chosen = np.random.default_rng(number).permutation(len(photo.annotations))[:MASKS]
        scores += score_photo(sam, photo, 1, chosen.tolist())
    return mean_over_sources(scores)


def table(gains: Sequence[Gain]) -> str:
    """Lay the gains out as text."""
    lines = [f"{'':22}{'one click':>22}{'best of three':>22}{'box':>22}"]
    names = ("one_click", "best_of_three", "box")
    for gain in gains:
        for told, old, new in (
            (gain.source, gain.before, gain.after),
            ("  all other sources", gain.rest_before, gain.rest_after),
        ):
            cells = "".join(f"{old[n]:9.3f} {new[n]:.3f} {new[n] - old[n]:+.3f}" for n in names)
            lines.append(f"{told:22}{cells}")
    return "\n".join(lines)


TRIAL = {
    "learn": "photos to learn from",
    "judge": "other photos of the kind",
    "rest": "photos of each other kind",
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.gain", DESCRIPTION)
    out.add_argument("--data", type=Path, required=True, help="photos with these kinds")
    out.add_argument("--model", required=True, help="the base: a name or file")
    out.add_argument("--json", type=Path, help="where to write the numbers")
    trial = out.add_argument_group("what is measured")
    trial.add_argument("--sources", type=_names, default=Trial.sources, help="with commas between")
    offer(trial, Trial(), TRIAL)
    offer(out.add_argument_group("fine-tuning"), Course(), COURSE)
    return out


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        room_for(given.json)
        photos = open_photos(given.data)
        kept = given.data / "val.tar"
        others = ShardPhotos([kept]) if kept.is_file() else None
        trial, course = taken(Trial, given), taken(Course, given)
        gains = measure(given.model, photos, trial, course, others)
    except ValueError as error:
        grammar.error(str(error))
    print(table(gains))  # noqa: T201
    if given.json:
        told = json.dumps([asdict(gain) for gain in gains], indent=1) + "\n"
        try:
            save_result(lambda place: place.write_text(told), given.json)
        except ValueError as error:
            grammar.error(str(error))


if __name__ == "__main__":
    main()
