"""The store of one account: everything the screen shows before, and without, the network.

The first rows wait for no search and no saving: what does these is imported where it is called.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from csc_tui.domain.clock import Clock
from csc_tui.domain.ref import Ref
from csc_tui.store import pages, records, settings
from csc_tui.store.database import Database, transaction
from csc_tui.store.notice import Notice
from csc_tui.store.rows import (
    Boundary,
    Hit,
    Indexed,
    Saved,
    StoredLookup,
    StoredNotes,
    StoredPage,
    StoredRecord,
    Suggestion,
    Total,
)
from csc_tui.store.thread import DatabaseThread

if TYPE_CHECKING:
    from csc_tui.store.sweep import Sweep

SEARCH_LIMIT = 200
"""Hits of one search."""


class Store:
    """Records, sparse lists, search index, lookups and small settings of one account.

    Never fails for what is wrong with the disk: it says so in `notices` and goes on in memory.
    Reads that are cancelled stop at once; writes are always carried out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = DatabaseThread(database)

    @classmethod
    def open(cls, folder: Path, clock: Clock) -> Store:
        """Open or make the cache in an account's folder. Cheap; works without an event loop."""
        return cls(Database(folder, clock))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What happened to the cache since it was opened, oldest first."""
        return tuple(self._database.notices)

    @property
    def in_memory(self) -> bool:
        """Whether nothing outlives the program; filling it with an account is then no use."""
        return self._database.in_memory

    def on_notice(self, tell: Callable[[Notice], None]) -> None:
        """Have `tell` called, on the event loop, for every notice that comes after opening."""
        self._thread.on_notice = tell

    async def close(self) -> None:
        """Finish what was begun and close the file. Nothing may be called afterwards."""
        await self._thread.close()

    # --- for the first paint, on the caller's thread

    def first_page(self, list_key: str, page: int) -> tuple[StoredPage | None, int | None]:
        """A page (1-based) of a list and its total, each None if not here."""

        def read(db: sqlite3.Connection) -> tuple[StoredPage | None, int | None]:
            total = pages.read_total(db, list_key)
            return pages.read_page(db, list_key, page), total.records if total else None

        return self._thread.now(read)

    def value_now(self, key: str) -> str | None:
        """As `value`."""
        return self._thread.now(lambda db: settings.read_value(db, key))

    # --- lists

    async def page(self, list_key: str, page: int) -> StoredPage | None:
        """A page (1-based) of a list; None if it was never here."""
        return await self._thread.read(lambda db: pages.read_page(db, list_key, page))

    async def save_page(
        self, resource: str, list_key: str, page: int, saved: Sequence[Saved], at: float
    ) -> None:
        """Save the records of a page in their order, and the page; `at` as in `StoredPage`."""

        def write(db: sqlite3.Connection) -> None:
            from csc_tui.store.record_saving import upsert

            with transaction(db):
                numbers = upsert(db, resource, saved, at)
                order = [numbers[records.clean(one.id)] for one in saved]
                pages.write_page(db, list_key, page, order, at)

        await self._thread.write(write)

    async def total(self, list_key: str) -> Total | None:
        """How many records a list has on the server, and when it said so."""
        return await self._thread.read(lambda db: pages.read_total(db, list_key))

    async def save_total(self, list_key: str, total: int, at: float) -> None:
        """Keep a list's total."""

        def write(db: sqlite3.Connection) -> None:
            with transaction(db):
                pages.write_total(db, list_key, total, at)

        await self._thread.write(write)

    async def drop_pages(self, resource: str) -> None:
        """Mark the pages and totals of all lists of a resource out of date; they stay readable."""

        def write(db: sqlite3.Connection) -> None:
            with transaction(db):
                pages.make_stale(db, resource)

        await self._thread.write(write)

    async def forget_pages(self, list_key: str) -> None:
        """Forget which records stand on which page of a list: its pages have another length."""

        def write(db: sqlite3.Connection) -> None:
            with transaction(db):
                pages.drop(db, list_key)

        await self._thread.write(write)

    async def place(self, list_key: str, id_: str) -> tuple[int, int] | None:
        """A record's page (from 1) in a list and its row there (from 0); None if on none known."""
        return await self._thread.read(lambda db: pages.place(db, list_key, id_))

    async def boundaries(self, list_key: str) -> list[Boundary]:
        """First and last name of every known page, for a jump by name."""
        return await self._thread.read(lambda db: pages.boundaries(db, list_key))

    # --- records

    async def record(self, ref: Ref) -> StoredRecord | None:
        """One record; None if it is not here."""
        return next(iter((await self.records(ref.resource, [ref.id])).values()), None)

    async def records(self, resource: str, ids: Sequence[str]) -> dict[str, StoredRecord]:
        """The records that are here, by id."""
        return await self._thread.read(lambda db: records.read_records(db, resource, ids))

    async def save_records(self, resource: str, saved: Sequence[Saved], at: float) -> None:
        """Save records outside of a page; every page that shows one shows the new row."""

        def write(db: sqlite3.Connection) -> None:
            from csc_tui.store.record_saving import upsert

            with transaction(db):
                upsert(db, resource, saved, at)

        await self._thread.write(write)

    async def notes(self, ref: Ref) -> StoredNotes | None:
        """What is written about a record; None if it was never read."""
        return await self._thread.read(lambda db: records.read_notes(db, ref))

    async def save_notes(self, ref: Ref, told: StoredNotes) -> None:
        """Keep what is written about a record that is here; with the record it is forgotten."""

        def write(db: sqlite3.Connection) -> None:
            with transaction(db):
                records.write_notes(db, ref, told)

        await self._thread.write(write)

    async def forget(self, ref: Ref) -> None:
        """Remove a record that was deleted on the server, from index and lists too.

        The rows below it on its pages move up; those pages and the later ones are out of date.
        """

        def write(db: sqlite3.Connection) -> None:
            from csc_tui.store.record_saving import delete

            with transaction(db):
                number = records.record_number(db, ref)
                if number is not None:
                    pages.take_out(db, ref.resource, number)
                    delete(db, number)

        await self._thread.write(write)

    async def each(self, resource: str, at_once: int) -> AsyncIterator[list[StoredRecord]]:
        """All records of a resource that are here, by name, so many at a time."""
        after = ("", -1)
        while True:
            place = after
            found = await self._thread.read(
                lambda db: records.read_after(db, resource, place, at_once)  # noqa: B023 -- awaited
            )
            if not found:
                return
            after = found[-1][0]
            yield [one for _, one in found]

    async def each_indexed(self, resource: str, at_once: int) -> AsyncIterator[list[Indexed]]:
        """What lists and search have of all records of a resource that are here, as they came."""
        last = -1
        while True:
            after = last
            found = await self._thread.read(
                lambda db: records.read_indexed(db, resource, after, at_once)  # noqa: B023 -- awaited
            )
            if not found:
                return
            last = found[-1][0]
            yield [one for _, one in found]

    async def names(self, resource: str, ids: Sequence[str]) -> dict[str, str]:
        """The names (first cells) of the records that are here, by id."""
        return await self._thread.read(lambda db: records.read_names(db, resource, ids))

    async def how_many(self, resource: str) -> int:
        """How many records of a resource are here."""
        return await self._thread.read(lambda db: records.count(db, resource))

    # --- search

    async def search(self, resource: str, text: str, limit: int = SEARCH_LIMIT) -> list[Hit]:
        """What `text` finds here, best first. Cancel the waiting task to stop it."""
        from csc_tui.store import search

        return await self._thread.read(lambda db: search.search(db, resource, text, limit))

    async def suggest(
        self, resource: str, text: str, limit: int = 8, linked: str = ""
    ) -> list[Suggestion]:
        """Records whose name has words that start with `text`, for type-ahead.

        `linked` is another resource (`people`): how many of its records name each one is counted.
        """
        from csc_tui.store import search

        return await self._thread.read(lambda db: search.suggest(db, resource, text, limit, linked))

    async def values(self, resource: str, column: int, text: str, limit: int = 20) -> list[str]:
        """What stands in a column of these rows and has words that start with `text`.

        `column` counts from 0. What most of the rows have comes first; without a text, of all.
        """
        from csc_tui.store import search

        return await self._thread.read(lambda db: search.values(db, resource, column, text, limit))

    # --- synchronising

    async def note_named(self, swept: Sweep, ids: Sequence[str]) -> list[str]:
        """The server has named these records; gives those that are not here."""
        return await self._thread.read(lambda db: swept.note(db, ids))

    async def unnamed(self, swept: Sweep, before: float) -> list[str]:
        """Ids of records that were here before and that the server has not named."""
        return await self._thread.read(lambda db: swept.unnamed(db, before))

    async def fresh(self, resource: str, since: float) -> int:
        """How many records of a resource the server has given since a moment."""
        from csc_tui.store import sweep

        return await self._thread.read(lambda db: sweep.fresh(db, resource, since))

    async def pages_since(self, list_key: str, since: float) -> set[int]:
        """The pages of a list that were fetched at a moment or later."""
        from csc_tui.store import sweep

        return await self._thread.read(lambda db: sweep.pages_since(db, list_key, since))

    async def cut_off(self, list_key: str, last: int) -> None:
        """Forget the pages of a list behind page `last`; 0: all of them."""
        from csc_tui.store import sweep

        def write(db: sqlite3.Connection) -> None:
            with transaction(db):
                sweep.cut_off(db, list_key, last)

        await self._thread.write(write)

    async def forget_all(self, resource: str, ids: Sequence[str]) -> int:
        """As `forget`, for many; how many of them were here."""
        from csc_tui.store import sweep

        def write(db: sqlite3.Connection) -> int:
            with transaction(db):
                return sweep.forget(db, resource, ids)

        return await self._thread.write(write)

    async def body_size(self, resource: str) -> int | None:
        """Bytes of a record as the server sends it, by those that are here; None for none."""
        from csc_tui.store import sweep

        return await self._thread.read(lambda db: sweep.body_size(db, resource))

    # --- small things

    async def lookup(self, name: str) -> StoredLookup | None:
        """The options of a lookup (`users`, `tags`); None if never fetched."""
        return await self._thread.read(lambda db: settings.read_lookup(db, name))

    async def save_lookup(
        self, name: str, choices: Sequence[tuple[str, str, str]], at: float
    ) -> None:
        """Keep the options of a lookup, each as value, words, note."""
        await self._thread.write(lambda db: settings.write_lookup(db, name, choices, at))

    async def value(self, key: str) -> str | None:
        """A small setting; None if it was never made."""
        return await self._thread.read(lambda db: settings.read_value(db, key))

    async def set_value(self, key: str, text: str) -> None:
        """Keep a small setting."""
        await self._thread.write(lambda db: settings.write_value(db, key, text))
