"""What is left of a crash: a file that says where in the program it was, and nothing personal."""

from __future__ import annotations

import os
import sys
import time
from types import FrameType, TracebackType

from csc_tui import __version__
from csc_tui.config.files import ensure_folder, write_private
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import FileError
from csc_tui.glyphs import harmless
from csc_tui.words import say

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    import threading
    from pathlib import Path

_DEEPEST = 200
"""Frames that are named of one traceback."""


def crash_report(error: BaseException) -> str:
    """Types and places of `error` and its causes.

    Neither messages nor local variables: both may hold keys, names and typed text.
    """
    lines = [f"csc-tui {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        lines += _places(current.__traceback__)
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


def _places(trace: TracebackType | None) -> list[str]:
    """File, line and function of every frame, the outermost first."""
    places: list[str] = []
    while trace is not None and len(places) < _DEEPEST:
        frame: FrameType = trace.tb_frame
        code = frame.f_code
        places.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return places


def write_crash(paths: Paths, error: BaseException) -> Path:
    """Write the report (0600) to the state folder; its path. FileError if that cannot be done."""
    folder = ensure_folder(paths.state)
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    write_private(path, crash_report(error).encode("utf-8", "replace"))
    return path


def crash_sentence(paths: Paths, error: BaseException) -> str:
    """Keep the report and say where it lies; if it cannot be kept, say what kind it was."""
    try:
        return say("cli.crashed", path=write_crash(paths, error))
    except FileError:
        return say("cli.crashed-unwritten", kind=type(error).__name__)


def install(paths: Paths) -> None:
    """Let nothing that nobody caught print a traceback, in any thread of this process."""

    def report(error: BaseException | None) -> None:
        if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
            print(f"csc-tui: {harmless(crash_sentence(paths, error))}", file=sys.stderr)

    def of_main(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        report(error)

    def of_thread(args: threading.ExceptHookArgs) -> None:
        report(args.exc_value)

    def of_finalizer(args: sys.UnraisableHookArgs) -> None:
        """An object could not be cleaned up: nothing that a person could act on."""

    import threading

    sys.excepthook = of_main
    threading.excepthook = of_thread
    sys.unraisablehook = of_finalizer
