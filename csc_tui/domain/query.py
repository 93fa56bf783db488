"""What can be asked of a list: an order, a page, a search text."""

from __future__ import annotations

from dataclasses import dataclass

PAGE_ROWS = 250
"""Rows of one page in the store, whatever the server's own page size is at most."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One order that the server has for a list."""

    name: str
    """Stable id, kept per account: `name`, `created`, `updated`."""
    descending: bool = False
    """False: A to Z, oldest first."""

    @property
    def key(self) -> str:
        """The order as one word for the store: `name` or `-name`."""
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True, slots=True)
class Query:
    """One list: a resource in an order. Hashable, so it can name a cache entry."""

    resource: str
    sort: Sort = Sort("name")

    @property
    def key(self) -> str:
        """A stable name for the store's page list."""
        return f"{self.resource}?{self.sort.key}"
