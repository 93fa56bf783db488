"""What every service works with: the store from the start on, the CRM and its worker once awake.

The first paint needs the store alone; `wake` (see `session.py`) brings the adapter and the worker
in afterwards. Services that need them await `awake`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from csc_tui.domain.ref import Ref
from csc_tui.services.events import Events, RecordChanged, WorkChanged
from csc_tui.services.layout import Tab, tab_of
from csc_tui.store.rows import Row, Saved

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Adapter, Raw
    from csc_tui.domain.clock import Clock
    from csc_tui.domain.lookup import Lookups
    from csc_tui.domain.record import Record
    from csc_tui.domain.request_log import RequestLog
    from csc_tui.domain.resource import Resource
    from csc_tui.http.budget import Budget
    from csc_tui.http.message import Request, Response
    from csc_tui.store.store import Store
    from csc_tui.worker.lane import Lane
    from csc_tui.worker.worker import Worker


class Desk:
    """The shared things of one open account."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        log: RequestLog,
        *,
        name: str,
        read_only: bool = False,
        web_origin: str = "",
    ) -> None:
        """`name` is what the screen calls the account, `web_origin` where its web pages are."""
        self.store = store
        self.clock = clock
        self.log = log
        """What was sent and said."""
        self.name = name
        self.read_only = read_only
        self.web_origin = web_origin
        """Whether nothing may be written."""
        self.events = Events()
        self.awake = asyncio.Event()
        """Set once `crm`, `worker` and `resources` are there."""
        self.tabs: tuple[Tab, ...] = ()
        """In the order of their numbers; from the store until awake."""
        self.resources: dict[str, Resource] = {}
        from csc_tui.services.records import Records

        self.records = Records(self)
        self.crm: Adapter
        self.worker: Worker
        self.budget: Budget

    def bring_in(self, crm: Adapter, worker: Worker, budget: Budget) -> None:
        """The CRM is here: whatever was asked for meanwhile goes on."""
        self.crm, self.worker, self.budget = crm, worker, budget
        self.resources = crm.resources()
        self.tabs = tuple(tab_of(resource) for resource in self.resources.values())
        worker.subscribe(lambda: self.events.tell(WorkChanged()))
        self.awake.set()

    # --- what the status lines say

    @property
    def offline(self) -> bool:
        """Whether the last request found no line."""
        return self.awake.is_set() and self.worker.online is False

    @property
    def waiting(self) -> int:
        """Requests that wait for their turn."""
        return self.worker.waiting if self.awake.is_set() else 0

    def slots(self) -> tuple[int, int] | None:
        """Free slots and all slots of the budget; None before the CRM is here."""
        return (self.budget.free(), self.budget.limits.slots) if self.awake.is_set() else None

    def eta(self) -> float:
        """Seconds until what waits can be sent."""
        return self.worker.eta() if self.awake.is_set() else 0.0

    def mark(self, resource: str, record_id: str) -> str:
        """The gutter's sign for a record: `~` a write is on its way, `!` it needs somebody."""
        return ""

    def key_pressed(self) -> None:
        """Somebody is at the keys: lanes that yield leave slots free."""
        if self.awake.is_set():
            self.budget.key_pressed()

    def tab(self, name: str) -> Tab | None:
        """The tab of a resource, None before the first start knows any."""
        return next((tab for tab in self.tabs if tab.name == name), None)

    async def ask(self, request: Request, lane: Lane) -> Response:
        """Send a request when its turn comes. Raises CrmError."""
        await self.awake.wait()
        return await self.worker.send(request, lane)

    def record(self, resource: str, raw: Raw) -> Record:
        """The typed record of a raw one."""
        return self.crm.record(resource, raw)

    def saved(self, resource: str, raw: Raw) -> Saved:
        """A raw record made ready for the store: list cells, search words, JSON."""
        record = self.record(resource, raw)
        found = record.found_by()
        return Saved(
            id=record.id,
            cells=self.cells(record),
            version=record.version(),
            raw=json.dumps(raw, ensure_ascii=False, separators=(",", ":")),
            names=found.names,
            words=found.words,
            phones=found.phones,
        )

    def cells(self, record: Record) -> tuple[str, ...]:
        """The texts of a record's list columns."""
        columns = self.resources[record.resource].columns
        return tuple(record.cell(column.name) for column in columns)

    def choices(self) -> Lookups:
        """The lookups that are in memory."""
        return {}

    def web_address(self, ref: Ref) -> str:
        """The address of a record's page; empty where it has none."""
        path = self.resources[ref.resource].web_path
        return self.web_origin + path.format(id=ref.id) if path else ""

    def overlaid(self, record: Record) -> Record:
        """The record with what was changed here and is not yet confirmed."""
        return record

    def tell_record(self, resource: str, saved: Saved) -> None:
        """Say that a record is in the store in a new version."""
        row = Row(saved.id, saved.cells, saved.version)
        self.events.tell(RecordChanged(Ref(resource, saved.id), row))

    async def saved_all(self, resource: str, raws: Sequence[Raw]) -> list[Saved]:
        """`saved` of a whole page, off the screen's thread."""
        return await asyncio.to_thread(lambda: [self.saved(resource, raw) for raw in raws])


def rows_of(saved: Iterable[Saved]) -> tuple[Row, ...]:
    """What a list shows of records on their way into the store."""
    return tuple(Row(one.id, one.cells, one.version) for one in saved)


def parse_raw(text: str) -> Mapping[str, Any]:
    """A raw record out of the store."""
    raw: Mapping[str, Any] = json.loads(text)
    return raw
