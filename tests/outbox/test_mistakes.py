"""A mistake of the program's own while it carries out a save."""

from __future__ import annotations

import asyncio
from typing import Any

from csc_tui.domain.ref import Ref
from tests.outbox.conftest import Opener
from tests.outbox.server import Server
from tests.outbox.terminal import PATIENT


class Mistaken:
    """An adapter that cannot write."""

    def __init__(self, adapter: Any) -> None:
        self._adapter = adapter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    def write(self, *_: object) -> list[object]:
        raise KeyError("a mistake")


async def test_a_mistake_is_not_made_over_and_over(
    terminals: Opener, server: Server, person: Ref
) -> None:
    terminal = await terminals(pace=PATIENT)
    terminal.desk.crm = Mistaken(terminal.desk.crm)  # type: ignore[assignment]
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(what))
    server.forget()
    await terminal.save(person, title="Dr.")
    await terminal.until(lambda: any(it.not_before > 0 for it in terminal.box.entries()))
    assert len(told) == 1
    assert len(server.requests()) == 2  # the first is that of `save`
