"""Personal access tokens and the way to a first one (Concord fact sheet §1).

A user of the demo who has a key has it as password, too; nobody else can log in. Only a digest of
a token is kept, so that it is told once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.answers import invalid, not_found, required, wrong_verb
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kinds import USERS
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

_ASKED = ("email", "password", "device_name")
_SHOWN = "id, name, created_at"
_WRONG = "The provided credentials are incorrect."


def holder(store: Store, token: str) -> int | None:
    """The id of the user whose token this is; None if it is none."""
    rows = store.select("SELECT user_id FROM tokens WHERE digest = ?", [_digest(token)])
    return integer(rows[0][0]) if rows else None


def login(store: Store, now: int, body: object, keys: Mapping[str, int]) -> Answer:
    """POST /token: a new token for an address and its password. Raises Refused (422)."""
    given: Row = body if isinstance(body, dict) else {}
    missing = {name: [required(name)] for name in _ASKED if not str(given.get(name) or "").strip()}
    if missing:
        raise invalid(missing)
    found = store.rows(USERS, "fold(email) = ?", [fold(given["email"])])
    password = str(given["password"]).encode("utf-8", "surrogateescape")
    known = [key for key, user in keys.items() if found and user == found[0]["id"]]
    if not any(hmac.compare_digest(key.encode(), password) for key in known):
        raise invalid({"email": [_WRONG]})
    user = found[0]
    _, token = _made(store, now, user["id"], str(given["device_name"]))
    shown = {"accessToken": token, "userId": user["id"]}
    return Answer(200, {**shown, "email": user["email"], "name": user["name"]})


def answer(exchange: Exchange) -> Answer:
    """/personal-access-tokens, /personal-access-tokens/7."""
    store, user = exchange.view.store, exchange.view.viewer["id"]
    if len(exchange.path) == 2:
        if exchange.method != "DELETE":
            raise wrong_verb()
        own = [integer(exchange.path[1]), user]
        if not store.select("SELECT 1 FROM tokens WHERE id = ? AND user_id = ?", own):
            raise not_found()
        store.write("DELETE FROM tokens WHERE id = ? AND user_id = ?", own)
        return Answer(204)
    if len(exchange.path) > 2:
        raise not_found()
    if exchange.method == "GET":
        sql = f"SELECT {_SHOWN} FROM tokens WHERE user_id = ? ORDER BY id"  # noqa: S608
        return Answer(200, [_shown(*row) for row in store.select(sql, [user])])
    if exchange.method != "POST":
        raise wrong_verb()
    name = str(exchange.body.get("name") or "").strip()
    if not name:
        raise invalid({"name": [required("name")]})
    row, token = _made(store, exchange.view.now, user, name)
    return Answer(201, {"accessToken": row, "plainTextToken": token})


def _made(store: Store, now: int, user: object, name: str) -> tuple[Row, str]:
    """A new token: its row and its text, `12|` and forty letters and digits."""
    number = store.number("SELECT max(id) FROM tokens") + 1
    token = f"{number}|{secrets.token_hex(20)}"
    values = [number, user, name, _digest(token), now]
    store.write("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", values)
    return _shown(number, name, now), token


def _shown(number: object, name: object, at: object) -> Row:
    time = moments.moment(integer(at) or 0)
    return {"id": number, "name": name, "created_at": time, "updated_at": time}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
