"""A question in the message line of the screen below, which `⏎` alone says yes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from csc_tui.glyphs import harmless
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.screens.asking import Asking
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.frame import Frame

KEY = "⏎"
"""What says yes; it is not rebound."""


class QuestionScreen(Asking):
    """`undo: change of Last name of Müller, Jürgen? ⏎ does it`; every other key leaves it."""

    place = Place.PICK

    def __init__(
        self, below: Frame, question: str, act: Callable[[], Awaitable[None]], otherwise: str
    ) -> None:
        """`below` shines through; `otherwise` is said where another key than `⏎` was pressed."""
        super().__init__()
        self._below = below
        self._question = harmless(question)
        self._act = act
        self._otherwise = otherwise

    def body(self) -> list[Widget]:
        """What was there before."""
        return []

    def second_line(self, columns: int) -> Line:
        """As below."""
        return self._below.second_line(columns)

    def top_line(self, columns: int) -> Line:
        """As below."""
        return self._below.top_line(columns)

    def message_line(self) -> Line:
        """The question."""
        return plain(f" {self._question}", Role.STRONG)

    def _footer_words(self, command: Command) -> str:
        return say("screen.yes" if command.place is Place.PICK else "screen.no")

    async def press(self, key: str) -> None:
        """`⏎` does it, once the question was there to be read."""
        if self.too_small or key == "ctrl+c":
            await super().press(key)
            return
        self.shell.key_pressed()
        if not self.was_read(self.pressed_at):
            return
        if key == "enter":
            self.app.pop_screen()
            await self._act()
            self.shell.redraw_soon()
        else:
            self.do_pick_close()

    def do_pick_close(self) -> None:
        """Leave it, and say so."""
        self.app.pop_screen()
        self.shell.messages.hint(self._otherwise)
        self.shell.redraw_soon()
