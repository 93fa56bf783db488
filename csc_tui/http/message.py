"""Requests and responses as plain values: all of http that an adapter may know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Request(NamedTuple):
    """One request to the CRM, relative to its API root; comparable, so tables can test it."""

    method: str
    """GET, POST, PUT or DELETE."""
    path: str
    """Below the API root, beginning with a slash: `/people/42`."""
    query: tuple[tuple[str, str], ...] = ()
    """Parameters in order, not yet encoded."""
    body: Mapping[str, object] | None = None
    """The JSON body, None for none."""
    at_most: int | None = None
    """How many items were asked for; a list longer than twice that is refused."""
    pieces: Callable[[bytes], Sequence[object] | None] | None = None
    """Reads the JSON of a good answer item by item; gives None where that cannot be done: then, as
    without it, the answer is read as a whole."""

    @property
    def writes(self) -> bool:
        """Whether it may change something at the server."""
        return self.method != "GET"


class Response(NamedTuple):
    """What came back: status, lower-case headers, and the JSON already parsed and bounded."""

    status: int
    headers: Mapping[str, str] = {}
    """Names in lower case."""
    data: object = None
    """The parsed JSON; None for an empty body or one that is not JSON (see `text`)."""
    text: str = ""
    """The body as text where it is no JSON, at most 2,000 characters; for error messages."""
    is_json: bool = True
    """False where a body was there but could not be read as JSON."""
