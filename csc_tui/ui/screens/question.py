"""A question in the message line of the screen below, which `⏎` alone says yes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events
from textual.widget import Widget

from csc_tui.glyphs import harmless
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.words import say

KEY = "⏎"
"""What says yes; it is not rebound."""


class QuestionScreen(Frame):
    """`undo: change of Last name of Müller, Jürgen? ⏎ does it`; every other key leaves it."""

    place = Place.PICK
    DEFAULT_CSS = """
    QuestionScreen > #message { position: absolute; }
    QuestionScreen > #status { position: absolute; }
    """

    def __init__(
        self, below: Frame, question: str, act: Callable[[], Awaitable[None]], otherwise: str
    ) -> None:
        """`below` shines through; `otherwise` is said where another key than `⏎` was pressed."""
        super().__init__()
        self.styles.background = "transparent"
        self._below = below
        self._question = harmless(question)
        self._act = act
        self._otherwise = otherwise
        self._painted_at: float | None = None
        self._pressed_at = 0.0

    def body(self) -> list[Widget]:
        """What was there before."""
        return []

    def on_mount(self) -> None:
        """Take keys only once the question stands on the screen."""
        self.call_after_refresh(self._appear)

    def _appear(self) -> None:
        self.draw()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._painted_at = events.Event().time

    def draw(self) -> None:
        """Draw the shared lines; the two lowest at their places."""
        if self.too_small or not self.is_mounted:
            return
        rows = self.app.size.height
        for name, row in (("message", rows - 2), ("status", rows - 1)):
            self.shared[name].styles.offset = (0, row)
        super().draw()

    def second_line(self, columns: int) -> Line:
        """As below."""
        return self._below.second_line(columns)

    def top_line(self, columns: int) -> Line:
        """As below."""
        return self._below.top_line(columns)

    def message_line(self) -> Line:
        """The question."""
        return plain(f" {self._question}", Role.STRONG)

    def footer(self) -> list[Command]:
        """Yes, and no: for that any other key does as well."""
        keys = self.shell.keymap
        found = (keys.find(Place.PICK, "enter"), keys.find(Place.FORM, "escape"))
        return [one for one in found if one is not None]

    def _footer_words(self, command: Command) -> str:
        return say("screen.yes" if command.place is Place.PICK else "screen.no")

    async def on_key(self, event: events.Key) -> None:
        """Remember when the key was pressed; keys for what follows go there."""
        if not self.is_current:
            event.stop()
            if isinstance(self.app.screen, Frame):
                await self.app.screen.on_key(event)
            return
        self._pressed_at = event.time
        await super().on_key(event)

    async def press(self, key: str) -> None:
        """`⏎` does it, once the question was there to be read."""
        if self.too_small or key == "ctrl+c":
            await super().press(key)
            return
        self.shell.key_pressed()
        if self._painted_at is None or self._pressed_at < self._painted_at:
            return
        self.app.pop_screen()
        if key == "enter":
            await self._act()
        else:
            self.shell.messages.hint(self._otherwise)
        self.shell.redraw_soon()

    def typed(self, key: str) -> bool:
        """`ctrl+c` is the one key that comes here."""
        self.run_worker(self.shell.do_interrupt())
        return True
