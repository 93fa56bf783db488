"""Creating, changing and deleting records with their parts in one go.

CentralStationCRM fact sheet §1.6 (a PUT is partial), §3 (`*_attributes`), §6, §7.
"""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from csc_tui.demo.centralstation.answers import invalid, missing, not_found
from csc_tui.demo.centralstation.files import file_of
from csc_tui.demo.centralstation.keys import VENTURES
from csc_tui.demo.centralstation.resource import (
    Part,
    Resource,
    hangs_on,
    owned_by,
    owner_columns,
)
from csc_tui.demo.centralstation.resources import CONTACT_TYPES, PROTOCOL_LINKS, RESOURCES
from csc_tui.demo.centralstation.schema import ACCOUNT_ID, GROUP_ID
from csc_tui.demo.centralstation.stream import Stream, Verb
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.centralstation.validation import (
    BLANK,
    INVALID,
    MISSING,
    Errors,
    owner_exists,
    validated,
)
from csc_tui.demo.centralstation.work import STATES
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row, stored
from csc_tui.demo.store import Store

Owners = Mapping[str, Row]
"""Table -> the record under which a nested route stands."""

_MARKUP = re.compile(r"<[^>]*>")
_TEASER = 100
_UNNOTICED = ("protocols", "external_emails")
"""What changes no updated_at of the record that it is about."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for one request. Every method raises Refused, then nothing must be committed."""

    store: Store
    switches: Switches
    user_id: int
    """Who writes."""
    now: int
    """Epoch milliseconds."""
    quiet: bool
    """No entry in the activity stream (`no_log=true`)."""

    def create(self, resource: Resource, body: object, owners: Owners) -> int:
        """A new record under its owners; gives its id."""
        given, fixed = self._unwrapped(resource, body, None)
        for table, owner in owners.items():
            fixed |= owner_columns(resource, RESOURCES[table], integer(owner["id"]) or 0)
        if resource.owner == "attachable" and not owners:
            hung = self._hung if resource.loose else self._named_owner
            fixed |= hung(resource, given)
        if resource.table == "protocols":
            given = self._new_note(given, owners)
        elif resource.table in ("comments", "attachments"):
            given = {"user_id": self.user_id, **given}
        if resource.table == "attachments":
            fixed |= file_of(given)
        record_id, errors, _ = self._save(resource, None, given, fixed)
        if errors:
            raise invalid(errors)
        self._touch(resource, record_id, owners, "create")
        self._recount(resource, fixed)
        return record_id

    def update(self, resource: Resource, row: Row, body: object, owners: Owners) -> None:
        """Changes what the body names; nothing else is touched."""
        given, _ = self._unwrapped(resource, body, row)
        hung = self._hung(resource, given) if resource.loose else {}
        _, errors, changed = self._save(resource, row, given, hung)
        if errors:
            raise invalid(errors)
        if changed:
            self._touch(resource, integer(row["id"]) or 0, owners, "update")

    def delete(self, resource: Resource, row: Row, owners: Owners) -> None:
        """Removes a record and what hangs on it."""
        record_id = integer(row["id"]) or 0
        for child in RESOURCES.values():
            if hangs_on(child, resource):
                where, arguments = owned_by(child, resource)
                self.store.write(
                    f"DELETE FROM {child.table} WHERE {where}", [*arguments, record_id]
                )
        if resource.class_name:
            for table in ("protocol_links", "participants"):
                self.store.write(
                    f"DELETE FROM {table} WHERE attachable_type = ? AND attachable_id = ?",
                    [resource.class_name, record_id],
                )
            self._forget(resource, record_id)
        elif resource.table == "protocols":
            self.store.write("DELETE FROM protocol_links WHERE protocol_id = ?", [record_id])
        elif resource.table == "custom_fields_types":
            self.store.write(
                "DELETE FROM custom_fields WHERE custom_fields_type_id = ?", [record_id]
            )
        self._touch(resource, record_id, owners, "destroy")
        self.store.delete(resource, record_id)
        self._recount(resource, row)

    def _forget(self, resource: Resource, record_id: int) -> None:
        """Deals and projects outlive their company, their people and their deal (assumed)."""
        if resource.table == "people":
            self.store.write("DELETE FROM participants WHERE person_id = ?", [record_id])
        for table in VENTURES:
            if RESOURCES[table].attribute(name := f"{resource.wrapper}_id"):
                self.store.write(f"UPDATE {table} SET {name} = NULL WHERE {name} = ?", [record_id])

    def _unwrapped(self, resource: Resource, body: object, old: Row | None) -> tuple[Row, Row]:
        """The attributes inside the wrapper; for a contact detail also the type it says."""
        wrappers = {resource.wrapper: ""}
        if resource.table == "contact_details":
            wrappers = {
                wrapper: kind
                for wrapper, kind in CONTACT_TYPES.items()
                if old is None or old["type"] == kind
            }
        for wrapper, kind in wrappers.items():
            given = body.get(wrapper) if isinstance(body, dict) else None
            if isinstance(given, dict) and given:
                return given, {"type": kind} if kind else {}
        raise missing(next(iter(wrappers)))

    def _named_owner(self, child: Resource, given: Row) -> Row:
        """The owner that the body of a route without a parent names."""
        owner = owner_exists(self.store, child, given)
        if owner is None:
            raise invalid({"attachable": [MISSING]})
        return owner_columns(child, owner, integer(given["attachable_id"]) or 0)

    def _recount(self, child: Resource, row: Row) -> None:
        """How many comments or attachments the owner of a row has, where that says so."""
        owner = RESOURCES.get(child.owners.get(str(row.get("attachable_type")), ""))
        if owner is None or owner.attribute(f"{child.table}_count") is None:
            return
        self.store.write(
            f"UPDATE {owner.table} SET {child.table}_count = (SELECT count(*) FROM {child.table}"
            " WHERE attachable_type = ? AND attachable_id = ?) WHERE id = ?",
            [row["attachable_type"], row["attachable_id"], row["attachable_id"]],
        )

    def _hung(self, child: Resource, given: Row) -> Row:
        """What a task shall be about: another record, none, or what it is about already."""
        names = ("attachable_type", "attachable_id")
        if all(given.get(name) is None for name in names):
            return {name: None for name in names if name in given}
        return self._named_owner(child, given)

    def _new_note(self, given: Row, owners: Owners) -> Row:
        """A note's defaults: type, format, badge, a teaser of the content as its name (§6)."""
        if self.switches.protocol_type_required and not given.get("type"):
            raise invalid({"type": [BLANK]})
        note: Row = {"format": "html", "badge": "note", "confidential": False, **given}
        for key, table in PROTOCOL_LINKS.items():
            ids = note.get(key)
            if table in owners:
                note[key] = [*(ids if isinstance(ids, list) else []), owners[table]["id"]]
        linked = any(note.get(key) for key in PROTOCOL_LINKS)
        note["type"] = note.get("type") or ("ProtocolObjectNote" if linked else "ProtocolUserNote")
        if not note.get("name"):
            note["name"] = " ".join(_MARKUP.sub(" ", str(note.get("content") or "")).split())
            note["name"] = str(note["name"])[:_TEASER]
        note.setdefault("user_id", self.user_id)
        return note

    def _save(
        self, resource: Resource, old: Row | None, given: Row, fixed: Row
    ) -> tuple[int, Errors, bool]:
        """Writes the record and its parts; gives id, errors, and whether anything changed."""
        given = dict(given)
        if resource.table == "positions":
            self._named_company(given)
        owner = {name: fixed[name] for name in fixed if name in ("person_id", "company_id")}
        values, errors = validated(self.store, self.switches, resource, old, {**given, **owner})
        links = self._links(resource, given, errors)
        people = self._named_people(resource, given, errors)
        record_id = integer(old["id"]) or 0 if old else 0
        if resource.attribute("finished_at") and "current_state" in values:
            values["finished_at"] = self._finished(old, values["current_state"])
        changes = stored(resource, values)
        if old:
            changes |= {name: fixed[name] for name in fixed if name.startswith("attachable_")}
            changes = {name: value for name, value in changes.items() if old[name] != value}
        elif not errors:
            record_id = self.store.insert(resource, {**self._stamps(resource), **values, **fixed})
        parts = self._parts(resource, record_id, given, errors)
        links_changed = not errors and self._link(record_id, links)
        if people is not None and not errors:
            links_changed |= self._take_part(resource, record_id, people)
        touched = bool(changes) or links_changed or (parts and self.switches.nested_touch)
        if old and touched and not errors:
            self.store.update(resource, old, {**values, **fixed, **self._changed(resource, old)})
        return record_id, errors, bool(changes) or parts or links_changed

    def _finished(self, old: Row | None, state: object) -> object:
        """When a deal or project was won or lost: what it says already, or now."""
        if state not in ("won", "lost"):
            return None
        return (old and old["finished_at"]) or self.now

    def _stamps(self, resource: Resource) -> Row:
        """What a new record has that nobody sends."""
        stamps: Row = {"created_at": self.now, "updated_at": self.now}
        for name, value in (
            *(("account_id", ACCOUNT_ID), ("group_id", GROUP_ID), ("api_input", 1)),
            *(("created_by_user_id", self.user_id), ("attachments_count", 0)),
            *(("comments_count", 0), ("data_hash", {}), ("current_state", STATES[0])),
            *(("currency", "EUR"), ("value_count", "1.0"), ("finished", 0), ("fuzzy", 0)),
        ):
            if resource.attribute(name):
                stamps[name] = value
        return stamps

    def _changed(self, resource: Resource, old: Row) -> Row:
        """The new updated_at, always later than the old, and who changed it."""
        if resource.attribute("updated_at") is None:
            return {}
        before = integer(old["updated_at"]) or 0
        stamps: Row = {"updated_at": max(self.now, before + 1)}
        if resource.attribute("updated_by_user_id"):
            stamps["updated_by_user_id"] = self.user_id
        return stamps

    def _named_company(self, given: Row) -> None:
        """company_name links to the company of that name or creates it (§3)."""
        name = given.pop("company_name", None)
        if not isinstance(name, str) or not name.strip() or given.get("company_id"):
            return
        found = self.store.number("SELECT min(id) FROM companies WHERE name_key = ?", [fold(name)])
        if not found:
            found, errors, _ = self._save(RESOURCES["companies"], None, {"name": name}, {})
            if errors:
                raise invalid({"company_name": errors["name"]})
        given["company_id"] = found

    def _parts(self, resource: Resource, record_id: int, given: Row, errors: Errors) -> bool:
        """Writes the parts named by `*_attributes`; True if any of them changed."""
        any_changed = False
        for part in resource.parts:
            if part.writable:
                for item in _items(given.get(f"{part.name}_attributes")):
                    found, changed = self._part(resource, record_id, part, item)
                    any_changed |= changed
                    for name, texts in found.items():
                        errors.setdefault(f"{part.name}.{name}", []).extend(texts)
        return any_changed

    def _part(self, parent: Resource, parent_id: int, part: Part, item: Row) -> tuple[Errors, bool]:
        child = RESOURCES[part.table]
        fixed = owner_columns(child, parent, parent_id)
        if part.type:
            fixed["type"] = part.type
        destroy = item.get("_destroy") in (True, 1, "1", "true")
        if not item.get("id"):
            if destroy:
                return {}, False
            _, errors, _ = self._save(child, None, item, fixed)
            if parent_id == 0:
                errors.pop(parent.wrapper, None)
            return errors, True
        where = "".join(f' AND "{name}" = ?' for name in fixed)
        found = self.store.rows(child, "id = ?" + where, [integer(item["id"]), *fixed.values()])
        if not found:
            raise not_found()
        if destroy:
            self.store.delete(child, integer(item["id"]) or 0)
            return {}, True
        _, errors, changed = self._save(child, found[0], item, {})
        return errors, changed

    def _links(self, resource: Resource, given: Row, errors: Errors) -> dict[str, list[int]]:
        """Table -> ids that a note shall be about, for each that the body names."""
        links: dict[str, list[int]] = {}
        for key, table in PROTOCOL_LINKS.items():
            wanted = given.get(key)
            if resource.table != "protocols" or not isinstance(wanted, list):
                continue
            ids = [integer(one) or 0 for one in wanted]
            if any(self.store.find(RESOURCES[table], one) is None for one in ids):
                errors[key] = [INVALID]
            links[table] = ids
        return links

    def _link(self, protocol_id: int, links: dict[str, list[int]]) -> bool:
        for table, ids in links.items():
            target = RESOURCES[table]
            self.store.write(
                "DELETE FROM protocol_links WHERE protocol_id = ? AND attachable_type = ?",
                [protocol_id, target.class_name],
            )
            for one in ids:
                self.store.write(
                    "INSERT OR IGNORE INTO protocol_links VALUES (?, ?, ?)",
                    [protocol_id, target.class_name, one],
                )
                self._stream.add(target, one, "update")
        return bool(links)

    def _named_people(self, resource: Resource, given: Row, errors: Errors) -> list[int] | None:
        """Whom `person_ids_set` (a text with commas) names; None where it is not sent (§5)."""
        if resource.table not in VENTURES or "person_ids_set" not in given:
            return None
        names = [one.strip() for one in str(given["person_ids_set"] or "").split(",")]
        ids = [integer(one) or 0 for one in names if one]
        if any(self.store.find(RESOURCES["people"], one) is None for one in ids):
            errors["person_ids_set"] = [INVALID]
        return sorted(set(ids))

    def _take_part(self, resource: Resource, record_id: int, people: list[int]) -> bool:
        """Replaces the people of a deal or project; True if they were others."""
        whose = "attachable_type = ? AND attachable_id = ?"
        owner = [resource.class_name, record_id]
        before = self.store.select(
            f"SELECT person_id FROM participants WHERE {whose} ORDER BY person_id", owner
        )
        self.store.write(f"DELETE FROM participants WHERE {whose}", owner)
        for one in people:
            self.store.write("INSERT INTO participants VALUES (?, ?, ?)", [*owner, one])
        return [row[0] for row in before] != people

    def _touch(self, resource: Resource, record_id: int, owners: Owners, verb: Verb) -> None:
        """Notes the change in the stream of the record and its owners (and their updated_at)."""
        self._stream.add(resource, record_id, verb)
        for table, owner in owners.items():
            parent = RESOURCES[table]
            if not parent.class_name:
                continue
            if self.switches.nested_touch and resource.table not in _UNNOTICED:
                self.store.update(parent, owner, self._changed(parent, owner))
            self._stream.add(parent, integer(owner["id"]) or 0, "update")

    @property
    def _stream(self) -> Stream:
        return Stream(self.store, self.user_id, self.now, self.quiet)


def _items(value: object) -> Iterator[Row]:
    """The elements of an `*_attributes` value: a list, or an object whose keys do not matter."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))
