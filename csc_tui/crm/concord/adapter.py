"""The Concord CRM adapter: intents to requests, responses to values, all pure."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from csc_tui.crm.adapter import Hanging, History, Page, Raw, Way, Whoami
from csc_tui.crm.concord import asking, paging, reading, refusals, resources, writing
from csc_tui.crm.concord.front import ConcordFront
from csc_tui.crm.concord.history import EntryHistory, hanging
from csc_tui.crm.concord.models import Owned
from csc_tui.domain.change import Change
from csc_tui.domain.digest import Digest, digest
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


class ConcordAdapter(ConcordFront):
    """Keeps the protocol `csc_tui.crm.adapter.Adapter`; what each method does is said there."""

    tells_account = False
    narrows: frozenset[str] = frozenset()
    history: History | None = EntryHistory()

    def resources(self, definitions: Sequence[FieldDefinition] = ()) -> dict[str, Resource]:
        """Contacts, companies and deals, with their custom fields."""
        return resources.with_definitions(definitions)

    def narrow(self, query: Query, wanted: Filter, lookups: Lookups) -> Query:
        """The whole list: how a filter stands in an address is assumed. Fact sheet §6."""
        return query

    def listing(self, query: Query, page: int) -> Request:
        """A page as always."""
        return self.page(query, page)

    def count(self, query: Query) -> Request:
        """The length of a list."""
        return asking.count(query)

    def ids(self, query: Query, page: int) -> Request:
        """One page of a list, the oldest first, without links."""
        return asking.ids(query, page)

    def changes(self, resource: str, since: datetime, page: int) -> tuple[Way, ...]:
        """What was changed last."""
        return asking.changes(resource, since, page)

    def show(self, ref: Ref) -> Request:
        """One record."""
        return asking.show(ref)

    def show_many(self, resource: str, ids: Sequence[str]) -> Request:
        """Several records."""
        return asking.show_many(resource, ids)

    def search(self, resource: str, text: str) -> tuple[Request, ...]:
        """What a search text may mean; at most two requests, none for blank text."""
        return asking.search(resource, text)

    def write(
        self, change: Change, resource: Resource, record: Record | None = None
    ) -> tuple[Request, ...]:
        """What carries out a change."""
        return writing.write(change, resource, record if isinstance(record, Owned) else None)

    def hanging(self, ref: Ref) -> Generator[Request, Response, Hanging]:
        """Its notes, calls and activities."""
        return hanging(ref)

    def twins(self, resource: str, since: datetime) -> Request:
        """What was made last, whenever that was."""
        return asking.twins(resource)

    def nested(self, resource: str) -> frozenset[str]:
        """Everything that can be made of a resource's parts goes into its create."""
        kinds = resources.RESOURCES[resource].parts
        return frozenset(one.name for one in kinds if one.verbs)

    def check(self) -> Request:
        """Whether the key is good."""
        return Request("GET", "/me")

    def whoami(self) -> Request:
        """The key's user."""
        return Request("GET", "/me")

    def lookup(self, name: str, page: int, last: Response | None = None) -> Request | None:
        """`fields`, or a list that a field takes its options from; None for tags."""
        return asking.lookup(name, page, last)

    def error(self, response: Response) -> CrmError | None:
        """What went wrong."""
        return refusals.error(response)

    def refused(self, response: Response, change: Change) -> CrmError | None:
        """What went wrong with a write, at the fields of its form."""
        return refusals.refused(response, change)

    def read_page(self, resource: str, response: Response) -> Page:
        """The raw records of a page, the list's total, the length of its pages."""
        return reading.read_page(response)

    def read_list(self, resource: str, response: Response) -> list[Raw]:
        """The raw records of a list."""
        return reading.read_list(response)

    def read_one(self, resource: str, response: Response) -> Raw:
        """The raw record of an answer."""
        return reading.read_one(response)

    def read_total(self, response: Response) -> int | None:
        """The count."""
        return paging.read_total(response)

    def read_created(self, response: Response, change: Change) -> str:
        """The new id."""
        return reading.read_created(response, change)

    def read_whoami(self, response: Response) -> Whoami:
        """The key's user."""
        return reading.read_whoami(response)

    def read_choices(self, name: str, response: Response) -> list[Choice]:
        """Options of a lookup."""
        return reading.read_choices(name, response)

    def read_definitions(self, request: Request, response: Response) -> list[FieldDefinition]:
        """Definitions of custom fields; whose they are stands in the request alone."""
        return reading.read_definitions(request.path.split("/")[1], response)

    def account_of(self, raw: Raw) -> str:
        """No record tells."""
        return ""

    def record(self, resource: Resource, raw: Raw) -> Record:
        """The typed record."""
        return reading.record(resource, raw)

    def defined(self, resource: Resource, record: Record) -> Record:
        """The record with its custom fields as their definitions say."""
        return reading.defined(resource, record) if isinstance(record, Owned) else record

    def digest(self, resource: Resource, raw: Raw) -> Digest:
        """Out of all of it: records have few parts here, and a list may show any custom field."""
        return digest(self.record(resource, raw), resource.columns)
