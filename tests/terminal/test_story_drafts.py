"""Typed text survives, by keys alone at 80x24: a closed terminal, a kill, no line, a refusal."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

import pytest

from tests.live_demo import PATIENCE, LiveDemo
from tests.outbox.server import Server
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_create import field, saved, writes


@pytest.fixture
def server(demo_server: LiveDemo) -> Server:
    return Server.of(demo_server)


def hang_up(screen: Terminal) -> None:
    screen.hang_up()
    assert screen.process.wait(PATIENCE) == 128 + signal.SIGHUP


def kill(screen: Terminal) -> None:
    screen.process.kill()
    screen.process.wait(PATIENCE)


def edited(screen: Terminal, title: str = "") -> None:
    """The form of Aabel, opened from the list; with the text of a draft if `title` is given."""
    screen.wait_for("› Aabel, Anne")
    screen.wait_for(lambda lines: "outbox " in lines[-1])
    screen.press("e")
    screen.wait_for("Aabel, Anne › Edit person")
    if title:
        screen.wait_for(f"[{title}")


def entries(screen: Terminal) -> int:
    """How many entries the outbox screen shows."""
    lines = screen.wait_for(lambda lines: "› Outbox" in lines[1] and lines[3].startswith("›"))
    return next(number for number, line in enumerate(lines[3:]) if not line.strip())


@pytest.mark.parametrize("end", [hang_up, kill])
def test_a_text_outlives_the_terminal_and_is_saved_later(
    account: Opener, server: Server, end: Callable[[Terminal], None]
) -> None:
    person = server.make("Aabel", first_name="Anne", title="Dr.")
    screen = account()
    edited(screen)
    field(screen, "title", "Prof. Dr.")
    screen.wait_for("1 changed; draft kept")
    screen.wait_for("1 draft")
    if end is hang_up:
        # What stands on the screen is kept, also without a pause behind it.
        screen.type(" h. c.")
        screen.wait_for("Prof. Dr. h. c.")
    end(screen)
    typed = "Prof. Dr. h. c." if end is hang_up else "Prof. Dr."
    server.forget()

    screen = account()
    screen.wait_for(lambda lines: "1 draft" in lines[-1])
    assert "outbox 0" in screen.line(-1)
    edited(screen, typed)
    assert re.search(r"Edit person \(draft of \d\d:\d\d\)", screen.line(1))
    assert "was Dr." in screen.text
    # The cursor is in the field that was typed in.
    screen.type("!")
    screen.wait_for(f"{typed}!")
    screen.press("backspace", "ctrl+s")
    saved(screen, server)
    screen.wait_for(lambda lines: "draft" not in lines[-1])
    assert writes(server) == [("PUT", f"/api/people/{person.id}", {"person": {"title": typed}})]


def test_a_draft_of_somebody_new_is_there_on_n_and_ctrl_r_throws_it_away(
    account: Opener, server: Server
) -> None:
    screen = account()
    screen.wait_for("row 1 of 2,400")
    screen.press("n")
    screen.wait_for("People › New person")
    field(screen, "last", "Aabel")
    screen.wait_for("draft kept")
    kill(screen)

    screen = account()
    screen.wait_for(lambda lines: "1 draft" in lines[-1])
    screen.press("n")
    screen.wait_for("New person (draft of")
    screen.wait_for("[Aabel")
    screen.press("ctrl+r")
    screen.wait_for("return to the server’s values? y/n")
    screen.press("y")
    screen.wait_gone("[Aabel")
    screen.press("escape")
    screen.wait_for("row 1 of 2,400")
    screen.wait_for(lambda lines: "draft" not in lines[-1])
    assert server.called("Aabel") == []
    assert writes(server) == []


def test_what_is_saved_without_a_line_waits_through_a_kill_and_goes_when_the_line_is_back(
    account: Opener, server: Server
) -> None:
    person = server.make("Aabel", first_name="Anne")
    screen = account()
    screen.wait_for("› Aabel, Anne")
    late = {"kind": "latency", "path": "**", "seconds": 2.0}
    server.fail(late, {"kind": "drop", "path": "**"})
    edited(screen)
    field(screen, "title", "Dr.")
    screen.press("ctrl+s")
    screen.wait_for("queued")
    screen.wait_for(lambda lines: "outbox 1" in lines[-1])
    screen.wait_for("offline")
    screen.wait_for("The connection to 127.0.0.1 was dropped.")
    assert "›~Aabel, Anne" in screen.cursor_line()
    kill(screen)
    assert not any(one["work"] for one in server.log() if one["method"] == "PUT")
    server.forget()

    screen = account()
    screen.wait_for(lambda lines: "outbox 1" in lines[-1])
    server.fail()
    screen.wait_for(lambda lines: "outbox 0" in lines[-1] and lines[-2].strip().startswith("saved"))
    assert server.record(person)["title"] == "Dr."
    assert len(writes(server)) == 1
    assert screen.cursor_line().startswith("› Aabel, Anne")


def test_a_refused_save_comes_back_with_the_server_s_words_and_is_kept_once(
    account: Opener, server: Server
) -> None:
    person = server.make("Aabel", first_name="Anne")
    refusal = {"kind": "status", "method": "PUT", "path": "/people/*", "status": 422, "count": 1}
    server.fail({**refusal, "body": {"title": ["is not a title"]}})
    screen = account()
    edited(screen)
    field(screen, "title", "Drx.")
    screen.press("ctrl+s")
    screen.wait_for("is not a title")
    screen.wait_for("[Drx.")
    assert "Edit person" in screen.line(1)
    screen.wait_for(lambda lines: "outbox 1" in lines[-1])
    # Left, and the terminal closed over it: the text is there, and it is there once.
    screen.press("escape")
    screen.wait_for("›!Aabel, Anne")
    screen.press("O")
    assert entries(screen) == 1
    screen.press("e")
    screen.wait_for("[Drx.")
    hang_up(screen)

    screen = account()
    screen.wait_for("›!Aabel, Anne")
    screen.press("O")
    assert entries(screen) == 1
    server.forget()
    screen.press("enter")
    screen.wait_for("is not a title")
    field(screen, "title", "Dr.")
    screen.press("ctrl+s")
    screen.wait_for("All writes are confirmed, and there is no draft.")
    assert writes(server) == [("PUT", f"/api/people/{person.id}", {"person": {"title": "Dr."}})]
