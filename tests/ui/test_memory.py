"""What is left of screens that were opened and left again: nothing."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from csc_tui.allocator import LARGE
from csc_tui.config.settings import Settings
from csc_tui.config.theme import default_theme, load_theme
from csc_tui.domain.query import Query
from csc_tui.services.events import RowsChanged
from csc_tui.session import run_screen
from csc_tui.ui.app import CscApp
from csc_tui.ui.forms.open import edit_form
from tests.live_app import Hands
from tests.live_demo import PATIENCE, LiveDemo
from tests.live_desk import account_of, paths_in

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


async def test_keys_in_a_burst_do_not_each_start_a_timer(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = 0
    start = Timer._start

    def counted(timer: Timer) -> None:
        nonlocal started
        started += 1
        start(timer)

    form = edit_form(hands.desk.edits, await hands.person())
    await hands.open(form)
    await hands.to_field("first")
    monkeypatch.setattr(Timer, "_start", counted)
    text = "somebody who types as fast as a program does " * 6
    await hands.burst(*text)
    await hands.until(lambda: form.fields[2].box.text == text)
    await hands.until(lambda: hands.desk.edits.has_draft(form.spec.key))

    assert started < len(text) / 2


async def test_screens_that_were_left_leave_nothing_behind(listed: Hands) -> None:
    for _ in range(2):
        await round_trip(listed)
    before = kept()
    for _ in range(4):
        await round_trip(listed)
    after: Counter[str] = Counter()

    def gone() -> bool:
        nonlocal after
        after = kept()
        return all(after[kind.__name__] <= before[kind.__name__] for kind in KINDS)

    await listed.until(gone)  # a request may be on its way in some tasks
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


HEAPS = """
import ctypes, os, sys, threading
from csc_tui.cli.screen import prepare_screen

sys.stdin = sys.stdout = type("Tty", (), {"isatty": lambda _: True})()
prepare_screen()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc.restype = ctypes.c_void_p
begun = threading.Barrier(5)

def work():
    libc.malloc(1000)
    begun.wait()

for _ in range(4):
    threading.Thread(target=work, daemon=True).start()
begun.wait()
err = ctypes.c_void_p(libc.fdopen(2, b"w"))
libc.malloc_info(0, err)
libc.fflush(err)
os._exit(0)
"""


def test_all_threads_take_from_one_heap() -> None:
    mapped()  # glibc, or skipped
    done = subprocess.run(
        [sys.executable, "-c", HEAPS],
        env={**os.environ, "TERM": "xterm-256color"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.count("<heap nr=") == 1


async def test_what_is_there_when_the_program_is_awake_is_looked_through_no_more(
    demo_server: LiveDemo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps: list[CscApp] = []
    monkeypatch.setattr("csc_tui.session._run", lambda app: apps.append(app) or 0)
    account, paths = account_of(demo_server), paths_in(tmp_path)
    theme = load_theme(paths, default_theme({}))
    assert run_screen(account, settings=Settings(), paths=paths, theme=theme) == 0

    often, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        await apps[0]._wake()
        assert gc.get_freeze_count() > frozen
        assert gc.get_threshold()[2] < often[2]
        assert len(gc.get_objects()) < gc.get_freeze_count()

        size, pieces = riddled()
        before = resident()
        apps[0].desk.events.tell(RowsChanged(Query("people")))
        await given_back(100 * size, before)  # when no more pages come
        assert len(pieces) == 400
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()
        await apps[0].desk.close()


def resident() -> int:
    """Bytes of memory in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def riddled() -> tuple[int, list[bytearray]]:
    """Memory with as many holes as pieces in use; how many bytes each has, and the pieces."""
    mapped()  # glibc, or skipped
    size = LARGE // 4
    pieces = [bytearray(size) for _ in range(800)]
    del pieces[::2]
    return size, pieces


async def given_back(size: int, before: int) -> None:
    """Wait until less memory than `before` is in use, by more than `size` bytes."""
    async with asyncio.timeout(PATIENCE):
        while before - resident() <= size:
            await asyncio.sleep(0.01)


async def test_what_is_free_between_pieces_in_use_goes_back_with_a_screen(listed: Hands) -> None:
    size, pieces = riddled()
    before = resident()
    await listed.press("?")
    await listed.until(lambda: len(listed.app.screen_stack) > 2)
    await listed.press("escape")
    await listed.until(lambda: before - resident() > 100 * size)
    assert len(pieces) == 400
