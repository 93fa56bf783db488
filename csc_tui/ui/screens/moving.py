"""Moving the cursor in a list, and its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.screens.list import ListScreen


class Moving:
    """Up and down, from end to end, sideways."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen

    def do_list_up(self) -> None:
        """One row up."""
        self._screen.rows.move(-1)
        self._screen.moved()

    def do_list_down(self) -> None:
        """One row down."""
        self._screen.rows.move(1)
        self._screen.moved()

    def do_list_page_up(self) -> None:
        """A page up."""
        self._screen.rows.page(-1)
        self._screen.moved()

    def do_list_page_down(self) -> None:
        """A page down."""
        self._screen.rows.page(1)
        self._screen.moved()

    def do_list_home(self) -> None:
        """To the first row."""
        self._screen.rows.move_to(0)
        self._screen.moved()

    def do_list_end(self) -> None:
        """To the last row."""
        self._screen.rows.move_to(self._screen.rows.total - 1)
        self._screen.moved()

    def do_list_columns_left(self) -> None:
        """Columns to the left."""
        self._scroll_columns(-1)

    def do_list_columns_right(self) -> None:
        """Columns to the right."""
        self._scroll_columns(1)

    def _scroll_columns(self, direction: int) -> None:
        self._screen.csc.desk.lookups.want("fields")
        if not self._screen.rows.scroll_columns(direction):
            self._screen.hint(say("screen.no_more_columns"))
        self._screen.draw()
