"""Reading lists through filters: server part and local part together, and what they cost."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from datetime import UTC
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_tui.domain.changing import edited
from csc_tui.domain.errors import Rejected, Unauthorized
from csc_tui.domain.filter import Filter
from csc_tui.domain.filter_text import quoted
from csc_tui.domain.query import PAGE_ROWS, Query
from csc_tui.domain.record import Record
from csc_tui.services.desk import Desk
from csc_tui.services.filtering import read_filter
from csc_tui.services.reading import PIECE, Reading
from tests.live_demo import LiveDemo, running_demo
from tests.live_desk import running_desk, until

PEOPLE = 260
"""People of the small account: a full page and a second one."""


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """An account that is quickly read as a whole."""
    folder = tmp_path_factory.mktemp("small") / "demo"
    size = ("--people", str(PEOPLE), "--companies", "40")
    with running_demo(folder, *size, "--limit", "100000", "--today", "2026-11-20") as server:
        yield server


async def wanted(desk: Desk, text: str, resource: str = "people") -> Filter:
    return await read_filter(desk, resource, text, zone=UTC)


async def all_of(reading: Reading, limit: int | None = None) -> list[Record]:
    return [one async for page in reading.pages(limit) for one in page]


def lists(demo: LiveDemo) -> list[str]:
    """The requests for pages of people, each with what narrows it."""
    return [
        one.partition("?")[2].partition("&includes")[0]
        for one in demo.requests()
        if one.startswith("GET /api/people?")
    ]


def terms(records: list[Record]) -> st.SearchStrategy[str]:
    """Terms about what there is in the account, and about what is not."""
    tags = sorted({tag.text() for one in records for tag in getattr(one, "tags", ())})
    cities = sorted({one.cell("city") for one in records if one.cell("city")})
    days = sorted({one.updated_at.date() for one in records if one.updated_at})
    made = sorted({one.created_at.date() for one in records if one.created_at})
    users = sorted({str(one.value("responsible")) for one in records if one.value("responsible")})
    sign = st.sampled_from(["<", ">", "<=", ">=", ":"])
    plain = st.one_of(
        st.sampled_from(tags).map(lambda it: f"tag:{quoted(it.upper())}"),
        st.sampled_from(["tag:none", "tag:any", "tag:nosuchtag", "phone:none", "phone:any"]),
        st.sampled_from(cities).map(lambda it: f"city:{quoted(it)}"),
        st.builds(lambda s, d: f"updated{s}{d}", sign, st.sampled_from(days)),
        st.builds(lambda s, d: f"created{s}{d}", sign, st.sampled_from(made)),
        st.sampled_from(users).map(lambda it: f"owner:{it}"),
        st.sampled_from(["owner:me", "owner:none", "gender:female", "language:de", "müller"]),
    )
    return st.builds(lambda minus, term: minus + term, st.sampled_from(["", "", "-"]), plain)


def test_server_and_local_part_find_what_is_found_in_memory(
    small_demo: LiveDemo, tmp_path: Path
) -> None:
    with asyncio.Runner() as runner:
        opening = running_desk(small_demo, tmp_path)
        desk = runner.run(opening.__aenter__())
        people = Query("people")
        everybody = runner.run(all_of(Reading(desk, people)))
        assert len(everybody) == PEOPLE
        narrowed = []

        @settings(max_examples=40)
        @given(st.lists(terms(everybody), min_size=1, max_size=3).map(" ".join))
        def check(text: str) -> None:
            found = runner.run(wanted(desk, text))
            reading = Reading(desk, people, found)

            got = [one.id for one in runner.run(all_of(reading))]

            assert got == [one.id for one in everybody if found.matches(one)]
            assert reading.matched == len(got)
            narrowed.append(reading.checked < PEOPLE)

        check()
        runner.run(opening.__aexit__(None, None, None))
    assert any(narrowed)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("tag:messe city:Köln", "tag_name=Messe"),
        ("-tag:messe", ""),
        ("tag:nosuchtag", ""),
        ("updated>2026-10-01", "filter[updated_at][larger_than]=2026-10-01T23:59:59.000+00:00"),
        ("created<2024-02-01", "filter[created_at][smaller_than]=2024-02-01T00:00:01.000+00:00"),
        ("owner:me -owner:none", "filter[user_id][equal]="),
        ("city:Köln müller phone:none", ""),
    ],
)
async def test_the_server_is_asked_for_what_it_keeps_to(
    desk: Desk, demo_server: LiveDemo, text: str, asked: str
) -> None:
    found = await wanted(desk, text)
    demo_server.forget()
    await all_of(Reading(desk, Query("people"), found), limit=1)
    first = unquote(lists(demo_server)[0])
    narrowed = first.removeprefix(f"page=1&perpage={PAGE_ROWS}&order=abc-asc").lstrip("&")

    assert narrowed.startswith(asked)
    assert ("filter" in first or "tag" in first) == bool(asked)


async def test_a_cost_that_was_said_is_the_cost(desk: Desk, demo_server: LiveDemo) -> None:
    reading = Reading(desk, Query("people"), await wanted(desk, "tag:messe"))
    cost = await reading.cost()
    demo_server.forget()
    found = await all_of(reading)

    assert len(demo_server.requests()) == cost.requests
    assert reading.checked == cost.records == len(found) > 0


async def test_a_whole_list_is_in_the_store_afterwards(desk: Desk, demo_server: LiveDemo) -> None:
    query = Query("people")
    online = await all_of(Reading(desk, query))
    demo_server.forget()
    stored = [one async for page in Reading(desk, query).stored() for one in page]

    assert {one.id for one in stored} == {one.id for one in online}
    assert len(stored) == demo_server.people
    page = await desk.store.page(query.key, 1)
    assert page is not None
    assert [row.id for row in page.rows] == [one.id for one in online[:PAGE_ROWS]]
    assert demo_server.requests() == []


@pytest.mark.parametrize("whole", [True, False])
async def test_what_is_saved_while_a_page_is_read_is_what_the_store_has(
    small_demo: LiveDemo, tmp_path: Path, *, whole: bool
) -> None:
    """A page is kept after the next one is asked for: it says what was before the save."""
    async with running_desk(small_demo, tmp_path) as desk:
        found = None if whole else await wanted(desk, "updated>2000-01-01")
        async with aclosing(Reading(desk, Query("people"), found).pages()) as pages:
            record = (await anext(pages))[0]
            title = f"Dr. {time.monotonic_ns()}"
            await desk.edits.submit(edited(record, {"title": title}), None, record)
            await until(desk, lambda: desk.outbox == 0)
            async for _ in pages:
                pass
        card = await desk.records.card(record.ref)
    assert card is not None
    assert card.record.value("title") == title


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """A Concord CRM with five contacts."""
    options = ("--dialect", "concord", "--people", "5", "--companies", "0", "--limit", "100000")
    with running_demo(tmp_path_factory.mktemp("five") / "demo", *options) as server:
        yield server


@pytest.mark.parametrize(
    ("answers", "requests"),
    [([[0, 1], [2, 3], [4], []], 4), ([[0, 1], [2, 3], [2, 3]], 3), ([[]], 1)],
    ids=["shorter than asked for", "the last one again", "none at all"],
)
async def test_a_list_that_does_not_say_how_long_its_pages_are_is_read_to_its_end(
    five: LiveDemo, tmp_path: Path, answers: list[list[int]], requests: int
) -> None:
    five.fail()
    contacts = five.ask("GET", "/api/contacts?per_page=100")["data"]
    assert len(contacts) == 5
    pages = [{"data": [contacts[number] for number in page]} for page in answers]
    said = {"kind": "status", "method": "GET", "path": "/contacts", "status": 200}
    # Each request strikes all that are left, and the first of them is answered.
    five.fail(*({**said, "body": it, "count": n} for n, it in enumerate(pages, 1)))
    async with running_desk(five, tmp_path) as desk:
        five.forget()
        found = await all_of(Reading(desk, Query("contacts")))
    asked = [one for one in five.requests() if one.startswith("GET /api/contacts?")]
    assert len(asked) == requests
    wanted = {str(contacts[number]["id"]) for page in answers for number in page}
    assert {one.id for one in found} == wanted
    assert len(found) == len(wanted)


async def test_the_store_answers_a_filter_without_a_request(
    desk: Desk, demo_server: LiveDemo
) -> None:
    await all_of(Reading(desk, Query("people")))
    found = await wanted(desk, "tag:messe")
    demo_server.forget()
    reading = Reading(desk, Query("people"), found)
    stored = [one async for page in reading.stored(5) for one in page]

    assert len(stored) == reading.matched == 5
    assert all(found.matches(one) for one in stored)
    assert demo_server.requests() == []


async def test_no_more_is_asked_for_than_is_wanted(desk: Desk, demo_server: LiveDemo) -> None:
    demo_server.forget()
    assert len(await all_of(Reading(desk, Query("people")), limit=10)) == 10
    assert len(lists(demo_server)) == 1

    demo_server.forget()
    async with aclosing(Reading(desk, Query("people")).pages()) as pages:
        async for page in pages:
            assert page
            break
    assert len(lists(demo_server)) <= 2


async def test_a_server_that_refuses_a_filter_is_asked_for_all(
    desk: Desk, demo_server: LiveDemo
) -> None:
    found = await wanted(desk, "tag:messe")
    expected = [one.id for one in await all_of(Reading(desk, Query("people"), found))]
    refusal = {"kind": "status", "method": "GET", "path": "/people", "status": 400, "count": 1}
    demo_server.fail(refusal)
    reading = Reading(desk, Query("people"), found)

    assert [one.id for one in await all_of(reading)] == expected
    assert reading.checked == demo_server.people

    demo_server.fail({**refusal, "count": 2})
    with pytest.raises(Rejected):
        await all_of(Reading(desk, Query("people"), found))


async def test_what_a_filter_needs_and_cannot_have_is_an_error(
    desk: Desk, demo_server: LiveDemo
) -> None:
    demo_server.fail({"kind": "status", "path": "/tags/list", "status": 401})
    with pytest.raises(Unauthorized):
        await wanted(desk, "tag:messe")


async def test_a_record_that_moves_to_the_next_page_comes_once(
    desk: Desk, demo_server: LiveDemo
) -> None:
    async with aclosing(Reading(desk, Query("people")).pages()) as pages:
        first = await anext(pages)
        demo_server.ask("POST", "/api/people", {"person": {"name": "Aaaa"}})
        rest = [one async for page in pages for one in page]
    ids = [one.id for one in (*first, *rest)]

    assert len(ids) == len(set(ids))
    assert len(ids) == demo_server.people


async def test_a_limit_is_reached_also_where_a_record_comes_twice(
    desk: Desk, demo_server: LiveDemo
) -> None:
    rows = desk.page_rows("people")
    ids: list[str] = []
    async with aclosing(Reading(desk, Query("people")).pages(limit=2 * rows)) as pages:
        async for page in pages:
            if not ids:  # the second page is asked for when the first has come
                demo_server.ask("POST", "/api/people", {"person": {"name": "Aaab"}})
            ids += [one.id for one in page]
            assert len(ids) <= 2 * rows

    assert len(ids) == len(set(ids)) == 2 * rows


async def test_of_a_page_few_records_are_in_memory_at_a_time(
    small_demo: LiveDemo, tmp_path: Path
) -> None:
    def alive() -> int:
        gc.collect()
        kind = desk.resources["people"].model
        return sum(type(one) is kind for one in gc.get_objects())

    async with running_desk(small_demo, tmp_path) as desk:
        reading = Reading(desk, Query("people"))
        most = 0
        async with aclosing(reading.pages()) as pages:
            async for found in pages:
                assert len(found) <= PIECE
                most = max(most, alive())
                found.clear()
        assert reading.checked == PEOPLE
        assert most <= 2 * PIECE
