"""Terminals of one account."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.ref import Ref
from tests.live_demo import LiveDemo
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal

Opener = Callable[..., Coroutine[Any, Any, Terminal]]


@pytest.fixture
def server(demo_server: LiveDemo) -> Server:
    """The demo server, without faults and with an empty log."""
    return Server.of(demo_server)


@pytest.fixture
async def terminals(server: Server, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens terminals of one account; those that still live are closed at the end."""
    opened: list[Terminal] = []

    async def start(**options: Any) -> Terminal:
        terminal = await Terminal(server, tmp_path, **options).open()
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        await terminal.close()


@pytest.fixture
async def terminal(terminals: Opener) -> Terminal:
    return await terminals()


@pytest.fixture
def person(server: Server) -> Ref:
    """A person of the test's own."""
    return server.make(f"Person {uuid.uuid4().hex[:8]}", first_name="Anna")
