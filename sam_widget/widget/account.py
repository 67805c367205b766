"""The page of one photo's annotation: who made its masks, how, in which order. Asks no model."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image

from sam_widget.document.recorded import Recorded
from sam_widget.document.records import Answer, Object
from sam_widget.document.told import told
from sam_widget.masks import Mask
from sam_widget.regions import Region
from sam_widget.reports import Facts, Picture, Pictures, Report, Section, Table, Words
from sam_widget.reports.here import clock, machine, versions

from .palette import PALETTE
from .stills import still_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sam_widget.document.edits import Document
    from sam_widget.document.told import Told
    from sam_widget.images.huge import AnyPicture
    from sam_widget.reports.blocks import Block

    from .outcome import Outcome

MOST_STEPS = 300  # that the page shows; the JSON has all
MOST_CLOSE = 12  # objects that are shown from near
CLOSE = 320  # px of such a picture's longer side
MARGIN = 0.2  # of an object's box, round it


def account(
    name: str,
    history: dict[str, Any],
    photo: AnyPicture,
    outcome: Outcome,
    *,
    settings: dict[str, Any],
    opacity: float,
) -> Report:
    """Return the page.

    Parameters
    ----------
    name : str
        What to call the photo.
    history : dict
        What ``w.history`` gave.
    photo : Picture
    outcome : Outcome
        What the history's steps have come to.
    settings : dict
        What the answers depend on beside the prompts, by name.
    opacity : float
        Of the masks' fill, 0..1.
    """
    objects, document = outcome.objects, outcome.document
    steps = told(Recorded.read(history).steps)
    now = datetime.now(UTC)
    model, took = history["model"], history["steps"][-1]["at"] if history["steps"] else 0.0
    count = f"{len(objects)} object{'s' * (len(objects) != 1)}"
    size = f"{photo.size[0]} x {photo.size[1]} px"
    sections = (
        Section("The photo", tuple(_pictures(photo, objects, document, opacity))),
        Section("Objects", (_table(objects),) if objects else (Words("There is none yet."),)),
        Section("Model and settings", (Facts(tuple(_how(history, photo, settings))),)),
        Section("In which order", tuple(_order(steps))),
        Section("How long it took", (Facts(tuple(_time(took, steps, document))),)),
        Section("Where", tuple(_where())),
    )
    data = {
        "sam_widget": "report",
        "of": "widget",
        "written": now.isoformat(timespec="seconds"),
        "versions": versions(),
        "machine": machine(),
        "photo": {"name": name, **history["image"], "assumed": list(photo.assumed)},
        "model": model,
        "settings": settings,
        "seconds": took,
        "objects": [_plain(each, document) for each in objects],
        "steps": [asdict(each) for each in steps],
        "history": history,
    }
    lead = f"{count} on a photo of {size}, with {model['name']}, in {clock(took)}."
    foot = (
        f"Written by sam_widget {versions().get('sam_widget', '')} on {now:%Y-%m-%d at %H:%M} UTC."
    )
    return Report(f"Annotation of {name}", lead, sections, data, foot)


def _pictures(
    photo: AnyPicture, objects: tuple[Region, ...], document: Document, opacity: float
) -> Iterator[Block]:
    colors = [_color(document, each) for each in objects]
    whole = still_of(photo.shown, zip(objects, colors, strict=True), opacity)
    yield Picture(whole, "webp", f"The photo and its {len(objects)} objects, by their colors")
    finer = round(photo.size[0] / photo.shown.shape[1])  # of a huge picture the pixels are fewer
    near = tuple(
        _close(photo.shown, mask, color, f"{n}. {region.label}".strip(" ."), opacity)
        for n, (region, color) in enumerate(zip(objects[:MOST_CLOSE], colors, strict=False), 1)
        if (mask := Mask.from_array(region.mask.sampled(finer))).area
    )
    if near:
        yield Pictures(near)
    if len(objects) > MOST_CLOSE:
        yield Words(f"The first {MOST_CLOSE} of {len(objects)} objects from near.")


def _close(
    pixels: NDArray[np.uint8],
    mask: Mask,
    color: tuple[int, int, int],
    said: str,
    opacity: float,
) -> Picture:
    """Paint one object from near, small."""
    x0, y0, x1, y1 = mask.box
    edge = round(MARGIN * max(x1 - x0, y1 - y0)) + 1
    rows = slice(max(0, y0 - edge), y1 + edge)
    columns = slice(max(0, x0 - edge), x1 + edge)
    part = PIL.Image.fromarray(np.ascontiguousarray(pixels[rows, columns]))
    cut = mask.to_array()[: pixels.shape[0], : pixels.shape[1]][rows, columns]
    thing = PIL.Image.fromarray(np.ascontiguousarray(cut))
    scale = CLOSE / max(part.size)
    size = max(1, round(part.width * scale)), max(1, round(part.height * scale))
    drawn = np.array(thing.resize(size, PIL.Image.Resampling.NEAREST))
    photo = np.array(part.resize(size, PIL.Image.Resampling.BICUBIC))
    still = still_of(photo, [(Region(Mask.from_array(drawn)), color)], opacity)
    return Picture(still, "webp", said)


def _color(document: Document, region: Region) -> tuple[int, int, int]:
    thing = document.get(region.id)
    return PALETTE[(thing.color if isinstance(thing, Object) else 0) % len(PALETTE)]


HEAD = ("", "label", "area", "box", "predicted IoU", "stability", "prompts", "by hand", "made")


def _table(objects: tuple[Region, ...]) -> Table:
    rows = tuple(
        (
            f"{n}",
            each.label,
            f"{each.area:,} px",
            "{}, {} to {}, {}".format(*each.box),
            _share(each.predicted_iou),
            _share(each.stability_score),
            _kinds([prompt.tag for prompt in each.prompts]),
            _kinds([correction.tag for correction in each.corrections]),
            _made(each),
        )
        for n, each in enumerate(objects, 1)
    )
    return Table(HEAD, rows)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _kinds(tags: list[str]) -> str:
    """Return how many there are of each kind: "2 point, 1 box"."""
    return ", ".join(f"{tags.count(tag)} {tag}" for tag in dict.fromkeys(tags)) or "-"


def _made(region: Region) -> str:
    """Return how it came to be, as far as that is known, and whether it is finished."""
    made, said = region.made, []
    if made and made.stage:
        said.append(made.stage)
    if made and made.clicks is not None:
        said.append(f"{made.clicks} clicks")
    if made and made.seconds is not None:
        said.append(clock(made.seconds))
    return ", ".join([*said, "accepted" if region.locked else "open"])


def _how(
    history: dict[str, Any], photo: AnyPicture, settings: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    model = history["model"]
    yield "model", model["name"]
    yield "fingerprint", model["key"] or "not loaded yet: it was not asked"
    for name, value in settings.items():
        said = {True: "yes", False: "no"}.get(value, value)
        yield name.replace("_", " "), str(said)
    yield "the photo's pixels", f"XXH3 {history['image']['pixels']}"
    for sentence in photo.assumed:
        yield "assumed of it", sentence


def _order(steps: tuple[Told, ...]) -> Iterator[Block]:
    rows = tuple(
        (f"{n}", _at(step.at), ", ".join(map(str, step.objects)), step.what)
        for n, step in enumerate(steps, 1)
    )
    if not rows:
        yield Words("Nothing has been done yet.")
        return
    head, half = ("", "at", "object", "what was done"), MOST_STEPS // 2
    if len(rows) <= MOST_STEPS:
        yield Table(head, rows)
    else:
        yield Table(head, rows[:half])
        yield Words(f"{len(rows) - 2 * half:,} more steps, which the JSON beside this page has.")
        yield Table(head, rows[-half:])
    yield Words("Objects by the order of their beginnings; those that were deleted count too.")


def _at(seconds: float) -> str:
    """Return a moment as a clock shows it: 0:04.2, 1:02:03.4."""
    minutes, rest = divmod(round(seconds, 1), 60)
    hours, minutes = divmod(int(minutes), 60)
    long = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{long}:{rest:04.1f}"


def _time(took: float, steps: tuple[Told, ...], document: Document) -> Iterator[tuple[str, str]]:
    yield "until the last step", clock(took)
    yield "steps", f"{len(steps):,}"
    answers = [each.seconds for each in document.of_type(Answer)]
    if answers:
        middle = f"in the middle {1000 * median(answers):.0f} ms"
        yield "the model's answers that stand", f"{len(answers):,}, {middle} each"


def _where() -> Iterator[Block]:
    said = ", ".join(f"{name} {number}" for name, number in versions().items())
    yield Facts((("machine", machine()), ("versions", said)))
    yield Words(
        "The JSON beside this page holds the history: on the same photo and with the same model,"
        " w.replay(report['history']) makes the same masks again."
    )


def _plain(region: Region, document: Document) -> dict[str, Any]:
    """Return what is known of an object as ``json.dumps`` takes it."""
    thing = document.get(region.id)
    return {
        "id": region.id,
        "label": region.label,
        "accepted": region.locked,
        "candidate": thing.choice if isinstance(thing, Object) else None,
        "threshold": thing.threshold if isinstance(thing, Object) else 0.0,
        "area": region.area,
        "box": list(region.box),
        "predicted_iou": region.predicted_iou,
        "stability_score": region.stability_score,
        "prompts": len(region.prompts),
        "corrections": len(region.corrections),
        "made": asdict(region.made) if region.made else None,
        "segmentation": region.mask.to_coco_text(),
    }
