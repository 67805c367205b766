"""`fine_tune`: a few annotated photos make a model better at their kind. No steps in here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from sam_widget.formats.errors import DataError
from sam_widget.lifetime import busy
from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.layers import fuse
from sam_widget.models.sam import Sam
from sam_widget.paths import as_path
from sam_widget.training.data.readers import open_photos, photos_of
from sam_widget.training.few_photos import Course, decoder_learns, train
from sam_widget.training.forms import trainable
from sam_widget.training.mix import mixed
from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.run.optimise import averaging
from sam_widget.training.run.precision import Precision
from sam_widget.training.run.results import SaveError, room_for, save_result, size_of_model

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    import torch

    from sam_widget.training.data.photos import Photos

AVERAGE = 0.98
"""Decay of the running average of the weights over the steps."""


LOOKED_AT = 100
"""Photos at most that are read before anything is learnt: what is wrong is said at once."""

DESCRIPTION = """\
Make a model better at one kind of photo, from ten or so with masks.

  python -m sam_widget.training.fine_tune --data leaves/ --save leaves.safetensors
      leaves/ holds leaf1.jpg beside leaf1.json (SA-1B's layout), or one COCO .json

What that gives and costs is measured by python -m sam_widget.training.gain.
"""

COURSE = {
    "steps": "how long",
    "photos": "photos a step",
    "prompts": "masks a photo",
    "rate": "peak learning rate",
    "iou_weight": "of the predicted IoU's loss beside the mask's",
    "remember": "weight of the old answers elsewhere on the photos",
    "keep": "share of the old weights in the result, 0 to 1",
    "seed": "of all chance",
}


@busy()
def fine_tune(
    model: str | Path | Sam,
    photos: str | Path | Photos | Iterable[Any],
    save: str | Path | None = None,
    *,
    rehearse: str | Path | Photos | None = None,
    course: Course | None = None,
    device: str | torch.device = "auto",
) -> Sam:
    """Make a model better at one kind of photo, from ten or so with masks.

    What learns is what turns features to masks: the mask decoder, the prompt encoder, and of `mini`
    also the layers between its backbone and the decoder, for the features of such photos are
    seldom wrong, only read wrongly. The encoders of larger models are run once for each of a few
    views of a photo. The result is an average over the steps, mixed with the old weights.

    Annotations without a mask are left out, and one line says how many.

    A bar shows how far it is. Interrupting (the stop button of a notebook) ends it early: what was
    learnt so far is returned and saved.

    Parameters
    ----------
    model
        What `load_model` takes, or a model that it gave; that one is not changed.
    photos
        * a path: a folder in SA-1B's layout, a COCO file, or tar shards, see `readers.open_photos`;
        * SamWidgets with objects, or pairs of an image and its masks, see `readers.GivenPhotos`;
        * or `Photos`.
    save
        A `.safetensors` file to write; `load_model` takes it.
    rehearse
        Photos of other kinds that shall not be forgotten; every other step takes them.
    course
        Lengths and rates.
    device
        Where to compute; "auto" takes the GPU where there is one.

    Returns
    -------
    Sam
        As `load_model` returns it, float32.

    Raises
    ------
    DataError
        The photos cannot be read, or there is no mask among them.
    CheckpointError
        The model cannot be had.
    ValueError
        The device makes no sense.
    SaveError
        `save` cannot be written, or its disk has no room: found before anything is learnt. Where
        that comes about later, what was learnt is saved elsewhere, as the error says, and is its
        `model`. Any other error after the first step has the model too, and `save` is written.
    """
    course = course or Course()
    file = None if save is None else writable(save)
    yours = photos_of(photos)
    skipped = _look_at(yours)
    others = None if rehearse is None else photos_of(rehearse)
    if isinstance(model, Sam):
        precision = Precision.pick(
            next(model.parameters()).device if str(device) == "auto" else device
        )
    else:
        precision = Precision.pick(device)
        model = load_model(model, precision.device, "float32")
    sam = decoder_learns(trainable(model).to(precision.device))
    room_for(file, size_of_model(sam, sam.image_encoder.kept.itemsize))
    before = {name: value.clone() for name, value in sam.state_dict().items()}
    average = AveragedModel(sam, precision.device, multi_avg_fn=averaging(AVERAGE))
    broken: Exception | None = None
    try:
        train(sam, average, [p for p in (yours, others) if p is not None], course, precision)
    except KeyboardInterrupt:
        pass
    except Exception as error:
        if not average.n_averaged:
            raise
        broken = error
    sam.load_state_dict(mixed(before, average.module.state_dict(), course.keep))
    sam = sam.eval().requires_grad_(requires_grad=False)
    if skipped:
        tqdm.write(f"{skipped} annotations had no mask and were left out.")
    if file is not None:
        _save(sam, file, {"fine_tuned_on": f"{len(yours.sources)} photos"})
    if broken is not None:
        raise _with_what_was_learnt(broken, fuse(sam), file)
    return fuse(sam)


def _save(sam: Sam, file: Path, notes: dict[str, str]) -> None:
    try:
        save_result(lambda place: save_sam(sam, place, notes), file)
    except SaveError as error:
        error.model = fuse(sam)
        raise


def _with_what_was_learnt(error: Exception, sam: Sam, file: Path | None) -> Exception:
    """Return the error that ended the steps; it says where the model of the steps before is."""
    saved = "" if file is None else f"saved in {file}, and "
    error.add_note(f"What was learnt until then is {saved}this error's `model`.")
    error.model = sam  # type: ignore[attr-defined]
    return error


def _look_at(photos: Photos) -> int:
    """Read each photo before anything is learnt, of many some; return how many had no mask.

    Raises
    ------
    DataError
        One cannot be read, or none has a mask.
    """
    skipped: int = getattr(photos, "skipped", 0)
    count = len(photos.sources)
    masks = 0
    for number in dict.fromkeys(i * count // LOOKED_AT for i in range(LOOKED_AT if count else 0)):
        photo = photos[number]
        masks += len(photo.annotations)
        skipped += photo.skipped
    if not masks and not skipped:
        raise DataError("there is no mask in these photos.")
    if not masks:
        raise DataError(f"there is no mask in these photos: {skipped} annotations have none.")
    return skipped


def writable(save: str | Path) -> Path:
    """Return where to save, once it is sure that a file can be made there."""
    file = as_path(save)
    if file.suffix != ".safetensors":
        raise SaveError(f"{file} is saved as safetensors: give it a name ending in .safetensors.")
    room_for(file)
    return file


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.fine_tune", DESCRIPTION)
    out.add_argument("--data", type=Path, required=True, help="annotated photos")
    out.add_argument("--images", type=Path, help="a COCO file's pictures, if not beside it")
    out.add_argument("--model", default="mini", help="name or file (default: %(default)s)")
    out.add_argument("--save", type=Path, required=True, help="where the better model goes")
    out.add_argument("--rehearse", type=Path, help="photos of kinds that shall not be forgotten")
    offer(out, Course(), COURSE)
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Fine-tune."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        course, photos = taken(Course, given), open_photos(given.data, given.images)
        fine_tune(given.model, photos, given.save, rehearse=given.rehearse, course=course)
    except ValueError as error:
        grammar.error(str(error))
    print(f"{given.save}: give it to load_model, or as the widget's model.")  # noqa: T201


if __name__ == "__main__":
    main()
