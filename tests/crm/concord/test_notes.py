"""Notes and calls: one history out of two kinds of record, whatever the server leaves out."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from csc_tui.crm.adapter import Entries
from csc_tui.crm.concord.history import EntryHistory
from csc_tui.crm.concord.notes import NOTES, Entry
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from tests.crm.concord.examples import CONTACT, CRM

REF = Ref("contacts", "7")
NOTE: dict[str, Any] = {
    "id": 5,
    "body": "<p>Met in Köln.</p>",
    "user_id": 1,
    "created_at": "2026-11-04T09:00:00.000000Z",
}
CALL: dict[str, Any] = {
    "id": 5,
    "body": "<p>wants the <b>crane</b></p>",
    "call_outcome_id": 2,
    "outcome": {"id": 2, "name": "Reached"},
    "user": {"id": 1, "name": "Sabine Krüger"},
    "date": "2026-11-19T15:42:00.000000Z",
    "created_at": "2026-11-01T09:00:00.000000Z",
}


def asked(*answers: Any) -> tuple[list[Request], Entries]:
    """What is asked one after the other, and what comes of these answers."""
    asking = EntryHistory().page(REF, 1)
    requests = [next(asking)]
    for number, data in enumerate(answers, start=1):
        try:
            requests.append(asking.send(Response(200, {}, data)))
        except StopIteration as done:
            assert number == len(answers)
            return requests, done.value
    raise AssertionError(f"more was asked: {requests[-1]}")


def test_one_request_gives_the_record_and_both_kinds_the_newest_first() -> None:
    requests, entries = asked({**CONTACT, "notes": [NOTE], "calls": [CALL]})
    assert [(one.path, dict(one.query)["with"]) for one in requests] == [
        ("/contacts/7", "companies;deals;notes;calls")
    ]
    assert [one["id"] for one in entries.raws] == ["call-5", "note-5"]
    assert (entries.record, entries.more) == (CONTACT, False)


@pytest.mark.parametrize(
    "brief", [{}, {"notes": None}, {"notes": [{"id": 5, "display_name": "Note"}], "calls": []}]
)
def test_what_a_record_does_not_hold_whole_comes_from_its_list_all_pages(brief: Any) -> None:
    pages = [
        {"data": [NOTE], "meta": {"last_page": 2}},
        {"data": [{**NOTE, "id": 4}], "meta": {"last_page": 2}},
    ]
    calls = [] if "calls" in brief else [{"data": [CALL]}]
    requests, entries = asked({**CONTACT, **brief}, *pages, *calls)
    told = [f"{one.path}?{dict(one.query)['page']}" for one in requests[1:]]
    assert told[:2] == ["/contacts/7/notes?1", "/contacts/7/notes?2"]
    assert told[2:] == ["/contacts/7/calls?1"] * len(calls)
    wanted = ["call-5"] * len(calls) + ["note-5", "note-4"]
    assert [one["id"] for one in entries.raws] == wanted


def test_a_list_that_never_ends_is_left() -> None:
    asking = EntryHistory().page(REF, 1)
    next(asking)
    sent, data = 0, {**CONTACT, "calls": []}
    while inspect.getgeneratorstate(asking) != inspect.GEN_CLOSED:
        try:
            asking.send(Response(200, {}, data))
        except StopIteration:
            break
        sent += 1
        data = {"data": [NOTE], "meta": {"last_page": 10**7}}
    assert sent == 40


@pytest.mark.parametrize("data", [None, [], "x", {"data": 3}, {"id": {}}])
def test_what_cannot_be_a_record_is_said(data: Any) -> None:
    with pytest.raises(ServerBroken):
        asked(data)


def test_an_entry_reads_as_words_with_the_names_that_came_along() -> None:
    _, entries = asked({**CONTACT, "notes": [NOTE], "calls": [CALL]})
    call, note = (Entry.read(one) for one in entries.raws)
    assert (call.kind_words(), call.who()) == ("call, Reached", "Sabine Krüger")
    assert (call.text(), note.text()) == ("wants the crane", "Met in Köln.")
    assert str(call.when()) == "2026-11-19 15:42:00+00:00"
    assert (note.kind_words(), note.who()) == ("note", "")
    assert not call.allows(Verb.UPDATE)
    assert note.allows(Verb.UPDATE)
    assert Entry.read({**NOTE, "user": 3, "outcome": [], "body": [7]}).text() == ""


def write(verb: Verb, made: str, base: Any = None, **values: Any) -> tuple[str, str, Any]:
    change = Change(verb, Ref("notes", made), REF, values, base or {})
    (request,) = CRM.write(change, CRM.resources()["contacts"], None)
    return request.method, request.path, request.body


VIA = {"via_resource": "contacts", "via_resource_id": 7}


def test_both_kinds_are_written_where_they_belong() -> None:
    text = {"content": "a & b\n\nc"}
    body = {"body": "<p>a &amp; b</p><p>c</p>", **VIA}
    made = {**body, "contacts": [7]}
    when, sent = "2026-11-19T16:42:00+01:00", {"call_outcome_id": 2, "date": "2026-11-19 15:42:00"}
    as_call = {"kind": "call", "outcome": "2", "date": when}
    assert write(Verb.CREATE, "", **text) == ("POST", "/notes", made)
    assert write(Verb.CREATE, "", **as_call, **text) == ("POST", "/calls", {**made, **sent})
    assert write(Verb.UPDATE, "note-5", **text) == ("PUT", "/notes/5", body)
    assert write(Verb.UPDATE, "call-5", outcome="2") == (
        "PUT",
        "/calls/5",
        {"call_outcome_id": 2, **VIA},
    )
    assert write(Verb.DELETE, "call-5") == ("DELETE", "/calls/5", None)


def test_what_was_deleted_is_made_anew_with_all_its_markup() -> None:
    note = Entry.read({**NOTE, "id": "note-5", "kind": "note", "body": "<ul><li>x</li></ul>"})
    _, _, body = write(Verb.CREATE, "", **note.base())
    assert body["body"] == "<ul><li>x</li></ul>"


def test_the_id_of_a_new_entry_tells_its_kind() -> None:
    for kind, wanted in (("call", "call-9"), ("note", "note-9"), (None, "note-9")):
        change = Change(Verb.CREATE, Ref("notes", ""), REF, {"kind": kind})
        assert CRM.read_created(Response(201, {}, {"id": 9}), change) == wanted
    assert CRM.read_created(Response(201, {}, {}), change) == ""


def test_a_kind_is_chosen_once() -> None:
    from csc_tui.domain.form import part_entries

    def offered(part: Entry | None) -> list[str]:
        return [one.path for one in part_entries(NOTES, part)]

    assert offered(None) == ["kind", "outcome", "date", "content"]
    assert offered(Entry.read({**NOTE, "kind": "note"})) == ["content"]
    assert offered(Entry.read({**CALL, "kind": "call"})) == ["outcome", "date", "content"]
