"""Open deals and projects on the records that they are about: they come with those."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.ref import Ref
from csc_tui.services.desk import Desk
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk

WORTH = {"value": "12000", "value_type": "total", "target_date": "2026-12-31"}


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


def made(demo: LiveDemo, path: str, wrapper: str, **values: object) -> str:
    """The id of a new record at the server."""
    return str(demo.ask("POST", f"/api/{path}", {wrapper: values})[wrapper]["id"])


async def names(desk: Desk, ref: Ref) -> list[str]:
    card = await desk.records.card(ref)
    assert card is not None
    return [one.sort_name() for one in card.under_way]


async def test_open_ones_come_with_the_person_and_the_company(
    desk: Desk, demo_server: LiveDemo
) -> None:
    company = made(demo_server, "companies", "company", name="Zwickelwerk")
    person = made(demo_server, "people", "person", name="Zwickel")
    about = {"company_id": company, "person_ids_set": person}
    for name, state in (("Kran", "open_50"), ("Seil", "won"), ("Haken", "lost")):
        made(demo_server, "deals", "deal", name=name, current_state=state, **WORTH, **about)
    made(demo_server, "projects", "project", name="Aufbau", target_date="2027-01-15", **about)
    demo_server.forget()
    for ref in (Ref("people", person), Ref("companies", company)):
        await desk.records.fetch(ref)
        assert await names(desk, ref) == ["Kran", "Aufbau"]
    assert len(demo_server.requests()) == 2


async def test_where_there_are_none_nothing_stands(desk: Desk, demo_server: LiveDemo) -> None:
    ref = Ref("people", made(demo_server, "people", "person", name="Zwickel"))
    await desk.records.fetch(ref)
    assert await names(desk, ref) == []


async def test_one_that_is_won_since_is_open_no_longer(desk: Desk, demo_server: LiveDemo) -> None:
    person = Ref("people", made(demo_server, "people", "person", name="Zwickel"))
    values = {"name": "Kran", "current_state": "open_50", "person_ids_set": person.id}
    deal = Ref("deals", made(demo_server, "deals", "deal", **values, **WORTH))
    await desk.records.fetch(person)
    await desk.records.fetch(deal)
    assert await names(desk, person) == ["Kran"]
    demo_server.ask("PUT", f"/api/deals/{deal.id}", {"deal": {"current_state": "won"}})
    await desk.records.fetch(deal)
    assert await names(desk, person) == []


async def test_what_the_crm_changed_last_counts(desk: Desk, demo_server: LiveDemo) -> None:
    person = Ref("people", made(demo_server, "people", "person", name="Zwickel"))
    deal = Ref("deals", made(demo_server, "deals", "deal", name="Kran", **WORTH))
    await desk.records.fetch(deal)
    for state, changed, shown in (
        ("won", "2001-01-01T00:00:00Z", ["Kran"]),
        ("won", "2101-01-01T00:00:00Z", []),
        ("open_25", "2101-01-01T00:00:00Z", ["Kran"]),
    ):
        inside = {"id": int(deal.id), "name": "Kran", "current_state": state}
        raw = {"id": int(person.id), "name": "Zwickel", "updated_at": changed}
        await desk.records.keep("people", [{**raw, "deals": [{**inside, "updated_at": changed}]}])
        assert await names(desk, person) == shown
