"""`csc-tui log`: what it prints of an account's outbox."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csc_tui.config.account import environment_folder
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import Answer
from csc_tui.store.edit_saving import Save
from csc_tui.store.edits import EditStore

Run = Callable[..., Any]
URL, KEY = "http://127.0.0.1:9", "k" * 32


@pytest.fixture
def folder(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the account that the environment names."""
    monkeypatch.setenv("CSC_TUI_URL", URL)
    monkeypatch.setenv("CSC_TUI_API_KEY", KEY)
    return paths.account_data(environment_folder("centralstation", URL, Secret(KEY)))


def confirm(folder: Path, change: Change, title: str = "Müller, Jürgen") -> None:
    """A write that was saved and confirmed."""

    async def run() -> None:
        edits = EditStore(folder, SystemClock())
        edit = (await edits.submit(Save([change], title, 0.0)))[0]
        await edits.claim(edit.client_id)
        await edits.mark_made(edit.client_id, change.ref.id or "99", "req-1")
        written = (await edits.edit(edit.client_id)) or edit
        await edits.confirm(edit.client_id, written.change, change.values, Answer())
        await edits.close()

    asyncio.run(run())


MUELLER = Ref("people", "41")


def test_a_write_is_one_line_with_both_values_and_the_request(cli: Run, folder: Path) -> None:
    values, base = {"title": "Dr.-Ing.", "gender": None}, {"title": "Dr.", "gender": "x"}
    confirm(folder, Change(Verb.UPDATE, MUELLER, None, values, base))
    said = cli("log")
    assert (said.code, said.err) == (0, "")
    assert said.out.count("\n") == 1
    assert "change of 2 fields  Müller, Jürgen (people 41)  " in said.out
    assert "Title: Dr. → Dr.-Ing.; " in said.out
    assert "→ (empty)" in said.out
    assert said.out.endswith("  req-1\n")


def test_creates_and_deletes_name_what_there_was(cli: Run, folder: Path) -> None:
    confirm(folder, Change(Verb.CREATE, Ref("people", ""), None, {"last_name": "Kühn"}), "Kühn")
    part = Change(Verb.DELETE, Ref("phones", "9"), MUELLER, {}, {"number": "+49 221 1"})
    confirm(folder, part)
    lines = cli("log").out.splitlines()
    assert "new person       Kühn (people 99)" in lines[0]
    assert "Last name: Kühn" in lines[0]
    assert "delete of phone  Müller, Jürgen (people 41)" in lines[1]
    assert "Number: +49 221 1" in lines[1]


def test_what_is_linked_is_named(cli: Run, folder: Path) -> None:
    works = {"company": {"id": "7", "name": "Reederei Groß OHG"}, "name": "Kapitänin"}
    values = {"last_name": "Kühn", "positions": [works]}
    confirm(folder, Change(Verb.CREATE, Ref("people", ""), None, values), "Kühn")
    (line,) = cli("log").out.splitlines()
    assert "Reederei Groß OHG" in line
    assert "{" not in line


def test_json_holds_the_same(cli: Run, folder: Path) -> None:
    confirm(folder, Change(Verb.UPDATE, MUELLER, None, {"title": "Dr."}, {"title": None}))
    found = json.loads(cli("log", "--json").out)
    assert [one["verb"] for one in found] == ["update"]
    assert found[0]["before"] == {"title": None}
    assert found[0]["after"] == {"title": "Dr."}
    assert found[0]["request_id"] == "req-1"
    assert (found[0]["resource"], found[0]["id"]) == ("people", "41")


def test_only_the_latest_where_so_asked(cli: Run, folder: Path) -> None:
    for title in ("one", "two", "three"):
        confirm(folder, Change(Verb.UPDATE, MUELLER, None, {"title": title}, {"title": ""}))
    assert [
        it["after"]["title"] for it in json.loads(cli("log", "--json", "--limit", "2").out)
    ] == [
        "two",
        "three",
    ]


def test_without_writes_it_says_so_and_makes_no_file(cli: Run, folder: Path) -> None:
    assert cli("log").out == "No confirmed writes yet.\n"
    assert json.loads(cli("log", "--json").out) == []
    assert not folder.exists()


def test_a_damaged_file_is_named_and_left_alone(cli: Run, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "outbox.sqlite3").write_bytes(b"no database" * 200)
    said = cli("log")
    assert said.code == 1
    assert "outbox.sqlite3 cannot be read" in said.err
    assert (folder / "outbox.sqlite3").read_bytes() == b"no database" * 200


def test_without_an_account_it_says_how_to_name_one(cli: Run) -> None:
    said = cli("log")
    assert said.code == 2
    assert "csc-tui login" in said.err
    assert "--profile" in said.err


def test_what_a_server_sent_cannot_drive_the_terminal(cli: Run, folder: Path) -> None:
    values = {"title": "\x1b[31m\nx"}
    confirm(folder, Change(Verb.UPDATE, MUELLER, None, values, {"title": "Dr."}), "\x1b]0;t\x07")
    said = cli("log")
    assert "\x1b" not in said.out
    assert said.out.count("\n") == 1
