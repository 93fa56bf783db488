"""The notes of records: out of the store at once, from the CRM a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from csc_tui.domain.errors import NotFound
from csc_tui.domain.lookup import words_of
from csc_tui.store.rows import StoredNotes
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Entries, History, Raw
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.ref import Ref
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit

FRESH = 60.0
"""Seconds after the CRM's answer before they are asked for again when they are shown."""


class Told(NamedTuple):
    """What is known of a record's notes."""

    raws: Sequence[Raw] = ()
    """The newest first."""
    more: bool = False
    """Whether the CRM has older ones."""
    at: float = 0.0
    """When the CRM gave the newest ones, seconds since the epoch; 0: never."""
    record: Raw | None = None
    """The record itself, where it came with them just now."""


class Notes:
    """Reading what is written about records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def can(self, ref: Ref) -> bool:
        """Whether records of this kind have notes here."""
        return self._desk.resources[ref.resource].notes is not None

    async def told(self, ref: Ref) -> Told:
        """What the store has of them."""
        stored = await self._desk.store.notes(ref) if self.can(ref) else None
        if stored is None:
            return Told()
        raws: list[dict[str, Any]] = json.loads(stored.raw)
        return Told(raws, stored.more, stored.at)

    def fresh(self, told: Told) -> bool:
        """Whether they need not be asked for."""
        return 0 <= self._desk.clock.now() - told.at <= FRESH

    async def fetch(
        self, ref: Ref, lane: Lane = Lane.CURSOR, *, until: str = "", gone: str = ""
    ) -> Told:
        """Ask for the newest ones; older ones that are here stay. Raises CrmError.

        `until`: as many pages as there are up to the note with this id; where there is none, all.
        `gone`: the id of one that was just deleted.
        """
        found: dict[str, Raw] = {}
        full, number, record = True, 0, None
        while full and (not number or (until and until not in found)):
            number += 1
            page = await self._page(ref, number, lane)
            full, record = page.more, page.record
            found |= {_id(one): one for one in page.raws if _id(one) not in found}
        before = await self.told(ref)
        known = [_id(one) for one in before.raws]
        last = next(reversed(found), "")
        older: Sequence[Raw] = ()
        if full and last in known:
            older = [it for it in before.raws[known.index(last) + 1 :] if _id(it) != gone]
        more = before.more if full and last in known else full
        told = Told([*found.values(), *older], more, self._desk.clock.now(), record)
        return await self._keep(ref, told)

    async def fetch_older(self, ref: Ref) -> Told:
        """Ask for the page behind those that are here. Raises CrmError."""
        before = await self.told(ref)
        if not before.at:
            return await self.fetch(ref)
        page = await self._page(ref, len(before.raws) // self._history.rows + 1, Lane.CURSOR)
        known = {_id(one) for one in before.raws}
        new = [one for one in page.raws if _id(one) not in known]
        return await self._keep(ref, Told([*before.raws, *new], page.more, before.at))

    def on(self, record: Record, told: Told) -> Record:
        """The record with these notes."""
        kind = self._desk.resources[record.resource].notes
        if kind is None:
            return record
        notes = tuple(self._named(kind.model.read(raw)) for raw in told.raws)
        return record.model_copy(update={kind.name: notes})

    def want_names(self, record: Record) -> None:
        """Have the words for ids in its notes fetched that the CRM did not give along."""
        kind = self._desk.resources[record.resource].notes
        for one in kind.fields if kind else ():
            notes: Iterable[Part] = getattr(record, kind.name) if kind else ()
            if one.lookup and any(it.value(one.name) and not it.words(one.name) for it in notes):
                self._desk.lookups.want(one.lookup)

    def _named(self, note: Part) -> Part:
        """The note with the words for its ids, as far as they are known here."""
        found = {
            f"{one.name}_name": words
            for one in note.fields()
            if one.lookup and (value := note.value(one.name)) and not note.words(one.name)
            if (words := words_of(self._desk.lookups.choices(one.lookup), str(value)))
        }
        return note.model_copy(update=found) if found else note

    def is_about(self, edit: Edit) -> bool:
        """Whether an edit is about a note: about what does not come with its record."""
        kind = self._desk.resources[edit.record.resource].notes
        return kind is not None and edit.change.ref.resource == kind.name

    async def fetch_for(self, edit: Edit, *, deleted: bool = False) -> Told:
        """Ask for the notes as far back as an edit of one goes; `deleted`: that one is gone.

        Raises CrmError.
        """
        mine = edit.change.ref.id
        until, gone = ("", mine) if deleted else (mine, "")
        return await self.fetch(edit.record, Lane(edit.lane), until=until, gone=gone)

    @property
    def bring_records(self) -> bool:
        """Whether a record comes with its notes, all links with it."""
        return self._history.brings_record

    async def _page(self, ref: Ref, number: int, lane: Lane) -> Entries:
        """A page as the CRM gives it; a record that comes with it is kept too."""
        asking = self._history.page(ref, number)
        request = next(asking)
        while True:
            try:
                response = await self._desk.ask(request, lane)
            except NotFound as error:
                if self._history.brings_record:
                    await self._desk.records.lost(ref, error)
                raise
            try:
                request = asking.send(response)
            except StopIteration as done:
                page: Entries = done.value
                break
        await self._desk.check_account([*page.raws, page.record or {}])
        if page.record is not None:
            await self._desk.records.keep(ref.resource, [page.record])
        return page

    async def _keep(self, ref: Ref, told: Told) -> Told:
        raw = json.dumps(list(told.raws), ensure_ascii=False, separators=(",", ":"))
        await self._desk.store.save_notes(ref, StoredNotes(raw, told.more, told.at))
        return told

    @property
    def _history(self) -> History:
        history = self._desk.crm.history
        assert history is not None, "only resources with notes are asked for them"
        return history


def _id(raw: Raw) -> str:
    return str(raw.get("id"))
