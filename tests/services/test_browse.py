"""Lists: which pages are asked for and when, what stands in a row, where the cursor's record is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.errors import Forbidden, OtherAccount, ServerBroken
from csc_tui.domain.query import PAGE_ROWS, Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.services.browse import RETRY, STALE, Listing
from csc_tui.services.desk import Desk
from csc_tui.services.events import Event, Failed
from csc_tui.services.pages import KEPT
from csc_tui.store.rows import Saved
from tests.fake_clock import FakeClock
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk, until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=clock) as opened:
        yield opened


def list_of(desk: Desk, resource: str = "companies", sort: Sort | None = None) -> Listing:
    tab = desk.tab(resource)
    assert tab is not None
    listing = Listing(desk, Query(resource, sort or tab.sorts[0].sort), tab)
    listing.prime()
    return listing


async def shown(desk: Desk, listing: Listing, first: int = 0, last: int = 19) -> None:
    """Look at some rows until nothing is awaited any more."""
    listing.look()
    listing.show(first, last)
    await quiet(desk, listing)


async def quiet(desk: Desk, listing: Listing) -> None:
    """Wait until no page and no count is awaited."""
    for _ in range(2):
        await until(desk, lambda: listing.loading() is None)
        await desk.worker.idle()
        await desk.store.value("nothing")  # what was to be written before this has been


def pages(demo: LiveDemo) -> list[int]:
    """The numbers of the pages that were asked for."""
    asked = (one for one in demo.requests() if "page=" in one)
    return [int(one.partition("page=")[2].partition("&")[0]) for one in asked]


def counts(demo: LiveDemo) -> int:
    return sum(one.endswith("/count") for one in demo.requests())


async def test_a_list_opens_with_one_page_and_the_count(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk, "people")
    await shown(desk, listing)
    assert (listing.length, listing.total) == (demo_server.people, demo_server.people)
    first = listing.row(0)
    assert first is not None
    assert first.cells[0] == "Abel, Frank"
    assert (pages(demo_server), counts(demo_server)) == ([1], 1)


async def test_the_end_is_one_page(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    await shown(desk, listing, 580, 599)
    assert (pages(demo_server), counts(demo_server)) == ([3], 0)
    assert listing.row(599) is not None
    assert listing.row(600) is None


async def test_rows_across_two_pages_are_two_pages(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    await shown(desk, listing, 495, 514)
    assert sorted(pages(demo_server)) == [2, 3]


async def test_what_was_scrolled_past_is_not_asked_for(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    for first in range(0, 580, 20):
        listing.show(first, first + 19)
    await shown(desk, listing, 580, 599)
    assert pages(demo_server) == [3]


async def test_what_is_awaited_is_named_by_its_rows(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    listing.show(580, 599)
    assert listing.loading() == (500, 599)
    await quiet(desk, listing)
    assert listing.loading() is None


async def test_a_page_is_fetched_again_when_it_is_shown_after_a_minute(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    await clock.advance(STALE - 1)
    await shown(desk, listing)
    assert demo_server.requests() == []
    await clock.advance(2)
    await shown(desk, listing)
    assert (pages(demo_server), counts(demo_server)) == ([1], 1)


async def test_nothing_is_fetched_again_while_nobody_looks(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    await clock.advance(10 * STALE)
    listing.show(0, 19)  # drawn again because something else has changed
    await quiet(desk, listing)
    assert demo_server.requests() == []


async def test_refreshing_asks_for_what_is_shown_and_no_more(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    await shown(desk, listing, 600, 619)
    demo_server.forget()
    listing.refresh()
    listing.show(600, 619)
    await quiet(desk, listing)
    assert (pages(demo_server), counts(demo_server)) == ([3], 1)


async def test_a_failed_page_is_told_once_and_not_asked_for_in_a_loop(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    heard: list[Event] = []
    desk.events.listen(heard.append)
    demo_server.fail({"kind": "status", "path": "/companies", "status": 403})
    listing = list_of(desk)
    await shown(desk, listing)
    for _ in range(5):
        await shown(desk, listing)
    assert pages(demo_server) == [1]
    assert isinstance(listing.failure, Forbidden)
    assert [one.doing for one in heard if isinstance(one, Failed)] == ["list.companies"]
    # Nor later, unless somebody looks.
    await clock.advance(RETRY + 1)
    listing.show(0, 19)
    await quiet(desk, listing)
    assert pages(demo_server) == [1]
    demo_server.fail()
    await shown(desk, listing)
    assert listing.failure is None
    assert listing.row(0) is not None


async def test_a_refresh_tries_a_failed_page_at_once(desk: Desk, demo_server: LiveDemo) -> None:
    demo_server.fail({"kind": "status", "path": "/companies", "status": 404})
    listing = list_of(desk)
    await shown(desk, listing)
    assert listing.row(0) is None
    demo_server.fail()
    listing.refresh()
    await shown(desk, listing)
    assert listing.row(0) is not None
    assert listing.failure is None


async def test_what_fails_after_a_refresh_but_was_begun_before_it_is_asked_again(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail(
        {"kind": "status", "path": "/companies", "status": 404, "count": 1},
        {"kind": "status", "path": "/companies/count", "status": 404, "count": 1},
    )
    listing = list_of(desk)
    listing.look()
    listing.show(0, 19)
    listing.refresh()
    await shown(desk, listing)
    assert listing.row(0) is not None
    assert listing.total == demo_server.companies
    assert listing.failure is None
    assert (pages(demo_server), counts(demo_server)) == ([1, 1], 2)


async def test_a_refresh_in_the_moment_of_a_failure_is_not_lost(
    desk: Desk, demo_server: LiveDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is asked how many records it has before the failure is told."""
    demo_server.fail({"kind": "status", "path": "/companies", "status": 404, "count": 1})
    listing, how_many = list_of(desk), desk.store.how_many

    async def meanwhile(resource: str) -> int:
        listing.refresh()
        listing.show(0, 19)
        return await how_many(resource)

    monkeypatch.setattr(desk.store, "how_many", meanwhile)
    await shown(desk, listing)
    assert listing.row(0) is not None
    assert listing.failure is None
    assert pages(demo_server) == [1, 1]


async def test_rows_that_are_here_are_asked_for_anew_when_their_failure_is_told(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    demo_server.fail({"kind": "status", "path": "/companies", "status": 404, "count": 1})

    def again(event: Event) -> None:
        if isinstance(event, Failed):
            listing.refresh()
        listing.show(0, 19)

    desk.events.listen(again)
    listing.refresh()
    await shown(desk, listing)
    assert listing.failure is None
    assert pages(demo_server) == [1, 1]


async def test_rows_are_shown_though_the_count_cannot_be_had(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "nonsense", "path": "/companies/count"})
    listing = list_of(desk)
    await shown(desk, listing)
    assert listing.total is None
    assert listing.length == PAGE_ROWS + 1
    assert listing.row(19) is not None
    assert isinstance(listing.failure, ServerBroken)
    await shown(desk, listing, 240, 259)
    assert listing.length == 2 * PAGE_ROWS + 1


async def test_a_total_that_was_too_large_is_corrected_by_the_last_page(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail(
        {
            "kind": "status",
            "path": "/companies/count",
            "status": 200,
            "body": {"total_entries": 650},
        }
    )
    listing = list_of(desk)
    await shown(desk, listing)
    assert listing.total == 650
    await shown(desk, listing, 630, 649)
    assert listing.total == 600


async def test_a_total_that_is_nonsense_is_not_followed_page_by_page(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail(
        {
            "kind": "status",
            "path": "/companies/count",
            "status": 200,
            "body": {"total_entries": 10**9},
        }
    )
    listing = list_of(desk)
    await shown(desk, listing)
    demo_server.forget()
    for _ in range(5):
        await shown(desk, listing, listing.length - 20, listing.length - 1)
    asked = pages(demo_server)
    assert len(asked) == len(set(asked)) <= 5
    assert listing.row(listing.length - 1) is not None


async def test_a_page_that_comes_between_hides_no_end(desk: Desk, demo_server: LiveDemo) -> None:
    count = {"status": 200, "body": {"total_entries": 10**8}}
    demo_server.fail({"kind": "status", "path": "/companies/count", **count})
    listing = list_of(desk)
    await shown(desk, listing)
    assert listing.total == 10**8
    for _ in range(4):
        await shown(desk, listing, listing.length - 20, listing.length - 1)
        await listing.renew(0)
    await shown(desk, listing, listing.length - 20, listing.length - 1)
    assert listing.row(listing.length - 1) is not None


async def test_more_rows_than_were_counted_are_all_there(desk: Desk, demo_server: LiveDemo) -> None:
    demo_server.fail(
        {"kind": "status", "path": "/companies/count", "status": 200, "body": {"total_entries": 7}}
    )
    listing = list_of(desk)
    await shown(desk, listing)
    assert listing.total == PAGE_ROWS


async def test_an_empty_list_is_known_to_be_empty(desk: Desk, demo_server: LiveDemo) -> None:
    demo_server.fail({"kind": "status", "path": "/companies", "status": 200, "body": []})
    listing = list_of(desk)
    await shown(desk, listing)
    assert listing.length == 0
    assert listing.failure is None
    assert listing.answered_at == desk.clock.now()


async def test_rows_of_the_store_are_there_before_anything_is_asked(
    demo_server: LiveDemo, tmp_path: Path, clock: FakeClock
) -> None:
    async with running_desk(demo_server, tmp_path, clock=clock) as first:
        await shown(first, list_of(first))
        await first.store.value("settled")
    demo_server.forget()
    async with running_desk(demo_server, tmp_path, clock=clock) as second:
        listing = list_of(second)
        row = listing.row(0)
        assert row is not None
        assert row.cells[0] == "Abel & Becker GbR"
        assert listing.total == demo_server.companies
        assert demo_server.requests() == []


async def test_pages_out_of_the_store_need_no_request_while_they_are_fresh(
    demo_server: LiveDemo, tmp_path: Path, clock: FakeClock
) -> None:
    async with running_desk(demo_server, tmp_path, clock=clock) as first:
        listing = list_of(first)
        await shown(first, listing)
        await shown(first, listing, 500, 519)
        await first.store.value("settled")
    demo_server.forget()
    async with running_desk(demo_server, tmp_path, clock=clock) as second:
        again = list_of(second)
        await shown(second, again, 500, 519)
        assert again.row(500) == listing.row(500)
        assert pages(demo_server) == []


async def test_of_a_long_list_only_the_last_pages_are_kept_in_memory(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    listing = list_of(desk)
    count = KEPT + 2
    await desk.store.save_total(listing.query.key, count * PAGE_ROWS, clock.now())
    for page in range(count):
        rows = [made(f"{page * PAGE_ROWS + place:05}") for place in range(PAGE_ROWS)]
        await desk.store.save_page("companies", listing.query.key, page + 1, rows, clock.now())
    listing.prime()
    for page in range(count):
        first = page * PAGE_ROWS
        await shown(desk, listing, first, first + 9)
        row = listing.row(first)
        assert row is not None
        assert row.id == f"{first:05}"
    assert listing.index_of("00300", 300) is None
    assert listing.index_of("00600", 0) == 600
    await shown(desk, listing, 300, 309)
    assert listing.index_of("00300", 0) == 300
    assert pages(demo_server) == []


def made(record_id: str) -> Saved:
    return Saved(record_id, (f"Firma {record_id}",), "1", "{}", record_id)


async def test_a_colleagues_new_row_above_moves_the_record_not_the_record_of_the_cursor(
    desk: Desk, demo_server: LiveDemo, clock: FakeClock
) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    record = listing.row(10)
    assert record is not None
    demo_server.ask("POST", "/api/companies", {"company": {"name": "Aab"}})
    await clock.advance(STALE + 1)
    await shown(desk, listing)
    assert listing.row(10) != record
    assert listing.index_of(record.id, 10) == 11
    assert listing.total == demo_server.companies + 1


async def test_a_deleted_record_closes_up_and_later_rows_are_asked_for_again(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    gone, after = listing.row(5), listing.row(6)
    assert gone is not None
    listing.remove(gone.id)
    assert listing.row(5) == after
    assert listing.total == demo_server.companies - 1
    demo_server.forget()
    await shown(desk, listing)
    assert pages(demo_server) == [1]
    assert listing.row(5) == gone  # the CRM has it still


async def test_removing_what_is_not_here_changes_nothing(desk: Desk) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    listing.remove("none")
    assert listing.total == 600


async def test_new_cells_of_a_record_stand_in_its_row(desk: Desk) -> None:
    listing = list_of(desk)
    await shown(desk, listing)
    row = listing.row(3)
    assert row is not None
    other = type(row)(row.id, ("Neu, Name", *row.cells[1:]), "v2")
    assert listing.replace(other)
    assert listing.row(3) == other
    assert not listing.replace(type(row)("none", row.cells, ""))


async def test_a_closed_list_wants_nothing_any_more(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk)
    listing.show(0, 19)
    listing.close()
    await quiet(desk, listing)
    await desk.worker.idle()
    assert demo_server.requests() == []
    assert listing.length == 0


async def test_another_order_is_another_list(desk: Desk, demo_server: LiveDemo) -> None:
    listing = list_of(desk, sort=Sort("created", descending=True))
    await shown(desk, listing)
    (asked,) = (one for one in demo_server.requests() if "page=" in one)
    assert "order=new-desc" in asked


async def test_another_account_behind_the_same_address_sends_nothing_more(
    desk: Desk, demo_server: LiveDemo
) -> None:
    await shown(desk, list_of(desk))
    assert desk.account_id
    stranger: dict[str, Any] = {"company": {"id": 1, "name": "Fremd", "account_id": 987_654}}
    demo_server.fail({"kind": "status", "path": "/companies", "status": 200, "body": [stranger]})
    listing = list_of(desk)
    listing.refresh()
    await shown(desk, listing)
    assert isinstance(listing.failure, OtherAccount)
    row = listing.row(0)
    assert row is not None
    assert row.cells[0] == "Abel & Becker GbR"
    demo_server.forget()
    listing.refresh()
    await shown(desk, listing)
    assert demo_server.requests() == []


async def test_a_record_can_be_opened_as_soon_as_its_row_is_shown(
    desk: Desk, demo_server: LiveDemo
) -> None:
    listing = list_of(desk)
    listing.show(0, 19)
    await until(desk, lambda: listing.row(PAGE_ROWS - 1))
    last = listing.row(PAGE_ROWS - 1)
    assert last is not None
    card = await desk.records.card(Ref("companies", last.id))
    assert card is not None
    assert card.record.sort_name() == last.cells[0]
    await quiet(desk, listing)
    assert desk.arriving == {}
