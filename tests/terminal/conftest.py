"""Terminals with the program in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.live_demo import ROOT, LiveDemo, running_demo
from tests.terminal.terminal import OPEN, Terminal, program


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails says what stands on its terminals."""
    report = yield
    if report.failed and call.when == "call":
        report.sections += [("terminal", one.report()) for one in OPEN]
    return report


Opener = Callable[..., Terminal]
"""opener(*arguments, columns=80, rows=24, **environment) -> Terminal"""


@pytest.fixture(scope="session")
def shared_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """The default world for pty tests alone: nobody makes or deletes a record there.

    A test that does takes `own_demo`.
    """
    folder = tmp_path_factory.mktemp("seen") / "demo"
    with running_demo(folder, "--limit", "100000", "--today", "2026-11-20") as server:
        yield server


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, str]:
    """An environment without anything of this machine's user: own folders, UTF-8, 256 colours."""
    env = {name: value for name, value in os.environ.items() if name.startswith("COV")}
    for kind in ("config", "data", "state", "cache"):
        env[f"XDG_{kind.upper()}_HOME"] = str(tmp_path / kind)
    home = tmp_path / "home"
    home.mkdir()
    return env | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
    }


@pytest.fixture
def terminal(folders: dict[str, str]) -> Iterator[Opener]:
    """Opens the program without any account; see `account` for one on the demo server.

    A value of None takes a variable out of the environment.
    """
    with ExitStack() as stack:

        def opener(
            *arguments: str, columns: int = 80, rows: int = 24, **environment: Any
        ) -> Terminal:
            env = {k: v for k, v in (folders | environment).items() if v is not None}
            one = Terminal(
                program(*arguments), env, columns=columns, rows=rows, folder=Path(folders["HOME"])
            )
            stack.callback(one.close)
            return one

        yield opener


@pytest.fixture
def account(terminal: Opener, demo_server: LiveDemo) -> Opener:
    """Opens the program on the demo server's account, by the environment; no filling."""

    def opener(*arguments: str, **more: Any) -> Terminal:
        return terminal(*arguments, **(environment_of(demo_server) | more))

    return opener


def first_of(demo: LiveDemo) -> dict[str, Any]:
    """The person who stands first in the list."""
    person: dict[str, Any] = demo.ask("GET", "/api/people?perpage=1&order=abc-asc")[0]["person"]
    return person


@pytest.fixture
def as_before(demo_server: LiveDemo) -> Iterator[None]:
    """What the test writes into the first person is put back: others know him by heart."""
    person = first_of(demo_server)
    yield
    before = {name: person[name] for name in ("title", "background")}
    demo_server.ask("PUT", f"/api/people/{person['id']}", {"person": before})


def environment_of(server: LiveDemo) -> dict[str, str]:
    """The variables that name a server's account."""
    return {
        "CSC_TUI_BACKEND": server.dialect,
        "CSC_TUI_URL": server.url,
        "CSC_TUI_API_KEY": server.key,
        "CSC_TUI_FILL": "0",
    }


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Callable[..., LiveDemo]]:
    """Starts a server of the test's own, with these options; its people may be changed."""
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(running_demo(tmp_path / "crm", *options))
