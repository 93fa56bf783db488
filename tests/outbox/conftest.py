"""Terminals of one account."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from csc_tui.domain.ref import Ref
from tests.live_demo import LiveDemo
from tests.outbox.terminal import Terminal

Opener = Callable[[], Awaitable[Terminal]]


@pytest.fixture
async def terminals(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens terminals of one account; those that still live are closed at the end."""
    opened: list[Terminal] = []

    async def start(*, read_only: bool = False) -> Terminal:
        terminal = await Terminal(demo_server, tmp_path, read_only=read_only).open()
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        if terminal.box.outbox is not None:
            await terminal.close()


@pytest.fixture
async def terminal(terminals: Opener) -> Terminal:
    return await terminals()


@pytest.fixture
def person(demo_server: LiveDemo) -> Ref:
    """A person of the test's own."""
    body = {"person": {"name": f"Person {uuid.uuid4().hex[:8]}", "first_name": "Anna"}}
    return Ref("people", str(demo_server.ask("POST", "/api/people", body)["person"]["id"]))


def at_server(demo: LiveDemo, ref: Ref) -> dict[str, Any]:
    """A record as the server has it, with its parts."""
    found = demo.ask("GET", f"/api/{ref.resource}/{ref.id}?includes=all")
    record: dict[str, Any] = next(iter(found.values()))
    return record


def people_called(demo: LiveDemo, name: str) -> list[dict[str, Any]]:
    """All people of exactly this last name, with their parts."""
    found = demo.ask("GET", f"/api/people?filter[name][equal]={quote(name)}&includes=all")
    return [one["person"] for one in found]


def said(demo: LiveDemo) -> list[str]:
    """The methods of the requests so far."""
    return [str(entry["method"]) for entry in demo.log()]
