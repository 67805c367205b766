"""What a report says of where it was made: versions, machine. Reads nothing of the work."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("sam_widget", "torch", "numpy", "pillow")


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that masks depend on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> str:
    """Return the system and the processor, in words."""
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def clock(seconds: float) -> str:
    """Return a time as people read it: "2 h 05 min", "3 min 20 s", "4.2 s"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes:02} min"
