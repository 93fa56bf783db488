"""What is left of screens that were opened and left again: nothing."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter

from textual._styles_cache import StylesCache
from textual.strip import Strip
from textual.widget import Widget

from tests.ui.conftest import Hands

KINDS = (Widget, StylesCache, asyncio.Task)


def kept() -> Counter[str]:
    """How many there are of what makes up a screen, garbage not counted."""
    gc.collect()
    found: Counter[str] = Counter()
    for one in gc.get_objects():
        for kind in (*KINDS, Strip):
            if isinstance(one, kind):
                found[kind.__name__] += 1
    return found


async def round_trip(listed: Hands) -> None:
    """A record, its form, the help, the outbox, the log, and back to the list."""
    await listed.press("enter")
    await listed.sees("› Phone")
    await listed.press("e")
    await listed.sees("ctrl+s")
    await listed.press("escape")
    await listed.sees("› Phone")
    await listed.press("escape")
    for key in ("?", "O", "L"):
        await listed.sees("› Abel, Frank")
        await listed.press(key)
        await listed.until(lambda: len(listed.app.screen_stack) > 2)
        await listed.press("escape")
        await listed.until(lambda: len(listed.app.screen_stack) == 2)
    await listed.sees("› Abel, Frank")
    await listed.pilot.pause()


async def test_screens_that_were_left_leave_nothing_behind(listed: Hands) -> None:
    for _ in range(2):
        await round_trip(listed)
    before = kept()
    for _ in range(4):
        await round_trip(listed)
    after = kept()
    for kind in KINDS:
        assert after[kind.__name__] <= before[kind.__name__], (kind, before, after)
    # Lines that are drawn keep some of what they were cut into, a few for each on the screen.
    assert after["Strip"] <= before["Strip"] + 200, (before, after)
