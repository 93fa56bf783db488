"""The program on an invisible screen, with a live demo server at the other end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from csc_tui.config.settings import Settings
from csc_tui.config.theme import default_theme, load_theme
from csc_tui.domain.clock import Clock
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.services.desk import Desk
from csc_tui.session import open_desk, wake
from csc_tui.ui.app import CscApp
from csc_tui.ui.widgets.canvas import Canvas
from tests.live_demo import LiveDemo
from tests.live_desk import account_of, paths_in

PATIENCE = 20.0
"""Seconds until something that does not come counts as missing."""


@dataclass(frozen=True)
class Hands:
    """Somebody at the keys."""

    app: CscApp
    pilot: Pilot[int]
    demo: LiveDemo

    @property
    def desk(self) -> Desk:
        return self.app.desk

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Every character as a key of its own, as terminals send it."""
        for one in text:
            self.app.post_message(events.Key(_NAMED.get(one, one), one))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def to_field(self, label: str) -> None:
        """`ctrl+g` with part of a label."""
        await self.press("ctrl+g")
        await self.type(label)
        await self.press("enter")

    async def fill(self, label: str, text: str) -> None:
        """Replace what stands in a field; its list, if it opens one, is closed."""
        await self.to_field(label)
        await self.press("ctrl+u")
        await self.type(text)

    @property
    def screen(self) -> str:
        """What stands on the screen, one line a row."""
        return "\n".join(
            canvas.render_line(row).text.rstrip()
            for canvas in self.app.screen.query(Canvas)
            if canvas.display
            for row in range(canvas.size.height)
        )

    def line(self, words: str) -> str:
        """The first line that holds these words."""
        return next((one for one in self.screen.split("\n") if words in one), "")

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(PATIENCE):
            while not happened():
                await self.pilot.pause(0.02)

    async def sees(self, words: str) -> None:
        """Wait until these words stand on the screen."""
        try:
            await self.until(lambda: words in self.screen)
        except TimeoutError:
            raise AssertionError(f"{words!r} does not come:\n{self.screen}") from None

    async def hears(self, key: str, words: str) -> None:
        """Press a key that does nothing but say so; again where the two seconds of it were missed.

        A loaded machine may need longer than those to come back here.
        """
        async with asyncio.timeout(PATIENCE):
            while words not in self.screen:
                await self.pilot.press(key)

    async def open(self, screen: Screen[None]) -> None:
        """Put a screen on top."""
        self.app.push_screen(screen)
        await self.until(lambda: self.app.screen is screen and screen.is_mounted)
        await self.pilot.pause()

    async def person(self, **values: object) -> Record:
        """A new person at the server and in the store."""
        made = self.demo.ask("POST", "/api/people", {"person": {"name": "Probe", **values}})
        ref = Ref("people", str(made["person"]["id"]))
        self.demo.forget()
        return await self.record(ref)

    async def record(self, ref: Ref) -> Record:
        """A record as the server has it now."""
        await self.desk.records.fetch(ref)
        card = await self.desk.records.card(ref)
        assert card is not None
        return card.record

    def writes(self) -> list[dict[str, Any]]:
        """What was written since the person was made."""
        return [one for one in self.demo.log() if one["method"] != "GET"]


_NAMED = {" ": "space", "@": "at", "-": "minus", "+": "plus", ",": "comma", ".": "full_stop"}


@asynccontextmanager
async def running_app(
    demo: LiveDemo,
    folder: Path,
    size: tuple[int, int] = (80, 24),
    *,
    read_only: bool = False,
    clock: Clock | None = None,
) -> AsyncIterator[Hands]:
    """The program, with the list of people on its screen; by the machine's clock if by none."""
    account, paths = account_of(demo, read_only=read_only), paths_in(folder)
    desk = open_desk(account, paths, clock)
    theme = load_theme(paths, default_theme({}))
    app = CscApp(desk, Settings(), paths, theme, lambda: wake(desk, account, paths))
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot, demo)
        await hands.until(lambda: desk.outbox is not None and "row 1 of" in hands.screen)
        yield hands
    await desk.close()
