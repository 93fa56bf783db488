"""The preview beside the list says what the program has learnt meanwhile."""

from __future__ import annotations

from pathlib import Path

from tests.live_app import running_app
from tests.live_demo import LiveDemo


async def test_field_types_that_come_later_are_used_at_once(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    async with running_app(demo_server, tmp_path, size=(140, 40)) as hands:
        await hands.sees("3000.00")
        await hands.press("E")
        await hands.sees("Credit limit")
        await hands.until(lambda: "number" in hands.line("Credit limit"))
        await hands.press("escape")

        await hands.sees("3,000.00")
