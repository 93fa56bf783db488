"""Creating, changing and deleting records with their parts at once (Concord fact sheet §7-§12)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csc_tui.demo.concord import billing, parts
from csc_tui.demo.concord.answers import Errors, in_conflict, invalid, required
from csc_tui.demo.concord.custom import Definition
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.concord.validation import customs_validated, validated
from csc_tui.demo.concord.view import View
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row, stored

_HUNG = ("calls", "notes")
_AUTHORED = ("activities", "products", "documents")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for one user. Every method raises Refused, then nothing must be committed."""

    view: View

    def create(self, kind: Kind, given: Row, customs: Sequence[Definition]) -> int:
        """A new record; gives its id."""
        return self._save(kind, None, given, customs)

    def update(self, kind: Kind, row: Row, given: Row, customs: Sequence[Definition]) -> None:
        """Changes what the body names; phones, tags and associations that it names are replaced."""
        self._save(kind, row, given, customs)

    def delete(self, kind: Kind, row: Row, given: Mapping[str, object]) -> None:
        """Into the trash where there is one, else for good. Raises Refused (409) if in use."""
        if kind.table == "users":
            self._hand_over(row, given)
        elif kind.lookup:
            self._check_use(kind, row)
        if kind.soft:
            self.view.store.update(kind, row, {"deleted_at": self.view.now})
            self._note(kind, integer(row["id"]) or 0, "deleted", [])
        else:
            self.destroy(kind, row)

    def restore(self, kind: Kind, row: Row) -> None:
        """Out of the trash."""
        self.view.store.update(kind, row, {"deleted_at": None})
        self._note(kind, integer(row["id"]) or 0, "restored", [])

    def destroy(self, kind: Kind, row: Row) -> None:
        """Removes a record for good, with what hangs on it."""
        store = self.view.store
        owner = [kind.table, row["id"]]
        for table in ("phones", "taggings", "associations", "changes"):
            store.write(f"DELETE FROM {table} WHERE kind = ? AND owner_id = ?", owner)
        store.write("DELETE FROM associations WHERE other = ? AND other_id = ?", owner)
        for table in ("comments", "media"):
            store.write(f"DELETE FROM {table} WHERE parent = ? AND parent_id = ?", owner)
        store.write("DELETE FROM guests WHERE kind = ? AND guest_id = ?", owner)
        if kind.table == "deals":
            lines = "billable_id IN (SELECT id FROM billables WHERE deal_id = ?)"
            store.write(f"DELETE FROM billable_lines WHERE {lines}", [row["id"]])
            store.write("DELETE FROM billables WHERE deal_id = ?", [row["id"]])
            store.write("DELETE FROM stage_times WHERE deal_id = ?", [row["id"]])
        if kind.table == "activities":
            store.write("DELETE FROM guests WHERE activity_id = ?", [row["id"]])
        if kind.table == "pipelines":
            store.write("DELETE FROM pipeline_stages WHERE pipeline_id = ?", [row["id"]])
        for other in TABLES.values():
            for relation in other.relations:
                if relation.table == kind.table:
                    column = relation.column
                    sql = f"UPDATE {other.table} SET {column} = NULL WHERE {column} = ?"
                    store.write(sql, [row["id"]])
        if kind.table == "users":
            store.write("DELETE FROM tokens WHERE user_id = ?", [row["id"]])
        store.delete(kind, integer(row["id"]) or 0)

    def _save(self, kind: Kind, old: Row | None, given: Row, customs: Sequence[Definition]) -> int:
        values, errors = validated(self.view, kind, old, given)
        custom, wrong = customs_validated(self.view, kind, old, given, customs)
        errors |= wrong
        record_id = integer(old["id"]) or 0 if old else 0
        phones = self._phones(kind, record_id, given, errors)
        parent = self._parent(kind, given, errors)
        if errors:
            raise invalid(errors)
        changes = self._columns(kind, old, values)
        if customs and (old is None or json.loads(str(old["custom"] or "{}")) != custom):
            changes["custom"] = json.dumps(custom, ensure_ascii=False)
        if old is None:
            record_id = self.view.store.insert(kind, self._stamped(kind, changes))
        changed = list(changes)
        if phones is not None and parts.replace_phones(self.view.store, kind, record_id, phones):
            changed.append("phones")
        if kind.tags and parts.replace_tags(self.view.store, kind, record_id, given.get("tags")):
            changed.append("tags")
        changed += self._associate(kind, record_id, given, parent, old is None)
        changed += self._more(kind, record_id, old, given, values)
        if old is not None and changed:
            self.view.store.update(kind, old, {**changes, "updated_at": self.view.now})
        if changed or old is None:
            self._note(kind, record_id, "created" if old is None else "updated", changed)
        return record_id

    def _columns(self, kind: Kind, old: Row | None, values: Row) -> Row:
        """What really changes, with the columns that follow."""
        changes = dict(values)
        if old is not None:
            new = stored(kind, values)
            changes = {name: value for name, value in values.items() if old[name] != new[name]}
        if changes.get("user_id") and kind.attribute("owner_assigned_date"):
            changes["owner_assigned_date"] = self.view.now
        if old is not None and kind.table == "deals" and "stage_id" in changes:
            since = integer(old["stage_changed_date"]) or self.view.now
            self.view.store.write(
                "INSERT INTO stage_times VALUES (?, ?, ?) ON CONFLICT (deal_id, stage_id)"
                " DO UPDATE SET seconds = seconds + excluded.seconds",
                [old["id"], old["stage_id"], (self.view.now - since) // 1000],
            )
        return changes

    def _stamped(self, kind: Kind, values: Row) -> Row:
        """What a new record has that nobody sends."""
        row = {**values, "created_at": self.view.now, "updated_at": self.view.now}
        if kind.table in _AUTHORED:
            row["created_by"] = self.view.viewer["id"]
            row |= {"status": "draft"} if kind.table == "documents" else {}
        elif kind.table in _HUNG:
            row["user_id"] = self.view.viewer["id"]
        elif kind.table == "users":
            row.setdefault("super_admin", 0)
        elif kind.table in ("deals", "pipelines"):
            name = "board_order" if kind.table == "deals" else "display_order"
            last = self.view.store.number(f"SELECT max({name}) FROM {kind.table}")
            row[name] = last + 1
        return row

    def _phones(
        self, kind: Kind, record_id: int, given: Row, errors: Errors
    ) -> list[parts.Phone] | None:
        """The phones that the body wants; None where it leaves them alone."""
        if not kind.phones or "phones" not in given:
            return None
        if given["phones"] is None and self.view.switches.null_phones == "keep":
            return None
        return parts.phones_of(kind, record_id, self.view, given["phones"], errors)

    def _parent(self, kind: Kind, given: Row, errors: Errors) -> tuple[str, int] | None:
        """The record that a note or call is made at; a note cannot be without (§10.6)."""
        if kind.table not in _HUNG:
            return None
        table = given.get("via_resource")
        record_id = integer(given.get("via_resource_id"))
        if table is None and record_id is None and kind.table == "calls":
            return None
        for name, value in (("via_resource", table), ("via_resource_id", record_id)):
            if value is None:
                errors[name] = [required(name)]
        if table not in parts.FOLLOWED:
            errors.setdefault("via_resource", ["The selected via resource is invalid."])
            return None
        if record_id is None:
            return None
        target = TABLES[str(table)]
        if not self.view.store.rows(target, f"id = ? AND {alive(target)}", [record_id]):
            errors["via_resource_id"] = ["The selected via resource is invalid."]
        return str(table), record_id

    def _associate(
        self,
        kind: Kind,
        record_id: int,
        given: Row,
        parent: tuple[str, int] | None,
        new: bool,
    ) -> list[str]:
        changed = []
        for other, elements in parts.associations_of(kind, given).items():
            ids = set(parts.ids_of(self.view, other, elements))
            if parts.sync(self.view.store, kind, record_id, other, ids):
                changed.append(other)
        if parent and new and self.view.switches.via_links:
            parts.attach(self.view.store, kind, record_id, parent[0], {parent[1]})
        if kind.table == "contacts" and new and self.view.switches.associate_by_domain:
            self._join_company(kind, record_id, given)
        return changed

    def _join_company(self, kind: Kind, record_id: int, given: Row) -> None:
        domain = str(given.get("email") or "").rpartition("@")[2]
        companies = TABLES["companies"]
        where = f"domain_key = ? AND domain_key != '' AND {alive(companies)}"
        rows = self.view.store.rows(companies, where, [fold(domain)])
        ids = {integer(row["id"]) or 0 for row in rows}
        parts.attach(self.view.store, kind, record_id, "companies", ids)

    def _more(
        self, kind: Kind, record_id: int, old: Row | None, given: Row, values: Row
    ) -> list[str]:
        """Parts that only one kind has."""
        changed = []
        billable = given.get("billable")
        if kind.table == "activities" and isinstance(given.get("guests"), dict):
            self._invite(record_id, given["guests"])
            changed.append("guests")
        if kind.table == "deals" and old is None and isinstance(billable, dict):
            billing.save(self.view, record_id, billable)
        if kind.table == "pipelines" and isinstance(given.get("stages"), list):
            self._stages(record_id, given["stages"])
            changed.append("stages")
        return changed

    def _invite(self, activity_id: int, guests: object) -> None:
        self.view.store.write("DELETE FROM guests WHERE activity_id = ?", [activity_id])
        for table in ("users", "contacts"):
            ids = guests.get(table) if isinstance(guests, dict) else None
            for one in ids if isinstance(ids, list) else ():
                guest = integer(one)
                if guest is not None and self.view.store.find(TABLES[table], guest):
                    self.view.store.write(
                        "INSERT OR IGNORE INTO guests VALUES (?, ?, ?)",
                        [activity_id, table, guest],
                    )

    def _stages(self, pipeline_id: int, stages: object) -> None:
        """Stages of a pipeline: with an id changed, without made (§11)."""
        kind = TABLES["pipeline_stages"]
        for number, one in enumerate(stages if isinstance(stages, list) else [], 1):
            if not isinstance(one, dict):
                continue
            found = self.view.store.find(kind, integer(one.get("id")) or 0)
            row = {"display_order": number, **one, "pipeline_id": pipeline_id}
            self._save(kind, found, row, [])

    def _check_use(self, kind: Kind, row: Row) -> None:
        """Refuses where other records point here, also from the trash (§3)."""
        strict = kind.table in ("sources", "pipeline_stages")
        if row.get("flag"):
            raise in_conflict("This record is built in and cannot be deleted.")
        if not strict and self.view.switches.lookups_in_use == "204":
            return
        for other in TABLES.values():
            for relation in other.relations:
                if relation.table != kind.table or (kind.table, other.table) == (
                    *("pipelines", "pipeline_stages"),
                ):
                    continue
                sql = f"SELECT count(*) FROM {other.table} WHERE {relation.column} = ?"
                if self.view.store.number(sql, [row["id"]]):
                    raise in_conflict("This record is in use and cannot be deleted.")

    def _hand_over(self, row: Row, given: Mapping[str, object]) -> None:
        """A deleted user's records go to another one, by itself to who deletes (§11)."""
        heir = integer(given.get("transfer_data_to")) or integer(self.view.viewer["id"]) or 0
        if row["id"] in (self.view.viewer["id"], heir):
            raise in_conflict("Data of a deleted user must go to somebody else.")
        for kind in TABLES.values():
            for relation in kind.relations:
                if relation.table == "users":
                    column = relation.column
                    sql = f"UPDATE {kind.table} SET {column} = ? WHERE {column} = ?"
                    self.view.store.write(sql, [heir, row["id"]])

    def _note(self, kind: Kind, record_id: int, event: str, changed: Sequence[str]) -> None:
        """An entry in the change log, which the timeline shows."""
        if kind.table in parts.FOLLOWED:
            self.view.store.write(
                "INSERT INTO changes (kind, owner_id, at, user_id, event, attributes)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    *(kind.table, record_id, self.view.now, self.view.viewer["id"], event),
                    json.dumps([name for name in changed if name != "custom"]),
                ],
            )
