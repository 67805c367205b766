"""Tables: rows as a DataFrame, where pandas is installed. Decides no column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Any:
    """Return rows as a pandas.DataFrame; ``columns`` are there without any row too.

    Raises
    ------
    SamError
        pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415  nobody needs it for anything else
    except ImportError as error:
        raise SamError("A table needs pandas: pip install pandas.") from error
    return pd.DataFrame(rows, columns=list(columns) or None)
