"""Forty people from a fair, tagged by keys alone at 80x24, with all that can come between."""

from __future__ import annotations

from collections.abc import Callable

from tests.live_demo import PATIENCE, LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal

LONG = 2 * PATIENCE
"""Seconds for forty saves."""
FORTY = 40


def tagged_people(server: LiveDemo, name: str) -> set[str]:
    """Ids of those who have the tag, as the server says."""
    found = server.ask("GET", f"/api/people?tag_name={name}&perpage=250")
    return {str(one["person"]["id"]) for one in found}


def first_people(server: LiveDemo) -> list[str]:
    found = server.ask("GET", f"/api/people?order=abc-asc&perpage={FORTY}")
    return [str(one["person"]["id"]) for one in found]


def started(screen: Terminal) -> None:
    screen.wait_for("› Abendroth")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])


def test_forty_people_are_tagged_through_a_429_a_refusal_a_cut_and_a_restart(
    terminal: Opener, own_demo: Callable[..., LiveDemo]
) -> None:
    server = own_demo("--limit", "100000", "--today", "2026-11-20", "--people", "300")
    env = environment_of(server)
    people = first_people(server)
    refused = people[7]
    screen = terminal(**env)
    started(screen)
    # Marked by a stretch: the first, then thirty-nine further down.
    screen.press("space")
    screen.press(*["down"] * (FORTY - 2))
    screen.wait_for(f"row {FORTY} of")
    screen.press("M")
    screen.wait_for(f"{FORTY} marked")
    screen.press("b")
    screen.wait_for("› Tag")
    screen.press("enter")
    screen.wait_for("Save")
    screen.type("Messe 2026")
    screen.press("ctrl+s")
    screen.wait_for(f"{FORTY} will be changed")
    screen.wait_for("120 requests")
    server.fail(
        {"kind": "status", "status": 429, "path": "/people/*/tags", "method": "POST", "count": 1,
         "headers": {"Retry-After": "1"}},
        {"kind": "status", "status": 422, "path": f"/people/{refused}/tags", "method": "POST"},
        {"kind": "cut", "path": "/people/*/tags", "method": "POST", "count": 1},
        {"kind": "latency", "path": "/people/*", "method": "GET", "seconds": 0.2},
    )  # fmt: skip
    server.forget()
    screen.press("enter")
    screen.wait_for(lambda _: len(tagged_people(server, "Messe%202026")) >= 8, LONG)
    # Paused, quit in the middle, opened again: it is still paused, and goes on.
    screen.press("b")
    screen.wait_for("› Pause what is on its way")
    screen.press("enter")
    screen.wait_for("paused:", LONG)
    screen.press("q")
    screen.wait_for("q again")
    screen.press("q")
    assert screen.wait_end() == 0
    before = len(tagged_people(server, "Messe%202026"))
    assert 8 <= before < FORTY - 1
    screen = terminal(**env)
    screen.wait_for("paused:", LONG)
    server.fail(
        {"kind": "status", "status": 422, "path": f"/people/{refused}/tags", "method": "POST"},
        {"kind": "drop", "path": "/people/*", "count": 2},
    )
    screen.press("b")
    screen.wait_for("› Go on with what is paused")
    screen.press("enter")
    screen.wait_for("1 refused; they stay marked", LONG)
    screen.wait_for("outbox 1")
    assert tagged_people(server, "Messe%202026") == set(people) - {refused}
    writes = [one for one in server.log() if one["method"] == "POST"]
    assert sum(one["work"] == 201 for one in writes) == FORTY - 1
    mine = [
        one for one in server.log() if "tag_name" not in one["path"] and "/people/" in one["path"]
    ]
    assert 108 <= len(mine) <= 132
    # Taken back, it is as it was.
    screen.press("escape", "u")
    screen.wait_for(f"undo: {FORTY - 1} changes of {FORTY - 1} people?")
    screen.press("enter")
    screen.wait_for(lambda _: not tagged_people(server, "Messe%202026"), LONG)
    screen.wait_for("outbox 1", LONG)
