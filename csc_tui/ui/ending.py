"""Ending in time: by a signal, with a terminal that is gone, or while something hangs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import sys
import termios
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

LIMIT = 0.8
"""Seconds that an end may take before it is forced."""
SETTLE = 0.6
"""Seconds of them for what is typed, for saves under way and the store."""
KEEP = 0.25
"""Seconds of those for what is typed."""

_LEAVE_SCREEN = b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Takes back what the screen was taken with: paste mode, wrapping, keyboard protocol, cursor."""


def exit_now(code: int, attributes: list[Any] | None) -> None:
    """Give the terminal back as it was (`attributes`, as termios has them) and end, come what may.

    Nothing is waited for: neither a thread that hangs nor a terminal that takes nothing.
    """
    with contextlib.suppress(OSError, ValueError):
        os.set_blocking(2, False)
        os.write(2, _LEAVE_SCREEN)
        os.set_blocking(2, True)
    if attributes is not None:
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(0, termios.TCSANOW, attributes)
            termios.tcflush(0, termios.TCIFLUSH)
    os._exit(code)


def force(end: Callable[[], None], over: threading.Event) -> None:
    """Call `end` from a thread of its own when the limit is up, unless `over` is set by then."""

    def wait() -> None:
        if not over.wait(LIMIT):
            end()

    threading.Thread(target=wait, name="csc-end", daemon=True).start()


def watch_terminal(gone: Callable[[], None]) -> None:
    """Call `gone` from a thread of its own once the terminal is hung up.

    The toolkit would read its end over and over. Waits in the kernel, so it costs nothing.
    """

    def wait() -> None:
        poll = select.poll()
        poll.register(0, 0)
        if any(event & select.POLLHUP for _, event in poll.poll()):
            gone()

    if sys.stdin.isatty():
        threading.Thread(target=wait, name="csc-terminal", daemon=True).start()


async def keep_typed(screens: Iterable[Screen[object]]) -> None:
    """The program ends: have what stands in forms on the disk, also what was typed just now."""
    from csc_tui.ui.frame import Frame

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(KEEP):
            for screen in screens:
                if isinstance(screen, Frame):
                    await screen.keep_typed()
