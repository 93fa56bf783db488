"""What every service works with: the store from the start on, the CRM and its worker once awake.

The first paint needs the store alone; `wake` (see `session.py`) brings the adapter and the worker
in afterwards. Services that need them await `awake`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from csc_tui.domain.errors import OtherAccount
from csc_tui.domain.query import PAGE_ROWS, Query
from csc_tui.domain.ref import Ref
from csc_tui.services.away import away
from csc_tui.services.events import Events, WorkChanged
from csc_tui.services.layout import Tab, dump, tab_of
from csc_tui.store.rows import Row, Saved, StoredRecord

if TYPE_CHECKING:
    from pathlib import Path

    from csc_tui.crm.adapter import Adapter, Raw
    from csc_tui.domain.clock import Clock
    from csc_tui.domain.digest import Digest
    from csc_tui.domain.lookup import FieldDefinition
    from csc_tui.domain.lookup import Lookups as Choices
    from csc_tui.domain.record import Record
    from csc_tui.domain.request_log import RequestLog
    from csc_tui.domain.resource import Resource
    from csc_tui.http.budget import Budget
    from csc_tui.http.message import Request, Response
    from csc_tui.services.lookup import Lookups
    from csc_tui.services.outbox import Outbox
    from csc_tui.services.outbox_events import OutboxEvent
    from csc_tui.services.records import Records
    from csc_tui.services.sync import Sync
    from csc_tui.store.store import Store
    from csc_tui.worker.lane import Lane
    from csc_tui.worker.queue import Pause
    from csc_tui.worker.worker import Worker


class Desk:
    """The shared things of one open account."""

    folder: Path
    """Where it has what cannot be fetched again."""
    use_key: Callable[[str], Awaitable[None]]
    """Try another API key and go on with it. Raises CrmError if it is no better."""
    crm: Adapter
    worker: Worker
    budget: Budget
    records: Records
    lookups: Lookups
    edits: Outbox
    sync: Sync

    def __init__(
        self,
        store: Store,
        clock: Clock,
        log: RequestLog,
        *,
        name: str,
        read_only: bool = False,
        web_origin: str = "",
        own_id: str = "",
    ) -> None:
        """`name` and `own_id`: what the screen calls it, and what names it if no answer does."""
        self.store = store
        self.clock = clock
        self.log = log
        """What was sent and said."""
        self.name = name
        self.read_only = read_only
        """Whether nothing may be written."""
        self.web_origin = web_origin
        self._own_id = own_id
        self.key_mark: Callable[[], str] = str
        """Tells the key that is used from others: they may be other users'."""
        self.reads_only = False
        """Whether it was opened without `edits` and `sync`, by a command that only reads."""
        self.events = Events()
        self.account_id = ""
        """The server's own id of the account, as its answers say it; empty before the first."""
        self.foreign: OtherAccount | None = None
        """Set when another account answered: nothing is sent any more."""
        self.awake = asyncio.Event()
        """Set once `crm`, `worker` and `resources` are there."""
        self.answered = asyncio.Event()
        """Set once the first list has been answered."""
        self.tabs: tuple[Tab, ...] = ()
        """In the order of their numbers; from the store until awake."""
        self.resources: Mapping[str, Resource] = {}
        self.arriving: dict[Ref, StoredRecord] = {}
        """Records that are on the screen already, but not yet in the store."""
        self.preparing: list[Callable[[], object]] = []
        """What the next answer needs and takes a while to make: done once a request has left."""
        self.foreseen: dict[Request, asyncio.Task[Response]] = {}
        """Answers on their way that nobody has asked for yet, see `services.foreseen`."""
        self._running: list[asyncio.Task[None]] = []
        self.on_outbox: Callable[[OutboxEvent], None] | None = None
        """Hears what becomes of saves; the screen sets it."""
        self._at_end: list[Callable[[], Awaitable[None]]] = []

    def bring_in(
        self,
        crm: Adapter,
        worker: Worker,
        budget: Budget,
        definitions: Sequence[FieldDefinition] = (),
    ) -> None:
        """The CRM is here: whatever was asked for meanwhile goes on.

        `records`, `lookups`, `edits` and `sync` have to be there by now. `definitions` of custom
        fields are those that the store has. Who only reads is content with the tabs that it has,
        and with the resources that he reads: to make a tab takes the models of all.
        """
        self.crm, self.worker, self.budget = crm, worker, budget
        self.resources = crm.resources(definitions)
        if not (self.reads_only and [one.name for one in self.tabs] == list(self.resources)):
            self._define(definitions)
        worker.subscribe(lambda: self.events.tell(WorkChanged()))
        budget.on_change = lambda: self.events.tell(WorkChanged())
        self.awake.set()

    def _define(self, definitions: Sequence[FieldDefinition]) -> set[str]:
        """Make resources and tabs; gives the resources whose columns are others than before."""
        self.resources = self.crm.resources(definitions)
        told = {tab.name: tab.page_rows for tab in self.tabs if self.crm.limits.pages_count}
        before = {tab.name: tab.columns for tab in self.tabs}
        self.tabs = tuple(
            tab_of(one)._replace(page_rows=told.get(one.name, one.page_rows))
            for one in self.resources.values()
        )
        return {tab.name for tab in self.tabs if before.get(tab.name) != tab.columns}

    def define(self, definitions: Sequence[FieldDefinition]) -> None:
        """The account's custom fields are known (better): lists get their columns."""
        if others := self._define(definitions):
            self.run(self._refill(others))

    async def _refill(self, resources: Iterable[str]) -> None:
        """What lists show of these resources has to be made anew."""
        for name in resources:
            await self.store.drop_pages(name)
        await self.store.set_value("tabs", dump(self.tabs))

    def run(self, work: Coroutine[None, None, None]) -> None:
        """Something that goes on beside the screen until the desk is closed."""
        self._running.append(asyncio.create_task(work))

    def at_end(self, end: Callable[[], Awaitable[None]]) -> None:
        """Something else to end when the desk is closed."""
        self._at_end.append(end)

    async def close(self) -> None:
        """End everything that runs."""
        for task in (*self._running, *self.foreseen.values()):
            task.cancel()
        if self.awake.is_set():
            if not self.reads_only:
                await self.edits.close()
            await self.worker.stop()
            await self.budget.aclose()
        for end in self._at_end:
            await end()
        await self.store.close()

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
        """Free slots and all slots of the budget; None before they are known."""
        slots = self.budget.slots if self.awake.is_set() else None
        return None if slots is None else (self.budget.free(), slots)

    def eta(self) -> float:
        """Seconds until what waits can be sent."""
        return self.worker.eta() if self.awake.is_set() else 0.0

    @property
    def pause(self) -> Pause | None:
        """What is waited for by order of the server or after a failure; None for nothing."""
        return self.worker.pause if self.awake.is_set() else None

    def mark(self, resource: str, record_id: str) -> str:
        """The gutter's sign for a record: `~` a write is on its way, `!` it needs somebody."""
        return self.edits.mark(Ref(resource, record_id)) if self.awake.is_set() else ""

    @property
    def outbox(self) -> int | None:
        """Writes not yet confirmed; None before that is known."""
        return self.edits.outbox if self.awake.is_set() else None

    @property
    def conflicts(self) -> int:
        """Writes that wait for the user to choose."""
        return self.edits.conflicts if self.awake.is_set() else 0

    def tell_outbox(self, event: OutboxEvent) -> None:
        """Hand on what becomes of a save."""
        if self.on_outbox is not None:
            self.on_outbox(event)

    @property
    def drafts(self) -> int:
        """Forms whose text is kept."""
        return self.edits.drafts if self.awake.is_set() else 0

    @property
    def at_leisure(self) -> bool:
        """Whether what nobody has asked for may be fetched.

        The line has to be idle and half of the budget free, so that it is missing to no window.
        """
        if not self.awake.is_set() or self.offline or self.pause is not None:
            return False
        free, slots = self.budget.free(), self.budget.limits.slots
        return not self.worker.waiting and not self.worker.in_flight and 2 * free >= slots

    def prepare(self) -> None:
        """An answer is on its way: do what it will need, so that the server's time is used."""
        while self.preparing:
            self.preparing.pop()()

    def hurry(self, request: Request, lane: Lane) -> None:
        """A read that waits is wanted sooner than was thought."""
        self.worker.promote(request, lane)

    def key_pressed(self) -> None:
        """Somebody is at the keys: lanes that yield leave slots free."""
        if self.awake.is_set():
            self.budget.key_pressed()

    def tab(self, name: str) -> Tab | None:
        """The tab of a resource, None before the first start knows any."""
        return next((tab for tab in self.tabs if tab.name == name), None)

    def page_rows(self, name: str) -> int:
        """Rows of one page of a resource's lists, as far as is known."""
        tab = self.tab(name)
        return tab.page_rows if tab is not None else PAGE_ROWS

    async def learn_page_rows(self, query: Query, rows: int) -> None:
        """The server gives pages of another length than it was asked for: reckon with those."""
        if rows == self.page_rows(query.resource):
            return
        self.tabs = tuple(
            tab._replace(page_rows=rows) if tab.name == query.resource else tab for tab in self.tabs
        )
        await self.store.forget_pages(query.key)
        await self.store.set_value("tabs", dump(self.tabs))

    async def ask(self, request: Request, lane: Lane) -> Response:
        """Send a request when its turn comes. Raises CrmError."""
        await self.awake.wait()
        if self.foreign is not None:
            raise self.foreign
        coming = None if request.writes else self.foreseen.pop(request, None)
        with away():
            return await (coming or self.worker.send(request, lane))

    def record(self, resource: str, raw: Raw) -> Record:
        """The typed record of a raw one."""
        return self.crm.record(self.resources[resource], raw)

    def saved(self, resource: str, raw: Raw) -> Saved:
        """A raw record made ready for the store: list cells, search words, JSON."""
        return _saved(self.crm.digest(self.resources[resource], raw), raw)

    def saved_of(self, record: Record, raw: Raw) -> Saved:
        """As `saved`, of a record that has been read already."""
        from csc_tui.domain.digest import digest  # no record is read before the first paint

        return _saved(digest(record, self.resources[record.resource].columns), raw)

    def cells(self, record: Record) -> tuple[str, ...]:
        """The texts of a record's list columns."""
        from csc_tui.domain.digest import cells

        return cells(record, self.resources[record.resource].columns)

    def choices(self) -> Choices:
        """The lookups that are in memory."""
        return self.lookups.known

    def web_address(self, ref: Ref) -> str:
        """The address of a record's page; empty where it has none."""
        path = self.resources[ref.resource].web_path
        return self.web_origin + path.format(id=ref.id) if path else ""

    @property
    def own_id(self) -> str:
        """What names the account where no answer does; empty where answers do."""
        return "" if self.crm.tells_account else self._own_id

    def account_of(self, raw: Raw) -> str:
        """The account that a record belongs to; empty if that is not told."""
        return self.crm.account_of(raw) or self.own_id

    async def check_account(self, raws: Sequence[Raw]) -> None:
        """Remember whose account answers. Raises OtherAccount if it is not the one it was."""
        told = next((one for raw in raws if (one := self.account_of(raw))), self.own_id)
        if not told or told == self.account_id:
            return
        self.foreign = await self.other_account(told)
        if self.foreign is not None:
            raise self.foreign
        self.account_id = told
        await self.store.set_value("account", told)

    async def other_account(self, told: str) -> OtherAccount | None:
        """What is wrong if this account answers; None if it is the one whose data are here."""
        kept = await self.store.value("account")
        return OtherAccount(kept, told) if told and kept not in (None, told) else None

    async def key_changed(self, account_id: str) -> None:
        """Another key is used from now on; it opens this account, as far as that was told.

        Raises OtherAccount if that is not the one whose data are here; the key is not to be used.
        """
        if (other := await self.other_account(account_id)) is not None:
            raise other
        self.account_id, self.foreign = account_id, None

    def overlaid(self, record: Record) -> Record:
        """The record with what was changed here and is not yet confirmed."""
        return record if self.reads_only else self.edits.overlay(record)

    @contextmanager
    def keeping(self, resource: str, saved: Iterable[Saved], at: float) -> Iterator[None]:
        """While these records are written into the store, they can be had from here."""
        new = {Ref(resource, it.id): StoredRecord(it.id, it.raw, it.version, at) for it in saved}
        self.arriving |= new
        try:
            yield
        finally:
            for ref, one in new.items():
                if self.arriving.get(ref) is one:
                    del self.arriving[ref]

    async def saved_all(self, resource: str, raws: Sequence[Raw]) -> list[Saved]:
        """`saved` of a whole answer, off the screen's thread. Raises OtherAccount."""
        found = await self.received(resource, raws)
        return await asyncio.to_thread(lambda: [self.saved(resource, raw) for raw in found])

    async def received(self, resource: str, raws: Sequence[Raw]) -> Sequence[Raw]:
        """The raw records of an answer, with names that it lacks. Raises OtherAccount."""
        from csc_tui.services.linked import with_names

        await self.check_account(raws)
        return await with_names(self, resource, raws)


def rows_of(saved: Iterable[Saved]) -> tuple[Row, ...]:
    """What a list shows of records on their way into the store."""
    return tuple(Row(one.id, one.cells, one.version) for one in saved)


def _saved(it: Digest, raw: Raw) -> Saved:
    return Saved(it.id, it.cells, it.version, raw_text(raw), it.names, it.words, it.phones)


def raw_text(raw: Raw) -> str:
    """A raw record as the store keeps it."""
    from pydantic_core import to_json  # not before the first paint

    from csc_tui.domain.unread import Unread

    if isinstance(raw, Unread):
        return raw.text
    try:
        return to_json(raw).decode()
    except ValueError:  # half a character, which the store makes a `?` of
        return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))


def parse_raw(text: str) -> Mapping[str, Any]:
    """A raw record out of the store."""
    raw: Mapping[str, Any] = json.loads(text)
    return raw
