"""Looking for duplicates out of the store: told how far it is, ended when nobody wants it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.services.desk import Desk
from csc_tui.services.duplicates import AT_ONCE, duplicates
from csc_tui.store.rows import Saved
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    """With three pieces of people in its store, each two of them one."""
    async with running_desk(demo_server, tmp_path) as opened:
        many = [
            Saved(
                f"x{number}",
                (f"Weber, {number // 2}", "", ""),
                "",
                "{}",
                f"Weber {number // 2}",
                (f"{number // 2}@example.org",),
            )
            for number in range(2 * AT_ONCE + 10)
        ]
        await opened.store.save_records("people", many, opened.clock.now())
        yield opened


async def test_it_tells_how_many_are_read_and_asks_for_nothing(
    desk: Desk, demo_server: LiveDemo
) -> None:
    told: list[int] = []
    demo_server.forget()
    pairs = await duplicates(desk, "people", told.append)
    assert told == [AT_ONCE, 2 * AT_ONCE, 2 * AT_ONCE + 10]
    assert len(pairs) == AT_ONCE + 5
    assert demo_server.requests() == []


async def test_nothing_more_is_read_once_it_is_cancelled(desk: Desk) -> None:
    told: list[int] = []

    def heard(read: int) -> None:
        told.append(read)
        work.cancel()

    work = asyncio.create_task(duplicates(desk, "people", heard))
    with pytest.raises(asyncio.CancelledError):
        await work
    assert told == [AT_ONCE]


async def test_nobody_looks_for_garbage_meanwhile_nor_among_what_is_found(desk: Desk) -> None:
    """A look through all that is compared holds up the screen for a second."""
    gc.enable()
    during: list[bool] = []
    pairs = await duplicates(desk, "people", lambda _: during.append(gc.isenabled()))
    assert during == [False] * 3
    assert gc.isenabled()
    looked_through = {id(one) for one in gc.get_objects()}
    assert not any(id(pair) in looked_through for pair in pairs)
