"""A model between an old and a new one, weight by weight. Trains nothing.

Between a model and the same one taught something lie models that are nearly as good at the new and
have forgotten less (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").

  python -m sam_widget.training.mix --old A --new B --keep 0.25 --save C
      a quarter of A's weights and three of B's
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sam_widget.errors import SamError
from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_trainable, save_sam
from sam_widget.training.numbers import check_number
from sam_widget.training.options import grammar_of
from sam_widget.training.run.results import room_for, save_result, size_of_model

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from torch import Tensor


def mixed(old: Mapping[str, Tensor], new: Mapping[str, Tensor], keep: float) -> dict[str, Tensor]:
    """Return the weights between two models'.

    Parameters
    ----------
    old, new
        State dictionaries of one architecture.
    keep
        The old one's share, 0..1.

    Raises
    ------
    ValueError
        The share is none, or the two are of different architectures.
    """
    if not 0 <= keep <= 1:
        raise SamError(f"keep is a share from 0 to 1, not {keep}.")
    shapes = [{name: value.shape for name, value in each.items()} for each in (old, new)]
    if shapes[0] != shapes[1]:
        raise SamError("only models of one architecture can be mixed.")
    return {
        name: value.lerp(new[name], 1 - keep) if value.is_floating_point() else new[name]
        for name, value in old.items()
    }


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    out = grammar_of("training.mix", __doc__)
    out.add_argument("--old", required=True, help="a model's name or file")
    out.add_argument("--new", required=True, help="the same one, taught something")
    out.add_argument("--keep", type=float, required=True, help="share of the old weights, 0 to 1")
    out.add_argument("--side", type=int, help="input size, px (default: the new one's)")
    out.add_argument("--save", type=Path, required=True, help="where the mixture goes")
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Mix, and write what comes of it."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    try:
        room_for(given.save)
        if given.side is not None:
            check_number("side", given.side, 32, whole=True)
        old, sam = load_trainable(given.old), load_trainable(given.new)
        sam.load_state_dict(mixed(old.state_dict(), sam.state_dict(), given.keep))
        if given.side:
            at_side(sam, given.side)
        room_for(given.save, size_of_model(sam, sam.image_encoder.kept.itemsize))
        save_result(lambda place: save_sam(sam, place), given.save)
    except ValueError as error:
        grammar.error(str(error))


if __name__ == "__main__":
    main()
