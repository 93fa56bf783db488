"""The first screen of all: the demo, or an account of one's own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from csc_tui.config.refusal import ConfigError
from csc_tui.glyphs import clip, wrap
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Role, Run, plain, spread
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from csc_tui.ui.paint import Line
    from csc_tui.ui.welcome_app import WelcomeApp

WIDTH = 66
"""Cells of the words in the middle."""
HEIGHT = 14
"""Their lines."""
CHOICES = 3


class WelcomeScreen(Frame):
    """Three ways in."""

    place = Place.WELCOME

    def __init__(self, program: WelcomeApp) -> None:
        super().__init__()
        self._program = program
        self._cursor = 0
        self._waiting = ""
        self._canvas = Canvas(id="welcome")

    def body(self) -> list[Widget]:
        """The choices."""
        return [self._canvas]

    # --- drawing

    def draw(self) -> None:
        """Draw the choices in the middle, without what they mean where there is no room."""
        if self.too_small or not self.is_mounted:
            return
        columns, rows = self.app.size
        lines = self._lines(columns, short=rows < HEIGHT + 6)
        above = max(0, (rows - HEIGHT) // 2 - 4)
        left = max(1, (columns - WIDTH) // 2)
        shown = [(Run(" " * left), *line) if line else line for line in lines]
        self._canvas.draw([*([()] * above), *shown])
        super().draw()

    def _lines(self, columns: int, *, short: bool) -> list[Line]:
        room = min(WIDTH, columns - 2)
        lines: list[Line] = [plain("csc-tui", Role.STRONG)]
        lines += [plain(clip(say("welcome.about"), room)), ()]
        for number in range(1, CHOICES + 1):
            here = number - 1 == self._cursor
            title = clip(
                f"{'›' if here else ' '} {number}  {say(f'command.welcome.{number}')}", room
            )
            lines.append(plain(title, Role.CURSOR if here else Role.TEXT))
            if not short:
                lines += [plain(clip(f"     {say(f'welcome.{number}')}", room), Role.MUTED), ()]
        return lines if short else [*lines, *(plain(row) for row in wrap(say("welcome.key"), room))]

    def top_line(self, columns: int) -> Line:
        """Nothing: no account is open."""
        return ()

    def second_line(self, columns: int) -> Line:
        """Nothing."""
        return ()

    def waiting_words(self) -> str:
        """What is being started."""
        return self._waiting

    def status_line(self, columns: int) -> Line:
        """That there is no account, and the keys."""
        key = self.shell.keymap.of
        words = say(
            "welcome.keys",
            choose=key("welcome.up") + key("welcome.down"),
            take=key("welcome.take"),
            help=key("help"),
            quit=key("quit"),
        )
        return spread(plain(f" {say('welcome.none')}"), plain(f"{words} "), columns)

    # --- keys

    def _move(self, rows: int) -> None:
        self._cursor = min(max(self._cursor + rows, 0), CHOICES - 1)
        self.draw()

    def do_welcome_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_welcome_down(self) -> None:
        """One down."""
        self._move(1)

    def do_welcome_take(self) -> None:
        """What the cursor is on."""
        take: tuple[Callable[[], None], ...] = (
            self.do_welcome_1,
            self.do_welcome_2,
            self.do_welcome_3,
        )
        take[self._cursor]()

    def do_welcome_1(self) -> None:
        """The demo."""
        self._take(0)
        self.run_worker(self._start_demo(), exclusive=True)

    def do_welcome_2(self) -> None:
        """An account at the first CRM."""
        self._take(1)
        self._program.connect(2)

    def do_welcome_3(self) -> None:
        """An account at the second one."""
        self._take(2)
        self._program.connect(3)

    def _take(self, choice: int) -> None:
        self._cursor = choice
        self._program.messages.mended("choice")
        self.draw()

    async def _start_demo(self) -> None:
        """The server is started off the screen's thread; the program goes on with it."""
        program = self._program

        def wait(words: str) -> None:
            self._waiting = words
            self.draw()

        wait(say("welcome.starting"))
        try:
            opened = await asyncio.to_thread(
                program.doors.start_demo,
                lambda: program.call_from_thread(wait, say("welcome.making")),
            )
        except ConfigError as error:
            program.messages.failure(str(error), "choice")
            wait("")
        else:
            program.open(opened)
