"""`csc-tui list` and `csc-tui show`: what they print, for whom, and how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from csc_tui.domain.folding import fold
from tests.cli.conftest import Said
from tests.live_demo import LiveDemo

Run = Callable[..., Said]


pytestmark = pytest.mark.usefixtures("account")


@pytest.fixture
def hostile(demo_server: LiveDemo) -> str:
    """A company whose name would drive a terminal; its id."""
    body = {"company": {"name": "\x1b]0;owned\x07=cmd\u202e\n|x"}}
    return str(demo_server.ask("POST", "/api/companies", body)["company"]["id"])


def test_json_lines_are_whole_records(cli: Run, demo_server: LiveDemo) -> None:
    said = cli("list", "people", "--jsonl", "tag:messe", "--limit", "3")
    people = [json.loads(line) for line in said.out.splitlines()]

    assert (said.code, said.err, len(people)) == (0, "", 3)
    for one in people:
        assert "Messe" in [tag["name"] for tag in one["tags"]]
        shown = demo_server.ask("GET", f"/api/people/{one['id']}?includes=tels")["person"]
        assert one["last_name"] == shown["name"]
        assert [it["number"] for it in one["phones"]] == [it["name"] for it in shown["tels"]]


def test_json_is_one_array_also_of_nothing(cli: Run) -> None:
    everybody = json.loads(cli("list", "companies", "--json", "--limit", "30").out)

    assert len({one["id"] for one in everybody}) == 30
    assert [one["name"] for one in everybody][:3] == [
        one["name"] for one in json.loads(cli("list", "company", "--json", "--limit", "3").out)
    ]
    assert json.loads(cli("list", "people", "--json", "tag:nosuchtag").out) == []


def test_columns_are_named_by_name_or_label(cli: Run) -> None:
    named = ("--columns", "id,first_name,Job title,tags,owner,updated")
    said = cli(
        "list", "people", "city:Köln", "tag:any", "owner:any", "--limit", "4", "--csv", *named
    )
    rows = list(csv.DictReader(io.StringIO(said.out, newline="")))

    assert said.out.splitlines()[0] == "id,first_name,Job title,tags,owner,updated"
    assert len(rows) == 4
    assert all(row["id"].isdigit() and row["updated"][:2] == "20" for row in rows)
    assert all(row["owner"] and not row["owner"].isdigit() for row in rows)
    [one] = json.loads(cli("list", "people", "tag:messe", "--limit", "1", "--json", *named).out)
    assert list(one) == ["id", "first_name", "Job title", "tags", "owner", "updated"]
    assert isinstance(one["tags"], list)


def test_orders(cli: Run, demo_server: LiveDemo) -> None:
    newest = cli("list", "people", "--sort", "-created", "--limit", "2", "--columns", "id").out
    wanted = demo_server.ask("GET", "/api/people?order=new-desc&perpage=2")

    assert newest.split() == [str(one["person"]["id"]) for one in wanted]
    said = cli("list", "people", "--sort", "size")
    assert said.code == 2
    assert "There is no order “size”. There are: name, -name" in said.err


def test_a_pipe_gets_data_and_nothing_else(cli: Run, hostile: str) -> None:
    said = cli("list", "companies", f"id:{hostile}", "--columns", "id,name")

    assert said.out == f"{hostile}\t␛]0;owned␇=cmd |x\n"
    assert said.err == ""


def test_json_of_what_a_server_sent_cannot_drive_a_terminal(cli: Run, hostile: str) -> None:
    for arguments in (("list", "companies", f"id:{hostile}"), ("show", "companies", hostile)):
        text = cli(*arguments, "--jsonl").out

        assert text.count("\n") == 1
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
        assert json.loads(text)["name"] == "\x1b]0;owned\x07=cmd\u202e\n|x"


def test_a_spreadsheet_runs_nothing(cli: Run, demo_server: LiveDemo) -> None:
    made = {"name": "=HYPERLINK(1)", "tels_attributes": [{"name": "+49 1", "atype": "office"}]}
    id_ = demo_server.ask("POST", "/api/companies", {"company": made})["company"]["id"]
    asked = ("list", "companies", f"id:{id_}", "--csv", "--columns", "name,phone")

    assert cli(*asked).out == "name,phone\r\n'=HYPERLINK(1),+49 1\r\n"
    assert cli(*asked, "--raw").out == "name,phone\r\n=HYPERLINK(1),+49 1\r\n"


def test_offline_answers_from_the_store_alone(cli: Run, demo_server: LiveDemo) -> None:
    assert cli("list", "people", "--offline").out == ""
    online = cli("list", "people", "--columns", "id").out.split()
    assert len(online) == demo_server.people
    demo_server.fail({"kind": "drop"})

    offline = cli("list", "people", "--offline", "--columns", "id")
    assert (offline.code, sorted(offline.out.split())) == (0, sorted(online))
    assert cli("show", "people", online[0], "--offline", "--json").code == 0
    there = cli("list", "people", "--offline", "--columns", "city", "--sort", "-city").out
    cities = [one for one in there.splitlines() if one]
    assert len(cities) > 10
    assert [*map(fold, cities)] == sorted(map(fold, cities), reverse=True)


def test_tasks_come_by_when_they_are_due_with_and_without_a_line(
    cli: Run, demo_server: LiveDemo
) -> None:
    def asked(*arguments: str) -> list[dict[str, Any]]:
        mine = ("list", "tasks", "owner:me", "done:no", "--json")
        return json.loads(cli(*mine, *arguments).out)  # type: ignore[no-any-return]

    tasks = asked()
    assert len(tasks) > 10
    assert tasks == sorted(tasks, key=lambda it: (it["due"] is None, it["due"]))
    late = asked("due<now")
    assert late == tasks[: len(late)]
    assert 0 < len(late) < len(tasks)
    days = [one["due"] for one in tasks if one["due"]]
    assert [one["due"] for one in asked("--sort", "-due", "--limit", "2")] == days[:-3:-1]
    demo_server.fail({"kind": "drop"})
    assert [one["due"] for one in asked("--offline")] == [one["due"] for one in tasks]


def test_the_help_names_what_the_views_of_tasks_show(cli: Run) -> None:
    said = " ".join(cli("list", "--help").out.split())
    assert "list tasks owner:me done:no, with 'due<now', due:today or due:week" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "persons"), "There is nothing called “persons”. There are: people, companies"),
        (("list",), "RESOURCE"),
        (("list", "people", "citty:Köln"), "The filter at character 1, “citty:Köln”: people have"),
        (("list", "people", "--columns", "shoe"), "There is no column “shoe”. There are: id"),
        (("list", "people", "--jsom"), "There is no option --jsom"),
        (("list", "people", "--json", "--jsonl"), "not allowed with"),
        (("show", "people"), "ID"),
        (("show", "people", "../user"), "“../user” is no id"),
    ],
)
def test_bad_usage_is_a_sentence(cli: Run, arguments: tuple[str, ...], said: str) -> None:
    ended = cli(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "status", "status": 401}, 3),
        ({"kind": "status", "status": 403}, 1),
        ({"kind": "nonsense"}, 1),
    ],
)
def test_failures_have_codes(
    cli: Run, demo_server: LiveDemo, fault: dict[str, Any], code: int
) -> None:
    demo_server.fail({"path": "/people", **fault})
    said = cli("list", "people")

    assert (said.code, said.out) == (code, "")
    assert said.err.startswith("csc-tui: ")
    assert said.err.count("\n") == 1


def test_a_server_that_orders_a_long_wait_is_not_waited_for(
    cli: Run, demo_server: LiveDemo
) -> None:
    wait = {"Retry-After": "600"}
    demo_server.fail({"kind": "status", "status": 429, "headers": wait, "path": "/people"})
    said = cli("list", "people")

    assert (said.code, said.out) == (5, "")
    assert "429" in said.err


def test_without_a_line(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSC_TUI_URL", "http://127.0.0.1:9")
    said = cli("list", "people")

    assert (said.code, said.out) == (4, "")


def test_show_prints_what_the_screen_shows(cli: Run, demo_server: LiveDemo) -> None:
    person = {
        "name": "Zwölfer",
        "first_name": "Ida",
        "tels_attributes": [{"name": "+49 221 99", "atype": "mobile"}],
        "addrs_attributes": [{"city": "Köln", "country_code": "DE", "atype": "work"}],
    }
    id_ = demo_server.ask("POST", "/api/people", {"person": person})["person"]["id"]
    said = cli("show", "people", str(id_))

    assert said.code == 0
    assert said.out.splitlines()[0] == "Ida Zwölfer"
    assert "Phone (mobile)\t+49 221 99\n" in said.out
    assert "Address (work)\tKöln, DE\n" in said.out


def test_show_takes_ids_from_a_pipe_and_names_those_that_are_gone(
    cli: Run, demo_server: LiveDemo
) -> None:
    ids = cli("list", "people", "--limit", "3", "--columns", "id").out.split()
    demo_server.forget()
    said = cli("show", "people", "-", "--jsonl", text="\n".join([*ids, "1", ids[0]]))

    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ids
    assert (said.code, said.err) == (1, "csc-tui: There is no person 1.\n")
    assert len(demo_server.requests()) == 2  # all in one, then the missing one by itself


def test_what_can_be_no_id_keeps_no_other_record_from_being_shown(cli: Run) -> None:
    (id_,) = cli("list", "people", "--limit", "1", "--columns", "id").out.split()
    said = cli("show", "people", id_, "extra", "--jsonl")

    assert [json.loads(line)["id"] for line in said.out.splitlines()] == [id_]
    assert (said.code, said.err) == (1, "csc-tui: There is no person extra.\n")


NOT_FOR_READING = (
    *("httpx", "email", "importlib.metadata", "zipfile"),
    *("textual", "rich", "click", "tomlkit", "uvicorn", "csc_tui.ui", "csc_tui.demo"),
    *("csc_tui.services.outbox", "csc_tui.services.sync", "csc_tui.store.edits"),
    *("csc_tui.crm.concord", "csc_tui.domain.filter", "csc_tui.domain.subject"),
    *("csc_tui.domain.typed", "csc_tui.domain.markup", "csc_tui.crm.centralstation.writing"),
    *("csc_tui.crm.centralstation.ventures", "csc_tui.crm.centralstation.tasks"),
    *("csc_tui.domain.countries", "csc_tui.domain.languages", "csc_tui.services.gone"),
    *("html", "csv"),
)
"""What would hold up the first line of a list."""


def test_a_list_begins_without_the_screen_and_the_outbox(env: Mapping[str, str]) -> None:
    code = (
        "import sys; from csc_tui.cli import main; main(sys.argv[1:]); print(*sys.modules);"
        "from csc_tui.crm.centralstation import models, ventures;"
        "print(models.Person.__pydantic_complete__, ventures.Deal.__pydantic_complete__)"
    )
    command = [sys.executable, "-c", code, "list", "people", "--jsonl", "--limit", "1"]
    for _ in range(2):  # the first start keeps what there is, the next need not look
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    line, modules, ready = done.stdout.splitlines()

    assert json.loads(line)["id"]
    assert "httpcore" in modules.split()
    assert not set(NOT_FOR_READING) & set(modules.split())
    assert ready == "True False"  # what validates a deal is made when the first one is read


def test_a_closed_pipe_ends_it_quietly(env: Mapping[str, str], demo_server: LiveDemo) -> None:
    demo_server.forget()
    command = [sys.executable, "-m", "csc_tui", "list", "people", "--jsonl"]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["resource"] == "people"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert len(demo_server.requests()) < demo_server.people / 250


def test_a_terminal_gets_a_table(env: Mapping[str, str], hostile: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "csc_tui", "list", "companies", f"id:{hostile}"]
    with subprocess.Popen(command, env=env, stdout=theirs, stderr=theirs, stdin=theirs):
        os.close(theirs)
        out = b""
        while True:
            try:
                out += os.read(ours, 4096)
            except OSError:
                break
    os.close(ours)
    plan, heads, row, found = out.decode().splitlines()

    assert plan.startswith(f"Id = {hostile}: ")
    assert plan.endswith("checked here")
    assert heads.startswith("Name  ")
    assert row.startswith("␛]0;owned␇=cmd |x")
    assert found.startswith("1 of ")
    assert not {b"\x1b", b"\x07"} & {bytes([one]) for one in out}


FIRST_ANSWER = """
import gc, sys
imported = []
sys.addaudithook(
    lambda event, args: event == "import"
    and args[0] == "csc_tui.cli.records"
    and imported.append(gc.isenabled())
)
from csc_tui.crm.centralstation.adapter import CentralStationAdapter
kept = CentralStationAdapter.read_page
ready = []
def read_page(self, resource, response):
    models = [one.model for one in self.resources().values()]
    ready.append([one.__name__ for one in models if one.__pydantic_complete__])
    return kept(self, resource, response)
CentralStationAdapter.read_page = read_page
from csc_tui.cli import main
code = main(["list", "companies", "--jsonl", "--limit", "1"])
print(code, imported, ready[0], gc.isenabled(), "textual" in sys.modules)
"""


def test_the_servers_time_is_used_for_the_model_that_its_answer_needs(env: dict[str, str]) -> None:
    """And what is imported until then is looked through for garbage by nobody."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_ANSWER], env=env, capture_output=True, text=True, check=True
    )

    record, told = done.stdout.splitlines()
    assert json.loads(record)["id"]
    assert told == "0 [False] ['Company'] True False"


ASKED_FIRST = """
import sys
told = []
def hook(event, args):
    if event == "socket.connect":
        told.append("asked")
    elif event == "import" and args[0] in ("pydantic", "pydantic_core"):
        told.append("pydantic")
sys.addaudithook(hook)
from csc_tui.cli import main
code = main(sys.argv[1:])
print(code, *dict.fromkeys(told))
"""


@pytest.mark.parametrize("resource", ["people", "Company", "tasks"])
def test_a_list_is_asked_for_before_anything_could_read_it(
    cli: Run, env: dict[str, str], demo_server: LiveDemo, resource: str
) -> None:
    """By what the last start has kept; and nothing is asked for that would not be."""
    asked = ("list", resource, "--jsonl", "--limit", "3")
    demo_server.forget()
    before, first_time = cli(*asked).out, demo_server.requests()
    demo_server.forget()
    done = subprocess.run(
        [sys.executable, "-c", ASKED_FIRST, *asked],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    *lines, told = done.stdout.splitlines(keepends=True)
    assert "".join(lines) == before
    assert told == "0 asked pydantic\n"
    assert demo_server.requests() == first_time


@pytest.mark.parametrize(
    "more", [("tag:messe",), ("--columns", "id"), ("--offline",), ("--sort", "size")]
)
def test_what_need_not_be_the_whole_list_is_not_asked_for_ahead(
    cli: Run, demo_server: LiveDemo, more: tuple[str, ...]
) -> None:
    cli("list", "people", "--limit", "1")
    demo_server.forget()
    cli("list", "people", "--limit", "1", *more)

    whole = [one for one in demo_server.requests() if "/people?" in one]
    assert len(whole) == (0 if more[0] in ("--offline", "--sort") else 1)


def test_what_goes_wrong_ahead_is_said_as_ever(cli: Run, demo_server: LiveDemo) -> None:
    cli("list", "people", "--limit", "1")
    demo_server.fail({"kind": "status", "status": 401, "path": "/people"})
    said = cli("list", "people", "--jsonl")

    assert (said.code, said.out) == (3, "")
    assert said.err.count("\n") == 1
