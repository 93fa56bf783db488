"""What is written down about a record, by keys alone at 80x24."""

from __future__ import annotations

import re

from csc_tui.domain.ref import Ref
from tests.live_demo import LiveDemo
from tests.outbox.server import Server
from tests.outbox.test_notes import write
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal

TODAY = r"\d\d [A-Z][a-z]{2} \d{4}"


def somebody(demo: LiveDemo) -> tuple[Server, Ref]:
    """A person who stands first in the list, with one note."""
    server = Server.of(demo)
    phone = {"name": "+49 221 4710 199", "atype": "office"}
    ref = server.make("Aabel", first_name="Änne", tels_attributes=[phone])
    write(server, ref, "<p>Met in <b>Köln</b>,\nhall 7.</p><p>Budget.</p>", format="html")
    server.forget()
    return server, ref


def rows(screen: Terminal) -> list[str]:
    """What stands at the label of the notes, and below it."""
    lines = screen.screen()
    start = next(number for number, line in enumerate(lines) if "Last contact" in line)
    return [line[17:].rstrip() for line in lines[start : start + 2]]


def test_the_last_notes_come_once_the_keys_rest_and_nothing_moves(
    account: Opener, demo_server: LiveDemo
) -> None:
    somebody(demo_server)
    screen = account()
    screen.wait_for("› Aabel, Änne")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    demo_server.forget()
    screen.press("enter")
    before = screen.wait_for("Created")
    assert rows(screen) == ["", ""]
    screen.press(*["down", "up"] * 20)
    assert demo_server.requests() == []
    after = screen.wait_for("Met in Köln")
    assert len(demo_server.requests()) == 1
    moved = [n for n, (one, other) in enumerate(zip(before[2:-2], after[2:-2], strict=True))
             if one != other]  # fmt: skip
    assert len(moved) == 1
    assert rows(screen)[1] == ""
    # Read alone, whole; and again out of the store.
    screen.press("down")
    screen.press("enter")
    screen.wait_for("Änne › Last contact")
    screen.wait_for("Budget.")
    demo_server.forget()
    screen.press("escape", "escape", "enter")
    screen.wait_for("Met in Köln")
    assert demo_server.requests() == []


def test_what_a_form_would_spoil_is_not_edited(account: Opener, demo_server: LiveDemo) -> None:
    server, ref = somebody(demo_server)
    write(server, ref, "h2. *fett*", format="textile")
    screen = account()
    screen.wait_for("› Aabel, Änne")
    screen.press("enter")
    screen.wait_for("note  ")
    screen.wait_for("fett")
    screen.press("down", "e")
    screen.wait_for("› Edit note")
    screen.wait_for("[h2. *fett* ")
    screen.press("escape", "down", "e")
    screen.wait_for("this cannot be edited")


def test_notes_that_nobody_asked_for_are_had_by_enter(
    account: Opener, demo_server: LiveDemo
) -> None:
    somebody(demo_server)
    screen = account(columns=140, rows=40)
    screen.wait_for("› Aabel, Änne")
    screen.wait_for("not read yet; ⏎ asks for it")
    screen.settle(0.8)
    demo_server.forget()
    screen.press("tab", "down", "enter")
    screen.wait_for("Met in Köln, hall 7.")
    assert len(demo_server.requests()) == 1


def test_the_whole_history_stands_beside_the_record(account: Opener, demo_server: LiveDemo) -> None:
    server, ref = somebody(demo_server)
    for number in range(28):
        write(server, ref, f"Zeile {number}.\nNoch eine.", badge="call")
    server.forget()
    screen = account(columns=140, rows=40)
    screen.wait_for("› Aabel, Änne")
    screen.wait_for("not read yet")
    screen.settle()
    demo_server.forget()
    screen.press("enter")
    lines = screen.wait_for("Zeile 27.")
    assert lines[2][80:].rstrip() == "│  History"
    assert re.fullmatch(r"│  " + TODAY + r"  call  Uwe \w+", lines[4][80:].rstrip())
    assert [line[80:].rstrip() for line in lines[5:8]] == ["│    Zeile 27.", "│    Noch eine.", "│"]
    assert "Last contact" not in "\n".join(line[:80] for line in lines)
    assert len(demo_server.requests()) == 1
    # Into it, to its end, further back; every key works on the entry under the cursor.
    screen.press("tab", "end")
    screen.wait_for("› older entries: ⏎ here")
    screen.wait_for("26 of 26")
    screen.press("enter")
    screen.wait_for("26 of 29")
    screen.press("end")
    screen.wait_for("Met in Köln, hall 7.")
    assert len(demo_server.requests()) == 2
    screen.press("up", "e")
    screen.wait_for("› Edit note")
    screen.wait_for("Zeile 0.")
    screen.press("escape")
    screen.wait_for("28 of 29")
    screen.press("tab")
    screen.wait_gone("28 of 29")
    assert screen.cursor_line().startswith("› Phone")
    screen.resize(80, 24)
    screen.wait_for("Last contact   ")
    assert len(demo_server.requests()) == 2
