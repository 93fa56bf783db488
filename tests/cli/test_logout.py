from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from csc_tui.config.config_file import save_profile
from csc_tui.config.origin import origin_of
from csc_tui.config.paths import Paths
from csc_tui.config.secrets import Secret, save_key
from csc_tui.config.settings import load_settings
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.form_text import FormText
from csc_tui.store.edits import EditStore
from csc_tui.store.edits_file import FILE

Run = Callable[..., Any]
URL = "https://acme.example"


@pytest.fixture
def two(paths: Paths) -> Paths:
    """Two profiles that were used."""
    for name in ("acme", "brandt"):
        save_profile(paths, name, {"url": URL})
        save_key(paths, name, Secret("canary"), origin_of(URL))
        paths.prepare(name)
        (paths.account_cache(name) / "cache.sqlite3").write_text("people")
        (paths.account_state(name) / "log").write_text("log")
    return paths


def left_of(paths: Paths, name: str) -> list[str]:
    roots = (paths.config, paths.data, paths.state, paths.cache)
    return [str(one) for root in roots for one in root.rglob("*") if name in one.name]


def test_everything_of_the_profile_goes_and_of_no_other(cli: Run, two: Paths) -> None:
    others = left_of(two, "brandt")

    said = cli("logout", "acme")

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "acme and all its data here are removed. Come back with: csc-tui login acme\n"
    )
    assert left_of(two, "acme") == []
    assert left_of(two, "brandt") == others
    assert list(load_settings(two).profiles) == ["brandt"]
    assert "profiles.acme" not in two.config_file.read_text()


def keep_drafts(paths: Paths, count: int) -> None:
    """Forms that were typed and not sent."""

    async def keep() -> None:
        edits = EditStore(paths.account_data("acme"), SystemClock())
        for number in range(count):
            form = FormText(f"people/{number}", "Müller", 0.0, {"last_name": "Müller"})
            await edits.save_draft(form)
        await edits.close()

    asyncio.run(keep())


def test_what_is_unsent_is_said_first(cli: Run, two: Paths) -> None:
    keep_drafts(two, 1)

    said = cli("logout", "acme")

    assert said.code == 0
    assert "acme has 1 form that the CRM has not confirmed" in said.out
    assert left_of(two, "acme") == []


def test_an_outbox_that_cannot_be_read_is_not_called_empty(cli: Run, two: Paths) -> None:
    keep_drafts(two, 1)
    (two.account_data("acme") / FILE).write_bytes(b"no database" * 100)

    said = cli("logout", "acme")

    assert said.code == 0
    assert "The outbox of acme is damaged and cannot be read" in said.out


def on_a_terminal(env: dict[str, str], answer: str, *options: str) -> tuple[int, str]:
    """`logout acme`, answered there: its exit code and what stood on the terminal."""
    leader, follower = pty.openpty()
    os.write(leader, answer.encode())
    done = subprocess.run(
        [sys.executable, "-m", "csc_tui", "logout", "acme", *options],
        env=env,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        check=False,
    )
    os.close(follower)
    shown = os.read(leader, 10_000).decode()
    os.close(leader)
    return done.returncode, shown


@pytest.mark.parametrize(("answer", "code", "gone"), [("n\n", 1, False), ("y\n", 0, True)])
def test_on_a_terminal_unsent_text_asks(
    env: dict[str, str], two: Paths, answer: str, code: int, *, gone: bool
) -> None:
    keep_drafts(two, 2)

    found, shown = on_a_terminal(env, answer)

    assert found == code
    assert "acme has 2 forms that the CRM has not confirmed" in shown
    assert ("acme" not in load_settings(two).profiles) == gone


def test_on_a_terminal_it_asks_also_where_nothing_is_lost(env: dict[str, str], two: Paths) -> None:
    found, shown = on_a_terminal(env, "\n")

    assert found == 1
    assert "Remove acme with its key and all its data from here? y/N" in shown
    assert "Nothing was removed." in shown
    assert left_of(two, "acme")


def test_whoever_has_said_yes_is_not_asked(env: dict[str, str], two: Paths) -> None:
    keep_drafts(two, 1)

    found, shown = on_a_terminal(env, "", "--yes")

    assert found == 0
    assert "y/N" not in shown
    assert left_of(two, "acme") == []


def test_data_of_a_profile_that_was_taken_out_by_hand_still_go(cli: Run, two: Paths) -> None:
    two.config_file.write_text("")

    assert cli("logout", "acme").code == 0
    assert left_of(two, "acme") == []
