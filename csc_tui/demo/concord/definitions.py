"""/custom-fields and /tags: what only super admins change (Concord fact sheet §11, §13.3)."""

from __future__ import annotations

import re

from csc_tui.demo.concord import custom
from csc_tui.demo.concord.answers import (
    Errors,
    invalid,
    not_found,
    required,
    selected,
    taken,
    wrong_verb,
)
from csc_tui.demo.concord.custom import MANY, SINGLE, TYPES, UNIQUE_TYPES
from csc_tui.demo.concord.discovery import definition_shown
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kinds import DEFINITIONS, KINDS, OPTIONS, TAGS
from csc_tui.demo.concord.reading import page_rows, paged, total
from csc_tui.demo.concord.view import value as rendered
from csc_tui.demo.folding import fold
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer, integer
from csc_tui.demo.schema import Row

_FIELD_ID = re.compile(r"cf_[a-z_]{3,61}")
_UNIQUE_KINDS = ("contacts", "companies", "products")


def answer(exchange: Exchange) -> Answer:
    """/custom-fields, /custom-fields/7."""
    exchange.admin_only()
    path, method = exchange.path, exchange.method
    if len(path) == 1 and method in ("GET", "POST"):
        return _page(exchange) if method == "GET" else _create(exchange)
    if len(path) != 2:
        raise not_found() if len(path) > 2 else wrong_verb()
    row = exchange.find(DEFINITIONS, path[1])
    if method == "DELETE":
        exchange.view.store.write("DELETE FROM custom_options WHERE definition_id = ?", [row["id"]])
        exchange.view.store.delete(DEFINITIONS, integer(row["id"]) or 0)
        return Answer(204)
    if method == "PUT":
        _update(exchange, row)
    elif method != "GET":
        raise wrong_verb()
    return _one(exchange, row["id"], 200)


def _page(exchange: Exchange) -> Answer:
    """Newest first."""
    listing = Listing(order="id DESC")
    paged(listing, DEFINITIONS, exchange.tree, exchange.view.switches, bound=False)
    store = exchange.view.store
    rows = page_rows(store, DEFINITIONS, listing)
    data = _shown(exchange, rows)
    return Answer(200, exchange.enveloped(data, listing, total(store, DEFINITIONS, listing)))


def _one(exchange: Exchange, record_id: object, status: int) -> Answer:
    rows = [exchange.find(DEFINITIONS, record_id)]
    return Answer(status, _shown(exchange, rows)[0])


def _shown(exchange: Exchange, rows: list[Row]) -> list[Row]:
    return [
        {
            **definition_shown(one),
            "created_at": rendered("time", one.row["created_at"]),
            "updated_at": rendered("time", one.row["updated_at"]),
        }
        for one in custom.with_options(exchange.view.store, rows)
    ]


def _create(exchange: Exchange) -> Answer:
    body = exchange.body
    names = ("resource_name", "label", "field_type", "field_id")
    errors: Errors = {name: [required(name)] for name in names if not body.get(name)}
    kind = KINDS.get(str(body.get("resource_name")))
    if kind is None or not exchange.customizable(kind):
        errors.setdefault("resource_name", [selected("resource_name")])
    if body.get("field_type") not in TYPES:
        errors.setdefault("field_type", [selected("field_type")])
    if not _FIELD_ID.fullmatch(str(body.get("field_id"))):
        errors.setdefault("field_id", ["The field id field format is invalid."])
    store = exchange.view.store
    where = "resource_name = ? AND field_id = ?"
    pair = [body.get("resource_name"), body.get("field_id")]
    if not errors and store.rows(DEFINITIONS, where, pair):
        errors["field_id"] = [taken("field_id")]
    unique = body.get("is_unique") is True
    may = body.get("resource_name") in _UNIQUE_KINDS and body.get("field_type") in UNIQUE_TYPES
    if unique and not may:
        errors["is_unique"] = [selected("is_unique")]
    options = _options(body.get("options"), str(body.get("field_type")), errors)
    if errors:
        raise invalid(errors)
    now = exchange.view.now
    row: Row = {name: str(body[name]) for name in names}
    row |= {"is_unique": int(unique), "created_at": now, "updated_at": now}
    record_id = store.insert(DEFINITIONS, row)
    for order, (name, colour) in enumerate(options, 1):
        _add(exchange, record_id, name, colour, order)
    return _one(exchange, record_id, 201)


def _options(given: object, field_type: str, errors: Errors) -> list[tuple[str, object]]:
    """Names and colours: required for what chooses, refused for the rest."""
    chooses = field_type in (*SINGLE, *MANY)
    items = given if isinstance(given, list) else []
    if chooses and not items:
        errors["options"] = [required("options")]
    if not chooses and items:
        errors["options"] = ["The options field is prohibited."]
    options = [
        (str(one.get("name") or "").strip(), one.get("swatch_color"))
        for one in items
        if isinstance(one, dict)
    ]
    for index, (name, _) in enumerate(options):
        key = f"options.{index}.name"
        if not name or "," in name:
            errors[key] = [f"The {key} field format is invalid."]
        elif fold(name) in (fold(other) for other, _ in options[:index]):
            errors[key] = [f"The {key} field has a duplicate value."]
    return options


def _update(exchange: Exchange, row: Row) -> None:
    """Label and options; type, id and resource are ignored. An option keeps its id by name."""
    body, errors = exchange.body, Errors()
    if "label" in body and not body["label"]:
        errors["label"] = [required("label")]
    wanted = None
    if "options" in body:
        wanted = _options(body["options"], str(row["field_type"]), errors)
    if errors:
        raise invalid(errors)
    changes: Row = {"updated_at": exchange.view.now}
    if body.get("label"):
        changes["label"] = str(body["label"])
    exchange.view.store.update(DEFINITIONS, row, changes)
    if wanted is not None:
        (definition,) = custom.with_options(exchange.view.store, [row])
        kept = set()
        for order, (name, colour) in enumerate(wanted, 1):
            found = definition.option(name)
            if found is None:
                kept.add(_add(exchange, row["id"], name, colour, order))
            else:
                kept.add(integer(found["id"]) or 0)
        for option in definition.options:
            if option["id"] not in kept:
                exchange.view.store.delete(OPTIONS, integer(option["id"]) or 0)


def _add(exchange: Exchange, definition_id: object, name: str, colour: object, order: int) -> int:
    row: Row = {"definition_id": definition_id, "name": name, "display_order": order}
    row["swatch_color"] = colour if custom.is_colour(colour) else None
    return exchange.view.store.insert(OPTIONS, row)


def tags(exchange: Exchange) -> Answer:
    """POST /tags, /tags/contacts, /tags/order; PUT and DELETE /tags/7. There is no list."""
    exchange.admin_only()
    path, method = exchange.path, exchange.method
    if len(path) > 2:
        raise not_found()
    if method == "POST":
        name = path[1] if len(path) == 2 else None
        return _order_tags(exchange) if name == "order" else _create_tag(exchange, name)
    if len(path) == 1 or method not in ("PUT", "DELETE"):
        raise wrong_verb()
    row = exchange.find(TAGS, path[1])
    if method == "DELETE":
        exchange.view.store.write("DELETE FROM taggings WHERE tag_id = ?", [row["id"]])
        exchange.view.store.delete(TAGS, integer(row["id"]) or 0)
        return Answer(204)
    exchange.view.store.update(TAGS, row, _tag(exchange.body))
    return Answer(200, _tag_shown(exchange.find(TAGS, row["id"])))


def _create_tag(exchange: Exchange, kind: str | None) -> Answer:
    last = exchange.view.store.number("SELECT max(display_order) FROM tags")
    row = {**_tag(exchange.body), "type": kind, "display_order": last + 1}
    record_id = exchange.view.store.insert(TAGS, row)
    return Answer(201, _tag_shown(exchange.find(TAGS, record_id)))


def _tag(body: Row) -> Row:
    errors: Errors = {}
    name, colour = str(body.get("name") or "").strip(), body.get("swatch_color")
    if not name or "," in name:
        errors["name"] = ["The name field format is invalid."] if name else [required("name")]
    if not custom.is_colour(colour):
        errors["swatch_color"] = [required("swatch_color")]
    if errors:
        raise invalid(errors)
    return {"name": name, "swatch_color": colour}


def _order_tags(exchange: Exchange) -> Answer:
    """The body lists tags with id and display_order."""
    given = exchange.call.body
    items = given if isinstance(given, list) else exchange.body.get("tags")
    for one in items if isinstance(items, list) else ():
        if isinstance(one, dict):
            pair = [integer(one.get("display_order")), integer(one.get("id"))]
            exchange.view.store.write("UPDATE tags SET display_order = ? WHERE id = ?", pair)
    return Answer(204)


def _tag_shown(row: Row) -> Row:
    return {one.name: row[one.name] for one in TAGS.attributes}
