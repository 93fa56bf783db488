"""The command line. What is heavy is imported inside the branch that needs it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from csc_tui import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run `csc-tui` with `argv` (the process's own without it); the exit code.

    0 ok, 1 failed, 2 usage, 3 unauthorized, 4 offline, 5 rate limited, 6 conflict, 130 ended by
    ctrl+c. Every failure is a sentence on stderr.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        print(f"csc-tui {__version__}")
        return 0
    if argv is None:
        gc.disable()  # until a command runs: what is imported stays, looking through it is in vain
    from csc_tui.cli.guard import guarded

    return guarded(arguments, own_process=argv is None)
