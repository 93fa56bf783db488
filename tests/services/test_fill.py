"""The first filling of the store: how far, in which order, and what stops it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.query import PAGE_ROWS
from csc_tui.services.desk import Desk
from csc_tui.services.events import Event, RowsChanged
from csc_tui.services.fill import KEPT, PAUSE, TRIES, Filling
from csc_tui.store.database import FILE
from tests.fake_clock import FakeClock
from tests.live_demo import LiveDemo
from tests.live_desk import FOLDER, paths_in, running_desk


@pytest.fixture
def shared_demo(five_pages: LiveDemo) -> LiveDemo:
    return five_pages


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=clock) as opened:
        opened.answered.set()
        yield opened


def asked(demo: LiveDemo) -> list[str]:
    """Resource and page of every page that was asked for."""
    found = []
    for one in demo.requests():
        path, _, query = one.removeprefix("GET /api/").partition("?")
        found.append(f"{path} {query.partition('page=')[2].partition('&')[0]}")
    return found


async def test_nothing_is_filled_before_the_first_list_has_been_answered(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    desk.answered.clear()
    filling = asyncio.create_task(Filling(desk, 400).run())
    await clock.advance(60)
    assert demo_server.requests() == []
    desk.answered.set()
    await filling
    assert asked(demo_server) == ["people 1", "people 2"]
    assert await desk.store.how_many("people") == 500


async def test_filling_goes_on_with_the_companies_then_the_others_and_ends(
    desk: Desk, demo_server: LiveDemo
) -> None:
    heard: list[Event] = []
    desk.events.listen(heard.append)
    await Filling(desk, 25_000).run()
    found = asked(demo_server)
    counts = {name: demo_server.ask("GET", f"/api/{name}/count")["total_entries"]
              for name in ("people", "companies", "deals", "projects")}  # fmt: skip
    counts["tasks"] = len(demo_server.ask("GET", "/api/tasks?perpage=250"))
    assert found == [
        f"{name} {page}"
        for name, count in counts.items()
        for page in range(1, count // PAGE_ROWS + 2)
    ]
    assert await desk.store.how_many("people") == demo_server.people
    assert await desk.store.how_many("companies") == demo_server.companies
    assert await desk.store.how_many("deals") == counts["deals"] > 0
    assert sum(isinstance(one, RowsChanged) for one in heard) == len(found)


async def test_what_is_there_is_not_filled_again_within_a_day(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    await Filling(desk, 250).run()
    await Filling(desk, 500).run()
    assert asked(demo_server) == ["people 1", "people 2"]
    demo_server.forget()
    await clock.advance(KEPT + 1)
    await Filling(desk, 250).run()
    assert asked(demo_server) == ["people 1"]


async def test_none_is_none(desk: Desk, demo_server: LiveDemo) -> None:
    await Filling(desk, 0).run()
    assert demo_server.requests() == []


async def test_a_failure_is_waited_out_and_the_same_page_asked_for_again(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    demo_server.fail({"kind": "status", "path": "/people", "status": 403, "count": 1})
    filling = asyncio.create_task(Filling(desk, 250).run())
    await desk.store.value("nothing")
    while not filling.done():
        await clock.advance(PAUSE)
        await desk.worker.idle()
        await desk.store.value("nothing")
    assert asked(demo_server) == ["people 1", "people 1"]


async def test_after_several_failures_it_ends(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    demo_server.fail({"kind": "status", "path": "**", "status": 403})
    filling = asyncio.create_task(Filling(desk, 250).run())
    while not filling.done():
        await clock.advance(PAUSE)
        await desk.worker.idle()
        await desk.store.value("nothing")
    assert asked(demo_server) == ["people 1"] * TRIES


async def test_a_store_in_memory_is_not_filled(
    demo_server: LiveDemo, tmp_path: Path, clock: FakeClock
) -> None:
    paths = paths_in(tmp_path)
    paths.prepare(FOLDER)
    (paths.account_cache(FOLDER) / FILE).symlink_to(tmp_path / "elsewhere")
    async with running_desk(demo_server, tmp_path, clock=clock) as desk:
        assert desk.store.in_memory
        desk.answered.set()
        await Filling(desk, 250).run()
        assert demo_server.requests() == []
