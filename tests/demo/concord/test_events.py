"""Activities, calls, notes, comments, links and the timeline (Concord fact sheet §8, §10, §12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Crm


def activity(crm: Crm, **more: object) -> dict[str, Any]:
    """A new activity."""
    body = {"title": "Rückruf", "activity_type_id": 1, "user_id": crm.user}
    made: dict[str, Any] = crm.post("activities", {**body, "due_date": "2026-11-05", **more})
    return made


@pytest.mark.parametrize(
    ("due", "end", "shown"),
    [
        ("2026-11-05", None, ("2026-11-05", "2026-11-05")),
        (
            *("2026-11-05 08:00:00", "2026-11-05 09:00:00"),
            ("2026-11-05T08:00:00.000000Z", "2026-11-05T09:00:00.000000Z"),
        ),
        (
            *("2026-11-05T08:00:00+02:00", "2026-11-05"),
            ("2026-11-05T06:00:00.000000Z", "2026-11-05"),
        ),
    ],
)
def test_when_an_activity_is_due(crm: Crm, due: str, end: str, shown: tuple[str, str]) -> None:
    made = activity(crm, due_date=due, end_date=end)
    assert (made["due_date"], made["end_date"]) == shown
    assert (made["is_due"], made["is_completed"], made["created_by"]) == (False, False, crm.user)


def test_all_day_may_read_as_midnight(open_crm: Callable[..., Crm]) -> None:
    assert activity(open_crm(all_day="midnight"))["due_date"] == "2026-11-05T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"title": ""}, {"title"}),
        ({"user_id": None}, {"user_id"}),
        ({"end_date": "2026-12-01"}, {"due_date"}),
        ({"due_date": "2026-11-05", "end_date": "2026-11-04"}, {"end_date"}),
        ({"due_date": "2026-11-05 08:00:00", "end_date": "2026-11-06"}, {"end_date"}),
        ({"due_date": "soon"}, {"due_date"}),
        ({"due_time": "08:00"}, {"due_date"}),
        ({"reminder_minutes_before": 0}, {"reminder_minutes_before"}),
        ({"reminder_minutes_before": 40321}, {"reminder_minutes_before"}),
    ],
)
def test_what_an_activity_cannot_be(crm: Crm, body: object, errors: set[str]) -> None:
    refused = crm.put(f"activities/{activity(crm)['id']}", body, 422)
    assert set(refused["errors"]) == errors


def test_an_activity_is_done_and_undone_and_has_guests(crm: Crm) -> None:
    person = crm.contact(email="gast@birch.test")
    guests = {"users": [crm.colleague], "contacts": [person["id"]]}
    made = activity(crm, guests=guests, contacts=[person["id"]], due_date="2026-11-01")
    path = f"activities/{made['id']}"
    assert {one["resource_name"] for one in made["guests"]} == {"users", "contacts"}
    assert (made["is_due"], made["contacts"][0]["id"]) == (True, person["id"])
    shown = crm.get(f"contacts/{person['id']}")
    assert shown["incomplete_activities_for_user_count"] == 1
    assert shown["next_activity_date"] == "2026-11-01T00:00:00.000000Z"
    done = crm.put(path, {"is_completed": True})
    assert (done["is_completed"], done["completed_at"]) == (True, "2026-11-02T09:00:00.000000Z")
    assert crm.post(f"{path}/incomplete", status=200)["is_completed"] is False
    assert crm.post(f"{path}/complete", status=200)["is_completed"] is True
    assert crm.get(f"contacts/{person['id']}")["incomplete_activities_for_user_count"] == 0


def test_a_note_needs_a_parent_and_a_text(crm: Crm) -> None:
    person = crm.contact()["id"]
    at = {"via_resource": "contacts", "via_resource_id": person}
    errors = {"body", "via_resource", "via_resource_id"}
    assert set(crm.post("notes", {}, 422)["errors"]) == errors
    wrong = {"body": "x", "via_resource": "sources", "via_resource_id": 1}
    assert set(crm.post("notes", wrong, 422)["errors"]) == {"via_resource"}
    gone = {**at, "via_resource_id": 999_999, "body": "x"}
    assert set(crm.post("notes", gone, 422)["errors"]) == {"via_resource_id"}
    note = crm.post("notes", {"body": "<p>Hallo</p><script>x()</script>", **at})
    assert (note["body"], note["user_id"]) == ("<p>Hallo</p>", crm.user)
    assert crm.ids(f"contacts/{person}/notes") == [note["id"]]
    assert crm.get(f"contacts/{person}")["notes_count"] == 1
    path = f"notes/{note['id']}"
    assert set(crm.put(path, {"body": "Neu"}, 422)["errors"]) == errors - {"body"}
    assert set(crm.put(path, at, 422)["errors"]) == {"body"}
    assert crm.put(path, {"body": "Neu", **at})["body"] == "Neu"
    crm.delete(path)
    assert crm.ids(f"contacts/{person}/notes") == []


def test_via_alone_may_hang_nothing(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(via_links=False)
    person = crm.contact()["id"]
    at = {"via_resource": "contacts", "via_resource_id": person}
    crm.post("notes", {"body": "x", **at})
    both = crm.post("notes", {"body": "y", **at, "contacts": [person]})["id"]
    assert crm.ids(f"contacts/{person}/notes") == [both]


def test_a_call_has_an_outcome_and_a_time(crm: Crm) -> None:
    person = crm.contact()["id"]
    errors = {"call_outcome_id", "date", "body"}
    assert set(crm.post("calls", {}, 422)["errors"]) == errors
    call = crm.post(
        "calls",
        {
            "call_outcome_id": 2,
            "date": "2026-11-01 08:00:00",
            "body": "x",
            "via_resource": "contacts",
            "via_resource_id": person,
        },
    )
    assert (call["date"], call["outcome"]["id"]) == ("2026-11-01T08:00:00.000000Z", 2)
    assert crm.get(f"contacts/{person}")["calls_count"] == 1
    crm.delete("call-outcomes/2", status=409)


def test_comments_of_calls_say_where_they_stand(crm: Crm) -> None:
    free = f"activities/{activity(crm)['id']}"
    made = crm.post(f"{free}/comments", {"body": "eins"})
    crm.post(f"{free}/comments", {"body": "zwei"})
    assert set(made) >= {"id", "body", "created_by", "creator", "created_at", "updated_at"}
    assert [one["body"] for one in crm.get(f"{free}/comments")] == ["eins", "zwei"]
    assert crm.get(free)["comments_count"] == 2
    path = f"comments/{made['id']}"
    assert crm.put(path, {"body": "drei"})["body"] == crm.get(path)["body"] == "drei"
    crm.delete(path)
    assert len(crm.get(f"{free}/comments")) == 1
    note = crm.get("notes")["data"][0]["id"]
    via = {"via_resource": "contacts", "via_resource_id": 90417}
    refused = crm.post(f"notes/{note}/comments", {}, 422)
    assert set(refused["errors"]) == {"via_resource", "via_resource_id", "body"}
    crm.get(f"notes/{note}/comments", 422)
    crm.post(f"notes/{note}/comments", {"body": "x", **via})
    assert len(crm.get(f"notes/{note}/comments", **via)) == 1
    crm.get("contacts/90417/comments", 404)
    for method, where in (("PUT", f"{free}/comments"), ("POST", path)):
        assert crm.send(method, where, {}).status_code in (404, 405)


def test_put_attaches_post_replaces_delete_detaches(crm: Crm) -> None:
    one, two, three = (crm.company(name=name)["id"] for name in ("A", "B", "C"))
    person = crm.contact(companies=[one])["id"]
    path = f"associations/contacts/{person}"

    def linked() -> list[int]:
        return [company["id"] for company in crm.get(path)["companies"]]

    assert crm.put(path, {"companies": [two]})["id"] == person
    assert linked() == [one, two]
    crm.put(path, {"companies": [two]}, 409)
    crm.put(path, {"companies": [two, three]})
    crm.post(path, {"companies": [three], "deals": "nonsense"}, 200)
    assert linked() == [three]
    crm.put(path, {"companies": [999_999]}, 403)
    crm.delete(path, {"companies": [three]}, status=200)
    assert linked() == []
    for verb in ("PUT", "POST", "DELETE"):
        assert crm.send(verb, path, {"nonsense": [1]}).status_code == 409
    assert crm.get(f"companies/{three}")["contacts_count"] == 0
    crm.get("associations/sources/1", 404)


def test_the_first_associated_record_is_marked(crm: Crm) -> None:
    person = crm.contact(companies=[crm.company()["id"], crm.company(name="B")["id"]])["id"]
    found = crm.get(f"associations/contacts/{person}")
    assert set(found) >= {"companies", "deals", "activities"}
    assert [one["is_primary_associated"] for one in found["companies"]] == [True, False]


def test_the_timeline_is_everything_latest_first(crm: Crm) -> None:
    person = crm.contact()["id"]
    crm.clock.forward(60)
    at = {"via_resource": "contacts", "via_resource_id": person}
    crm.post("notes", {"body": "x", **at})
    crm.clock.forward(60)
    activity(crm, contacts=[person])
    crm.clock.forward(60)
    crm.put(f"contacts/{person}", {"city": "Oslo"})
    found = crm.get(f"contacts/{person}/timeline")
    assert set(found) == {"data", "resources"}
    relations = [one["timeline_relation"] for one in found["data"]]
    assert relations == ["changelog", "activities", "notes", "changelog"]
    assert found["data"][0]["properties"] == {"attributes": ["city"]}
    assert {one["name"] for one in found["resources"]} == {"notes", "calls", "activities"}
    crm.get("sources/1/timeline", 404)


def test_tags_are_kept_by_super_admins(crm: Crm) -> None:
    made = crm.post("tags/contacts", {"name": "Neu", "swatch_color": "#112233"})
    assert crm.contact(tags=["neu"])["tags"] == [made]
    path = f"tags/{made['id']}"
    assert crm.put(path, {"name": "Alt", "swatch_color": "#112233"})["name"] == "Alt"
    bad = crm.post("tags", {"name": "a,b", "swatch_color": "red"}, 422)
    assert set(bad["errors"]) == {"name", "swatch_color"}
    order = [{"id": made["id"], "display_order": 99}]
    assert crm.send("POST", "tags/order", order).status_code == 204
    assert crm.contact(tags=["Alt"])["tags"][0]["display_order"] == 99
    crm.delete(path)
    crm.put(path, {"name": "x", "swatch_color": "#112233"}, 404)
    crm.get("tags/1/2", 404)


def test_only_what_has_a_trash_has_one(open_crm: Callable[..., Crm]) -> None:
    for switch in ("404", "405"):
        crm = open_crm(trash_of_others=switch)
        crm.get("trashed/notes", int(switch))
        for name in ("contacts", "companies", "deals", "activities", "products"):
            assert crm.get(f"trashed/{name}")["data"] == []
