"""A ledger for one process: tests, and when the shared one cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from csc_tui.http.book import Book

T = TypeVar("T")


class MemoryLedger:
    """Keeps the book in memory; several Budgets of one process may share it."""

    def __init__(self, book: Book | None = None) -> None:
        self.book = book or Book()

    async def run(self, act: Callable[[Book], T]) -> T:
        """What `act` makes of the book."""
        return act(self.book)

    async def aclose(self) -> None:
        """Nothing is open."""
