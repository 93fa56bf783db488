"""The parameters of a list: page, order, filters, tags; turned into SQL.

CentralStationCRM fact sheet §1.5.
"""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from csc_tui.demo import times
from csc_tui.demo.attribute import Attribute
from csc_tui.demo.centralstation.answers import bad_arguments
from csc_tui.demo.centralstation.resource import Resource
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.folding import fold
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer, Refused, integer, number
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

LARGEST_PAGE = 250
"""A larger perpage is clamped to this (the sheet leaves open what the real server does)."""
_LAST_PAGE = 10**9
_FILTER = re.compile(r"filter\[(\w+)\]\[(\w+)\]")
_COMPARE = {"equal": "=", "larger_than": ">", "smaller_than": "<"}
_MODIFIERS = frozenset((*_COMPARE, "between", "in", "like"))


def read_listing(
    resource: Resource, params: Mapping[str, str], switches: Switches, ordered: str = "id-asc"
) -> Listing:
    """The listing that the parameters ask for; ordered is used where they name no known order.

    Raises Refused (400) for values that cannot be read.
    """
    listing = Listing()
    perpage = integer(params.get("perpage")) or 0
    listing.size = min(perpage, LARGEST_PAGE) if perpage > 0 else int(switches.perpage)
    listing.page = min(max(1, integer(params.get("page")) or 1), _LAST_PAGE)
    listing.order = _order(resource, params.get("order", "")) or _order(resource, ordered) or "id"
    for name, modifier, value in _filters(params):
        _filter(listing, resource, switches, name, modifier, value)
    if "stream_at INTEGER" in resource.hidden:
        _stream(listing, params)
        _tagged(listing, resource, params)
        _custom(listing, resource, params)
    return listing


def page_rows(store: Store, resource: Resource, listing: Listing) -> list[Row]:
    """The rows of the page in order, by one statement; deep pages walk the index alone."""
    page = (
        f"id IN (SELECT id FROM {resource.table} WHERE {listing.condition}"
        f" ORDER BY {listing.order} LIMIT ? OFFSET ?)"
    )
    arguments = [*listing.arguments, listing.size, listing.offset]
    return store.rows(resource, page, arguments, f"ORDER BY {listing.order}")


def total(store: Store, resource: Resource, listing: Listing) -> int:
    """How many rows match, whatever the page."""
    sql = f"SELECT count(*) FROM {resource.table} WHERE {listing.condition}"
    return store.number(sql, listing.arguments)


def like(text: str) -> str:
    r"""A LIKE pattern (with ESCAPE '\') for folded columns that contain the text."""
    escaped = re.sub(r"([\\%_])", r"\\\1", fold(text))
    return f"%{escaped}%"


def _order(resource: Resource, token: str) -> str:
    key, _, direction = token.rpartition("-")
    if direction not in ("asc", "desc") or key not in resource.orders:
        return ""
    return ", ".join(f"{column} {direction.upper()}" for column in resource.orders[key])


def _filters(params: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(attribute, modifier, value) of `filter[a][m]=v` and of `filter={"a":{"m":"v"}}`."""
    for key, value in params.items():
        if found := _FILTER.fullmatch(key):
            yield found[1], found[2], value
    if "filter" not in params:
        return
    try:
        parsed = json.loads(params["filter"])
    except (ValueError, RecursionError):
        raise bad_arguments() from None
    if not isinstance(parsed, dict):
        raise bad_arguments()
    for name, modifiers in parsed.items():
        if not isinstance(modifiers, dict):
            raise bad_arguments()
        for modifier, given in modifiers.items():
            yield (
                name,
                modifier,
                ",".join(map(str, given)) if isinstance(given, list) else str(given),
            )


def _filter(
    listing: Listing, resource: Resource, switches: Switches, name: str, modifier: str, value: str
) -> None:
    attribute = resource.attribute(name)
    if attribute is None or attribute.kind == "json" or modifier not in _MODIFIERS:
        if switches.unknown_filter == "400":
            raise bad_arguments()
        return
    column = f'CAST("{name}" AS REAL)' if attribute.kind == "decimal" else f'"{name}"'
    if modifier == "like":
        pattern = value if "%" in value else f"%{value}%"
        listing.restrict(f"{column} LIKE ?", pattern)
    elif modifier == "between":
        ends = value.split(",")
        if len(ends) != 2:
            raise bad_arguments()
        listing.restrict(f"{column} BETWEEN ? AND ?", *(_value(attribute, one) for one in ends))
    elif modifier == "in":
        values = [_value(attribute, one) for one in value.split(",")]
        listing.restrict(f"{column} IN (SELECT value FROM json_each(?))", json.dumps(values))
    else:
        listing.restrict(f"{column} {_COMPARE[modifier]} ?", _value(attribute, value))


def _value(attribute: Attribute, text: str) -> object:
    """The text of a filter as the column holds it."""
    value: object = text
    if attribute.kind == "time":
        value = times.parse(text)
    elif attribute.kind == "int":
        value = integer(text)
    elif attribute.kind == "decimal":
        value = number(text)
    elif attribute.kind == "bool":
        value = {"true": 1, "1": 1, "false": 0, "0": 0}.get(text.lower())
    if value is None:
        raise bad_arguments()
    return value


def _stream(listing: Listing, params: Mapping[str, str]) -> None:
    for name, sign in (("stream_updated_at_before", "<"), ("stream_updated_at_after", ">")):
        if name in params:
            moment = times.parse(params[name])
            if moment is None:
                raise bad_arguments()
            listing.restrict(f"stream_at {sign} ?", moment)


def _tagged(listing: Listing, resource: Resource, params: Mapping[str, str]) -> None:
    """A tag is named by its text or by the id of any row that carries it, not by both."""
    if "tag_name" in params and "tag_id" in params:
        raise bad_arguments()
    tagged = "id IN (SELECT attachable_id FROM tags WHERE attachable_type = ? AND name = {})"
    if "tag_name" in params:
        listing.restrict(tagged.format("?"), resource.class_name, params["tag_name"])
    elif "tag_id" in params:
        by_id = tagged.format("(SELECT name FROM tags WHERE id = ?)")
        listing.restrict(by_id, resource.class_name, integer(params["tag_id"]))


def _custom(listing: Listing, resource: Resource, params: Mapping[str, str]) -> None:
    name = params.get("custom_fields[custom_field_type_name]")
    value = params.get("custom_fields[value]")
    if name is None and value is None:
        return
    if name is None or value is None:
        raise bad_arguments()
    listing.restrict(
        "id IN (SELECT attachable_id FROM custom_fields WHERE attachable_type = ? AND name = ?"
        " AND custom_fields_type_id IN"
        " (SELECT id FROM custom_fields_types WHERE name = ? AND category = ?))",
        *(resource.class_name, value, name, resource.class_name),
    )


def names(params: Mapping[str, str], key: str, known: tuple[str, ...], strict: bool) -> set[str]:
    """The wanted ones of the known names: space separated, or `all`.

    Raises Refused (500) for an unknown name if strict.
    """
    wanted = set(params.get(key, "").split())
    if "all" in wanted:
        return set(known)
    if strict and not wanted <= set(known):
        raise Refused(Answer(500, {"message": "internal error"}))
    return wanted & set(known)
