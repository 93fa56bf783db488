"""What services outside see: slimmer records, subscriptions."""

from __future__ import annotations

import pytest

from tests.demo.conftest import COLLEAGUE_KEY, KEY

from .conftest import Crm, bearer


def test_one_agent_gets_slimmer_records_on_every_route(crm: Crm) -> None:
    headers = {**bearer(KEY), "User-Agent": "Zapier"}
    whole = crm.get("contacts/90417")
    slim = crm.ask("GET", "contacts/90417", headers=headers)
    assert slim.items() <= whole.items()
    gone = {"actions", "authorizations", "was_recently_created", "companies", "deals"}
    assert set(whole) - set(slim) == gone | {"timeline_subject_key"}
    listed = crm.ask("GET", "contacts?per_page=1", headers=headers)["data"][0]
    assert not (gone & set(listed))
    other = crm.ask("GET", "contacts/90417", headers={**headers, "User-Agent": "Zapier/1"})
    assert other == whole


def test_a_subscription_is_kept_and_never_called(crm: Crm) -> None:
    body = {"targetUrl": "http://crm.example/hook", "zapId": 7, "data": {"x": 1}}
    made = crm.post("zapier/hooks/contacts/create", body)
    assert list(made) == [
        *("id", "hook", "resource_name", "action", "user_id", "zap_id", "data"),
        *("created_at", "updated_at"),
    ]
    assert (made["hook"], made["zap_id"], made["data"]) == (body["targetUrl"], 7, {"x": 1})
    path = f"zapier/hooks/{made['id']}"
    crm.ask("DELETE", path, None, 404, headers=bearer(COLLEAGUE_KEY))
    crm.delete(path)
    crm.delete(path, None, 404)
    assert set(crm.post("zapier/hooks/contacts/create", {}, 422)["errors"]) == {
        "targetUrl",
        "zapId",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("POST", "zapier/hooks/shoes/create", 404), ("GET", "zapier/hooks/contacts/create", 405)),
        *(("GET", "zapier", 404), ("POST", "zapier/x/contacts/create", 404)),
        *(("GET", "zapier/hooks/1", 405), ("GET", "teams/2", 404), ("GET", "brands/x", 404)),
        *(("PATCH", "teams/1", 405), ("GET", "countries/1", 404)),
    ],
)
def test_routes_that_are_not_there(crm: Crm, method: str, path: str, status: int) -> None:
    assert crm.send(method, path, {}).status_code == status


@pytest.mark.parametrize("name", ["teams", "brands", "roles"])
def test_one_of_a_bare_list_has_a_route(crm: Crm, name: str) -> None:
    listed = crm.get(name)
    assert crm.get(f"{name}/{listed[0]['id']}") == listed[0]
