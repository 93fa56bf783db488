"""Carries out what the faults order, round the work that the dialect does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from csc_tui.demo.dialect import Dialect
from csc_tui.demo.faults import Fault
from csc_tui.demo.journal import Entry
from csc_tui.demo.messages import Answer, Call
from csc_tui.demo.wire import CutOff, Dropped, rendered

_BROKEN = '{"person": [{"id": 1,, <html>'
_LATE = ("nonsense", "truncate", "cut")


@dataclass(frozen=True, slots=True)
class Striker:
    """Answers calls through the faults that struck them."""

    dialect: Dialect
    colleague: int
    """User who edits in between."""

    async def respond(self, call: Call, struck: Sequence[Fault], entry: Entry) -> Response:
        """The response; what was done and answered is noted in the journal's entry."""
        response, entry.status = await self._respond(call, struck, entry)
        return response

    async def _respond(
        self, call: Call, struck: Sequence[Fault], entry: Entry
    ) -> tuple[Response, int | None]:
        """The response and its status; None if the connection is to be dropped."""
        for fault in struck:
            if fault.when == "before" and fault.kind not in _LATE:
                ended = await self._strike(fault, call)
                if ended:
                    return ended
        answer = self.dialect.handle(call)
        entry.work = answer.status
        response: tuple[Response, int | None] = rendered(answer), answer.status
        for fault in struck:
            if fault.kind in _LATE:
                response = self._spoiled(fault, response[0]), answer.status
            elif fault.when == "after":
                response = await self._strike(fault, call) or response
        return response

    async def _strike(self, fault: Fault, call: Call) -> tuple[Response, int | None] | None:
        """Does what can be done before or after the work; gives what replaces the answer."""
        if fault.kind == "drop":
            return Dropped(), None
        if fault.kind == "status":
            text = fault.body if isinstance(fault.body, str) else None
            text = "" if fault.body is None else text
            answer = Answer(fault.status, fault.body, text, fault.headers)
            return rendered(answer), fault.status
        if fault.kind == "latency":
            await asyncio.sleep(fault.seconds)
        else:
            self._edit(fault, call)
        return None

    def _spoiled(self, fault: Fault, response: Response) -> Response:
        body = bytes(response.body)
        if fault.kind == "nonsense":
            text = fault.body if isinstance(fault.body, str) else _BROKEN
            return Response(text, response.status_code, media_type=response.media_type)
        if fault.kind == "truncate":
            half = body[: len(body) // 2]
            return Response(half, response.status_code, media_type=response.media_type)
        return CutOff(body, response.status_code, media_type=response.media_type)

    def _edit(self, fault: Fault, call: Call) -> None:
        """The colleague's edit; nothing if the record is not there."""
        path = tuple(fault.record.strip("/").split("/")) if fault.record else call.path
        self.dialect.edit(path, fault.changes, self.colleague)
