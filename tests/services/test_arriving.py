"""A page on its way into the store: what the CRM sent of it is let go before it is written."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.query import Query
from csc_tui.services.browse import Listing
from csc_tui.services.desk import Desk
from csc_tui.services.fill import Filling
from tests.live_demo import PATIENCE, LiveDemo, running_demo
from tests.live_desk import running_desk

PEOPLE = Query("people")


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """An account with one page of people."""
    size = ("--people", "60", "--companies", "10")
    with running_demo(tmp_path_factory.mktemp("small") / "demo", *size) as server:
        yield server


def sent() -> int:
    """How many people are in memory as the CRM sent them."""
    return sum(
        type(one) is dict and {"first_name", "tels"} <= one.keys() for one in gc.get_objects()
    )


async def fill(desk: Desk) -> None:
    desk.answered.set()
    await Filling(desk, 1).run()


async def show(desk: Desk) -> None:
    tab = desk.tab("people")
    assert tab is not None
    await Listing(desk, PEOPLE, tab).load_page(1)


async def synchronise(desk: Desk) -> None:
    await desk.sync.run(await desk.sync.plan([PEOPLE]))


@pytest.mark.parametrize("get", [fill, show, synchronise])
async def test_what_was_sent_is_gone_when_the_store_writes(
    get: Callable[[Desk], Awaitable[None]],
    small_demo: LiveDemo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running_desk(small_demo, tmp_path) as desk:
        save_page = desk.store.save_page
        own = sent()
        lengths: list[int] = []

        async def save(resource: str, key: str, page: int, saved: Any, at: float) -> None:
            lengths.append(len(saved))
            async with asyncio.timeout(PATIENCE):
                while sent() > own:  # the thread that has read them may not have let go yet
                    await asyncio.sleep(0.01)
            await save_page(resource, key, page, saved, at)

        monkeypatch.setattr(desk.store, "save_page", save)
        await get(desk)

    assert lengths == [60]
