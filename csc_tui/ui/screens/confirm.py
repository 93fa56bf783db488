"""The question before something that is hard to take back, in a box over the screen below.

Choosing takes a word, not a key; where there is none `⏎` alone. Keys that were typed before the
question was painted do nothing, nor does a `⏎` that is held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.widget import Widget

from csc_tui.domain.errors import ReadOnly
from csc_tui.domain.folding import fold, typeable
from csc_tui.glyphs import fit, harmless, width, wrap
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.forms.text import TextBox
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.screens.asking import Asking
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

HELD = 1.0
"""Seconds in which no other `⏎` may have come: a key that is held repeats sooner."""
WIDTH = 62
"""Cells of the box with its frame, where there is room."""
BOX = 21
"""Cells in which the word is typed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked."""

    question: str
    """`Delete Dr. Jürgen Müller, Brandt GmbH?`"""
    about: str
    """What hangs on it."""
    word: str = ""
    """What has to be typed; empty: `⏎` alone does it."""
    names: tuple[str, ...] = ()
    """What else it is called on the screen: typed whole it counts as well."""

    def answered(self, text: str) -> bool:
        """Whether it is what has to be typed, in whatever case."""
        typed = " ".join(harmless(text).split())
        wanted = (self.word, *(" ".join(harmless(name).split()) for name in self.names))
        said = {fold(typed), fold(typeable(typed))}
        return (not self.word or bool(fold(typed))) and not said.isdisjoint(map(fold, wanted))


class Confirm(Asking):
    """The box. Subclasses say what `⏎` does."""

    place = Place.FORM
    about = "delete"
    """Begins the keys of its words."""
    closes_below = False
    """Whether the screen that it was asked on closes with it."""
    DEFAULT_CSS = "Confirm > #question { position: absolute; }"

    def __init__(self, asks: Asked, name: str) -> None:
        """`name` ends the trail to where it was asked, unless it does already."""
        super().__init__()
        self._asks = asks
        self._subject = harmless(name)
        self._answer = TextBox()
        self._canvas = Canvas(id="question")
        self._enter_at = -HELD

    def body(self) -> list[Widget]:
        """The box in the middle; round it shines through what was there before."""
        return [self._canvas]

    # --- drawing

    def draw(self) -> None:
        """Draw the box."""
        if self.too_small or not self.is_mounted:
            return
        columns, rows = self.app.size
        cells = min(WIDTH, columns - 4)
        lines = self._box(cells, rows - 4)
        self._canvas.styles.width = cells
        self._canvas.styles.height = len(lines)
        self._canvas.styles.offset = ((columns - cells) // 2, max(2, (rows - len(lines)) // 2 + 1))
        self._canvas.draw(lines)
        super().draw()

    def _box(self, cells: int, height: int) -> list[Line]:
        """The framed question; what it is about gives way where there are few rows."""
        inner = cells - 6
        head = [plain(one, Role.STRONG) for one in wrap(harmless(self._asks.question), inner)[:3]]
        about = [plain(one) for one in wrap(harmless(self._asks.about), inner)]
        asked = self._asked(inner) if self._asks.word else []
        room = max(0, height - 2 - len(head) - len(asked))
        gap: list[Line] = [()] if room >= len(about) + 2 else []
        rows = [*head, *gap, *about[: room - 2 * len(gap)], *(gap if asked else ()), *asked]
        return [
            plain(f"┌{'─' * (cells - 2)}┐"),
            *(_framed(row, inner) for row in rows),
            plain(f"└{'─' * (cells - 2)}┘"),
        ]

    def _asked(self, inner: int) -> list[Line]:
        """`Type  Müller  to delete: [ ]`, in two rows where one is too short."""
        asked = say(f"{self.about}.type", word=self._asks.word)
        cells = min(BOX, inner - 2)
        typed = (Run("["), *self._answer.shown(cells, 1, focus=True)[0], Run("]"))
        if width(asked) + cells + 3 <= inner:
            return [(Run(f"{asked} "), *typed)]
        return [*(plain(one) for one in wrap(asked, inner)), typed]

    def trail(self) -> list[str]:
        """Where it was asked, and that it is about deleting."""
        words = self.csc.trail_words(self)
        words = words if words[-1:] == [self._subject] else [*words, self._subject]
        return [*words, say(f"{self.about}.title")]

    def idle_words(self) -> str:
        """That it can be taken back for a while."""
        return say(f"{self.about}.nothing_sent", key=self.csc.keymap.of("undo"))

    def _footer_words(self, command: Command) -> str:
        yes = command.place is Place.PICK
        return say(f"{self.about}.yes" if yes else f"{self.about}.no")

    # --- keys

    async def press(self, key: str) -> None:
        """`esc` leaves; `⏎` does it if it may; the rest is the word."""
        if self.too_small or key in ("ctrl+c", "ctrl+l"):
            await super().press(key)
            return
        early = not self.was_read(self.pressed_at)
        self.csc.key_pressed()
        if key == "escape":
            self.do_form_leave()
            return
        if key == "enter":
            held = self.pressed_at - self._enter_at < HELD
            self._enter_at = self.pressed_at
            if not early:
                await self._confirm(held=held)
        elif early:
            return
        elif key == "backspace":
            self._answer.backspace()
        elif key == "ctrl+u":
            self._answer.clear_to_start()
        elif len(key) == 1 and key.isprintable() and self._asks.word:
            self._answer.insert(key)
        else:
            self.no_use(key)
        if self.is_current:
            self.draw()

    def on_paste(self, event: events.Paste) -> None:
        """A pasted name counts as typed, once the question is there."""
        event.stop()
        if self.was_read(event.time) and self._asks.word:
            self._answer.insert(event.text)
            self.draw()

    async def _confirm(self, *, held: bool) -> None:
        """Do it if it may be done; keys typed behind it are for the screen below."""
        if held:
            self.hint(say("delete.held"))
        elif not self._asks.answered(self._answer.text):
            self.hint(say(f"{self.about}.not_yet"))
        else:
            await self._act()

    async def act(self) -> None:
        """What was asked about; the box closes afterwards. Raises ReadOnly, OutboxUnusableError."""
        raise NotImplementedError

    async def _act(self) -> None:
        try:
            await self.act()
        except (ReadOnly, OutboxUnusableError) as error:
            key = "screen.read_only" if isinstance(error, ReadOnly) else "edit.not_queued"
            self.hint(say(key))
            return
        if self.on_top:
            self.app.pop_screen()
            if self.closes_below:
                self.app.pop_screen()


def _framed(row: Sequence[Run], inner: int) -> Line:
    used = sum(width(run.text) for run in row)
    return (Run("│  "), *row, Run(fit("", inner - used) + "  │"))
