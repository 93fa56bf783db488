"""A scripted server, a transport to it, and what was logged."""

from __future__ import annotations

from typing import Any

from csc_tui.domain.request_log import RequestLog
from csc_tui.http.message import Request, Response
from csc_tui.http.transport import Transport, TransportSettings
from tests.fake_clock import FakeClock
from tests.http.scripted_server import Answering, Line, Received, ScriptedServer, answer

KEY = "canary-key-0123456789"


class Ground:
    """A server, a transport to it, and what was logged."""

    def __init__(self) -> None:
        self.log = RequestLog()
        self.clock = FakeClock()
        self.server = ScriptedServer(saying(answer()))
        self.transports: list[Transport] = []

    def transport(self, **settings: Any) -> Transport:
        settings.setdefault("url", self.server.url)
        settings.setdefault("headers", lambda: {"X-apikey": KEY})
        made = Transport(TransportSettings(**settings), self.log, self.clock)
        self.transports.append(made)
        return made

    async def get(self, path: str = "/people", **settings: Any) -> Response:
        return await self.transport(**settings).send(Request("GET", path))


def saying(*answers: bytes) -> Answering:
    """Answers in turn, the last one again and again."""
    left = list(answers)

    async def answering(_: Received, line: Line) -> None:
        await line.say(left.pop(0) if len(left) > 1 else left[0])

    return answering
