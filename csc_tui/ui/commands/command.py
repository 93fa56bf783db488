"""A command: one thing that a key does, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csc_tui.words import say

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from csc_tui.domain.resource import Resource


class Place(StrEnum):
    """Where a command works."""

    EVERYWHERE = "everywhere"
    """Everywhere but where text is typed."""
    LIST = "list"
    RECORD = "record"
    COPY = "copy"
    """After `y`."""
    FORM = "form"
    PICK = "pick"
    """A list of options that opened in a form."""
    SEARCH = "search"
    """The search line, while it is typed."""
    FILTER = "filter"
    """The line in which a filter is typed."""
    VIEWS = "views"
    """Choosing a view of a list."""
    NAME = "name"
    """One short text on a screen of its own."""
    WELCOME = "welcome"
    LOG = "log"
    OUTBOX = "outbox"
    CONFLICT = "conflict"
    BIN = "bin"
    COLUMNS = "columns"
    BULK = "bulk"
    """What a change of many records would do, before it is done."""
    DUPES = "dupes"
    """The list of records that may be one."""
    MERGE = "merge"
    """Two records side by side."""


TEXT_PLACES = frozenset({Place.FORM, Place.PICK, Place.SEARCH, Place.FILTER, Place.NAME})
"""Where printable keys are text; what works everywhere does not work here."""
LEAVES = {
    Place.FORM: "form.leave",
    Place.PICK: "pick.close",
    Place.SEARCH: "search.end",
    Place.FILTER: "filter.end",
    Place.NAME: "name.leave",
}
"""What leaves a place where text is typed; elsewhere it is `back`."""


@dataclass(frozen=True, repr=False, eq=False)  # each is there once; the start makes them all
class Command:
    """One command. Its words stand in the catalogue under `command.<id>`."""

    id: str
    """Stable for ever: settings rebind by it."""
    place: Place
    keys: tuple[str, ...]
    """Default keys, the first shown in footers; textual's names (`ctrl+g`, `pagedown`, `D`)."""
    footer: int = 0
    """Rank in the footer, 1 is commonest; 0: not in the footer."""
    writes: bool = False
    """Whether it may change something at the server (absent in read-only)."""

    @property
    def title(self) -> str:
        """What it does, in a few words: for help, palette and tables."""
        return say(f"command.{self.id}")

    @property
    def short(self) -> str:
        """One word for the footer."""
        return say(f"command.{self.id}.short")


_NOTES = frozenset({"list.note", "record.note"})
_TAGS = frozenset({"list.tags", "record.tags"})
_TASKS = frozenset(
    f"{place}.{does}" for place in ("list", "record") for does in ("tick", "put_off", "hand_on")
) | {"list.views"}  # every list has views; one of tasks is looked at through them


def usable(command: Command, resource: Resource | None, marked: int = 0) -> bool:
    """No notes and no tags where the CRM takes none for such records, only tasks ticked off."""
    if command.id == "list.act":
        return marked > 0
    if command.id in _NOTES:
        return resource is not None and resource.takes_notes
    if command.id in _TAGS:
        return resource is None or resource.takes_tags  # nearly all have them: no key comes late
    if command.id in _TASKS:
        return resource is not None and resource.todo is not None
    return True
