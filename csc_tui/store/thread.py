"""The one thread that works on the database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from csc_tui.store.database import Database
from csc_tui.store.notice import Notice

T = TypeVar("T")


STEPS = 2_000
"""How many of SQLite's instructions run before it is looked whether somebody still waits."""


class DatabaseThread:
    """Runs functions of a connection one after the other, off the event loop's thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="csc-store")
        self._told = len(database.notices)
        self.on_notice: Callable[[Notice], None] | None = None
        """Called on the event loop for what happens to the database later on, once each."""

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`. Cancelling the caller stops it: a search that nobody waits for."""
        unwanted = Event()

        def stoppable(db: sqlite3.Connection) -> T:
            db.set_progress_handler(unwanted.is_set, STEPS)
            try:
                return work(db)
            finally:
                db.set_progress_handler(None, 0)

        future = self._executor.submit(self._perform, stoppable)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            unwanted.set()
            raise
        finally:
            self._tell()

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`, to its end even where the caller is cancelled."""
        future = self._executor.submit(self._perform, work)
        try:
            return await asyncio.shield(asyncio.wrap_future(future))
        finally:
            self._tell()

    def now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` and wait for it on the caller's thread: for the first paint."""
        return self._executor.submit(self._perform, work).result()

    async def close(self) -> None:
        """Finish what was begun and close the database."""
        await self.write(lambda db: db.close())
        self._executor.shutdown(wait=False)

    def _perform(self, work: Callable[[sqlite3.Connection], T]) -> T:
        while True:
            try:
                return work(self._database.connection)
            except sqlite3.DatabaseError as error:
                if not self._database.recover(error):
                    raise

    def _tell(self) -> None:
        notices = self._database.notices
        while self._told < len(notices):
            self._told += 1
            if self.on_notice is not None:
                self.on_notice(notices[self._told - 1])
