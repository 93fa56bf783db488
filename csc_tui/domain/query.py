"""What can be asked of a list: an order, a page, a search text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PAGE_ROWS = 250
"""Rows of one page of a list, where a resource says nothing else."""


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
    tag: str = ""
    """Only records with this tag; empty: all. Where the CRM can, see `Adapter.narrows`."""
    since: datetime | None = None
    """Only records that were changed after this moment (aware); None: all."""

    @property
    def whole(self) -> bool:
        """Whether it leaves no record of the resource out."""
        return not self.tag and self.since is None

    @property
    def key(self) -> str:
        """A stable name for the store's page list."""
        narrowed = f"&tag={self.tag}" if self.tag else ""
        narrowed += f"&since={self.since.isoformat()}" if self.since else ""
        return f"{self.resource}?{self.sort.key}{narrowed}"
