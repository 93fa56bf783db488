"""Synchronising: what is asked for, what is here afterwards, and what moves meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.errors import CrmError
from csc_tui.domain.query import Query
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from csc_tui.services.desk import Desk
from csc_tui.services.events import Event, RecordGone
from csc_tui.services.sync import WHOLE_AFTER, Outcome
from csc_tui.worker.lane import Lane
from tests.fake_clock import FakeClock
from tests.live_demo import LiveDemo, running_demo
from tests.live_desk import running_desk

PEOPLE = Query("people")
ALL = 5
"""Pages of the demo's people."""


@pytest.fixture
def shared_demo(five_pages: LiveDemo) -> LiveDemo:
    return five_pages


@pytest.fixture
def clock() -> FakeClock:
    """The real time to begin with: the server's records are from then."""
    return FakeClock(datetime.now(UTC).timestamp())


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path, clock=clock) as opened:
        yield opened


async def synced(desk: Desk, query: Query = PEOPLE, *, whole: bool = False) -> Outcome:
    """A run from its plan to its end, a minute after whatever was before."""
    if isinstance(desk.clock, FakeClock):
        await desk.clock.advance(60)
    (outcome,) = await desk.sync.run(await desk.sync.plan([query], whole=whole))
    return outcome


def pages(demo: LiveDemo) -> list[str]:
    """Of each request for a page with parts the order and number, in whatever order they came."""
    found = []
    for one in demo.requests():
        path, _, query = one.partition("?")
        if path == "GET /api/people" and "includes=" in query:
            params = dict(part.split("=", 1) for part in query.split("&"))
            found.append(f"{params.get('order', 'stream')} {params['page']}")
    return found


def between(desk: Desk, monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]) -> None:
    """Have `act` done before each request for a page, with how manieth it is."""
    send = desk.worker.send
    seen = 0

    async def watched(request: Request, lane: Lane, **more: Any) -> Response:
        nonlocal seen
        if ("order", "abc-asc") in request.query:
            seen += 1
            await asyncio.to_thread(act, seen)
        return await send(request, lane, **more)

    monkeypatch.setattr(desk.worker, "send", watched)


def make(demo: LiveDemo, **values: object) -> str:
    """A new person; the id."""
    made = demo.ask("POST", "/api/people", {"person": {"name": "Probe", **values}})
    return str(made["person"]["id"])


async def names(desk: Desk, ids: list[str]) -> set[str]:
    return set(await desk.store.records("people", ids))


async def test_all_of_it_is_here_afterwards_page_by_page_in_the_lists_order(
    desk: Desk, demo_server: LiveDemo
) -> None:
    (plan,) = await desk.sync.plan([PEOPLE])
    assert (plan.mode, plan.records, plan.requests) == ("full", 1_100, ALL + 3)
    (outcome,) = await desk.sync.run([plan])
    assert outcome.complete
    assert (outcome.records, outcome.removed, outcome.stored) == (1_100, 0, 1_100)
    fetched = pages(demo_server)
    assert sorted(fetched[:ALL]) == sorted(f"abc-asc {number}" for number in range(1, ALL + 1))
    assert len(demo_server.log()) == outcome.requests + 1 <= plan.requests + 2
    last = await desk.store.page(PEOPLE.key, ALL)
    assert last is not None
    assert len(last.rows) == 1_100 - 4 * 250
    assert await desk.store.search("people", last.rows[0].cells[0])


async def test_a_second_run_fetches_what_has_changed(desk: Desk, demo_server: LiveDemo) -> None:
    await synced(desk)
    one = make(demo_server, name="Zzyzx")
    page = await desk.store.page(PEOPLE.key, 3)
    assert page is not None
    other = page.rows[7].id
    demo_server.ask("PUT", f"/api/people/{other}", {"person": {"title": "Prof."}})
    demo_server.forget()
    outcome = await synced(desk)
    assert (outcome.mode, outcome.stored) == ("delta", 1_101)
    assert 2 <= outcome.records < 250  # with what other tests have changed in the last minute
    assert pages(demo_server) == ["update-desc 1", "stream 1"]
    assert [hit.row.id for hit in await desk.store.search("people", "zzyzx")] == [one]
    stored = await desk.store.record(Ref("people", other))
    assert stored is not None
    assert "Prof." in stored.raw


async def test_what_is_gone_there_is_gone_here(desk: Desk, demo_server: LiveDemo) -> None:
    ids = [make(demo_server, name=f"Zzyzx {number}") for number in range(3)]
    await synced(desk)
    assert len(await desk.store.search("people", "zzyzx")) == 3
    heard: list[Event] = []
    desk.events.listen(heard.append)
    for one in ids[:2]:
        demo_server.ask("DELETE", f"/api/people/{one}")
    demo_server.forget()
    outcome = await synced(desk)
    assert (outcome.removed, outcome.stored) == (2, 1_101)
    assert [hit.row.id for hit in await desk.store.search("people", "zzyzx")] == ids[2:]
    gone = {event.ref.id for event in heard if isinstance(event, RecordGone)}
    assert gone == set(ids[:2])
    # The ids came without parts: no page of the list was asked for.
    assert not [one for one in pages(demo_server) if one.startswith("abc")]


async def test_rows_that_move_between_pages_meanwhile_are_found_all_the_same(
    demo_server: LiveDemo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_desk(demo_server, tmp_path) as desk:
        await _moved_meanwhile(desk, demo_server, monkeypatch)


async def _moved_meanwhile(
    desk: Desk, demo_server: LiveDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = [make(demo_server, name=f"Aa {number}") for number in range(4)]
    late: list[str] = []

    def act(number: int) -> None:
        if number == 4:  # pages behind shift by three rows and more
            for one in early[:3]:
                demo_server.ask("DELETE", f"/api/people/{one}")
            demo_server.ask("PUT", f"/api/people/{early[3]}", {"person": {"name": "Zz"}})
            late.append(make(demo_server, name="Aaa"))

    between(desk, monkeypatch, act)
    outcome = await synced(desk)
    assert outcome.complete
    assert await desk.store.how_many("people") == 1_102
    assert await names(desk, [*early, *late]) == {early[3], *late}
    theirs = set()
    for number in range(1, ALL + 1):
        found = demo_server.ask("GET", f"/api/people?page={number}&perpage=250")
        theirs |= {str(one["person"]["id"]) for one in found}
    assert len(await names(desk, sorted(theirs))) == len(theirs) == 1_102


async def test_a_run_that_was_broken_off_goes_on_where_it_was(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "status", "path": "~/people", "status": 403, "count": 40})
    demo_server.fail()
    plans = await desk.sync.plan([PEOPLE])
    running = asyncio.create_task(desk.sync.run(plans))
    while len(await desk.store.pages_since(PEOPLE.key, 1.0)) < 1:
        await asyncio.sleep(0)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await desk.worker.idle()
    done = await desk.store.pages_since(PEOPLE.key, 1.0)
    demo_server.forget()
    (plan,) = await desk.sync.plan([PEOPLE])
    assert plan.begun
    assert plan.records == 1_100 - sum(100 if one == ALL else 250 for one in done)
    (outcome,) = await desk.sync.run([plan])
    assert (outcome.complete, outcome.stored) == (True, 1_100)
    left = set(range(1, ALL + 1)) - done
    assert {one for one in pages(demo_server) if one.startswith("abc")} == {
        f"abc-asc {number}" for number in left
    }


async def test_a_failure_ends_the_run_and_the_next_one_goes_on(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "status", "path": "/people", "status": 403, "count": 3})
    with pytest.raises(CrmError):
        await synced(desk)
    assert desk.sync.progress is None
    demo_server.fail()
    assert (await synced(desk)).stored == 1_100


async def test_a_paused_run_asks_for_nothing(desk: Desk, demo_server: LiveDemo) -> None:
    plans = await desk.sync.plan([PEOPLE])
    desk.sync.pause()
    demo_server.forget()
    running = asyncio.create_task(desk.sync.run(plans))
    await desk.store.value("nothing")
    await desk.worker.idle()
    assert demo_server.requests() == []
    assert desk.sync.progress is not None
    desk.sync.go_on()
    (outcome,) = await running
    assert outcome.stored == 1_100


async def test_after_a_week_all_is_fetched_anew(desk: Desk, clock: FakeClock) -> None:
    await synced(desk)
    assert [plan.mode for plan in await desk.sync.plan([PEOPLE])] == ["delta"]
    assert [plan.mode for plan in await desk.sync.plan([PEOPLE], whole=True)] == ["full"]
    await clock.advance(WHOLE_AFTER)
    assert [plan.mode for plan in await desk.sync.plan([PEOPLE])] == ["full"]


async def test_a_filter_fetches_a_part_and_takes_nothing_out(
    desk: Desk, demo_server: LiveDemo
) -> None:
    tagged = [make(demo_server, tags_attributes=[{"name": "Sondertag"}]) for _ in range(3)]
    query = PEOPLE._replace(tag="Sondertag")
    (plan,) = await desk.sync.plan([query])
    assert (plan.mode, plan.records, plan.total) == ("filter", 3, 3)
    (outcome,) = await desk.sync.run([plan])
    assert (outcome.records, outcome.stored) == (3, 3)
    assert await names(desk, tagged) == set(tagged)
    assert await desk.store.page(query.key, 1) is None
    (again,) = await desk.sync.plan([query])
    assert not again.begun


@pytest.mark.parametrize("ignored", ["filter[updated_at]", "order", "stream_updated_at_after"])
async def test_a_server_that_does_not_know_a_parameter_is_noticed(
    desk: Desk, demo_server: LiveDemo, monkeypatch: pytest.MonkeyPatch, ignored: str
) -> None:
    """What it does not know is left out here: it then answers as if it had not been asked."""
    await synced(desk)
    one = make(demo_server, name="Zzyzx")
    send = desk.worker.send

    async def deaf(request: Request, lane: Lane, **more: Any) -> Response:
        query = tuple(item for item in request.query if not item[0].startswith(ignored))
        return await send(request._replace(query=query), lane, **more)

    monkeypatch.setattr(desk.worker, "send", deaf)
    outcome = await synced(desk)
    assert (outcome.complete, outcome.stored) == (True, 1_101)
    assert await names(desk, [one]) == {one}


async def test_a_server_that_tells_nothing_of_changes_is_read_whole(
    desk: Desk, demo_server: LiveDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    await synced(desk)
    page = await desk.store.page(PEOPLE.key, 4)
    assert page is not None
    one = page.rows[0].id
    demo_server.ask("PUT", f"/api/people/{one}", {"person": {"title": "Prof."}})
    send = desk.worker.send

    async def deaf(request: Request, lane: Lane, **more: Any) -> Response:
        known = ("page", "perpage", "includes", "methods")
        query = tuple(item for item in request.query if item[0] in known)
        return await send(request._replace(query=query), lane, **more)

    monkeypatch.setattr(desk.worker, "send", deaf)
    outcome = await synced(desk)
    assert (outcome.mode, outcome.stored) == ("full", 1_100)
    stored = await desk.store.record(Ref("people", one))
    assert stored is not None
    assert "Prof." in stored.raw


async def test_an_account_that_never_stands_still_loses_nothing_here(
    desk: Desk, demo_server: LiveDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every count differs from the one before: nothing is taken out, and it is said."""
    await synced(desk)
    gone = make(demo_server, name="Zzyzx")
    await synced(desk)
    demo_server.ask("DELETE", f"/api/people/{gone}")
    read_total = desk.crm.read_total
    told = iter(range(1_000))
    monkeypatch.setattr(
        desk.crm, "read_total", lambda response: (read_total(response) or 0) + next(told)
    )
    outcome = await synced(desk)
    assert not outcome.complete
    assert await names(desk, [gone]) == {gone}
    monkeypatch.undo()
    outcome = await synced(desk)
    assert (outcome.complete, outcome.removed) == (True, 1)


async def test_a_list_that_says_neither_its_length_nor_that_of_its_pages_is_here_whole(
    tmp_path: Path, clock: FakeClock
) -> None:
    """And they are shorter than they were asked to be."""
    size = ("--people", "40", "--companies", "0", "--limit", "100000")
    silent = ("--no-page-meta", "--page-size", "ignored")
    with running_demo(tmp_path / "demo", "--dialect", "concord", *size, *silent) as demo:
        async with running_desk(demo, tmp_path, clock=clock) as desk:
            contacts = Query("contacts")
            whole = await synced(desk, contacts)
            assert (whole.stored, whole.removed, whole.complete) == (40, 0, True)

            gone = str(demo.ask("GET", "/api/contacts")["data"][0]["id"])
            demo.ask("DELETE", f"/api/contacts/{gone}")
            demo.ask("POST", "/api/contacts", {"first_name": "Ida"})
            again = await synced(desk, contacts)
            assert (again.stored, again.removed, again.complete) == (40, 1, True)
