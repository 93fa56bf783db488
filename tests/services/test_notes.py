"""What is written about a record: read a page at a time, kept, never mixed up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from csc_tui.domain.ref import Ref
from csc_tui.services.desk import Desk
from csc_tui.services.notes import FRESH
from tests.live_demo import LiveDemo
from tests.live_desk import running_desk


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


def written(demo: LiveDemo, ref: Ref, *texts: str) -> list[str]:
    """Notes about a record, the last one the newest; their ids."""
    return [_note(demo, ref, text) for text in texts]


def _note(demo: LiveDemo, ref: Ref, text: str) -> str:
    body = {"protocol": {"content": text, "format": "plaintext", "badge": "call"}}
    made = demo.ask("POST", f"/api/{ref.resource}/{ref.id}/protocols", body)
    return str(made["protocol_object_note"]["id"])


async def person(desk: Desk, demo: LiveDemo) -> Ref:
    """A new person, in the store."""
    made = demo.ask("POST", "/api/people", {"person": {"name": "Zwickel"}})
    ref = Ref("people", str(made["person"]["id"]))
    await desk.records.fetch(ref)
    return ref


async def texts(desk: Desk, ref: Ref) -> list[str]:
    """What the card of a record has, without a request."""
    card = await desk.records.card(ref)
    assert card is not None
    return [one.text() for one in card.record.notes]  # type: ignore[attr-defined]


async def test_before_they_are_read_nothing_is_known(desk: Desk, demo_server: LiveDemo) -> None:
    ref = await person(desk, demo_server)
    card = await desk.records.card(ref)
    assert card is not None
    assert (card.told.at, card.told.more, list(card.told.raws)) == (0.0, False, [])
    assert not desk.records.notes.fresh(card.told)


async def test_the_newest_come_with_one_request_and_stay(desk: Desk, demo_server: LiveDemo) -> None:
    ref = await person(desk, demo_server)
    written(demo_server, ref, "alt", "neu")
    demo_server.forget()
    told = await desk.records.notes.fetch(ref)
    assert await texts(desk, ref) == ["neu", "alt"]
    assert not told.more
    assert desk.records.notes.fresh(told)
    assert len(demo_server.requests()) == 1


async def test_a_minute_later_they_are_out_of_date(desk: Desk, demo_server: LiveDemo) -> None:
    told = await desk.records.notes.fetch(await person(desk, demo_server))
    assert desk.records.notes.fresh(told)
    assert not desk.records.notes.fresh(told._replace(at=told.at - FRESH - 1))


async def test_older_ones_are_asked_for_a_page_at_a_time(desk: Desk, demo_server: LiveDemo) -> None:
    ref = await person(desk, demo_server)
    written(demo_server, ref, *(f"n{number}" for number in range(30)))
    demo_server.forget()
    notes = desk.records.notes
    assert (await notes.fetch(ref)).more
    assert await texts(desk, ref) == [f"n{number}" for number in range(29, 4, -1)]
    assert not (await notes.fetch_older(ref)).more
    assert await texts(desk, ref) == [f"n{number}" for number in range(29, -1, -1)]
    assert len(demo_server.requests()) == 2
    # One more is written, one goes: what was read before stays behind what is new.
    written(demo_server, ref, "n30")
    assert not (await notes.fetch(ref)).more
    assert await texts(desk, ref) == [f"n{number}" for number in range(30, -1, -1)]


async def test_what_lies_too_far_back_is_not_stitched_to_what_is_new(
    desk: Desk, demo_server: LiveDemo
) -> None:
    ref = await person(desk, demo_server)
    notes = desk.records.notes
    written(demo_server, ref, *(f"a{number}" for number in range(26)))
    await notes.fetch(ref)
    await notes.fetch_older(ref)
    written(demo_server, ref, *(f"b{number}" for number in range(26)))
    assert (await notes.fetch(ref)).more
    assert await texts(desk, ref) == [f"b{number}" for number in range(25, 0, -1)]


async def test_as_many_pages_are_read_as_a_certain_note_lies_back(
    desk: Desk, demo_server: LiveDemo
) -> None:
    ref = await person(desk, demo_server)
    first, *_ = written(demo_server, ref, *(f"n{number}" for number in range(60)))
    demo_server.forget()
    await desk.records.notes.fetch(ref, until=first)
    assert len(demo_server.requests()) == 3
    await desk.records.notes.fetch(ref, gone=first)
    assert len(await texts(desk, ref)) == 59
    demo_server.forget()
    assert not (await desk.records.notes.fetch(ref, until="no such")).more
    assert len(demo_server.requests()) == 3


async def test_with_its_record_they_are_forgotten(desk: Desk, demo_server: LiveDemo) -> None:
    ref = await person(desk, demo_server)
    written(demo_server, ref, "geheim")
    await desk.records.notes.fetch(ref)
    await desk.store.forget(ref)
    assert await desk.store.notes(ref) is None
    await desk.records.fetch(ref)
    assert await texts(desk, ref) == []
