"""What a child process may take: memory, and seconds for each case. It dies of more, aloud."""

from __future__ import annotations

import faulthandler
import resource
from collections.abc import Iterator
from contextlib import contextmanager

MEMORY = 6 * 2**30  # bytes more than at the start; a bomb wants more
SECONDS = 60.0  # for one case, which takes milliseconds; a loaded machine is slow


def bounded() -> None:
    """Limit this process's memory to what it has and a share more."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123  a file of the system's
        now = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))


@contextmanager
def alarm() -> Iterator[None]:
    """Show every thread's stack and end the process, if what is inside takes too long."""
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
