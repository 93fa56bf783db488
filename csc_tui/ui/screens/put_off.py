"""Until when a task is put off: a few words at the bottom, and what they may be above them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from csc_tui.glyphs import harmless
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.commands.keymap import shown
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.prompt import Prompt
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget


_WORDS = {
    "search.leave": "task.take",
    "search.clear": "task.clear",
    "search.end": "task.leave",
}
"""The keys of a line that is typed -> what they do here."""


class PutOffScreen(Frame):
    """A prompt for a day or a time."""

    place = Place.SEARCH

    def __init__(self, title: str, due: str, take: Callable[[str], str]) -> None:
        """`due` is when it is due now, in words; `take` gives what is wrong with what was typed."""
        super().__init__()
        self._title = title
        self._due = due
        self._take = take
        self._wrong = ""
        self._prompt = Prompt(f"{say('task.until')} ")
        self._canvas = Canvas(id="put-off")

    def body(self) -> list[Widget]:
        """What it is about."""
        return [self._canvas]

    def trail(self) -> list[str]:
        """Where it belongs, then that it is put off."""
        return [*self.csc.trail_words(self), say("task.put_off")]

    def draw(self) -> None:
        """Draw the task, when it is due, and what can be typed or is wrong."""
        if self.too_small or not self.is_mounted:
            return
        columns = self._canvas.size.width - 2
        said: list[tuple[str, Role]] = [
            (self._title, Role.STRONG),
            (self._due, Role.TEXT),
            (self._wrong or say("task.how"), Role.BAD if self._wrong else Role.MUTED),
        ]
        lines: list[Line] = []
        for text, role in said:
            lines += [plain(f" {one}", role) for one in textwrap.wrap(harmless(text), columns)]
        self._canvas.draw([(), *lines][: max(1, self._canvas.size.height)])
        super().draw()

    def message_line(self) -> Line:
        """What is typed."""
        return self._prompt.line()

    def footer(self) -> list[Command]:
        """Take it, clear it, leave it."""
        return [one for one in super().footer() if one.id in _WORDS]

    def _footer_words(self, command: Command) -> str:
        return f"{shown(command.keys[0])} {say(_WORDS[command.id])}"

    def typed(self, key: str) -> bool:
        """A key for the prompt."""
        if not self._prompt.typed(key):
            return False
        self._changed()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the prompt."""
        self._prompt.pasted(text)
        self._changed()

    def _changed(self) -> None:
        self._wrong = ""
        self.draw()

    def do_search_leave(self) -> None:
        """Take what is typed, or say what is wrong with it."""
        self._wrong = self._take(self._prompt.text.strip())
        if self._wrong:
            self.draw()
        else:
            self.app.pop_screen()

    def do_search_clear(self) -> None:
        """Empty the prompt."""
        self._prompt.clear()
        self._changed()

    def do_search_end(self) -> None:
        """Leave it as it is."""
        self.app.pop_screen()
