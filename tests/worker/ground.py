"""A worker with everything under it, down to a scripted server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from csc_tui.domain.errors import (
    CrmError,
    NotFound,
    ServerBroken,
    Unauthorized,
)
from csc_tui.domain.request_log import RequestLog
from csc_tui.http.budget import Budget, Limits, MemoryLedger
from csc_tui.http.message import Request, Response
from csc_tui.http.transport import Transport, TransportSettings
from csc_tui.worker.lane import Lane
from csc_tui.worker.worker import Worker
from tests.fake_clock import FakeClock
from tests.http.scripted_server import Line, Received, ScriptedServer, answer


def judge(response: Response) -> CrmError | None:
    """What an adapter would say."""
    if response.status == 401:
        return Unauthorized()
    if response.status == 404:
        return NotFound()
    if response.data == "a bug":
        raise KeyError("a bug")
    return ServerBroken(response.status, "status") if response.status >= 500 else None


class Ground:
    """Server, transport, budget and worker; `script` gives the answers, else the path's own."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.log = RequestLog()
        self.ledger = MemoryLedger()
        self.server = ScriptedServer(self.answer)
        self.script: list[bytes] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.arrived = asyncio.Event()

    async def answer(self, request: Received, line: Line) -> None:
        self.arrived.set()
        said = self.script.pop(0) if self.script else answer(200, json.dumps([request.target]))
        await self.gate.wait()
        if not said:
            line.drop()
        await line.say(said)

    async def start(self, slots: int = 50, concurrency: int = 6) -> Worker:
        await self.server.start()
        self.transport = Transport(TransportSettings(self.server.url), self.log, self.clock)
        self.budget = Budget(Limits(slots=slots), self.ledger, self.clock)
        self.worker = Worker(
            self.transport,
            self.budget,
            self.clock,
            judge,
            concurrency=concurrency,
            chance=lambda: 0.5,
        )
        self.worker.start()
        return self.worker

    async def stop(self) -> None:
        self.gate.set()
        await self.worker.stop()
        await self.budget.aclose()
        await self.transport.aclose()
        await self.server.stop()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a state of the worker."""
        changed = asyncio.Event()
        end = self.worker.subscribe(changed.set)
        while not condition():
            await changed.wait()
            changed.clear()
        end()

    def ask(self, path: str, lane: Lane = Lane.CURSOR) -> asyncio.Task[Response]:
        return asyncio.ensure_future(self.worker.send(Request("GET", path), lane))

    def save(self, path: str = "/people/1") -> asyncio.Task[Response]:
        return asyncio.ensure_future(self.worker.send(Request("PUT", path, body={}), Lane.WRITE))

    def targets(self) -> list[str]:
        return [request.target.removeprefix("/api") for request in self.server.received]
