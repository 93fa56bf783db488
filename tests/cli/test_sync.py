"""`csc-tui sync`: what it says and how it ends, as a program of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csc_tui.config.account import environment_folder
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.query import Query
from csc_tui.store.store import Store
from tests.live_demo import LiveDemo

Run = Callable[..., Any]


@pytest.fixture
def account(demo_server: LiveDemo) -> dict[str, str]:
    """What names the demo's account in the environment."""
    return {"CSC_TUI_URL": demo_server.url, "CSC_TUI_API_KEY": demo_server.key}


def here(paths: Paths, demo: LiveDemo) -> tuple[int, int]:
    """People that the program has left in its store, and pages of their list."""
    folder = environment_folder("centralstation", demo.url, Secret(demo.key))

    async def look() -> tuple[int, int]:
        store = Store.open(paths.account_cache(folder), SystemClock())
        pages = await store.pages_since(Query("people").key, 1.0)
        people = await store.how_many("people")
        await store.close()
        return people, len(pages)

    return asyncio.run(look())


def test_it_says_what_it_costs_and_what_it_did(
    program: Run, account: dict[str, str], paths: Paths, demo_server: LiveDemo
) -> None:
    said = program("sync", "people", **account)
    assert said.code == 0
    assert said.err == "people: 2,400 to fetch, requests: 13, ~1 s, ~7.2 MB\n"
    assert said.out.startswith("people: 2,400 fetched, 0 removed, 2,400 here, requests: ")
    assert here(paths, demo_server) == (2_400, 10)
    again = program("sync", "people", "--json", **account)
    assert " of 2,400 have changed, " in again.err
    (found,) = json.loads(again.out)
    assert (found["mode"], found["complete"]) == ("delta", True)
    assert found["records"] < 250  # what other tests have changed in the last minute
    # Not a word to the CRM but about people, and nothing was written.
    assert all(one.startswith("GET /api/people") for one in demo_server.requests())


def test_a_forecast_fetches_nothing(
    program: Run, account: dict[str, str], demo_server: LiveDemo
) -> None:
    said = program("sync", "--forecast", "--json", **account)
    assert said.code == 0
    found = {one["resource"]: one["records"] for one in json.loads(said.out)}
    tabs = ["people", "companies", "deals", "projects"]
    asked = demo_server.requests()
    assert asked[:4] == [f"GET /api/{name}/count" for name in tabs]
    # How many tasks there are is not told: they are counted, without what hangs on them.
    pages = found["tasks"] // 250 + 1
    order = "perpage=250&order=id-asc"
    assert asked[4:] == [f"GET /api/tasks?page={one}&{order}" for one in range(1, pages + 1)]
    assert list(found) == [*tabs, "tasks"]
    assert (found["people"], found["companies"]) == (2_400, 600)


def test_a_part_by_its_tag(program: Run, account: dict[str, str], demo_server: LiveDemo) -> None:
    person = {"name": "Probe", "tags_attributes": [{"name": "Sondertag"}]}
    demo_server.ask("POST", "/api/people", {"person": person})
    said = program("sync", "people", "--tag", "Sondertag", "--since", "01.01.2026", **account)
    assert said.out.startswith("people: 1 fetched, 0 removed, 1 here")


def test_a_part_by_a_filter(program: Run, account: dict[str, str], demo_server: LiveDemo) -> None:
    person = {"name": "Probe", "tags_attributes": [{"name": "Sonderfilter"}]}
    demo_server.ask("POST", "/api/people", {"person": person})
    wanted = ("--matching", "tag:sonderfilter created>2026-01-01")
    said = program("sync", "people", *wanted, **account)
    assert said.out.startswith("people: 1 fetched, 0 removed, 1 here")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["nobody"],
            "There is no nobody to synchronise. Known: people, companies, deals, projects, tasks.",
        ),
        (["--since", "gestern"], "--since gestern: That is no date."),
        (["people", "--matching", "citty:x"], "The filter at character 1, “citty:x”"),
    ],
)
def test_what_cannot_be_asked_is_said(
    program: Run, account: dict[str, str], arguments: list[str], sentence: str
) -> None:
    said = program("sync", *arguments, **account)
    assert said.code == 2
    assert said.err.startswith(f"csc-tui: {sentence}")
    assert said.out == ""


def test_without_an_account_it_says_how_to_name_one(cli: Run) -> None:
    said = cli("sync")
    assert said.code == 2
    assert "--profile" in said.err


def test_a_wrong_key_has_a_code_of_its_own(program: Run, account: dict[str, str]) -> None:
    said = program("sync", **{**account, "CSC_TUI_API_KEY": "wrong-key-altogether"})
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("csc-tui: ")
    assert said.err.count("\n") == 1


def test_a_dead_line_has_a_code_of_its_own(program: Run, account: dict[str, str]) -> None:
    said = program("sync", **{**account, "CSC_TUI_URL": "http://127.0.0.1:9"})
    assert (said.code, said.out) == (4, "")
    assert said.err.count("\n") == 1


def test_after_a_kill_it_goes_on_where_it_was(
    env: dict[str, str],
    program: Run,
    account: dict[str, str],
    paths: Paths,
    demo_server: LiveDemo,
    tmp_path: Path,
) -> None:
    demo_server.fail({"kind": "latency", "path": "/people", "seconds": 2.0})
    command = [sys.executable, "-m", "csc_tui", "sync", "people"]
    first = subprocess.Popen(command, env=env | account, cwd=tmp_path, stderr=subprocess.DEVNULL)
    while here(paths, demo_server)[1] == 0:  # the next pages come two seconds later
        assert first.poll() is None
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    demo_server.fail()
    people, pages = here(paths, demo_server)
    assert 0 < people == pages * 250 < 2_400
    demo_server.forget()
    second = program("sync", "people", **account)
    assert second.code == 0
    assert f"goes on, {2_400 - people:,} of 2,400 to fetch" in second.err
    assert here(paths, demo_server) == (2_400, 10)
    fetched = [one for one in demo_server.requests() if "order=abc-asc" in one]
    assert len(fetched) == 10 - pages


def test_no_toolkit_of_screens_is_loaded(
    env: dict[str, str], account: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "import sys; from csc_tui.cli import main; code = main(['sync', 'people']);"
        " print(code, 'textual' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env | account, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "0 False"
