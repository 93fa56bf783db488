"""Fetching ahead: which page, when, and what it must never cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.query import Query
from csc_tui.services.ahead import page_ahead
from csc_tui.services.browse import Listing
from csc_tui.services.desk import Desk
from csc_tui.worker.lane import Lane
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk, until


@pytest.mark.parametrize(
    ("before", "now", "page"),
    [
        ((0, 19), (10, 29), None),
        ((170, 189), (172, 191), 2),
        ((180, 199), (170, 189), None),
        ((560, 579), (552, 571), 2),
        ((300, 319), (290, 309), 1),
        ((30, 49), (20, 39), None),
        ((0, 19), (460, 479), None),
        ((920, 939), (930, 949), None),
        ((200, 219), (200, 219), None),
    ],
    ids=[
        *("far from the end", "near the end", "away from the end", "upwards near the beginning"),
        *("upwards", "above the first page", "a jump", "behind the last page", "at rest"),
    ],
)
def test_the_page_in_the_direction_of_travel(
    before: tuple[int, int], now: tuple[int, int], page: int | None
) -> None:
    assert page_ahead(before, now, 250, 990) == page


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


@pytest.fixture
async def listing(desk: Desk, demo_server: LiveDemo) -> Listing:
    """The people, with the first page on the screen."""
    tab = desk.tab("people")
    assert tab is not None
    opened = Listing(desk, Query("people"), tab)
    opened.show(0, 19)
    await until(desk, lambda: opened.row(0) is not None and opened.total is not None)
    await desk.worker.idle()
    await desk.store.value("nothing")
    demo_server.forget()
    return opened


def pages(demo: LiveDemo) -> list[str]:
    return [one.partition("?page=")[2].partition("&")[0] for one in demo.requests()]


async def test_the_next_page_is_there_before_one_comes_to_it(
    desk: Desk, listing: Listing, demo_server: LiveDemo
) -> None:
    listing.show(180, 199)
    listing.show(181, 200)
    assert listing.loading() is None  # nothing is awaited for the screen
    await until(desk, lambda: listing.row(250) is not None)
    await desk.worker.idle()
    assert pages(demo_server) == ["2"]
    lanes = {one.lane for one in desk.log.entries() if "?page=2&" in one.text}
    assert lanes == {Lane.PREFETCH.name.lower()}
    demo_server.forget()
    listing.show(240, 259)
    await desk.worker.idle()
    assert pages(demo_server) == []


async def test_what_is_in_the_store_costs_nothing(
    desk: Desk, listing: Listing, demo_server: LiveDemo
) -> None:
    await listing.load_page(2)
    listing.forget_pages()
    listing.show(0, 19)
    await until(desk, lambda: listing.row(0) is not None)
    demo_server.forget()
    listing.show(180, 199)
    listing.show(181, 200)
    while listing.row(250) is None:
        await desk.store.value("nothing")
    assert pages(demo_server) == []


async def test_nothing_is_fetched_ahead_while_something_is_awaited_or_half_is_spent(
    desk: Desk, listing: Listing, demo_server: LiveDemo
) -> None:
    spent = [await desk.budget.acquire(Lane.VISIBLE) for _ in range(24)]
    assert not desk.at_leisure
    listing.show(180, 199)
    listing.show(181, 200)
    await desk.store.value("nothing")
    assert pages(demo_server) == []
    for lease in spent:
        desk.budget.given_back(lease)
    while desk.budget.free() < 40:
        await asyncio.sleep(0)
    demo_server.fail({"kind": "latency", "path": "/people/count", "seconds": 1.0})
    counting = asyncio.create_task(desk.ask(desk.crm.count(Query("people")), Lane.VISIBLE))
    while not desk.worker.in_flight:
        await asyncio.sleep(0)
    listing.show(182, 201)
    await counting
    await desk.worker.idle()
    assert pages(demo_server) == [""]


async def test_who_comes_to_a_page_that_is_being_fetched_waits_for_that_request(
    desk: Desk, listing: Listing, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "latency", "path": "/people", "seconds": 0.5})
    listing.show(180, 199)
    listing.show(181, 200)
    await until(desk, lambda: desk.worker.in_flight)
    listing.show(240, 259)
    assert listing.loading() == (250, 499)
    await until(desk, lambda: listing.row(250) is not None)
    await desk.worker.idle()
    assert pages(demo_server) == ["2"]


async def test_turning_round_drops_what_was_not_sent_yet(
    desk: Desk, listing: Listing, demo_server: LiveDemo
) -> None:
    listing.show(180, 199)
    listing.show(181, 200)
    listing.show(170, 189)
    await desk.store.value("nothing")
    await desk.worker.idle()
    assert pages(demo_server) == []
