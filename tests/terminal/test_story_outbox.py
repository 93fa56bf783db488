"""Every write once and never over a colleague's, by keys alone at 80x24."""

from __future__ import annotations

import pytest

from csc_tui.domain.ref import Ref
from tests.live_demo import LiveDemo
from tests.outbox.server import Server
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_create import field, writes
from tests.terminal.test_story_drafts import edited, hang_up


@pytest.fixture
def server(demo_server: LiveDemo) -> Server:
    return Server.of(demo_server)


def done(screen: Terminal, words: str = "saved") -> None:
    """Wait until the outbox is empty and the last result is this."""
    screen.wait_for(lambda lines: words in lines[-2] and "outbox 0" in lines[-1])


def clashing(screen: Terminal, server: Server, person: Ref, title: str, background: str) -> None:
    """Both change title and background of Aabel; the choice opens by itself."""
    edited(screen)
    field(screen, "title", title)
    field(screen, "background", background)
    server.change(person, title="Dipl.-Ing.", background="by a colleague")
    screen.press("ctrl+s")
    screen.wait_for("Aabel, Anne › Conflict")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_new_person_whose_answer_is_lost_is_there_once(
    account: Opener, server: Server, when: str
) -> None:
    screen = account()
    screen.wait_for("row 1 of 2,400")
    server.fail({"kind": "drop", "when": when, "method": "POST", "path": "/people", "count": 1})
    screen.press("n")
    screen.wait_for("People › New person")
    field(screen, "last", "Aabel")
    screen.press("ctrl+s")
    screen.wait_for(lambda lines: "outbox 1" in lines[-1])
    screen.wait_for(lambda lines: "outbox 0" in lines[-1] and lines[-2].strip().startswith("saved"))
    screen.wait_for("› Aabel")
    if when == "after":
        assert "its answer had been lost, the record was found" in screen.line(-2)
    assert len(server.called("Aabel")) == 1
    assert sum(one["work"] == 201 for one in server.log() if one["method"] == "POST") == 1


def test_a_clash_is_chosen_field_by_field_and_nothing_is_written_before(
    account: Opener, server: Server
) -> None:
    person = server.make("Aabel", first_name="Anne", title="Frau", background="as it was")
    screen = account()
    clashing(screen, server, person, "Dr.", "of my own")
    server.forget()
    screen.wait_for("2 fields differ, 2 still to choose")
    shown = screen.text
    for part in (
        "Before",
        "Mine",
        "Theirs",
        "Frau",
        "Dr.",
        "Dipl.-Ing.",
        "of my own",
        "Changed by",
    ):
        assert part in shown
    screen.press("m")
    screen.wait_for("1 still to choose")
    screen.press("ctrl+s")
    screen.wait_for("1 still to choose: m mine, t theirs, e type")
    # Later, and by way of the outbox: it waits with its reason.
    screen.press("escape")
    screen.wait_for("1 conflict")
    screen.wait_for("›!Aabel, Anne")
    assert writes(server) == []
    hang_up(screen)
    screen = account()
    screen.wait_for("1 conflict")
    screen.press("O")
    screen.wait_for("›! clash    change  Aabel, Anne")
    screen.press("enter")
    # What was chosen already is chosen still, though the terminal was closed over it.
    screen.wait_for("1 still to choose")
    assert "•Dr." in screen.line(6)
    screen.press("down", "t")
    screen.wait_for("all chosen")
    screen.press("ctrl+s")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    assert writes(server) == [("PUT", f"/api/people/{person.id}", {"person": {"title": "Dr."}})]
    found = server.record(person)
    assert (found["title"], found["background"]) == ("Dr.", "by a colleague")


def test_a_fourth_value_is_typed_into_a_clash(account: Opener, server: Server) -> None:
    person = server.make("Aabel", first_name="Anne", title="Frau", background="as it was")
    screen = account()
    clashing(screen, server, person, "Dr.", "of my own")
    screen.press("e")
    screen.wait_for("Typed    [Dr.")
    screen.press("ctrl+u")
    screen.type("Dr.-Ing.")
    screen.wait_for("Typed    [Dr.-Ing.")
    hang_up(screen)
    screen = account()
    screen.wait_for("1 conflict")
    screen.press("O", "enter")
    screen.wait_for("Typed    [Dr.-Ing.")
    screen.press("enter", "down", "t")
    screen.wait_for("all chosen")
    screen.press("ctrl+s")
    done(screen)
    found = server.record(person)
    assert (found["title"], found["background"]) == ("Dr.-Ing.", "by a colleague")


def test_what_a_colleague_changed_beside_it_stays_and_is_named(
    account: Opener, server: Server
) -> None:
    person = server.make("Aabel", first_name="Anne", title="Frau")
    screen = account()
    edited(screen)
    field(screen, "title", "Dr.")
    server.change(person, background="by a colleague")
    screen.press("ctrl+s")
    done(screen, "saved; changed by others meanwhile and kept: Background")
    found = server.record(person)
    assert (found["title"], found["background"]) == ("Dr.", "by a colleague")


def test_the_outbox_tries_again_edits_and_throws_away(account: Opener, server: Server) -> None:
    person = server.make("Aabel", first_name="Anne")
    refusal = {"kind": "status", "method": "PUT", "path": "/people/*", "status": 403}
    server.fail(refusal)
    screen = account()
    edited(screen)
    field(screen, "title", "Dr.")
    screen.press("ctrl+s")
    screen.wait_for("Your text is kept.")
    screen.press("O")
    screen.wait_for("›! refused  change  Aabel, Anne")
    screen.wait_for("The CRM does not allow this to your user (403).")
    # Throwing away asks; anything but y keeps it.
    screen.press("d")
    screen.wait_for("throw away: Aabel, Anne, change of 1 field? y/n")
    screen.press("n")
    screen.wait_for("kept")
    # Tried again, it is refused again.
    server.forget()
    screen.press("r")
    screen.wait_for(lambda _: len(writes(server)) == 1)
    screen.wait_for("›! refused")
    # Edited, and the server now lets it through.
    server.fail()
    server.forget()
    screen.press("e")
    screen.wait_for("[Dr.")
    field(screen, "title", "Prof.")
    screen.press("ctrl+s")
    screen.wait_for("All writes are confirmed, and there is no draft.")
    assert writes(server) == [("PUT", f"/api/people/{person.id}", {"person": {"title": "Prof."}})]
    # Without a line: thrown away, it is never sent.
    server.fail({"kind": "drop", "path": "**"})
    screen.press("escape")
    edited(screen)
    field(screen, "title", "Never")
    screen.press("ctrl+s")
    screen.wait_for("It waits in the outbox")
    screen.press("O")
    screen.wait_for("›~ waiting  change  Aabel, Anne")
    screen.press("d")
    screen.wait_for("throw away: Aabel, Anne, change of 1 field? y/n")
    screen.press("y")
    screen.wait_for("All writes are confirmed, and there is no draft.")
    server.fail()
    server.forget()
    screen.press("escape", "r")
    screen.wait_for(lambda _: server.requests())
    screen.wait_for("online")
    assert writes(server) == []
    assert server.record(person)["title"] == "Prof."


def test_undo_puts_back_what_was_and_asks_first(account: Opener, server: Server) -> None:
    person = server.make("Aabel", first_name="Anne", title="Frau")
    screen = account()
    edited(screen)
    field(screen, "title", "Dr.")
    screen.press("ctrl+s")
    done(screen)
    server.forget()
    screen.press("u")
    screen.wait_for("undo: change of Title of Aabel, Anne? ⏎ does it")
    screen.press("escape")
    screen.wait_gone("undo: change")
    assert writes(server) == []
    screen.press("u")
    screen.wait_for("undo: change of Title of Aabel, Anne? ⏎ does it")
    screen.press("enter")
    screen.wait_for(lambda _: len(writes(server)) == 1)
    done(screen, "set back: Title of Aabel, Anne")
    assert writes(server) == [("PUT", f"/api/people/{person.id}", {"person": {"title": "Frau"}})]
    screen.press("u")
    screen.wait_for("nothing to undo")


def test_a_delete_is_taken_back_for_nothing_within_its_five_seconds(
    account: Opener, server: Server
) -> None:
    server.make("Aabel", first_name="Anne")
    screen = account()
    screen.wait_for("› Aabel, Anne")
    screen.wait_for(lambda lines: "outbox " in lines[-1])
    server.forget()
    screen.press("D")
    screen.wait_for("Type  Aabel  to delete:")
    screen.settle()
    screen.type("Aabel")
    screen.settle(1.1)
    screen.press("enter")
    screen.wait_for("nothing is sent for 5 s; u takes it back")
    screen.press("u")
    screen.wait_for("taken back: delete of Aabel, Anne; nothing was sent")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    assert writes(server) == []
    assert len(server.called("Aabel")) == 1
