"""Lookups: fetched when first needed, kept for a day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.lookup import static_choices
from csc_tui.domain.query import Query
from csc_tui.domain.record import CUSTOM
from csc_tui.domain.ref import Ref
from csc_tui.services.browse import Listing
from csc_tui.services.desk import Desk
from csc_tui.services.events import Event, Failed, LookupsChanged
from csc_tui.services.lookup import KEPT
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


def asked(demo: LiveDemo, path: str) -> int:
    return sum(one.startswith(f"GET /api/{path}") for one in demo.requests())


async def test_users_are_fetched_once_and_kept_for_a_day(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    async with running_desk(demo_server, tmp_path) as first:
        users = await first.lookups.need("users")
        assert "Sabine Krüger" in [one.words for one in users]
        assert first.lookups.known["users"] == tuple(users)
        await first.lookups.need("users")
    async with running_desk(demo_server, tmp_path) as second:
        assert await second.lookups.need("users") == users
    assert asked(demo_server, "users") == 1


async def test_what_is_older_than_a_day_is_asked_for_again(
    desk: Desk, demo_server: LiveDemo
) -> None:
    old = desk.clock.now() - KEPT - 1
    await desk.store.save_lookup("tags", [("Alt", "Alt", "")], old)
    tags = await desk.lookups.need("tags")
    assert asked(demo_server, "tags/list") == 1
    assert "Alt" not in [one.value for one in tags]
    kept = await desk.store.lookup("tags")
    assert kept is not None
    assert kept.at > old


async def test_two_who_need_the_same_ask_once(desk: Desk, demo_server: LiveDemo) -> None:
    one, other = await asyncio.gather(desk.lookups.need("users"), desk.lookups.need("users"))
    assert one == other
    assert asked(demo_server, "users") == 1


async def test_field_definitions_join_the_resources(desk: Desk, demo_server: LiveDemo) -> None:
    heard: list[Event] = []
    desk.events.listen(heard.append)
    before = desk.resources["people"].fields
    await desk.lookups.need("fields")
    fields = desk.resources["people"].fields
    assert fields[: len(before)] == before
    segment = next(one for one in fields if one.label == "Segment")
    assert segment.name.startswith(CUSTOM)
    assert segment.choices
    assert any(isinstance(event, LookupsChanged) for event in heard)


async def test_field_definitions_come_out_of_the_store_the_same(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    async with running_desk(demo_server, tmp_path) as first:
        await first.lookups.need("fields")
        fields = first.resources["people"].fields
    async with running_desk(demo_server, tmp_path) as second:
        await second.lookups.need("fields")
        assert second.resources["people"].fields == fields
    assert asked(demo_server, "custom_fields_types") == 1


async def test_a_lookup_that_cannot_be_had_is_told_and_not_asked_for_at_every_key(
    desk: Desk, demo_server: LiveDemo
) -> None:
    heard: list[Event] = []
    desk.events.listen(heard.append)
    demo_server.fail({"kind": "status", "path": "/users", "status": 403})
    assert await desk.lookups.need("users") == ()
    assert await desk.lookups.need("users") == ()
    assert [one.doing for one in heard if isinstance(one, Failed)] == ["lookup.users"]
    assert asked(demo_server, "users") == 1


async def test_countries_need_no_request(desk: Desk, demo_server: LiveDemo) -> None:
    countries = await desk.lookups.need("countries")
    assert "Österreich" in [one.words for one in countries]
    assert demo_server.requests() == []


async def test_companies_are_found_as_one_types_with_city_and_people(
    desk: Desk, demo_server: LiveDemo
) -> None:
    body = {
        "name": "Zwölftonwerk Testheim",
        "addrs_attributes": [{"city": "Testheim", "atype": "work", "country_code": "DE"}],
    }
    made = demo_server.ask("POST", "/api/companies", {"company": body})["company"]["id"]
    works = {"name": "Ton", "positions_attributes": [{"company_id": made}]}
    person = demo_server.ask("POST", "/api/people", {"person": works})["person"]["id"]
    await desk.records.fetch(Ref("companies", str(made)))
    await desk.records.fetch(Ref("people", str(person)))
    ((company, people),) = await desk.lookups.records("companies", "zwolf")
    assert (company.value, company.words) == (str(made), "Zwölftonwerk Testheim")
    assert (company.note, people) == ("Testheim", "1 person")


async def test_what_the_account_uses_most_comes_first(desk: Desk, demo_server: LiveDemo) -> None:
    tab = desk.tab("people")
    assert tab is not None
    listing = Listing(desk, Query("people", tab.sorts[0].sort), tab)
    await listing.load_page(1)
    counted = asyncio.Event()
    desk.events.listen(lambda event: counted.set() if isinstance(event, LookupsChanged) else None)
    desk.lookups.want("countries")
    await asyncio.wait_for(counted.wait(), 20)
    countries = desk.lookups.choices("countries")
    assert countries[0].value == "DE"
    assert len(countries) == len(static_choices("countries"))
    listing.close()
