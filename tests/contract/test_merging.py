"""Two records become one, on every CRM in its own way; nothing is lost, nothing done twice."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Ambiguous
from csc_tui.domain.ref import Ref
from csc_tui.domain.resource import Merging
from csc_tui.services import merging
from csc_tui.services.conflicts import Side
from csc_tui.services.hanging import hanging
from csc_tui.services.merging import Union
from csc_tui.services.outbox_events import EditMoved
from csc_tui.store.edit_rows import State
from tests.contract.conftest import Ground
from tests.outbox.terminal import FAST, Terminal


def two(ground: Ground) -> tuple[Ref, Ref]:
    """Two spellings of one person; each has something that the other one has not."""
    ground.block = str(uuid.uuid4().int)[:8]
    company, name = ground.company(), f"Probe{uuid.uuid4().hex[:10]}"
    link = {ground.dialect.link: [{ground.dialect.linked: {"id": company.id, "name": ""}}]}
    phones = [{"number": ground.number(n), "kind": "other"} for n in (1, 2)]
    stays = ground.person(last_name=name, phones=phones[:1], tags=["Messe"])
    goes = ground.person(
        first_name="Änne", last_name=name, phones=phones[1:], tags=["Messe", "VIP"], **link
    )
    for ref in (goes, stays):
        content = {"kind": "note", "content": f"about {ref.id}"}
        ground.colleague.write(Change(Verb.CREATE, Ref("notes", ""), ref, content))
    return stays, goes


async def faced(ground: Ground, stays: Ref, goes: Ref) -> Union:
    """The two side by side, as the screen has them."""
    desk = ground.terminal.desk
    one, other = [await ground.shown(ref) for ref in (stays, goes)]
    hung = {ref: await hanging(desk, ref) for ref in (stays, goes)}
    return merging.union(desk.resources[stays.resource], one, other, hung)


def take(found: Union, path: str) -> None:
    """The value of the one that goes."""
    next(row for row in found.rows if row.path == path).taken = Side.THEIRS


def by_moving(found: Union) -> bool:
    return found.resource.merging is Merging.BY_MOVING


def is_whole(ground: Ground, stays: Ref, goes: Ref) -> None:
    """All that both had is with the one that stays, each once."""
    record = ground.colleague.record(stays)
    assert record.first_name == "Änne"
    assert sorted(one.text() for one in record.phones) == [ground.number(1), ground.number(2)]
    assert sorted(one.text().casefold() for one in record.tags) == ["messe", "vip"]
    assert len(getattr(record, ground.dialect.link)) == 1
    assert notes(ground, stays) == sorted(f"about {ref.id}" for ref in (stays, goes))
    assert not ground.colleague.there(goes)


def notes(ground: Ground, ref: Ref) -> list[str]:
    """What is written about a record, as the server has it."""
    history = ground.colleague.crm.history
    kind = ground.colleague.resources[ref.resource].notes
    assert history is not None
    assert kind is not None
    asking = history.page(ref, 1)
    request = next(asking)
    try:
        while True:
            request = asking.send(ground.colleague.send(request))
    except StopIteration as done:
        return sorted(kind.model.read(raw).text() for raw in done.value.raws)


async def test_it_costs_what_it_was_reckoned_to_cost(ground: Ground) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    take(found, "first_name")
    assert {(it.kind.name, len(it.new), len(it.there)) for it in found.moved} == {
        ("phones", 1, 0),
        ("tags", 1, 1),
        (ground.dialect.link, 1, 0),
    }
    cost = merging.requests(ground.terminal.desk, found)
    ground.demo.forget()
    await merging.queue(ground.terminal.desk, found)
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()
    requests = ground.demo.requests()
    is_whole(ground, stays, goes)
    # A CRM that takes its time is looked at more than once; each further look is one request more.
    more = 0 if by_moving(found) else looks_at(requests, goes) - 2
    assert len(requests) - more == cost
    assert (await ground.shown(stays)).first_name == "Änne"
    assert await ground.terminal.desk.store.record(goes) is None


def looks_at(requests: list[str], ref: Ref) -> int:
    """How often a record was read."""
    path = f"GET /api/{ref.resource}/{ref.id}"
    return sum(one.split("?")[0] == path for one in requests)


async def test_killed_before_and_after_every_write_it_is_finished_once(ground: Ground) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    take(found, "first_name")
    ground.demo.forget()
    ground.terminal.line.hang_at_write(after=False)
    await merging.queue(ground.terminal.desk, found)
    kills, after = 0, False
    while await ground.terminal.idle(20.0):
        kills += 1
        await ground.terminal.die()
        # Before this write, then after it, then before the next one.
        after = not after
        terminal = ground.terminal = Terminal(ground.demo, ground.terminal._folder)
        terminal.line.hang_at_write(after=after)
        await terminal.open()
    assert kills >= 2 * len(merging.changes(found))
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()
    is_whole(ground, stays, goes)
    writes = [one for one in ground.demo.log() if one["method"] != "GET"]
    assert len(writes) == len(merging.changes(found))


async def test_what_is_refused_on_the_way_leaves_the_other_record_where_it_is(
    ground: Ground,
) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    take(found, "first_name")
    path = f"/{stays.resource}/{stays.id}"
    words = {"first_name": ["is out of fashion"]}
    body = {"errors": words} if by_moving(found) else words
    ground.demo.fail(
        {"kind": "status", "status": 422, "path": path, "method": "PUT", "body": body}
    )  # fmt: skip
    await merging.queue(ground.terminal.desk, found)
    box = ground.terminal.box
    await ground.terminal.until(lambda: any(one.state is State.REFUSED for one in box.entries()))
    states = [one.state for one in ground.terminal.box.entries()]
    assert states[0] is State.REFUSED
    assert set(states[1:]) == {State.QUEUED}
    assert ground.colleague.there(goes)
    # Thrown away, the rest of it goes too.
    ground.demo.fail()
    gone = await ground.terminal.box.discard_edit(ground.terminal.box.entries()[0].client_id)
    assert len(gone) == len(states)
    await ground.terminal.settled()
    assert ground.colleague.there(goes)
    assert ground.terminal.box.outbox == 0


async def test_what_a_colleague_changes_in_the_one_that_goes_is_asked_about(ground: Ground) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    ground.colleague.change(goes, first_name="Annette")
    await merging.queue(ground.terminal.desk, found)
    await ground.terminal.settled()
    (edit,) = ground.terminal.box.entries()
    assert edit.state is State.CONFLICT
    assert [one.path for one in edit.answer.clashes] == ["first_name"]
    assert ground.colleague.there(goes)
    assert await ground.terminal.box.resolve(edit.client_id, {}, edit.answer)
    await ground.terminal.settled()
    assert not ground.colleague.there(goes)


async def test_undo_where_there_is_a_bin_and_nowhere_else(ground: Ground) -> None:
    stays, goes = two(ground)
    before = [shape(ground, ref) for ref in (stays, goes)]
    found = await faced(ground, stays, goes)
    take(found, "first_name")
    await merging.queue(ground.terminal.desk, found)
    await ground.terminal.settled()
    undo = await ground.terminal.box.undoing.latest()
    if not by_moving(found):
        assert undo is None
        return
    assert undo is not None
    assert not undo.new_id(ground.terminal.box.undoing.has_bin)
    await ground.terminal.box.undoing.take_back(undo)
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()
    assert [shape(ground, ref) for ref in (stays, goes)] == before


def shape(ground: Ground, ref: Ref) -> Any:
    """A record as far as merging touches it."""
    record = ground.colleague.record(ref)
    return (
        record.first_name,
        sorted(one.text() for one in record.phones),
        sorted(one.text() for one in record.tags),
        [one.target() for one in getattr(record, ground.dialect.link)],
        notes(ground, ref),
    )


async def test_answers_that_are_lost_are_looked_for_and_nothing_is_done_twice(
    ground: Ground,
) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    take(found, "first_name")
    paths = (f"/{stays.resource}/*", "/associations/*")
    ground.demo.fail(*({"kind": "cut", "path": path, "method": method, "count": 2}
                       for path in paths for method in ("PUT", "POST", "DELETE")))  # fmt: skip
    ground.demo.forget()
    await merging.queue(ground.terminal.desk, found)
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()
    is_whole(ground, stays, goes)
    moved = [one.edit for one in ground.terminal.events if isinstance(one, EditMoved)]
    assert any(isinstance(one.answer.error, Ambiguous) for one in moved)
    writes = [one for one in ground.demo.log() if one["method"] != "GET"]
    assert len(writes) == len(merging.changes(found))


async def test_a_restart_while_the_crm_is_at_it_asks_for_nothing_twice(ground: Ground) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    if by_moving(found):
        pytest.skip("nothing is left to the CRM")
    first = ground.terminal
    await first.close()
    pace = replace(FAST, merging=(0.5,) * 20)
    ground.terminal = terminal = await Terminal(ground.demo, first._folder, pace=pace).open()
    ground.demo.forget()
    await merging.queue(terminal.desk, found)
    await terminal.until(lambda: any(it.answer.note == "working" for it in terminal.box.entries()))
    await terminal.close()
    ground.terminal = terminal = await Terminal(ground.demo, first._folder).open()
    await terminal.settled()
    assert terminal.box.outbox == 0
    assert not ground.colleague.there(goes)
    assert sum("merge" in one for one in ground.demo.requests()) == 1


async def test_what_the_crm_never_does_is_given_up_and_can_be_tried_again(ground: Ground) -> None:
    stays, goes = two(ground)
    found = await faced(ground, stays, goes)
    if by_moving(found):
        pytest.skip("nothing is left to the CRM")
    path = f"/{stays.resource}/{stays.id}/merge"
    ground.demo.fail(
        {"kind": "status", "status": 200, "path": path, "method": "POST",
         "body": {"message": "person merged"}, "count": 1}
    )  # fmt: skip
    first = ground.terminal
    await first.close()
    pace = replace(FAST, merging=(0.01,) * 3)
    ground.terminal = terminal = await Terminal(ground.demo, first._folder, pace=pace).open()
    ground.demo.forget()
    await merging.queue(terminal.desk, found)
    await terminal.settled()
    (edit,) = terminal.box.entries()
    assert edit.state is State.REFUSED
    assert type(edit.answer.error).__name__ == "Unfinished"
    assert looks_at(ground.demo.requests(), goes) == 1 + len(pace.merging)
    await terminal.close()
    ground.terminal = terminal = await Terminal(ground.demo, first._folder).open()
    await terminal.box.retry(edit.client_id)
    await terminal.settled()
    assert terminal.box.outbox == 0
    assert not ground.colleague.there(goes)
