"""Answers that get lost, a server that is ill, a line that is dead, a process that dies."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from csc_tui.domain.errors import Offline, QuotaReached, Unauthorized
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from csc_tui.services.outbox_events import EditMoved, OutboxPaused
from csc_tui.store.edit_rows import State
from tests.live_demo import PATIENCE
from tests.outbox.conftest import Opener, on_every_crm
from tests.outbox.server import Server
from tests.outbox.terminal import SECOND, Terminal

LOST = [
    pytest.param({"kind": "drop", "when": "before"}, id="never arrived"),
    pytest.param({"kind": "drop", "when": "after"}, id="done, answer dropped"),
    pytest.param({"kind": "cut"}, id="done, answer cut"),
    pytest.param({"kind": "nonsense"}, id="done, answer nonsense"),
    pytest.param({"kind": "status", "status": 500, "when": "before"}, id="500"),
    pytest.param({"kind": "status", "status": 502, "when": "after"}, id="done, 502"),
    pytest.param({"kind": "status", "status": 429, "headers": {"Retry-After": "1"}}, id="too many"),
    pytest.param({"kind": "status", "status": 503, "headers": {"Retry-After": "1"}}, id="away"),
    pytest.param({"kind": "status", "status": 503, "when": "after"}, id="done, 503"),
    pytest.param({"kind": "status", "status": 500, "when": "after"}, id="done, 500"),
]


def called(server: Server, name: str) -> dict[str, Any]:
    """A new person of this last name."""
    return {"first_name": "Ilse", **server.wire.needs, "last_name": name}


@on_every_crm
@pytest.mark.parametrize("fault", LOST)
async def test_a_change_is_there_once(
    terminal: Terminal, server: Server, person: Ref, fault: dict[str, object]
) -> None:
    await terminal.shown(person)
    server.fail({**fault, "method": "PUT", "count": 1})
    await terminal.save(person, first_name="Berta")
    await terminal.settled()
    assert terminal.box.entries() == []
    assert server.record(person)["first_name"] == "Berta"


@on_every_crm
@pytest.mark.parametrize("fault", LOST)
async def test_a_new_record_is_there_once(
    terminal: Terminal, server: Server, person: Ref, fault: dict[str, object]
) -> None:
    name = f"Twin {person.id}"
    server.fail({**fault, "method": "POST", "path": f"/{server.wire.people}", "count": 1})
    await terminal.create(
        server.wire.people,
        **called(server, name),
        tags=["Messe"],
        phones=[{"number": f"+49 1 {person.id}", "kind": "other"}],
    )
    await terminal.settled()
    assert terminal.box.entries() == []
    assert len(server.called(name)) == 1


@on_every_crm
@pytest.mark.parametrize("fault", LOST)
async def test_a_new_part_is_there_once(
    terminal: Terminal, server: Server, person: Ref, fault: dict[str, object]
) -> None:
    await terminal.shown(person)
    number = f"+49 351 {person.id}"
    verb, _, _ = server.wire.with_number(person, [], number)
    server.fail({**fault, "method": verb, "count": 1})
    await terminal.add(person, "phones", number=number, kind="other")
    await terminal.settled()
    assert terminal.box.entries() == []
    assert server.wire.numbers(server.record(person)) == [number]


@on_every_crm
@pytest.mark.parametrize("fault", LOST)
async def test_a_delete_is_done(
    terminal: Terminal, server: Server, person: Ref, fault: dict[str, object]
) -> None:
    await terminal.shown(person)
    server.fail({**fault, "method": "DELETE", "path": f"/{server.wire.people}/*", "count": 1})
    await terminal.delete(person)
    await terminal.settled()
    assert terminal.box.entries() == []
    assert not server.there(person)


@on_every_crm
async def test_of_two_alike_that_were_saved_on_purpose_each_is_there_once(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    name = f"Alike {person.id}"
    server.fail(
        {
            "kind": "drop",
            "when": "after",
            "method": "POST",
            "path": f"/{server.wire.people}",
            "count": 2,
        }
    )
    for _ in range(2):
        await terminal.create(server.wire.people, **called(server, name))
    await terminal.settled()
    assert len(server.called(name)) == 2
    assert terminal.box.entries() == []


@on_every_crm
async def test_what_was_sent_with_a_key_that_is_used_no_more_is_not_sent_twice(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    """Its answer was lost, and by now somebody else has entered his key in this very terminal."""
    name = f"Left {person.id}"
    terminal.line.hang_at_write(after=True)
    (edit,) = await terminal.create(server.wire.people, **called(server, name))
    assert await terminal.idle()
    (made,) = server.called(name)
    terminal.use_key(server.colleague)
    terminal.line.drop()
    await terminal.settled()
    assert [one["id"] for one in server.called(name)] == [made["id"]]
    if terminal.box.entries():  # where the record says whose it is
        (entry,) = terminal.box.entries()
        assert (entry.state, entry.asks) == (State.UNCLEAR, True)
        assert entry.answer.candidates == (str(made["id"]),)
        await terminal.box.adopt(edit.client_id, str(made["id"]))
        await terminal.settled()
    assert terminal.box.entries() == []
    assert len(server.called(name)) == 1


@on_every_crm
async def test_a_twin_that_was_changed_meanwhile_is_left_to_the_user(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals()
    name = f"Changed {person.id}"
    terminal.line.hang_at(0, after=True)
    (edit,) = await terminal.create(server.wire.people, **called(server, name))
    assert await terminal.idle()
    (there,) = server.called(name)
    server.change(Ref(server.wire.people, str(there["id"])), first_name="Else")
    await terminal.die()
    heir = await terminals()
    await heir.settled()
    (stuck,) = heir.box.entries()
    assert (stuck.state, stuck.asks) == (State.UNCLEAR, True)
    assert stuck.answer.candidates == (str(there["id"]),)
    await heir.box.adopt(edit.client_id, str(there["id"]))
    await heir.settled()
    assert heir.box.entries() == []
    assert len(server.called(name)) == 1


@on_every_crm
async def test_a_server_whose_times_mean_nothing_is_sent_nothing_twice(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    """Its clock stands, or is a day off: what has been made seems older than what was sent."""
    name = f"Late {person.id}"
    terminal.line.wording = long_ago
    terminal.line.hang_at_write(after=True)
    await terminal.create(server.wire.people, **called(server, name))
    assert await terminal.idle()
    (made,) = server.called(name)
    terminal.line.drop()
    await terminal.settled()
    (entry,) = terminal.box.entries()
    assert (entry.state, entry.asks) == (State.UNCLEAR, True)
    assert entry.answer.candidates == (str(made["id"]),)
    assert len(server.called(name)) == 1


@on_every_crm
async def test_nor_is_a_note(terminal: Terminal, server: Server, person: Ref) -> None:
    await terminal.shown(person)
    terminal.line.wording = long_ago
    terminal.line.hang_at_write(after=True)
    kind = terminal.desk.resources[person.resource].notes
    assert kind is not None
    await terminal.add(person, kind.name, content="Ruft zurück")
    assert await terminal.idle()
    terminal.line.drop()
    await terminal.settled()
    (entry,) = terminal.box.entries()
    assert (entry.state, entry.asks) == (State.UNCLEAR, True)
    writes = [one for one in terminal.line.sent if not one.startswith("GET ")]
    assert len(writes) == 1


def long_ago(request: Request, response: Response) -> Response:
    """The answer with times of 2020 in it."""
    old = re.sub(
        r'("created_at": *)"[^"]*"', r'\1"2020-02-03T09:30:00.000000Z"', json.dumps(response.data)
    )
    return response._replace(data=json.loads(old))


async def test_what_somebody_else_made_is_no_twin(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    """Where the CRM says who made a record."""
    name = f"Both {person.id}"
    server.make(name, colleague=True)
    server.fail(
        {
            "kind": "drop",
            "when": "before",
            "method": "POST",
            "path": f"/{server.wire.people}",
            "count": 1,
        }
    )
    await terminal.create(server.wire.people, **called(server, name))
    await terminal.settled()
    assert len(server.called(name)) == 2


async def test_a_full_account_says_which_quota(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    body = {"message": "contacts: 500 of 500"}
    server.fail({"kind": "status", "status": 507, "method": "POST", "body": body})
    await terminal.create("people", last_name="Too many")
    await terminal.settled()
    (back,) = terminal.box.entries()
    assert isinstance(back.answer.error, QuotaReached)
    assert back.answer.error.message == "contacts: 500 of 500"


@on_every_crm
async def test_a_key_that_is_refused_pauses_all_and_then_it_goes_on(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.fail({"kind": "status", "status": 401, "method": "PUT"})
    await terminal.save(person, first_name="Berta")
    await terminal.until(lambda: terminal.box.paused is not None)
    assert isinstance(terminal.box.paused, Unauthorized)
    assert any(isinstance(one, OutboxPaused) for one in terminal.events)
    await terminal.until(lambda: [one.state for one in terminal.box.entries()] == [State.QUEUED])
    server.fail()
    terminal.box.go_on()
    await terminal.settled()
    assert server.record(person)["first_name"] == "Berta"


@on_every_crm
async def test_offline_one_edit_probes_and_all_go_when_the_line_is_back(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    terminal.line.dead = True
    for number in range(3):
        name = f"Line {person.id} {number}"
        await terminal.create(server.wire.people, **called(server, name))
    await terminal.save(person, first_name="Berta")
    await terminal.until(lambda: terminal.box.line_at is not None)
    waiting = [
        one.edit
        for one in terminal.events
        if isinstance(one, EditMoved) and one.edit.state is State.WAITING
    ]
    assert isinstance(waiting[0].answer.error, Offline)
    assert waiting[0].not_before > 0
    terminal.line.dead = False
    await terminal.settled()
    assert terminal.box.entries() == []
    await terminal.until(lambda: terminal.box.line_at is None)
    assert server.record(person)["first_name"] == "Berta"


@on_every_crm
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("requests", [0, 1, 2])
async def test_whoever_takes_over_from_a_dead_terminal_finishes_its_work(
    terminals: Opener, server: Server, person: Ref, requests: int, after: bool
) -> None:
    name = f"Heir {person.id}"
    first = await terminals()
    await first.shown(person)
    second = await terminals(pace=SECOND)
    first.line.hang_at(requests, after=after)
    await first.create(server.wire.people, **called(server, name))
    async with asyncio.timeout(PATIENCE):
        if requests < 2:
            await first.line.hangs.wait()
        else:
            await first.settled()
    await first.save(person, first_name="Berta")
    if requests == 2:
        async with asyncio.timeout(PATIENCE):
            await first.line.hangs.wait()
    await second.box.refresh()
    await first.die()
    second.box.go_on()
    await second.settled()
    assert second.box.entries() == []
    assert len(server.called(name)) == 1
    assert server.record(person)["first_name"] == "Berta"


@on_every_crm
async def test_only_one_of_two_terminals_sends_and_the_other_sees_it_saved(
    terminals: Opener, server: Server, person: Ref
) -> None:
    first, second = await terminals(), await terminals(pace=SECOND)
    await first.shown(person)
    first.line.hang_at(0, after=False)
    (mine,) = await first.save(person, first_name="Berta")
    async with asyncio.timeout(PATIENCE):
        await first.line.hangs.wait()
    (theirs,) = await second.save(person, **{server.wire.texts[1]: "Neu"})
    await second.until(lambda: second.state(mine.client_id) is State.SENDING)
    assert second.line.sent == []
    assert second.state(theirs.client_id) is State.QUEUED
    server.forget()
    await first.die()
    await second.settled()
    assert set(server.said()) == {"GET", "PUT"}
    there = server.record(person)
    assert (there["first_name"], there[server.wire.texts[1]]) == ("Berta", "Neu")
