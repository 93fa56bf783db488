"""Tokens: the way to a first one, further ones, and that they open the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.demo.conftest import COLLEAGUE_KEY, KEY

from .conftest import Crm, bearer

NOBODY = {"Authorization": None}


def login(crm: Crm, status: int = 200, **changes: object) -> Any:
    email = crm.get(f"users/{crm.colleague}")["email"]
    body = {"email": email, "password": COLLEAGUE_KEY, "device_name": "Laptop", **changes}
    return crm.ask("POST", "token", body, status, headers=NOBODY)


def test_an_address_and_its_password_are_worth_a_token(crm: Crm) -> None:
    told = login(crm)
    assert list(told) == ["accessToken", "userId", "email", "name"]
    assert told["userId"] == crm.colleague
    mine = bearer(told["accessToken"])
    assert crm.ask("GET", "me", headers=mine)["id"] == crm.colleague
    (kept,) = crm.ask("GET", "personal-access-tokens", headers=mine)
    assert kept["name"] == "Laptop"
    assert crm.get("personal-access-tokens") == []
    crm.ask("DELETE", f"personal-access-tokens/{kept['id']}", None, 204, headers=mine)
    crm.ask("GET", "me", None, 401, headers=mine)


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"email": "", "password": None, "device_name": " "}, ["email", "password", "device_name"]),
        ({"password": "wrong"}, ["email"]),
        ({"password": KEY}, ["email"]),
        ({"email": "nobody@crm.example"}, ["email"]),
        ({"email": ["x"], "password": {"a": 1}}, ["email"]),
    ],
)
def test_a_wrong_login_is_refused_at_the_address(
    crm: Crm, changes: dict[str, object], keys: list[str]
) -> None:
    assert list(login(crm, 422, **changes)["errors"]) == keys
    crm.ask("POST", "token", [1], 422, headers=NOBODY)


def test_who_guesses_passwords_uses_a_limit_up(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=3)
    for _ in range(3):
        crm.ask("POST", "token", {}, 422, headers=NOBODY)
    assert crm.send("POST", "token", {}, headers=NOBODY).status_code == 429
    crm.get("me")


def test_the_log_keeps_no_password(crm: Crm) -> None:
    login(crm)
    form = {"Content-Type": "application/x-www-form-urlencoded", **NOBODY}
    crm.ask("POST", "token", None, 415, headers=form, content=f"password={COLLEAGUE_KEY}")
    crm.ask("PUT", "token", {"password": COLLEAGUE_KEY}, 405)
    assert COLLEAGUE_KEY not in crm.client.request("GET", "/demo/log").text


def test_a_token_is_told_once_and_shares_its_users_limit(open_crm: Callable[..., Crm]) -> None:
    crm = open_crm(limit=5)
    made = crm.post("personal-access-tokens", {"name": "Skript"})
    assert list(made) == ["accessToken", "plainTextToken"]
    assert crm.get("personal-access-tokens") == [made["accessToken"]]
    answered = crm.send("GET", "me", headers=bearer(made["plainTextToken"]))
    assert answered.json()["id"] == crm.user
    assert answered.headers["x-ratelimit-remaining"] == "2"
    assert not crm.store.select("SELECT 1 FROM tokens WHERE digest = ?", [made["plainTextToken"]])
    crm.ask("DELETE", f"personal-access-tokens/{made['accessToken']['id']}", None, 204)


def test_tokens_of_others_are_not_there(crm: Crm) -> None:
    made = crm.post("personal-access-tokens", {"name": "Skript"})["accessToken"]["id"]
    path = f"personal-access-tokens/{made}"
    crm.ask("DELETE", path, None, 404, headers=bearer(COLLEAGUE_KEY))
    assert list(crm.post("personal-access-tokens", {}, 422)["errors"]) == ["name"]
    for method, wrong, status in (
        *(("GET", path, 405), ("PUT", "personal-access-tokens", 405), ("GET", "token", 405)),
        *(("GET", "token/1", 404), ("GET", f"{path}/x", 404)),
    ):
        assert crm.send(method, wrong).status_code == status
