"""The one thread that reads and writes the file of edits."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from csc_tui.domain.clock import Clock
from csc_tui.store.edits_file import EditsFile, OutboxNotice, reason_of

T = TypeVar("T")


class OutboxUnusableError(Exception):
    """Nothing could be written. `reason` as in `OutboxNotice.params`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EditsThread:
    """Does one piece of work after the other; a file that is damaged is mended once on the way."""

    def __init__(self, folder: Path, clock: Clock, tell: Callable[[OutboxNotice], None]) -> None:
        """Opens or makes the file: blocks. `tell`: see `EditStore.on_notice`."""
        self._file = EditsFile(folder, clock)
        self._tell = tell
        self._told = 0
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="csc-outbox")

    @property
    def in_memory(self) -> bool:
        """Whether nothing outlives the program."""
        return self._file.in_memory

    async def close(self, last: Callable[[], None]) -> None:
        """Finish what was begun, close the file, and do one thing more."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._executor, self._file.close)
        await loop.run_in_executor(self._executor, last)
        self._executor.shutdown(wait=False)

    async def run(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Do it when its turn comes. Raises OutboxUnusableError."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, self._perform, act)
        finally:
            notices = self._file.notices
            while self._told < len(notices):
                self._told += 1
                self._tell(notices[self._told - 1])

    def _perform(self, act: Callable[[sqlite3.Connection], T]) -> T:
        try:
            try:
                return act(self._file.connection())
            except sqlite3.DatabaseError as error:
                if not self._file.recover(error):
                    raise
                return act(self._file.connection())
        except sqlite3.DatabaseError as error:
            raise OutboxUnusableError(reason_of(error)) from error
