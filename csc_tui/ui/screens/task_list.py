"""What a list of tasks has beside what every list has: a view that opens it, and chores.

The first view opens the list: what is mine and open, the soonest due first.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from csc_tui.domain.ref import Ref

if TYPE_CHECKING:
    from csc_tui.domain.query import Sort
    from csc_tui.domain.resource import View
    from csc_tui.ui.screens.chores import Chores
    from csc_tui.ui.screens.list import ListScreen


class TaskList:
    """First view and chores of one list; of one of other records there are none."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen

    @property
    def handlers(self) -> tuple[object, ...]:
        """What answers the keys that only tasks have."""
        return (self._chores,) if self._known else ()

    @cached_property
    def _chores(self) -> Chores:
        from csc_tui.ui.screens.chores import Chores

        return Chores(self._screen, self._here)

    def _here(self) -> Ref | None:
        """What the cursor is on: a row, or in the preview what that one names."""
        screen = self._screen
        if screen.preview.active:
            return screen.preview.actions.task
        row = screen.rows.row
        return Ref(screen.tab.name, row.id) if row is not None else None

    @property
    def _known(self) -> tuple[View, ...]:
        """The views of the resource; none before it is known."""
        resource = self._screen.csc.desk.resources.get(self._screen.tab.name)
        return resource.views if resource is not None else ()

    def open(self) -> bool:
        """Show the first view in place of the whole list, which is not asked for; False: none.

        Before the CRM is there its views are not known: it is shown as soon as they are.
        """
        screen = self._screen
        if screen.csc.desk.awake.is_set() and not self._known:
            return False
        from csc_tui.ui.screens.filter_line import Nothing

        screen.rows.use(Nothing(), screen.tab.columns)
        screen.narrow().open(self._first)
        return True

    async def _first(self) -> tuple[str, Sort] | None:
        """Filter and order of the first view; None where there is none."""
        from csc_tui.domain.ordering import find_order

        await self._screen.csc.desk.awake.wait()
        if not self._known:
            return None
        view, options = self._known[0], self._screen.narrow().options()
        return view.filter, (find_order(options, view.sort) or options[0]).sort
