"""Reports: what was done, as a page that is read without us. Knows no widget, no run, no model.

In reading order:

- ``blocks``: what a page is made of: words, facts, tables, pictures, drawings
- ``report``: `Report`: title, sections, the same as JSON; written as HTML or Markdown
- ``style``: how the HTML looks, light and dark
- ``here``: what is said of the machine
"""

from .blocks import Drawing, Facts, Picture, Pictures, Table, Words
from .report import Report, ReportError, Section

__all__ = [
    "Drawing",
    "Facts",
    "Picture",
    "Pictures",
    "Report",
    "ReportError",
    "Section",
    "Table",
    "Words",
]
