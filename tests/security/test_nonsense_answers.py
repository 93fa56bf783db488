"""Answers that make no sense, on a working desk: the rows there are stay usable."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.query import PAGE_ROWS, Query
from csc_tui.domain.ref import Ref
from csc_tui.services.browse import Listing
from csc_tui.services.desk import Desk
from csc_tui.services.events import WorkChanged
from csc_tui.services.search import Search
from tests.hostile_server import KEY, Answer, HostileServer, hostile_server, person
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk, until


@pytest.fixture
def world() -> Iterator[HostileServer]:
    with hostile_server() as server:
        server.people = [person(number, "") for number in range(1, 4)]
        yield server


def demo(world: HostileServer) -> LiveDemo:
    return LiveDemo(world.url, KEY, Path(), 3, 0)


def listing(desk: Desk) -> Listing:
    return Listing(desk, Query("people"), desk.tabs[0])


@pytest.mark.parametrize(
    "body",
    [
        {"total_entries": -5},
        {"total_entries": 10**30},
        {"total_entries": "many"},
        {"total_entries": None},
        [],
        b"null",
        b"{}",
    ],
    ids=repr,
)
async def test_rows_are_shown_where_their_number_is_nonsense(
    body: object, world: HostileServer, tmp_path: Path
) -> None:
    world.say("GET /people/count", Answer(body=body))
    async with running_desk(demo(world), tmp_path) as desk:
        rows = listing(desk)
        rows.show(0, 20)
        await until(desk, lambda: rows.row(2) and not rows.loading())
        await desk.worker.idle()

        assert rows.total is None
        assert rows.length == 3
        assert rows.failure is None


async def test_a_full_page_of_an_unknown_number_leads_on(
    world: HostileServer, tmp_path: Path
) -> None:
    world.people = [person(number, "") for number in range(1, PAGE_ROWS + 1)]
    world.say("GET /people/count", Answer(body={"total_entries": "?"}))
    async with running_desk(demo(world), tmp_path) as desk:
        rows = listing(desk)
        rows.show(0, 20)
        await until(desk, lambda: rows.row(0) and not rows.loading())
        assert rows.length == PAGE_ROWS + 1
        rows.show(240, PAGE_ROWS)
        await until(desk, lambda: rows.length == PAGE_ROWS)
        assert [one for one in world.requests if "page=2&" in one]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "shape"),
        (b"null", "shape"),
        (b"\xff\xfe\x00", "json"),
        (b"<x>", None),
        (b"[" * 100_000, "deep"),
        (b"[" + b"[" * 80 + b"]" * 80 + b"]", "deep"),
        (b"[NaN]", "json"),
        (b"[" + b"1" * 5_000 + b"]", "json"),
        (b"[" + b",".join([b'{"person":{"id":1}}'] * 501) + b"]", "long"),
        (b'[{"person":{"id":1}},null]', "shape"),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_a_page_that_is_none_says_so_and_the_next_one_is_shown(
    body: bytes, why: str | None, world: HostileServer, tmp_path: Path
) -> None:
    world.say("GET /people[?]", Answer(body=body))
    async with running_desk(demo(world), tmp_path) as desk:
        rows = listing(desk)
        rows.show(0, 20)
        await until(desk, lambda: rows.failure and not rows.loading())
        if why is not None:
            assert isinstance(rows.failure, ServerBroken)
            assert rows.failure.why == why
        world.instead.clear()
        rows.refresh()
        rows.show(0, 20)
        await until(desk, lambda: rows.row(2) and rows.failure is None)


async def test_hits_lookups_and_records_of_nonsense(world: HostileServer, tmp_path: Path) -> None:
    for path in ("people/search", "contact_details/search", "users", "tags/list", "people/7"):
        world.say(f"GET /{path}", Answer(body=[None, {"id": []}, [1], "x", {"user": 3}]))
    async with running_desk(demo(world), tmp_path) as desk:
        tell = partial(desk.events.tell, WorkChanged())
        search = Search(desk, desk.tabs[0], tell, lambda: ())
        search.look_for("nobody")
        search.ask_now()
        await until(desk, lambda: search.asked or search.failed)
        assert search.length == 0
        assert list(await desk.lookups.need("users")) == []
        assert [one.value for one in await desk.lookups.need("tags")] == ["x"]
        with pytest.raises(ServerBroken):
            await desk.records.fetch(Ref("people", "7"))
