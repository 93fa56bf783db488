"""One short text that is typed on a screen of its own: a name of a file or view, a day."""

from __future__ import annotations

import textwrap
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from csc_tui.glyphs import harmless, width
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.prompt import Prompt
from csc_tui.ui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from textual.widget import Widget

_EDGE = 3
"""Cells beside and between label and text."""


class NameScreen(Frame):
    """A label, what is typed behind it, and what there is to say of it."""

    place = Place.NAME

    def __init__(
        self,
        title: str,
        label: str,
        text: str,
        notes: Sequence[str],
        take: Callable[[str], str | Awaitable[None]],
    ) -> None:
        """`take` gets what was typed, and gives what is wrong with it; empty: nothing is.

        Or what is to be done with it: keys typed behind it are for what comes of it.
        """
        super().__init__()
        self._title = title
        self._label = label
        self._notes = notes
        self._take = take
        self._wrong = ""
        self._prompt = Prompt("", text)
        self._canvas = Canvas(id="name")

    def body(self) -> list[Widget]:
        """The line, and the notes."""
        return [self._canvas]

    def trail(self) -> list[str]:
        """Where it belongs, then what it is for."""
        return [*self.shell.trail_words(self), self._title]

    def draw(self) -> None:
        """Draw the line with the end of what is typed, and what is said of it."""
        if self.too_small or not self.is_mounted:
            return
        columns = self._canvas.size.width
        typed = self._prompt.line()[0].text.strip()
        room = max(1, columns - width(self._label) - 2 * _EDGE)
        while width(typed) > room:
            typed = f"…{typed[2:]}"
        lines: list[Line] = [(), (Run(f" {self._label}  ", Role.HEAD), Run(typed))]
        role = Role.BAD if self._wrong else Role.MUTED
        for text in [self._wrong] if self._wrong else self._notes:
            lines.append(())
            lines += [plain(f" {one}", role) for one in textwrap.wrap(harmless(text), columns - 2)]
        self._canvas.draw(lines[: max(1, self._canvas.size.height)])
        super().draw()

    def typed(self, key: str) -> bool:
        """A key for the line."""
        if not self._prompt.typed(key):
            return False
        self._changed()
        return True

    def pasted(self, text: str) -> None:
        """A paste into the line."""
        self._prompt.pasted(text)
        self._changed()

    def _changed(self) -> None:
        self._wrong = ""
        self.draw()

    async def do_name_take(self) -> None:
        """Take what is typed, or say what is wrong with it."""
        found = self._take(self._prompt.text.strip())
        if isinstance(found, str) and found:
            self._wrong = found
            self.draw()
            return
        self.app.pop_screen()
        if not isinstance(found, str):
            await found

    def do_name_clear(self) -> None:
        """Empty the line."""
        self._prompt.clear()
        self._changed()

    def do_name_leave(self) -> None:
        """Take nothing."""
        self.app.pop_screen()
