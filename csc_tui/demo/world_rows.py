"""Turns the world's persons and companies into rows, keyed as CentralStationCRM's answers are.

CentralStationCRM fact sheet §3, §4, §6, §7. Ids are unique within a table and not consecutive.
"""

from __future__ import annotations

from csc_tui.demo.world_chance import source
from csc_tui.demo.world_clock import ACCOUNT_AGE, Clock
from csc_tui.demo.world_shapes import Contact, Firm, Note, Parts, Person

Row = dict[str, object]

USERS = (
    ("Sabine", "Krüger"),
    ("Uwe", "Lindner"),
    ("Klaus", "Wessel"),
    ("Emine", "Aydın"),
    ("Mareike", "Janßen"),
    ("Tom", "O’Hara"),
)
"""The account's users, first and last name; the first one owns the demo's key."""

FIELDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Person", "Segment", "select", ("A-Kunde", "B-Kunde", "C-Kunde", "Interessent")),
    ("Person", "Credit limit", "decimal", ()),
    ("Person", "Next visit", "date", ()),
    ("Person", "Profile", "url", ()),
    ("Person", "Customer no.", "string", ()),
    ("Company", "Segment", "select", ("A-Kunde", "B-Kunde", "C-Kunde", "Interessent")),
    ("Company", "Customer no.", "string", ()),
    ("Company", "Annual turnover", "decimal", ()),
    ("Company", "Contract until", "date", ()),
    ("Company", "Supplier portal", "url", ()),
    (
        *("Company", "Sector", "select"),
        ("Handwerk", "Industrie", "Handel", "Dienstleistung", "Öffentliche Hand"),
    ),
)
"""The custom fields: category, name, ftype, options."""

_FIRST_IDS = {
    "users": 301,
    "custom_fields_types": 71,
    "companies": 4_411,
    "people": 90_417,
    "addrs": 21_000,
    "contact_details": 8_123,
    "tags": 5_512,
    "positions": 33_000,
    "custom_fields": 15_000,
    "historic_events": 2_040,
    "assis": 610,
    "protocols": 61_001,
}
ORDER = (*_FIRST_IDS, "avatars")
"""The tables in an order in which every row's references are already there."""


class Ids:
    """Hands out ids with gaps, as an account of some years has them."""

    def __init__(self, seed: int) -> None:
        self._rng = source(seed, "ids")
        self._next = dict(_FIRST_IDS)

    def draw(self, table: str) -> int:
        """The next id of `table`."""
        found = self._next[table]
        gap = self._rng.random()
        self._next[table] = found + 1 + int(gap**4 * 12)
        return found

    def text(self) -> str:
        """A hexadecimal id as avatars have it."""
        return f"{self._rng.getrandbits(128):032x}"


class Rows:
    """Collects rows by table until they are taken."""

    def __init__(self, seed: int, clock: Clock) -> None:
        self._ids = Ids(seed)
        self._clock = clock
        self._waiting: dict[str, list[Row]] = {table: [] for table in ORDER}
        self._users: list[int] = []
        self._moments: dict[int, int] = {}
        self._fields: dict[tuple[str, str], tuple[int, str]] = {}
        self._account()

    def take(self) -> list[tuple[str, list[Row]]]:
        """All rows since the last call, by table, parents first."""
        taken = [(table, rows) for table, rows in self._waiting.items() if rows]
        self._waiting = {table: [] for table in ORDER}
        return taken

    def _account(self) -> None:
        """The users and the custom fields' types."""
        born = self._clock.at(ACCOUNT_AGE, "08:00")
        for first, name in USERS:
            row_id = self._ids.draw("users")
            login = f"{first.lower()}@vertrieb.example"
            row: Row = {"id": row_id, "first": first, "name": name, "login": login}
            self._waiting["users"].append(row)
            self._users.append(row_id)
        for position, (category, name, ftype, options) in enumerate(FIELDS, 1):
            row_id = self._ids.draw("custom_fields_types")
            row = {
                "id": row_id,
                "position": position,
                "api_only": False,
                "visible_for_all_groups": True,
                "category": category,
                "ftype": ftype,
                "name": name,
                "options": list(options) or None,
                "created_at": born,
                "updated_at": born,
            }
            self._waiting["custom_fields_types"].append(row)
            self._fields[category, name] = (row_id, ftype)

    def add_firm(self, firm: Firm) -> None:
        """Rows of a company and its parts; sets its id."""
        firm.id = self._ids.draw("companies")
        row: Row = {"id": firm.id, "name": firm.name, **self._head(firm.parts)}
        self._waiting["companies"].append(row)
        self._parts("Company", firm.id, firm.parts)

    def add_person(self, person: Person, firms: list[Firm]) -> None:
        """Rows of a person and its parts; sets its id. The companies' rows came before."""
        person.id = self._ids.draw("people")
        row: Row = {
            "id": person.id,
            "country_code": person.language,
            "salutation": person.salutation,
            "title": person.title,
            "gender": person.gender,
            "gender_identity": person.identity,
            "first_name": person.first,
            "name": person.name,
            **self._head(person.parts),
        }
        self._waiting["people"].append(row)
        employers = [firms[job.firm].id for job in person.jobs if not job.former]
        self._parts("Person", person.id, person.parts, employers[:1])
        self._of_person(person, firms)

    def _of_person(self, person: Person, firms: list[Firm]) -> None:
        """Rows of what only persons have: positions, dates, assistants."""
        times = self._times(person.parts)
        for job in person.jobs:
            self._add(
                "positions",
                times,
                person_id=person.id,
                company_id=firms[job.firm].id,
                name=job.name,
                department=job.department,
                primary_function=job.primary,
                former=job.former,
            )
        for atype, day, words in person.events:
            year, month, number = (int(part) for part in day.split("-"))
            self._add(
                "historic_events",
                times,
                attachable_type="Person",
                attachable_id=person.id,
                atype=atype,
                name=day,
                desc=words,
                year=year,
                month=month,
                day=number,
            )
        for name, email, tel in person.assistants:
            self._add(
                "assis",
                times,
                person_id=person.id,
                name=name,
                email=email,
                tel=tel,
                primary=True,
            )

    def _head(self, parts: Parts) -> Row:
        """The columns that persons and companies share."""
        stamps = parts.stamps
        return {
            "user_id": self._user(parts.owner),
            "background": parts.background,
            "created_by_user_id": self._user(parts.creator),
            "updated_by_user_id": (
                self._user(parts.editor) if stamps.updated > stamps.created else None
            ),
            "created_at": stamps.created,
            "updated_at": stamps.updated,
            "stream_at": stamps.stream,
        }

    def _user(self, index: int | None) -> int | None:
        return None if index is None else self._users[index]

    @staticmethod
    def _times(parts: Parts) -> Row:
        return {"created_at": parts.stamps.created, "updated_at": parts.stamps.created}

    def _add(self, table: str, times: Row, **columns: object) -> None:
        self._waiting[table].append({"id": self._ids.draw(table), **columns, **times})

    def _parts(
        self, kind: str, owner: int, parts: Parts, employers: list[int] | None = None
    ) -> None:
        """Rows of what hangs on a record; `employers`: companies whose notes these are too."""
        times = self._times(parts)
        for one in parts.addresses:
            self._add(
                "addrs",
                times,
                attachable_id=owner,
                attachable_type=kind,
                street=one.street,
                zip=one.zip,
                city=one.town.name,
                state_code=one.town.state,
                country_code=one.town.country,
                primary=one.primary,
                atype=one.kind,
            )
        for contact in parts.contacts:
            self._contact(kind, owner, contact, times)
        for tag in parts.tags:
            self._add("tags", times, attachable_id=owner, attachable_type=kind, name=tag)
        for name, value in parts.values.items():
            self._value(kind, owner, name, value, times)
        for note in parts.notes:
            self._note(kind, owner, note, employers or [])
        if parts.portrait:
            self._waiting["avatars"].append(
                {
                    "id": self._ids.text(),
                    "user_id": self._user(parts.creator),
                    "attachable_id": owner,
                    "attachable_type": kind,
                    "filename": f"{kind.lower()}-{owner}.png",
                    "content_type": "image/png",
                    **times,
                }
            )

    def _contact(self, kind: str, owner: int, contact: Contact, times: Row) -> None:
        self._add(
            "contact_details",
            times,
            type=contact.type,
            attachable_type=kind,
            attachable_id=owner,
            atype=contact.kind,
            primary=contact.primary,
            name=contact.name,
            name_clean=contact.clean,
        )

    def _value(self, kind: str, owner: int, name: str, value: str, times: Row) -> None:
        """A custom field's value; numbers and dates stand in their own column as well."""
        type_id, ftype = self._fields[kind, name]
        self._add(
            "custom_fields",
            times,
            attachable_type=kind,
            attachable_id=owner,
            custom_fields_type_id=type_id,
            name=value,
            name_decimal=str(float(value)) if ftype == "decimal" else None,
            name_date=value if ftype == "date" else None,
        )

    def _note(self, kind: str, owner: int, note: Note, employers: list[int]) -> None:
        moment = self._moments.get(note.days)
        if moment is None:
            time = f"{8 + note.days % 9:02d}:{note.days * 7 % 60:02d}"
            moment = self._moments[note.days] = self._clock.at(note.days, time)
        self._add(
            "protocols",
            {"created_at": moment, "updated_at": moment},
            user_id=self._user(note.user),
            attachments_count=0,
            comments_count=0,
            name=note.title,
            confidential=note.confidential,
            format=note.format,
            content=note.content,
            updated_by_user_id=None,
            data_hash=note.mail,
            type=note.type,
            badge=note.badge,
            person_ids=[owner] if kind == "Person" else [],
            company_ids=[owner] if kind == "Company" else employers,
            deal_ids=[],
            project_ids=[],
        )
