"""The most memory that this process has held. `ru_maxrss` alone is no answer on Linux.

There a new program's `ru_maxrss` begins at what its parent held: a test worker of 4 GB made every
measurement below it 4 GB, whatever was measured. `VmHWM` begins with the program.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak() -> int:
    """Return bytes: of the whole process, from its beginning."""
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale
