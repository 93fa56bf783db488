"""`csc-tui set`, `new`, `delete`, `note`, `tag`, `outbox`: one way to the CRM, the outbox."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from csc_tui.config.account import environment_folder
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.dates import day
from csc_tui.services.confirming import TRIES
from csc_tui.services.pace import Pace
from csc_tui.store.turn import Turn
from tests.cli.conftest import Said
from tests.live_demo import LiveDemo

Run = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("account")
ALL = "includes=tels%20emails%20tags%20positions%20addrs%20custom_fields%20companies"


@pytest.fixture
def ida(demo_server: LiveDemo) -> str:
    """A person at the server; the id."""
    person = {
        "name": "Zwölfer",
        "first_name": "Ida",
        "title": "Dr.",
        "tags_attributes": [{"name": "Messe"}, {"name": "Golf"}],
    }
    return str(demo_server.ask("POST", "/api/people", {"person": person})["person"]["id"])


def date_field(demo: LiveDemo) -> str:
    """What a custom field of people that holds a date is called."""
    types = [
        it["custom_fields_type"] for it in demo.ask("GET", "/api/custom_fields_types?perpage=250")
    ]
    return next(it["name"] for it in types if (it["category"], it["ftype"]) == ("Person", "date"))


def at_server(demo: LiveDemo, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = demo.ask("GET", f"/api/people/{id_}?{ALL}")["person"]
    return found


def writes(demo: LiveDemo) -> list[str]:
    return [one for one in demo.requests() if not one.startswith("GET ")]


def entries(cli: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cli("outbox", "--json").out)
    return found


# --- set


def test_words_that_mean_nothing_are_refused_before_anybody_is_asked(
    cli: Run, demo_server: LiveDemo, ida: str
) -> None:
    demo_server.forget()
    for command in (("set", "people", ida), ("new", "people")):
        assert cli(*command, "nonsense").code == 2
    assert demo_server.requests() == []

    said = cli("set", "people", ida, "nonsense=1")
    assert (said.code, "nonsense" in said.err) == (2, True)
    assert [one for one in demo_server.requests() if "/people" in one] == []


def test_a_field_twice_or_a_word_too_many_is_refused_and_nothing_is_sent(
    cli: Run, demo_server: LiveDemo, ida: str
) -> None:
    demo_server.forget()
    said = cli("set", "people", ida, "title=A", "Title=B")
    assert (said.code, said.err) == (2, "csc-tui: Title is given twice; nothing was changed.\n")
    said = cli("delete", "people", ida, "4712", "--yes")
    assert (
        said.code,
        "“4712” is one argument too many. See: csc-tui delete --help" in said.err,
    ) == (
        2,
        True,
    )
    said = cli("list", "people", "(((")
    assert (said.code, said.out) == (2, "")
    assert "no letter or digit stands there to look for" in said.err
    assert writes(demo_server) == []


def test_set_writes_what_differs_once_and_waits(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    demo_server.forget()
    said = cli("set", "people", ida, "title=Prof.", "Last name=Zwölf", "First name=Ida")

    assert (said.code, said.out, said.err) == (0, "", "")
    found = at_server(demo_server, ida)
    assert (found["title"], found["name"], found["first_name"]) == ("Prof.", "Zwölf", "Ida")
    assert writes(demo_server) == [f"PUT /api/people/{ida}"]
    assert entries(cli) == []
    [written] = json.loads(cli("log", "--json").out)
    assert written["before"] == {"title": "Dr.", "last_name": "Zwölfer"}


def test_set_reads_values_as_a_form_does(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    name = date_field(demo_server)
    said = cli("set", "people", ida, f"{name}=31.12.2026", "title=", "gender=female", "--json")

    assert said.code == 0
    told = json.loads(said.out)
    assert told["custom"] == {name: "2026-12-31"}
    assert (told["title"] or "", told["gender"]) == ("", "female_user")
    found = at_server(demo_server, ida)
    assert found["custom_fields"][0]["name"] == "2026-12-31"
    assert not found["title"]


def test_what_a_reckoned_day_is_taken_for_is_said(
    cli: Run, demo_server: LiveDemo, ida: str
) -> None:
    name = date_field(demo_server)
    said = cli("set", "people", ida, f"{name}=+2d", "--json")
    taken = date.fromisoformat(json.loads(said.out)["custom"][name])
    assert (said.code, said.err) == (0, f"csc-tui: {name}: +2d is {taken:%a} {day(taken)}\n")
    assert cli("set", "people", ida, f"{name}=31.12.2026").err == ""


def test_breaks_stay_where_a_field_has_lines(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    said = cli("set", "people", ida, "title=Prof.\r\nDr.\n", "background=one\ntwo")

    assert said.code == 0
    found = at_server(demo_server, ida)
    assert (found["title"], found["background"]) == ("Prof. Dr.", "one\ntwo")


def test_nothing_to_set_is_no_write(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    demo_server.forget()
    said = cli("set", "people", ida, "title=Dr.")

    assert (said.code, said.err) == (0, "nothing to save\n")
    assert writes(demo_server) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("titel=x",), "people have no field “titel” to set. Is title meant?"),
        (("shoe size=x",), "people have no field “shoe size” to set. There are: salutation, title"),
        (("title",), "“title” is no FIELD=VALUE."),
        (("last_name=",), "csc-tui: Last name is required."),
        (("title=" + "x" * 81,), "Title: That is 81 characters long; 80 is the most."),
        (("gender=tall",), "Gender: “tall” names none, or several, of: male, female"),
        (("owner=Nobody",), "people have no field “owner” to set"),
    ],
)
def test_a_bad_value_is_said_and_nothing_is_sent(
    cli: Run, demo_server: LiveDemo, ida: str, values: tuple[str, ...], said: str
) -> None:
    demo_server.forget()
    ended = cli("set", "people", ida, *values)

    assert ended.code == 2
    assert said in ended.err
    assert writes(demo_server) == []
    assert entries(cli) == []


def test_a_clash_is_exit_6_and_is_settled_from_here(
    cli: Run, demo_server: LiveDemo, ida: str
) -> None:
    colleague = {"kind": "colleague", "method": "GET", "path": f"/people/{ida}", "when": "after"}
    demo_server.fail({**colleague, "count": 1, "changes": {"title": "Theirs"}})
    said = cli("set", "people", ida, "title=Mine")

    assert said.code == 6
    [entry] = entries(cli)
    assert f"csc-tui outbox settle {entry['entry'][:6]} mine|theirs" in said.err
    assert said.err.startswith("csc-tui: Zwölfer, Ida: somebody else changed the same")
    assert (entry["state"], entry["theirs"]["title"]) == ("clash", "Theirs")
    assert at_server(demo_server, ida)["title"] == "Theirs"
    assert cli("outbox", "settle", entry["entry"][:6]).code == 2

    assert cli("outbox", "settle", entry["entry"][:6], "mine").code == 0
    assert at_server(demo_server, ida)["title"] == "Mine"
    assert entries(cli) == []


def test_a_refusal_says_the_servers_words_and_is_discarded_from_here(
    cli: Run, demo_server: LiveDemo, ida: str
) -> None:
    refusal = {"kind": "status", "method": "PUT", "path": "/people/*", "status": 422}
    demo_server.fail({**refusal, "body": {"title": ["is far too grand"]}})
    said = cli("set", "people", ida, "title=Imperator")

    assert said.code == 1
    assert "Title: is far too grand" in said.err
    [entry] = entries(cli)
    assert entry["state"] == "refused"
    assert cli("outbox", "discard", entry["entry"][:6]).code == 0
    assert entries(cli) == []
    assert cli("outbox", "discard", entry["entry"][:6]).code == 2


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ({"kind": "status", "status": 401}, 3, "key"),
        ({"kind": "drop"}, 4, ""),
        (
            {"kind": "status", "status": 429, "headers": {"Retry-After": "600"}},
            5,
            "429",
        ),
    ],
)
def test_what_cannot_be_sent_waits_in_the_outbox(
    cli: Run,
    demo_server: LiveDemo,
    paths: Paths,
    ida: str,
    fault: dict[str, Any],
    code: int,
    words: str,
) -> None:
    assert cli("show", "people", ida).code == 0  # it is in the store
    demo_server.fail({"path": "/people/**", **fault}, {"path": "/people/*", **fault})
    said = cli("set", "people", ida, "title=Prof.")

    assert said.code == code
    assert words in said.err
    assert "It waits in the outbox" in said.err
    [entry] = entries(cli)
    assert entry["values"] == {"title": "Prof."}
    demo_server.fail()
    forget_waiting(paths)
    assert cli("outbox", "retry", entry["entry"]).code == 0
    assert at_server(demo_server, ida)["title"] == "Prof."


def forget_waiting(paths: Paths) -> None:
    """The ten minutes that the server had ordered are over."""
    for file in (paths.cache / "budget").glob("*.sqlite3"):
        file.unlink()


@pytest.mark.parametrize(
    ("method", "command"),
    [("PUT", ("set", "people", "ID", "title=Prof.")), ("POST", ("new", "people", "last_name=Q"))],
)
def test_a_server_that_goes_on_failing_does_not_hold_up_a_script(
    cli: Run,
    demo_server: LiveDemo,
    ida: str,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    command: tuple[str, ...],
) -> None:
    hurried = Pace(first=0.02, looks=(0.02, 0.02), poll=0.02)
    monkeypatch.setattr("csc_tui.services.outbox.Pace", lambda: hurried)
    demo_server.forget()
    demo_server.fail({"kind": "status", "status": 500, "method": method, "path": "/**"})
    said = cli(*(ida if one == "ID" else one for one in command))

    assert said.code == 1
    assert "(500)" in said.err
    assert "It waits in the outbox" in said.err
    tried = sum(one.startswith(method) for one in demo_server.requests())
    assert tried == (TRIES if method == "PUT" else 2)  # a lost create is looked for in between
    [entry] = entries(cli)
    demo_server.fail()
    assert cli("outbox", "retry", entry["entry"]).code == 0


def test_read_only_is_refused_before_anything_is_asked(
    cli: Run, demo_server: LiveDemo, ida: str
) -> None:
    demo_server.forget()
    for arguments in (("set", "people", ida, "title=x"), ("delete", "people", ida, "--yes")):
        said = cli("--read-only", *arguments)
        assert said.code == 1
        assert "read-only" in said.err
    assert demo_server.requests() == []


def test_without_waiting_the_next_start_sends(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    assert cli("set", "people", ida, "title=Prof.", "--no-wait").code == 0
    assert at_server(demo_server, ida)["title"] == "Dr."
    [entry] = entries(cli)

    line = cli("outbox").out
    assert line.startswith(f"{entry['entry'][:6]}  ")
    assert "change of 1 field  Zwölfer, Ida" in line
    assert cli("set", "people", ida, "first_name=Ina").code == 0
    found = at_server(demo_server, ida)
    assert (found["title"], found["first_name"]) == ("Prof.", "Ina")


def test_another_process_sends_and_this_one_hears_of_it(
    cli: Run, demo_server: LiveDemo, ida: str, paths: Paths
) -> None:
    """The turn is held elsewhere until the edit is in the file; then it is free."""
    folder = paths.account_data(
        environment_folder("centralstation", demo_server.url, Secret(demo_server.key))
    )
    folder.mkdir(parents=True)
    turn = Turn(folder)
    assert turn.take()
    file = folder / "outbox.sqlite3"

    over = Event()

    def let_go() -> None:
        while not (queued(file) or over.wait(0.05)):
            continue
        turn.release()

    watcher = Thread(target=let_go)
    watcher.start()
    try:
        said = cli("set", "people", ida, "title=Prof.")
    finally:
        over.set()
        watcher.join()

    assert said.code == 0
    assert at_server(demo_server, ida)["title"] == "Prof."


def queued(file: Path) -> bool:
    """Whether an edit is in the outbox."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file)) as db:
        try:
            return bool(db.execute("SELECT count(*) FROM edits").fetchone()[0])
        except sqlite3.OperationalError:  # the table is only being made
            return False


# --- new


def test_new_is_one_request_with_everything_and_prints_the_id(
    cli: Run, demo_server: LiveDemo
) -> None:
    demo_server.forget()
    said = cli(
        *("new", "people", "last_name=Zwölfer", "--phone", "+49 221 98", "--phone", "+49 221 99"),
        *("--email", "ida@zwoelf.example", "--company", "Zwölf GmbH", "--tag", "Messe"),
        *("--tag", "Golf,Schach", "first_name=Ida", "city=Köln", "Job title=CEO"),
    )

    assert said.code == 0
    found = at_server(demo_server, said.out.strip())
    assert [one.partition("?")[0] for one in writes(demo_server)] == ["POST /api/people"]
    assert (found["name"], found["first_name"]) == ("Zwölfer", "Ida")
    assert [(it["name"], it["atype"]) for it in found["tels"]] == [
        ("+49 221 98", "office"),
        ("+49 221 99", "office"),
    ]
    assert [it["name"] for it in found["emails"]] == ["ida@zwoelf.example"]
    assert sorted(it["name"] for it in found["tags"]) == ["Golf", "Messe", "Schach"]
    assert [(it["city"], it["atype"]) for it in found["addrs"]] == [("Köln", "work")]
    assert found["companies"][0]["name"] == "Zwölf GmbH"
    assert found["positions"][0]["name"] == "CEO"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("people",), "Last name is required"),
        (("people", "last_name=x", "--email", "nonsense"), "E-mail: An e-mail address looks like"),
        (("people", "last_name=x", "--phone", "abc"), "Phone: A phone number has digits"),
        (("companies", "name=x", "--company", "y"), "companies take no company here"),
        (("people", "last_name=x", "--fax", "1"), "There is no option --fax"),
    ],
)
def test_a_bad_new_record_is_not_sent(
    cli: Run, demo_server: LiveDemo, arguments: tuple[str, ...], said: str
) -> None:
    demo_server.forget()
    ended = cli("new", *arguments)

    assert ended.code == 2
    assert said in ended.err
    assert writes(demo_server) == []


def test_a_lost_answer_makes_no_second_record(cli: Run, demo_server: LiveDemo) -> None:
    demo_server.fail(
        {"kind": "drop", "method": "POST", "path": "/people", "when": "after", "count": 1}
    )
    said = cli("new", "people", "last_name=Zwölfverloren", "first_name=Ida")

    assert said.code == 0
    found = demo_server.ask("GET", "/api/people/search?name=Zwölfverloren")
    assert [str(one["person"]["id"]) for one in found] == [said.out.strip()]


# --- delete


def test_delete_wants_a_yes_and_goes_at_once(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    demo_server.forget()
    unasked = cli("delete", "people", ida)
    assert (unasked.code, writes(demo_server)) == (2, [])
    assert "give --yes" in unasked.err

    assert cli("delete", "people", ida, "--yes").code == 0
    assert writes(demo_server) == [f"DELETE /api/people/{ida}"]
    assert cli("delete", "people", ida, "--yes").code == 1


# --- tags


def test_tags_of_several_records(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    other = str(demo_server.ask("POST", "/api/people", {"person": {"name": "Elf"}})["person"]["id"])
    said = cli("tag", "people", ida, other, "1", "messe")

    assert said.code == 1
    assert "There is no person 1." in said.err
    assert [it["name"] for it in at_server(demo_server, other)["tags"]] == ["messe"]
    assert sorted(it["name"] for it in at_server(demo_server, ida)["tags"]) == ["Golf", "Messe"]

    assert cli("untag", "people", "-", "MESSE", text=f"{ida} {other}").code == 0
    assert at_server(demo_server, other)["tags"] == []
    assert [it["name"] for it in at_server(demo_server, ida)["tags"]] == ["Golf"]
    demo_server.forget()
    assert cli("untag", "people", ida, "nosuchtag").err == "nothing to save\n"
    assert writes(demo_server) == []


# --- note


def notes_of(demo: LiveDemo, id_: str) -> list[dict[str, Any]]:
    """What is written about a person, the oldest first."""
    found = demo.ask("GET", f"/api/people/{id_}/protocols?order=id-asc")
    return [next(iter(one.values())) for one in found]


def test_a_note_is_written_as_the_form_would(cli: Run, demo_server: LiveDemo, ida: str) -> None:
    demo_server.forget()
    said = cli("note", "people", ida, "1 < 2\nruft an", "--kind", "call", "--confidential")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert writes(demo_server) == [f"POST /api/people/{ida}/protocols"]
    said = cli("note", "person", ida, "-", text="aus der\nPipe\n")
    assert (said.code, said.err) == (0, "")
    call, note = notes_of(demo_server, ida)
    assert (call["content"], call["badge"], call["confidential"]) == (
        *("1 < 2\nruft an", "call"),
        True,
    )
    assert (note["content"], note["badge"], note["confidential"]) == (
        "aus der\nPipe",
        "note",
        False,
    )
    assert {call["format"], note["format"]} == {"plaintext"}
    assert entries(cli) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("  ",), "csc-tui: Text is required."),
        (("x", "--kind", "telegram"), "Kind: “telegram” names none, or several, of: note, call"),
        (("x", "--outcome", "Reached"), "A note has no outcome here."),
    ],
)
def test_a_bad_note_is_said_and_nothing_is_sent(
    cli: Run, demo_server: LiveDemo, ida: str, options: tuple[str, ...], said: str
) -> None:
    demo_server.forget()
    ended = cli("note", "people", ida, *options)
    assert ended.code == 2
    assert said in ended.err
    assert writes(demo_server) == []


def test_a_note_about_nobody_or_about_what_takes_none(cli: Run, demo_server: LiveDemo) -> None:
    assert cli("note", "people", "999999999", "x").code == 1
    ended = cli("note", "tasks", "1", "x")
    assert (ended.code, ended.err) == (2, "csc-tui: tasks take no notes here.\n")


# --- outbox


def test_an_empty_outbox_is_no_data(cli: Run) -> None:
    assert cli("outbox").out == ""
    assert entries(cli) == []
    assert cli("outbox", "retry").code == 2
    assert "There is no entry ab." in cli("outbox", "retry", "ab").err


@pytest.fixture
def outbox_file(cli: Run, demo_server: LiveDemo, paths: Paths) -> Path:
    """The account's outbox, which has been used and is closed."""
    assert cli("outbox").code == 0
    folder = environment_folder("centralstation", demo_server.url, Secret(demo_server.key))
    return paths.account_data(folder) / "outbox.sqlite3"


def test_a_damaged_outbox_is_said_once(cli: Run, outbox_file: Path, ida: str) -> None:
    outbox_file.write_bytes(b"no database" * 1_000)

    said = cli("outbox", "--json")
    assert (said.code, said.out) == (0, "[]\n")
    assert "The outbox was damaged" in said.err
    assert cli("set", "people", ida, "title=Prof.") == Said(0, "", "")


def test_nothing_is_sent_that_could_not_be_kept(
    cli: Run, outbox_file: Path, demo_server: LiveDemo, ida: str
) -> None:
    outbox_file.unlink()
    outbox_file.mkdir()
    demo_server.forget()

    for command in (("set", "people", ida, "title=Prof."), ("outbox",)):
        said = cli(*command)
        assert said.code == 1
        assert "The outbox file cannot be written; nothing was queued" in said.err
    assert writes(demo_server) == []


def test_an_outbox_that_another_program_keeps_locked_is_a_failure_not_a_wrong_word(
    cli: Run, outbox_file: Path, demo_server: LiveDemo, ida: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csc_tui.store.edits_file.WAIT", 0.2)
    demo_server.forget()
    with closing(sqlite3.connect(outbox_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = cli("set", "people", ida, "title=Prof.")

    assert said.code == 1
    assert "The outbox file cannot be written; nothing was queued" in said.err
    assert writes(demo_server) == []
