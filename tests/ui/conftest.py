"""The program with somebody at its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo


@pytest.fixture
async def hands(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Hands]:
    """At 80x24."""
    async with running_app(demo_server, tmp_path) as at:
        yield at


@pytest.fixture
async def listed(hands: Hands) -> Hands:
    """The same, with the first page of people on the screen."""
    await hands.sees("› Abel, Frank")
    return hands
