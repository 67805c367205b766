"""The command line of the fully automatic stage: words and what is printed. Annotates nothing."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError
from sam_widget.models.packaged import DEFAULT
from sam_widget.segment.everything.search import Search
from sam_widget.segment.loaded import segmenter_of

from .annotate import annotate
from .automatic import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """\
Annotate every photo of a folder without a click: masks in SA-1B's JSON, a file a photo.

  python -m sam_widget.data_engine.annotate photos/ --output masks/ --report masks/report.html
      called again after an interruption, it goes on where it was
  python -m sam_widget.data_engine.annotate s3://bucket/photos --output s3://bucket/masks \\
    --scheduler tcp://10.0.0.1:8786
      by the workers of a Dask cluster; needs sam_widget[cluster]
  python -m sam_widget.data_engine.annotate photos/ --output measured/ \\
    --images 11000000 --workers 256 --price 1.5
      what that many would take, by what these took: seconds a photo and worker hours
"""


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = argparse.ArgumentParser(
        "python -m sam_widget.data_engine.annotate",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    out.add_argument("photos", help="folder, glob or address")
    out.add_argument("--output", help="where results go (default: beside the photos)")
    out.add_argument("--model", default=DEFAULT, help="name or file (default: %(default)s)")
    out.add_argument("--points", type=int, help="along each side of the grid (default: 32)")
    out.add_argument("--crops", type=int, help="layers of crops (default: 0; the paper's 2)")
    out.add_argument("--anew", action="store_true", help="do all again, in place of what is there")
    out.add_argument("--scheduler", help="address of a Dask scheduler")
    out.add_argument("--report", help="write report.html or report.md, and its JSON")
    out.add_argument("--images", type=int, help="tell what that many would take")
    out.add_argument("--workers", type=int, default=1, help="who work at the same time, then")
    out.add_argument("--price", type=float, default=0.0, help="of one worker for an hour, then")
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Annotate a folder, and say what came of it."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        client = _client(given.scheduler)
        settings = Settings(_search(given))
        run = annotate(
            given.photos,
            given.output,
            client,
            model=given.model,
            settings=settings,
            resume=not given.anew,
        )
        print(run)  # noqa: T201
        print(run.funnel)  # noqa: T201
        if given.images:
            print(run.cost(given.images, workers=given.workers, price=given.price))  # noqa: T201
        if given.report:
            run.report(given.report)
    except SamError as error:
        grammar.error(str(error))
    except KeyboardInterrupt:
        grammar.exit(130, "Stopped. What is written stays; the same command goes on from there.\n")


def _search(given: argparse.Namespace) -> Search | None:
    """Return the search of what was said of grid and crops; None where nothing was."""
    if given.points is None and given.crops is None:
        return None
    own = Search.suited(segmenter_of(given.model).thresholds)
    crops = given.crops or 0
    side = own.points_per_side if given.points is None else given.points
    return replace(
        own,
        points_per_side=side,
        crop_n_layers=crops,
        crop_n_points_downscale_factor=2 if crops else 1,  # as the paper has it
    )


def _client(address: str | None) -> Any:
    if address is None:
        return None
    try:
        from distributed import Client  # noqa: PLC0415  an extra
    except ImportError as error:
        raise SamError("A cluster needs Dask: pip install 'sam_widget[cluster]'.") from error
    try:
        return Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise SamError(f"There is no Dask scheduler at {address}.") from error
