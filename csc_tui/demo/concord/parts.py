"""Phones, tags and associations in a body: each key replaces its whole set (fact sheet §8, §12)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from csc_tui.demo.concord.answers import Errors, taken
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import LONGEST, TABLES, TAGS
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.concord.view import View
from csc_tui.demo.folding import digits, fold
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store, listed

PHONE_TYPES = ("mobile", "work", "other")
FOLLOWED = ("contacts", "companies", "deals")
"""Kinds that a body may associate."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was given, before it is kept."""

    number: str
    type: str


def phones_of(kind: Kind, record_id: int, view: View, given: object, errors: Errors) -> list[Phone]:
    """The wanted phones; what is wrong with them goes to errors under `phones.N.number`."""
    phones = list(_phones(given))
    for index, one in enumerate(phones):
        key = f"phones.{index}.number"
        if len(one.number) > LONGEST:
            errors[key] = [f"The {key} field must not be greater than {LONGEST} characters."]
        elif kind.table == "contacts" and view.store.number(
            "SELECT count(*) FROM phones WHERE kind = ? AND number = ? AND owner_id != ?"
            f" AND owner_id IN (SELECT id FROM contacts WHERE {alive(kind)})",
            [kind.table, one.number, record_id],
        ):
            errors[key] = [taken("phone number")]
    return phones


def _phones(given: object) -> Iterator[Phone]:
    """Numbers of any of the forms: objects, texts, one text; empty ones are dropped (§12.1)."""
    items = given.split(",") if isinstance(given, str) else given
    for one in items if isinstance(items, list) else ():
        if isinstance(one, dict):
            number, type_ = one.get("number"), one.get("type")
        else:
            number, _, type_ = str(one).partition("|")
        number = "" if number is None or isinstance(number, list | dict) else str(number).strip()
        if number:
            yield Phone(number, str(type_) if type_ in PHONE_TYPES else "mobile")


def replace_phones(store: Store, kind: Kind, record_id: int, wanted: list[Phone]) -> bool:
    """Makes these the record's phones; a number that stays keeps its id. True on a change."""
    sql = "SELECT id, number, type FROM phones WHERE kind = ? AND owner_id = ?"
    old = {str(row[1]): row for row in store.select(sql, [kind.table, record_id])}
    changed = False
    kept = set[str]()
    for one in wanted:
        if one.number in kept:
            continue
        kept.add(one.number)
        found = old.get(one.number)
        if found is None:
            store.write(
                "INSERT INTO phones (kind, owner_id, number, type, digits) VALUES (?, ?, ?, ?, ?)",
                [kind.table, record_id, one.number, one.type, digits(one.number)],
            )
        elif found[2] != one.type:
            store.write("UPDATE phones SET type = ? WHERE id = ?", [one.type, found[0]])
        changed |= found is None or found[2] != one.type
    gone = [row[0] for number, row in old.items() if number not in kept]
    store.write("DELETE FROM phones WHERE id IN (SELECT value FROM json_each(?))", [listed(gone)])
    return changed or bool(gone)


def replace_tags(store: Store, kind: Kind, record_id: int, given: object) -> bool:
    """Makes these the record's tags, unknown ones are made; null changes nothing (§12.2)."""
    names = given.split(",") if isinstance(given, str) else given
    if not isinstance(names, list):
        return False
    wanted = {_tag(store, kind, str(name).strip()) for name in names if str(name or "").strip()}
    sql = "SELECT tag_id FROM taggings WHERE kind = ? AND owner_id = ?"
    before = {row[0] for row in store.select(sql, [kind.table, record_id])}
    for tag_id in before - wanted:
        store.write(
            "DELETE FROM taggings WHERE kind = ? AND owner_id = ? AND tag_id = ?",
            [kind.table, record_id, tag_id],
        )
    for tag_id in wanted - before:
        store.write("INSERT INTO taggings VALUES (?, ?, ?)", [kind.table, record_id, tag_id])
    return before != wanted


def _tag(store: Store, kind: Kind, name: str) -> object:
    found = store.rows(TAGS, "type = ? AND name_key = ?", [kind.table, fold(name)], "ORDER BY id")
    if found:
        return found[0]["id"]
    last = store.number("SELECT max(display_order) FROM tags")
    row: Row = {"name": name, "swatch_color": None, "display_order": last + 1, "type": kind.table}
    return store.insert(TAGS, row)


def associations_of(kind: Kind, given: Mapping[str, object]) -> dict[str, list[object]]:
    """Table -> elements that the body names for it; null and absent are untouched."""
    named: dict[str, object] = {name: given.get(name) for name in FOLLOWED}
    inner = given.get("associations")
    if isinstance(inner, dict):
        named |= {name: inner[name] for name in FOLLOWED if inner.get(name) is not None}
    wanted: dict[str, list[object]] = {}
    for name, value in named.items():
        items = value.split(",") if isinstance(value, str) else value
        if name in kind.associates and isinstance(items, list):
            wanted[name] = [_element(one) for one in items]
    return wanted


def _element(given: object) -> object:
    """An association may also be sent as the record that was read."""
    return given.get("id") if isinstance(given, dict) else given


def ids_of(view: View, other: str, elements: list[object]) -> list[int]:
    """The ids of those records that exist and that the user may see; the rest is dropped.

    An element is an id, a name, or a contact's e-mail address.
    """
    kind = TABLES[other]
    found: list[int] = []
    for one in elements:
        number = integer(one)
        if number is not None:
            rows = view.store.rows(kind, f"id = ? AND {alive(kind)}", [number])
        elif isinstance(one, str) and one.strip():
            rows = _by_text(view.store, kind, one)
        else:
            continue
        found += [integer(row["id"]) or 0 for row in rows[:1] if view.sees(kind, row)]
    return list(dict.fromkeys(found))


def _by_text(store: Store, kind: Kind, text: str) -> list[Row]:
    if kind.table != "contacts":
        return store.rows(kind, f"name_key = ? AND {alive(kind)}", [fold(text)], "ORDER BY id")
    name = "first_name_key || CASE last_name_key WHEN '' THEN '' ELSE ' ' || last_name_key END"
    where = f"(email_key = ? OR {name} = ?) AND {alive(kind)}"
    return store.rows(kind, where, [fold(text), fold(text)], "ORDER BY id")


def associated_ids(store: Store, kind: Kind, record_id: int, other: str) -> set[int]:
    """What is associated now, also what lies in the trash."""
    sql = "SELECT other_id FROM associations WHERE kind = ? AND owner_id = ? AND other = ?"
    return {integer(row[0]) or 0 for row in store.select(sql, [kind.table, record_id, other])}


def attach(store: Store, kind: Kind, record_id: int, other: str, ids: set[int]) -> bool:
    """Associates; True if anything is new."""
    new = ids - associated_ids(store, kind, record_id, other)
    for one in new:
        for link in ((kind.table, record_id, other, one), (other, one, kind.table, record_id)):
            store.write("INSERT OR IGNORE INTO associations VALUES (?, ?, ?, ?)", link)
    return bool(new)


def detach(store: Store, kind: Kind, record_id: int, other: str, ids: set[int]) -> bool:
    """Ends associations; True if there were any."""
    old = ids & associated_ids(store, kind, record_id, other)
    for one in old:
        for link in ((kind.table, record_id, other, one), (other, one, kind.table, record_id)):
            store.write(
                "DELETE FROM associations"
                " WHERE kind = ? AND owner_id = ? AND other = ? AND other_id = ?",
                link,
            )
    return bool(old)


def sync(store: Store, kind: Kind, record_id: int, other: str, ids: set[int]) -> bool:
    """Makes these the associated ones; True on a change."""
    before = associated_ids(store, kind, record_id, other)
    gone = detach(store, kind, record_id, other, before - ids)
    return attach(store, kind, record_id, other, ids) or gone
