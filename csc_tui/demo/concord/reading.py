"""The parameters of a list: page, order, select, with; turned into SQL (Concord fact sheet §5)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from csc_tui.demo.concord.answers import broken
from csc_tui.demo.concord.brackets import Tree, texts
from csc_tui.demo.concord.custom import Definition
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.switches import ConcordSwitches
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

PAGE = 15
LARGEST_PAGE = 100
_LAST_PAGE = 10**9
_DIRECTIONS = {"asc": "ASC", "desc": "DESC", "": "ASC"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request wants to see of records."""

    relations: frozenset[str] = frozenset()
    """From `with`."""
    columns: frozenset[str] | None = None
    """From `select`; None: all."""
    single: bool = False
    """One record, which shows more than a list does."""


def asked(tree: Tree, kind: Kind, customs: Sequence[Definition], single: bool = False) -> Asked:
    """What `with` and `select` say. Raises Refused (500) for a column that does not exist."""
    relations = frozenset(texts(tree.get("with")))
    chosen = texts(tree.get("select"))
    if not chosen:
        return Asked(relations, None, single)
    known = {one.name for one in kind.attributes} | {one.field_id for one in customs}
    for name in chosen:
        if name not in known:
            raise broken(f"Unknown column '{name}'")
    return Asked(relations, frozenset(chosen), single)


def alive(kind: Kind, trashed: bool = False) -> str:
    """SQL that is true for what is not in the trash, or for what is."""
    if not kind.soft:
        return "TRUE"
    return f"deleted_at IS {'NOT ' if trashed else ''}NULL"


def paged(listing: Listing, kind: Kind, tree: Tree, switches: ConcordSwitches, bound: bool) -> None:
    """Reads page and per_page; `bound`: a list below a record."""
    listing.size = PAGE
    listing.page = min(max(1, integer(tree.get("page")) or 1), _LAST_PAGE)
    deaf = switches.page_size == "ignored" or (
        switches.page_size == "some" and (kind.lookup or bound)
    )
    wanted = integer(tree.get("per_page")) or 0
    if deaf or wanted <= 0:
        return
    if wanted > LARGEST_PAGE and switches.page_cap != "none":
        wanted = LARGEST_PAGE if switches.page_cap == "clamp" else PAGE
    listing.size = min(wanted, 10**6)


def ordered(kind: Kind, tree: Tree, customs: Sequence[Definition]) -> str:
    """The ORDER BY that `order` asks for, in any of its forms. Raises Refused (500)."""
    given = tree.get("order")
    keys: list[tuple[str, str]] = []
    if isinstance(given, str) and given:
        name, _, direction = given.partition("|")
        keys = [(name, direction)]
    elif isinstance(given, dict):
        keys = [(str(given.get("field", "")), str(given.get("direction", "")))]
    elif isinstance(given, list):
        for one in given:
            if isinstance(one, dict):
                keys.append((str(one.get("field", "")), str(one.get("direction", ""))))
    sql = [
        f"{_order_key(kind, name, customs)} {_DIRECTIONS.get(direction.lower(), 'ASC')}"
        for name, direction in keys
        if name
    ]
    if not sql:
        sql = [f"{kind.key(name)} ASC" for name in kind.order]
    column, _, direction = sql[-1].rpartition(" ")
    if column != '"id"':
        # Twins stand in the direction of the last key, so that an index can be walked either way.
        sql.append(f"id {direction}")
    return ", ".join(sql)


def _order_key(kind: Kind, name: str, customs: Sequence[Definition]) -> str:
    if kind.attribute(name):
        return kind.key(name)
    definition = next((one for one in customs if one.field_id == name), None)
    if definition:
        return definition.column
    other = name.removesuffix("_count")
    if other != name and other in kind.associates:
        return (
            f"(SELECT count(*) FROM associations AS a JOIN {other} AS o ON o.id = a.other_id"
            f" WHERE a.kind = '{kind.table}' AND a.owner_id = {kind.table}.id"
            f" AND a.other = '{other}' AND {'o.' if TABLES[other].soft else ''}"
            f"{alive(TABLES[other])})"
        )
    joined, _, column = name.partition("|")
    joined, _, through = joined.partition(":")
    for relation in kind.relations:
        target = TABLES[relation.table]
        if relation.table == joined and through in ("", relation.column):
            if target.attribute(column):
                inner = target.key(column)
                return f"(SELECT {inner} FROM {joined} WHERE id = {kind.table}.{relation.column})"
            break
    raise broken(f"Unknown column '{name}'")


def page_rows(store: Store, kind: Kind, listing: Listing) -> list[Row]:
    """The rows of the page in order, by one statement; deep pages walk the index alone."""
    inner = (
        f"id IN (SELECT id FROM {kind.table} WHERE {listing.condition}"
        f" ORDER BY {listing.order} LIMIT ? OFFSET ?)"
    )
    arguments = [*listing.arguments, listing.size, listing.offset]
    return store.rows(kind, inner, arguments, f"ORDER BY {listing.order}")


def total(store: Store, kind: Kind, listing: Listing) -> int:
    """How many rows match, whatever the page."""
    sql = f"SELECT count(*) FROM {kind.table} WHERE {listing.condition}"
    return store.number(sql, listing.arguments)


def envelope(
    data: Sequence[object],
    listing: Listing,
    count: int,
    path: str,
    kept: Mapping[str, str],
) -> dict[str, object]:
    """`{data, links, meta}` of a page; kept: the other parameters of its links (§4)."""
    last = max(1, -(-count // listing.size))
    page = listing.page
    first_row = (page - 1) * listing.size + 1

    def link(number: int | None) -> str | None:
        query = urlencode({**kept, "page": str(number)})
        return None if number is None else f"{path}?{query}"

    before = page - 1 if page > 1 else None
    after = page + 1 if page < last else None
    around = range(max(1, page - 2), min(last, page + 2) + 1)
    return {
        "data": list(data),
        "links": {"first": link(1), "last": link(last), "prev": link(before), "next": link(after)},
        "meta": {
            "current_page": page,
            "from": first_row if data else None,
            "last_page": last,
            "links": [
                {"url": link(before), "label": "&laquo; Previous", "active": False},
                *(
                    {"url": link(number), "label": str(number), "active": number == page}
                    for number in around
                ),
                {"url": link(after), "label": "Next &raquo;", "active": False},
            ],
            "path": path,
            "per_page": listing.size,
            "to": first_row + len(data) - 1 if data else None,
            "total": count,
        },
    }
