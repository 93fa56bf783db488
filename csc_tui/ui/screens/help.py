"""Help for a place: what can be done there and by which keys, the user's own among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.glyphs import wrap
from csc_tui.ui.commands.command import TEXT_PLACES, Place
from csc_tui.ui.commands.keymap import shown
from csc_tui.ui.paint import Role, Run, plain
from csc_tui.ui.screens.pager import Pager
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from csc_tui.ui.commands.command import Command
    from csc_tui.ui.frame import Frame
    from csc_tui.ui.paint import Line

KEYS_WIDTH = 17
"""Cells for the keys of a command."""

_ALSO = {
    Place.LIST: (Place.COPY, Place.SEARCH),
    Place.RECORD: (Place.COPY,),
    Place.FORM: (Place.PICK,),
}
"""Places that one comes to from a place by one key more."""


class HelpScreen(Pager):
    """The commands of one place, then those that work everywhere."""

    def __init__(self, of: Frame) -> None:
        super().__init__()
        self._of = of

    def rows(self, columns: int) -> list[Line]:
        """A heading for each place, and a row for each command that can be run there."""
        here = self._of.place
        places = [here, *_ALSO.get(here, ())]
        if here not in TEXT_PLACES:
            places.append(Place.EVERYWHERE)
        rows: list[Line] = []
        for place in places:
            commands = [c for c in self.shell.keymap.commands if c.place is place and c.keys]
            if place in (here, Place.EVERYWHERE):
                commands = [c for c in commands if self._of.action_of(c) is not None]
            if self.shell.read_only:
                commands = [c for c in commands if not c.writes]
            if commands:
                rows += [(), plain(f"  {say(f'place.{place.value}')}", Role.HEAD)]
                rows += [row for c in commands for row in _rows(c, self.title_of(c), columns)]
        return rows[1:]

    def trail(self) -> list[str]:
        """The place, then what this is."""
        return [*self.shell.trail_words(self), say("help.title")]

    def idle_words(self) -> str:
        """Where the keys can be changed."""
        return say("help.rebind")

    def do_help(self) -> Awaitable[None] | None:
        """The same key leads back."""
        return self.shell.do_back()


def _rows(command: Command, title: str, columns: int) -> list[Line]:
    """Keys and title, wrapped."""
    keys = "  ".join(shown(key) for key in command.keys)
    lead = f"  {keys:<{KEYS_WIDTH}}  "
    texts = wrap(title, max(10, columns - len(lead) - 1))
    first = (Run(lead, Role.STRONG), Run(texts[0]))
    return [first, *(plain(" " * len(lead) + text) for text in texts[1:])]
