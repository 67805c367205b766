"""A run as a page: who annotated a folder, how, in which order, what came of it. Does no photo."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError
from sam_widget.images import read_image
from sam_widget.reports import Drawing, Facts, Picture, Pictures, Report, Section, Table, Words
from sam_widget.reports.here import clock, machine, versions
from sam_widget.segment.everything.search import Search

from .ledger import FOLDER
from .places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sam_widget.reports.blocks import Block
    from sam_widget.segment.everything.funnel import Funnel

    from .job import Done
    from .run import Run


def report_of(run: Run) -> Report:
    """Return the page of a run, and the same as JSON."""
    now = datetime.now(UTC)
    last = run.sittings[-1]
    each = f", {run.masks / run.recorded:.1f} a photo" if run.recorded else ""
    lead = (
        f"{run.done:,} of {run.photos:,} photos annotated by {last.model} without a click:"
        f" {run.masks:,} masks{each}, in {clock(run.elapsed)}."
    )
    sections = (
        _pictures(run),
        Section("What the filters dropped", tuple(_funnel(run.funnel))),
        Section("Model and settings", (Facts(tuple(_how(run))),)),
        Section("In which order", tuple(_order(run))),
        Section("How long it took", tuple(_time(run))),
        _failures(run),
        Section("Where", (Facts(tuple(_where(run))),)),
    )
    foot = f"Written by sam_widget {last.version} on {now:%Y-%m-%d at %H:%M} UTC."
    shown = tuple(section for section in sections if section.blocks)
    return Report(f"Annotation of {_short(last.photos)}", lead, shown, _data(run, now), foot)


def funnel_table(funnel: Funnel) -> Table:
    """Return a funnel's numbers."""
    rows = [("proposed", "", f"{funnel.masks:,}")]
    rows += [(what, f"{drop:,}", f"{left:,}") for what, drop, left in funnel.stages()]
    return Table(("filter", "dropped", "left"), tuple(rows))


def _pictures(run: Run) -> Section:
    shown = [picture for done in run.samples if (picture := _picture(run, done))]
    said = f"{len(shown)} of {run.recorded:,} photos, drawn by chance."
    return Section("Some of the photos", (Words(said), Pictures(tuple(shown))) if shown else ())


def _picture(run: Run, done: Done) -> Picture | None:
    """Paint a photo with its masks, small; None where one of the two is gone since."""
    from sam_widget.widget.palette import PALETTE  # noqa: PLC0415  it brings the screen
    from sam_widget.widget.stills import still_of  # noqa: PLC0415

    try:
        found = run.annotations(done.name)
        pixels = read_image(Place(run.sittings[-1].photos).read(done.name)).pixels
    except SamError:
        return None
    regions = sorted(found.regions, key=lambda region: -region.area)  # the small ones on top
    painted = ((region, PALETTE[n % len(PALETTE)]) for n, region in enumerate(regions))
    count = f"{len(regions)} mask{'s' * (len(regions) != 1)}"
    said = f"{done.name}: {count}, {done.seconds:.1f} s"
    return Picture(still_of(pixels, painted, 0.5), "webp", said)


def _funnel(funnel: Funnel) -> Iterator[Block]:
    if funnel.masks:
        yield Words(
            f"The decoder proposed {funnel.masks:,} masks at {funnel.points:,} points;"
            f" {funnel.kept:,} ({funnel.kept / funnel.masks:.1%}) passed every filter."
        )
        yield Drawing(funnel.svg(), funnel_table(funnel))


def _how(run: Run) -> Iterator[tuple[str, str]]:
    last = run.sittings[-1]
    yield "model", last.model
    for key, count in run.keys.items():
        yield "fingerprint", key if len(run.keys) == 1 else f"{key} ({count:,} photos)"
    for device, count in run.devices.items():
        yield "computed on", device if len(run.devices) == 1 else f"{device} ({count:,} photos)"
    settings = json.loads(last.settings)
    # but for its thresholds, the search is the same for every model
    search = settings["search"] or asdict(Search())
    yield "prompts", _grid(search)
    yield "crops", _crops(search)
    if run.samples:
        yield "predicted IoU", f"above {run.samples[0].least_iou:g}"
        cut = f"cut {search['stability_score_offset']:g} above and below the border's logit"
        yield "stability", f"at least {run.samples[0].least_stability:g}, {cut}"
    yield "two are one", f"where their boxes' IoU is over {search['box_nms_thresh']:g}"
    yield "holes, islands", f"filled, dropped below {settings['smallest_piece']:g} px"
    yield "too large", f"what covers {settings['largest']:.0%} of the photo or more"


def _grid(search: dict[str, Any]) -> str:
    if search["point_grids"] is not None:
        return f"own grids of {', '.join(str(len(grid)) for grid in search['point_grids'])} points"
    side = search["points_per_side"]
    return f"a grid of {side} x {side} points"


def _crops(search: dict[str, Any]) -> str:
    if not search["crop_n_layers"]:
        return "none: the whole photo alone"
    shared = f"{search['crop_overlap_ratio']:.2f} of the shorter side"
    return (
        f"{search['crop_n_layers']} layers, overlapping by {shared}, points divided by"
        f" {search['crop_n_points_downscale_factor']} a layer; two"
        f" of different crops are one where their boxes' IoU is over {search['crop_nms_thresh']:g}"
    )


def _order(run: Run) -> Iterator[Block]:
    rows = tuple(
        (
            f"{n}",
            f"{datetime.fromtimestamp(each.began, UTC):%Y-%m-%d %H:%M:%S}",
            clock(each.elapsed),
            f"{each.known:,} of {each.total:,}",
            each.workers,
            "yes" if each.whole else "no",
        )
        for n, each in enumerate(run.sittings, 1)
    )
    head = ("call", "began (UTC)", "took", "done before", "who worked", "came to its end")
    yield Table(head, rows)
    yield Words(
        f"Each photo's line, with what it took and who did it, in the order in which they were"
        f" done: {run.output}/{FOLDER}."
    )


def _time(run: Run) -> Iterator[Block]:
    if not run.recorded:
        return
    n = run.recorded
    spent = {"reading": run.reading, "the model": run.looking, "writing": run.writing}
    rows = [(what, f"{s / n:.3f} s", clock(s)) for what, s in spent.items()]
    rows.append(("altogether", f"{run.seconds:.3f} s", clock(run.seconds * n)))
    yield Table(("a worker's time", "a photo", "all photos"), tuple(rows))
    done = sorted(run.workers.items(), key=lambda each: -each[1])
    yield Table(
        ("worker (machine:process)", "photos"), tuple((name, f"{n:,}") for name, n in done[:20])
    )


def _failures(run: Run) -> Section:
    if not run.failed:
        return Section("What failed", ())
    said = f"{run.failed:,} photos have no result; the same call tries them again."
    rows = tuple((sentence,) for sentence in run.failures)
    return Section("What failed", (Words(said), Table(("why",), rows)))


def _where(run: Run) -> Iterator[tuple[str, str]]:
    yield "photos", run.sittings[-1].photos
    yield "results", run.output
    unknown = run.done - run.recorded
    if unknown > 0:
        yield "results without a record", f"{unknown:,}, of a call that was killed"
    yield "this page's machine", machine()
    yield "versions", ", ".join(f"{name} {said}" for name, said in versions().items())


def _data(run: Run, now: datetime) -> dict[str, Any]:
    plain = asdict(run)
    for each in plain["sittings"]:
        each["settings"] = json.loads(each["settings"])
    plain["seconds_a_photo"] = run.seconds if run.recorded else None
    plain["funnel"]["kept"] = run.funnel.kept
    return {
        "sam_widget": "report",
        "of": "run",
        "written": now.isoformat(timespec="seconds"),
        "versions": versions(),
        "machine": machine(),
        **plain,
    }


def _short(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2] or address
