"""What happened, told to whoever listens: the one way from the services back to a screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.errors import CrmError
from csc_tui.domain.query import Query
from csc_tui.domain.ref import Ref
from csc_tui.services.showing import Showing
from csc_tui.store.rows import Row

if TYPE_CHECKING:
    from csc_tui.domain.record import Record


class RowsChanged(NamedTuple):
    """Rows or the total of a list changed."""

    query: Query


class RecordChanged(NamedTuple):
    """A record was read, edited here, or is gone."""

    ref: Ref
    row: Row | None = None
    """Its list row as it is now, where some list may show it."""
    record: Record | None = None
    """What that row was made of: the record with what is on its way."""


class WorkChanged:
    """The budget, the queue or the line changed: the status lines are to be drawn."""


class LookupsChanged:
    """Users, tags or field definitions have arrived."""


class Failed(NamedTuple):
    """Something that nobody awaits has failed; `doing` names it for the sentence."""

    error: CrmError
    doing: str


class Mended(NamedTuple):
    """What had failed under this name (`Failed.doing`) works again."""

    doing: str


class Noticed(NamedTuple):
    """Something to be said that is no failure of a request: `key` and `values` for the words."""

    key: str
    values: tuple[tuple[str, object], ...] = ()
    bad: bool = False
    """Whether it stays until somebody has seen it."""


class RecordGone(NamedTuple):
    """A record was deleted; the store has forgotten it."""

    ref: Ref


class SyncMoved:
    """A synchronisation has come further, was paused, or has ended."""


class DraftsChanged:
    """A draft was begun, given back or taken over: by another terminal, or here."""


Event = (
    RowsChanged
    | DraftsChanged
    | RecordChanged
    | RecordGone
    | SyncMoved
    | WorkChanged
    | LookupsChanged
    | Failed
    | Mended
    | Noticed
)


class Events:
    """A list of listeners; events are handed on at once, in order."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []
        self.showing = Showing()
        """The lists whose rows are to be made anew for `RecordChanged`; for others it has none."""

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with every event from now on; gives back what ends that."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def tell(self, event: Event) -> None:
        """Hand an event to all listeners."""
        for listener in tuple(self._listeners):
            listener(event)
