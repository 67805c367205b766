"""`python -m sam_widget.data_engine`: the whole loop, simulated. No stage in here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sam_widget.training.data.readers import only, open_photos
from sam_widget.training.few_photos import Course
from sam_widget.training.options import grammar_of, offer, taken

from . import charts
from .annotator import Annotator, Pace
from .loop import Plan, turn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

DESCRIPTION = """\
Turn the data engine once, with a simulated annotator in the place of people.

  python -m sam_widget.data_engine --data PHOTOS --out FOLDER

PHOTOS are annotated ones (a folder in SA-1B's layout, a COCO file, tar shards): their masks are the
truth that the annotator clicks for, and its seconds are simulated. FOLDER gets the photos with the
masks that were made, the weights that were better, log.json and wheel.png.

On a kind of photo that mini has never seen, two halls from a walking camera,

  --data ../shared/data/train-05.tar --assisted 8 8 --semi 8 --automatic 2 --points 16
  --held-out 10 --steps 40

gave, in 4 minutes of one core (the last line is the paper's, at the ends of its three stages):

  stage            model        images  masks/image  clicks/mask  s/mask  given up  s/image  found
  assisted-manual  mini              8          1.9          2.5    10.1         8     48.6    21%
  assisted-manual  retrained-1       8          2.0          2.5    10.5         8     50.9    20%
  semi-automatic   retrained-1       8          2.8          2.6    11.1         7     62.4    31%
  fully-automatic  retrained-1       2         26.5                              0              9%
  the paper: masks an image 20 to 44, to 72, about 100; seconds a mask by hand 34 to 14, to 34

Seconds are simulated, at 4 s a thing, 2 s a click, 1 s a verdict: an assumption. The annotator is
content from an IoU of 0.85 on and, as the paper's people, leaves an image when one mask takes over
30 s: 23 of these 24, which have 11 true masks on average. IoU after one click on 66 masks of the 10
held-out photos went from 0.509 to 0.527 with the first retraining (+0.018, 95 % -0.017 to +0.049);
the other two gave -0.004 and -0.001, and their weights were not taken. Of 53 masks that were
answered again 3 changed by over 10 %, and the annotator took none of these. The held-out photos by
hand took 10.8 s and 2.7 clicks a mask with mini (26 masks), 9.3 s and 2.1 with the last model (25).
These are few photos: the paper's first stage alone had 120,000.
"""

PLAN = {
    "automatic": "photos of the fully automatic stage",
    "points": "of its grid, along each side",
    "held_out": "photos that the retrainings are judged by",
    "share": "how much of a mask may change unseen, when it is answered again",
    "seed": "of which photo goes where",
}
COURSE = {"steps": "of each retraining"}
PACE = {
    "look": "simulated seconds to look at a thing and be content",
    "click": "of a click",
    "verdict": "to keep or refuse a mask, to choose another candidate",
}
ANNOTATOR = {
    "enough": "IoU with the truth from which the annotator is content",
    "patience": "simulated seconds on one mask, after which it goes on to the next image",
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("data_engine", DESCRIPTION)
    out.add_argument("--data", type=Path, required=True, help="photos whose masks are known")
    out.add_argument("--only", nargs="+", metavar="SOURCE", help="only photos of these sources")
    out.add_argument("--out", type=Path, required=True, help="where all of it goes")
    out.add_argument("--model", default="mini", help="who helps at first (default: %(default)s)")
    plan = out.add_argument_group("how much")
    for name, told in (("assisted", "assisted-manual"), ("semi", "semi-automatic")):
        default = getattr(Plan(), name)
        plan.add_argument(
            f"--{name}", type=int, nargs="+", default=default, metavar="PHOTOS",
            help=f"photos of each {told} round (default: {' '.join(map(str, default))})",
        )  # fmt: skip
    offer(plan, Plan(), PLAN)
    offer(plan, Plan().course, COURSE)
    someone = out.add_argument_group("the simulated annotator")
    offer(someone, Pace(), PACE)
    offer(someone, Annotator(), ANNOTATOR)
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Turn the wheel, and print what it gave."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        annotator = taken(Annotator, given, pace=taken(Pace, given))
        more = {"assisted": tuple(given.assisted), "semi": tuple(given.semi)}
        course = Course(steps=given.steps)
        plan = taken(Plan, given, annotator=annotator, course=course, **more)
        photos = open_photos(given.data)
        photos = only(photos, given.only) if given.only else photos
        log = turn(photos, given.out, given.model, plan)
    except ValueError as error:
        grammar.error(str(error))
    charts.wheel(log).savefig(given.out / "wheel.png", dpi=100)
    print(log)  # noqa: T201


if __name__ == "__main__":
    main()
