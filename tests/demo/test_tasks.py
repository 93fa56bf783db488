"""Tasks: whose, when and about what; the parameters of their list; what a record shows of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Crm


def make(crm: Crm, **values: Any) -> Any:
    return crm.post("tasks", {"task": {"name": "Rückruf", "user_id": crm.user, **values}})["task"]


def ids(found: list[dict[str, Any]]) -> set[int]:
    return {one["task"]["id"] for one in found}


def test_a_task_is_about_one_record_another_or_none(crm: Crm) -> None:
    person, company = crm.person()["id"], crm.company()["id"]
    path = f"tasks/{make(crm, attachable_type='Person', attachable_id=person)['id']}"
    assert crm.get(f"people/{person}/tasks")[0]["task"]["attachable_id"] == person
    crm.put(path, {"task": {"attachable_type": "Company", "attachable_id": company}})
    assert crm.get(f"people/{person}/tasks") == []
    assert len(crm.get(f"companies/{company}/tasks")) == 1
    crm.put(path, {"task": {"attachable_type": None, "attachable_id": None}})
    assert crm.get(path)["task"]["attachable_type"] is None
    refused = crm.send("PUT", path, {"task": {"attachable_type": "Person", "attachable_id": 1}})
    assert refused.status_code == 422


def test_what_is_pending_hangs_on_the_record(crm: Crm) -> None:
    person = crm.person()["id"]
    about = {"attachable_type": "Person", "attachable_id": person}
    one, other = make(crm, **about), make(crm, **about, finished=True)
    shown = crm.get(f"people/{person}", includes="tasks pending_tasks tasks_pending")["person"]
    assert [it["id"] for it in shown["tasks"]] == [one["id"], other["id"]]
    assert [it["id"] for it in shown["pending_tasks"]] == [one["id"]]
    assert shown["pending_tasks"] == shown["tasks_pending"]


def test_the_list_is_narrowed_by_state_user_and_day_and_is_not_counted(crm: Crm) -> None:
    one = make(crm, precise_time="2026-12-01T08:00:00Z")["id"]
    other = make(crm, precise_time="2026-12-02", user_id=crm.colleague, finished=True)["id"]
    both = {one, other}
    assert ids(crm.get("tasks", perpage=250, state="open")) & both == {one}
    assert ids(crm.get("tasks", perpage=250, state="closed")) & both == {other}
    assert ids(crm.get("tasks", perpage=250, user_id=crm.colleague)) & both == {other}
    assert ids(crm.get("tasks", perpage=250, before="2026-12-02")) & both == {one}
    assert ids(crm.get("tasks", perpage=250, after="2026-12-01")) & both == {other}
    assert crm.get("tasks", perpage=1, order="id-desc")[0]["task"]["id"] == other
    assert crm.send("GET", "tasks/count").status_code == 404


@pytest.mark.parametrize(
    ("kept", "shown"), [("date", "2026-12-01"), ("midnight", "2026-12-01T00:00:00.000+01:00")]
)
def test_a_day_without_a_time_is_shown_as_the_switch_says(
    open_crm: Callable[..., Crm], kept: str, shown: str
) -> None:
    crm = open_crm(task_days=kept)
    assert make(crm, precise_time="2026-12-01")["precise_time"] == shown
    moment = make(crm, precise_time="2026-12-01T08:00:00Z")["precise_time"]
    assert moment == "2026-12-01T09:00:00.000+01:00"


@pytest.mark.parametrize(
    ("values", "key"),
    [({"name": ""}, "name"), ({"user_id": None}, "user_id"), ({"user_id": 1}, "user_id"),
     ({"precise_time": "soon"}, "precise_time"), ({"badge": "meeting"}, "badge")],
)  # fmt: skip
def test_what_a_task_cannot_be(crm: Crm, values: dict[str, Any], key: str) -> None:
    body = {"task": {"name": "Rückruf", "user_id": crm.user, **values}}
    assert set(crm.post("tasks", body, 422)) == {key}


def test_the_owner_of_the_key_has_something_late_and_something_today(crm: Crm) -> None:
    mine = crm.get("tasks", perpage=250, state="open", user_id=crm.user)
    days = [one["task"]["precise_time"][:10] for one in mine]
    assert sum(day < "2026-11-01" for day in days) >= 3
    assert sum(day == "2026-11-01" for day in days) >= 2
    assert sum(day > "2026-11-01" for day in days) >= 3
