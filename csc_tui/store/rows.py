"""What goes into the store and comes out of it: plain values that need nothing to be read."""

# No postponed annotations: for a named tuple each text would be compiled while it is imported.

from typing import Literal, NamedTuple


class Row(NamedTuple):
    """One row of a list, as plain strings."""

    id: str
    cells: tuple[str, ...]
    """In the order of the resource's columns; the first is the name that it is listed by."""
    version: str
    """The record's version, as `Record.version` gives it."""


class Saved(NamedTuple):
    """A record on its way into the store."""

    id: str
    cells: tuple[str, ...]
    """In the order of the resource's columns; the first is the name that it is listed by."""
    version: str
    raw: str
    """The server's JSON object as text."""
    names: str
    """What the search finds first: first and last name, a company's name."""
    words: tuple[str, ...] = ()
    """E-mails, companies, cities."""
    phones: tuple[str, ...] = ()
    """Phone numbers as written."""


class StoredPage(NamedTuple):
    """One page of a list."""

    rows: tuple[Row, ...]
    at: float
    """When the server answered, seconds since the epoch; 0: known to be out of date."""


class StoredRecord(NamedTuple):
    """One record as the server sent it."""

    id: str
    raw: str
    """The server's JSON object as text."""
    version: str
    at: float
    """When the server answered, seconds since the epoch."""


class Indexed(NamedTuple):
    """What lists and the search have of one record: `Saved` without the record itself."""

    id: str
    cells: tuple[str, ...]
    names: str
    words: tuple[str, ...]
    phones: tuple[str, ...]


class StoredNotes(NamedTuple):
    """What is written about one record, as the server sent it."""

    raw: str
    """A JSON array of the server's objects as text, the newest first."""
    more: bool
    """Whether the server has older ones."""
    at: float
    """When the server gave the newest ones, seconds since the epoch."""


FoundIn = Literal["name", "mail", "word", "tel"]
"""What a hit was found by; `word` is a company or a city."""


class Hit(NamedTuple):
    """One row that a search found."""

    row: Row
    by: FoundIn
    found: str = ""
    """The mail address, company, city or number that matched, as written; empty for a name."""


class Total(NamedTuple):
    """How many records a list has on the server."""

    records: int
    at: float
    """When the server answered, seconds since the epoch; 0: known to be out of date."""


class Boundary(NamedTuple):
    """The first and last name of a known page, folded by `csc_tui.domain.folding.fold`."""

    page: int
    """1-based."""
    first: str
    last: str


class StoredChoice(NamedTuple):
    """One option of a lookup."""

    value: str
    words: str
    note: str = ""


class StoredLookup(NamedTuple):
    """The options of a lookup in the server's order."""

    choices: tuple[StoredChoice, ...]
    at: float
    """When the server answered, seconds since the epoch."""


class Suggestion(NamedTuple):
    """One record that type-ahead offers."""

    row: Row
    linked: int
    """How many records of the other resource name it (people of a company)."""
