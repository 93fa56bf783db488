from __future__ import annotations

import os
import pty
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from csc_tui.cli.demo_child import demo_key, running_demo
from csc_tui.cli.login import suggested_name
from csc_tui.config.config_file import save_profile
from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import resolve
from csc_tui.config.settings import Profile, Settings, load_settings
from tests.live_demo import PATIENCE

Run = Callable[..., Any]
SMALL = ("--people", "20", "--companies", "5")


@pytest.fixture
def demo(paths: Paths, env: Mapping[str, str]) -> Iterator[str]:
    with running_demo(paths, SMALL, env, lambda: None) as url:
        yield url


def test_who_logs_in_has_a_profile_with_key_and_can_open_it(
    cli: Run, paths: Paths, demo: str
) -> None:
    key = demo_key(paths).reveal()

    said = cli("login", "here", text=f"  {demo}/people/42?x=1#frag \n {key} \r\n")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Connected as ")
    assert said.out.endswith("Open it with: csc-tui --profile here\n")
    settings = load_settings(paths)
    assert settings.default_profile == "here"
    assert settings.profiles["here"] == Profile(url=demo, demo=True)
    assert paths.key_file("here").stat().st_mode & 0o777 == 0o600
    assert key not in paths.config_file.read_text()
    account = resolve(settings, paths, {})
    assert account is not None
    assert account.secret.reveal() == key


@pytest.fixture
def concord(paths: Paths, env: Mapping[str, str]) -> Iterator[str]:
    with running_demo(paths, ("--dialect", "concord", *SMALL), env, lambda: None) as url:
        yield url


@pytest.mark.parametrize("said", [[], ["--backend", "concord"]])
def test_which_crm_it_is_is_found_out_or_said(
    cli: Run, paths: Paths, concord: str, said: list[str]
) -> None:
    key = demo_key(paths).reveal()

    done = cli("login", "second", *said, text=f"{concord}\n{key}\n")

    assert (done.code, done.err) == (0, "")
    assert load_settings(paths).profiles["second"].backend == "concord"


def test_the_wrong_crm_is_named(cli: Run, paths: Paths, concord: str) -> None:
    key = demo_key(paths).reveal()

    done = cli("login", "x", "--backend", "centralstation", text=f"{concord}\n{key}\n")

    assert done.code != 0
    assert load_settings(paths).profiles == {}


def test_a_key_of_the_other_crm_is_asked_about(
    cli: Run, demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused it says more than that it is wrong: its form tells whose it may be."""
    token = "12|7RrLmZ5uVtB8aQ"
    question = "Is this a key of Concord CRM?"

    done = cli("login", "x", "--backend", "centralstation", text=f"{demo}\n{token}\n")
    assert (done.code, question in done.err) == (3, True)
    monkeypatch.setenv("CSC_TUI_URL", demo)
    monkeypatch.setenv("CSC_TUI_API_KEY", token)
    assert question in cli("list", "people").err
    assert question in cli("doctor").out
    monkeypatch.setenv("CSC_TUI_API_KEY", "0123456789abcdef")
    refused = cli("list", "people")
    assert (refused.code, "Is this a key of" in refused.err) == (3, False)


def test_accounts_of_both_kinds_stand_side_by_side(
    cli: Run, paths: Paths, concord: str, demo: str
) -> None:
    key = demo_key(paths).reveal()
    cli("login", "one", text=f"{demo}\n{key}\n")
    cli("login", "other", text=f"{concord}\n{key}\n")

    kinds = {name: one.backend for name, one in load_settings(paths).profiles.items()}
    assert kinds == {"one": "centralstation", "other": "concord"}
    accounts = [resolve(load_settings(paths), paths, {}, profile=name) for name in kinds]
    folders = {one.folder_id for one in accounts if one is not None}
    assert folders == {"one", "other"}


def test_without_a_name_one_is_suggested(cli: Run, paths: Paths, demo: str) -> None:
    key = demo_key(paths).reveal()

    assert cli("login", text=f"{demo}\n{key}\n").code == 0
    assert cli("login", text=f"{demo}\n{key}\n\n").code == 0
    assert cli("login", text=f"{demo}\n{key}\nmine\n").code == 0

    assert list(load_settings(paths).profiles) == ["demo", "demo2", "mine"]


def test_a_name_is_suggested_from_the_host() -> None:
    taken = Settings(profiles={"acme": Profile(url="https://x.example")})

    for url, name in (
        ("https://acme.centralstationcrm.net", "acme2"),
        ("https://Brandt-GmbH.centralstationcrm.net", "brandt-gmbh"),
        ("https://[2001:db8::1]", "2001db81"),
        ("http://127.0.0.1:8080", "demo"),
        ("https://_.example", "crm"),
    ):
        assert suggested_name(origin_of(url), taken) == name


def test_doctor_reaches_the_crm_with_the_saved_key(cli: Run, paths: Paths, demo: str) -> None:
    cli("login", "here", text=f"{demo}\n{demo_key(paths).reveal()}\n")

    good = cli("doctor")
    paths.key_file("here").write_text("wrong\n")
    bad = cli("doctor")

    assert good.code == 0
    assert "connected as " in good.out
    assert bad.code == 1
    assert "The key was refused (401)" in bad.out


def test_a_refused_key_is_said_and_nothing_is_saved(cli: Run, paths: Paths, demo: str) -> None:
    said = cli("login", "here", text=f"{demo}\nwrong-canary\n")

    assert said.code == 3
    assert said.err == (
        "csc-tui: The key was refused (401). The address answers; so the key is wrong or has been "
        "withdrawn. Nothing was saved.\n"
    )
    assert not paths.config.exists()


def test_nobody_at_the_address_is_said_with_its_exit_code(cli: Run, paths: Paths) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"

        said = cli("login", "here", text=f"{url}\nkey\n")

    assert said.code == 4
    assert "refuses the connection" in said.err
    assert "Nothing was saved." in said.err
    assert not paths.config.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("http://crm.example\nkey\n", "https://"),
        ("\n", "The address is empty"),
        ("https://crm.example\n\n", "The API key is empty"),
        ("https://crm.example\na b\n", "cannot be an API key"),
        ("https://crm.example\nkey\nNo Name\n", "cannot be a profile’s name"),
    ],
)
def test_answers_that_cannot_be_are_refused_before_anything_is_sent(
    cli: Run, paths: Paths, text: str, words: str
) -> None:
    said = cli("login", text=text)

    assert said.code == 2
    assert words in said.err
    assert said.err.count("\n") == 1
    assert not paths.config.exists()


def test_a_new_key_for_a_profile_keeps_its_other_settings(
    cli: Run, paths: Paths, demo: str
) -> None:
    save_profile(
        paths, "here", {"url": demo, "read_only": True, "key_command": ["false"], "demo": True}
    )

    said = cli("login", "here", text=f"\n{demo_key(paths).reveal()}\n")

    assert said.code == 0
    assert load_settings(paths).profiles["here"] == Profile(url=demo, read_only=True, demo=True)


def test_a_full_disk_keeps_the_old_settings_and_no_key(
    env: Mapping[str, str], paths: Paths, demo: str
) -> None:
    save_profile(paths, "acme", {"url": "https://acme.example"})
    before = paths.config_file.read_text()
    full = (
        "import resource, sys; from csc_tui.cli import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", full, "login", "here"],
        env=env,
        input=f"{demo}\n{demo_key(paths).reveal()}\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "could not be written: File too large" in done.stderr
    assert paths.config_file.read_text() == before
    assert sorted(one.name for one in paths.config.iterdir()) == ["config.toml"]


def until(leader: int, words: bytes) -> bytes:
    """What the terminal shows until `words` are among it."""
    shown = b""
    deadline = time.monotonic() + PATIENCE
    while words not in shown:
        assert select.select([leader], [], [], deadline - time.monotonic())[0], shown
        shown += os.read(leader, 4096)
    return shown


def test_on_a_terminal_the_key_is_not_shown(
    env: Mapping[str, str], paths: Paths, demo: str, tmp_path: Path
) -> None:
    key = demo_key(paths).reveal()
    process, leader = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, "-m", "csc_tui", "login"], dict(env))
    shown = until(leader, b"Address of the CRM: ")
    os.write(leader, demo.encode() + b"\n")
    shown += until(leader, b"API key (not shown): ")
    os.write(leader, key.encode() + b"\n")
    shown += until(leader, b"Name of the profile [demo]: ")
    os.write(leader, b"\n")
    shown += until(leader, b"Open it with: csc-tui --profile demo")
    _, status = os.waitpid(process, 0)
    os.close(leader)

    assert os.waitstatus_to_exitcode(status) == 0
    assert key.encode() not in shown
    assert list(load_settings(paths).profiles) == ["demo"]
