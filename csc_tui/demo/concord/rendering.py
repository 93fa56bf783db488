"""Rows to JSON: one statement per relation, however many rows (Concord fact sheet §7, §10)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csc_tui.demo.concord import custom, media
from csc_tui.demo.concord.changes import changelog
from csc_tui.demo.concord.counting import counts
from csc_tui.demo.concord.custom import Definition
from csc_tui.demo.concord.kind import Kind, Relation
from csc_tui.demo.concord.kinds import MEDIA, TABLES
from csc_tui.demo.concord.particulars import PARTICULARS, STAGE
from csc_tui.demo.concord.reading import Asked, alive
from csc_tui.demo.concord.view import Shown, View, value
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import listed

_BRIEF = {"countries": ("id", "name", "iso_2"), "pipeline_stages": STAGE}
_ALWAYS_EMPTY = ("emails",)
"""Relations to what this demo does not hold."""
_FOR_PAGES = ("actions", "authorizations", "was_recently_created")
_FOLLOWED = ("contacts", "companies", "deals")
_EVENTS = {"activities": "activity", "calls": "call", "notes": "note"}
_SUBJECTS = {"contacts": "contact", "companies": "company", "deals": "deal"}


@dataclass(frozen=True, slots=True)
class Renderer:
    """Shows rows in one user's view."""

    view: View

    def records(
        self,
        kind: Kind,
        rows: Sequence[Row],
        asked: Asked,
        customs: Sequence[Definition],
        created: bool = False,
    ) -> list[Shown]:
        """The rows as records; the number of statements does not grow with them."""
        ids = [row["id"] for row in rows]
        seen = [_selected(kind, row, asked) for row in rows]
        shown = [self.view.head(kind, row) for row in seen]
        self._relations(kind, seen, shown, asked)
        if kind.phones:
            _attach(shown, ids, "phones", self._phones(kind, ids))
        if kind.tags:
            _attach(shown, ids, "tags", self._tags(kind, ids))
        for record, row in zip(shown, seen, strict=True):
            _custom(record, row, asked, customs)
        counted = counts(self.view.store, kind, rows, self.view.viewer)
        for record, more in zip(shown, counted, strict=True):
            record |= more
        for other in kind.associates:
            if (asked.single and other in _FOLLOWED) or other in asked.relations:
                _attach(shown, ids, other, self.associated(kind, ids, other))
        if "changelog" in asked.relations:
            _attach(shown, ids, "changelog", self._changes(kind, ids))
        if "media" in asked.relations:
            _attach(shown, ids, "media", self._media(kind, ids))
        for name in _ALWAYS_EMPTY:
            if name in asked.relations:
                _attach(shown, ids, name, {})
        if kind.table in PARTICULARS:
            PARTICULARS[kind.table](self.view, seen, shown, asked)
        for record, row in zip(shown, seen, strict=True):
            self._tail(kind, record, row, asked, created)
        return [_slim(kind, one) for one in shown] if self.view.slim else shown

    def associated(
        self, kind: Kind, ids: Sequence[object], other: str
    ) -> dict[object, list[Shown]]:
        """Records of another kind by the records that they are associated with."""
        target = TABLES[other]
        store = self.view.store
        pairs = store.select(
            "SELECT owner_id, other_id FROM associations WHERE kind = ? AND other = ?"
            " AND owner_id IN (SELECT value FROM json_each(?)) ORDER BY owner_id, other_id",
            [kind.table, other, listed(ids)],
        )
        within = f"id IN (SELECT value FROM json_each(?)) AND {alive(target)}"
        rows = store.rows(target, within, [listed([pair[1] for pair in pairs])])
        shown = self.view.embedded(target, rows)
        records = dict(zip([row["id"] for row in rows], shown, strict=True))
        found: defaultdict[object, list[Shown]] = defaultdict(list)
        for owner, other_id in pairs:
            if other_id in records:
                found[owner].append(records[other_id])
        return found

    def _changes(self, kind: Kind, ids: Sequence[object]) -> Mapping[object, list[Shown]]:
        """The change log of each record, latest first."""
        found: defaultdict[object, list[Shown]] = defaultdict(list)
        for owner, _, entry in changelog(self.view.store, kind, ids):
            found[owner].append(entry)
        return found

    def _relations(self, kind: Kind, rows: Sequence[Row], shown: list[Shown], asked: Asked) -> None:
        every = asked.single or self.view.switches.list_relations
        for relation in kind.relations:
            wanted = every or relation.name in asked.relations
            found = self._targets(relation, rows) if wanted else {}
            for record, row in zip(shown, rows, strict=True):
                record[relation.name] = found.get(row[relation.column])

    def _targets(self, relation: Relation, rows: Sequence[Row]) -> dict[object, Shown]:
        target = TABLES[relation.table]
        ids = sorted({integer(row[relation.column]) or 0 for row in rows} - {0})
        within = "id IN (SELECT value FROM json_each(?))"
        found = self.view.store.rows(target, within, [listed(ids)])
        if relation.table == "users":
            shown = [self.view.user(row) for row in found]
        elif target.lookup or relation.table == "countries":
            names = _BRIEF.get(relation.table, ("id", "name"))
            shown = [{name: row[name] for name in names} for row in found]
        else:
            shown = self.view.embedded(target, found)
        return dict(zip([row["id"] for row in found], shown, strict=True))

    def _phones(self, kind: Kind, ids: Sequence[object]) -> Mapping[object, list[Shown]]:
        found: defaultdict[object, list[Shown]] = defaultdict(list)
        for owner, phone_id, number, type_ in self.view.store.select(
            "SELECT owner_id, id, number, type FROM phones WHERE kind = ?"
            " AND owner_id IN (SELECT value FROM json_each(?)) ORDER BY id",
            [kind.table, listed(ids)],
        ):
            found[owner].append({"id": phone_id, "number": number, "type": type_})
        return found

    def _tags(self, kind: Kind, ids: Sequence[object]) -> Mapping[object, list[Shown]]:
        found: defaultdict[object, list[Shown]] = defaultdict(list)
        names = ("id", "name", "swatch_color", "display_order", "type")
        for owner, *values in self.view.store.select(
            "SELECT g.owner_id, t.id, t.name, t.swatch_color, t.display_order, t.type"
            " FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id WHERE g.kind = ?"
            " AND g.owner_id IN (SELECT value FROM json_each(?)) ORDER BY t.display_order, t.id",
            [kind.table, listed(ids)],
        ):
            found[owner].append(dict(zip(names, values, strict=True)))
        return found

    def _media(self, kind: Kind, ids: Sequence[object]) -> Mapping[object, list[Shown]]:
        found: defaultdict[object, list[Shown]] = defaultdict(list)
        where = "parent = ? AND parent_id IN (SELECT value FROM json_each(?))"
        for row in self.view.store.rows(MEDIA, where, [kind.table, listed(ids)], "ORDER BY id"):
            found[row["parent_id"]].append(media.shown(self.view, row))
        return found

    def _tail(self, kind: Kind, record: Shown, row: Row, asked: Asked, created: bool) -> None:
        if "created_at" in row:
            record["created_at"] = value("time", row["created_at"])
            record["updated_at"] = value("time", row["updated_at"])
        record["authorizations"] = self.view.rights(kind, row)
        record["was_recently_created"] = created
        if kind.table in _SUBJECTS:
            record["timeline_subject_key"] = _SUBJECTS[kind.table]
        elif kind.table in _EVENTS:
            word = _EVENTS[kind.table]
            record |= {
                "timeline_component": f"timeline-{word}",
                "timeline_relation": kind.table,
                "timeline_key": word,
                "timeline_sort_column": "date" if kind.table == "calls" else "created_at",
            }
        if kind.lookup and kind.attribute("flag"):
            record["is_primary"] = bool(row.get("flag"))
        if asked.single:
            record["actions"] = []


def _slim(kind: Kind, record: Shown) -> Shown:
    """The record without what only pages need (§1)."""
    left_out = (*_FOR_PAGES, *kind.associates)
    return {
        name: one
        for name, one in record.items()
        if name not in left_out and not name.startswith("timeline_")
    }


def _attach(
    shown: list[Shown],
    ids: Sequence[object],
    name: str,
    found: Mapping[object, list[Shown]],
) -> None:
    for record, owner in zip(shown, ids, strict=True):
        record[name] = list(found.get(owner, ()))


def _custom(record: Shown, row: Row, asked: Asked, customs: Sequence[Definition]) -> None:
    values = custom.values_of(row)
    for one in customs:
        hidden = asked.columns is not None and one.field_id not in asked.columns
        record[one.field_id] = None if hidden else custom.shown(one, values.get(one.field_id))


def _selected(kind: Kind, row: Row, asked: Asked) -> Row:
    """The row with None in the columns that were not selected."""
    if asked.columns is None:
        return row
    shown = {one.name for one in kind.attributes}
    return {
        name: None if name in shown and name not in asked.columns else value
        for name, value in row.items()
    }
