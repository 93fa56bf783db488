"""The world's rows as Concord's: people are contacts, their parts are columns, phones and tags."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from csc_tui.demo.concord import cast
from csc_tui.demo.concord.account import Account, Batch
from csc_tui.demo.concord.business import Business
from csc_tui.demo.concord.kinds import LONGEST
from csc_tui.demo.folding import digits
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row, World

_KINDS = {"Person": "contacts", "Company": "companies"}
_PHONE_TYPES = {"mobile": "mobile", "office": "work", "office_hq": "work"}

Parts = dict[str, defaultdict[tuple[object, object], list[Row]]]
"""Table -> (class name, id) of a record -> its rows."""


def translated(world: World) -> Iterator[Batch]:
    """Batches of this dialect's rows, ids as in the world, every reference to an earlier row."""
    chunk: dict[str, list[Row]] = {}
    translator = _Translator()
    for table, batch in world:
        if table in ("companies", "people"):
            yield from translator.rows(chunk)
            chunk = {}
        chunk[table] = batch
    yield from translator.rows(chunk)
    yield "tags", translator.tags()


class _Translator:
    """Remembers between chunks what must be unique and what is pointed to."""

    def __init__(self) -> None:
        self._account = Account(0)
        self._business = Business(self._account)
        self._emails: set[str] = set()
        self._numbers: set[str] = set()
        self._tags: dict[tuple[str, str], int] = {}
        self._names: dict[object, str] = {}
        """Id of a field of the world -> its name."""

    def rows(self, chunk: dict[str, list[Row]]) -> Iterator[Batch]:
        """One chunk: an account, or records of one kind with all their parts."""
        if "users" in chunk:
            fields = chunk["custom_fields_types"]
            self._names = {row["id"]: str(row["name"]) for row in fields}
            self._account = Account(integer(fields[0]["created_at"]) or 0)
            self._business = Business(self._account)
            self._emails = {str(row["login"]) for row in chunk["users"]}
            yield from self._account.rows(chunk["users"])
        for table, class_name in (("companies", "Company"), ("people", "Person")):
            if table in chunk:
                yield from self._records(_KINDS[class_name], class_name, chunk[table], chunk)
        yield from self._business.talks(chunk.get("protocols", []))

    def tags(self) -> list[Row]:
        """All tags that were given; none has an order of its own."""
        return [
            {
                "id": number,
                "name": name,
                "swatch_color": "#88aa00" if name == "VIP" else None,
                "display_order": number,
                "type": kind,
            }
            for (kind, name), number in self._tags.items()
        ]

    def _records(
        self, table: str, class_name: str, rows: list[Row], chunk: dict[str, list[Row]]
    ) -> Iterator[Batch]:
        parts = _by_owner(chunk)
        shown, phones, taggings = [], [], []
        for row in rows:
            owner = (class_name, row["id"])
            emails, numbers = self._reach(table, row, parts["contact_details"][owner])
            phones += numbers
            for name in {str(tag["name"]) for tag in parts["tags"][owner]}:
                tag_id = self._tags.setdefault((table, name), len(self._tags) + 1)
                taggings.append({"kind": table, "owner_id": row["id"], "tag_id": tag_id})
            make = self._contact if table == "contacts" else self._company
            shown.append(make(row, parts, emails))
        yield table, shown
        yield "phones", phones
        yield "taggings", taggings
        yield from self._business.around(table, shown, chunk.get("positions", []))

    def _reach(self, table: str, row: Row, found: list[Row]) -> tuple[list[str], list[Row]]:
        """E-mail addresses and rows of phones; a contact's are nobody else's (§10.1)."""
        emails: list[str] = []
        phones: list[Row] = []
        for one in found:
            text = str(one["name"])
            if one["type"] == "Email" and text.lower() not in self._emails:
                emails.append(text)
                self._emails.add(text.lower())
            elif one["type"] == "Tel":
                if table == "contacts" and text in self._numbers:
                    continue
                self._numbers.add(text)
                phones.append(
                    {
                        "kind": table,
                        "owner_id": row["id"],
                        "number": text,
                        "type": _PHONE_TYPES.get(str(one["atype"]), "other"),
                        "digits": digits(text),
                    }
                )
        return emails, phones

    def _contact(self, row: Row, parts: Parts, emails: list[str]) -> Row:
        owner = ("Person", row["id"])
        named = bool(row["first_name"])
        jobs = [one for one in parts["positions"][owner] if not one["former"]]
        custom = self._custom("contacts", owner, parts)
        for event in parts["historic_events"][owner]:
            if event["atype"] == "birthday":
                custom["cf_birthday"] = event["name"]
        for helper in parts["assis"][owner]:
            custom["cf_assistant"] = helper["email"] or None
        if row["background"]:
            custom["cf_background"] = row["background"]
        custom |= self._business.extras(row)
        return {
            **_head(row),
            "first_name": _short(row["first_name"] if named else row["name"]),
            "last_name": _short(row["name"]) if named else None,
            "email": emails[0] if emails else None,
            "job_title": _short(jobs[0]["name"]) if jobs else None,
            "source_id": self._business.source(row),
            "last_contacted_at": row["stream_at"],
            **self._place(parts["addrs"][owner]),
            "custom": json.dumps(custom, ensure_ascii=False),
        }

    def _company(self, row: Row, parts: Parts, emails: list[str]) -> Row:
        owner = ("Company", row["id"])
        details = parts["contact_details"][owner]
        domain = next((str(one["name"]) for one in details if one["type"] == "Email"), "")
        custom = self._custom("companies", owner, parts)
        sector = custom.pop("cf_sector", None)
        if row["background"]:
            custom["cf_background"] = row["background"]
        custom |= self._business.firm_extras(row)
        return {
            **_head(row),
            "name": _short(row["name"]),
            "domain": domain.rpartition("@")[2] or None,
            "email": emails[0] if emails else None,
            "source_id": self._business.source(row),
            "industry_id": self._account.industries.get(str(sector)),
            "parent_company_id": None,
            **self._place(parts["addrs"][owner]),
            "custom": json.dumps(custom, ensure_ascii=False),
        }

    def _place(self, addresses: list[Row]) -> Row:
        if not addresses:
            return {}
        first = addresses[0]
        return {
            "street": _short(first["street"]),
            "city": _short(first["city"]),
            "state": _short(first["state_code"]),
            "postal_code": _short(first["zip"]),
            "country_id": self._account.countries.get(str(first["country_code"])),
        }

    def _custom(self, table: str, owner: tuple[object, object], parts: Parts) -> Row:
        """The world's custom values under this account's field ids."""
        values: Row = {}
        for one in parts["custom_fields"][owner]:
            name = self._names[one["custom_fields_type_id"]]
            value: object = one["name"]
            if name == "Sector":
                values["cf_sector"] = value
            elif name == "Segment":
                values["cf_segment"] = self._account.options[table, "cf_segment", str(value)]
            else:
                number = one["name_decimal"]
                values[cast.FROM_WORLD[name]] = value if number is None else float(str(number))
        return values


def _by_owner(chunk: dict[str, list[Row]]) -> Parts:
    parts: Parts = defaultdict(lambda: defaultdict(list))
    for table, rows in chunk.items():
        found = parts[table]
        for row in rows:
            if "attachable_type" in row:
                found[row["attachable_type"], row["attachable_id"]].append(row)
            elif "person_id" in row:
                found["Person", row["person_id"]].append(row)
    return parts


def _head(row: Row) -> Row:
    return {
        "id": row["id"],
        "user_id": row["user_id"],
        "owner_assigned_date": row["created_at"] if row["user_id"] else None,
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def _short(value: object) -> str | None:
    return str(value)[:LONGEST] if value else None
