"""Keys that come before drafts and outbox have been read from the disk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.live_app import running_app
from tests.live_demo import LiveDemo


@pytest.mark.parametrize(
    ("key", "words"), [("n", "Prof. h. c. mult.▏"), ("O", "Prof. h. c."), ("u", "nothing to undo")]
)
async def test_a_key_that_needs_drafts_or_outbox_waits_until_they_are_read(
    demo_server: LiveDemo, tmp_path: Path, key: str, words: str
) -> None:
    async with running_app(demo_server, tmp_path) as hands:
        await hands.press("n")
        await hands.type("Prof. h. c.")
        await hands.until(lambda: hands.desk.drafts)
    asleep = asyncio.Event()
    async with running_app(demo_server, tmp_path, asleep=asleep) as hands:
        await hands.burst(key, *(" mult." if key == "n" else ""))
        assert words not in hands.screen
        asleep.set()
        await hands.sees(words)
