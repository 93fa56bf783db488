"""The palette: every command that works in the place below, found by a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.folding import fold
from csc_tui.glyphs import clip, fit, width
from csc_tui.ui.commands.command import Place
from csc_tui.ui.commands.keymap import shown
from csc_tui.ui.frame import NARROW, Frame
from csc_tui.ui.paint import Role, Run
from csc_tui.ui.prompt import Prompt
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

    from csc_tui.ui.commands.command import Command
    from csc_tui.ui.paint import Line

ID_WIDTH = 20
"""Cells for a command's id."""


class PaletteScreen(Frame):
    """A line to type in, and the commands that it leaves."""

    place = Place.PICK

    def __init__(self, below: Frame) -> None:
        """`below` is the screen that the command is run in."""
        super().__init__()
        self._below = below
        self._prompt = Prompt(":")
        self._cursor = 0
        self._canvas = Canvas(id="commands")
        self._found: list[Command] = []
        self._look()

    def body(self) -> list[Widget]:
        """The commands."""
        return [self._canvas]

    def _look(self) -> None:
        """The commands of the place below that hold every typed word in title or id."""
        below = self._below
        words = fold(self._prompt.text).split()
        self._found = [
            command
            for place in (below.place, Place.EVERYWHERE)
            for command in below.shell.keymap.commands
            if command.place is place
            and command.id != "palette"
            and below.action_of(command) is not None
            and all(word in fold(f"{self.title_of(command)} {command.id}") for word in words)
        ]
        self._cursor = 0

    # --- drawing

    def draw(self) -> None:
        """Draw the commands, scrolled to the cursor."""
        if self.too_small or not self.is_mounted:
            return
        height, columns = max(1, self._canvas.size.height), self.app.size.width
        first = max(0, self._cursor - height + 1)
        rows = [
            self._row(command, columns, here=number == self._cursor)
            for number, command in enumerate(self._found)
        ]
        self._canvas.draw(rows[first : first + height])
        super().draw()

    def _row(self, command: Command, columns: int, *, here: bool) -> Line:
        """Title, id, keys; why not instead of both where it cannot be run now."""
        refusal = self._below.refusal(command)
        keys = " ".join(shown(key) for key in command.keys)
        right = refusal or keys
        if columns >= NARROW and not refusal:
            right = f"{fit(command.id, ID_WIDTH)}  {fit(keys, 14)}"
        right = clip(right, columns // 2)
        left = fit(self.title_of(command), columns - 4 - width(right))
        role = Role.CURSOR if here else Role.TEXT
        text = Run(f"{'›' if here else ' '} {left} ", Role.MUTED if refusal and not here else role)
        return (text, Run(f"{right} ", role if here else Role.MUTED))

    def trail(self) -> list[str]:
        """Where the command will run, then what this is."""
        return [*self.shell.trail_words(self), say("palette.title")]

    def message_line(self) -> Line:
        """What is typed."""
        return (*self._prompt.line(), *self.failure_beside())

    def position(self) -> str:
        """How many commands are left."""
        return say("palette.count", count=len(self._found))

    def _footer_words(self, command: Command) -> str:
        return f"{shown(command.keys[0])} {say(f'palette.{command.id}')}" if command.keys else ""

    # --- keys

    def typed(self, key: str) -> bool:
        """A key for the line."""
        if not self._prompt.typed(key):
            return False
        self._look()
        self.draw()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A paste is text."""
        event.stop()
        self._prompt.pasted(event.text)
        self._look()
        self.draw()

    def _move(self, rows: int) -> None:
        self._cursor = max(0, min(self._cursor + rows, len(self._found) - 1))
        self.draw()

    def do_pick_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_pick_down(self) -> None:
        """One down."""
        self._move(1)

    async def do_pick_take(self) -> None:
        """Run it in the place below; keys typed behind it wait for what comes of it."""
        if not self._found:
            self.hint(say("palette.nothing", text=self._prompt.text))
            return
        command = self._found[self._cursor]
        self.app.pop_screen()
        await self._below.run_command(command)

    def do_pick_close(self) -> None:
        """Run nothing."""
        self.app.pop_screen()
