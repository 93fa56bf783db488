"""`o`: the record's page in the browser here, its address copied where nobody sits."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.test_list import opened


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that writes down what it was started with, one argument a line."""
    script = tmp_path / "browser"
    script.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/seen.new\nenv >> {tmp_path}/seen.new\n'
        f"mv {tmp_path}/seen.new {tmp_path}/seen\n"
    )
    script.chmod(0o700)
    return script


def test_the_browser_gets_the_address_alone_and_no_key(
    account: Opener, demo_server: LiveDemo, browser: Path
) -> None:
    screen = opened(account, BROWSER=f"{browser} --new-tab")
    screen.press("o")
    screen.wait_for(f"opened in the browser: {demo_server.url.removeprefix('http://')}")
    seen = browser.with_name("seen")
    screen.wait_for(lambda _: seen.exists())

    lines = seen.read_text().splitlines()
    first = demo_server.ask("GET", "/api/people?order=abc-asc&perpage=1")[0]["person"]["id"]
    assert lines[:2] == ["--new-tab", f"{demo_server.url}/people/{first}"]
    assert demo_server.key not in seen.read_text()


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_over_ssh_the_address_is_copied(
    account: Opener, demo_server: LiveDemo, browser: Path, variable: str
) -> None:
    screen = opened(account, BROWSER=str(browser), **{variable: "x"})
    screen.press("enter")
    screen.wait_for("› Abel, Frank")
    screen.press("o")
    screen.wait_for(f"sent to the terminal's clipboard: {demo_server.url}/people/")

    first = demo_server.ask("GET", "/api/people?order=abc-asc&perpage=1")[0]["person"]["id"]
    address = f"{demo_server.url}/people/{first}"
    assert b"\x1b]52;c;" + base64.b64encode(address.encode()) in screen.raw
    assert not browser.with_name("seen").exists()
