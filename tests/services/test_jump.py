"""Jumping by name: to the right row, with few requests in a list that was never scrolled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.errors import Forbidden
from csc_tui.domain.folding import fold
from csc_tui.domain.query import Query
from csc_tui.services.browse import Listing
from csc_tui.services.desk import Desk
from csc_tui.services.fill import Filling
from csc_tui.services.jump import first_so_spelt
from tests.fake_clock import FakeClock
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk, until


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=FakeClock()) as opened:
        yield opened


async def opened(desk: Desk, resource: str = "people") -> Listing:
    tab = desk.tab(resource)
    assert tab is not None
    listing = Listing(desk, Query(resource, tab.sorts[0].sort), tab)
    listing.show(0, 19)
    await until(desk, lambda: listing.total is not None and listing.loading() is None)
    return listing


async def names(listing: Listing) -> list[str]:
    """All names of the list, in the server's order."""
    assert listing.total is not None
    return [
        row.cells[0]
        for page in range(1, (listing.total - 1) // 250 + 2)
        for row in await listing.load_page(page)
    ]


async def test_a_list_that_was_never_scrolled_takes_few_requests(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = await opened(desk)
    demo_server.forget()
    row = await first_so_spelt(listing, "Schm")
    assert len(demo_server.requests()) <= 5
    assert row is not None
    everybody = await names(listing)
    assert everybody[row].startswith("Schm")
    assert not fold(everybody[row - 1]).startswith("schm")


async def test_in_a_filled_store_every_name_is_found_without_a_request(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = await opened(desk)
    await Filling(desk, 5_000).run()
    everybody = await names(listing)
    assert len(everybody) == demo_server.people
    demo_server.forget()
    folded = [fold(one) for one in everybody]
    for text in sorted({one[:3] for one in folded} | {"mul", "Mül", "AB", "schmidt, b"}):
        row = await first_so_spelt(listing, text)
        wanted = next(n for n, one in enumerate(folded) if one.startswith(fold(text)))
        assert row == wanted, text
    assert demo_server.requests() == []


async def test_a_name_that_is_not_there_leads_to_the_one_behind_it(desk: Desk) -> None:
    listing = await opened(desk, "companies")
    row = await first_so_spelt(listing, "Abzzz")
    assert row is not None
    everybody = await names(listing)
    assert fold(everybody[row - 1]) < "abzzz" < fold(everybody[row])
    assert await first_so_spelt(listing, "\U0010ffff") == listing.total - 1  # type: ignore[operator]


async def test_nothing_typed_and_nobody_there_lead_nowhere(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = await opened(desk, "companies")
    assert await first_so_spelt(listing, " ") is None
    listing.total = 0
    assert await first_so_spelt(listing, "a") is None


async def test_a_page_that_cannot_be_had_is_an_error(desk: Desk, demo_server: LiveDemo) -> None:
    listing = await opened(desk, "companies")
    demo_server.fail({"kind": "status", "path": "/companies", "status": 403})
    with pytest.raises(Forbidden):
        await first_so_spelt(listing, "Zw")
