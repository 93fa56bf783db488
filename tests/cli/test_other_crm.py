"""The same commands on the other dialect: nothing of them knows whose CRM it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator

import pytest
import vobject

from tests.cli.conftest import Said
from tests.live_demo import LiveDemo, running_demo

Run = Callable[..., Said]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """A small account."""
    folder = tmp_path_factory.mktemp("other") / "demo"
    size = ("--people", "40", "--companies", "10", "--limit", "100000", "--today", "2026-11-20")
    with running_demo(folder, "--dialect", "concord", *size) as server:
        yield server


@pytest.fixture(autouse=True)
def account(demo: LiveDemo, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the account that the environment names."""
    demo.fail()
    monkeypatch.setenv("CSC_TUI_BACKEND", "concord")
    monkeypatch.setenv("CSC_TUI_URL", demo.url)
    monkeypatch.setenv("CSC_TUI_API_KEY", demo.key)


def test_a_record_from_its_making_to_its_end(cli: Run) -> None:
    made = ("first_name=Ida", "Last name=Zwölf", "email=ida@x.example", "city=Köln")
    said = cli("new", "contacts", *made, "--phone", "+49 221 47110", "--tag", "Messe")
    id_ = said.out.strip()
    assert (said.code, said.err) == (0, "")

    assert cli("set", "contacts", id_, "Job title=CEO").code == 0
    assert cli("tag", "contacts", id_, "Neu").code == 0
    assert cli("untag", "contacts", id_, "messe").code == 0
    told = json.loads(cli("show", "contacts", id_, "--json").out)
    assert (told["first_name"], told["job_title"], told["city"]) == ("Ida", "CEO", "Köln")
    assert [tag["name"] for tag in told["tags"]] == ["Neu"]
    assert [phone["number"] for phone in told["phones"]] == ["+49 221 47110"]
    listed = cli("list", "contacts", "tag:neu", "city:koln", "phone:0221", "--columns", "id")
    assert listed.out == f"{id_}\n"
    assert cli("delete", "contacts", id_, "--yes").code == 0
    assert cli("list", "contacts", f"id:{id_}").out == ""


def test_a_script_that_was_written_for_another_crm_runs_here(cli: Run) -> None:
    for mine, others in (("contacts", "people"), ("activities", "tasks")):
        told = cli("list", mine, "--columns", "id")
        assert (told.code, told.out) == (0, cli("list", others, "--columns", "id").out)


def test_a_call_is_noted_with_what_came_of_it(cli: Run, demo: LiveDemo) -> None:
    id_ = cli("new", "contacts", "first_name=Ida", "Last name=Elf").out.strip()
    said = cli("note", "contacts", id_, "ruft an", "--kind", "call")
    assert (said.code, "Outcome is required" in said.err) == (2, True)
    said = cli("note", "contacts", id_, "ruft an", "--outcome", "Erreicht")
    assert (said.code, said.err) == (2, "csc-tui: Outcome does not go with note.\n")
    said = cli("note", "contacts", id_, "a & b", "--kind", "call", "--outcome", "erreicht")
    assert (said.code, said.err) == (0, "")
    [call] = demo.ask("GET", f"/api/contacts/{id_}/calls")["data"]
    assert (call["body"], call["outcome"]["name"]) == ("<p>a &amp; b</p>", "Erreicht")
    assert demo.ask("GET", f"/api/contacts/{id_}/notes")["data"] == []


def test_the_journal_calls_stages_and_custom_fields_by_their_names(cli: Run) -> None:
    assert cli("new", "deals", "Deal name=Kran", "Stage=Zusage", "Score=2").code == 0
    line = cli("log").out.splitlines()[-1]
    assert "Stage: Zusage; " in line
    assert "Score: 2" in line


def test_options_of_new_fill_fields_where_there_are_no_such_parts(cli: Run) -> None:
    made = ("new", "contacts", "first_name=Ida", "--email", "ida@elf.example")
    told = json.loads(cli("show", "contacts", cli(*made).out.strip(), "--json").out)
    assert told["email"] == "ida@elf.example"

    twice = cli(*made, "--email", "ida@zwoelf.example")
    assert (twice.code, "E-mail is given twice" in twice.err) == (2, True)


def test_a_company_that_is_not_stored_here_is_looked_for_in_the_crm(
    cli: Run, demo: LiveDemo
) -> None:
    """A script on a machine that has never listed any."""
    firm = demo.ask("GET", "/api/companies?per_page=1")["data"][0]
    made = cli("new", "contacts", "first_name=Ida", "--company", firm["name"])
    found = demo.ask("GET", f"/api/contacts/{made.out.strip()}?with=companies")
    assert [one["id"] for one in found["companies"]] == [firm["id"]]

    unknown = cli("new", "contacts", "first_name=Ida", "--company", "Nirgends GmbH")
    assert (unknown.code, unknown.out) == (2, "")
    assert "There is none called “Nirgends GmbH”." in unknown.err


def test_custom_fields_have_their_names_however_little_is_known_here(
    cli: Run, demo: LiveDemo
) -> None:
    """What a script gets must not depend on what somebody has asked for before."""
    id_ = demo.ask("POST", "/api/deals", {"name": "Kran", "stage_id": 1, "cf_score": 2})["id"]
    before = [cli("list", "deals").out, json.loads(cli("show", "deals", str(id_), "--json").out)]

    assert before[1]["custom"]["Score"] == "2"
    assert [
        cli("list", "deals").out,
        json.loads(cli("show", "deals", str(id_), "--json").out),
    ] == before


@pytest.mark.parametrize("status", [403, 405])
def test_what_a_crm_does_not_tell_of_its_fields_holds_nothing_up(
    cli: Run, demo: LiveDemo, status: int
) -> None:
    """Which fields and options there are is in no manual: ids do for options."""
    said = {"kind": "status", "method": "GET", "status": status}
    names = ("contacts/create-fields", "deals/create-fields", "pipeline-stages", "users", "sources")
    demo.fail(*({**said, "path": f"/{name}"} for name in names))
    made = cli("new", "deals", "name=Kran", "stage=1", "amount=12,50")
    id_ = made.out.strip()
    assert (made.code, made.err) == (0, "")
    assert cli("set", "deals", id_, "amount=13").code == 0
    told = json.loads(cli("show", "deals", id_, "--json").out)
    assert (told["stage"], told["amount"]) == ("1", "13")
    sheet = cli("export", "deals", "amount:13", "--format", "csv")
    assert (sheet.code, "Kran" in sheet.out) == (0, True)

    named = cli("set", "deals", id_, "stage=Zusage")
    assert (named.code, "Stage: There is none called “Zusage”." in named.err) == (2, True)


def test_a_list_for_a_program_names_custom_fields_at_once(cli: Run, demo: LiveDemo) -> None:
    demo.ask("POST", "/api/deals", {"name": "Kran", "stage_id": 1, "cf_score": 2})
    first = cli("list", "deals", "--jsonl").out
    assert any(json.loads(line)["custom"].get("Score") == "2" for line in first.splitlines())
    assert cli("list", "deals", "--jsonl").out == first


def test_what_a_list_leaves_out_is_not_said_to_be_none(cli: Run) -> None:
    listed = [json.loads(line) for line in cli("list", "companies", "--jsonl").out.splitlines()]
    assert {one["contacts"] is None for one in listed} == {True}
    ids = " ".join(one["id"] for one in listed)

    shown = cli("show", "companies", "--jsonl", "-", text=ids).out.splitlines()
    assert any(json.loads(line)["contacts"] for line in shown)


def test_address_books_take_the_contacts(cli: Run) -> None:
    cards = list(vobject.readComponents(cli("export", "contacts", "--format", "vcard4").out))
    listed = [json.loads(line) for line in cli("list", "contacts", "--jsonl").out.splitlines()]

    assert len(cards) == len(listed)
    firms = [one["companies"][0]["record"]["name"] if one["companies"] else None for one in listed]
    assert [card.org.value[0] if hasattr(card, "org") else None for card in cards] == firms
    assert any(firms)


def test_tasks_are_made_ticked_off_and_listed_whatever_the_crm_calls_them(cli: Run) -> None:
    id_ = cli("new", "tasks", "Title=Anrufen", "due=2026-12-01").out.strip()
    assert cli("set", "task", id_, "due=2026-12-02", "Completed=yes").code == 0
    told = json.loads(cli("show", "tasks", id_, "--json").out)
    assert (told["due"], told["end"], told["done"]) == ("2026-12-02", "2026-12-02", True)
    assert told["owner"]
    listed = cli("list", "tasks", "done:yes", "due:2.12.2026", "owner:me", "--columns", "id")
    assert listed.out == f"{id_}\n"
    due = [one["due"] for one in json.loads(cli("list", "tasks", "--json").out)]
    assert len(due) > 10
    assert due == sorted(due, key=lambda it: (it is None, it))


def test_deals_in_a_table(cli: Run) -> None:
    said = cli("export", "deals", "amount>0", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out, newline="")))

    assert rows
    assert all(float(row["Amount"]) > 0 for row in rows)
    excel = ("--delimiter", ";", "--decimal", ",", "--format", "csv")
    said = cli("export", "deals", "amount>0", *excel)
    again = list(csv.DictReader(io.StringIO(said.out, newline=""), delimiter=";"))
    assert any("." in row["Amount"] for row in rows)
    for name in ("Amount", "Score"):
        assert [row[name] for row in again] == [row[name].replace(".", ",") for row in rows]


def test_only_people_and_companies_are_cards(cli: Run) -> None:
    for name in ("deals", "activities"):
        said = cli("export", name, "--format", "vcard4")
        assert (said.code, said.out) == (2, "")
        assert f"A vCard is for people and companies; {name} have none." in said.err


def test_a_value_that_the_crm_keeps_as_it_was_is_said(cli: Run, demo: LiveDemo) -> None:
    listed = cli("list", "deals", "--jsonl").out.splitlines()
    stage = json.loads(listed[0])["stage"]
    id_ = cli("new", "deals", "name=Mit Waren", "amount=100", f"stage={stage}").out.strip()
    goods = {"products": [{"name": "Chair", "unit_price": 12.5, "qty": 2}]}
    demo.ask("POST", f"/api/deals/{id_}/billable", goods)
    said = cli("set", "deals", id_, "amount=6000.50")
    told = json.loads(cli("show", "deals", id_, "--json").out)
    assert told["amount"] == "25"
    assert (said.code, said.err) == (
        0,
        "csc-tui: Mit Waren: saved, but the CRM has it as Amount 25\n",
    )
