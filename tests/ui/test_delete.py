"""Deleting: what is asked, and what does not count as an answer."""

from __future__ import annotations

import pytest
from textual import events

from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.ui.screens.confirm import HELD
from csc_tui.ui.screens.delete import DeleteScreen
from tests.live_app import Hands

PARTS = {
    "tels_attributes": [
        {"name": "+49 221 4710 123", "atype": "office"},
        {"name": "+49 171 3920012", "atype": "mobile"},
    ],
    "tags_attributes": [{"name": "VIP"}],
}


async def ask(hands: Hands, name: str = "Müller", **values: object) -> DeleteScreen:
    record = await hands.person(name=name, first_name="Jürgen", **values)
    question = DeleteScreen(hands.desk.edits, record)
    await hands.open(question)
    await hands.sees("to delete: [▏")
    await hands.sees("nothing is sent for 5 s after that; u takes it back")
    return question


async def test_the_question_names_the_record_and_what_hangs_on_it(hands: Hands) -> None:
    await ask(hands, **PARTS)
    assert "Müller, Jürgen › Delete" in hands.screen
    assert "│  Delete Jürgen Müller?" in hands.screen
    assert "│  With it go: 2 phones, 1 tag. CentralStationCRM keeps no" in hands.screen
    assert hands.line("to delete:").startswith(
        "│  Type  Müller  to delete: [▏                    ]  "
    )
    assert "⏎ delete  esc keep" in hands.screen


@pytest.mark.parametrize(("notes", "said"), [(2, "2 notes"), (26, "25 notes or more")])
async def test_notes_are_counted_as_far_as_they_were_read(
    hands: Hands, notes: int, said: str
) -> None:
    record = await hands.person(name="Müller", first_name="Jürgen")
    for number in range(notes):
        body = {"protocol": {"content": f"{number}", "format": "plaintext"}}
        hands.demo.ask("POST", f"/api/people/{record.id}/protocols", body)
    await hands.open(DeleteScreen(hands.desk.edits, record))
    await hands.sees("Nothing hangs on it.")  # nothing is asked for to know it
    await hands.press("escape")
    await hands.desk.records.notes.fetch(record.ref)
    await hands.open(DeleteScreen(hands.desk.edits, await shown(hands, record.ref)))
    await hands.sees(f"With it go: {said}.")


async def shown(hands: Hands, ref: Ref) -> Record:
    """The record as the store has it."""
    card = await hands.desk.records.card(ref)
    assert card is not None
    return card.record


@pytest.mark.parametrize("word", ["Müller", "müller", "MULLER", "Müller, Jürgen", "jürgen müller"])
async def test_the_typed_name_deletes(hands: Hands, word: str) -> None:
    await ask(hands)
    await hands.type(word)
    await hands.press("enter")
    await hands.sees(" deleted")
    assert [one["method"] for one in hands.writes()] == ["DELETE"]


@pytest.mark.parametrize(
    ("name", "shown", "word"),
    [
        ("Blum 🌷", "Blum", "blum"),
        ("Blum 🌷", "Blum", "Blum 🌷"),
        ("Cohen כהן", "Cohen", "cohen"),
        ("O’Brien", "O'Brien", "o'brien"),
        ("Иванов", "Иванов", "иванов"),
    ],
)
async def test_what_no_keyboard_has_need_not_be_typed(
    hands: Hands, name: str, shown: str, word: str
) -> None:
    record = await hands.person(name=name)
    await hands.open(DeleteScreen(hands.desk.edits, record))
    await hands.sees(f"Type  {shown}  to delete:")
    await hands.paste(word)
    await hands.press("enter")
    await hands.sees(" deleted")


@pytest.mark.parametrize("word", ["", "Mülle", "Müller J", "y", "Jürgen"])
async def test_anything_else_does_not(hands: Hands, word: str) -> None:
    question = await ask(hands)
    await hands.type(word)
    await hands.press("enter")
    assert "that does not match" in hands.screen
    assert hands.app.screen is question
    await hands.press("escape")
    assert question not in hands.app.screen_stack
    assert hands.writes() == []


async def test_a_company_wants_its_whole_name(hands: Hands) -> None:
    made = hands.demo.ask("POST", "/api/companies", {"company": {"name": "Weiß, Groß & Co"}})
    record = await hands.record(Ref("companies", str(made["company"]["id"])))
    hands.demo.forget()
    await hands.open(DeleteScreen(hands.desk.edits, record))
    await hands.sees("Type  Weiß, Groß & Co  to delete:")
    await hands.type("weiss, gross & co")
    await hands.press("enter")
    await hands.sees(" deleted")
    assert [one["method"] for one in hands.writes()] == ["DELETE"]


async def test_a_part_goes_with_enter_alone(hands: Hands) -> None:
    record = await hands.person(**PARTS)
    phone = record.phones[1]  # type: ignore[attr-defined]
    await hands.open(DeleteScreen(hands.desk.edits, record, "phones", phone))
    await hands.sees("Delete phone +49 171 3920012?")
    await hands.press("enter")
    await hands.sees(" saved")
    assert [one["method"] for one in hands.writes()] == ["DELETE"]
    left = (await hands.record(record.ref)).phones  # type: ignore[attr-defined]
    assert [one.text() for one in left] == ["+49 221 4710 123"]


async def test_keys_pressed_before_the_question_was_painted_do_nothing(hands: Hands) -> None:
    record = await hands.person(**PARTS)
    early = [events.Key("enter", "\r"), events.Key("x", "x")]
    question = DeleteScreen(hands.desk.edits, record, "phones", record.phones[0])  # type: ignore[attr-defined]
    await hands.open(question)
    await hands.sees("⏎ deletes it")
    for key in early:
        hands.app.post_message(key)
    await hands.quiet()
    assert hands.app.screen is question
    assert hands.writes() == []


async def test_a_held_key_does_not_answer(hands: Hands) -> None:
    record = await hands.person(**PARTS)
    question = DeleteScreen(hands.desk.edits, record, "phones", record.phones[0])  # type: ignore[attr-defined]
    await hands.open(question)
    await hands.sees("⏎ deletes it")
    painted = question._painted_at
    assert painted is not None
    for since in (-0.1, 0.1, 0.3, 0.5):  # it is held since before there was a question
        again = events.Key("enter", "\r")
        again.time = painted + since
        hands.app.post_message(again)
    await hands.quiet()
    assert "press ⏎ once more" in hands.screen
    late = events.Key("enter", "\r")
    late.time = painted + 0.5 + HELD
    hands.app.post_message(late)
    await hands.sees(" saved")
    assert [one["method"] for one in hands.writes()] == ["DELETE"]


async def test_a_key_behind_the_answer_is_for_the_screen_below(hands: Hands) -> None:
    await ask(hands)
    await hands.type("müller")
    await hands.burst("enter", "u")
    await hands.sees("taken back: delete of Müller, Jürgen; nothing was sent")
    assert hands.writes() == []
    assert hands.desk.outbox == 0


async def test_a_delete_that_fails_says_that_nothing_was_deleted(hands: Hands) -> None:
    hands.demo.fail({"kind": "status", "method": "DELETE", "status": 403})
    await ask(hands)
    await hands.type("müller")
    await hands.press("enter")
    await hands.sees("(403)")
    assert "outbox 1" in hands.screen
    assert hands.desk.drafts == 0


async def test_hostile_names_are_shown_harmless_and_can_be_typed(hands: Hands) -> None:
    name = "\x1b[31mRot\u202e"
    record = (await hands.person()).model_copy(update={"last_name": name})
    await hands.open(DeleteScreen(hands.desk.edits, record))
    await hands.sees("Type  ␛[31mRot  to delete:")
    assert "\x1b" not in hands.screen
    await hands.paste("␛[31mRot")
    await hands.press("enter")
    await hands.sees(" deleted")


async def test_on_the_smallest_screen_there_is_room_for_the_answer(hands: Hands) -> None:
    record = await hands.person(name="Müller-Lüdenscheidt", first_name="Jürgen", **PARTS)
    await hands.resize(40, 12)
    await hands.open(DeleteScreen(hands.desk.edits, record))
    await hands.sees("[▏")
    assert "Delete Jürgen" in hands.screen
    await hands.type("müller-lüdenscheidt")
    await hands.press("enter")
    await hands.sees("deleted")
    assert [one["method"] for one in hands.writes()] == ["DELETE"]
