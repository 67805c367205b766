"""What a model's files can go wrong with: one error, always one sentence."""

from sam_widget.errors import SamError


class CheckpointError(SamError):
    """A model that cannot be had, and why, in one sentence."""

    def __init__(self, sentence: str) -> None:
        # Files may have any name, and a file's own words may be in it: it stays one line of text.
        super().__init__("".join(c if c.isprintable() else repr(c)[1:-1] for c in sentence))
