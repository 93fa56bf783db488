"""`csc-tui export`: files that others read, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import vobject

from tests.cli.conftest import Said
from tests.live_demo import LiveDemo

Run = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("account")
LATER = 10
"""A seed by which chance spares the first of two requests and hits the second."""


@pytest.fixture
def ida(demo_server: LiveDemo) -> str:
    """A person with more than one of everything; her last name is the filter that finds her."""
    person = {
        "name": "Zwölfer",
        "first_name": "Ida",
        "title": "Dr.",
        "country_code": "de",
        "background": "=1+1\nzweite; Zeile, \"Anführung\"",
        "tels_attributes": [
            {"name": "+49 221 98", "atype": "office"},
            {"name": "+49 171 99", "atype": "mobile"},
        ],
        "emails_attributes": [{"name": "ida@zwoelf.example", "atype": "private"}],
        "addrs_attributes": [
            {"street": "Domkloster 4", "zip": "50667", "city": "Köln", "atype": "work"},
            {"city": "Bonn", "country_code": "DE", "atype": "private"},
        ],
        "positions_attributes": [{"company_name": "Zwölf GmbH", "name": "CEO"}],
        "tags_attributes": [{"name": "Messe"}, {"name": "Golf"}],
    }  # fmt: skip
    id_ = demo_server.ask("POST", "/api/people", {"person": person})["person"]["id"]
    event = {"historic_event": {"atype": "birthday", "name": "1974-03-14"}}
    demo_server.ask("POST", f"/api/people/{id_}/historic_events", event)
    return "last_name=Zwölfer"


def table(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_table_holds_every_part(cli: Run, ida: str) -> None:
    said = cli("export", "people", ida, "--format", "csv")
    [row] = table(said.out)

    assert (said.code, said.err) == (0, "")
    assert all(line.endswith("\r\n") for line in said.out.splitlines(keepends=True)[:1])
    assert (row["Last name"], row["First name"], row["Language"]) == ("Zwölfer", "Ida", "de")
    assert (row["Phone 1 Number"], row["Phone 1 Kind"]) == ("+49 221 98", "office")
    assert (row["Phone 2 Number"], row["Phone 2 Kind"]) == ("+49 171 99", "mobile")
    assert (row["Address 1 Zip"], row["Address 2 City"]) == ("50667", "Bonn")
    assert (row["Company 1 Company"], row["Company 1 Job title"]) == ("Zwölf GmbH", "CEO")
    assert (row["Tags"], row["Date 1 Date"]) == ("Messe, Golf", "1974-03-14")
    assert row["Background"] == '\'=1+1\nzweite; Zeile, "Anführung"'
    assert "Salutation 2" in row


def test_a_table_for_a_german_excel(cli: Run, ida: str, tmp_path: Path) -> None:
    file = tmp_path / "leute.csv"
    kind = ("--format", "csv", "--delimiter", ";", "--bom", "--raw", "--output", str(file))

    assert cli("export", "people", ida, *kind).code == 0
    text = file.read_bytes().decode("utf-8-sig")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    [row] = table(text, ";")
    assert row["Background"] == '=1+1\nzweite; Zeile, "Anführung"'
    assert file.stat().st_mode & 0o777 == 0o600


def test_every_row_has_every_column(cli: Run, demo_server: LiveDemo) -> None:
    said = cli("export", "companies", "--format", "csv")
    rows = list(csv.reader(io.StringIO(said.out, newline="")))

    assert len(rows) == demo_server.companies + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])


def test_a_table_of_companies_says_who_is_there(cli: Run, ida: str, demo_server: LiveDemo) -> None:
    person = demo_server.ask("GET", "/api/people?filter[name][equal]=Zwölfer")[0]["person"]["id"]
    [row] = table(cli("export", "companies", "name=Zwölf GmbH", "--format", "csv").out)
    assert (row["People 1"], row["People 1 Job title"]) == (f"#{person}", "CEO")

    assert cli("show", "people", str(person)).code == 0  # and has it in the store
    [row] = table(cli("export", "companies", "name=Zwölf GmbH", "--format", "csv").out)
    assert row["People 1"] == "Zwölfer, Ida"


def test_json_lines_are_what_the_list_gives(cli: Run) -> None:
    listed = cli("list", "people", "tag:messe", "--jsonl").out
    exported = cli("export", "people", "tag:messe", "--format", "jsonl").out

    assert [json.loads(one)["id"] for one in exported.splitlines()] == [
        json.loads(one)["id"] for one in listed.splitlines()
    ]
    array = json.loads(cli("export", "people", "tag:messe", "--format", "json").out)
    assert array == [json.loads(one) for one in exported.splitlines()]
    assert json.loads(cli("export", "people", "tag:nosuchtag", "--format", "json").out) == []


@pytest.mark.parametrize(("kind", "version"), [("vcard3", "3.0"), ("vcard4", "4.0")])
def test_an_address_book_takes_the_cards(cli: Run, ida: str, kind: str, version: str) -> None:
    card = vobject.readOne(cli("export", "people", ida, "--format", kind).out)

    assert card.version.value == version
    assert card.fn.value == "Dr. Ida Zwölfer"
    assert (card.n.value.family, card.n.value.prefix) == ("Zwölfer", "Dr.")
    assert (card.org.value, card.title.value) == (["Zwölf GmbH"], "CEO")
    assert [one.value for one in card.tel_list] == ["+49 221 98", "+49 171 99"]
    assert [one.params["TYPE"][0].lower() for one in card.tel_list] == ["work", "cell"]
    assert [one.value.city for one in card.adr_list] == ["Köln", "Bonn"]
    assert card.bday.value.replace("-", "") == "19740314"
    assert sorted(card.categories.value) == ["Golf", "Messe"]
    assert card.note.value == '=1+1\nzweite; Zeile, "Anführung"'


def test_every_card_of_an_account_can_be_read(cli: Run, demo_server: LiveDemo) -> None:
    for resource, count in (("companies", demo_server.companies), ("people", 200)):
        wanted = () if resource == "companies" else ("tag:messe",)
        text = cli("export", resource, *wanted, "--format", "vcard3").out
        cards = list(vobject.readComponents(text))
        listed = cli("list", resource, *wanted, "--jsonl").out.splitlines()

        assert len(cards) == len(listed)
        assert len(cards) == count or resource == "people"
        phones = [[one.value for one in getattr(card, "tel_list", ())] for card in cards]
        told = [[it["number"] for it in json.loads(line)["phones"]] for line in listed]
        assert [sorted(one) for one in phones] == [sorted(one) for one in told]


def test_a_file_that_is_there_stays(cli: Run, ida: str, tmp_path: Path) -> None:
    file = tmp_path / "out.vcf"
    file.write_text("mine")
    command = ("export", "people", ida, "--format", "vcard3", "--output", str(file))
    said = cli(*command)

    assert said.code == 2
    assert "is there already" in said.err
    assert file.read_text() == "mine"
    assert cli(*command, "--force").code == 0
    assert file.read_text().startswith("BEGIN:VCARD")
    assert [one for one in os.listdir(tmp_path) if one.startswith(".out")] == []


def test_half_an_export_is_none(cli: Run, demo_server: LiveDemo, tmp_path: Path) -> None:
    """The second page is refused: nothing stands at the place, and nothing lies beside it."""
    refused = {"kind": "status", "status": 403, "path": "/people"}
    demo_server.fail({**refused, "probability": 0.5, "seed": LATER})
    folder = tmp_path / "there"
    folder.mkdir()
    said = cli("export", "people", "--format", "jsonl", "--output", str(folder / "x.jsonl"))

    statuses = [one["status"] for one in demo_server.log() if "/people?" in one["path"]]
    assert statuses[:2] == [200, 403]
    assert said.code == 1
    assert os.listdir(folder) == []


def test_where_nothing_can_be_written_it_says_so(cli: Run, ida: str, tmp_path: Path) -> None:
    said = cli("export", "people", ida, "--format", "json", "--output", str(tmp_path / "no" / "x"))

    assert said.code == 1
    assert said.err == f"csc-tui: There is no folder {tmp_path / 'no'}. Nothing was written.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "pdf"), "invalid choice"),
        ((), "--format"),
        (("--format", "csv", "--delimiter", "ab"), "character"),
        (("--format", "json", "--bom"), "are for --format csv"),
        (("--format", "json", "--decimal", ","), "are for --format csv"),
        (("--format", "csv", "citty:x"), "have no field “citty”"),
    ],
)
def test_bad_usage(cli: Run, arguments: tuple[str, ...], said: str) -> None:
    ended = cli("export", "people", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_terminal_is_asked_before_a_file_goes(
    env: Mapping[str, str], ida: str, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    command = [sys.executable, "-m", "csc_tui", "export", "people", ida, "--format", "json"]
    for answer, wanted in ((b"n\n", "mine"), (b"y\n", "[{")):
        file.write_text("mine")
        ours, theirs = pty.openpty()
        os.write(ours, answer)
        with subprocess.Popen(
            [*command, "--output", str(file)], env=env, stdin=theirs, stdout=theirs, stderr=theirs
        ) as process:
            os.close(theirs)
            told = b""
            while True:
                try:
                    told += os.read(ours, 4096)
                except OSError:
                    break
        os.close(ours)
        assert b"Replace it?" in told
        assert (process.returncode == 0) == (answer == b"y\n")
        assert file.read_text().startswith(wanted)
