"""What the first paint needs to know of the resources, as plain data kept in the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from csc_tui.domain.column import Column, SortOption
from csc_tui.domain.query import PAGE_ROWS, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_tui.domain.resource import Resource


class Tab(NamedTuple):
    """A resource as the tab line and the list show it."""

    name: str
    title: str
    one: str
    many: str
    columns: tuple[Column, ...]
    sorts: tuple[SortOption, ...]
    page_rows: int = PAGE_ROWS
    todo: bool = False
    """Whether it lists what is to be done: it opens with a view then."""

    @property
    def shape(self) -> str:
        """Names the columns; rows kept under another shape are of no use."""
        return ",".join(column.name for column in self.columns)


def chosen(tab: Tab, kept: str | None) -> tuple[int, ...]:
    """The numbers of the columns that were chosen, in their order; none where none were.

    `kept` are their names with commas between. The first column always stays; what the account
    has no more is left out.
    """
    numbers = {column.name: number for number, column in enumerate(tab.columns)}
    names = (kept or "").split(",")
    found = [numbers[name] for name in dict.fromkeys(names) if numbers.get(name)]
    return (0, *found) if found else ()


def tab_of(resource: Resource) -> Tab:
    """The plain part of a resource."""
    return Tab(
        resource.name,
        resource.title,
        resource.one,
        resource.many,
        resource.columns,
        resource.sorts,
        resource.page_rows,
        resource.todo is not None,
    )


def dump(tabs: Iterable[Tab]) -> str:
    """Tabs as JSON for the store."""
    return json.dumps([_plain(tab) for tab in tabs])


def _plain(tab: Tab) -> dict[str, Any]:
    """A tab in dicts and lists, by the names that `load` reads."""
    return tab._asdict() | {
        "columns": [column._asdict() for column in tab.columns],
        "sorts": [one._asdict() | {"sort": one.sort._asdict()} for one in tab.sorts],
    }


def load(text: str | None) -> tuple[Tab, ...]:
    """Tabs out of the store's JSON; none where it is of an older make."""
    if not text:
        return ()
    try:
        return tuple(
            Tab(
                item["name"],
                item["title"],
                item["one"],
                item["many"],
                tuple(Column(**column) for column in item["columns"]),
                tuple(
                    SortOption(Sort(**option["sort"]), option["words"], option["column"])
                    for option in item["sorts"]
                ),
                int(item["page_rows"]),
                bool(item["todo"]),
            )
            for item in json.loads(text)
        )
    except (ValueError, TypeError, KeyError):
        return ()
