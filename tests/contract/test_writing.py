"""What every CRM makes of changes, and what becomes of those that it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Invalid, Unauthorized
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.http.message import Request
from csc_tui.services.bin import Bin
from csc_tui.store.edit_rows import State
from tests.contract.conftest import Ground


async def settled(ground: Ground) -> None:
    """Everything that was saved is confirmed."""
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()


async def test_a_new_record_with_all_its_parts_is_one_post(ground: Ground) -> None:
    company = ground.company()
    made: dict[str, Any] = {
        "first_name": "Leonie",
        "last_name": "Kühn-Probe",
        "phones": [{"number": ground.number(7), "kind": "other"}],
        "tags": ["Messe Köln"],
        ground.dialect.link: [{ground.dialect.linked: {"id": company.id, "name": ""}}],
    }
    ground.demo.forget()
    (edit,) = await ground.terminal.create(ground.dialect.people, **made)
    await settled(ground)
    assert [one.split()[0] for one in ground.demo.requests()].count("POST") == 1
    done = (await ground.terminal.box.journal())[-1]
    assert done.client_id == edit.client_id
    record = ground.colleague.record(done.record)
    assert (record.first_name, record.last_name) == ("Leonie", "Kühn-Probe")
    assert [one.text() for one in record.phones] == [ground.number(7)]
    assert [one.text() for one in record.tags] == ["Messe Köln"]
    assert [one.target() for one in getattr(record, ground.dialect.link)] == [company]


async def test_an_edit_changes_what_it_names_and_nothing_else(ground: Ground) -> None:
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}], tags=["VIP"])
    before = ground.colleague.record(ref)
    await ground.terminal.save(ref, first_name="Berta")
    await settled(ground)
    after = ground.colleague.record(ref)
    assert (after.first_name, after.last_name) == ("Berta", before.last_name)
    assert [one.text() for one in after.phones] == [ground.number(1)]
    assert [one.text() for one in after.tags] == ["VIP"]
    assert (await ground.shown(ref)).first_name == "Berta"


async def test_a_custom_field_is_set_and_shown(ground: Ground) -> None:
    desk, ref = ground.terminal.desk, ground.person()
    await desk.lookups.need("fields")
    fields = desk.resources[ref.resource].fields
    field = next(
        one for one in fields
        if one.name.startswith(CUSTOM) and one.kind == ground.dialect.custom
    )  # fmt: skip
    await ground.terminal.save(ref, **{field.name: ground.dialect.value})
    await settled(ground)
    assert (await ground.shown(ref)).value(field.name) == ground.dialect.value


async def test_phones_come_change_and_go_beside_others(ground: Ground) -> None:
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}])
    terminal = ground.terminal
    await terminal.add(ref, "phones", number=ground.number(2), kind="other")
    await settled(ground)
    (part,) = [one for one in (await ground.shown(ref)).phones if one.text() == ground.number(2)]
    await terminal.edit_part(ref, part, "phones", number=ground.number(3))
    await settled(ground)
    numbers = [one.text() for one in ground.colleague.record(ref).phones]
    assert sorted(numbers) == [ground.number(1), ground.number(3)]
    (part,) = [one for one in (await ground.shown(ref)).phones if one.text() == ground.number(3)]
    await terminal.remove_part(ref, part, "phones")
    await settled(ground)
    assert [one.text() for one in ground.colleague.record(ref).phones] == [ground.number(1)]


async def test_a_phone_that_was_changed_is_changed_back(ground: Ground) -> None:
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}])
    (part,) = (await ground.shown(ref)).phones
    await ground.terminal.edit_part(ref, part, "phones", number=ground.number(3))
    await settled(ground)
    undo = await ground.terminal.box.undoing.latest()
    assert undo is not None
    await ground.terminal.box.undoing.take_back(undo)
    await settled(ground)
    assert [one.text() for one in ground.colleague.record(ref).phones] == [ground.number(1)]


async def test_two_edits_of_one_phone_follow_each_other(ground: Ground) -> None:
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}])
    (part,) = (await ground.shown(ref)).phones
    terminal = ground.terminal
    terminal.line.hang_at(1, after=False)
    await terminal.edit_part(ref, part, "phones", number=ground.number(3))
    await terminal.line.hangs.wait()
    await terminal.edit_part(ref, part, "phones", number=ground.number(4))
    await terminal.die()
    second = await type(terminal)(ground.demo, terminal._folder).open()
    await second.settled()
    try:
        assert [one.text() for one in ground.colleague.record(ref).phones] == [ground.number(4)]
        assert second.box.outbox == 0
    finally:
        await second.close()


async def test_what_others_add_meanwhile_stays(ground: Ground) -> None:
    """A list that is replaced as a whole holds what a colleague has put there since."""
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}], tags=["VIP"])
    record = await ground.shown(ref)
    phone = {"number": ground.number(2), "kind": "other"}
    for kind, values in (("phones", phone), ("tags", {"name": "Neu"})):
        ground.colleague.write(Change(Verb.CREATE, Ref(kind, ""), ref, values))
    await ground.terminal.edit_part(ref, record.phones[0], "phones", number=ground.number(3))
    await ground.terminal.add(ref, "tags", name="Messe")
    await settled(ground)
    after = ground.colleague.record(ref)
    assert sorted(one.text() for one in after.phones) == [ground.number(2), ground.number(3)]
    assert sorted(one.text() for one in after.tags) == ["Messe", "Neu", "VIP"]


async def test_tags_come_and_go(ground: Ground) -> None:
    ref = ground.person(tags=["VIP"])
    await ground.terminal.add(ref, "tags", name="Messe")
    await settled(ground)
    record = await ground.shown(ref)
    assert sorted(one.text() for one in record.tags) == ["Messe", "VIP"]
    (vip,) = [one for one in record.tags if one.text() == "VIP"]
    await ground.terminal.remove_part(ref, vip, "tags")
    await settled(ground)
    assert [one.text() for one in ground.colleague.record(ref).tags] == ["Messe"]


async def test_links_come_and_go_one_by_one(ground: Ground) -> None:
    ref, one, other = ground.person(), ground.company(), ground.company()
    link, linked = ground.dialect.link, ground.dialect.linked
    for company in (one, other):
        await ground.terminal.add(ref, link, **{linked: {"id": company.id, "name": ""}})
        await settled(ground)
    record = await ground.shown(ref)
    assert {it.target() for it in getattr(record, link)} == {one, other}
    (part,) = [it for it in getattr(record, link) if it.target() == one]
    await ground.terminal.remove_part(ref, part, link)
    await settled(ground)
    assert [it.target() for it in getattr(ground.colleague.record(ref), link)] == [other]


async def test_a_deleted_record_is_gone_and_can_be_had_back(ground: Ground) -> None:
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}], tags=["VIP"])
    await ground.terminal.delete(ref)
    await settled(ground)
    assert not ground.colleague.there(ref)
    undo = await ground.terminal.box.undoing.latest()
    assert undo is not None
    await ground.terminal.box.undoing.take_back(undo)
    await settled(ground)
    back = (await ground.terminal.box.journal())[-1].record
    assert (back.id == ref.id) is ground.dialect.bin
    record = ground.colleague.record(back)
    assert [one.text() for one in record.phones] == [ground.number(1)]
    assert [one.text() for one in record.tags] == ["VIP"]


async def test_a_field_that_both_changed_waits_for_the_user(ground: Ground) -> None:
    ref = ground.person()
    await ground.shown(ref)
    ground.colleague.change(ref, first_name="Theirs")
    (edit,) = await ground.terminal.save(ref, first_name="Mine")
    await ground.terminal.settled()
    (entry,) = ground.terminal.box.entries()
    assert entry.state is State.CONFLICT
    (clash,) = entry.answer.clashes
    assert (clash.path, clash.mine, clash.theirs) == ("first_name", "Mine", "Theirs")
    assert ground.colleague.record(ref).first_name == "Theirs"
    await ground.terminal.box.resolve(edit.client_id, {"first_name": "Mine"})
    await settled(ground)
    assert ground.colleague.record(ref).first_name == "Mine"


async def test_what_a_colleague_wrote_is_seen_and_if_it_stays_is_no_clash_again(
    ground: Ground,
) -> None:
    ref = ground.person()
    await ground.shown(ref)
    ground.colleague.change(ref, first_name="Theirs")
    (edit,) = await ground.terminal.save(ref, first_name="Mine")
    await ground.terminal.settled()
    assert (await ground.shown(ref)).first_name == "Theirs"
    await ground.terminal.box.resolve(edit.client_id, {})
    await ground.terminal.save(ref, first_name="Mine again")
    await settled(ground)
    assert ground.colleague.record(ref).first_name == "Mine again"


async def test_a_refused_value_is_said_at_its_field(ground: Ground) -> None:
    await ground.terminal.create(ground.dialect.people, **ground.dialect.refused)
    await ground.terminal.settled()
    (entry,) = ground.terminal.box.entries()
    assert entry.state is State.REFUSED
    assert isinstance(entry.answer.error, Invalid)
    assert entry.answer.error.messages.keys() == {ground.dialect.refused_at}


async def test_a_lost_answer_makes_nothing_twice(ground: Ground) -> None:
    ref = ground.person()
    ground.demo.fail({"kind": "drop", "method": "PUT", "count": 1, "when": "after"})
    await ground.terminal.save(ref, first_name="Berta")
    await settled(ground)
    assert ground.colleague.record(ref).first_name == "Berta"


@pytest.mark.parametrize("verb", ["GET", "PUT"])
async def test_a_server_that_asks_for_patience_is_waited_for(ground: Ground, verb: str) -> None:
    ref = ground.person()
    ground.demo.fail({"kind": "status", "status": 429, "method": verb, "count": 1})
    await ground.terminal.save(ref, first_name="Berta")
    await settled(ground)
    assert ground.colleague.record(ref).first_name == "Berta"


async def test_a_key_that_is_withdrawn_keeps_everything(ground: Ground) -> None:
    ref = ground.person()
    await ground.shown(ref)
    ground.demo.fail({"kind": "status", "status": 401})
    await ground.terminal.save(ref, first_name="Berta")
    await ground.terminal.until(lambda: ground.terminal.box.paused is not None)
    assert isinstance(ground.terminal.box.paused, Unauthorized)
    assert ground.terminal.box.outbox == 1
    ground.demo.fail()
    ground.terminal.box.go_on()
    await settled(ground)
    assert ground.colleague.record(ref).first_name == "Berta"


async def test_the_bin_gives_back_and_destroys(ground: Ground) -> None:
    """Where a CRM keeps one."""
    if not ground.dialect.bin:
        pytest.skip("this CRM keeps no bin")
    desk, box = ground.terminal.desk, ground.terminal.box
    back, gone = ground.person(), ground.person()
    for ref in (back, gone):
        ground.colleague.write(Change(Verb.DELETE, ref))
    found = Bin(desk, ground.dialect.people)
    while not found.whole:
        await found.more()
    deleted = {one.id: one for one in found.records}
    assert {back.id, gone.id} <= deleted.keys()
    assert found.total == len(found.records)
    await found.restore(deleted[back.id])
    await settled(ground)
    assert ground.colleague.there(back)
    (undo,) = [await box.undoing.latest()]
    assert undo is not None
    await box.undoing.take_back(undo)
    await settled(ground)
    assert not ground.colleague.there(back)
    await box.submit([Change(Verb.DESTROY, gone)], None, title="x")
    await settled(ground)
    assert (await box.journal())[-1].change.verb is Verb.DESTROY
    again = Bin(desk, ground.dialect.people)
    while not again.whole:
        await again.more()
    assert gone.id not in {one.id for one in again.records}
    assert back.id in {one.id for one in again.records}


async def test_what_is_restored_already_or_destroyed_meanwhile_is_told_apart(
    ground: Ground,
) -> None:
    if not ground.dialect.bin:
        pytest.skip("this CRM keeps no bin")
    ref = ground.person()
    await ground.terminal.box.submit([Change(Verb.RESTORE, ref)], None, title="x")
    await settled(ground)
    ground.colleague.write(Change(Verb.DELETE, ref))
    ground.colleague.send(Request("DELETE", f"/trashed/{ref.resource}/{ref.id}"))
    await ground.terminal.box.submit([Change(Verb.RESTORE, ref)], None, title="x")
    await ground.terminal.settled()
    (entry,) = ground.terminal.box.entries()
    assert entry.state is State.REFUSED
