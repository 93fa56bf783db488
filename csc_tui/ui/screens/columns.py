"""Which columns a list shows, and in which order; taken with `⏎`, left as they were with `esc`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from csc_tui.glyphs import harmless
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Role, Run
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget

    from csc_tui.services.layout import Tab


class ColumnsScreen(Frame):
    """All columns that there are: the chosen ones in their order, then the others."""

    place = Place.COLUMNS

    def __init__(
        self,
        tab: Tab,
        order: Sequence[int],
        shown: Collection[int],
        take: Callable[[Sequence[int]], None],
    ) -> None:
        """`order` as in `RecordList.order`; `take` gets the new one.

        `shown`: the columns that stand there as they come; the first choice begins with those.
        """
        super().__init__()
        self._tab = tab
        self._shown = shown
        self._take = take
        self._cursor = 0
        self._canvas = Canvas(id="columns")
        self._arrange(order)

    def _arrange(self, order: Sequence[int]) -> None:
        """The columns by number, and which of them are chosen."""
        every = range(len(self._tab.columns))
        self._numbers = [*(order or every), *(one for one in every if order and one not in order)]
        self._on = set(order or self._shown)
        self._chosen = bool(order)

    def body(self) -> list[Widget]:
        """The columns."""
        return [self._canvas]

    # --- drawing

    def draw(self) -> None:
        """Draw the columns, scrolled to the cursor."""
        if self.too_small or not self.is_mounted:
            return
        height = max(1, self._canvas.size.height)
        top = max(0, self._cursor - height + 1)
        lines = []
        for place, number in list(enumerate(self._numbers))[top : top + height]:
            here = place == self._cursor
            title = harmless(self._tab.columns[number].title)
            on = "[x]" if number == 0 or number in self._on else "[ ]"
            text = say("columns.stays", title=title) if number == 0 else title
            role = Role.CURSOR if here else Role.TEXT
            lines.append((Run("› " if here else "  "), Run(f"{on} {text}", role)))
        self._canvas.draw(lines)
        super().draw()

    def trail(self) -> list[str]:
        """The list, then what is chosen."""
        return [*self.shell.trail_words(self), say("columns.title")]

    def position(self) -> str:
        """Which column of how many."""
        return say("record.position", stop=self._cursor + 1, stops=len(self._numbers))

    def idle_words(self) -> str:
        """How many are chosen."""
        if not self._chosen:
            return say("columns.as_they_come")
        count, key = len(self._on | {0}), self.shell.keymap.of("columns.take")
        return say("columns.idle", count=count, key=key)

    # --- keys

    def do_columns_up(self) -> None:
        """One up."""
        self._cursor = max(0, self._cursor - 1)
        self.draw()

    def do_columns_down(self) -> None:
        """One down."""
        self._cursor = min(len(self._numbers) - 1, self._cursor + 1)
        self.draw()

    def do_columns_toggle(self) -> None:
        """Show the column under the cursor, or show it no more."""
        number = self._numbers[self._cursor]
        if number == 0:
            self.hint(say("columns.first_stays"))
            return
        self._on ^= {number}
        self._chosen = True
        self.draw()

    def do_columns_earlier(self) -> None:
        """One place to the left."""
        self._move(-1)

    def do_columns_later(self) -> None:
        """One place to the right."""
        self._move(1)

    def _move(self, places: int) -> None:
        to = self._cursor + places
        if self._cursor == 0 or to == 0:
            self.hint(say("columns.first_stays"))
            return
        if self._numbers[self._cursor] not in self._on:
            self.hint(say("columns.off", key=self.shell.keymap.of("columns.toggle")))
            return
        if to < len(self._numbers):
            self._numbers.insert(to, self._numbers.pop(self._cursor))
            self._cursor = to
            self._chosen = True
        self.draw()

    def do_columns_reset(self) -> None:
        """As they come."""
        self._arrange(())
        self.draw()

    def do_columns_take(self) -> None:
        """Show these."""
        self.app.pop_screen()
        chosen = [one for one in self._numbers if self._chosen and one in self._on and one]
        self._take((0, *chosen) if chosen else ())
