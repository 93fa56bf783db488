"""A short list of options over what is on the screen; one is taken or none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from textual.widget import Widget

from csc_tui.glyphs import harmless
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Role, Run
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

T = TypeVar("T")


class MenuScreen(Frame, Generic[T]):
    """Options, each a text and what it stands for."""

    place = Place.PICK

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, T]],
        take: Callable[[T], Awaitable[object] | None],
        at: int = 0,
    ) -> None:
        """`take` gets what was chosen; `at` is the option that the cursor begins on.

        What `take` gives is awaited: keys typed behind the choice are for what comes of it.
        """
        super().__init__()
        self._title = title
        self._options = options
        self._take = take
        self._cursor = at
        self._canvas = Canvas(id="menu")

    def body(self) -> list[Widget]:
        """The options."""
        return [self._canvas]

    def draw(self) -> None:
        """Draw the options, scrolled to the cursor."""
        if self.too_small or not self.is_mounted:
            return
        height = max(1, self._canvas.size.height)
        top = max(0, self._cursor - height + 1)
        self._canvas.draw(
            [
                (
                    Run("› " if n == self._cursor else "  "),
                    Run(harmless(text), Role.CURSOR if n == self._cursor else Role.TEXT),
                )
                for n, (text, _) in list(enumerate(self._options))[top : top + height]
            ]
        )
        super().draw()

    def trail(self) -> list[str]:
        """Where it belongs, then what is chosen."""
        return [*self.shell.trail_words(self), self._title]

    def position(self) -> str:
        """Which option of how many."""
        return say("record.position", stop=self._cursor + 1, stops=len(self._options))

    def typed(self, key: str) -> bool:
        """A letter goes to the next option that begins with it; a long list is paged through."""
        count, page = len(self._options), max(1, self._canvas.size.height - 1)
        leaps = {"pagedown": page, "pageup": -page, "end": count, "home": -count}
        if key in leaps:
            self._move(leaps[key])
            return True
        for step in range(1, count + 1):
            place = (self._cursor + step) % count
            if len(key) == 1 and self._options[place][0].casefold().startswith(key.casefold()):
                self._move(place - self._cursor)
                return True
        return False

    def _move(self, options: int) -> None:
        self._cursor = min(max(self._cursor + options, 0), len(self._options) - 1)
        self.draw()
        self.moved()

    @property
    def chosen(self) -> T:
        """What the option under the cursor stands for."""
        return self._options[self._cursor][1]

    def moved(self) -> None:
        """The cursor went to another option."""

    def do_pick_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_pick_down(self) -> None:
        """One down."""
        self._move(1)

    async def do_pick_take(self) -> None:
        """Take it."""
        self.app.pop_screen()
        if (work := self._take(self.chosen)) is not None:
            await work

    def do_pick_close(self) -> None:
        """Take none."""
        self.app.pop_screen()
