"""The machine's clock is corrected while something waits: it was hours ahead, and is set back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from csc_tui.domain.clock import SystemClock
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import State
from tests.outbox.server import Server
from tests.outbox.terminal import FAST, Terminal

HOURS = 2 * 3_600.0


class Corrected(SystemClock):
    """Wall time that is set back; running time is not."""

    back = 0.0

    def now(self) -> float:
        return super().now() - self.back


@pytest.fixture
async def terminal(server: Server, tmp_path: Path) -> AsyncIterator[Terminal]:
    found = Terminal(server, tmp_path, pace=replace(FAST, first=0.3, longest=0.5))
    found.desk.clock = Corrected()
    await found.open()
    yield found
    await found.close()


def set_back(terminal: Terminal) -> None:
    clock = terminal.desk.clock
    assert isinstance(clock, Corrected)
    clock.back = HOURS


async def test_a_dead_line_is_tried_again(terminal: Terminal, person: Ref) -> None:
    await terminal.shown(person)
    terminal.line.dead = True
    await terminal.save(person, title="Prof.")
    await terminal.until(lambda: terminal.box.line_at is not None)
    set_back(terminal)
    terminal.line.dead = False

    await terminal.settled()
    assert terminal.box.outbox == 0


async def test_what_waits_for_its_time_goes(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.fail({"kind": "status", "method": "PUT", "status": 500, "count": 1})
    [edit] = await terminal.save(person, title="Prof.")
    await terminal.until(lambda: terminal.state(edit.client_id) is State.WAITING)
    set_back(terminal)

    await terminal.settled()
    assert terminal.box.outbox == 0
