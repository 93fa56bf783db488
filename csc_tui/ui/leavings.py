"""What is left of screens that are gone, and of lines that were drawn over."""

from __future__ import annotations

import asyncio
import gc

from textual._styles_cache import StylesCache

from csc_tui.allocator import trim
from csc_tui.services.events import Event, Events, RowsChanged

OFTEN = (700, 10, 2)
"""When Python looks for garbage (`gc.set_threshold`)."""

CALM = 0.5
"""Seconds after the last page of a list until what it took is given back."""


def stay_small(events: Events) -> None:
    """From here on, on an account that tells of itself by `events`."""
    _spare_what_stays()
    events.listen(_AfterPages().heard)


def _spare_what_stays() -> None:
    """What is here now stays: from here on a look for garbage is at what came later alone.

    So it costs little and can come often. A line that Textual 8.2 has drawn knows itself, with
    some kilobytes of pieces; only a look for garbage frees it, and Python waits with that until
    there is a quarter more than it has found in use: 3 MiB of lines, counted with all imports.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
    gc.collect()  # so that the quarter is one of what is left


def clear_away() -> None:
    """Let go of a screen that was left.

    Textual 8.2 remembers the colours of the last thousand widgets by the object that holds the
    lines that were drawn of them, so that these stay with it: some 10 MiB in five minutes. And a
    screen, its widgets and their tasks know each other: only a look for garbage frees them. If it
    came by itself, what is kept would have been put between them all over the memory by then.
    """
    forget = getattr(StylesCache.get_inner_outer, "cache_clear", None)
    if forget is not None:
        forget()
    if gc.isenabled():
        gc.collect()
        trim()


class _AfterPages:
    """Clears away once pages of a list have come, when no more do.

    They leave holes on their way into the store, and nobody may leave a screen for a long time.
    """

    def __init__(self) -> None:
        self._waits: asyncio.TimerHandle | None = None

    def heard(self, event: Event) -> None:
        """For `Events.listen`."""
        if isinstance(event, RowsChanged):
            if self._waits is not None:
                self._waits.cancel()
            self._waits = asyncio.get_running_loop().call_later(CALM, clear_away)
