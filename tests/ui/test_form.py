"""Forms under somebody's fingers: typing, moving, leaving, what is drawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from csc_tui.domain.dates import day
from csc_tui.domain.ref import Ref
from csc_tui.ui.forms.open import edit_form, new_form, part_form, tags_form
from csc_tui.ui.forms.screen import FormScreen
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo

LONG = "Prefers the phone before nine. Speaks for the works council on safety; ask him about Kalk."


async def edit(hands: Hands, **values: object) -> FormScreen:
    form = edit_form(hands.desk.edits, await hands.person(**values))
    await hands.open(form)
    await hands.until(lambda: "Segment" in hands.screen)
    return form


async def test_a_form_stands_where_the_picture_has_it(hands: Hands) -> None:
    await edit(hands, name="Müller", first_name="Jürgen", title="Dr.", background=LONG)
    await hands.to_field("last")
    await hands.type("-Brandt")
    lines = [one.rstrip() for one in hands.screen.split("\n")]
    assert lines[1] == " People › Müller, Jürgen › Edit person"
    assert lines[4] == "  Title          [Dr.                                           ]"
    assert lines[6] == f"›*Last name      [{'Müller-Brandt▏':46}] was Müller"
    assert lines[7].endswith("] ⏎ pick")
    start = next(n for n, one in enumerate(lines) if "Background" in one)
    assert lines[start : start + 5] == [
        "  Background     [Prefers the phone before nine. Speaks for the ] ctrl+e editor",
        "                 [works council on safety; ask him about Kalk.  ]",
        "                 [                                              ]",
        "                 [                                              ]",
        "                 [ Save ]",
    ]
    assert lines[22].startswith(" 1 changed  ")
    assert "field 4 of " in lines[22]


@pytest.mark.parametrize("text", ["@ß€é田", "q?:<>[]{}'^~\"`."])
async def test_every_printable_key_is_text(hands: Hands, text: str) -> None:
    form = await edit(hands)
    await hands.fill("first", text)
    assert form.fields[2].box.text == text
    assert f"[{text}▏" in hands.line("First name")


async def test_a_paste_is_text_and_one_line_where_there_is_one(hands: Hands) -> None:
    form = await edit(hands)
    await hands.to_field("first")
    await hands.paste("one\r\ntwo q\n")
    assert form.fields[2].box.text == "one two q"


async def test_what_is_wrong_is_said_at_the_field_when_it_is_left(hands: Hands) -> None:
    await edit(hands)
    await hands.fill("next visit", "2026-11-31")
    assert "! " not in hands.screen
    await hands.press("tab")
    assert hands.line("Next visit").startswith(" !Next visit")
    assert hands.line("! 30") or "Write 2026-11-30" in hands.screen
    assert "1 changed, 1 to mend" in hands.screen
    await hands.fill("next visit", "30.11.2026")
    await hands.press("tab")
    assert hands.line("Next visit").startswith(" *Next visit")


async def test_jumping_finds_any_part_of_a_label_and_says_when_there_is_none(hands: Hands) -> None:
    form = await edit(hands)
    await hands.press("ctrl+g")
    await hands.type("RESPONS")
    assert "field: RESPONS▏" in hands.screen
    await hands.press("enter")
    assert form.fields[form.at].entry.label == "Responsible"
    await hands.to_field("zzz")
    assert "no field is called zzz" in hands.screen
    await hands.press("ctrl+g", "x", "escape")
    assert "field: " not in hands.screen
    assert form.fields[form.at].entry.label == "Responsible"


async def test_tab_goes_round_and_enter_goes_on(hands: Hands) -> None:
    form = await edit(hands)
    await hands.press("shift+tab")
    assert hands.line("[ Save ]").startswith("›")
    await hands.press("tab", "enter", "enter")
    assert form.at == 2
    await hands.press("down", "up", "up")
    assert form.at == 1


async def test_enter_in_a_long_text_is_a_new_line(hands: Hands) -> None:
    form = await edit(hands, background="one")
    await hands.to_field("background")
    await hands.press("enter")
    await hands.type("two")
    await hands.press("up", "end")
    await hands.type("!")
    assert form.focused_field is not None
    assert form.focused_field.box.text == "one!\ntwo"


async def test_undo_and_redo_while_typing(hands: Hands) -> None:
    form = await edit(hands)
    await hands.fill("first", "Ida")
    await hands.press("ctrl+z")
    assert form.fields[2].box.text == ""
    await hands.press("ctrl+y")
    assert form.fields[2].box.text == "Ida"


async def test_an_untouched_form_is_left_at_once(hands: Hands) -> None:
    form = await edit(hands)
    await hands.press("escape")
    assert form not in hands.app.screen_stack


async def test_a_changed_form_leaves_a_draft_and_says_so(hands: Hands) -> None:
    form = await edit(hands)
    await hands.fill("first", "Ida")
    await hands.press("escape")
    await hands.sees("draft kept")
    assert form not in hands.app.screen_stack
    await hands.sees("1 draft")
    assert form.spec.record is not None
    again = edit_form(hands.desk.edits, await hands.record(form.spec.record.ref))
    await hands.open(again)
    await hands.sees("(draft of ")
    assert again.fields[2].box.text == "Ida"
    assert hands.writes() == []


async def test_escape_and_a_letter_in_one_keep_the_draft(hands: Hands) -> None:
    form = await edit(hands)
    await hands.fill("first", "Ida")
    await hands.press("escape+z")
    await hands.sees("1 draft")
    assert form not in hands.app.screen_stack


async def test_the_server_s_values_come_back_after_a_question(hands: Hands) -> None:
    form = await edit(hands, first_name="Ida")
    await hands.fill("first", "Eva")
    await hands.press("ctrl+r")
    assert "return to the server’s values? y/n" in hands.screen
    await hands.press("y")
    assert form.fields[2].box.text == "Ida"
    await hands.press("ctrl+r")
    assert "these are the server’s values" in hands.screen


async def test_keys_typed_ahead_of_the_way_back_belong_to_the_list(hands: Hands) -> None:
    await edit(hands)
    await hands.press("escape", "down")
    await hands.sees("row 2 of")


async def test_a_new_person_at_a_large_screen(demo_server: LiveDemo, tmp_path: Path) -> None:
    async with running_app(demo_server, tmp_path, (140, 40)) as hands:
        await hands.open(new_form(hands.desk.edits, "people"))
        await hands.sees("Custom fields follow below: Segment")
        await hands.fill("first", "Leonie")
        await hands.fill("last", "Kühn")
        lines = hands.screen.split("\n")
        assert lines[1].strip() == "People › New person"
        assert lines[3] == "  Person"
        assert hands.line("Last name") == f"›*Last name      [{'Kühn▏':60}] required"
        assert "One request creates the person with all of this." in hands.screen
        assert "2 filled; to be listed as Kühn, Leonie" in hands.screen


async def test_the_smallest_screen_has_room_to_type(demo_server: LiveDemo, tmp_path: Path) -> None:
    async with running_app(demo_server, tmp_path, (80, 24)) as hands:
        form = await edit(hands)
        await hands.resize(40, 12)
        await hands.fill("background", "Am Ende der Seite")
        await hands.sees("[Am Ende der Seite▏  ]")
        await hands.press("tab")
        assert hands.line("[ Save ]").startswith("›")
        assert form.at == len(form.fields)


async def test_the_smallest_screen_names_the_key_that_saves(hands: Hands) -> None:
    await edit(hands)
    await hands.fill("first", "Ida")
    await hands.sees("1 draft")
    await hands.resize(40, 12)
    await hands.until(lambda: hands.screen.endswith(" outbox 0  1 draft   ctrl+s save"))


async def test_beside_tags_stands_what_is_between_them_also_where_room_is_short(
    hands: Hands,
) -> None:
    record = await hands.person(tags_attributes=[{"name": "VIP"}])
    await hands.open(tags_form(hands.desk.edits, record))
    assert hands.line("Tags").rstrip().endswith("] comma between")


async def test_an_address_has_its_own_form(hands: Hands) -> None:
    street = {"street": "Gereonstraße 18–32", "city": "Köln", "country_code": "DE", "atype": "work"}
    record = await hands.person(addrs_attributes=[street])
    part = record.addresses[0]  # type: ignore[attr-defined]
    await hands.open(part_form(hands.desk.edits, record, "addresses", part))
    lines = hands.screen.split("\n")
    assert lines[1] == " People › Probe › Edit address"
    assert hands.line("Country").startswith("  Country        [DE  Deutschland  ")
    assert "field 1 of 7" in hands.screen


async def test_a_birthday_has_been_and_a_renewal_is_to_come(hands: Hands) -> None:
    form = part_form(hands.desk.edits, await hands.person(), "events")
    await hands.open(form)
    today = datetime.fromtimestamp(hands.app.clock.now(), hands.app.zone).date()
    soon = today + timedelta(days=2)
    await hands.fill("date", f"{soon.day}.{soon.month}.")
    on = form.fields[form.at]
    assert str(on.value()) < today.isoformat()
    assert hands.line(f"[{soon.day}.").endswith(day(date.fromisoformat(str(on.value()))))
    await hands.fill("kind", "renewal")
    assert on.value() == soon.isoformat()


async def test_what_a_date_is_taken_for_stands_beside_it_while_it_is_typed(hands: Hands) -> None:
    form = await edit(hands)
    await hands.fill("next visit", "fri")
    taken = date.fromisoformat(str(form.fields[form.at].value()))
    assert taken.weekday() == 4
    assert hands.line("[fri").endswith(f"= {day(taken)}")
    await hands.fill("next visit", "+2")
    assert "= " not in hands.line("[+2")
    await hands.fill("next visit", "31.12.2036")
    assert "= " not in hands.line("[31.12.2036")


async def test_what_would_be_due_in_the_past_says_so(hands: Hands) -> None:
    form = new_form(hands.desk.edits, "tasks")
    await hands.open(form)
    for typed in ("yesterday", "yesterday 14:00", "2020-01-31"):
        await hands.fill("due", typed)
        assert hands.line(f"[{typed}").endswith("in the past")
    for typed in ("today", "tomorrow 14:00", "2036-12-31"):
        await hands.fill("due", typed)
        assert "past" not in hands.line(f"[{typed}")
    assert form.fields[form.at].value() == "2036-12-31"
    await hands.fill("due", " ")
    assert "past" not in hands.line("Due")


async def test_other_days_than_those_that_are_due_may_be_past(hands: Hands) -> None:
    await edit(hands)
    await hands.fill("next visit", "yesterday")
    assert "past" not in hands.line("[yesterday")


async def test_an_amount_stands_in_its_box_with_both_digits(hands: Hands) -> None:
    deal = {"name": "Kran", "value": "24750.5", "value_type": "total", "currency": "EUR"}
    deal |= {"current_state": "open_50", "target_date": "2026-12-31"}
    made = hands.demo.ask("POST", "/api/deals", {"deal": deal})
    record = await hands.record(Ref("deals", str(made["deal"]["id"])))
    form = edit_form(hands.desk.edits, record)
    await hands.open(form)
    await hands.to_field("value")
    field = form.fields[form.at]
    assert (field.box.text, field.changed, field.value()) == ("24750.50", False, "24750.5")
