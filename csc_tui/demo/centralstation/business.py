"""What the world does not have and CentralStationCRM does: deals and projects (fact sheet §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from csc_tui.demo.centralstation.resources import RESOURCES
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row, World
from csc_tui.demo.world_chance import Shares, pick, source

_SEED = 4711
_FIRST = {"deals": 7_001, "projects": 3_001}
"""First ids; those of what hangs on them follow the world's."""
_HOW_MANY = Shares((("0", 60), ("1", 20), ("2", 14), ("3", 6)))
"""Deals of a company."""
_STATES = Shares(
    (("open_0", 2), ("open_25", 3), ("open_50", 4), ("open_75", 2), ("won", 4), ("lost", 3))
)
_VALUE_TYPES = Shares((("total", 14), ("monthly", 3), ("hourly", 1), ("daily", 1)))
_WORDS = (
    *("Rahmenvertrag", "Ersatzbeschaffung", "Wartungsvertrag", "Neubau Halle", "Modernisierung"),
    *("Prüfung der Anlagen", "Erweiterung", "Probelieferung"),
)
_WORK = ("Umsetzung", "Einführung", "Montage", "Schulung")
_TAGS = ("Messe", "Eilig", "Bestandskunde")
_SOURCES = ("Empfehlung", "Messe", "Website", "Kaltakquise")
_FIELDS = (
    ("Deal", "Source", "select", _SOURCES),
    ("Deal", "Margin", "decimal", None),
    ("Project", "Handover", "date", None),
)
"""Custom fields: category, name, ftype, options."""
_NOTES = 3
"""Notes about a company that are about its first deal too."""
_LONGEST = 120


def with_business(world: World) -> World:
    """The world, then deals and projects of its companies with their people, tags and values."""
    business = _Business()
    for table, batch in world:
        business.see(table, batch)
        yield table, batch
    yield from business.batches()


class _Business:
    """Invents it, always the same for the same world."""

    def __init__(self) -> None:
        self._rng: Random = source(_SEED, "business")
        self._last: defaultdict[str, int] = defaultdict(int, _FIRST)
        self._companies: list[Row] = []
        self._staff: defaultdict[object, list[object]] = defaultdict(list)
        self._notes: defaultdict[object, list[object]] = defaultdict(list)
        """Company -> the first notes about it."""
        self._made: dict[str, list[Row]] = {name: [] for name in _TABLES}

    def see(self, table: str, batch: list[Row]) -> None:
        """Remember what deals are about, and the last id of every table."""
        ids = (integer(row.get("id")) or 0 for row in batch)
        if table in RESOURCES and RESOURCES[table].attribute("id"):
            self._last[table] = max(self._last[table], max(ids, default=0))
        if table == "companies":
            self._companies += batch
        elif table == "positions":
            for row in batch:
                if not row["former"] and len(self._staff[row["company_id"]]) < 4:
                    self._staff[row["company_id"]].append(row["person_id"])
        elif table == "protocols":
            for row in batch:
                for company in row["company_ids"] if isinstance(row["company_ids"], list) else ():
                    if len(self._notes[company]) < _NOTES:
                        self._notes[company].append(row["id"])

    def batches(self) -> Iterator[tuple[str, list[Row]]]:
        """All of it, parents first."""
        if not self._companies:
            return
        kinds = [self._definition(*one) for one in _FIELDS]
        for company in self._companies:
            for _ in range(int(_HOW_MANY.draw(self._rng))):
                deal = self._deal(company, kinds)
                if deal["current_state"] == "won" and self._rng.random() < 0.7:
                    self._project(company, deal, kinds)
        yield from self._made.items()

    def _add(self, table: str, times: Row, **values: object) -> Row:
        self._last[table] += 1
        row: Row = {"id": self._last[table], **values, **times}
        self._made[table].append(row)
        return row

    def _definition(self, category: str, name: str, ftype: str, options: object) -> Row:
        born = self._companies[0]["created_at"]
        return self._add(
            "custom_fields_types", {"created_at": born, "updated_at": born},
            position=self._last["custom_fields_types"], api_only=False,
            visible_for_all_groups=True, category=category, ftype=ftype, name=name,
            options=list(options) if isinstance(options, tuple) else None,
        )  # fmt: skip

    def _deal(self, company: Row, kinds: list[Row]) -> Row:
        rng, last = self._rng, integer(company["updated_at"]) or 0
        state = _STATES.draw(rng)
        done = state in ("won", "lost")
        # A few need all their cells; they are not drawn, so that all else stays as it is.
        large = 1_000_000 + 13_579 * (integer(company["id"]) or 0) % 8_999_999
        value = 250 * rng.randint(1, 400) if rng.random() < 0.9 else large
        deal = self._add(
            "deals", {"created_at": company["created_at"], "updated_at": last},
            name=f"{pick(rng, _WORDS)} {company['name']}"[:_LONGEST],
            company_id=company["id"], user_id=company["user_id"],
            created_by_user_id=company["created_by_user_id"],
            value=f"{value}.{pick(rng, ('0', '0', '5'))}", value_type=_VALUE_TYPES.draw(rng),
            value_count="1.0", currency="EUR" if rng.random() < 0.95 else "CHF",
            target_date=_day(last, rng.randint(-20, 150)), current_state=state,
            probability={"won": 100, "lost": 0}.get(state, int(state.partition("_")[2] or 0)),
            finished_at=last if done else None, stream_at=last,
        )  # fmt: skip
        self._around("Deal", deal, company, kinds[:2])
        return deal

    def _project(self, company: Row, deal: Row, kinds: list[Row]) -> None:
        rng, last = self._rng, integer(deal["updated_at"]) or 0
        state = pick(rng, ("open_0", "open_25", "open_75", "won"))
        project = self._add(
            "projects", {"created_at": last, "updated_at": last},
            name=f"{pick(rng, _WORK)} {company['name']}"[:_LONGEST],
            company_id=company["id"], deal_id=deal["id"], user_id=company["user_id"],
            created_by_user_id=company["created_by_user_id"],
            target_date=_day(last, rng.randint(30, 300)), current_state=state,
            finished_at=last if state == "won" else None, stream_at=last,
        )  # fmt: skip
        self._around("Project", project, company, kinds[2:])

    def _around(self, category: str, row: Row, company: Row, kinds: list[Row]) -> None:
        """The people, notes, tags and values of custom fields of a deal or project."""
        rng = self._rng
        times: Row = {"created_at": row["created_at"], "updated_at": row["updated_at"]}
        whose: Row = {"attachable_type": category, "attachable_id": row["id"]}
        notes = self._notes.pop(company["id"], ())
        self._made["protocol_links"] += [{"protocol_id": one, **whose} for one in notes]
        for person in dict.fromkeys(self._staff[company["id"]]):
            if rng.random() < 0.5:
                self._made["participants"].append({**whose, "person_id": person})
        if rng.random() < 0.25:
            self._add("tags", times, **whose, name=pick(rng, _TAGS))
        for kind in kinds:
            if rng.random() < 0.4:
                value = {
                    "select": pick(rng, _SOURCES),
                    "decimal": f"{rng.randint(1, 40)}.5",
                    "date": row["target_date"],
                }[str(kind["ftype"])]
                self._add(
                    "custom_fields", times, **whose, custom_fields_type_id=kind["id"], name=value,
                    name_decimal=value if kind["ftype"] == "decimal" else None,
                    name_date=value if kind["ftype"] == "date" else None,
                )  # fmt: skip


_TABLES = (
    *("custom_fields_types", "deals", "projects", "participants", "protocol_links", "tags"),
    "custom_fields",
)
"""In the order in which every row's references are already there."""


def _day(epoch_ms: int, days: int) -> str:
    moment = datetime.fromtimestamp(epoch_ms / 1000, UTC) + timedelta(days=days)
    return moment.date().isoformat()
