"""What is left of screens that were opened and left again: nothing."""

from __future__ import annotations

import asyncio
import ctypes
import gc
from collections import Counter

import pytest
from textual._styles_cache import StylesCache
from textual.strip import Strip
from textual.widget import Widget

from csc_tui.allocator import LARGE
from tests.live_app import Hands

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


def mapped() -> int:
    """How many pieces of memory have pages of their own (glibc)."""
    call = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if call is None:
        pytest.skip("not glibc")
    call.restype = _Mallinfo
    return int(call().hblks)


class _Mallinfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


async def test_what_is_large_goes_back_to_the_system_also_after_a_larger_piece(
    listed: Hands,
) -> None:
    def apart() -> int:
        freed = bytearray(64 * LARGE)
        del freed
        before = mapped()
        pieces = [bytearray(2 * LARGE) for _ in range(16)]
        return mapped() - before if pieces else 0

    # Of 16; other threads may free something meanwhile.
    seen: list[int] = []
    await listed.until(lambda: seen.append(apart()) or seen[-1] >= 8)
    assert seen[-1] >= 8
