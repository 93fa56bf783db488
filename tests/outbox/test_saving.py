"""What becomes of a save, on a line that is well."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Invalid, NotAnApi, NotFound, ReadOnly
from csc_tui.domain.ref import Ref
from csc_tui.services.outbox_events import EditMoved
from csc_tui.store.edit_rows import Choice, State
from tests.live_demo import PATIENCE
from tests.outbox.conftest import Opener, on_every_crm
from tests.outbox.server import Server
from tests.outbox.terminal import FAST, PATIENT, Terminal


@on_every_crm
async def test_a_save_of_an_unmoved_record_costs_three_requests(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.forget()
    await terminal.save(person, first_name="Dr.")
    assert terminal.box.outbox == 1
    await terminal.settled()
    assert server.said() == ["GET", "PUT", "GET"]
    assert server.record(person)["first_name"] == "Dr."
    assert terminal.box.outbox == 0
    states = [one.edit.state for one in terminal.events if isinstance(one, EditMoved)]
    assert states == [State.QUEUED, State.SENDING, State.CONFIRMED]


@on_every_crm
async def test_what_a_colleague_changed_beside_it_stays_and_is_named(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    long = server.wire.texts[1]
    await terminal.shown(person)
    server.change(person, **{long: "theirs"})
    await terminal.save(person, first_name="Dr.")
    await terminal.settled()
    there = server.record(person)
    assert (there["first_name"], there[long]) == ("Dr.", "theirs")
    confirmed = (await terminal.box.journal())[-1]
    assert confirmed.answer.merged == (long,)


@on_every_crm
async def test_a_part_that_a_colleague_added_is_named_too(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.ring(person, f"+49 351 {person.id}")
    await terminal.save(person, first_name="Dr.")
    await terminal.settled()
    (path,) = (await terminal.box.journal())[-1].answer.merged
    assert path.startswith("phones/")


@on_every_crm
async def test_a_new_part_is_seen_once_when_it_is_read_back(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals(pace=replace(FAST, poll=60.0))
    await terminal.shown(person)
    number = f"+49 351 {person.id}"
    terminal.line.hang_at(2, after=False)  # behind GET and POST
    await terminal.add(person, "phones", number=number, kind="other")
    async with asyncio.timeout(PATIENCE):
        await terminal.line.hangs.wait()
    there = terminal.desk.record(person.resource, server.record(person))
    seen = terminal.box.overlay(there)
    assert [one.number for one in seen.phones].count(number) == 1


@on_every_crm
async def test_what_both_changed_alike_is_not_sent(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.change(person, first_name="Dr.")
    server.forget()
    await terminal.save(person, first_name="Dr.")
    await terminal.settled()
    assert server.said() == ["GET"]
    assert (await terminal.box.journal())[-1].answer.note == "vanished"


@on_every_crm
async def test_a_clash_waits_for_the_user_and_nothing_is_written(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    long = server.wire.texts[1]
    await terminal.shown(person)
    server.change(person, first_name="Prof.")
    (edit,) = await terminal.save(person, first_name="Dr.", **{long: "mine"})
    await terminal.settled()
    assert server.record(person)["first_name"] == "Prof."
    (stuck,) = terminal.box.entries()
    assert stuck.state is State.CONFLICT
    (clash,) = stuck.answer.clashes
    assert (clash.path, clash.before) == ("first_name", "Anna")
    assert (clash.mine, clash.theirs) == ("Dr.", "Prof.")
    assert bool(stuck.answer.author) is server.wire.tells_author
    assert terminal.box.mark(person) == "!"
    await terminal.box.resolve(edit.client_id, {"first_name": "Prof. Dr.", long: "mine"})
    await terminal.settled()
    there = server.record(person)
    assert (there["first_name"], there[long]) == ("Prof. Dr.", "mine")


@on_every_crm
async def test_what_is_saved_anew_is_no_more_what_was_chosen_in_the_conflict(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    long = server.wire.texts[1]
    await terminal.shown(person)
    server.change(person, first_name="Prof.", **{long: "theirs"})
    (edit,) = await terminal.save(person, first_name="Dr.", **{long: "mine"})
    await terminal.settled()
    typed = Choice("typed", "Prof.", "older", "older")
    await terminal.box.choose(edit.client_id, {"first_name": typed, long: Choice("mine")})
    await terminal.save(person, first_name="newer")
    await terminal.settled()
    (stuck,) = terminal.box.entries()
    assert stuck.state is State.CONFLICT
    assert list(stuck.choices) == [long]


@on_every_crm
async def test_a_colleague_who_writes_while_the_user_chooses_is_asked_about_again(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.change(person, first_name="Prof.")
    (edit,) = await terminal.save(person, first_name="Dr.")
    await terminal.settled()
    server.change(person, first_name="Mag.")
    await terminal.box.resolve(edit.client_id, {"first_name": "Dr."})
    await terminal.settled()
    assert terminal.state(edit.client_id) is State.CONFLICT
    assert server.record(person)["first_name"] == "Mag."
    await terminal.box.resolve(edit.client_id, {})
    await terminal.settled()
    assert terminal.box.outbox == 0
    assert server.record(person)["first_name"] == "Mag."


async def test_what_is_refused_comes_back_with_the_servers_words(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    server.fail({"kind": "status", "method": "PUT", "status": 422, "body": {"name": ["is odd"]}})
    (edit,) = await terminal.save(person, last_name="Odd")
    await terminal.settled()
    (back,) = terminal.box.entries()
    assert back.client_id == edit.client_id
    assert back.state is State.REFUSED
    assert isinstance(back.answer.error, Invalid)
    assert back.answer.error.messages == {"last_name": ("is odd",)}
    assert back.change.values == {"last_name": "Odd"}


@on_every_crm
async def test_a_record_that_is_gone_keeps_the_values(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.ask("DELETE", f"/api/{person.resource}/{person.id}")
    await terminal.save(person, first_name="Dr.")
    await terminal.settled()
    (back,) = terminal.box.entries()
    assert isinstance(back.answer.error, NotFound)
    assert back.change.values == {"first_name": "Dr."}


@on_every_crm
async def test_a_web_page_that_says_404_is_no_word_about_the_record(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    """A proxy says it while the CRM behind it is away: the save waits, and goes when it is back."""
    await terminal.shown(person)
    page = {"status": 404, "body": "<html>no such page</html>"}
    server.fail({"kind": "status", "headers": {"Content-Type": "text/html"}, **page})
    (edit,) = await terminal.save(person, first_name="Dr.")
    await terminal.until(lambda: terminal.state(edit.client_id) is State.WAITING)
    assert isinstance(terminal.box.entries()[0].answer.error, NotAnApi)
    server.fail()
    await terminal.settled()
    assert terminal.box.entries() == []
    assert server.record(person)["first_name"] == "Dr."


@on_every_crm
async def test_edits_of_a_record_fold_into_one_while_the_line_is_dead(
    terminals: Opener, server: Server, person: Ref
) -> None:
    long = server.wire.texts[1]
    terminal = await terminals(pace=PATIENT)
    await terminal.shown(person)
    server.forget()
    terminal.line.dead = True
    first = await terminal.save(person, first_name="Dr.", **{long: "one"})
    await terminal.until(lambda: terminal.state(first[0].client_id) is State.WAITING)
    second = await terminal.save(person, first_name="Prof.")
    assert [one.client_id for one in first] == [one.client_id for one in second]
    assert terminal.box.outbox == 1
    terminal.line.dead = False
    terminal.box.go_on()
    await terminal.settled()
    assert server.said() == ["GET", "PUT", "GET"]
    there = server.record(person)
    assert (there["first_name"], there[long]) == ("Prof.", "one")


@on_every_crm
async def test_an_edit_of_what_is_under_way_goes_after_it_and_is_no_clash(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.fail({"kind": "latency", "method": "PUT", "seconds": 0.2, "count": 1})
    await terminal.save(person, first_name="Dr.")
    await terminal.until(lambda: any("PUT" in one for one in terminal.line.sent))
    await terminal.save(person, first_name="Prof.")
    assert terminal.box.outbox == 2
    await terminal.settled()
    assert terminal.box.outbox == 0
    assert server.record(person)["first_name"] == "Prof."


@on_every_crm
async def test_a_new_record_is_one_post_and_its_children_wait_for_its_id(
    terminal: Terminal, server: Server
) -> None:
    terminal.line.dead = True
    phones = [{"number": "+49 351 7", "kind": "other"}]
    person = {**server.wire.needs, "last_name": "Newcomer", "phones": phones}
    (made,) = await terminal.create(server.wire.people, **person)
    child = await terminal.add(made.record, "tags", name="Messe")
    assert child[0].record == made.record
    place = terminal.box.place(child[0])
    assert place is not None
    assert place.after_record == made.client_id
    server.forget()
    terminal.line.dead = False
    await terminal.settled()
    (there,) = server.called("Newcomer")
    assert server.wire.numbers(there) == ["+49 351 7"]
    assert [one["name"] for one in there["tags"]] == ["Messe"]


@on_every_crm
async def test_a_new_record_that_is_deleted_before_it_has_gone_never_goes(
    terminals: Opener, server: Server
) -> None:
    terminal = await terminals(pace=PATIENT)
    terminal.line.dead = True
    (made,) = await terminal.create(server.wire.people, **server.wire.needs, last_name="Nobody")
    await terminal.until(lambda: terminal.state(made.client_id) is State.WAITING)
    assert await terminal.box.submit([Change(Verb.DELETE, made.record)], None) == []
    terminal.line.dead = False
    terminal.box.go_on()
    await terminal.settled()
    assert server.called("Nobody") == []


async def test_read_only_accepts_nothing(terminals: Opener, person: Ref) -> None:
    terminal = await terminals(read_only=True)
    for resource in terminal.desk.resources.values():
        for verb in Verb:
            for part in ("", *(kind.name for kind in resource.parts)):
                record = Ref(resource.name, "1")
                change = Change(verb, Ref(part, "1"), record) if part else Change(verb, record)
                with pytest.raises(ReadOnly):
                    await terminal.box.submit([change], None)
    assert terminal.box.outbox == 0


@on_every_crm
async def test_what_was_queued_before_stays_while_it_is_read_only(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals()
    terminal.line.dead = True
    server.forget()
    (edit,) = await terminal.create(server.wire.people, **server.wire.needs, last_name="Later")
    await terminal.close()
    reader = await terminals(read_only=True)
    await reader.box.refresh()
    assert reader.box.outbox == 1
    assert server.said() == []
    assert reader.state(edit.client_id) is not None
