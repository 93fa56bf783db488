"""Single records: out of the store at once, from the CRM where they are missing or asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.domain.errors import NotFound
from csc_tui.domain.query import PAGE_ROWS
from csc_tui.domain.ref import CUSTOM
from csc_tui.services.desk import Desk, parse_raw
from csc_tui.services.events import Failed, RecordChanged, RecordGone
from csc_tui.services.lookup import FIELDS
from csc_tui.services.notes import Notes, Told
from csc_tui.services.overtaken import Confirmed
from csc_tui.services.telling import tell_changed
from csc_tui.services.todo import tasks_of
from csc_tui.services.under_way import under_way
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.domain.resource import Resource


class Linked(NamedTuple):
    """What is known of a record that another one links to."""

    name: str
    phone: str = ""


class Card(NamedTuple):
    """A record with all that its screen shows."""

    record: Record
    at: float
    """When the CRM gave it, epoch seconds."""
    linked: Mapping[Ref, Linked]
    """The records that it links to, as far as the store has them."""
    told: Told = Told()
    """What is known of its notes."""
    tasks: Sequence[Record] = ()
    """What is, or was, to be done about it, as far as the store knows."""
    under_way: Sequence[Record] = ()
    """Its deals and projects that are neither won nor lost."""

    def missing(self) -> list[Ref]:
        """Linked records whose names are not here, at most a page of one resource."""
        absent = [
            target
            for target in targets(self.record)
            if target not in self.linked and not _named(self.record, target)
        ]
        first = absent[0].resource if absent else ""
        return [ref for ref in absent if ref.resource == first][:PAGE_ROWS]


class Records:
    """Opening records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.notes = Notes(desk)
        self.confirmed = Confirmed()

    async def card(self, ref: Ref) -> Card | None:
        """A record out of the store, with what the user changed and the CRM has not confirmed."""
        await self._desk.awake.wait()
        stored = self._desk.arriving.get(ref) or await self._desk.store.record(ref)
        if stored is None:
            return None
        told = await self.notes.told(ref)
        record = self.notes.on(self._desk.record(ref.resource, parse_raw(stored.raw)), told)
        linked = await self._linked(targets(record))
        tasks = await tasks_of(self._desk, ref)
        going = await under_way(self._desk, record)
        return Card(self._desk.overlaid(record), stored.at, linked, told, tasks, going)

    async def fetch(self, ref: Ref, lane: Lane = Lane.CURSOR) -> None:
        """Ask the CRM for a record, with all its parts. Raises CrmError; NotFound forgets it."""
        await self._desk.awake.wait()
        crm = self._desk.crm
        try:
            response = await self._desk.ask(crm.show(ref), lane)
        except NotFound as error:
            await self.lost(ref, error)
            raise
        await self.keep(ref.resource, [crm.read_one(ref.resource, response)])

    async def lost(self, ref: Ref, error: NotFound) -> None:
        """The CRM has no such record any more: neither has the store."""
        await self._desk.store.forget(ref)
        self._desk.events.tell(RecordGone(ref))
        self._desk.events.tell(Failed(error, "record"))

    async def fetch_many(self, refs: Iterable[Ref]) -> None:
        """Ask for several records of one resource in one request. Raises CrmError."""
        wanted = list(refs)
        if not wanted:
            return
        crm, resource = self._desk.crm, wanted[0].resource
        wanted = wanted[: crm.resources()[resource].page_rows]
        request = crm.show_many(resource, [ref.id for ref in wanted])
        asked = self.confirmed.asking()
        raws = crm.read_list(resource, await self._desk.ask(request, Lane.CURSOR))
        await self.keep(resource, asked.newer(resource, raws))

    async def keep(self, resource: str, raws: Iterable[Raw]) -> None:
        """Put records that the CRM gave into the store and tell of them. Raises OtherAccount."""
        desk, asked = self._desk, self.confirmed.asking()
        found = await desk.received(resource, list(raws))
        read = await asyncio.to_thread(lambda: [desk.record(resource, raw) for raw in found])
        pairs = list(zip(read, found, strict=True))
        made = await asyncio.to_thread(lambda: [desk.saved_of(*pair) for pair in pairs])
        saved = await asked.latest(desk, resource, made)
        if saved != made:  # what was saved meanwhile has told of itself
            read = [one for one, as_read in zip(read, made, strict=True) if as_read in saved]
        await desk.store.save_records(resource, saved, desk.clock.now())
        shown = desk.events.showing.concerned(resource, (one.id for one in read))
        for one in read:
            if one.id in shown:
                tell_changed(desk, one)
            else:
                desk.events.tell(RecordChanged(one.ref))

    async def names(self, records: Iterable[Record]) -> dict[Ref, str]:
        """What those are called that records link to without their names, as far as it is here."""
        refs = {
            target: None for one in records for target in targets(one) if not _named(one, target)
        }
        return {ref: other.name for ref, other in (await self._linked(list(refs))).items()}

    async def _linked(self, refs: Sequence[Ref]) -> dict[Ref, Linked]:
        """Those of the linked records that the store has."""
        found: dict[Ref, Linked] = {}
        for resource in {ref.resource for ref in refs}:
            ids = [ref.id for ref in refs if ref.resource == resource]
            stored = await self._desk.store.records(resource, ids)
            for ref in refs:
                if ref.resource == resource and ref.id in stored:
                    other = self._desk.record(resource, parse_raw(stored[ref.id].raw))
                    found[ref] = Linked(other.sort_name(), other.cell("phone"))
        return found


def targets(record: Record) -> list[Ref]:
    """The records that a record's parts link to, each once, in order."""
    from csc_tui.domain.record import parts_of

    found: dict[Ref, None] = {}
    for name in parts_of(type(record)):
        for part in getattr(record, name):
            if (target := part.target()) is not None:
                found[target] = None
    return list(found)


def _named(record: Record, target: Ref) -> bool:
    """Whether the part that links there carries the name itself."""
    from csc_tui.domain.record import parts_of

    return any(
        part.target() == target and part.text()
        for name in parts_of(type(record))
        for part in getattr(record, name)
    )


async def called(desk: Desk, resource: str, records: Sequence[Record]) -> list[Record]:
    """The records with their custom fields by name: asked for where that is not known yet."""
    if any(nameless(one, desk.resources[resource]) for one in records):
        await desk.lookups.need(FIELDS)
    return [desk.crm.defined(desk.resources[resource], one) for one in records]


def nameless(record: Record, resource: Resource) -> bool:
    """Whether it has custom fields that neither it nor their definitions give a name."""
    known = {one.name for one in resource.fields}
    return any(
        value.type_name in ("", value.type_id) and f"{CUSTOM}{value.type_id}" not in known
        for value in record.custom_values()
    )
