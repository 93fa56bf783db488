"""The rows of an account's pick lists, users and custom fields, before any contact."""

from __future__ import annotations

import json
from collections.abc import Iterator

from csc_tui.demo.concord import cast
from csc_tui.demo.countries import COUNTRIES
from csc_tui.demo.schema import Row

Batch = tuple[str, list[Row]]


class Account:
    """Makes the rows, and remembers the ids under which others are pointed to."""

    def __init__(self, born: int) -> None:
        """Born: when all of it came about, epoch milliseconds."""
        self.born = born
        self.owner: object = None
        """The user who owns the demo's key."""
        self._times: Row = {"created_at": born, "updated_at": born}
        self.countries = {code: number for number, code in enumerate(COUNTRIES, 1)}
        self.industries = {name: number for number, name in enumerate(cast.INDUSTRIES, 1)}
        self.options: dict[tuple[str, str, str], int] = {}
        """(table, field id, label) -> id."""
        self.stages: list[tuple[int, list[int]]] = []
        """Pipelines and their stages, by id."""

    def rows(self, users: list[Row]) -> Iterator[Batch]:
        """Everything, parents first; the first of the world's users is a super admin."""
        self.owner = users[0]["id"]
        yield "users", [self._user(row, index == 0) for index, row in enumerate(users)]
        yield (
            "countries",
            [
                {"id": self.countries[code], "name": name, "iso_2": code}
                for code, name in COUNTRIES.items()
            ],
        )
        # The first source is built in and cannot be deleted.
        yield "sources", self._named(cast.SOURCES, {1: {"flag": "fair"}})
        yield "industries", self._named(cast.INDUSTRIES)
        yield "lost_reasons", self._named(cast.LOST_REASONS)
        colours = {number: {"swatch_color": one[1]} for number, one in enumerate(cast.OUTCOMES, 1)}
        yield "call_outcomes", self._named([one[0] for one in cast.OUTCOMES], colours)
        looks = {
            number: {"icon": one[1], "swatch_color": one[2], "flag": one[0].lower()}
            for number, one in enumerate(cast.TYPES, 1)
        }
        yield "activity_types", self._named([one[0] for one in cast.TYPES], looks)
        yield "document_types", self._named(["Angebot"], {1: {"flag": "proposal"}})
        yield "brands", [{"id": 1, "name": "Demo", "display_name": "Demo", "is_default": 1}]
        yield from self._pipelines()
        yield "products", [self._product(number, *one) for number, one in enumerate(cast.PRODUCTS)]
        yield from self._definitions()

    def _named(self, names: list[str] | tuple[str, ...], more: object = None) -> list[Row]:
        extra = more if isinstance(more, dict) else {}
        return [
            {"id": number, "name": name, **self._times, **extra.get(number, {})}
            for number, name in enumerate(names, 1)
        ]

    def _user(self, row: Row, first: bool) -> Row:
        return {
            "id": row["id"],
            "name": f"{row['first']} {row['name']}",
            "email": row["login"],
            "timezone": "Europe/Berlin",
            "locale": "de",
            "time_format": "H:i",
            "date_format": "d.m.Y",
            "super_admin": first,
            **self._times,
        }

    def _pipelines(self) -> Iterator[Batch]:
        pipelines, stages = list[Row](), list[Row]()
        for number, (name, parts) in enumerate(cast.PIPELINES, 1):
            flag = "primary" if number == 1 else None
            pipelines.append(
                {"id": number, "name": name, "flag": flag, "display_order": number, **self._times}
            )
            ids = []
            for order, (label, probability) in enumerate(parts, 1):
                ids.append(len(stages) + 1)
                stages.append(
                    {
                        "id": ids[-1],
                        "name": label,
                        "pipeline_id": number,
                        "win_probability": probability,
                        "display_order": order,
                        **self._times,
                    }
                )
            self.stages.append((number, ids))
        yield "pipelines", pipelines
        yield "pipeline_stages", stages

    def _product(self, index: int, name: str, sku: str, price: float, unit: str) -> Row:
        return {
            "id": index + 1,
            "name": name,
            "sku": sku,
            "unit_price": price,
            "direct_cost": round(price * 0.6, 2) if index % 3 else None,
            "tax_rate": 19.0 if index % 4 else 0.0,
            "tax_label": "MwSt.",
            "unit": unit,
            "is_active": index != 5,
            "custom": json.dumps({"cf_datasheet": f"https://data.example/{sku.lower()}"}),
            **self._times,
        }

    def _definitions(self) -> Iterator[Batch]:
        fields: list[Row] = []
        options: list[Row] = []
        for number, one in enumerate(cast.DEFINITIONS, 1):
            fields.append(
                {
                    "id": number,
                    "field_type": one.field_type,
                    "resource_name": one.table,
                    "field_id": one.field_id,
                    "label": one.label,
                    "is_unique": one.unique,
                    **self._times,
                }
            )
            for order, label in enumerate(one.options, 1):
                option_id = len(options) + 1
                self.options[one.table, one.field_id, label] = option_id
                options.append(
                    {
                        "id": option_id,
                        "definition_id": number,
                        "name": label,
                        "swatch_color": "#88aa00" if order == 1 else None,
                        "display_order": order,
                    }
                )
        yield "custom_fields", fields
        yield "custom_options", options
