"""What a model's files can go wrong with: one error, always one sentence."""

from sam_widget.errors import SamError


class CheckpointError(SamError):
    """A model that cannot be had, and why, in one sentence."""
