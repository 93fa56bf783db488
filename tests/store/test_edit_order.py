"""Which edits may go now, and what the others wait for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Offline, ServerBroken
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_order import anything_moves, place_of, startable
from csc_tui.store.edit_rows import Answer, Edit, State
from csc_tui.store.open_edits import OpenEdits

ANNA, BERTA = Ref("people", "1"), Ref("people", "2")


def edit(number: int, change: Change, state: State = State.QUEUED, **more: Any) -> Edit:
    return Edit(number, f"c{number}", state, change, **more)


def update(ref: Ref) -> Change:
    return Change(Verb.UPDATE, ref, values={"title": "x"})


def create(**values: str) -> Change:
    return Change(Verb.CREATE, Ref("people", ""), values=values)


def now(*edits: Edit, line_up: bool = True) -> list[int]:
    found = startable(OpenEdits(edits), 100.0, bulk=False, line_up=line_up)
    return [one.number for one in found]


def test_records_go_side_by_side_each_in_order() -> None:
    tag = Change(Verb.CREATE, Ref("tags", ""), ANNA, {"name": "VIP"})
    assert now(edit(1, update(ANNA)), edit(2, update(BERTA)), edit(3, tag)) == [1, 2]


def test_what_is_under_way_holds_its_record_and_no_other() -> None:
    sending = edit(1, update(ANNA), State.SENDING)
    assert now(sending, edit(2, update(ANNA)), edit(3, update(BERTA))) == [3]


def test_what_needs_the_user_steps_out_of_the_line() -> None:
    for state in (State.CONFLICT, State.REFUSED):
        assert now(edit(1, update(ANNA), state), edit(2, update(ANNA))) == [2]
    asks = edit(1, update(ANNA), State.UNCLEAR, asks=True)
    assert now(asks, edit(2, update(ANNA))) == [2]
    looking = edit(1, update(ANNA), State.UNCLEAR, not_before=200.0)
    assert now(looking, edit(2, update(ANNA))) == []


def test_a_child_waits_until_its_parent_has_an_id() -> None:
    parent = edit(1, create(last_name="A"))
    child = edit(2, Change(Verb.CREATE, Ref("tags", ""), parent.record, {"name": "x"}))
    assert now(parent, child) == [1]
    refused = replace(parent, state=State.REFUSED)
    assert now(refused, child) == []
    assert place_of(OpenEdits([refused, child]), child).after_record == "c1"


def test_creates_that_could_be_taken_for_each_other_go_one_after_the_other() -> None:
    first = edit(1, create(last_name="A"), State.SENDING)
    assert now(first, edit(2, create(last_name="A", first_name="B"))) == []
    assert now(first, edit(2, create(last_name="C"))) == [2]
    asks = replace(first, state=State.UNCLEAR, asks=True)
    assert now(asks, edit(2, create(last_name="A"))) == []
    alike = edit(2, create(last_name="A"))
    assert place_of(OpenEdits([asks, alike]), alike).after == asks


def test_a_moment_is_waited_for_but_not_a_line_that_is_back() -> None:
    ill = Answer(error=ServerBroken(500, "status"))
    dead = Answer(error=Offline("host", "unreachable"))
    later = edit(1, update(ANNA), State.WAITING, not_before=130.0, answer=ill)
    offline = edit(2, update(BERTA), State.WAITING, not_before=150.0, answer=dead)
    assert now(later, offline) == [2]
    assert now(later, offline, line_up=False) == []
    assert OpenEdits([later, offline]).next_time(100.0) == 130.0
    assert OpenEdits([edit(1, update(ANNA))]).next_time(100.0) is None


def test_a_chain_goes_link_by_link_and_stops_where_the_user_is_needed() -> None:
    gone = edit(3, Change(Verb.DELETE, BERTA), batch=">1")
    links = [edit(1, update(BERTA), batch=">1"), edit(2, update(ANNA), batch=">1"), gone]
    other = edit(4, update(Ref("people", "3")), batch="2")
    assert now(*links, other) == [1, 4]
    assert now(*links[1:], other) == [2, 4]
    for state in (State.CONFLICT, State.REFUSED):
        stopped = replace(links[0], state=state)
        assert now(stopped, *links[1:], other) == [4]
        known = OpenEdits([stopped, *links[1:]])
        assert [place_of(known, one).stuck for one in links[1:]] == [True, True]
        assert not anything_moves(known)
        # The rest of its chain steps out of the line too: what is saved later goes.
        assert now(stopped, *links[1:], edit(5, update(ANNA))) == [5]
    assert not any(place_of(OpenEdits(links), one).stuck for one in links)
    assert anything_moves(OpenEdits(links))
