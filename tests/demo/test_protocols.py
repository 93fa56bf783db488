"""Notes: wrappers by type, links to people and companies, defaults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from csc_tui.demo.centralstation.resources import PROTOCOL_TYPES

from .conftest import Crm

JUERGEN = 90417
BRANDT = 4411

KEYS = [
    *("id", "user_id", "attachments_count", "comments_count", "name", "confidential", "format"),
    *("content", "updated_by_user_id", "created_at", "updated_at", "data_hash", "account_id"),
    *("type", "badge", "person_ids", "company_ids", "deal_ids", "project_ids", "person_id"),
    "company_id",
]


def note(crm: Crm, path: str = f"people/{JUERGEN}/protocols", **given: object) -> dict[str, Any]:
    answer = crm.post(path, {"protocol": {"content": "Anruf", **given}})
    record: dict[str, Any] = next(iter(answer.values()))
    return record


def test_a_note_has_its_keys_in_order_and_comments_on_request(crm: Crm) -> None:
    created = note(crm)
    assert list(created) == KEYS
    shown = crm.get(f"protocols/{created['id']}", includes="comments", methods="all")
    record = shown["protocol_object_note"]
    assert record["comments"] == []
    assert record["conversion_step_names"] == []


@pytest.mark.parametrize(("kind", "wrapper"), PROTOCOL_TYPES.items())
def test_the_wrapper_follows_the_type(crm: Crm, kind: str, wrapper: str) -> None:
    answer = crm.post("protocols", {"protocol": {"content": "x", "type": kind}})
    assert list(answer) == [wrapper]


def test_a_note_about_nobody_is_the_users_own(crm: Crm) -> None:
    answer = crm.post("protocols", {"protocol": {"content": "x"}})
    assert list(answer) == ["protocol_user_note"]
    assert answer["protocol_user_note"]["user_id"] == crm.user


def test_the_name_is_a_teaser_of_the_content_where_none_is_given(crm: Crm) -> None:
    assert note(crm, content="<p>Hallo <b>Welt</b></p>")["name"] == "Hallo Welt"
    assert len(note(crm, content="y" * 200)["name"]) == 100
    assert note(crm, name="Titel")["name"] == "Titel"


def test_a_note_is_linked_and_reassigned(crm: Crm) -> None:
    created = note(crm, company_ids=[BRANDT])
    assert (created["person_ids"], created["company_ids"]) == ([JUERGEN], [BRANDT])
    assert (created["person_id"], created["company_id"]) == (JUERGEN, BRANDT)
    other = crm.person()["id"]
    crm.put(f"protocols/{created['id']}", {"protocol": {"person_ids": [other]}})
    shown = next(iter(crm.get(f"protocols/{created['id']}").values()))
    assert (shown["person_ids"], shown["company_ids"]) == ([other], [BRANDT])
    assert shown["updated_by_user_id"] == crm.user
    assert created["id"] in ids(crm, person_id=other)
    assert created["id"] in ids(crm, company_id=BRANDT)
    assert created["id"] not in ids(crm, person_id=JUERGEN)
    wrong = crm.put(f"protocols/{created['id']}", {"protocol": {"person_ids": [1]}}, 422)
    assert wrong == {"person_ids": ["is invalid"]}


def ids(crm: Crm, **params: object) -> list[int]:
    items = crm.get("protocols", perpage=250, **params)
    return [next(iter(item.values()))["id"] for item in items]


def test_a_list_mixes_the_types(crm: Crm) -> None:
    person = crm.person()["id"]
    for kind in ("ProtocolObjectNote", "ProtocolEmail"):
        note(crm, f"people/{person}/protocols", type=kind)
    items = crm.get(f"people/{person}/protocols")
    assert [next(iter(item)) for item in items] == ["protocol_object_note", "protocol_email"]


def test_a_note_moves_its_person_in_the_stream_but_does_not_touch_it(crm: Crm) -> None:
    before = crm.get(f"people/{JUERGEN}")["person"]["updated_at"]
    note(crm)
    after = crm.get(f"people/{JUERGEN}", methods="stream_updated_at")["person"]
    assert after["stream_updated_at"] == "2026-11-02T10:00:00.000+01:00"
    assert after["updated_at"] == before


def test_a_deleted_note_is_gone_everywhere(crm: Crm) -> None:
    created = note(crm)["id"]
    crm.delete(f"protocols/{created}")
    crm.get(f"protocols/{created}", 404)
    assert created not in ids(crm, person_id=JUERGEN)


def test_whether_the_type_is_required_is_a_switch(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(protocol_type_required=True)
    body = {"protocol": {"content": "x"}}
    assert crm.post("protocols", body, 422) == {"type": ["can't be blank"]}
    assert note(crm, type="ProtocolObjectNote")


def test_format_and_badge_are_from_a_list(crm: Crm) -> None:
    body = {"protocol": {"content": "x", "format": "word", "badge": "fax"}}
    assert crm.post("protocols", body, 422) == {
        "format": ["is not included in the list"],
        "badge": ["is not included in the list"],
    }
