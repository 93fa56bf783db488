"""Answers as HTTP, and a handle on the connection, so that a fault can end it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from csc_tui.demo.messages import JSON_TYPE, TEXT_TYPE, Answer

_TRANSPORT = "demo_transport"
_NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")


def rendered(answer: Answer) -> Response:
    """The answer as an HTTP response."""
    headers = dict(answer.headers)
    if answer.text is not None:
        return PlainTextResponse(answer.text, answer.status, headers, media_type=TEXT_TYPE)
    if answer.status == 204:
        return Response(None, 204, headers)
    return JSONResponse(answer.body, answer.status, headers, media_type=JSON_TYPE)


@dataclass(frozen=True, slots=True)
class EveryMethod:
    """A route that answers whatever the method is, also one that nobody has heard of.

    Which methods there are is the dialect's to say; HEAD is its GET without the body.
    """

    answer: Callable[[Request], Awaitable[Response]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)


class Compression(GZipMiddleware):
    """gzip, but not for who refuses it (`gzip;q=0`), which the library takes for consent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        asked = scope["headers"]
        if any(name == b"accept-encoding" and _NO_GZIP.search(value) for name, value in asked):
            asked = [one for one in asked if one[0] != b"accept-encoding"]
        await super().__call__({**scope, "headers": asked}, receive, send)


class DroppableProtocol(H11Protocol):
    """Puts the connection's transport into the state that every request carries."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by asyncio for a new connection."""
        self.app_state = {**self.app_state, _TRANSPORT: transport}
        super().connection_made(transport)


class Dropped(Response):
    """No answer: the connection just ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ends the connection and waits until the server has noticed."""
        transport: asyncio.Transport = scope["state"][_TRANSPORT]
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            continue


class CutOff(Response):
    """Half of the announced bytes; then the connection ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the first half and ends the connection."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        half = bytes(self.body[: len(self.body) // 2])
        await send({"type": "http.response.body", "body": half, "more_body": True})
        transport: asyncio.Transport = scope["state"][_TRANSPORT]
        transport.close()
        while (await receive())["type"] != "http.disconnect":
            continue
