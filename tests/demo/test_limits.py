"""Keys and the rate limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import COLLEAGUE_KEY, KEY, Crm


@pytest.mark.parametrize("headers", [{"X-apikey": "wrong"}, {"X-apikey": ""}, {"X-apikey": "ü"}])
def test_without_a_known_key_nothing_is_answered(crm: Crm, headers: dict[str, str]) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    response = crm.send("GET", "people", headers=encoded)
    assert response.status_code == 401
    assert response.json() == {"description": "Not authorized", "error": "not authorized"}


def test_the_deprecated_parameter_is_accepted_unless_a_switch_refuses_it(
    open_crm: Callable[..., Crm],
) -> None:
    for accepted, status in ((True, 200), (False, 401)):
        crm = open_crm(apikey_parameter=accepted)
        response = crm.send("GET", f"people/count?apikey={KEY}", headers={"X-apikey": None})
        assert response.status_code == status
        assert crm.demo.journal.entries[-1].path == "/api/people/count?apikey=***"


def test_the_51st_request_in_ten_seconds_waits(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=50)
    for _ in range(50):
        crm.get("people/count")
        crm.clock.forward(0.1)
    refused = crm.send("GET", "people/count")
    assert refused.status_code == 429
    assert refused.text == "Retry later"
    assert refused.headers["content-type"].startswith("text/plain")
    assert refused.headers["retry-after"] == "5"


def test_the_window_slides_and_a_refused_request_does_not_count(
    open_crm: Callable[..., Crm],
) -> None:
    crm = open_crm(limit=2)
    crm.get("people/count")
    crm.clock.forward(6)
    crm.get("people/count")
    crm.clock.forward(3.999)
    assert crm.send("GET", "people/count").headers["retry-after"] == "1"
    crm.clock.forward(0.001)
    crm.get("people/count")
    assert crm.send("GET", "people/count").headers["retry-after"] == "6"
    assert crm.demo.journal.shown()[-1]["in_window"] == 2


def test_every_key_has_its_own_limit(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=1)
    crm.get("people/count")
    assert crm.send("GET", "user").status_code == 429
    other = crm.send("GET", "user", headers={"X-apikey": COLLEAGUE_KEY})
    assert other.json()["id"] == crm.colleague


def test_neither_wrong_keys_nor_the_demos_own_routes_count(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=1)
    crm.send("GET", "people", headers={"X-apikey": "wrong"})
    for _ in range(3):
        assert crm.client.request("GET", "/demo/log").status_code == 200
    crm.get("people/count")
    assert crm.send("GET", "people/count").status_code == 429
