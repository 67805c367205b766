"""DataError: what is wrong with an annotation file. Decides nothing."""

from sam_widget.errors import SamError


class DataError(SamError):
    """The data cannot be used; the message says in one sentence what is wrong with which file."""
