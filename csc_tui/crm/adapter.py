"""What every CRM adapter keeps: pure translation, never any I/O.

Intents become requests, responses become raw records, totals, lookups or errors. What an adapter
returns can be compared with a table of examples; the services send it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:  # a list is asked for before anything of what it holds is imported
    from csc_tui.domain.change import Change
    from csc_tui.domain.digest import Digest
    from csc_tui.domain.errors import CrmError
    from csc_tui.domain.field import Choice
    from csc_tui.domain.filter import Filter
    from csc_tui.domain.lookup import FieldDefinition, Lookups
    from csc_tui.domain.query import Query
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.domain.resource import Resource
    from csc_tui.http.message import Request, Response

Raw = Mapping[str, Any]
"""A record as the server sent it, without its wrapper; what the store keeps. It has an `id`."""


class Limits(NamedTuple):
    """What the server allows."""

    slots: int
    """Requests in one window."""
    window: float
    """Seconds."""
    told: bool = False
    """Whether its answers say how many requests it allows and how many are left; `slots` is then
    what is allowed before the first one."""
    pages_count: bool = False
    """Whether the answer to `page` tells the list's length, so that `count` is not asked for."""


class Page(NamedTuple):
    """What the answer to `page` holds."""

    raws: list[Raw]
    total: int | None = None
    """How many records the whole list has, if the answer says so."""
    rows: int = 0
    """How many a full page has: servers do not always give what was asked for; 0: not told."""


class Entries(NamedTuple):
    """A page of what is written about a record."""

    raws: list[Raw]
    """The notes, the newest first."""
    more: bool = False
    """Whether there may be older ones."""
    record: Raw | None = None
    """The record itself, where it comes with them."""


Hanging = Mapping[str, tuple[str, ...]]
"""Ids of notes, calls and the like by their kind, as `Change.values` of an `ATTACH` take them."""


class History(Protocol):
    """How the notes of records are asked for and read."""

    rows: int
    """Notes of a full page."""
    brings_record: bool
    """Whether the record itself comes with its notes, all links with it."""

    def page(self, ref: Ref, number: int) -> Generator[Request, Response, Entries]:
        """Page `number` (1-based): yields what to ask, is sent the answers, returns the notes.

        Raises ServerBroken on odd shapes.
        """


class Whoami(NamedTuple):
    """Whose key it is."""

    user_id: str
    name: str
    account_id: str
    """The server's own account id; stored with the first answer and compared ever after."""


class Way(NamedTuple):
    """One way to ask for what has changed, and what tells whether the server understood."""

    request: Request
    stamp: str
    """Key of the raw record with the time (ISO 8601) that the request is about."""


class Front(Protocol):
    """Of one CRM what is needed until a list has been asked for; imported in no time."""

    name: str
    """`centralstation`: as in settings."""
    title: str
    """`CentralStationCRM`: as people call it."""
    limits: Limits

    def headers(self, key: str) -> dict[str, str]:
        """The headers that carry the key."""

    def page(self, query: Query, page: int) -> Request:
        """Page `page` (1-based, of `page_rows` rows), with all that list and preview show."""


class Adapter(Front, Protocol):
    """One CRM. All methods are pure."""

    tells_account: bool
    """Whether records say which account they belong to; else an account is its address."""
    narrows: frozenset[str]
    """What the server can narrow a list by: `tag` and `since` of `Query`."""
    history: History | None
    """Asks for notes; None where no resource has any."""

    def resources(self, definitions: Sequence[FieldDefinition] = ()) -> Mapping[str, Resource]:
        """The resources in tab order, with the account's custom fields joined in."""

    def narrow(self, query: Query, wanted: Filter, lookups: Lookups) -> Query:
        """The shortest list that the server can give with all that a filter lets through in it.

        Whatever else is on that list is matched here, so conditions that the server may read in
        another way are left out. `lookups` are those of `filter_meaning.Reader.wants`.
        """

    # --- intents -> requests

    def listing(self, query: Query, page: int) -> Request:
        """As `page`, for whoever needs no more of a record than `digest` gives, and its text.

        Its records may come as `domain.unread.Unread`.
        """

    def count(self, query: Query) -> Request | None:
        """How many records the list has; None where the server cannot be asked."""

    def ids(self, query: Query, page: int) -> Request:
        """Page `page` of the list with as little of each record as can be had.

        The oldest come first, so that what is created meanwhile moves no other record.
        """

    def changes(self, resource: str, since: datetime, page: int) -> tuple[Way, ...]:
        """Page `page` of what changed since a moment (aware), by every way that there is.

        The first way gives the latest change first, where the server sorts as it is asked; the
        others add what that one cannot see. Nobody relies on any of them: see `services.delta`.
        """

    def show(self, ref: Ref) -> Request:
        """One record with all its parts."""

    def show_many(self, resource: str, ids: Sequence[str]) -> Request:
        """Several records by id in one request, at most one page of them."""

    def search(self, resource: str, text: str) -> tuple[Request, ...]:
        """What to ask the server for a search text (name, e-mail, phone, contact details)."""

    def write(
        self, change: Change, resource: Resource, record: Record | None = None
    ) -> tuple[Request, ...]:
        """The requests, in order, that carry out a change; none where it is so already.

        `resource` is that of the record that it is about, with the account's custom fields;
        `record` that record as it was just read, None for one to be made.
        """

    def hanging(self, ref: Ref) -> Generator[Request, Response, Hanging]:
        """What hangs on a record beside its parts, for `ATTACH` to link to another one.

        Yields what to ask, is sent the answers. Nothing where the CRM merges by itself.
        """

    def twins(self, resource: str, since: datetime) -> Request:
        """The records made since a moment (by the server's clock), newest first, with all parts.

        Among them is what a create has made whose answer was lost. At most a page of them.
        """

    def nested(self, resource: str) -> frozenset[str]:
        """The part kinds that one create of this resource may hold; others follow one by one."""

    def check(self) -> Request:
        """The cheapest request that tells whether the key is good."""

    def whoami(self) -> Request:
        """Whose key it is."""

    def lookup(self, name: str, page: int, last: Response | None = None) -> Request | None:
        """A page (from 1) of `fields` or of a lookup that a field names; None: there is no more.

        `last` is the answer to the page before.
        """

    # --- responses -> values

    def error(self, response: Response) -> CrmError | None:
        """What a response says has gone wrong; None for a good one."""

    def refused(self, response: Response, change: Change) -> CrmError | None:
        """As `error`, with a 422's keys translated to the form's field names of `change`."""

    def read_page(self, resource: str, response: Response) -> Page:
        """The answer to `page`. Raises ServerBroken on odd shapes."""

    def read_list(self, resource: str, response: Response) -> list[Raw]:
        """The raw records of a page or search. Raises ServerBroken on odd shapes."""

    def read_one(self, resource: str, response: Response) -> Raw:
        """The raw record of a show or a create. Raises ServerBroken on odd shapes."""

    def read_total(self, response: Response) -> int | None:
        """The count; None where the answer holds none or nonsense (below 0, above 10**8)."""

    def read_created(self, response: Response, change: Change) -> str:
        """The id of what a create made; empty where the answer does not tell."""

    def read_whoami(self, response: Response) -> Whoami:
        """Whose key it is; empty texts for what the answer lacks."""

    def read_choices(self, name: str, response: Response) -> list[Choice]:
        """The options of a lookup page."""

    def read_definitions(self, request: Request, response: Response) -> list[FieldDefinition]:
        """The custom-field definitions of a `fields` lookup page, as it was asked for."""

    def account_of(self, raw: Raw) -> str:
        """The server's own id of the account that a record belongs to; empty if it is not told."""

    def record(self, resource: Resource, raw: Raw) -> Record:
        """The typed record of a raw one; never raises for odd values."""

    def defined(self, resource: Resource, record: Record) -> Record:
        """The record with what was read before its definition came read by that.

        `resource`: with the custom fields that the account is known to have by now.
        """

    def digest(self, resource: Resource, raw: Raw) -> Digest:
        """What lists and the search hold of a raw record; never raises for odd values."""
