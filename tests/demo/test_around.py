"""What stands round the records: comments, files, mails, appointments, the stream, hooks, lists."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from .conftest import Crm

JUERGEN, BRANDT = 90417, 4411
FILE = base64.b64encode(b"Angebot").decode()


def only(answer: dict[str, Any]) -> Any:
    return next(iter(answer.values()))


def note(crm: Crm, **more: object) -> dict[str, Any]:
    body = {"protocol": {"content": "x", **more}}
    made: dict[str, Any] = only(crm.post(f"people/{JUERGEN}/protocols", body))
    return made


def task(crm: Crm) -> dict[str, Any]:
    made: dict[str, Any] = only(crm.post("tasks", {"task": {"name": "x", "user_id": crm.user}}))
    return made


def appointment(crm: Crm, **more: object) -> dict[str, Any]:
    body = {
        "user_id": crm.user,
        "group_calendar_id": "1",
        "name": "Besuch",
        "starts_at": "2026-11-03T10:00:00+01:00",
        "ends_at": "2026-11-03T11:00:00+01:00",
        "status": "confirmed",
        **more,
    }
    made: dict[str, Any] = only(crm.post("cal_events?includes=all", {"cal_event": body}))
    return made


def mail(crm: Crm) -> dict[str, Any]:
    body = {"external_email": {"subject": "Angebot", "content_html": "<p>x</p>"}}
    made: dict[str, Any] = only(crm.post(f"companies/{BRANDT}/external_emails", body))
    return made


def attached(crm: Crm, owner: int, kind: str = "Protocol", **more: object) -> dict[str, Any]:
    body = {"filename": "Angebot.txt", "content_type": "text/plain", "data": FILE, **more}
    body |= {"attachable_type": kind, "attachable_id": owner}
    return dict(crm.post("attachments", {"attachment": body}))


def test_a_comment_is_read_with_what_it_is_about_and_counted_there(crm: Crm) -> None:
    for kind, path, made in (
        *(("Protocol", "protocols", note(crm)), ("Task", "tasks", task(crm))),
        ("CalEvent", "cal_events", appointment(crm)),
    ):
        body = {"name": "erledigt", "attachable_type": kind, "attachable_id": made["id"]}
        comment = crm.post("comments", {"comment": body})["comment"]
        assert list(comment) == [
            *("id", "attachable_id", "attachable_type", "user_id", "name"),
            *("created_at", "updated_at"),
        ]
        assert (comment["attachable_id"], comment["user_id"]) == (str(made["id"]), crm.user)
        shown = only(crm.get(f"{path}/{made['id']}", includes="comments"))
        assert shown["comments"] == [comment]
        assert shown["comments_count"] == 1
        crm.delete(f"{path}/{made['id']}")
        left = crm.store.number("SELECT count(*) FROM comments WHERE id = ?", [comment["id"]])
        assert left == 0


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": "x"}, {"attachable": ["must exist"]}),
        ({"name": "x", "attachable_type": "Person"}, {"attachable": ["must exist"]}),
        (
            {"name": "x", "attachable_type": "Task", "attachable_id": 1},
            {"attachable": ["must exist"]},
        ),
    ],
)
def test_a_comment_is_about_something_that_takes_comments(
    crm: Crm, given: dict[str, object], refusal: object
) -> None:
    if given.get("attachable_type") == "Person":
        given = {**given, "attachable_id": JUERGEN}
    assert crm.post("comments", {"comment": given}, 422) == refusal


def test_a_comment_says_something(crm: Crm) -> None:
    about = {"attachable_type": "Task", "attachable_id": task(crm)["id"]}
    assert crm.post("comments", {"comment": about}, 422) == {"name": ["can't be blank"]}


def test_a_file_stands_beside_its_wrapper_and_is_counted(crm: Crm) -> None:
    made = note(crm)
    answer = attached(crm, made["id"], attachment_category_name="Angebote")
    assert list(answer) == ["attachment", "data"]
    assert answer["data"] == FILE
    assert list(answer["attachment"]) == [
        *("id", "account_id", "user_id", "attachable_id", "attachable_type"),
        *("attachment_category_id", "filename", "content_type", "size", "created_at", "updated_at"),
    ]
    assert isinstance(answer["attachment"]["id"], str)
    assert (answer["attachment"]["size"], answer["attachment"]["user_id"]) == (7, crm.user)
    assert only(crm.get(f"protocols/{made['id']}"))["attachments_count"] == 1
    path = f"protocols/{made['id']}/attachments"
    assert crm.get(path) == crm.get(f"people/{JUERGEN}/{path}") == [answer]
    crm.get(f"people/{crm.person()['id']}/{path}", 404)
    one = f"{path}/{answer['attachment']['id']}"
    shown = crm.get(one, includes="comments user", methods="attachment_category_name")
    assert shown["attachment"]["comments"] == []
    assert shown["attachment"]["user"]["id"] == crm.user
    assert shown["attachment"]["attachment_category_name"] == "Angebote"
    assert crm.send("PUT", one, {"attachment": {"filename": "y"}}).status_code == 404
    crm.delete(f"people/{JUERGEN}/{one}")
    assert crm.get(path) == []
    assert only(crm.get(f"protocols/{made['id']}"))["attachments_count"] == 0


def test_files_are_found_by_the_beginning_of_their_name(crm: Crm) -> None:
    made = note(crm)["id"]
    first = attached(crm, made, filename="Übersicht.pdf")
    attached(crm, made, filename="Keine Übersicht.pdf")
    assert crm.get("attachments/search", filename="übers") == [first]
    assert crm.get("attachments/search", 400) == {}


@pytest.mark.parametrize("data", [None, "", "kein base64!", 5])
def test_a_file_is_base64(crm: Crm, data: object) -> None:
    body = {"filename": "x", "data": data}
    path = f"protocols/{note(crm)['id']}/attachments"
    assert list(crm.post(path, {"attachment": body}, 422)) == ["data"]


def test_mails_of_people_and_companies_take_comments_and_files(crm: Crm) -> None:
    made = mail(crm)
    keys = ["id", "confidential", "subject", "content_html", "created_at", "updated_at"]
    assert list(made) == keys
    path = f"companies/{BRANDT}/external_emails"
    body = {"name": "gelesen", "attachable_type": "ExternalEmail", "attachable_id": made["id"]}
    comment = crm.post("comments", {"comment": body})["comment"]
    assert crm.get(path, includes="comments") == [
        {"external_email": {**made, "comments": [comment]}}
    ]
    file = {"attachment": {"filename": "x", "data": FILE}}
    added = crm.post(f"external_emails/{made['id']}/attachments", file)["attachment"]
    assert (added["attachable_type"], added["attachable_id"]) == ("ExternalEmail", made["id"])
    crm.get("external_emails", 404)


def test_an_appointment_has_its_calendar_and_who_comes(crm: Crm) -> None:
    calendar = crm.get("group_calendars")[0]["group_calendar"]
    assert list(calendar) == ["id", "name", "color_type", "read_only", "created_at", "updated_at"]
    assert crm.get(f"group_calendars/{calendar['id']}") == {"group_calendar": calendar}
    coming = [{"person_id": JUERGEN}, {"user_id": crm.colleague}]
    made = appointment(
        crm, cal_event_attendees_attributes=coming, attachable_type="Person", attachable_id=JUERGEN
    )
    assert isinstance(made["id"], str)
    assert made["starts_at"] == "2026-11-03T10:00:00.000+01:00"
    assert made["group_calendar"] == calendar
    assert [one["id"] for one in made["people"]] == [JUERGEN]
    assert [one["id"] for one in made["users"]] == [crm.colleague]
    attendee = made["cal_event_attendees"][0]
    assert list(attendee) == ["id", "cal_event_id", "user_id", "person_id", "email", "status"]
    assert (attendee["cal_event_id"], attendee["person_id"]) == (made["id"], str(JUERGEN))
    body = {"cal_event_attendees_attributes": [{"id": attendee["id"], "status": "accepted"}]}
    crm.put(f"cal_events/{made['id']}", {"cal_event": {"location": "Werk 2", **body}})
    shown = only(crm.get(f"cal_events/{made['id']}", includes="cal_event_attendees"))
    assert (shown["location"], shown["cal_event_attendees"][0]["status"]) == ("Werk 2", "accepted")
    person = crm.get(f"people/{JUERGEN}", includes="upcoming_cal_events")["person"]
    assert made["id"] in [one["id"] for one in person["upcoming_cal_events"]]
    crm.clock.forward(86_400 * 2)
    person = crm.get(f"people/{JUERGEN}", includes="upcoming_cal_events")["person"]
    assert made["id"] not in [one["id"] for one in person["upcoming_cal_events"]]


def test_appointments_are_narrowed_by_time(crm: Crm) -> None:
    made = appointment(crm)["id"]

    def found(**params: object) -> bool:
        items = crm.get("cal_events", perpage=250, **params)
        return made in [one["cal_event"]["id"] for one in items]

    assert found(state="upcoming")
    assert not found(state="old")
    assert found(after="2026-11-03", before="2026-11-04")
    assert not found(before="2026-11-03")
    assert crm.get("cal_events", 400, before="soon") == {}


def test_what_an_appointment_must_have(crm: Crm) -> None:
    refused = crm.post("cal_events", {"cal_event": {"location": "x", "starts_at": "soon"}}, 422)
    assert refused == {
        **{name: ["can't be blank"] for name in ("user_id", "group_calendar_id", "name")},
        "starts_at": ["is invalid"],
        "ends_at": ["can't be blank"],
        "status": ["can't be blank"],
    }


def test_the_stream_has_what_was_done_and_not_what_was_done_quietly(crm: Crm) -> None:
    assert crm.get("activities") == []
    person = crm.person(first_name="Ilse", name="Brandt")["id"]
    crm.put(f"people/{person}?no_log=true", {"person": {"title": "Dr."}})
    crm.post(f"people/{person}/tags", {"tag": {"name": "Messe"}})
    items = [one["activity"] for one in crm.get("activities", includes="user activity_receivers")]
    assert [(one["verb"], one["name"]) for one in items] == [
        ("create", "Ilse Brandt"),
        ("update", "Ilse Brandt"),
    ]
    assert list(items[0])[:13] == [
        *("id", "account_id", "user_id", "attachable_id", "attachable_type", "verb"),
        *("confidential", "fav", "api_input", "name", "change", "created_at", "updated_at"),
    ]
    assert (items[0]["attachable_id"], items[0]["change"]) == (str(person), {})
    assert items[0]["user"]["id"] == crm.user
    assert crm.get(f"people/{person}/activities") == crm.get("activities", person_id=person)
    assert crm.get("activities", company_id=person) == []
    assert crm.get("activities/count") == {"total_entries": 2}
    assert crm.send("POST", "activities", {"activity": {"name": "x"}}).status_code == 404
    crm.get("activities/index", 404)


def test_a_hook_is_kept_and_never_called(crm: Crm) -> None:
    wanted = {"model": "Person", "event": "update", "target_url": "http://crm.example/hook"}
    wanted |= {"object_type": "nested", "hook_type": "url", "state": "active"}
    made = crm.post("hooks", {"hook": {**wanted, "methods": ["absolute_url"]}})["hook"]
    assert wanted.items() <= made.items()
    assert made["methods"] == ["absolute_url"]
    assert crm.get("hooks") == [{"hook": made}]
    crm.get(f"hooks/{made['id']}", 404)
    crm.delete(f"hooks/{made['id']}")
    assert crm.get("hooks") == []
    long = {"model": "User", "event": "read", "target_url": "http://" + "x" * 190}
    assert set(crm.post("hooks", {"hook": long}, 422)) == {"model", "event", "target_url"}


def test_a_kept_list_gives_the_records_of_its_model(crm: Crm) -> None:
    groups = {one["filter_group"]["name"]: one["filter_group"] for one in crm.get("filter_groups")}
    keys = ["id", "account_id", "model_type", "name", "created_at", "updated_at"]
    assert list(groups["VIP"]) == keys
    kept = crm.get(f"filter_groups/{groups['VIP']['id']}", perpage=250)
    assert kept
    assert kept == crm.get("people", tag_name="VIP", perpage=250)
    assert len(crm.get(f"filter_groups/{groups['Open']['id']}", perpage=3)) == 3
    project = crm.get("projects", perpage=1)[0]["project"]["id"]
    crm.put(f"projects/{project}", {"project": {"current_state": "won"}})
    won = crm.get(f"filter_groups/{groups['Won']['id']}", includes="company")
    assert project in [one["project"]["id"] for one in won]
    assert {one["project"]["current_state"] for one in won} == {"won"}
    crm.get("filter_groups/1", 404)


@pytest.mark.parametrize("path", ["user", "projects/3008", "deals/7008"])
def test_a_maildrop_is_an_address(crm: Crm, path: str) -> None:
    table, _, _ = path.partition("/")
    if table != "user":
        path = f"{table}/{only(crm.get(table, perpage=1)[0])['id']}"
    shown = crm.get(f"{path}/maildrop")["maildrop"]
    assert list(shown) == [
        *("id", "account_id", "user_id", "entity_type", "entity_id", "email_address"),
        *("created_at", "updated_at"),
    ]
    kinds = {"user": None, "projects": "Project", "deals": "Deal"}
    assert shown["entity_type"] == kinds[table]
    assert shown["email_address"].endswith("@maildrop.example")
    assert crm.send("POST", f"{path}/maildrop", {}).status_code == 404
    crm.get("people/90417/maildrop", 404)


def test_there_are_no_pipelines(crm: Crm) -> None:
    assert crm.get("deal_types") == []


def test_notes_of_deals_have_a_route_below_them(crm: Crm) -> None:
    deal = only(crm.get("deals", perpage=1)[0])["id"]
    made = only(crm.post(f"deals/{deal}/protocols", {"protocol": {"content": "Nachfassen"}}))
    assert made["deal_ids"] == [deal]
    assert made["id"] in [only(one)["id"] for one in crm.get(f"deals/{deal}/protocols")]


def test_money_is_compared_as_numbers(crm: Crm) -> None:
    deals = [one["deal"] for one in crm.get("deals", perpage=250)]
    large = [one["id"] for one in deals if float(one["value"]) > 9000]
    assert 0 < len(large) < len(deals)
    found = crm.get("deals", perpage=250, **{"filter[value][larger_than]": "9000"})
    assert [one["deal"]["id"] for one in found] == large
    assert crm.get("deals", 400, **{"filter[value][equal]": "viel"}) == {}
