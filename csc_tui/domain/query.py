"""What can be asked of a list: an order, a page, a search text."""

# No postponed annotations: for a named tuple each text would be compiled while it is imported.

from datetime import datetime
from typing import NamedTuple

PAGE_ROWS = 250
"""Rows of one page of a list, where a resource says nothing else."""


class Sort(NamedTuple):
    """One order that the server has for a list."""

    name: str
    """Stable id, kept per account: `name`, `created`, `updated`."""
    descending: bool = False
    """False: A to Z, oldest first."""

    @property
    def key(self) -> str:
        """The order as one word for the store: `name` or `-name`."""
        return f"-{self.name}" if self.descending else self.name


class Bound(NamedTuple):
    """One condition that a server keeps to before it answers."""

    field: str
    """`created`, `updated`, or the name of a declared field."""
    sign: str
    """`=`, `<` or `>`; the last two leave the value itself out."""
    value: str
    """As text; a moment in ISO with its zone."""


class Query(NamedTuple):
    """One list: a resource in an order. Hashable, so it can name a cache entry."""

    resource: str
    sort: Sort = Sort("name")
    tag: str = ""
    """Only records with this tag; empty: all. Where the CRM can, see `Adapter.narrows`."""
    since: datetime | None = None
    """Only records that were changed after this moment (aware); None: all."""
    deleted: bool = False
    """Those in the CRM's bin, where the resource has one, in whatever order it gives them."""
    where: tuple[Bound, ...] = ()
    """Further conditions, those that `Adapter.narrow` knows its server to keep to."""

    @property
    def whole(self) -> bool:
        """Whether it leaves no record of the resource out."""
        return not (self.tag or self.since or self.where or self.deleted)

    @property
    def key(self) -> str:
        """A stable name for the store's page list."""
        narrowed = f"&tag={self.tag}" if self.tag else ""
        narrowed += f"&since={self.since.isoformat()}" if self.since else ""
        narrowed += "".join(f"&{one.field}{one.sign}{one.value}" for one in self.where)
        narrowed += "&deleted" if self.deleted else ""
        return f"{self.resource}?{self.sort.key}{narrowed}"
