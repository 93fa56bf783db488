"""Search: the store at every key, the server once the keys rest, its hits below and marked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.ref import Ref
from csc_tui.services.desk import Desk
from csc_tui.services.events import Event, Failed, Mended
from csc_tui.services.search import ASK_AFTER, Search
from tests.fake_clock import FakeClock
from tests.live_demo import PATIENCE, LiveDemo
from tests.live_desk import running_desk

WORDS = "On the server"
"""The line above the server's hits."""
SHOWN = (0, 1, 2, 3, 6)
"""Columns on a screen of 80 cells: no tags, no e-mail."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=clock) as opened:
        yield opened


class Watched(Search):
    """A search whose changes can be waited for."""

    def __init__(self, desk: Desk, resource: str) -> None:
        tab = desk.tab(resource)
        assert tab is not None
        self._told = asyncio.Event()
        super().__init__(desk, tab, self._told.set, lambda: SHOWN)

    async def answered(self) -> None:
        """Wait until the server has answered, or it is known that it does not."""
        async with asyncio.timeout(PATIENCE):
            while not (self.asked or self.failed):
                self._told.clear()
                await self._told.wait()


@pytest.fixture
async def search(desk: Desk) -> Watched:
    return Watched(desk, "people")


async def person(demo: LiveDemo, desk: Desk | None = None, **values: object) -> str:
    """Somebody new at the server; with a desk also in its store. Gives the id."""
    made = demo.ask("POST", "/api/people", {"person": values})["person"]["id"]
    if desk is not None:
        await desk.records.fetch(Ref("people", str(made)))
    demo.forget()
    return str(made)


async def asked(search: Watched) -> None:
    """Ask the server and wait for its answers."""
    search.failed = False
    search.ask_now()
    await search.answered()


def names(search: Search) -> list[str]:
    """What stands in the rows; `-` for one that is no hit."""
    rows = (search.row(index) for index in range(search.length))
    return [row.cells[0] if row is not None else "-" for row in rows]


async def test_the_store_is_searched_at_every_key_without_a_request(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    await person(demo_server, desk, name="Zwickelmann", first_name="Ute")
    for text in ("z", "zw", "zwick"):
        search.look_for(text)
        await search.settle_here()
        assert names(search) == ["Zwickelmann, Ute"]
        assert not search.asked
    assert demo_server.requests() == []


async def test_the_server_is_asked_once_the_keys_have_rested(
    desk: Desk, demo_server: LiveDemo, search: Watched, clock: FakeClock
) -> None:
    await person(demo_server, name="Zwickelmann", first_name="Ute")
    for text in ("zwic", "zwick"):
        search.look_for(text)
        await clock.advance(ASK_AFTER - 0.01)
        assert demo_server.requests() == []
    await clock.advance(0.02)
    await search.answered()
    assert search.asked
    assert names(search) == ["-", "Zwickelmann, Ute"]
    requests = demo_server.requests()
    assert len(requests) <= 3
    assert all("zwick&" in one for one in requests)


async def test_hits_of_the_server_stand_below_a_line_of_their_own(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    here = await person(demo_server, desk, name="Zwickelmann", first_name="Ute")
    there = await person(demo_server, name="Zwickelmann", first_name="Anna")
    search.look_for("zwickel")
    await search.settle_here()
    assert names(search) == ["Zwickelmann, Ute"]
    await asked(search)
    assert names(search) == ["Zwickelmann, Ute", "-", "-", "Zwickelmann, Anna"]
    assert search.headings(WORDS) == {1: "", 2: WORDS}
    assert [search.on_server(one) for one in (here, there)] == [False, True]
    assert (search.index_of(there, 0), search.index_of("none", 0)) == (3, None)


async def test_without_hits_in_the_store_the_line_stands_first(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    await person(demo_server, name="Zwickelmann")
    search.look_for("zwickel")
    await asked(search)
    assert search.headings(WORDS) == {0: WORDS}
    assert names(search) == ["-", "Zwickelmann"]


async def test_nobody_stands_there_twice_though_two_questions_find_them(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    await person(demo_server, name="Zwickelmann", first_name="Zwickelmann")
    search.look_for("Zwickelmann")
    await asked(search)
    assert len(demo_server.requests()) == 2
    assert names(search) == ["-", "Zwickelmann, Zwickelmann"]


async def test_what_the_server_found_is_in_the_store_from_then_on(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    await person(demo_server, name="Zwickelmann")
    search.look_for("zwickel")
    await asked(search)
    search.look_for("zwickelm")
    await search.settle_here()
    assert names(search) == ["Zwickelmann"]
    assert search.headings(WORDS) == {}


async def test_another_text_takes_back_what_was_asked_for(
    desk: Desk, demo_server: LiveDemo, search: Watched, clock: FakeClock
) -> None:
    await person(demo_server, name="Zwickelmann")
    search.look_for("zwickel")
    search.look_for("")
    await clock.advance(10)
    assert (search.length, search.asked) == (0, True)
    assert demo_server.requests() == []


async def test_asking_now_asks_once(desk: Desk, demo_server: LiveDemo, search: Watched) -> None:
    search.look_for("zwickel")
    await asked(search)
    first = demo_server.requests()
    search.ask_now()
    await asked(search)
    assert demo_server.requests() == first
    assert len(first) == len(set(first))


async def test_asking_now_while_the_answer_is_awaited_asks_once(
    desk: Desk, demo_server: LiveDemo, search: Watched, clock: FakeClock
) -> None:
    search.look_for("zwickel")
    await clock.advance(ASK_AFTER)
    await asked(search)
    requests = demo_server.requests()
    assert len(requests) == len(set(requests)) == 2


async def test_a_server_that_fails_is_said_and_the_hits_in_the_store_stay(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    heard: list[Event] = []
    await person(demo_server, desk, name="Zwickelmann")
    desk.events.listen(heard.append)
    demo_server.fail({"kind": "status", "path": "/people/search", "status": 403})
    search.look_for("zwickel")
    await asked(search)
    assert names(search) == ["Zwickelmann"]
    assert (search.failed, search.asked) == (True, False)
    assert [one.doing for one in heard if isinstance(one, Failed)] == ["search"]
    demo_server.fail()
    await asked(search)
    assert (search.failed, search.asked) == (False, True)
    assert Mended("search") in heard


async def test_a_search_that_the_crm_does_not_have_finds_nothing_and_is_no_failure(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    await person(
        demo_server,
        name="Weit",
        emails_attributes=[{"name": "ute@weit.example", "atype": "office"}],
    )
    demo_server.fail({"kind": "status", "path": "/contact_details/search", "status": 404})
    search.look_for("ute@weit")
    await asked(search)
    assert (search.failed, search.asked) == (False, True)
    assert names(search) == ["-", "Weit"]


@pytest.mark.parametrize(
    ("typed", "by"), [("ute@weit.example", "mail"), ("0171 3920 098", "tel"), ("0098", None)]
)
async def test_a_hit_that_no_column_explains_says_what_it_was_found_by(
    desk: Desk, demo_server: LiveDemo, search: Watched, typed: str, by: str | None
) -> None:
    tels = [
        {"name": "+49 221 4710 155", "atype": "office"},
        {"name": "+49 171 3920098", "atype": "private"},
    ]
    mails = [{"name": "ute@weit.example", "atype": "office"}]
    await person(
        demo_server, desk, name="Zwickelmann", tels_attributes=tels, emails_attributes=mails
    )
    search.look_for(typed)
    await search.settle_here()
    rows = [search.row(index) for index in range(search.length)]
    last = next(n for n, one in enumerate(search.tab.columns) if one.age)
    found = [row.cells[last] for row in rows if row is not None]
    assert found == ([by] if by else [])


async def test_a_number_that_the_phone_column_shows_says_nothing_more(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    tels = [{"name": "+49 171 3920098", "atype": "office"}]
    await person(demo_server, desk, name="Zwickelmann", tels_attributes=tels)
    search.look_for("01713920098")
    await search.settle_here()
    row = search.row(0)
    assert row is not None
    assert "tel" not in row.cells


async def test_new_cells_and_deleted_records_are_shown_among_the_hits(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    here = await person(demo_server, desk, name="Zwickelmann", first_name="Ute")
    there = await person(demo_server, name="Zwickelmann", first_name="Anna")
    search.look_for("zwickel")
    await asked(search)
    for record in (here, there):
        at = search.index_of(record, 0)
        assert at is not None
        row = search.row(at)
        assert row is not None
        search.replace(type(row)(row.id, ("Neu", *row.cells[1:]), "2"))
    assert names(search) == ["Neu", "-", "-", "Neu"]
    search.remove(here)
    assert names(search) == ["-", "Neu"]
    search.remove(there)
    assert names(search) == []


async def test_companies_are_found_by_name_and_details(desk: Desk, demo_server: LiveDemo) -> None:
    body: dict[str, Any] = {
        "name": "Zwickelwerk",
        "tels_attributes": [{"name": "+49 30 23125 999", "atype": "office"}],
    }
    demo_server.ask("POST", "/api/companies", {"company": body})
    search = Watched(desk, "companies")
    for text in ("zwickelw", "23125 999"):
        search.look_for(text)
        await asked(search)
        assert "Zwickelwerk" in names(search), text


async def test_how_much_of_the_account_is_here(
    desk: Desk, demo_server: LiveDemo, search: Watched
) -> None:
    await person(demo_server, desk, name="Zwickelmann")
    await search.count_here()
    assert search.stored == 1
