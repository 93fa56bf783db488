"""The same keys on every CRM, at 80x24: browse, drill, search, edit, create, delete, undo."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from tests.contract.conftest import Colleague
from tests.contract.dialects import Dialect
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo


@dataclass
class Desk:
    """Somebody at the keys, a colleague, and a person with a company that both know."""

    hands: Hands
    dialect: Dialect
    colleague: Colleague
    person: Ref
    company: Ref
    name: str
    firm: str


@pytest.fixture
async def desk(serving: tuple[Dialect, LiveDemo], tmp_path: Path) -> AsyncIterator[Desk]:
    dialect, demo = serving
    demo.fail()
    colleague = Colleague(demo)
    name, firm = f"Zzz{uuid.uuid4().hex[:8]}", f"Zeche {uuid.uuid4().hex[:8]}"
    company = colleague.make("companies", name=firm)
    number = f"+49 221 {uuid.uuid4().int % 10**8}"
    person = colleague.make(
        dialect.people,
        first_name="Anna",
        last_name=name,
        phones=[{"number": number, "kind": "other"}],
        **{dialect.link: [{dialect.linked: {"id": company.id, "name": firm}}]},
    )
    async with running_app(demo, tmp_path) as hands:
        yield Desk(hands, dialect, colleague, person, company, name, firm)
    colleague.close()


async def find(desk: Desk) -> None:
    """Search for the person; the cursor stands on it."""
    await desk.hands.press("slash")
    await desk.hands.type(desk.name)
    await desk.hands.press("enter")
    await desk.hands.sees(f"{desk.name}, Anna")


async def test_drilling_to_the_company_and_back(desk: Desk) -> None:
    hands = desk.hands
    await find(desk)
    await hands.press("enter")
    await hands.sees(f"Anna {desk.name}")
    await hands.sees(f"{desk.firm} ›")
    await hands.press("home")
    await hands.press("down", "enter")
    await hands.sees(f" {desk.name}, Anna › {desk.firm}")
    await hands.sees("+49 221")
    await hands.press("escape")
    await hands.sees(f"Anna {desk.name}")
    await hands.press("escape")
    await hands.sees(f"{desk.name}, Anna")


async def test_an_edit_is_queued_saved_and_shown(desk: Desk) -> None:
    hands = desk.hands
    await find(desk)
    await hands.press("enter")
    await hands.sees(f"Anna {desk.name}")
    await hands.press("E")
    await hands.sees("First name")
    await hands.fill("first name", "Berta")
    await hands.press("ctrl+s")
    await hands.sees("saved")
    await hands.sees(f"Berta {desk.name}")
    assert "outbox 0" in hands.screen
    assert desk.colleague.record(desk.person).first_name == "Berta"


async def test_a_part_is_added_to_what_is_there(desk: Desk) -> None:
    hands = desk.hands
    await find(desk)
    await hands.press("enter")
    await hands.sees(f"Anna {desk.name}")
    await hands.press("t")
    await hands.sees("Tags")
    await hands.type("Neuer Tag")
    await hands.press("ctrl+s")
    await hands.sees("saved")
    assert [one.text() for one in desk.colleague.record(desk.person).tags] == ["Neuer Tag"]


async def test_a_delete_asks_for_the_name_and_is_taken_back_while_held(desk: Desk) -> None:
    hands = desk.hands
    await find(desk)
    await hands.press("enter")
    await hands.sees(f"Anna {desk.name}")
    await hands.press("home", "D")
    await hands.sees(f"With it go: 1 phone, 1 {desk.dialect.linked_words}")
    keeps_none = hands.desk.crm.title in hands.screen
    assert keeps_none is not desk.dialect.bin
    await hands.type(desk.name)
    await hands.press("enter")
    await hands.sees("outbox 1")
    await hands.press("u")
    await hands.until(lambda: hands.desk.outbox == 0)
    assert desk.colleague.there(desk.person)


async def test_every_tab_opens_by_its_number(desk: Desk) -> None:
    hands = desk.hands
    for number, tab in enumerate(hands.desk.tabs, 1):
        await hands.press(str(number))
        await hands.sees(f"[{number} {tab.title}]")
        await hands.sees("row 1 of")
    await hands.press("question_mark")
    await hands.sees(hands.desk.tabs[-1].title)


async def test_a_draft_outlives_its_form(desk: Desk) -> None:
    hands = desk.hands
    await find(desk)
    await hands.press("enter")
    await hands.sees(f"Anna {desk.name}")
    await hands.press("E")
    await hands.sees("First name")
    await hands.fill("first name", "Cilly")
    await hands.press("escape")
    await hands.sees("1 draft")
    await hands.press("E")
    await hands.sees("draft of")
    await hands.sees("Cilly")


async def test_the_bin_is_looked_into_and_gives_back(desk: Desk) -> None:
    hands = desk.hands
    await hands.press("B")
    if not desk.dialect.bin:
        await hands.sees("B ")
        assert "Bin" not in hands.screen
        return
    await hands.sees("› Bin")
    desk.colleague.write(Change(Verb.DELETE, desk.person))
    await hands.press("r")
    await hands.sees(f"{desk.name}, Anna")
    while f"› {desk.name}" not in hands.screen:
        await hands.press("down")
    await hands.press("enter")
    await hands.sees("restored")
    assert desk.colleague.there(desk.person)
    assert f"{desk.name}, Anna" not in hands.screen


async def test_destroying_asks_for_the_name(desk: Desk) -> None:
    hands = desk.hands
    if not desk.dialect.bin:
        pytest.skip("this CRM keeps no bin")
    desk.colleague.write(Change(Verb.DELETE, desk.person))
    await hands.press("B")
    await hands.sees(f"{desk.name}, Anna")
    while f"› {desk.name}" not in hands.screen:
        await hands.press("down")
    await hands.press("D")
    await hands.sees("Nothing brings it back")
    await hands.type(desk.name)
    await hands.press("enter")
    await hands.sees("destroyed for good")
    assert f"{desk.name}, Anna" not in hands.screen


async def test_a_company_opened_from_its_list_names_its_people(desk: Desk) -> None:
    """Lists may leave them out: then they are one request, half a second later."""
    hands = desk.hands
    await hands.press("2")
    await hands.sees("row 1 of")
    await hands.press("slash")
    await hands.type(desk.firm)
    await hands.press("enter")
    await hands.until(lambda: desk.firm in hands.screen.split("\n")[2])
    await hands.press("enter")
    await hands.sees(f"› {desk.firm}")
    await hands.sees(f"{desk.name}, Anna ›")


async def test_notes_are_offered_where_the_crm_takes_them(desk: Desk) -> None:
    hands = desk.hands
    takes = hands.desk.resources[desk.dialect.people].notes is not None
    await hands.until(lambda: hands.app.base is not None and hands.app.base.row is not None)
    await hands.press("N")
    await hands.sees("Add note" if takes else "no notes can be written here")
    offered = {one.id for one in hands.app.base.footer()} if hands.app.base else set()
    assert ("list.note" in offered) is takes
