"""Writes go to the account that they were written for; and what they cost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from csc_tui.domain.errors import OtherAccount
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from csc_tui.store.edits_file import FILE
from tests.outbox.conftest import Opener
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal


async def test_a_save_for_another_account_is_not_sent(
    terminals: Opener, server: Server, person: Ref, tmp_path: Path
) -> None:
    first = await terminals()
    await first.shown(person)
    first.line.hang_at(0, after=False)
    await first.save(person, title="Dr.")
    await first.create("people", last_name=f"Else {person.id}")
    await first.die()
    with sqlite3.connect(tmp_path / "data" / FILE) as db:
        db.execute("UPDATE edits SET account = '4711'")
    second = await terminals()
    await second.until(lambda: second.box.paused is not None)
    error = second.box.paused
    assert isinstance(error, OtherAccount)
    assert error.kept == "4711"
    assert second.box.outbox == 2
    assert server.record(person)["title"] is None
    assert server.called(f"Else {person.id}") == []


async def test_a_new_record_costs_two_requests_and_a_new_part_three(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.forget()
    await terminal.create("people", last_name=f"Cheap {person.id}", tags=["Messe"])
    await terminal.settled()
    assert server.said() == ["POST", "GET"]
    server.forget()
    await terminal.add(person, "tags", name="Messe")
    await terminal.settled()
    assert server.said() == ["GET", "POST", "GET"]


async def test_a_new_record_waits_until_it_is_known_whose_key_it_is(
    terminals: Opener, server: Server, person: Ref
) -> None:
    """The key was changed while the program ran; the new one opens another account."""
    terminal = await terminals()
    await terminal.shown(person)
    server.forget()
    terminal.line.dead = True
    await terminal.create("people", last_name=f"Own {person.id}")
    await terminal.until(lambda: terminal.box.line_at is not None)
    with pytest.raises(OtherAccount):
        await terminal.desk.key_changed("4711")
    await terminal.desk.store.set_value("account", "4711")  # the cache was made anew since
    await terminal.desk.key_changed("4711")
    terminal.line.dead = False
    terminal.box.go_on()
    await terminal.until(lambda: terminal.box.paused is not None)
    assert isinstance(terminal.box.paused, OtherAccount)
    assert server.called(f"Own {person.id}") == []
    assert "POST" not in server.said()


async def test_a_write_that_waits_for_its_slot_does_not_go_to_another_account(
    terminals: Opener, server: Server, person: Ref
) -> None:
    """The key was changed behind a 429: the account is looked at when there is a slot again."""
    terminal = await terminals()
    await terminal.shown(person)

    def changed(request: Request, response: Response) -> Response:
        if request.method == "POST":
            terminal.desk.account_id = "4711"
        return response

    terminal.line.wording = changed
    too_many = {"status": 429, "headers": {"Retry-After": "1"}}
    server.fail({"kind": "status", "method": "POST", "count": 1, **too_many})
    server.forget()
    await terminal.create("people", last_name=f"Own {person.id}")
    await terminal.until(lambda: terminal.box.paused is not None)
    assert isinstance(terminal.box.paused, OtherAccount)
    assert server.called(f"Own {person.id}") == []
    assert server.said().count("POST") == 1
