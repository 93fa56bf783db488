"""Names that try to drive the terminal: nothing of them is alive in what reaches it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

import pytest

from tests.hostile_server import KEY, PAYLOADS, PLAIN, Answer, HostileServer, hostile_server, poison
from tests.terminal.conftest import Opener
from tests.terminal.stream import alive
from tests.terminal.terminal import Terminal

ALL = "".join(PAYLOADS.values())


@pytest.fixture(scope="module")
def poisoned() -> Iterator[HostileServer]:
    with hostile_server() as world:
        poison(world)
        yield world


@pytest.fixture
def world(poisoned: HostileServer) -> HostileServer:
    """The poisoned server as it was at first."""
    poisoned.instead.clear()
    poisoned.requests.clear()
    return poisoned


@pytest.fixture
def opened(terminal: Opener, world: HostileServer) -> Callable[..., Terminal]:
    """Opens the program on it, with the first rows on the screen."""

    def opener(**more: object) -> Terminal:
        screen = terminal(CSC_TUI_URL=world.url, CSC_TUI_API_KEY=KEY, CSC_TUI_FILL="0", **more)
        screen.wait_for(PLAIN)
        screen.settle()
        return screen

    return opener


def test_lists_and_preview(opened: Callable[..., Terminal]) -> None:
    screen = opened(columns=150, rows=40)
    screen.wait_for(f"of {len(PAYLOADS)}")
    for _ in PAYLOADS:
        screen.press("down")
        screen.settle(0.15)
    screen.press("right", "right", "right", "tab", "down", "2")
    screen.wait_for("[2 Companies]")
    screen.wait_for(PLAIN)
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert KEY.encode() not in screen.raw
