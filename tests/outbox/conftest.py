"""Terminals of one account."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.ref import Ref
from tests.live_demo import LiveDemo, running_demo
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal
from tests.outbox.wire import WIRES

Opener = Callable[..., Coroutine[Any, Any, Terminal]]


on_every_crm = pytest.mark.parametrize("dialect", WIRES)
"""Of a test that knows persons by their names, and asks the server's wire for all else."""


@pytest.fixture
def dialect() -> str:
    """Of the server; see `on_every_crm`."""
    return "centralstation"


@pytest.fixture(scope="session")
def concord(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """Concord CRM with nobody in it; it never says 429 by itself."""
    options = ("--dialect", "concord", "--people", "0", "--companies", "0", "--limit", "1000000")
    with running_demo(tmp_path_factory.mktemp("concord") / "demo", *options) as demo:
        yield demo


@pytest.fixture
def server(dialect: str, request: pytest.FixtureRequest) -> Server:
    """A demo server, without faults and with an empty log."""
    names = {"centralstation": "demo_server"}
    demo: LiveDemo = request.getfixturevalue(names.get(dialect, dialect))
    demo.fail()
    demo.forget()
    return Server.of(demo)


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
