from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from csc_tui.cli.demo_account import demo_account, forget_older_world
from csc_tui.cli.demo_child import DemoError, demo_key, prove, running_demo
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.config.secrets import Secret
from csc_tui.config.settings import Settings
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from csc_tui.session import open_desk, wake
from tests.live_demo import PATIENCE
from tests.live_desk import until

SMALL = ("--people", "20", "--companies", "5")


def never() -> None:
    """The tests' worlds are small."""


def status(url: str, key: str | None) -> int:
    host, _, port = url.removeprefix("http://").partition(":")
    line = HTTPConnection(host, int(port), timeout=PATIENCE)
    headers = {"X-apikey": key} if key else {}
    line.request("GET", "/api/people/count.json", headers=headers)
    return line.getresponse().status


class Stranger(BaseHTTPRequestHandler):
    """Some other program that listens where the demo is expected."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"proof": "' + b"0" * 64 + b'"}')

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@pytest.fixture
def stranger() -> Iterator[str]:
    Stranger.seen = []
    server = HTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_demo_runs_while_it_is_used_and_answers_to_its_key_alone(
    paths: Paths, env: Mapping[str, str]
) -> None:
    with running_demo(paths, SMALL, env, never) as url:
        key = demo_key(paths).reveal()
        assert status(url, key) == 200
        assert status(url, None) == 401
        assert status(url, key[::-1]) == 401

    with pytest.raises(ConnectionRefusedError):
        status(url, key)


def test_the_key_is_kept_and_stands_on_no_command_line(
    paths: Paths, env: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = demo_key(paths).reveal()
    lines = []
    with running_demo(paths, SMALL, {**env, "CSC_TUI_API_KEY": "canary"}, never):
        for process in Path("/proc").glob("[0-9]*"):
            if process.joinpath("stat").exists():
                parent = process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == os.getpid():
                    lines.append(process.joinpath("cmdline").read_text())
                    lines.append(process.joinpath("environ").read_text())

    told = "".join(lines)
    assert "csc_tui.demo" in told
    assert key not in told
    assert "canary" not in told
    assert demo_key(paths).reveal() == key
    assert (paths.demo / "key").stat().st_mode & 0o777 == 0o600
    assert paths.demo.stat().st_mode & 0o777 == 0o700


def test_who_cannot_prove_to_be_the_demo_gets_no_key(
    paths: Paths, env: Mapping[str, str], stranger: str
) -> None:
    with running_demo(paths, SMALL, env, never) as url:
        prove(url, paths.demo)

    with pytest.raises(DemoError, match=f"What answers at {stranger} is not the demo"):
        prove(stranger, paths.demo)

    assert [path.partition("=")[0] for path in Stranger.seen] == ["/demo/proof?challenge"]


def test_nobody_answering_is_no_proof(paths: Paths) -> None:
    demo_key(paths)
    (paths.demo / "nonce").write_bytes(b"n")
    (paths.demo / "nonce").chmod(0o600)

    with pytest.raises(DemoError):
        prove("http://127.0.0.1:9", paths.demo)


def test_without_a_nonce_nothing_is_proven(paths: Paths, stranger: str) -> None:
    demo_key(paths)

    with pytest.raises(DemoError):
        prove(stranger, paths.demo)


def test_a_server_that_does_not_start_says_why(paths: Paths, env: Mapping[str, str]) -> None:
    demo_key(paths)
    (paths.demo / "centralstation.sqlite3").mkdir()  # where a file of the server's should be
    with (
        pytest.raises(DemoError, match="could not be started: "),
        running_demo(paths, SMALL, env, never),
    ):
        pass


@pytest.mark.parametrize("switches", [("--frobnicate",), ("--fault", "bogus")])
def test_switches_that_the_server_does_not_understand_are_bad_usage(
    paths: Paths, env: Mapping[str, str], switches: tuple[str, ...]
) -> None:
    with (
        pytest.raises(ConfigError, match=rf"{switches[0]}.*See: csc-tui demo --help") as refused,
        running_demo(paths, switches, env, never),
    ):
        pass
    assert refused.value.code == 2


def test_a_demo_key_that_others_can_read_is_refused(paths: Paths) -> None:
    demo_key(paths)
    (paths.demo / "key").chmod(0o644)

    with pytest.raises(ConfigError, match="chmod 600"):
        demo_key(paths)


@pytest.mark.parametrize("dialect", ["centralstation", "concord"])
def test_what_is_stored_of_an_older_world_is_forgotten(
    paths: Paths, env: Mapping[str, str], dialect: str
) -> None:
    kept = paths.account_cache(f"demo.{dialect}") / "cache.sqlite3"
    for switches, stays in ((SMALL, False), (SMALL, True), ((*SMALL, "--reset"), False)):
        with running_demo(paths, ("--dialect", dialect, *switches), env, never) as url:
            account = demo_account(Settings(), paths, env, url, dialect)
            paths.prepare(account.folder_id)
            kept.write_text("people")
            forget_older_world(paths, account)
        assert kept.exists() == stays


@pytest.mark.parametrize(
    ("dialect", "people"), [("centralstation", "people"), ("concord", "contacts")]
)
async def test_the_demo_is_one_account_whatever_its_port(
    paths: Paths, env: Mapping[str, str], dialect: str, people: str
) -> None:
    for port in ("one", "another"):
        with running_demo(paths, ("--dialect", dialect, *SMALL), env, never) as url:
            account = demo_account(Settings(), paths, env, url, dialect)
            desk = open_desk(account, paths)
            await wake(desk, account, paths)
            name = {"first_name": "Anna", "last_name": f"Berg {port}"}
            change = Change(Verb.CREATE, Ref(people, ""), values=name)
            await desk.edits.submit([change], None, title="x")
            await until(desk, lambda desk=desk: desk.outbox == 0)
            assert desk.foreign is None
            await desk.close()


def test_the_key_type_of_the_demo_is_a_secret(paths: Paths) -> None:
    assert isinstance(demo_key(paths), Secret)
    assert repr(argparse.Namespace(key=demo_key(paths))) == "Namespace(key=***)"
