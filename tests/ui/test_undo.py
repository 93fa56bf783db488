"""Undo: `u` says what, `⏎` does it."""

from __future__ import annotations

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.services.bulk import Action, Task, dry_run, queue
from csc_tui.services.outbox_events import EditDropped, OutboxEvent
from csc_tui.ui.screens.outbox import OutboxScreen
from tests.live_app import Hands


async def saved(hands: Hands, **values: str) -> Record:
    """A person with a confirmed change."""
    record = await hands.person(name="Müller", first_name="Jürgen")
    change = Change(
        Verb.UPDATE, record.ref, None, values, record.base(values), version=record.version()
    )
    await hands.desk.edits.submit([change], None, record)
    await hands.until(lambda: hands.desk.outbox == 0)
    return record


async def test_without_anything_to_undo_it_says_so(hands: Hands) -> None:
    await hands.press("u")
    await hands.sees("nothing to undo")


async def test_enter_sends_the_inverse(hands: Hands) -> None:
    record = await saved(hands, last_name="Maier")
    await hands.press("u")
    await hands.sees("undo: change of Last name of Müller, Jürgen? ⏎ does it")
    await hands.sees("⏎ do it  esc leave")
    await hands.press("enter")
    await hands.until(lambda: len(hands.writes()) == 2 and hands.desk.outbox == 0)
    await hands.sees("set back: Last name of Müller, Jürgen")
    assert (await hands.record(record.ref)).value("last_name") == "Müller"
    await hands.press("u")
    await hands.sees("nothing to undo")


async def test_of_a_record_that_was_made_it_says_that_it_is_deleted(hands: Hands) -> None:
    made = Change(Verb.CREATE, Ref("people", ""), None, {"last_name": "Maier"})
    await hands.desk.edits.submit([made], None)
    await hands.until(lambda: hands.desk.outbox == 0)
    await hands.sees("saved")
    await hands.press("u")
    await hands.sees("undo: new person")
    await hands.press("enter")
    await hands.until(lambda: hands.app.messages.text == "deleted")
    await hands.press("u")
    await hands.sees("nothing to undo")


async def test_any_other_key_leaves_it(hands: Hands) -> None:
    record = await saved(hands, last_name="Maier")
    await hands.press("u")
    await hands.sees("⏎ does it")
    await hands.press("x")
    await hands.sees("nothing was undone")
    assert (await hands.record(record.ref)).value("last_name") == "Maier"


async def test_a_held_delete_is_taken_back_at_once(hands: Hands) -> None:
    record = await hands.person(name="Müller", first_name="Jürgen")
    change = Change(Verb.DELETE, record.ref, base=record.base(["last_name"]))
    await hands.desk.edits.submit([change], None, record)
    await hands.press("u")
    await hands.sees("taken back: delete of Müller, Jürgen; nothing was sent")
    assert hands.desk.outbox == 0
    assert hands.writes() == []


async def test_held_deletes_of_many_are_taken_back_in_one_step(hands: Hands) -> None:
    """Each in a step of its own took so long for thousands that the last ones went meanwhile."""
    records = [await hands.person(name=f"Müller-{number}") for number in range(3)]
    left: list[int | None] = []
    heard = hands.desk.on_outbox
    assert heard is not None

    def hear(event: OutboxEvent) -> None:
        if isinstance(event, EditDropped):
            left.append(hands.desk.outbox)
        heard(event)

    hands.desk.on_outbox = hear
    ids = [one.id for one in records]
    await queue(hands.desk, await dry_run(hands.desk, "people", ids, Task(Action.DELETE)))
    await hands.press("u")
    await hands.sees("taken back: 3 changes of 3 people; nothing was sent")
    assert left == [0, 0, 0]
    assert hands.writes() == []


async def test_undoing_a_delete_says_that_it_gets_a_new_id(hands: Hands) -> None:
    record = await hands.person(name="Müller", first_name="Jürgen")
    base = record.base(["last_name"])
    made = await hands.desk.edits.submit([Change(Verb.DELETE, record.ref, base=base)], None, record)
    await hands.desk.edits.retry(made[0].client_id)
    await hands.until(lambda: hands.desk.outbox == 0)
    await hands.press("u")
    await hands.sees("Made anew, with a new id. ⏎ does it")


async def test_undoing_a_create_deletes_it(hands: Hands) -> None:
    change = Change(Verb.CREATE, Ref("people", ""), None, {"last_name": "Neu"})
    await hands.desk.edits.submit([change], None, title="New person")
    await hands.until(lambda: hands.desk.outbox == 0)
    await hands.press("u")
    await hands.sees("undo: new person Neu? It is deleted. ⏎ does it")
    await hands.press("enter")
    await hands.until(lambda: hands.desk.outbox == 0 and hands.writes()[-1]["method"] == "DELETE")
    assert hands.desk.outbox == 0


async def test_what_undo_makes_anew_can_be_edited_before_it_goes(hands: Hands) -> None:
    phones = [{"number": f"+49 221 4710 10{n}", "kind": "private"} for n in range(4)]
    values = {"last_name": "Neu", "title": "Dr.", "phones": phones, "tags": ["VIP", "Messe"]}
    create = Change(Verb.CREATE, Ref("people", ""), None, values)
    made = await hands.desk.edits.submit([create], None, title="Neu")
    await hands.until(lambda: hands.desk.outbox == 0)
    done = next(it for it in await hands.desk.edits.journal() if it.client_id == made[0].client_id)
    record = await hands.record(done.record)
    delete = Change(Verb.DELETE, record.ref, base=record.base(["last_name"]))
    gone = await hands.desk.edits.submit([delete], None, record)
    await hands.desk.edits.retry(gone[0].client_id)
    await hands.until(lambda: hands.desk.outbox == 0)
    hands.demo.fail({"kind": "status", "method": "POST", "path": "/people", "status": 403})
    await hands.press("u")
    await hands.sees("Made anew, with a new id. ⏎ does it")
    await hands.press("enter", "O")
    await hands.sees("refused  new     Neu")
    assert hands.line("+49 221 4710 100").startswith("   Phone ")
    await hands.press("e")
    await hands.sees("New person")
    await hands.sees("[+49 221 4710 100")
    await hands.fill("last name", "Neuer")
    await hands.press("ctrl+s")
    await hands.until(lambda: isinstance(hands.app.screen, OutboxScreen))
    assert hands.desk.outbox == 1
    await hands.sees("refused  new     Neuer")
    hands.demo.fail()
    # Once more: the form has been saved since, and has all of it still.
    await hands.press("e")
    await hands.sees("[Neuer")
    await hands.fill("title", "Prof.")
    await hands.press("ctrl+s")
    await hands.until(lambda: hands.desk.outbox == 0)
    anew = (await hands.desk.edits.journal())[-1]
    found = await hands.record(anew.record)
    assert (found.value("last_name"), found.value("title")) == ("Neuer", "Prof.")
    # The form has two lines for phones, and other kinds in them; nothing of the four is lost.
    assert [one.base() for one in found.phones] == [one.base() for one in record.phones]
    assert {one.text() for one in found.tags} == {"VIP", "Messe"}
