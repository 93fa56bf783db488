"""Forty people from a fair, tagged by keys alone at 80x24, with all that can come between."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal

LONG = 90.0
"""Seconds for forty saves on a loaded machine."""
FORTY = 40
TAG = "Messe 2026"
UNDER_WAY = 4
"""So many at most are sent at once; where they are cut off they are looked at again."""
PEOPLE = 90
"""One page of either CRM."""


@dataclass(frozen=True)
class Wire:
    """How a CRM is told of a tag, and who has it."""

    dialect: str
    people: str
    method: str
    path: str
    """Of the request that gives a tag."""

    def everybody(self, server: LiveDemo) -> list[dict[str, Any]]:
        """All people, as the server says."""
        if self.dialect == "concord":
            found: list[dict[str, Any]] = server.ask("GET", "/api/contacts?per_page=100")["data"]
            return found
        listed = server.ask("GET", "/api/people?perpage=250&includes=tags")
        return [one["person"] for one in listed]

    def tagged(self, server: LiveDemo) -> set[str]:
        """The ids of those who have the tag."""
        return {
            str(one["id"])
            for one in self.everybody(server)
            if TAG in [tag["name"] for tag in one["tags"]]
        }

    def sent(self, server: LiveDemo) -> list[dict[str, Any]]:
        """What the program has asked about single people since the log was emptied."""
        asked = (one for one in server.log() if f"/{self.people}/" in one["path"])
        return [one for one in asked if not one["path"].endswith("/count")]  # that is the list's

    def writes(self, server: LiveDemo) -> list[dict[str, Any]]:
        return [one for one in self.sent(server) if one["method"] == self.method]

    def fault(self, kind: str, **more: object) -> dict[str, Any]:
        """One that strikes the request that gives a tag."""
        return {"kind": kind, "method": self.method, "path": self.path, **more}


WIRES = [
    Wire("centralstation", "people", "POST", "/people/*/tags"),
    Wire("concord", "contacts", "PUT", "/contacts/*"),
]


def started(screen: Terminal) -> None:
    screen.wait_for(f"row 1 of {PEOPLE}")
    screen.wait_for(lambda lines: any(one[:1] == "›" and one[2:3] not in " …" for one in lines))
    screen.wait_for(lambda lines: "outbox " in lines[-1])


def act(screen: Terminal, words: str) -> None:
    """From the menu of what can be done."""
    screen.press("b")
    screen.wait_for(f"› {words}")
    screen.press("enter")


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.dialect)
def test_forty_people_are_tagged_through_faults_a_kill_and_a_restart(
    terminal: Opener, own_demo: Callable[..., LiveDemo], wire: Wire
) -> None:
    server = own_demo("--dialect", wire.dialect, "--limit", "100000", "--today", "2026-11-20",
                      "--people", str(PEOPLE), "--companies", "20")  # fmt: skip
    slowly = {"kind": "latency", "path": f"/{wire.people}/*", "method": "GET", "seconds": 0.1}

    def until(happened: Callable[[], object]) -> None:
        screen.wait_for(lambda _: happened(), LONG)

    def strikes(status: int, fault: dict[str, Any]) -> None:
        """One fault after the other, so that none strikes with another."""
        server.fail(slowly, fault)
        until(lambda: any(one["status"] == status for one in wire.sent(server)))

    env = environment_of(server)
    screen = terminal(**env)
    started(screen)
    # Marked by a stretch: the first, then thirty-nine further down.
    screen.press("space")
    screen.wait_for("1 marked")
    screen.press(*["down"] * (FORTY - 2))
    screen.wait_for(f"row {FORTY} of")
    screen.press("M")
    screen.wait_for(f"{FORTY} marked")
    act(screen, "Tag")
    screen.wait_for("Save")
    screen.type(TAG)
    screen.press("ctrl+s")
    screen.wait_for(f"{FORTY} will be changed")
    screen.wait_for("120 requests")
    server.forget()
    screen.press("enter")
    strikes(429, wire.fault("status", status=429, count=1, headers={"Retry-After": "1"}))
    strikes(422, wire.fault("status", status=422, count=1))
    server.fail(slowly, wire.fault("cut", count=1))
    until(lambda: len(wire.tagged(server)) >= 8)
    # Killed with requests under way; opened again it goes on by itself.
    os.kill(screen.process.pid, signal.SIGKILL)
    screen = terminal(**env)
    started(screen)
    before = len(wire.tagged(server))
    until(lambda: len(wire.tagged(server)) > before)
    # Paused and left; opened again it is still paused.
    act(screen, "Pause what is on its way")
    screen.wait_for("paused:", LONG)
    screen.press("q")
    screen.wait_for("q again")
    screen.press("q")
    assert screen.wait_end() == 0
    assert 8 < len(wire.tagged(server)) < FORTY - 1
    screen = terminal(**env)
    screen.wait_for("paused:", LONG)
    # The line is dead until the program has found that out.
    server.fail({"kind": "drop", "path": f"/{wire.people}/*"})
    act(screen, "Go on with what is paused")
    screen.wait_for("offline", LONG)
    server.fail()
    screen.wait_for("1 refused; they stay marked", LONG)
    screen.wait_for("outbox 1")

    done = wire.tagged(server)
    writes = wire.writes(server)
    assert len(done) == FORTY - 1
    assert len({one["path"] for one in writes}) == FORTY
    effective = [one for one in writes if 200 <= (one["work"] or 0) < 300]
    assert len(effective) == FORTY - 1
    assert 108 <= len(wire.sent(server)) <= 132 + UNDER_WAY
    # Taken back, it is as it was.
    screen.press("escape", "u")
    screen.wait_for(f"undo: {FORTY - 1} changes of {FORTY - 1} {wire.people}?")
    screen.press("enter")
    until(lambda: not wire.tagged(server))
    screen.wait_for("outbox 1", LONG)
