"""The same keys on every CRM, at 80x24: browse, drill, search, edit, create, delete, undo."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.folding import fold
from csc_tui.domain.ref import Ref
from csc_tui.services.browse import Listing
from csc_tui.services.gathered import Gathered
from csc_tui.store.rows import Row
from csc_tui.ui.screens.list import ListScreen
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
    # However slow the machine is, it is still held when it is taken back.
    hands.desk.edits.pace = replace(hands.desk.edits.pace, held=600.0)
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
    hands.demo.fail({"kind": "latency", "path": "/**", "seconds": 1.0, "count": 1})
    await hands.press("B")
    if not desk.dialect.bin:
        await hands.sees("B ")
        assert "Bin" not in hands.screen
        return
    await hands.sees("› Bin")
    await hands.press("r")  # while the first answer is on its way
    await hands.until(lambda: "asking the CRM" not in hands.screen)
    desk.colleague.write(Change(Verb.DELETE, desk.person))
    await hands.press("r")
    await hands.sees(f"{desk.name}, Anna")
    while f"› {desk.name}" not in hands.screen:
        await hands.press("down")
    await hands.press("enter")
    await hands.sees("restored")
    assert desk.colleague.there(desk.person)
    assert f"{desk.name}, Anna" not in hands.screen
    base = hands.app.base
    assert base is not None
    await hands.until(lambda: base.row is not None and base.row.id == desk.person.id)
    await hands.press("escape")
    await hands.sees(f"› {desk.name}, Anna")


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
    await hands.until(lambda: hands.app.base is not None and hands.app.base.row is not None)
    await hands.press("slash")
    await hands.type(desk.firm)
    await hands.press("enter")
    await hands.until(lambda: desk.firm in "".join(hands.screen.split("\n")[2:4]))
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


async def test_every_list_can_be_filtered_and_costs_what_was_counted(desk: Desk) -> None:
    hands = desk.hands
    for number, tab in enumerate(hands.desk.tabs, 1):
        await hands.press(str(number))
        if hands.desk.resources[tab.name].views:  # it opens with the first of them
            await hands.until(lambda: (made := made_of(hands)) is not None and made.whole)
            await hands.press("escape")
        await hands.until(lambda: list_of(hands).whole.total is not None)
        await hands.until(lambda: list_of(hands).rows.row is not None)
        listing = list_of(hands).whole
        hands.demo.forget()
        await hands.press("f")
        await hands.sees("⏎ run")
        await hands.type("name:any")
        await hands.press("enter")
        await hands.until(lambda: isinstance(list_of(hands).listing, Gathered))
        made = list_of(hands).listing
        assert isinstance(made, Gathered)
        await hands.until(lambda made=made: made.whole)  # type: ignore[misc]
        words = tab.sorts[0].words
        await hands.sees(f"{tab.many}: with Name; {words}")
        assert made.total == listing.total
        pages = [one for one in hands.demo.log() if f"/{tab.name}?" in one["path"]]
        counted = len(pages) - hands.desk.crm.limits.pages_count
        assert counted == -(-made.total // hands.desk.page_rows(tab.name))
        await hands.press("escape")
        await hands.sees(f"all {tab.many} {words}")


async def test_a_filter_finds_one_of_many_and_is_a_list_like_any_other(desk: Desk) -> None:
    hands = desk.hands
    await hands.press("f")
    await hands.sees("⏎ run")
    await hands.type(f"{desk.name} phone:any")
    await hands.press("enter")
    await hands.sees(f"people: “{desk.name}”, with Phone; by name".replace(
        "people", hands.desk.tabs[0].many))  # fmt: skip
    await hands.sees("row 1 of 1")
    await hands.press("space")
    await hands.sees("1 marked; ")
    assert hands.app.marks.of(desk.dialect.people) == (desk.person.id,)
    await hands.press("e")
    await hands.sees("Edit")
    await hands.fill("First name", "Berta")
    await hands.press("ctrl+s")
    await hands.sees(f"{desk.name}, Berta")
    await hands.until(lambda: hands.desk.outbox == 0)
    await hands.press("enter")
    await hands.sees(f"Berta {desk.name}")


async def test_a_column_orders_the_whole_account_and_then_the_next_one_is_free(desk: Desk) -> None:
    hands = desk.hands
    await hands.until(lambda: list_of(hands).whole.total is not None)
    await ordered(hands, "by City")
    many = hands.desk.tabs[0].many
    await hands.sees(f"all {many} by City")
    made = list_of(hands).listing
    assert isinstance(made, Gathered)
    await hands.until(lambda: made.whole)
    assert made.total == list_of(hands).whole.total
    city = [one.name for one in made.tab.columns].index("city")
    assert in_order([row.cells[city] for row in rows_of(made)])
    hands.demo.forget()
    await ordered(hands, "by Last, latest first")
    await hands.sees(f"all {many} by Last, latest first")
    await hands.until(lambda: list_of(hands).listing.total == made.total)
    last = [one.name for one in made.tab.columns].index("last")
    times = [row.cells[last] for row in rows_of(list_of(hands).listing)]
    assert in_order([one for one in times if one][::-1])
    assert not any(times[sum(map(bool, times)) :])
    assert not [one for one in hands.demo.log() if f"/{desk.dialect.people}?" in one["path"]]


def rows_of(listing: Listing | Gathered) -> list[Row]:
    """All rows, in their order."""
    return [row for n in range(listing.length) if (row := listing.row(n)) is not None]


def in_order(texts: list[str]) -> bool:
    """Whether they stand A to Z, with what is empty behind."""
    filled = [fold(one) for one in texts if one]
    return filled == sorted(filled) and not any(texts[len(filled) :]) and len(filled) > 10


async def ordered(hands: Hands, words: str) -> None:
    """`s` and the order of these words."""
    await hands.press("s")
    await hands.sees("› Order")
    while f"› {words}\n" not in hands.screen:
        await hands.press("down")
        assert " 20 of 20" not in hands.screen
    await hands.press("enter")


def made_of(hands: Hands) -> Gathered | None:
    """What a filter has put into the list; None where none has."""
    found = list_of(hands).listing
    return found if isinstance(found, Gathered) else None


def list_of(hands: Hands) -> ListScreen:
    """The list on the screen."""
    found = hands.app.base
    assert found is not None
    return found
