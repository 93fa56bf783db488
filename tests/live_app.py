"""The program on an invisible screen, with a live demo server at the other end."""

from __future__ import annotations

import asyncio
import time
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
from tests.live_demo import PATIENCE, LiveDemo
from tests.live_desk import account_of, paths_in
from tests.quiet import quiet, threads_watched


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
        """Keys by name or character; before the next one all is done that the last one began."""
        for key in keys:
            self._send(key)
            await self.quiet()

    async def type(self, text: str) -> None:
        """Every character as a key of its own, as terminals send it, and as fast."""
        for one in text:
            self._send(one)
        await self.quiet()

    async def burst(self, *keys: str) -> None:
        """Keys by name or character, all of them before the first has done anything."""
        for key in keys:
            self._send(key)
        await self.quiet()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.quiet()

    def _send(self, key: str) -> None:
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        self.app.post_message(events.Key(_NAMED.get(key, key), character))

    async def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(columns, rows)
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until all is done and painted that needs neither the server nor time."""
        await quiet()
        self.app.screen._on_timer_update()
        await quiet()

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
        """Wait for something to become true, and for what follows from it at once."""
        await self._until(happened, "it does not happen")

    async def sees(self, words: str) -> None:
        """Wait until these words stand on the screen."""
        await self._until(lambda: words in self.screen, f"{words!r} does not come")

    async def _until(self, happened: Callable[[], object], complaint: str) -> None:
        end = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > end:
                raise AssertionError(f"{complaint}:\n{self.screen}")
            await asyncio.sleep(0.01)
            await self.quiet()
        await self.quiet()

    async def hears(self, key: str, words: str) -> None:
        """Press a key that does nothing but say so; again where the two seconds of it were missed.

        A loaded machine may need longer than those to come back here.
        """
        end = time.monotonic() + PATIENCE
        while words not in self.screen:
            assert time.monotonic() < end, f"{words!r} is not said:\n{self.screen}"
            await self.press(key)

    async def open(self, screen: Screen[None]) -> None:
        """Put a screen on top."""
        self.app.push_screen(screen)
        await self.until(lambda: self.app.screen is screen and screen.is_mounted)

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
_CHARACTERS = {name: character for character, name in _NAMED.items()}


@asynccontextmanager
async def running_app(
    demo: LiveDemo,
    folder: Path,
    size: tuple[int, int] = (80, 24),
    *,
    read_only: bool = False,
    clock: Clock | None = None,
    asleep: asyncio.Event | None = None,
) -> AsyncIterator[Hands]:
    """The program, with the list of people on its screen; by the machine's clock if by none.

    `asleep`: the CRM is brought in when this is set, and not waited for here.
    """
    account, paths = account_of(demo, read_only=read_only), paths_in(folder)
    desk = open_desk(account, paths, clock)
    theme = load_theme(paths, default_theme({}))

    async def wake_up() -> None:
        if asleep is not None:
            await asleep.wait()
        await wake(desk, account, paths)

    app = CscApp(desk, Settings(), paths, theme, wake_up)
    with threads_watched():
        async with app.run_test(size=size) as pilot:
            hands = Hands(app, pilot, demo)
            await hands.until(
                lambda: (asleep or desk.outbox is not None) and "row 1 of" in hands.screen
            )
            yield hands
        await desk.close()
