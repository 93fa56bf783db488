"""Deleting, and taking back."""

from __future__ import annotations

import asyncio

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import State
from tests.outbox.conftest import Opener, on_every_crm
from tests.outbox.server import Server
from tests.outbox.terminal import PATIENT, Terminal


async def undo(terminal: Terminal) -> None:
    found = await terminal.box.undoing.latest()
    assert found is not None
    await terminal.box.undoing.take_back(found)
    await terminal.settled()


@on_every_crm
async def test_a_delete_is_held_and_taken_back_without_a_request(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals(pace=PATIENT)
    await terminal.shown(person)
    server.forget()
    await terminal.delete(person)
    (held,) = terminal.box.entries()
    assert held.held
    found = await terminal.box.undoing.latest()
    assert found is not None
    assert not found.sent
    await undo(terminal)
    assert server.said() == []
    assert server.there(person)
    assert terminal.box.outbox == 0


@on_every_crm
async def test_a_delete_goes_when_its_time_is_over(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.forget()
    await terminal.delete(person)
    await terminal.settled()
    assert server.said() == ["GET", "DELETE"]
    assert not server.there(person)


@on_every_crm
async def test_what_a_colleague_wrote_meanwhile_is_not_deleted_unseen(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.change(person, **{server.wire.texts[1]: "precious"})
    (edit,) = await terminal.delete(person)
    await terminal.settled()
    (stuck,) = terminal.box.entries()
    assert stuck.state is State.CONFLICT
    assert [one.path for one in stuck.answer.clashes] == [server.wire.texts[1]]
    await terminal.box.resolve(edit.client_id, {})
    await terminal.settled()
    assert not server.there(person)


@on_every_crm
async def test_a_phone_that_a_colleague_added_meanwhile_is_asked_about_too(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.ring(person, f"+49 351 {person.id}")
    await terminal.delete(person)
    await terminal.settled()
    (stuck,) = terminal.box.entries()
    assert [one.path.split("/")[0] for one in stuck.answer.clashes] == ["phones"]
    await terminal.box.resolve(stuck.client_id, {})
    await terminal.settled()
    assert not server.there(person)


@on_every_crm
async def test_own_edits_on_their_way_are_no_reason_to_ask(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals(pace=PATIENT)
    await terminal.shown(person)
    terminal.line.dead = True
    await terminal.save(person, first_name="Berta")
    await terminal.add(person, "tags", name="Messe")
    await terminal.delete(person)
    await terminal.until(lambda: terminal.box.line_at is not None)
    terminal.line.dead = False
    terminal.box.go_on()
    for edit in terminal.box.entries():
        await terminal.box.retry(edit.client_id)
    await terminal.settled()
    assert [one.answer.clashes for one in terminal.box.entries()] == []
    assert not server.there(person)


@on_every_crm
async def test_undo_of_a_change_puts_the_old_values_back(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    await terminal.save(person, first_name="Berta", **{server.wire.texts[0]: "Dr."})
    await terminal.settled()
    await undo(terminal)
    there = server.record(person)
    assert (there[server.wire.texts[0]] or None, there["first_name"]) == (None, "Anna")
    assert await terminal.box.undoing.latest() is None


@on_every_crm
async def test_undo_asks_where_somebody_has_written_since(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    await terminal.save(person, first_name="Berta")
    await terminal.settled()
    server.change(person, first_name="Cilly")
    await undo(terminal)
    assert server.record(person)["first_name"] == "Cilly"
    (stuck,) = terminal.box.entries()
    assert stuck.state is State.CONFLICT


@on_every_crm
async def test_undo_of_a_new_record_deletes_it_but_not_with_what_others_added(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    people, needs = server.wire.people, server.wire.needs
    await terminal.create(people, **needs, last_name=f"Brief {person.id}")
    await terminal.settled()
    await undo(terminal)
    assert server.called(f"Brief {person.id}") == []
    await terminal.create(people, **needs, last_name=f"Longer {person.id}", tags=["Messe"])
    await terminal.settled()
    (there,) = server.called(f"Longer {person.id}")
    server.change(Ref(people, str(there["id"])), **{server.wire.texts[1]: "precious"})
    await undo(terminal)
    assert server.called(f"Longer {person.id}")
    assert [one.state for one in terminal.box.entries()] == [State.CONFLICT]


async def test_undo_of_a_delete_makes_the_record_anew_with_all_its_parts(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    parts = {
        "tels_attributes": [{"name": "+49 351 1", "atype": "office"}],
        "tags_attributes": [{"name": "Messe"}],
        "addrs_attributes": [{"city": "Köln", "atype": "work"}],
        "positions_attributes": [{"company_name": f"Firm {person.id}", "name": "Chef"}],
    }
    name = f"Phoenix {person.id}"
    old = server.make(name, background="Knows all.", **parts)
    event = {"historic_event": {"atype": "birthday", "name": "1974-03-14"}}
    server.ask("POST", f"/api/people/{old.id}/historic_events", event)
    await terminal.delete(old)
    await terminal.settled()
    assert not server.there(old)
    found = await terminal.box.undoing.latest()
    assert found is not None
    assert found.new_id(terminal.box.undoing.has_bin)
    await undo(terminal)
    (there,) = server.called(name)
    assert str(there["id"]) != old.id
    assert there["background"] == "Knows all."
    assert [one["name"] for one in there["tels"]] == ["+49 351 1"]
    assert [one["name"] for one in there["tags"]] == ["Messe"]
    assert [one["city"] for one in there["addrs"]] == ["Köln"]
    assert [one["name"] for one in there["positions"]] == ["Chef"]
    assert [one["name"] for one in there["historic_events"]] == ["1974-03-14"]
    assert terminal.box.entries() == []


@on_every_crm
async def test_the_changes_of_one_form_are_taken_back_together(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.add(person, "tags", name="Alt")
    await terminal.settled()
    record = await terminal.shown(person)
    (tag,) = record.tags
    changes = [
        Change(Verb.CREATE, Ref("tags", ""), person, {"name": "Neu"}),
        Change(Verb.DELETE, Ref("tags", tag.id), person, base=tag.base()),
    ]
    await terminal.box.submit(changes, None, record)
    await terminal.settled()
    assert [one["name"] for one in server.record(person)["tags"]] == ["Neu"]
    await undo(terminal)
    assert [one["name"] for one in server.record(person)["tags"]] == ["Alt"]


@on_every_crm
async def test_the_journal_tells_what_was_before_and_what_is_after(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    await terminal.save(person, first_name="  Berta ")
    await terminal.settled()
    (line,) = await terminal.box.journal()
    assert line.state is State.CONFIRMED
    assert line.record == person
    assert line.change.base == {"first_name": "Anna"}
    assert line.change.values == {"first_name": "  Berta "}
    assert line.after == {"first_name": server.record(person)["first_name"]}


@on_every_crm
async def test_what_two_terminals_undo_at_once_is_undone_once(
    terminals: Opener, server: Server, person: Ref
) -> None:
    one, other = await terminals(), await terminals()
    await one.shown(person)
    (gone,) = await one.delete(person)
    await one.box.retry(gone.client_id)
    await one.settled()
    name = gone.snapshot.fields["last_name"]
    found = await one.box.undoing.latest()
    assert found is not None
    assert await one.box.undoing.take_back(found)
    assert await other.box.undoing.take_back(found) == []
    await one.settled()
    assert len(server.called(str(name))) == 1


async def test_half_an_undo_that_is_thrown_away_does_not_undo_the_other_half_again(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    await terminal.save(person, first_name="Berta")
    await terminal.settled()
    found = await terminal.box.undoing.latest()
    assert found is not None
    server.fail({"kind": "status", "method": "PUT", "status": 403})
    # Two changes take it back: one is carried out, the other is refused and thrown away.
    changes = [
        Change(Verb.CREATE, Ref("phones", ""), person, {"number": "+49 351 7", "kind": "office"}),
        Change(Verb.UPDATE, person, None, {"first_name": "Anna"}, {"first_name": "Berta"}),
    ]
    made = await terminal.box.submit(changes, None, undoes=found.batch)
    await terminal.settled()
    assert terminal.state(made[0].client_id) is None, terminal.box.entries()
    await terminal.box.discard_edit(made[1].client_id)
    assert terminal.box.outbox == 0
    again = await terminal.box.undoing.latest()
    assert again is None or again.batch != found.batch


@on_every_crm
async def test_what_is_made_anew_from_two_terminals_is_made_once(
    terminals: Opener, server: Server, person: Ref
) -> None:
    one, other = await terminals(), await terminals()
    await one.shown(person)
    server.ask("DELETE", f"/api/{person.resource}/{person.id}")
    (edit,) = await one.save(person, first_name="Berta")
    await one.settled()
    name = str(edit.snapshot.fields["last_name"])
    made = await asyncio.gather(*(it.box.make_anew(edit.client_id) for it in (one, other)))
    await one.settled()
    assert sorted(len(it) for it in made) == [0, 1]
    assert len(server.called(name)) == 1
    assert one.box.outbox == 0
