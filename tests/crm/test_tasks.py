"""Tasks of both CRMs: what their lists are asked for, what is written when they are moved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.crm.concord.adapter import ConcordAdapter
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.filter_meaning import Reader
from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref

OLD, NEW = CentralStationAdapter(), ConcordAdapter()
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
NEWEST = Query("tasks", Sort("created", descending=True))


def sent(crm: Any, change: Change, raw: dict[str, Any] | None = None) -> list[Any]:
    resource = crm.resources()[change.record.resource]
    record = crm.record(resource, raw) if raw is not None else None
    return [(it.method, it.path, it.body) for it in crm.write(change, resource, record)]


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("responsible:me done:no due<now", {"user_id": "301", "state": "open"}),
        ("done:yes", {"state": "closed"}),
        ("-done:yes name:ruf", {}),
    ],
)
def test_a_filter_becomes_the_parameters_that_the_sheet_names(
    text: str, params: dict[str, str]
) -> None:
    wanted = Reader(OLD.resources()["tasks"], UTC, NOW, me="301").read(text)
    asked = OLD.page(OLD.narrow(NEWEST, wanted, {}), 1)
    rest = {name: it for name, it in asked.query if name not in ("page", "perpage", "methods")}
    assert rest == {"order": "id-desc", **params}


def test_the_length_of_its_list_cannot_be_asked_for_nor_can_it_be_searched() -> None:
    assert OLD.count(NEWEST) is None
    assert OLD.search("tasks", "ruf") == ()
    assert "filter" not in str((OLD.changes("tasks", NOW, 1), OLD.twins("tasks", NOW)))


TASK = {"id": 9, "name": "Rückruf", "user_id": 301, "attachable_type": "Person",
        "attachable_id": 42, "precise_time": "2026-11-26T09:00:00.000+01:00",
        "end_time": "2026-11-26T09:30:00.000+01:00", "finished": None}  # fmt: skip


def test_a_moved_task_takes_its_end_along() -> None:
    ref, due = Ref("tasks", "9"), "2026-11-27T08:00:00+00:00"
    change = Change(Verb.UPDATE, ref, None, {"due": due})
    body = {"precise_time": due, "end_time": "2026-11-27T08:30:00+00:00"}
    assert sent(OLD, change, TASK) == [("PUT", "/tasks/9", {"task": body})]
    done = Change(Verb.UPDATE, ref, None, {"done": True})
    assert sent(OLD, done, TASK) == [("PUT", "/tasks/9", {"task": {"finished": True}})]


def test_a_moved_activity_is_sent_with_both_ends_and_stays_a_day_or_a_moment() -> None:
    ref, raw = Ref("activities", "9"), {"id": 9, "due_date": "2026-11-26", "end_date": "2026-11-27"}
    change = Change(Verb.UPDATE, ref, None, {"due": "2026-12-01"})
    body = {"due_date": "2026-12-01", "end_date": "2026-12-02"}
    assert sent(NEW, change, raw) == [("PUT", "/activities/9", body)]
    change = Change(Verb.UPDATE, ref, None, {"end": "2026-11-30"})
    body = {"due_date": "2026-11-26", "end_date": "2026-11-30"}
    assert sent(NEW, change, raw) == [("PUT", "/activities/9", body)]
    timed = {**raw, "due_date": "2026-11-26T08:00:00.000000Z", "end_date": None}
    change = Change(Verb.UPDATE, ref, None, {"due": "2026-12-01T13:00:00+00:00"})
    body = {"due_date": "2026-12-01 13:00:00", "end_date": "2026-12-01 13:00:00"}
    assert sent(NEW, change, timed) == [("PUT", "/activities/9", body)]


def test_what_a_task_is_about_is_replaced_and_taken_away() -> None:
    ref = Ref("tasks", "9")
    link = Change(Verb.CREATE, Ref("companies", ""), ref, {"record": {"id": "7", "name": ""}})
    body = {"task": {"attachable_type": "Company", "attachable_id": 7}}
    assert sent(OLD, link, TASK) == [("PUT", "/tasks/9", body)]
    gone = {"task": {"attachable_type": None, "attachable_id": None}}
    away = Change(Verb.DELETE, Ref("people", "42"), ref)
    assert sent(OLD, away, TASK) == [("PUT", "/tasks/9", gone)]
    assert sent(OLD, Change(Verb.DELETE, Ref("people", "43"), ref), TASK) == []


@pytest.mark.parametrize("odd", [17, "soon", {"a": 1}, ["2026"]])
def test_a_due_time_that_is_none_is_kept_raw_and_the_rest_is_read(odd: object) -> None:
    task = OLD.record(OLD.resources()["tasks"], {**TASK, "precise_time": odd})
    assert (task.value("due"), task.value("name")) == (None, "Rückruf")
    assert task.unreadable["precise_time"] == odd
