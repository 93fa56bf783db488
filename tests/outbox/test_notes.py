"""Notes go out as every other edit does: once, never over somebody else's words, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import State
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal
from tests.outbox.test_lost_answers import LOST
from tests.outbox.test_undo import undo


def notes_of(server: Server, ref: Ref) -> list[dict[str, Any]]:
    """What is written about a record, the oldest first."""
    found = server.ask("GET", f"/api/{ref.resource}/{ref.id}/protocols?order=id-asc&perpage=250")
    return [next(iter(one.values())) for one in found]


def write(server: Server, ref: Ref, content: str, **more: object) -> str:
    """A colleague's note; its id."""
    body = {"protocol": {"content": content, "format": "plaintext", "badge": "note", **more}}
    path = f"/api/{ref.resource}/{ref.id}/protocols"
    made = server.ask("POST", path, body, colleague=True)
    return str(next(iter(made.values()))["id"])


async def read(terminal: Terminal, ref: Ref) -> list[Any]:
    """The notes as the screen has them, asked for now."""
    await terminal.shown(ref)
    await terminal.desk.records.notes.fetch(ref)
    return list((await terminal.shown(ref)).notes)


async def test_a_new_note_costs_four_requests_and_says_that_it_is_plain_text(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.shown(person)
    server.forget()
    await terminal.add(person, "notes", kind="call", content="1 < 2\n\nruft an", confidential=True)
    (waiting,) = (await terminal.shown(person)).notes
    assert (waiting.text(), waiting.when()) == ("1 < 2\n\nruft an", None)
    await terminal.settled()
    assert server.said() == ["GET", "POST", "GET", "GET"]
    (note,) = notes_of(server, person)
    assert (note["content"], note["badge"]) == ("1 < 2\n\nruft an", "call")
    assert (note["format"], note["confidential"]) == ("plaintext", True)
    assert note["person_ids"] == [int(person.id)]
    (shown,) = (await terminal.shown(person)).notes
    assert (shown.id, shown.text()) == (str(note["id"]), "1 < 2\n\nruft an")
    assert shown.when() is not None


@pytest.mark.parametrize("fault", LOST)
async def test_a_note_is_there_once(
    terminal: Terminal, server: Server, person: Ref, fault: dict[str, object]
) -> None:
    write(server, person, "Bitte anrufen.", badge="call")  # the very same words, but another one
    await terminal.shown(person)
    server.fail({**fault, "method": "POST", "path": "**/protocols", "count": 1})
    await terminal.add(person, "notes", kind="call", content="Bitte anrufen.")
    await terminal.settled()
    assert terminal.box.entries() == []
    assert len(notes_of(server, person)) == 2


async def test_a_note_about_a_company(terminal: Terminal, server: Server) -> None:
    made = server.ask("POST", "/api/companies", {"company": {"name": "Zwickelwerk"}})
    company = Ref("companies", str(made["company"]["id"]))
    await terminal.add(company, "notes", kind="meeting", content="Messe")
    await terminal.settled()
    (note,) = notes_of(server, company)
    assert (note["company_ids"], note["badge"]) == ([int(company.id)], "meeting")


async def test_a_note_is_taken_back_by_deleting_it(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    await terminal.add(person, "notes", kind="note", content="falsch")
    await terminal.settled()
    await undo(terminal)
    assert notes_of(server, person) == []
    assert (await terminal.shown(person)).notes == ()


async def test_only_what_changed_is_sent_and_html_becomes_plain_text(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    write(server, person, "nur Worte", format="html", confidential=True)
    (note,) = await read(terminal, person)
    await terminal.edit_part(person, note, "notes", content="zwei\nZeilen")
    await terminal.settled()
    (puts,) = [one["body"] for one in server.log() if one["method"] == "PUT"]
    wanted = {"content": "zwei\nZeilen", "format": "plaintext", "name": "zwei Zeilen"}
    assert puts == {"protocol": wanted}
    (there,) = notes_of(server, person)
    assert (there["content"], there["confidential"]) == ("zwei\nZeilen", True)


async def test_a_note_is_never_written_over_a_colleagues_newer_words(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    first = write(server, person, "alt")
    (note,) = await read(terminal, person)
    for number in range(30):  # it lies on the second page by now
        write(server, person, f"{number}")
    path = f"/api/people/{person.id}/protocols/{first}"
    server.ask("PUT", path, {"protocol": {"content": "vom Kollegen"}}, colleague=True)
    await terminal.edit_part(person, note, "notes", content="von mir")
    await terminal.settled()
    (stuck,) = terminal.box.entries()
    assert stuck.state is State.CONFLICT
    (clash,) = stuck.answer.clashes
    assert (clash.mine, clash.theirs) == ("von mir", "vom Kollegen")
    assert notes_of(server, person)[0]["content"] == "vom Kollegen"


async def test_a_deleted_note_comes_back_as_it_was_written(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    write(server, person, "<p>a &amp; b</p>", format="html", badge="meeting", confidential=True)
    (note,) = await read(terminal, person)
    await terminal.remove_part(person, note, "notes")
    await terminal.settled()
    assert notes_of(server, person) == []
    assert (await terminal.shown(person)).notes == ()
    await undo(terminal)
    (back,) = notes_of(server, person)
    assert (back["content"], back["format"]) == ("<p>a &amp; b</p>", "html")
    assert (back["badge"], back["confidential"]) == ("meeting", True)


async def test_a_note_that_somebody_deleted_leaves_its_record_alone(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    made = write(server, person, "weg")
    (note,) = await read(terminal, person)
    server.ask("DELETE", f"/api/people/{person.id}/protocols/{made}", colleague=True)
    await terminal.remove_part(person, note, "notes")
    await terminal.settled()
    assert (await terminal.box.journal())[-1].answer.note == "gone"
    assert (await terminal.shown(person)).notes == ()


async def test_a_deleted_person_is_not_stopped_by_notes_that_were_read(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    write(server, person, "gelesen")
    await read(terminal, person)
    await terminal.delete(person)
    await terminal.settled()
    assert terminal.box.entries() == []
    assert not server.there(person)
