"""Rows to JSON: keys in wire order, then methods, then includes; one statement per include."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from csc_tui.demo import times
from csc_tui.demo.centralstation.keys import VENTURES
from csc_tui.demo.centralstation.resource import Part, Resource, owned_by
from csc_tui.demo.centralstation.resources import PROTOCOL_LINKS, RESOURCES
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.countries import COUNTRIES
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store, listed

Shown = dict[str, object]
"""One record as JSON, without its wrapper."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Shows rows of one store."""

    store: Store
    switches: Switches
    url: str
    """Where the server is reached, without a path."""
    now: Callable[[], int]
    """Gives epoch milliseconds."""

    def records(
        self,
        resource: Resource,
        rows: Sequence[Row],
        includes: Collection[str] = (),
        methods: Collection[str] = (),
    ) -> list[Shown]:
        """The rows with what was asked for; the number of statements does not grow with them."""
        shown = [self._attributes(resource, row) for row in rows]
        if resource.table == "protocols":
            self._protocol_links(shown)
        elif resource.table == "custom_fields":
            self._custom_field_types(shown)
        self._methods(resource, rows, shown, methods)
        for name in resource.includes:
            if name in includes:
                self._include(resource, name, shown)
        return shown

    def _attributes(self, resource: Resource, row: Row) -> Shown:
        shown: Shown = {}
        for one in resource.attributes:
            value = row[one.name]
            if value is None:
                shown[one.name] = None
            elif one.kind == "time":
                shown[one.name] = self._time(value)
            elif one.kind == "bool":
                shown[one.name] = bool(value)
            elif one.kind == "json":
                shown[one.name] = json.loads(str(value))
            else:
                shown[one.name] = value
        if resource.table == "addrs":
            shown["country_name"] = COUNTRIES.get(str(row["country_code"]).upper())
        return shown

    def _time(self, value: object) -> str | None:
        if not isinstance(value, int):
            return None
        return times.render(value, self.switches.times == "utc")

    def _include(self, resource: Resource, name: str, shown: list[Shown]) -> None:
        part = next((one for one in resource.parts if one.name == name), None)
        if part:
            self._part(resource, part, shown)
        elif name in resource.empty:
            for record in shown:
                record[name] = []
        elif name in VENTURES:
            self._ventures(resource, RESOURCES[name], shown)
        elif name in ("people", "users"):
            self._participants(resource, name, shown)
        elif name == "companies":
            self._companies(shown)
        elif name == "addrs_from_company":
            self._company_addrs(shown)
        elif name == "avatar":
            self._avatar(resource, shown)
        else:
            target = next(one for one in RESOURCES.values() if one.wrapper == name)
            self._one(target, f"{name}_id", name, shown)

    def _part(self, resource: Resource, part: Part, shown: list[Shown]) -> None:
        child = RESOURCES[part.table]
        where, arguments = owned_by(child, resource)
        column = "attachable_id" if child.owner == "attachable" else f"{resource.wrapper}_id"
        where = where.replace(f'"{column}" = ?', f'"{column}" IN (SELECT value FROM json_each(?))')
        key = child.attribute(column)
        as_text = key is not None and key.kind == "text"
        ids = [str(one["id"]) if as_text else one["id"] for one in shown]
        arguments = [*arguments, listed(ids)]
        if part.type:
            where, arguments = where + " AND type = ?", [*arguments, part.type]
        if part.where:
            where = f"{where} AND {part.where.format(now=self.now())}"
        rows = self.store.rows(child, where, arguments, "ORDER BY id")
        by_owner: defaultdict[str, list[Shown]] = defaultdict(list)
        for row in rows:
            by_owner[str(row[column])].append(self._attributes(child, row))
        if part.table == "custom_fields":
            self._brief_custom_fields([one for group in by_owner.values() for one in group])
        for record in shown:
            record[part.name] = by_owner[str(record["id"])]

    def _one(self, target: Resource, column: str, name: str, shown: list[Shown]) -> None:
        ids = listed([record[column] for record in shown])
        rows = self.store.rows(target, "id IN (SELECT value FROM json_each(?))", [ids])
        by_id = {row["id"]: self._attributes(target, row) for row in rows}
        for record in shown:
            record[name] = by_id.get(record[column])

    def _companies(self, shown: list[Shown]) -> None:
        pairs = self._employers(shown)
        self._through(pairs, RESOURCES["companies"], "id", "companies", shown)

    def _company_addrs(self, shown: list[Shown]) -> None:
        pairs = self._employers(shown)
        self._through(pairs, RESOURCES["addrs"], "attachable_id", "addrs_from_company", shown)

    def _participants(self, resource: Resource, name: str, shown: list[Shown]) -> None:
        """People of a deal or project; people or users of an appointment."""
        if resource.table == "cal_events":
            column = f"{RESOURCES[name].wrapper}_id"
            pairs = self.store.select(
                f"SELECT cal_event_id, CAST({column} AS INTEGER) FROM cal_event_attendees"
                f" WHERE {column} IS NOT NULL"
                " AND cal_event_id IN (SELECT value FROM json_each(?)) ORDER BY 2",
                [listed([record["id"] for record in shown])],
            )
        else:
            pairs = self._taking_part(resource, shown)
        self._linked(name, RESOURCES[name], pairs, shown)

    def _taking_part(self, resource: Resource, shown: list[Shown]) -> list[tuple[object, ...]]:
        """(id, person id) of whoever a deal or project is with."""
        return self.store.select(
            "SELECT attachable_id, person_id FROM participants"
            " WHERE attachable_type = ? AND attachable_id IN (SELECT value FROM json_each(?))"
            " ORDER BY person_id",
            [resource.class_name, listed([record["id"] for record in shown])],
        )

    def _ventures(self, resource: Resource, target: Resource, shown: list[Shown]) -> None:
        """The deals or projects of companies, or of people."""
        ids = listed([record["id"] for record in shown])
        if resource.table == "companies":
            sql = f"SELECT company_id, id FROM {target.table} WHERE company_id"
            arguments: list[object] = [ids]
        else:
            sql = "SELECT person_id, attachable_id FROM participants WHERE attachable_type = ?"
            sql, arguments = f"{sql} AND person_id", [target.class_name, ids]
        pairs = self.store.select(
            f"{sql} IN (SELECT value FROM json_each(?)) ORDER BY 2", arguments
        )
        self._linked(target.table, target, pairs, shown)

    def _linked(
        self, name: str, target: Resource, pairs: list[tuple[object, ...]], shown: list[Shown]
    ) -> None:
        ids = listed([pair[1] for pair in pairs])
        rows = self.store.rows(target, "id IN (SELECT value FROM json_each(?))", [ids])
        by_id = {row["id"]: self._attributes(target, row) for row in rows}
        by_owner: defaultdict[object, list[Shown]] = defaultdict(list)
        for owner, one in pairs:
            by_owner[owner].append(by_id[one])
        for record in shown:
            record[name] = by_owner[record["id"]]

    def _employers(self, shown: list[Shown]) -> list[tuple[object, ...]]:
        """(person id, company id) of every position, a company once per person."""
        return self.store.select(
            "SELECT person_id, company_id FROM positions"
            " WHERE person_id IN (SELECT value FROM json_each(?)) AND company_id IS NOT NULL"
            " GROUP BY person_id, company_id ORDER BY min(id)",
            [listed([record["id"] for record in shown])],
        )

    def _through(
        self,
        pairs: list[tuple[object, ...]],
        target: Resource,
        column: str,
        name: str,
        shown: list[Shown],
    ) -> None:
        where = f"{column} IN (SELECT value FROM json_each(?))"
        if column == "attachable_id":
            where += " AND attachable_type = 'Company'"
        rows = self.store.rows(target, where, [listed([pair[1] for pair in pairs])], "ORDER BY id")
        by_company: defaultdict[object, list[Row]] = defaultdict(list)
        for row in rows:
            by_company[row[column]].append(row)
        by_person: defaultdict[object, list[Shown]] = defaultdict(list)
        for person, company in pairs:
            found = by_company[company]
            by_person[person].extend(self._attributes(target, row) for row in found)
        for record in shown:
            record[name] = by_person[record["id"]]

    def _avatar(self, resource: Resource, shown: list[Shown]) -> None:
        avatars = RESOURCES["avatars"]
        ids = listed([record["id"] for record in shown])
        rows = self.store.rows(
            avatars,
            "attachable_type = ? AND attachable_id IN (SELECT value FROM json_each(?))",
            [resource.class_name, ids],
        )
        by_owner = {row["attachable_id"]: self._attributes(avatars, row) for row in rows}
        for record in shown:
            record["avatar"] = by_owner.get(record["id"])

    def _types(self, shown: list[Shown]) -> dict[object, Row]:
        ids = listed([record["custom_fields_type_id"] for record in shown])
        rows = self.store.rows(
            RESOURCES["custom_fields_types"], "id IN (SELECT value FROM json_each(?))", [ids]
        )
        return {row["id"]: row for row in rows}

    def _custom_field_types(self, shown: list[Shown]) -> None:
        """On its own a custom field shows its type's name and the type in short (§7)."""
        found = self._types(shown)
        for record in shown:
            kind = found.get(record["custom_fields_type_id"])
            record["custom_fields_type_name"] = kind["name"] if kind else None
            record["custom_fields_type"] = kind and {
                **{name: kind[name] for name in ("id", "position", "category", "name")},
                **{name: self._time(kind[name]) for name in ("created_at", "updated_at")},
            }

    def _brief_custom_fields(self, shown: list[Shown]) -> None:
        """Inside a record it has fewer keys, but its type's name (§7)."""
        found = self._types(shown)
        for record in shown:
            for name in ("account_id", "name_decimal", "name_date"):
                del record[name]
            kind = found.get(record["custom_fields_type_id"])
            record["custom_fields_type_name"] = kind["name"] if kind else None

    def _protocol_links(self, shown: list[Shown]) -> None:
        rows = self.store.select(
            "SELECT protocol_id, attachable_type, attachable_id FROM protocol_links"
            " WHERE protocol_id IN (SELECT value FROM json_each(?)) ORDER BY attachable_id",
            [listed([record["id"] for record in shown])],
        )
        linked: defaultdict[tuple[object, object], list[object]] = defaultdict(list)
        for protocol, class_name, target in rows:
            linked[protocol, class_name].append(target)
        for record in shown:
            for key, table in PROTOCOL_LINKS.items():
                record[key] = linked[record["id"], RESOURCES[table].class_name]
            for key in ("person", "company"):
                table = PROTOCOL_LINKS[f"{key}_ids"]
                ids = linked[record["id"], RESOURCES[table].class_name]
                record[f"{key}_id"] = ids[0] if ids else None

    def _methods(
        self,
        resource: Resource,
        rows: Sequence[Row],
        shown: list[Shown],
        methods: Collection[str],
    ) -> None:
        wanted = [name for name in resource.methods if name in methods]
        if "people_ids" in wanted:
            wanted.remove("people_ids")
            taking_part = self._taking_part(resource, shown)
            for record in shown:
                record["people_ids"] = [it for one, it in taking_part if one == record["id"]]
        users: dict[object, str] = {}
        if "responsible_user_natural_name" in wanted:
            users = {
                user_id: f"{first or ''} {name or ''}".strip()
                for user_id, first, name in self.store.select("SELECT id, first, name FROM users")
            }
        for row, record in zip(rows, shown, strict=True):
            for name in wanted:
                record[name] = self._method(resource, name, row, users)

    def _method(
        self, resource: Resource, name: str, row: Row, users: Mapping[object, str]
    ) -> object:
        if name == "responsible_user_natural_name":
            return users.get(row["user_id"])
        if name == "stream_updated_at":
            return self._time(row["stream_at"])
        if name in ("backlink", "absolute_url"):
            return f"{self.url}/{resource.table}/{row['id']}"
        if name == "absolute_avatar_url":
            return f"{self.url}/people/{row['id']}/avatar"
        if name == "attachment_category_name":
            return row["category"]
        if name in ("related_tasks", "conversion_step_names"):
            return []
        return salutation(name, row)


def salutation(style: str, row: Row) -> str:
    """`Herr Dr. Max Muster`, `Sehr geehrter Herr Dr. Muster`, `Lieber Max` for the three styles.

    style is salutation_official, salutation_formal or salutation_informal; a person whose gender
    or first name is not known is greeted without. The wording is the demo's own.
    """
    first, last = (str(row[name] or "").strip() for name in ("first_name", "name"))
    gender = str(row["gender"] or "").partition("_")[0]
    dear, more_dear, title = {
        "male": ("Sehr geehrter", "Lieber", "Herr"),
        "female": ("Sehr geehrte", "Liebe", "Frau"),
        "family": ("Sehr geehrte", "Liebe", "Familie"),
    }.get(gender, ("Guten Tag", "Hallo", ""))
    parts = [title, str(row["title"] or "").strip()]
    if style == "salutation_official":
        return " ".join(one for one in (*parts, first, last) if one)
    if style == "salutation_informal":
        return f"{more_dear} {first or last}"
    given = "" if title else first
    return " ".join(one for one in (dear, *parts, given, last) if one)
