"""A tag exported by keys alone at 80x24: the filter, what it costs, the file, on either CRM."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of

PEOPLE = 620
"""Pages of them are more than are asked for without a question where the server narrows nothing."""


def central(server: LiveDemo) -> dict[str, set[str]]:
    """The tags of everybody, by id."""
    found: list[dict[str, Any]] = []
    for page in (1, 2, 3):
        found += server.ask("GET", f"/api/people?perpage=250&page={page}&includes=tags")
    return {str(one["person"]["id"]): _tags(one["person"]) for one in found}


def concord(server: LiveDemo) -> dict[str, set[str]]:
    found: list[dict[str, Any]] = []
    for page in range(1, 8):
        found += server.ask("GET", f"/api/contacts?per_page=100&page={page}")["data"]
    return {str(one["id"]): _tags(one) for one in found}


def _tags(record: dict[str, Any]) -> set[str]:
    return {one["name"] for one in record["tags"]}


@pytest.mark.parametrize(
    ("tagged", "people", "requests"), [(central, "people", 1), (concord, "contacts", 7)]
)
def test_a_tag_is_exported(
    terminal: Opener,
    own_demo: Callable[..., LiveDemo],
    tmp_path: Path,
    tagged: Callable[[LiveDemo], dict[str, set[str]]],
    people: str,
    requests: int,
) -> None:
    dialect = "centralstation" if people == "people" else "concord"
    server = own_demo("--dialect", dialect, "--limit", "100000", "--today", "2026-11-20",
                      "--people", str(PEOPLE), "--companies", "40")  # fmt: skip
    tags = tagged(server)
    wanted = {one for one, names in tags.items() if "VIP" in names}
    assert len(tags) == PEOPLE
    assert 5 < len(wanted) < PEOPLE // 2
    screen = terminal(**environment_of(server))
    screen.wait_for(f"of {PEOPLE}")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    screen.press("f")
    screen.wait_for("⏎ run")
    screen.type("tag:VI")
    screen.press("tab")
    screen.wait_for("f tag:VIP")
    server.forget()
    screen.press("enter")
    if requests > 5:
        lines = screen.wait_for(f"{requests} requests, then {PEOPLE} of {PEOPLE} checked here")
        assert re.search(rf"›\s+{requests} requests", "\n".join(lines))
        screen.press("enter")
    screen.wait_for(f"row 1 of {len(wanted)} ")
    screen.wait_for(f"{people}: tagged VIP; by name")
    pages = [one for one in server.requests() if f"/api/{people}?" in one]
    assert len([one for one in pages if "select=id" not in one]) == requests
    screen.press("x")
    screen.wait_for(f"Export {len(wanted)} {people}")
    screen.press("enter")
    screen.wait_for("No request: all of them are here.")
    screen.press("ctrl+u")
    screen.type("~/vip.csv")
    screen.press("enter")
    screen.wait_for(f"{len(wanted)} {people} in ~/vip.csv")
    with (tmp_path / "home" / "vip.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {one["Id"] for one in rows} == wanted
    assert all("VIP" in one["Tags"].split(", ") for one in rows)
    screen.press("escape")
    screen.wait_for("› Abendroth")
