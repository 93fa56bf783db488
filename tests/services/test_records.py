"""Single records: out of the store, from the CRM, with the names of those they link to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from csc_tui.crm.adapter import Raw
from csc_tui.domain.changing import edited
from csc_tui.domain.errors import NotFound
from csc_tui.domain.query import PAGE_ROWS
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from csc_tui.services.desk import Desk
from csc_tui.services.events import Event, Failed, RecordChanged, RecordGone
from csc_tui.services.gone import fetch
from csc_tui.services.records import Card, targets
from csc_tui.worker.lane import Lane
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk, until


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


def company(demo: LiveDemo, people: int) -> Ref:
    """A company with so many people, at the server."""
    made = demo.ask("POST", "/api/companies", {"company": {"name": "Zwickelwerk"}})
    ref = Ref("companies", str(made["company"]["id"]))
    for number in range(people):
        demo.ask(
            "POST",
            "/api/people",
            {
                "person": {
                    "name": f"Zwickel{number}",
                    "tels_attributes": [{"name": f"+49 30 23125 99{number}", "atype": "office"}],
                    "positions_attributes": [{"company_id": ref.id, "name": "Meister"}],
                }
            },
        )
    demo.forget()
    return ref


async def card_of(desk: Desk, ref: Ref) -> Card:
    card = await desk.records.card(ref)
    assert card is not None
    return card


async def test_what_is_not_in_the_store_has_no_card(desk: Desk, demo_server: LiveDemo) -> None:
    assert await desk.records.card(Ref("people", "1")) is None
    assert demo_server.requests() == []


async def test_fetching_is_one_request_and_told(desk: Desk, demo_server: LiveDemo) -> None:
    heard: list[Event] = []
    desk.events.listen(heard.append)
    ref = company(demo_server, 0)
    await desk.records.fetch(ref)
    card = await card_of(desk, ref)
    assert card.record.sort_name() == "Zwickelwerk"
    assert card.at == pytest.approx(desk.clock.now(), abs=30)
    assert len(demo_server.requests()) == 1
    (told,) = (one for one in heard if isinstance(one, RecordChanged))
    assert told == RecordChanged(ref)  # no list shows it, so no row is made


async def test_the_names_of_a_companys_people_come_with_one_request(
    desk: Desk, demo_server: LiveDemo
) -> None:
    ref = company(demo_server, 3)
    await desk.records.fetch(ref)
    card = await card_of(desk, ref)
    absent = card.missing()
    assert [one.resource for one in absent] == ["people"] * 3
    assert absent == targets(card.record)
    demo_server.forget()
    await desk.records.fetch_many(absent)
    assert len(demo_server.requests()) == 1
    card = await card_of(desk, ref)
    assert card.missing() == []
    assert sorted((one.name, one.phone) for one in card.linked.values()) == [
        (f"Zwickel{number}", f"+49 30 23125 99{number}") for number in range(3)
    ]


async def test_a_person_carries_the_names_of_its_companies(
    desk: Desk, demo_server: LiveDemo
) -> None:
    ref = company(demo_server, 1)
    await desk.records.fetch(ref)
    (person,) = (await card_of(desk, ref)).missing()
    await desk.records.fetch(person)
    card = await card_of(desk, person)
    assert targets(card.record) == [ref]
    assert card.missing() == []


async def test_what_is_saved_while_records_are_fetched_is_what_the_store_has(
    desk: Desk, demo_server: LiveDemo
) -> None:
    ref = company(demo_server, 0)
    late = {"kind": "latency", "method": "GET", "path": "/companies", "when": "after"}
    demo_server.fail({**late, "seconds": 2.0, "count": 1})

    async def ask(request: Request) -> Response:
        return await desk.ask(request, Lane.VISIBLE)

    async def keep(raws: Sequence[Raw]) -> None:
        await desk.records.keep("companies", raws)

    await desk.awake.wait()
    fetching = asyncio.create_task(fetch(desk, ask, "companies", [ref.id], keep))
    await desk.records.fetch(ref)
    card = await card_of(desk, ref)
    await desk.edits.submit(edited(card.record, {"background": "new"}), None, card.record)
    await until(desk, lambda: desk.outbox == 0)
    await fetching  # the server had read it before the save
    assert (await card_of(desk, ref)).record.value("background") == "new"


async def test_nobody_to_ask_for_is_no_request(desk: Desk, demo_server: LiveDemo) -> None:
    await desk.records.fetch_many([])
    assert demo_server.requests() == []


async def test_no_more_are_asked_for_than_one_page_holds(desk: Desk) -> None:
    staff = [{"id": number, "person_id": number} for number in range(1, PAGE_ROWS + 60)]
    record: Record = desk.record("companies", {"id": 1, "name": "Groß", "positions": staff})
    assert len(Card(record, 0.0, {}).missing()) == PAGE_ROWS


async def test_a_record_that_somebody_deleted_is_forgotten_and_said(
    desk: Desk, demo_server: LiveDemo
) -> None:
    ref = company(demo_server, 0)
    await desk.records.fetch(ref)
    demo_server.ask("DELETE", f"/api/companies/{ref.id}")
    heard: list[Event] = []
    desk.events.listen(heard.append)
    with pytest.raises(NotFound):
        await desk.records.fetch(ref)
    assert await desk.records.card(ref) is None
    assert RecordGone(ref) in heard
    assert [one.doing for one in heard if isinstance(one, Failed)] == ["record"]
