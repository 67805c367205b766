"""`python -m sam_widget.training.words`: the command line of teaching words. Words and defaults."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tqdm import tqdm

from sam_widget.errors import SamError
from sam_widget.segment.embeddings.cache import shared_cache
from sam_widget.segment.loaded import embedded
from sam_widget.segment.text.minilm import encoder
from sam_widget.segment.text.taught import PACKAGED, read
from sam_widget.segment.text.words import own_segmenter
from sam_widget.training.data.photos import ShardPhotos, training_shards
from sam_widget.training.options import grammar_of, offer, taken

from .judge import by_word, judge, table
from .learn import Course, Words, WordsPlan
from .vocabulary import HELD_OUT, SHARES, TO_JUDGE, lessons, taught

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from torch import Tensor

    from .vocabulary import Lesson

DESCRIPTION = """\
Teach the model `small` words: one linear layer turns a phrase's vector into prompt tokens.

  python -m sam_widget.training.words --data ../shared/data --look
      see each photo once, into the shared cache ($SAM_WIDGET_CACHE); goes on where it stopped
  python -m sam_widget.training.words --data ../shared/data --run runs/words --minutes 25
      teach; goes on where that folder's run was stopped
  python -m sam_widget.training.words --data ../shared/data --judge
      the layer that is in the package, on photos of val.tar; --weights takes another

SAM's authors trained it with CLIP's vectors of crops as prompts, and prompted it with CLIP's
vectors of words (Kirillov et al. 2023, section 7.5, appendix D.6); that part was never released.
Here a text encoder that has never seen an image stands in for CLIP's, so a word means to the model
what masks with that label have taught the layer; of other words it knows what their neighbours are.
The model stays as it is. A step asks for some words of some photos: those that are there, whose
masks joined are to be drawn, and one that is not, for which nothing is to be. The losses are SAM's,
20 focal and dice, the focal one's alpha 0.75, as small things came to be nothing with 0.25; of what
is not there focal alone.

"""
PLAN = {
    "photos": "a step",
    "present": "words of a photo that are on it, at most",
    "missing": "words that are not on it",
    "rate": "peak learning rate",
    "decay": "of weights",
    "noise": "added to each number of a phrase's vector",
    "seed": "",
    "save_minutes": "between checkpoints",
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.words", DESCRIPTION)
    out.add_argument("--data", type=Path, required=True, help="folder of train-*.tar and val.tar")
    what = out.add_mutually_exclusive_group(required=True)
    what.add_argument("--look", action="store_true", help="only fill the cache")
    what.add_argument("--run", type=Path, help="teach, in this folder")
    what.add_argument("--judge", action="store_true", help="score what was taught")
    out.add_argument("--lessons", type=int, default=10**6, help="photos that teach or are seen")
    out.add_argument("--judges", type=int, default=10**6, help="photos that judge")
    out.add_argument("--weights", type=Path, default=PACKAGED, help="what is judged")
    out.add_argument("--words", action="store_true", help="judged: each word by itself too")
    out.add_argument("--threads", type=int, help="of torch (default: its own choice)")
    length = out.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="how long, by the clock (default: 25)")
    length.add_argument("--steps", type=int, help="how long, in steps")
    offer(out, WordsPlan(steps=1), PLAN)
    return out


def vectors_of(given: Sequence[Lesson]) -> dict[str, Tensor]:
    """Return the vector of each word of these lessons."""
    words = sorted({word for each in given for word in each.words})
    return dict(zip(words, encoder()(words).clone(), strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    """Look, teach or judge."""
    grammar = parser()
    said = sys.argv[1:] if arguments is None else arguments
    given = grammar.parse_args(said)
    if given.threads:
        torch.set_num_threads(given.threads)
    try:
        if not given.judge:
            photos = ShardPhotos(training_shards(given.data))
            chosen = taught(lessons(photos, SHARES))[: given.lessons]
        if given.look or given.judge:
            judging = ShardPhotos([given.data / "val.tar"])
            judges = lessons(judging, dict.fromkeys(SHARES, TO_JUDGE))[: given.judges]
        if given.look:
            _look(photos, chosen)
            _look(judging, judges)
        elif given.judge:
            _judge(judging, judges, given)
        else:
            plan = replace(_plan_of(given), command=shlex.join(said))
            course = Course(photos, chosen, vectors_of(chosen))
            Words(course, own_segmenter(), given.run, plan).run()
    except SamError as error:
        grammar.error(str(error))


def _plan_of(given: argparse.Namespace) -> WordsPlan:
    minutes = 25.0 if given.minutes is None and given.steps is None else given.minutes
    return taken(WordsPlan, given, minutes=minutes, steps=given.steps)


def _look(photos: ShardPhotos, given: Sequence[Lesson]) -> None:
    segmenter = own_segmenter()
    for each in tqdm(given, unit="photo", disable=None):
        embedded(segmenter, np.asarray(photos[each.number].pixels))
    shared_cache().flush()


def _judge(photos: ShardPhotos, given: tuple[Lesson, ...], asked: argparse.Namespace) -> None:
    layer = read(asked.weights)
    course = Course(photos, given, vectors_of(given))
    found = judge(course, own_segmenter(), layer.tokens, layer.words)
    seen = {word: each for word, each in found.items() if word in {*layer.words, *HELD_OUT}}
    print(table(seen, HELD_OUT))  # noqa: T201
    if asked.words:
        print(by_word(seen))  # noqa: T201


if __name__ == "__main__":
    main()
