"""The Concord CRM dialect: a call comes in, an answer goes out, over the store.

Routes and answers as in the Concord fact sheet §1-§13.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import nullcontext

from csc_tui.demo.concord import tokens
from csc_tui.demo.concord.answers import said
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kinds import USERS
from csc_tui.demo.concord.routes import route
from csc_tui.demo.concord.switches import ConcordSwitches
from csc_tui.demo.concord.view import View
from csc_tui.demo.messages import Answer, Call, Refused
from csc_tui.demo.store import Store

VERSION = "1.6.0"
"""What X-App-Version says."""

_SLIM = "Zapier"
"""The User-Agent that gets slimmer records (§1)."""

_REFUSALS = {
    400: "The request body is not valid JSON.",
    401: "Unauthenticated.",
    413: "The request body is too large.",
    415: "The request body must be application/json.",
    429: "Too Many Attempts.",
}


class Concord:
    """The dialect over one store; knows neither HTTP nor keys."""

    def __init__(
        self, store: Store, switches: ConcordSwitches, url: str, now: Callable[[], int]
    ) -> None:
        """Now gives epoch milliseconds; url is the server's address without a path."""
        self._store = store
        self._switches = switches
        self._url = url
        self._now = now

    def credential(self, headers: Mapping[str, str], params: Mapping[str, str]) -> str:
        """The token of `Authorization: Bearer` (§1)."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    login_route: tuple[str, ...] = ("token",)
    takes_files = True

    def login(self, body: object, keys: Mapping[str, int]) -> Answer:
        """As `Dialect.login` (§1)."""
        return self._answered(True, lambda: tokens.login(self._store, self._now(), body, keys))

    def holder(self, key: str) -> int | None:
        """As `Dialect.holder`: who made a token of this text."""
        return tokens.holder(self._store, key)

    def refusal(self, status: int) -> Answer:
        """As `Dialect.refusal` (§3)."""
        return said(status, _REFUSALS[status])

    def page_refusal(self) -> Answer | None:
        """A page's request is taken for the browser's own, which lacks a token (§1)."""
        if not self._switches.origin_refused:
            return None
        body = {"message": "CSRF token mismatch."}
        return Answer(419, body, headers={"X-App-Version": VERSION})

    def headers(self, limit: int, left: int, wait: int, status: int) -> Mapping[str, str]:
        """The version, and what is left of the limit (§1, §2)."""
        headers = {"X-App-Version": VERSION}
        if status != 401 or self._switches.unauthorized_limits:
            headers |= {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}
        if wait and self._switches.retry_after:
            reset = self._now() // 1000 + wait
            headers |= {"Retry-After": str(wait), "X-RateLimit-Reset": str(reset)}
        return headers

    def handle(self, call: Call) -> Answer:
        """Answers a call; all that it writes is one transaction, undone if it is refused."""
        return self._answered(call.method != "GET", lambda: route(self._exchange(call)))

    def _answered(self, writes: bool, work: Callable[[], Answer]) -> Answer:
        """What the work comes to, in a transaction if it writes."""
        try:
            with self._store.transaction() if writes else nullcontext():
                return work()
        except Refused as refusal:
            return self._worded(refusal.answer)
        except sqlite3.Error as error:
            full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
            return said(507 if full else 500, "Server Error")

    def edit(self, path: tuple[str, ...], changes: Mapping[str, object], user_id: int) -> None:
        """As `Dialect.edit`."""
        self.handle(Call("PUT", path, {}, dict(changes), user_id))

    def _exchange(self, call: Call) -> Exchange:
        """The call with its user; refused if the user may not use the API (§3)."""
        viewer = self._store.find(USERS, call.user_id)
        if viewer is None:
            raise Refused(self.refusal(401))
        if not viewer["access_api"]:
            raise Refused(Answer(403, {"error": "You are not authorized to use the API."}))
        view = View(
            self._store, self._switches, viewer, self._now(), self._url, call.agent == _SLIM
        )
        return Exchange(view, call)

    def _worded(self, answer: Answer) -> Answer:
        """Without a text where the switch says so; only the body with a message is meant."""
        silent = self._switches.error_bodies == "empty" and answer.status in (403, 404)
        if silent and isinstance(answer.body, dict) and "message" in answer.body:
            return said(answer.status, "")
        return answer
