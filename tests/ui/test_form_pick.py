"""Pick lists: they narrow while one types, take what is chosen, and close alone."""

from __future__ import annotations

import pytest

from csc_tui.domain.field import Choice
from csc_tui.domain.lookup import static_choices
from csc_tui.domain.ref import Ref
from csc_tui.glyphs import width
from csc_tui.services.events import LookupsChanged
from csc_tui.ui.forms.open import edit_form, new_form, part_form, tags_form
from csc_tui.ui.forms.pick import Option, PickList, narrowed
from tests.live_app import Hands

COUNTRIES = static_choices("countries")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("öst", ["AT", "TL"]),
        ("ost", ["AT", "TL"]),
        ("austria", ["AT"]),
        ("at", ["AT", "ET"]),
        ("AT  Österreich", ["AT"]),
        ("united k", ["GB"]),
        ("zzz", []),
    ],
)
def test_code_german_and_english_name_all_find_a_country(typed: str, codes: list[str]) -> None:
    assert [one.value for one in narrowed(COUNTRIES, typed)] == codes


def test_nothing_typed_is_everything() -> None:
    assert len(narrowed(COUNTRIES, "")) == len(COUNTRIES)


def test_a_list_is_as_wide_as_its_box_and_follows_its_cursor() -> None:
    options = [Option(Choice(str(n), "", "Köln"), f"Firma {n} 田", "8 people") for n in range(20)]
    pick = PickList(options)
    pick.move(15)
    rows = ["".join(run.text for run in line) for line in pick.lines(46, 5)]
    assert len(rows) == 7
    assert {width(row) for row in rows} == {48}
    assert rows[-2].startswith("│› Firma 15")
    pick.move(-99)
    assert pick.current is options[0]


async def test_a_country_is_found_by_its_german_name(hands: Hands) -> None:
    address = {"city": "Wien", "country_code": "DE", "atype": "work"}
    record = await hands.person(addrs_attributes=[address])
    part = record.addresses[0]  # type: ignore[attr-defined]
    form = part_form(hands.desk.edits, record, "addresses", part)
    await hands.open(form)
    await hands.to_field("country")
    await hands.type("öst")
    assert hands.line("Country").startswith("›*Country        [öst▏")
    assert "was DE" in hands.line("Country")
    assert "│› AT  Österreich" in hands.screen
    assert "2 of 249; code, German or English name. ⏎ takes it" in hands.screen
    assert "⏎ take  ↑↓ choose  esc close list" in hands.screen
    await hands.press("enter")
    assert hands.line("Country").startswith("›*Country        [AT  Österreich▏")
    await hands.press("ctrl+s")
    await hands.sees(" saved")
    assert [one["body"] for one in hands.writes()] == [{"addr": {"country_code": "AT"}}]


async def test_escape_closes_the_list_alone(hands: Hands) -> None:
    form = edit_form(hands.desk.edits, await hands.person())
    await hands.open(form)
    await hands.to_field("gender")
    await hands.press("enter")
    assert "│› male " in hands.screen
    await hands.press("escape")
    assert "│" not in hands.screen
    assert hands.app.screen is form


async def test_an_option_is_chosen_with_the_arrows(hands: Hands) -> None:
    await hands.open(edit_form(hands.desk.edits, await hands.person(gender="male_user")))
    await hands.to_field("gender")
    await hands.press("enter", "down", "enter")
    assert "[female▏" in hands.line("Gender")
    await hands.press("ctrl+s")
    await hands.sees(" saved")
    assert [one["body"] for one in hands.writes()] == [{"person": {"gender": "female_user"}}]


async def test_options_that_arrive_leave_the_cursor_where_it_is(hands: Hands) -> None:
    await hands.open(edit_form(hands.desk.edits, await hands.person(gender="male_user")))
    await hands.to_field("gender")
    await hands.press("enter", "down")
    hands.desk.events.tell(LookupsChanged())
    await hands.press("enter")
    assert "[female▏" in hands.line("Gender")


async def test_what_would_be_made_anew_gives_way_to_what_arrives(hands: Hands) -> None:
    lookups = hands.desk.lookups
    tags = tuple(await lookups.need("tags"))
    await hands.open(new_form(hands.desk.edits, "people"))
    await hands.until(lambda: not hands.desk.waiting)
    del lookups.known["tags"]
    await hands.fill("tags", "messe h")
    assert "│› new tag “messe h”" in hands.screen
    lookups.known["tags"] = tags
    hands.desk.events.tell(LookupsChanged())
    await hands.sees("│› Messe Hannover 2026")
    assert "new tag “messe h”" in hands.screen


async def test_what_is_no_option_is_said_at_the_field(hands: Hands) -> None:
    await hands.open(edit_form(hands.desk.edits, await hands.person()))
    await hands.to_field("gender")
    await hands.type("zzz")
    assert "nothing fits; esc closes the list" in hands.screen
    await hands.press("tab")
    assert "“zzz” is none of the options. ⏎ shows them." in hands.screen
    await hands.press("shift+tab", "enter")
    await hands.sees("│› male")
    await hands.press("escape", "ctrl+u")
    await hands.type("what was meant for the box of the text " * 3)
    await hands.press("tab")
    assert "“what was meant for the box of the text …” is none" in hands.screen


async def test_users_are_picked_by_name_and_sent_by_id(hands: Hands) -> None:
    form = edit_form(hands.desk.edits, await hands.person())
    await hands.open(form)
    await hands.to_field("responsible")
    await hands.type("uwe")
    await hands.sees("│› Uwe Lindner")
    await hands.press("enter", "ctrl+s")
    await hands.sees(" saved")
    users = await hands.desk.lookups.need("users")
    uwe = next(one.value for one in users if one.words == "Uwe Lindner")
    assert [one["body"] for one in hands.writes()] == [{"person": {"user_id": int(uwe)}}]


async def test_a_company_of_the_store_is_offered_and_linked_by_its_id(hands: Hands) -> None:
    made = hands.demo.ask("POST", "/api/companies", {"company": {"name": "Quittenhof Süd KG"}})
    company = made["company"]["id"]
    await hands.desk.records.fetch(Ref("companies", str(company)))
    hands.demo.forget()
    await hands.open(new_form(hands.desk.edits, "people"))
    await hands.fill("last", "Kühn")
    await hands.fill("company", "quitten")
    await hands.sees("│› Quittenhof Süd KG")
    assert "new company “quitten”" in hands.screen
    await hands.press("enter", "ctrl+s")
    await hands.sees(" saved")
    (body,) = [one["body"]["person"] for one in hands.writes()]
    assert body["positions_attributes"] == [{"company_id": company, "primary_function": True}]


async def test_an_unknown_company_is_made_by_its_name(hands: Hands) -> None:
    await hands.open(new_form(hands.desk.edits, "people"))
    hands.demo.forget()
    await hands.fill("last", "Kühn")
    await hands.fill("company", "Gibtsnochnicht AG")
    await hands.sees("│› new company “Gibtsnochnicht AG”")
    await hands.press("enter", "ctrl+s")
    await hands.sees(" saved")
    (body,) = [one["body"]["person"] for one in hands.writes()]
    assert body["positions_attributes"] == [
        {"company_name": "Gibtsnochnicht AG", "primary_function": True}
    ]


async def test_tags_are_completed_behind_the_last_comma(hands: Hands) -> None:
    form = new_form(hands.desk.edits, "people")
    await hands.open(form)
    await hands.fill("tags", "Neu, messe h")
    await hands.sees("│› Messe Hannover 2026")
    assert "new tag “messe h”" in hands.screen
    await hands.press("enter")
    assert form.focused_field is not None
    assert form.focused_field.box.text == "Neu, Messe Hannover 2026"


async def test_a_letter_behind_a_whole_tag_begins_another_one(hands: Hands) -> None:
    record = await hands.person(tags_attributes=[{"name": "VIP"}])
    form = tags_form(hands.desk.edits, record)
    await hands.open(form)
    await hands.type("me")
    assert form.fields[0].box.text == "VIP, me"
    await hands.press("enter")
    taken = form.fields[0].box.text
    await hands.type("x")
    assert form.fields[0].box.text == f"{taken}, x"
    await hands.type(",y")
    assert form.fields[0].box.text == f"{taken}, x,y"
