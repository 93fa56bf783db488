"""What the program draws, on its way to a terminal that is somebody else's work."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pyte
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.strip import Strip

from csc_tui.config.settings import Settings
from csc_tui.config.theme import default_theme, load_theme
from csc_tui.session import open_desk, wake
from csc_tui.ui.app import CscApp
from csc_tui.ui.terminal.display import Display
from csc_tui.ui.terminal.output import Output
from csc_tui.ui.terminal.pace import ASK, Pace
from csc_tui.ui.terminal.skills import Skills
from tests.live_demo import LiveDemo
from tests.live_desk import account_of, paths_in

PATIENCE = 30.0
"""Seconds until a picture that does not come counts as missing."""


class Window(HeadlessDriver):
    """A terminal (pyte) that shows what is written."""

    shown = pyte.Screen(80, 24)

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        pyte.Stream(self.shown).feed(data.replace(ASK, ""))
        if ASK in data:
            app = self._app
            assert isinstance(app, CscApp)
            app.terminal.pace.answered()
            app.call_later(app.on_answered)

    def flush(self) -> None:
        """Nothing is held back."""


async def until_shown(words: str) -> None:
    """Wait until these words stand in the window."""
    async with asyncio.timeout(PATIENCE):
        while words not in "\n".join(Window.shown.display):
            await asyncio.sleep(0.02)


async def test_a_line_drawn_on_a_picture_of_a_new_size_brings_the_rest_of_it(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    account, paths = account_of(demo_server), paths_in(tmp_path)
    desk = open_desk(account, paths)
    theme = load_theme(paths, default_theme({}))
    app = CscApp(desk, Settings(), paths, theme, lambda: wake(desk, account, paths))
    app.driver_class = Window
    running = asyncio.create_task(app.run_async(size=(80, 24)))
    await until_shown("› Abel, Frank")
    await until_shown("? help")

    # As after a storm of sizes: nothing is known of the picture, and only the top line is drawn.
    app.terminal = Display(app, time.monotonic, "auto")
    Window.shown.reset()
    app.screen.query_one("#top").refresh()

    await until_shown("› Abel, Frank")
    await until_shown("? help")
    app.exit()
    await running
    assert "? help" in Window.shown.display[-1]


def test_a_picture_is_whole_once_all_of_it_was_drawn_in_its_size() -> None:
    output = Output(Skills(), Pace(lambda: 0.0, away=False))

    def draw(columns: int, rows: int, size: tuple[int, int]) -> bool:
        line = [Strip([Segment("x" * columns)], columns)]
        output.take(LayoutUpdate([line] * rows, Region(0, 0, columns, rows)), size, None)
        return output.whole

    assert not draw(40, 1, (40, 12))
    assert draw(40, 12, (40, 12))
    assert draw(40, 1, (40, 12))
    assert not draw(40, 12, (39, 11))
    assert not draw(39, 1, (39, 11))
    assert draw(39, 11, (39, 11))
