"""Export from a list: what is meant, what it costs, a file that is whole or not there."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from tests.live_app import Hands
from tests.ui.test_filter_line import filtered, gathered


async def into(hands: Hands, form: str, file: Path) -> None:
    """Choose a format and type the file's name."""
    await hands.sees("› CSV, commas between")
    while f"› {form}" not in hands.screen:
        await hands.press("down")
    await hands.press("enter")
    await hands.sees(" File  ")
    await hands.press("ctrl+u")
    await hands.type(str(file))
    await hands.until(lambda: file.name in hands.screen)


def table(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text, delimiter=delimiter))


async def test_what_a_filter_shows_is_exported_without_a_request(
    listed: Hands, tmp_path: Path
) -> None:
    hands, file = listed, tmp_path / "messe.csv"
    await filtered(hands, "tag:messe")
    made = gathered(hands)
    await hands.press("x")
    await hands.sees(f"Export {made.total} people")
    await into(hands, "CSV for a German Excel", file)
    await hands.sees("No request: all of them are here.")
    hands.demo.forget()
    await hands.press("enter")
    await hands.sees(f"{made.total} people in")
    assert not any("/people" in one for one in hands.demo.requests())
    rows = table(file, ";")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [one["Id"] for one in rows] == made.ids()
    assert all("Messe" in one["Tags"] for one in rows)
    assert os.stat(file).st_mode & 0o777 == 0o600


async def test_marks_come_before_what_is_shown_also_from_the_menu_of_marks(
    listed: Hands, tmp_path: Path
) -> None:
    hands, file = listed, tmp_path / "two.json"
    await hands.press("space", "down", "space")
    await hands.sees("2 marked")
    await hands.press("b")
    await hands.sees("› Tag")
    while "› Export into a file" not in hands.screen:
        await hands.press("down")
    await hands.press("enter")
    await hands.sees("Export 2 people")
    await into(hands, "JSON\n", file)
    await hands.press("enter")
    await hands.sees("2 people in")
    assert tuple(one["id"] for one in json.loads(file.read_text())) == hands.app.marks.of("people")


async def test_a_file_that_is_there_is_replaced_only_when_said_twice(
    listed: Hands, tmp_path: Path
) -> None:
    hands, file = listed, tmp_path / "mine.vcf"
    file.write_text("mine")
    await hands.press("space")
    await hands.press("x")
    await into(hands, "vCard 4.0", tmp_path / "no" / "x.vcf")
    await hands.press("enter")
    await hands.sees("There is no folder")
    await hands.press("ctrl+u")
    await hands.type(str(file))
    await hands.press("enter")
    # The folder's name is as long as it is: lines may end anywhere.
    await hands.until(lambda: "⏎ once more replaces it." in " ".join(hands.screen.split()))
    assert file.read_text() == "mine"
    await hands.press("enter")
    await hands.sees("1 person in")
    assert file.read_text().startswith("BEGIN:VCARD")


async def test_a_whole_list_costs_what_is_said_and_esc_leaves_no_file(
    listed: Hands, tmp_path: Path
) -> None:
    hands, file = listed, tmp_path / "all.jsonl"
    await hands.press("x")
    await hands.sees("Export 2,400 people")
    await into(hands, "JSON Lines", file)
    await hands.sees("10 requests, ~")
    hands.demo.forget()
    hands.demo.fail({"kind": "latency", "path": "/people", "seconds": 0.5})
    await hands.press("enter")
    await hands.sees("exporting: 250 of 2,400; esc stops it")
    await hands.press("escape")
    await hands.sees("export stopped; no file was written")
    await hands.until(lambda: [one for one in os.listdir(tmp_path) if "all" in one] == [])


async def test_a_refusal_leaves_no_file_and_says_why(listed: Hands, tmp_path: Path) -> None:
    hands, file = listed, tmp_path / "all.csv"
    await hands.press("x")
    await into(hands, "CSV, commas", file)
    hands.demo.fail({"kind": "status", "status": 403, "path": "/people"})
    await hands.press("enter")
    await hands.sees("no file was written: ")
    assert [one for one in os.listdir(tmp_path) if "all" in one] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("~nobody-of-that-name/people.csv", "There is no folder"),
        (f"/{'long' * 80}/people.csv", "There is no folder"),
        (f"/{'long' * 80}.csv", "File name too long"),
    ],
)
async def test_a_file_that_cannot_be_is_a_sentence(listed: Hands, typed: str, said: str) -> None:
    hands = listed
    await hands.press("space", "x")
    await hands.sees("› CSV, commas between")
    await hands.press("enter")
    await hands.sees(" File  ")
    await hands.press("ctrl+u")
    await hands.paste(typed)
    await hands.press("enter")
    await hands.until(lambda: said in hands.screen + hands.app.messages.text)


async def test_a_deal_is_no_card_and_its_money_is_read_by_a_german_excel(
    listed: Hands, tmp_path: Path
) -> None:
    hands, file = listed, tmp_path / "deals.csv"
    deal = {"name": "Aaber", "value": "1250.5", "value_type": "total", "currency": "EUR"}
    hands.demo.ask("POST", "/api/deals", {"deal": {**deal, "target_date": "2026-12-31"}})
    await hands.press("3")
    await hands.sees("› Aaber")
    await hands.press("space", "x")
    await hands.sees("Export 1 deal")
    assert "JSON Lines" in hands.screen
    assert "vCard" not in hands.screen
    await into(hands, "CSV for a German Excel", file)
    await hands.press("enter")
    await hands.sees("1 deal in")
    assert [one["Value"] for one in table(file, ";")] == ["1250,5"]
