"""Columns: which are shown at a width, how wide, and what stands in a row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from csc_tui.crm.centralstation.resources import RESOURCES
from csc_tui.domain.resource import Resource
from csc_tui.glyphs import width
from csc_tui.ui.columns import age, cells, heads, place

PEOPLE, COMPANIES = RESOURCES["people"], RESOURCES["companies"]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()


def widths(resource: Resource, cells: int, offset: int = 0) -> list[tuple[str, int]]:
    return [(one.column.title, one.width) for one in place(resource.columns, cells, offset)]


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (40, [("Name", 19), ("Phone", 17)]),
        (60, [("Name", 19), ("Company", 19), ("Phone", 17)]),
        (70, [("Name", 17), ("Company", 19), ("City", 11), ("Phone", 17)]),
        (80, [("Name", 22), ("Company", 19), ("City", 11), ("Phone", 17), ("Last", 4)]),
        (96, [("Name", 30), ("Company", 27), ("City", 11), ("Phone", 17), ("Last", 4)]),
    ],
)
def test_people(cells: int, columns: list[tuple[str, int]]) -> None:
    assert widths(PEOPLE, cells) == columns


def test_companies_at_80_as_drawn() -> None:
    assert widths(COMPANIES, 80) == [
        ("Name", 26),
        ("City", 14),
        ("Phone", 17),
        ("Tags", 12),
        ("Last", 4),
    ]


@pytest.mark.parametrize("resource", [PEOPLE, COMPANIES])
def test_at_every_width_the_row_fits_and_name_and_phone_are_there(resource: Resource) -> None:
    for columns in range(40, 300):
        placed = place(resource.columns, columns)
        assert 2 + sum(one.width + 1 for one in placed) <= columns
        titles = [one.column.title for one in placed]
        assert titles[0] == "Name"
        assert "Phone" in titles
        assert all(one.width >= one.column.width for one in placed[1:]), columns


def test_tags_come_at_100_and_mails_at_128() -> None:
    assert "Tags" not in dict(widths(PEOPLE, 99))
    assert dict(widths(PEOPLE, 100))["Tags"] >= 16
    assert "E-mail" not in dict(widths(PEOPLE, 127))
    assert dict(widths(PEOPLE, 128))["E-mail"] == 26


def test_scrolled_columns_leave_and_others_come_in_but_name_stays() -> None:
    assert [name for name, _ in widths(PEOPLE, 80, 1)] == [
        "Name",
        "City",
        "Phone",
        "Tags",
        "Last",
    ]
    last = widths(PEOPLE, 80, len(PEOPLE.columns) - 2)
    assert [name for name, _ in last] == ["Name", "Last"]
    assert widths(PEOPLE, 40, 4)[0][0] == "Name"


def test_no_columns_are_no_columns() -> None:
    assert place((), 80) == []


def test_the_head_that_orders_the_list_has_an_arrow() -> None:
    placed = place(PEOPLE.columns, 80)
    assert heads(placed, "name").split()[:2] == ["Name", "↑"]
    assert heads(placed, "name", descending=True).split()[:2] == ["Name", "↓"]
    assert "↑" not in heads(placed)
    assert heads(placed).startswith("  Name")


@pytest.mark.parametrize(
    "name",
    [
        "Müller, Jürgen",
        "佐藤, 美咲",
        "👨‍👩‍👧‍👦 Familie",
        "Mu\u0308ller",
        "ש" * 40,
        "\u0301" * 9,
        "é" * 80,
        "",
    ],
)
def test_a_row_has_its_width_whatever_stands_in_it(name: str) -> None:
    placed = place(PEOPLE.columns, 80)
    row = cells(placed, (name, name, name, name, "", "", "2026-11-19T12:00:00+00:00"), NOW)
    assert width(row) == 77
    assert row.endswith("  2d")


def test_a_row_that_is_too_short_is_blank_behind() -> None:
    assert cells(place(PEOPLE.columns, 80), ("Abel",), NOW).split() == ["Abel"]


def test_a_cut_value_ends_in_an_ellipsis() -> None:
    row = cells(place(PEOPLE.columns, 40), ("Müller-Lüdenscheidt, Annegret", "", "", ""), NOW)
    assert row.startswith("Müller-Lüdenscheid… ")


@pytest.mark.parametrize("found_by", ["mail", "tel"])
def test_what_a_row_was_found_by_stands_where_its_age_would(found_by: str) -> None:
    row = cells(place(PEOPLE.columns, 80), ("Abel", "", "", "", "", "", found_by), NOW)
    assert row.endswith(found_by)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-21T12:00:00+00:00", "now"),
        ("2026-11-21T11:00:01+00:00", "now"),
        ("2026-11-21T11:00:00+00:00", "1h"),
        ("2026-11-20T12:00:01+00:00", "23h"),
        ("2026-11-20T12:00:00+00:00", "1d"),
        ("2026-11-08T12:00:00+00:00", "13d"),
        ("2026-11-07T12:00:00+00:00", "2w"),
        ("2026-09-30T12:00:00+00:00", "7w"),
        ("2026-09-20T12:00:00+00:00", "2mo"),
        ("2025-11-22T12:00:00+00:00", "11mo"),
        ("2025-11-21T12:00:00+00:00", "1y"),
        ("1800-01-01T00:00:00+00:00", "99y"),
        ("2027-01-01T00:00:00+00:00", "now"),
        ("2026-11-19T13:00:00+01:00", "2d"),
        ("2026-11-19T12:00:00Z", "2d"),
        ("", ""),
        ("last week", ""),
    ],
)
def test_ages(moment: str, words: str) -> None:
    assert age(moment, NOW) == words
    assert len(words) <= 4
