"""What the world does not have and Concord does: deals, activities, calls, links between all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from csc_tui.demo import times
from csc_tui.demo.concord import cast
from csc_tui.demo.concord.account import Account, Batch
from csc_tui.demo.concord.moments import spaced
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.world_agenda import Agenda, Chore
from csc_tui.demo.world_chance import source
from csc_tui.demo.world_clock import today_of

_SEED = 4711
_HALF_AN_HOUR = 1_800_000
_TYPES = [one[0].lower() for one in cast.TYPES]
_PRIME = 2_654_435_761


def _draw(record_id: int, purpose: int, sides: int) -> int:
    """A number below `sides` that is always the same for a record and a purpose."""
    return (record_id * _PRIME + purpose * 40_503) % 4_294_967_291 // 7 % sides


def _number(value: object) -> int:
    return integer(value) or 0


def _day(epoch_ms: int, days: int) -> str:
    moment = datetime.fromtimestamp(epoch_ms / 1000, UTC) + timedelta(days=days)
    return moment.date().isoformat()


class Business:
    """Invents it record by record, always the same for the same world."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._deals: dict[int, list[int]] = {}
        """Company -> its deals."""
        self._last = {"deals": 7_000, "activities": 40_000, "billables": 0, "documents": 500}
        self._agenda = Agenda(source(_SEED, "agenda"), today_of(account.born))

    def source(self, row: Row) -> int | None:
        """Where a record came from."""
        drawn = _draw(_number(row["id"]), 1, 9)
        return drawn + 1 if drawn < len(cast.SOURCES) else None

    def extras(self, row: Row) -> Row:
        """Values of the custom fields that the world has none for."""
        one, values = _number(row["id"]), dict[str, object]()
        options = self._account.options
        if _draw(one, 2, 3) == 0:
            values["cf_newsletter"] = _draw(one, 3, 2) == 0
            values["cf_channels"] = [
                options["contacts", "cf_channels", label]
                for index, label in enumerate(("E-Mail", "Telefon", "Brief", "Messe"))
                if _draw(one, 10 + index, 2)
            ]
        if _draw(one, 4, 5) == 0:
            labels = ("Deutsch", "English", "Français")
            values["cf_languages"] = [
                options["contacts", "cf_languages", label]
                for label in labels[: 1 + _draw(one, 5, 3)]
            ]
            values["cf_address"] = options["contacts", "cf_address", ("Sie", "Du")[one % 2]]
        if _draw(one, 6, 7) == 0:
            values["cf_visits"] = _draw(one, 7, 40)
            moment = datetime.fromtimestamp(_number(row["created_at"]) // 1000, UTC)
            values["cf_last_visit"] = f"{moment:%Y-%m-%d %H:%M:%S}"
            values["cf_timezone"] = cast.ZONES[_draw(one, 8, len(cast.ZONES))]
            values["cf_colour"] = ("#93c5fd", "#a3e635", "#333333")[_draw(one, 9, 3)]
        return values

    def firm_extras(self, row: Row) -> Row:
        """The same of a company."""
        one = _number(row["id"])
        values: Row = {"cf_employees": 1 + one * 37 % 900}
        if _draw(one, 80, 4) == 0:
            label = ("ISO 9001", "EN 1090")[one % 2]
            values["cf_certificates"] = [
                self._account.options["companies", "cf_certificates", label]
            ]
        return values

    def around(self, table: str, shown: list[Row], positions: list[Row]) -> Iterator[Batch]:
        """Deals of new companies; activities and employers of new contacts."""
        if table == "companies":
            yield from self._deals_of(shown)
            return
        links = [
            link
            for job in positions
            if not job["former"]
            for link in _links("contacts", job["person_id"], "companies", job["company_id"])
        ]
        for job in positions:
            person = _number(job["person_id"])
            for deal in self._deals.get(_number(job["company_id"]), ()):
                if not job["former"] and _draw(person + deal, 20, 3) == 0:
                    links += _links("contacts", person, "deals", deal)
        activities = []
        for row in shown:
            if (chore := self._agenda.about()) is not None:
                activity = self._activity(row, chore)
                activities.append(activity)
                links += _links("activities", activity["id"], "contacts", row["id"])
        yield "activities", activities
        yield "associations", links

    def talks(self, protocols: list[Row]) -> Iterator[Batch]:
        """The world's notes, those about phone calls as calls."""
        rows: dict[str, list[Row]] = {"notes": [], "calls": []}
        links: list[Row] = []
        for one in protocols:
            table = "calls" if one["badge"] == "call" else "notes"
            paragraphs = str(one["content"]).replace("\r\n", "\n").split("\n\n")
            row: Row = {
                "id": one["id"],
                "body": "".join(f"<p>{_escaped(text)}</p>" for text in paragraphs),
                "user_id": one["user_id"],
                "created_at": one["created_at"],
                "updated_at": one["updated_at"],
            }
            if table == "calls":
                outcome = 1 + _draw(_number(one["id"]), 30, len(cast.OUTCOMES))
                row |= {"call_outcome_id": outcome, "date": one["created_at"]}
            rows[table].append(row)
            for key, other in (("person_ids", "contacts"), ("company_ids", "companies")):
                ids = one[key]
                for other_id in ids if isinstance(ids, list) else ():
                    links += _links(table, one["id"], other, other_id)
                    if other == "companies" and _draw(_number(one["id"]), 31, 2) == 0:
                        for deal in self._deals.get(_number(other_id), [])[:1]:
                            links += _links(table, one["id"], "deals", deal)
        yield from rows.items()
        yield "associations", links

    def _next(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    def _deals_of(self, companies: list[Row]) -> Iterator[Batch]:
        deals, links, billables, lines = list[Row](), list[Row](), list[Row](), list[Row]()
        documents = list[Row]()
        for company in companies:
            company_id = _number(company["id"])
            for count in range(max(0, _draw(company_id, 40, 6) - 3)):
                deal = self._deal(company, count)
                deals.append(deal)
                deal_id = _number(deal["id"])
                self._deals.setdefault(company_id, []).append(deal_id)
                links += _links("deals", deal_id, "companies", company_id)
                if _draw(deal_id, 41, 5) == 0:
                    billable_id = self._next("billables")
                    billables.append(
                        {"id": billable_id, "deal_id": deal_id, "tax_type": "exclusive"}
                    )
                    line = _line(billable_id, deal_id)
                    lines.append(line)
                    net = round(float(str(line["unit_price"])) * _number(line["qty"]), 2)
                    deal["amount"] = net + round(net * float(str(line["tax_rate"])) / 100, 2)
                    documents.append(self._document(deal))
                    for other, other_id in (("deals", deal_id), ("companies", company_id)):
                        links += _links("documents", documents[-1]["id"], other, other_id)
        yield "deals", deals
        yield "documents", documents
        yield "associations", links
        yield "billables", billables
        yield "billable_lines", lines

    def _deal(self, company: Row, count: int) -> Row:
        deal_id = self._next("deals")
        pipeline, stages = self._account.stages[0 if _draw(deal_id, 42, 4) else 1]
        status = ("open", "open", "open", "won", "lost")[_draw(deal_id, 43, 5)]
        last = _number(company["updated_at"])
        custom: Row = {"cf_score": _draw(deal_id, 44, 10_000) / 1000}
        if _draw(deal_id, 45, 3) == 0:
            tiers = ("Bronze", "Silber", "Gold")
            tier = tiers[_draw(deal_id, 46, 3)]
            custom["cf_tier"] = self._account.options["deals", "cf_tier", tier]
            custom["cf_renewal"] = _day(last, 365)
            custom["cf_channels"] = [self._account.options["deals", "cf_channels", "Telefon"]]
        words = cast.DEALS[_draw(deal_id, 47, len(cast.DEALS))]
        return {
            "id": deal_id,
            "name": f"{words} {company['name']}"[:191],
            "pipeline_id": pipeline,
            "stage_id": stages[_draw(deal_id, 48, len(stages))],
            "amount": _draw(deal_id, 49, 900) * 125.5 or None,
            "expected_close_date": _day(last, _draw(deal_id, 50, 120)) if count != 1 else None,
            "status": status,
            "lost_reason": cast.LOST_REASONS[deal_id % 4] if status == "lost" else None,
            "user_id": company["user_id"],
            "owner_assigned_date": company["owner_assigned_date"],
            "won_date": last if status == "won" else None,
            "lost_date": last if status == "lost" else None,
            "stage_changed_date": last,
            "board_order": deal_id,
            "created_at": company["created_at"],
            "updated_at": last,
            "custom": json.dumps(custom),
        }

    def _document(self, deal: Row) -> Row:
        """The offer of a deal with products."""
        status = {"won": "accepted", "lost": "lost"}.get(str(deal["status"]), "draft")
        return {
            "id": self._next("documents"),
            "title": f"Angebot {deal['name']}"[:191],
            "brand_id": 1,
            "document_type_id": 1,
            "user_id": deal["user_id"] or self._account.owner,
            "locale": "de",
            "view_type": "nav-top",
            "requires_signature": 0,
            "status": status,
            "amount": deal["amount"],
            "accepted_at": deal["won_date"],
            "created_by": self._account.owner,
            "created_at": deal["updated_at"],
            "updated_at": deal["updated_at"],
        }

    def _activity(self, contact: Row, chore: Chore) -> Row:
        due, last = chore.day.isoformat(), _number(contact["updated_at"])
        start = end = due
        if chore.time:
            at = times.parse(f"{due}T{chore.time}:00") or 0
            start, end = spaced(at), spaced(at + _HALF_AN_HOUR)
        user = self._account.owner if chore.ours else contact["user_id"] or self._account.owner
        return {
            "id": self._next("activities"),
            "title": chore.title,
            "activity_type_id": 1 + _TYPES.index(chore.kind),
            "user_id": user,
            "due_date": start,
            "end_date": end,
            "reminder_minutes_before": 30,
            "completed_at": times.parse(due) if chore.done else None,
            "created_by": user,
            "owner_assigned_date": contact["created_at"],
            "created_at": last,
            "updated_at": last,
        }


def _line(billable_id: int, deal_id: int) -> Row:
    product_id = _draw(deal_id, 70, len(cast.PRODUCTS))
    name, _, price, unit = cast.PRODUCTS[product_id]
    return {
        "billable_id": billable_id,
        "product_id": product_id + 1,
        "name": name,
        "unit_price": price,
        "qty": 1 + _draw(deal_id, 71, 9),
        "unit": unit,
        "tax_rate": 19.0,
        "tax_label": "MwSt.",
        "discount_type": "percent",
        "discount_total": 0.0,
        "display_order": 1,
    }


def _links(kind: str, one: object, other: str, other_id: object) -> list[Row]:
    """An association, seen from either side."""
    return [
        {"kind": kind, "owner_id": one, "other": other, "other_id": other_id},
        {"kind": other, "owner_id": other_id, "other": kind, "other_id": one},
    ]


def _escaped(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br>")
