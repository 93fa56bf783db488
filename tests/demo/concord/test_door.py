"""Tokens, limits, headers, and errors in front of the API (Concord fact sheet §1-§3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.demo.conftest import COLLEAGUE_KEY, KEY

from .conftest import Crm, bearer


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer wrong", f"Basic {KEY}", KEY, "Bearer ü"]
)
def test_without_a_known_token_nothing_is_told_not_even_what_exists(
    crm: Crm, header: str | None
) -> None:
    headers = {"Authorization": header.encode() if header is not None else None}
    for path in ("contacts", "no-such-resource"):
        response = crm.send("GET", path, headers=headers)
        assert response.status_code == 401
        assert list(response.json()) == ["message"]
        assert "x-ratelimit-limit" not in response.headers


def test_a_401_carries_limits_where_the_switch_says_so(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(unauthorized_limits=True)
    assert "x-ratelimit-limit" in crm.send("GET", "me", headers=bearer("wrong")).headers


def test_every_answer_tells_version_limit_and_what_is_left(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=90)
    for left, path in ((89, "me"), (88, "contacts/0"), (87, "no-such-resource")):
        response = crm.send("GET", path)
        assert response.headers["x-ratelimit-limit"] == "90"
        assert response.headers["x-ratelimit-remaining"] == str(left)
        assert response.headers["x-app-version"]


def test_a_used_up_minute_is_429_with_the_seconds_to_wait(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=2)
    crm.get("me")
    crm.clock.forward(20)
    crm.get("me")
    refused = crm.send("GET", "me")
    assert refused.status_code == 429
    assert list(refused.json()) == ["message"]
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert refused.headers["retry-after"] == "40"
    assert int(refused.headers["x-ratelimit-reset"]) == crm.clock.ms // 1000 + 40
    other = crm.send("GET", "me", headers=bearer(COLLEAGUE_KEY))
    assert other.json()["id"] == crm.colleague


def test_the_minute_ends_all_at_once(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=3)
    for _ in range(3):
        crm.get("me")
        crm.clock.forward(15)
    crm.clock.forward(14.999)
    assert crm.send("GET", "me").status_code == 429
    crm.clock.forward(0.001)
    assert crm.send("GET", "me").headers["x-ratelimit-remaining"] == "2"


def test_retry_after_can_be_left_out(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=1, retry_after=False)
    crm.get("me")
    refused = crm.send("GET", "me")
    assert refused.status_code == 429
    assert not {"retry-after", "x-ratelimit-reset"} & set(refused.headers)


@pytest.mark.parametrize("name", ["Origin", "Referer"])
def test_what_looks_like_a_browser_lacks_its_token(open_crm: Callable[..., Crm], name: str) -> None:
    headers = {name: "http://127.0.0.1:8000"}
    refused = open_crm().send("GET", "me", headers=headers)
    assert (refused.status_code, list(refused.json())) == (419, ["message"])
    assert "x-app-version" in refused.headers
    tolerant = open_crm(origin_refused=False)
    assert tolerant.send("GET", "me", headers=headers).status_code == 200
    assert tolerant.client.request("GET", "/demo/log", headers=headers).status_code == 403


def test_a_user_without_the_api_flag_gets_another_403(crm: Crm) -> None:
    crm.put(f"users/{crm.colleague}", {**user_body(crm), "access_api": False})
    refused = crm.send("GET", "contacts", headers=bearer(COLLEAGUE_KEY))
    assert (refused.status_code, list(refused.json())) == (403, ["error"])


def user_body(crm: Crm) -> dict[str, object]:
    shown = crm.get(f"users/{crm.colleague}")
    return {name: shown[name] for name in ("name", "email", "timezone", "time_format")} | {
        "date_format": shown["date_format"]
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "custom-fields"), ("POST", "tags"), ("GET", "roles"), ("POST", "users")],
)
def test_what_only_super_admins_may_is_403_with_a_message(crm: Crm, method: str, path: str) -> None:
    refused = crm.send(method, path, {}, headers=bearer(COLLEAGUE_KEY))
    assert (refused.status_code, list(refused.json())) == (403, ["message"])


def test_a_colleague_may_be_kept_to_their_own_records(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(rights="own")
    mine = crm.contact(user_id=crm.colleague)["id"]
    other = crm.contact(user_id=crm.user)["id"]
    as_colleague = bearer(COLLEAGUE_KEY)
    listed = crm.ask("GET", "contacts?per_page=100", headers=as_colleague)
    assert {one["user_id"] for one in listed["data"]} == {crm.colleague}
    assert crm.send("GET", f"contacts/{mine}", headers=as_colleague).status_code == 200
    for method in ("GET", "PUT", "DELETE"):
        refused = crm.send(method, f"contacts/{other}", {}, headers=as_colleague)
        assert (refused.status_code, list(refused.json())) == (403, ["message"])


def test_errors_may_say_nothing(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(error_bodies="empty")
    assert crm.get("contacts/0", 404) == {"message": ""}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("GET", "no-such-resource", 404), ("GET", "contacts/0", 404), ("GET", "", 404)),
        *(("GET", "contacts/x", 404), ("PATCH", "contacts/1", 405), ("POST", "contacts/1", 405)),
        *(("DELETE", "contacts", 405), ("GET", "tags", 405), ("POST", "me", 405)),
        *(("GET", "contacts/1/no-such-part", 404), ("GET", "trashed/sources", 404)),
        ("OPTIONS", "contacts", 405),
    ],
)
def test_paths_and_verbs_that_do_not_exist(crm: Crm, method: str, path: str, status: int) -> None:
    response = crm.send(method, path)
    assert (response.status_code, list(response.json())) == (status, ["message"])


def test_a_body_that_is_no_json(crm: Crm) -> None:
    kind = {"Content-Type": "application/json"}
    broken = crm.send("POST", "contacts", content=b"{", headers=kind)
    assert (broken.status_code, list(broken.json())) == (400, ["message"])
    typed = crm.send("POST", "contacts", content=b"x=1", headers={"Content-Type": "text/plain"})
    assert (typed.status_code, list(typed.json())) == (415, ["message"])


def test_faults_journal_and_proof_are_those_of_every_dialect(crm: Crm) -> None:
    person = crm.contact(first_name="Ana", last_name="Alt")["id"]
    fault = {
        "kind": "colleague",
        "method": "PUT",
        "path": "/contacts/*",
        "changes": {"last_name": "Neu"},
        "count": 1,
    }
    assert crm.client.request("POST", "/demo/faults", json=[fault]).status_code == 200
    crm.put(f"contacts/{person}", {"job_title": "Chefin"})
    shown = crm.get(f"contacts/{person}")
    assert (shown["last_name"], shown["job_title"]) == ("Neu", "Chefin")
    log = crm.client.request("GET", "/demo/log").json()
    assert [one["method"] for one in log[-2:]] == ["PUT", "GET"]
    assert crm.client.request("GET", "/demo/log", headers=bearer("wrong")).status_code == 401
    assert crm.client.request("GET", f"/demo/proof?challenge={'ab' * 16}").status_code == 200
