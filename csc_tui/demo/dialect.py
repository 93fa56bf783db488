"""What a CRM's way of speaking consists of; everything round it is the same for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from csc_tui.demo.messages import Answer, Call


class Dialect(Protocol):
    """One CRM's API over one store; knows neither sockets nor keys."""

    def credential(self, headers: Mapping[str, str], params: Mapping[str, str]) -> str:
        """The key that a request carries; empty without one."""
        ...

    @property
    def login_route(self) -> tuple[str, ...]:
        """The path that gives a key to a POST without one; empty: there is none."""
        ...

    @property
    def takes_files(self) -> bool:
        """Whether a body may be multipart/form-data with a file."""
        ...

    def login(self, body: object, keys: Mapping[str, int]) -> Answer:
        """Answers a POST to the login route; keys: those of the server with their users' ids."""
        ...

    def holder(self, key: str) -> int | None:
        """The id of the user to whom the dialect itself has given this key."""
        ...

    def refusal(self, status: int) -> Answer:
        """The error answer that stands in front of the API.

        400: the body is no JSON; 401: no known key; 413: too large; 415: of another type; 429:
        limit used up.
        """
        ...

    def page_refusal(self) -> Answer | None:
        """The answer to what a browser sends from a page (Origin, Referer); None: it is let in."""
        ...

    def headers(self, limit: int, left: int, wait: int, status: int) -> Mapping[str, str]:
        """Headers of an answer: requests in a window, those left, seconds until one is free."""
        ...

    def handle(self, call: Call) -> Answer:
        """Answers a call; all that it writes is one transaction, undone if it is refused."""
        ...

    def edit(self, path: tuple[str, ...], changes: Mapping[str, object], user_id: int) -> None:
        """Changes fields of the record at path as this user; nothing if it is not there."""
        ...
