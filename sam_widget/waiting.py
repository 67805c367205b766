"""How torch's threads wait: asleep, unless somebody says otherwise. No torch here."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY = "OMP_WAIT_POLICY"


@contextmanager
def asleep() -> Iterator[None]:
    """Let torch, where it is imported within for the first time, have threads that sleep.

    By default they spin. A click's many small steps then cost three times as much as soon as
    something else, such as the browser, wants one of the processor's cores. Who has set the policy
    or imported torch already keeps what they have.
    """
    if "torch" in sys.modules or POLICY in os.environ:
        yield
        return
    os.environ[POLICY] = "PASSIVE"  # read once, when torch's thread library loads
    try:
        yield
    finally:
        os.environ.pop(POLICY, None)
