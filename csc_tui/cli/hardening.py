"""What a process does before it holds a key."""

from __future__ import annotations

import resource
import sys

_PR_SET_DUMPABLE = 4
"""`prctl` option, linux/prctl.h."""


def harden() -> None:
    """No core file, and (Linux) no other process of the user may read this one's memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
