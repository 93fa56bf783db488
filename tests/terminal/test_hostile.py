"""Names that try to drive the terminal: nothing of them is alive in what reaches it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

import pytest

from tests.hostile_server import (
    KEY,
    PAYLOADS,
    PLAIN,
    Answer,
    HostileServer,
    hostile_server,
    person,
    poison,
)
from tests.terminal.conftest import Opener
from tests.terminal.stream import alive
from tests.terminal.terminal import Terminal

ALL = "".join(PAYLOADS.values())
"""What a server says that has everything to say at once."""

SHORT = len(PAYLOADS) - 2
"""Payloads that a clipboard has room for; the last two are novels."""

Opened = Callable[..., Terminal]


@pytest.fixture(scope="module")
def poisoned() -> Iterator[HostileServer]:
    with hostile_server() as world:
        poison(world)
        yield world


@pytest.fixture
def world(poisoned: HostileServer) -> HostileServer:
    """The poisoned server as it was at first."""
    poisoned.instead.clear()
    poisoned.requests.clear()
    return poisoned


@pytest.fixture
def opened(terminal: Opener, world: HostileServer) -> Opened:
    """Opens the program on it, with the first rows on the screen."""

    def opener(**more: object) -> Terminal:
        screen = terminal(CSC_TUI_URL=world.url, CSC_TUI_API_KEY=KEY, CSC_TUI_FILL="0", **more)
        screen.wait_for(f"of {len(PAYLOADS)}")
        screen.wait_for(PLAIN)
        return screen

    return opener


def leave(screen: Terminal, words: str) -> None:
    """Press escape until these words are gone; where something was typed, that is dropped."""
    screen.press("escape")
    screen.wait_for(lambda lines: words not in lines[1] or "y/n" in lines[-2])
    if "y/n" in screen.line(-2):
        screen.press("y")
        screen.wait_gone(words)


def test_lists_and_preview(opened: Opened) -> None:
    screen = opened(columns=150, rows=40)
    for name in ("␛]0;CANARYTITLE␇", "␛[38;5;213m", "[bold red]CANARY", "LONGLONG", "長い名前"):
        assert name in screen.text, name
    for _ in PAYLOADS:
        screen.press("down")
        screen.settle(0.15)
    screen.press("right", "right", "right", "J", "tab", "down", "tab", "2")
    screen.wait_for("[2 Companies]")
    screen.press(",", "P", "l")
    screen.wait_for(",Pl")
    screen.press("enter", "s")
    screen.wait_for("by name, Z to A")
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert KEY.encode() not in screen.raw


def test_records_and_what_they_lead_to(opened: Opened) -> None:
    screen = opened(rows=50)
    screen.press("enter")
    for label in ("Phone", "Messenger", "Social media", "Salutation", "(former)", "Assistant"):
        screen.wait_for(label)
    for _ in PAYLOADS:
        screen.press("J")
        screen.settle(0.1)
    screen.press("home", "down", "enter")
    screen.wait_for("\n  People ")  # the company's own
    screen.press("end", "enter", "<", ">")
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert screen.process.poll() is None


def test_forms_and_pick_lists(opened: Opened) -> None:
    screen = opened(rows=45)
    screen.press("2")  # companies to pick from are those in the store
    screen.wait_for("[2 Companies]")
    screen.wait_for(PLAIN)
    screen.press("1", "e")
    screen.wait_for("Edit person")
    screen.press(*["tab"] * 6, "P", "l", "a")
    screen.wait_for(f"{len(PAYLOADS)} of {len(PAYLOADS)}")
    screen.press("down", "enter")
    screen.wait_for("was Plain")
    leave(screen, "Edit person")
    screen.press("t")
    screen.wait_for("Edit tags")
    screen.press("P", "l", "a")
    screen.wait_for("┌")
    screen.press("enter")
    screen.wait_gone("┌")
    leave(screen, "Edit tags")
    screen.press("n")
    screen.wait_for("New person")
    screen.press(*["tab"] * 10, *PLAIN)
    screen.wait_for("people ")
    screen.press("down", "enter")
    screen.wait_gone("┌")
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert screen.process.poll() is None


def test_questions_menus_and_the_log(opened: Opened) -> None:
    screen = opened(rows=45)
    screen.press("D")
    screen.wait_for("Delete")
    screen.press("P")
    leave(screen, "Delete")
    screen.press("enter")
    screen.wait_for("Background")
    screen.press("a")
    screen.wait_for("e-mail")
    screen.press(*["down"] * 40, "enter")
    screen.wait_for("Add ")
    screen.settle()
    leave(screen, "Add ")
    screen.press("D")
    screen.wait_for("Delete")
    leave(screen, "Delete")
    screen.press("L")
    screen.wait_for("GET /people")
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert screen.process.poll() is None


def test_hits_of_the_server(opened: Opened, world: HostileServer) -> None:
    hits = [{"person": person(800 + n, one)} for n, one in enumerate(PAYLOADS.values())]
    world.say("GET /people/search", Answer(body=hits))
    screen = opened(rows=60)
    screen.press("/", *"Plainzzz")
    screen.wait_for("on the server")
    screen.press("enter", *["down"] * 12, "enter")
    screen.wait_for("Background")
    screen.settle()

    assert alive(bytes(screen.raw)) == []


WORDS = f"Refused {ALL}"
SAYS = [
    (422, {"name": [WORDS, WORDS], "tels.name": WORDS, WORDS: [WORDS]}, "! Refused"),
    (422, {"errors": {"base": [WORDS]}}, "did not accept"),
    (400, {"description": WORDS}, "(400)"),
    (409, {"message": WORDS}, "(409)"),
    (507, {"error": WORDS}, "(507)"),
    (418, WORDS.encode("utf-8", "replace"), "(418)"),
]
"""What a save is answered: status, body, what the screen says then."""


def test_the_server_s_own_words(opened: Opened, world: HostileServer) -> None:
    screen = opened(columns=120)
    for row, (status, body, said) in enumerate(SAYS):
        world.say("PUT /people/", Answer(status, body))
        screen.press("home", *["down"] * row, "e")
        screen.wait_for("Edit person")
        screen.press(*"new", "ctrl+s")
        screen.wait_for(said)
        screen.wait_for("Refused")
        if status == 422:
            screen.wait_for("Edit person")
            leave(screen, "Edit person")
        screen.press("escape")  # takes the message away
        screen.wait_gone(said)
    world.say("GET /people/1", Answer(302, None, {"Location": "https://e.example/\x9b31m\x85X"}))
    screen.press("home", "enter", "r")
    screen.wait_for("sends one on to https://e.example/")
    screen.press("L")
    screen.wait_for("did not accept")
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert screen.process.poll() is None


def test_clashes_and_the_outbox(opened: Opened, world: HostileServer) -> None:
    screen = opened(rows=40)
    first = world.people[0]
    theirs = first | {"name": f"Theirs {ALL}", "updated_at": "2026-11-21T10:00:00Z"}
    screen.press("e")
    screen.wait_for("Edit person")
    screen.press("tab", "tab", "tab", *"mine")
    world.say("GET /people/1[?]", Answer(body={"person": theirs}))
    screen.press("ctrl+s")
    screen.wait_for("Conflict")
    screen.wait_for("Theirs")
    screen.press("down", "up")
    screen.settle()
    screen.press("escape")
    screen.wait_for(lambda lines: "› Conflict" not in lines[1])
    screen.press("O")
    screen.wait_for("clash")
    screen.press("enter")
    screen.wait_for(lambda lines: "› Conflict" in lines[1])
    screen.settle()
    screen.press("escape")
    screen.wait_for(lambda lines: "› Outbox" in lines[1] and "› Conflict" not in lines[1])
    screen.press("escape")
    screen.wait_for("of 21")
    screen.press("u")
    screen.settle()

    assert alive(bytes(screen.raw)) == []
    assert screen.process.poll() is None


def test_a_count_that_is_nonsense_is_not_run_after(opened: Opened, world: HostileServer) -> None:
    screen = opened()
    world.say("GET /people/count", Answer(body={"total_entries": 10**8}))
    screen.press("r")
    screen.wait_for("of 100,000,000")
    world.requests.clear()
    screen.press("end")
    screen.wait_for(f"row {len(PAYLOADS)} of")  # for a moment row 100,000,000 of as many
    screen.settle()

    assert len(world.requests) < 12
    screen.press("up")
    screen.wait_for(f"row {len(PAYLOADS) - 1} of")


def test_what_is_copied(opened: Opened) -> None:
    screen = opened()
    copied: dict[str, list[str]] = {}
    for key in "ypesar":
        before = len(screen.raw)
        screen.press("home", *["y", key, "down"] * SHORT)
        screen.wait_for(lambda _, n=before: screen.raw[n:].count(b"\x1b]52;c;") == SHORT)
        screen.settle()
        sent = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", bytes(screen.raw[before:]))
        copied[key] = [base64.b64decode(one).decode() for one in sent]

    assert alive(bytes(screen.raw), copied=True) == []
    assert not [one for key in "ypes" for one in copied[key] if "\n" in one]
    for text in (one for found in copied.values() for one in found):
        assert PLAIN in text
        assert text == text.strip()
        assert all(line.isprintable() for line in text.replace("\u200d", "").split("\n")), text
