"""New things that have not gone yet, or came back: changed, taken away, told from each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.outbox import TooLateError
from csc_tui.store.edit_rows import Edit, State
from tests.live_demo import PATIENCE
from tests.outbox.conftest import Opener
from tests.outbox.server import Server
from tests.outbox.terminal import PATIENT, Terminal

REFUSAL = {"kind": "status", "method": "POST", "status": 422, "body": {"name": ["is odd"]}}


async def typed(terminal: Terminal, key: str, name: str, at: float = 1.0) -> list[Edit]:
    """A new person as its form saves it."""
    change = Change(Verb.CREATE, Ref("people", ""), values={"last_name": name})
    kept = terminal.box.draft(key)
    form = FormText(key, name, at, {"last_name": name}, over=kept.over if kept else ())
    return await terminal.box.submit([change], form)


def names(terminal: Terminal) -> list[str]:
    return [str(one.change.values["last_name"]) for one in terminal.box.entries()]


async def test_two_new_records_that_were_refused_keep_a_text_of_their_own(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    server.fail({**REFUSAL, "count": 2})
    for number in (1, 2):
        await typed(terminal, "people/new", f"Odd {person.id} {number}", float(number))
    await terminal.settled()
    first, second = terminal.box.entries()
    assert first.form is not None
    assert second.form is not None
    assert terminal.box.drafts == 2
    for edit, number in ((first, 1), (second, 2)):
        assert edit.form is not None
        kept = terminal.box.draft(edit.form.key)
        assert kept is not None
        assert kept.texts == {"last_name": f"Odd {person.id} {number}"}
    assert terminal.box.new_key("people") == second.form.key
    await typed(terminal, second.form.key, f"Mended {person.id}")
    await terminal.settled()
    assert names(terminal) == [f"Odd {person.id} 1"]
    assert len(server.called(f"Mended {person.id}")) == 1
    assert terminal.box.new_key("people") == first.form.key
    await terminal.box.discard(first.form.key, (first.client_id,))
    assert terminal.box.new_key("people") == "people/new"


async def test_a_new_record_is_changed_while_it_waits_and_made_once(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    terminal.line.dead = True
    (edit,) = await typed(terminal, "people/new", f"Before {person.id}")
    await terminal.until(lambda: terminal.state(edit.client_id) is State.WAITING)
    assert edit.form is not None
    kept = terminal.box.draft(edit.form.key)
    assert kept is not None
    assert kept.texts == {"last_name": f"Before {person.id}"}
    assert terminal.box.new_key("people") == "people/new", "another new one begins empty"
    (again,) = await typed(terminal, kept.key, f"After {person.id}")
    assert again.client_id == edit.client_id
    terminal.line.dead = False
    terminal.box.go_on()
    await terminal.settled()
    assert terminal.box.entries() == []
    assert len(server.called(f"After {person.id}")) == 1
    assert server.called(f"Before {person.id}") == []


async def test_what_has_gone_is_not_made_a_second_time_by_its_old_form(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    terminal.line.hang_at(0, after=True)
    (edit,) = await typed(terminal, "people/new", f"Gone {person.id}")
    assert edit.form is not None
    async with asyncio.timeout(PATIENCE):
        await terminal.line.hangs.wait()
    with pytest.raises(TooLateError):
        await typed(terminal, edit.form.key, f"Late {person.id}")
    assert names(terminal) == [f"Gone {person.id}"]


async def test_what_was_thrown_away_meanwhile_is_made_by_its_form(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    terminal.line.dead = True
    (edit,) = await typed(terminal, "people/new", "Away")
    assert edit.form is not None
    await terminal.box.discard_edit(edit.client_id)
    (again,) = await typed(terminal, edit.form.key, f"Still {person.id}")
    assert again.client_id != edit.client_id
    terminal.line.dead = False
    terminal.box.go_on()
    await terminal.settled()
    assert len(server.called(f"Still {person.id}")) == 1


async def test_what_waits_for_a_refused_record_goes_on_waiting_for_it(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    server.fail({**REFUSAL, "count": 1})
    (edit,) = await typed(terminal, "people/new", f"Odd {person.id}")
    await terminal.add(edit.record, "phones", number="+49 1", kind="office")
    await terminal.until(lambda: terminal.state(edit.client_id) is State.REFUSED)
    assert edit.form is not None
    await typed(terminal, edit.form.key, f"Parent {person.id}")
    await terminal.settled()
    (made,) = server.called(f"Parent {person.id}")
    assert [one["name"] for one in made["tels"]] == ["+49 1"]


async def test_both_refused_saves_of_a_record_open_in_one_form(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    """The second was sent before the first one's answer was here."""
    record = await terminal.shown(person)
    refusal = {"kind": "status", "method": "PUT", "status": 422, "body": {}, "count": 2}
    server.fail(refusal, {"kind": "latency", "method": "PUT", "seconds": 0.3, "count": 1})
    key = f"people/{person.id}"
    for at, name in ((1.0, "title"), (2.0, "background")):
        change = Change(Verb.UPDATE, person, values={name: "X"}, base=record.base([name]))
        (edit,) = await terminal.box.submit([change], FormText(key, "x", at, {name: "X"}), record)
        await terminal.until(lambda one=edit: terminal.state(one.client_id) is not State.QUEUED)
    await terminal.until(lambda: all(one.needs_user for one in terminal.box.entries()))
    kept = terminal.box.draft(key)
    assert kept is not None
    assert kept.texts == {"title": "X", "background": "X"}
    assert len(kept.over) == 2
    assert terminal.box.drafts == 1
    change = Change(Verb.UPDATE, person, values={"title": "Y"}, base=record.base(["title"]))
    await terminal.box.submit([change], replace(kept, over=kept.over[:1]), record)
    await terminal.settled()
    (left,) = terminal.box.entries()
    assert left.client_id == kept.over[1], "a refusal that the form does not hold stays"


async def pending_tag(terminal: Terminal, ref: Ref, seen: Callable[[Edit], bool]) -> Change:
    """The change that takes away a tag which is still on its way."""
    (edit,) = await terminal.add(ref, "tags", name="Neu")
    await terminal.until(
        lambda: any(one.client_id == edit.client_id and seen(one) for one in terminal.box.entries())
    )
    record = terminal.box.overlay(await terminal.shown(ref))
    (tag,) = record.tags
    assert tag.text() == "Neu"
    return Change(Verb.DELETE, Ref("tags", tag.id), ref, {}, tag.base(), record.version())


async def test_a_tag_that_waits_is_taken_away_without_a_request(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals(pace=PATIENT)  # else it might just be tried again
    await terminal.shown(person)
    terminal.line.dead = True
    gone = await pending_tag(terminal, person, lambda one: one.state is State.WAITING)
    assert await terminal.box.submit([gone], None) == []
    assert terminal.box.entries() == []
    terminal.line.dead = False
    assert server.record(person)["tags"] == []


async def test_a_tag_under_way_is_taken_away_once_it_is_there(
    terminals: Opener, server: Server, person: Ref
) -> None:
    first = await terminals()
    await first.shown(person)
    first.line.hang_at(1, after=True)
    gone = await pending_tag(first, person, lambda one: one.sent_at is not None)
    async with asyncio.timeout(PATIENCE):
        await first.line.hangs.wait()
    (follower,) = await first.box.submit([gone], None)
    assert first.box.overlay(await first.shown(person)).tags == ()
    assert len(server.record(person)["tags"]) == 1
    assert first.state(follower.client_id) is State.QUEUED
    await first.die()
    heir = await terminals()
    await heir.settled()
    assert heir.box.entries() == []
    assert server.record(person)["tags"] == []


async def test_what_is_typed_into_a_part_that_waits_becomes_part_of_it(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals(pace=PATIENT)  # else it might just be tried again
    await terminal.shown(person)
    terminal.line.dead = True
    (edit,) = await terminal.add(person, "phones", number="+49 1", kind="office")
    await terminal.until(lambda: terminal.state(edit.client_id) is State.WAITING)
    (phone,) = terminal.box.overlay(await terminal.shown(person)).phones
    change = Change(Verb.UPDATE, Ref("phones", phone.id), person, {"number": "+49 2"}, phone.base())
    (same,) = await terminal.box.submit([change], None)
    assert same.client_id == edit.client_id
    terminal.line.dead = False
    terminal.box.go_on()
    await terminal.settled()
    assert [one["name"] for one in server.record(person)["tels"]] == ["+49 2"]


async def test_a_part_that_was_seen_as_waiting_is_named_by_its_id_once_it_is_there(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    gone = await pending_tag(terminal, person, lambda one: one.moves)
    await terminal.settled()
    await terminal.box.submit([gone], None)
    await terminal.settled()
    assert terminal.box.entries() == []
    assert server.record(person)["tags"] == []
