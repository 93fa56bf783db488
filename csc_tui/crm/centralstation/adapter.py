"""The CentralStationCRM adapter: intents to requests, responses to values, all pure."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from csc_tui.crm.adapter import Hanging, History, Page, Raw, Way, Whoami
from csc_tui.crm.centralstation import asking, reading, refusals, resources
from csc_tui.crm.centralstation.front import CentralStationFront
from csc_tui.crm.centralstation.history import ProtocolHistory
from csc_tui.domain.change import Change
from csc_tui.domain.digest import Digest
from csc_tui.domain.errors import CrmError
from csc_tui.domain.field import Choice
from csc_tui.domain.lookup import FieldDefinition, Lookups
from csc_tui.domain.query import Query
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.domain.resource import Resource
from csc_tui.http.message import Request, Response

if TYPE_CHECKING:
    from csc_tui.domain.filter import Filter


class CentralStationAdapter(CentralStationFront):
    """Keeps the protocol `csc_tui.crm.adapter.Adapter`; what each method does is said there."""

    tells_account = True
    narrows = frozenset({"tag", "since"})
    history: History | None = ProtocolHistory()

    def resources(self, definitions: Sequence[FieldDefinition] = ()) -> Mapping[str, Resource]:
        """People, companies, deals, projects and tasks, with their custom fields."""
        return resources.with_definitions(definitions)

    def narrow(self, query: Query, wanted: Filter, lookups: Lookups) -> Query:
        """By tag, times and responsible user."""
        from csc_tui.crm.centralstation import narrowing

        return narrowing.narrow(query, wanted, lookups)

    def listing(self, query: Query, page: int) -> Request:
        """A page that is read record by record."""
        from csc_tui.crm.centralstation import piecewise

        return self.page(query, page)._replace(pieces=piecewise.reader(query.resource))

    def count(self, query: Query) -> Request | None:
        """The length of a list; that of tasks is not told."""
        return asking.count(query)

    def ids(self, query: Query, page: int) -> Request:
        """A page of bare records."""
        return asking.ids(query, page)

    def changes(self, resource: str, since: datetime, page: int) -> tuple[Way, ...]:
        """By the record's own time, and by that of its stream."""
        return asking.changes(resource, since, page)

    def show(self, ref: Ref) -> Request:
        """One record."""
        return asking.show(ref)

    def show_many(self, resource: str, ids: Sequence[str]) -> Request:
        """Several records."""
        return asking.show_many(resource, ids)

    def search(self, resource: str, text: str) -> tuple[Request, ...]:
        """What a search text may mean; at most three requests, none for blank text."""
        return asking.search(resource, text)

    def write(
        self, change: Change, resource: Resource, record: Record | None = None
    ) -> tuple[Request, ...]:
        """What carries out a change; see `writing.write` for what `base` has to hold."""
        from csc_tui.crm.centralstation import writing

        return writing.write(change, record)

    def hanging(self, ref: Ref) -> Generator[Request, Response, Hanging]:
        """Nothing: it moves all by itself."""
        yield from ()
        return {}

    def twins(self, resource: str, since: datetime) -> Request:
        """What was made since a moment."""
        return asking.twins(resource, since)

    def nested(self, resource: str) -> frozenset[str]:
        """Part kinds with `*_attributes`. Fact sheet §3."""
        from csc_tui.crm.centralstation import writing

        return writing.nested(resource)

    def check(self) -> Request:
        """Whether the key is good. Its answer's body means nothing. Fact sheet §1.2."""
        return Request("GET", "/check_connection")

    def whoami(self) -> Request:
        """The key's user. Fact sheet §2."""
        return Request("GET", "/user")

    def lookup(self, name: str, page: int, last: Response | None = None) -> Request | None:
        """`users`, `tags` (one page only) or `fields`; None for all else."""
        return asking.lookup(name, page, last)

    def error(self, response: Response) -> CrmError | None:
        """What went wrong."""
        return refusals.error(response)

    def refused(self, response: Response, change: Change) -> CrmError | None:
        """What went wrong with a write, at the fields of its form."""
        return refusals.refused(response, change)

    def read_page(self, resource: str, response: Response) -> Page:
        """The raw records of a page: nothing else is told."""
        return Page(reading.read_list(resource, response))

    def read_list(self, resource: str, response: Response) -> list[Raw]:
        """The raw records of a list."""
        return reading.read_list(resource, response)

    def read_one(self, resource: str, response: Response) -> Raw:
        """The raw record of an answer."""
        return reading.read_one(resource, response)

    def read_total(self, response: Response) -> int | None:
        """The count."""
        return reading.read_total(response)

    def read_created(self, response: Response, change: Change) -> str:
        """The new id."""
        return reading.read_created(response)

    def read_whoami(self, response: Response) -> Whoami:
        """The key's user."""
        return reading.read_whoami(response)

    def read_choices(self, name: str, response: Response) -> list[Choice]:
        """Options of a lookup."""
        return reading.read_choices(name, response)

    def read_definitions(self, request: Request, response: Response) -> list[FieldDefinition]:
        """Definitions of custom fields."""
        return reading.read_definitions(response)

    def account_of(self, raw: Raw) -> str:
        """`account_id` stands in every record (CentralStationCRM fact sheet §3, §4)."""
        told = raw.get("account_id")
        return str(told) if isinstance(told, int | str) else ""

    def record(self, resource: Resource, raw: Raw) -> Record:
        """The typed record."""
        return reading.record(resource.name, raw)

    def defined(self, resource: Resource, record: Record) -> Record:
        """The same: values of custom fields are text, whatever defines them."""
        return record

    def digest(self, resource: Resource, raw: Raw) -> Digest:
        """Out of what lists and the search look at alone."""
        return reading.digest(resource.name, raw)
