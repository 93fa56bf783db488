"""A filter typed over a list: what it costs, what it shows, what is wrong with it."""

from __future__ import annotations

from csc_tui.domain.folding import fold
from csc_tui.domain.ref import Ref
from csc_tui.services.gathered import Gathered
from csc_tui.ui.screens.list import ListScreen
from tests.live_app import Hands


def base(hands: Hands) -> ListScreen:
    """The list on the screen."""
    found = hands.app.base
    assert found is not None
    return found


def gathered(hands: Hands) -> Gathered:
    """What a filter has put into it."""
    found = base(hands).listing
    assert isinstance(found, Gathered)
    return found


async def typed(hands: Hands, text: str) -> None:
    """`f` and a text in the empty line."""
    await hands.press("f")
    await hands.sees("⏎ run")
    await hands.press("ctrl+u")
    await hands.type(text)
    await hands.sees(f"f {text}▏")


async def filtered(hands: Hands, text: str) -> None:
    """A cheap filter, from `f` until all of it is there."""
    await typed(hands, text)
    await hands.press("enter")
    await hands.until(lambda: base(hands).narrowed and gathered(hands).whole)


def pages(hands: Hands) -> list[str]:
    """The pages that were asked for."""
    return [one for one in hands.demo.requests() if one.startswith("GET /api/people?")]


async def test_a_cheap_filter_runs_at_once_and_says_itself(listed: Hands) -> None:
    hands = listed
    hands.demo.forget()
    await filtered(hands, "tag:messe city:Köln")
    await hands.sees("people: tagged messe, City: Köln; by name")
    await hands.sees("row 1 of 1")
    assert len(pages(hands)) == 1
    assert "tag_name=Messe" in pages(hands)[0]
    await hands.press("enter")
    await hands.sees("Metallbau Köln OHG")
    await hands.press("escape")
    await hands.sees("people: tagged messe")
    await hands.press("escape")
    await hands.sees("all people by name")
    await hands.sees("row 1 of 2,400")


async def test_a_dear_filter_says_first_what_it_costs(listed: Hands) -> None:
    hands = listed
    hands.demo.forget()
    await typed(hands, "city:Köln phone:none")
    await hands.press("enter")
    await hands.sees("10 requests, then 2,400 of 2,400 checked here, ~")
    assert pages(hands) == []
    await hands.press("escape")
    await hands.sees("all people by name")
    await hands.press("f")
    await hands.sees("f city:Köln phone:none▏")
    assert pages(hands) == []


async def test_all_that_a_filter_shows_is_marked_without_a_request(listed: Hands) -> None:
    hands = listed
    await filtered(hands, "tag:messe")
    hands.demo.forget()
    await hands.press("*")
    await hands.sees(f"{gathered(hands).total} marked; people: tagged messe")
    assert set(hands.app.marks.of("people")) == set(gathered(hands).ids())
    assert hands.demo.requests() == []


async def test_a_part_of_what_fits_is_neither_marked_nor_exported_for_all_of_it(
    listed: Hands,
) -> None:
    hands = listed
    await typed(hands, "phone:any")
    hands.demo.fail({"kind": "latency", "path": "/people", "seconds": 1.0})
    await hands.press("enter")
    await hands.sees("10 requests, then")
    await hands.press("enter")
    await hands.sees("checked here: 250")
    for key in ("*", "i", "x"):
        await hands.press(key)
        await hands.sees("rows are still coming: again once they are all here")
        assert hands.app.marks.count("people") == 0
    hands.demo.fail()
    await hands.until(lambda: gathered(hands).whole)
    await hands.press("*")
    await hands.until(lambda: hands.app.marks.count("people") == gathered(hands).total)


async def test_what_is_here_is_looked_at_without_a_request_and_says_so(listed: Hands) -> None:
    hands = listed
    hands.demo.forget()
    await typed(hands, "phone:any")
    await hands.press("enter")
    await hands.sees("no request: look only at the 250 of 2,400 people that are here")
    await hands.press("down", "enter")
    await hands.sees("only of the 250 of 2,400 here; people: with Phone; by name")
    assert pages(hands) == []
    assert gathered(hands).reading.checked == 250


async def test_a_bad_filter_is_answered_at_the_place_and_mended(listed: Hands) -> None:
    hands = listed
    await typed(hands, "tag:messe cit:Köln")
    await hands.press("enter")
    await hands.sees("Is city meant?")
    at = hands.line("f tag:messe cit").index("cit:")
    assert hands.line("^").index("^") == at
    assert hands.line("^").strip() == "^" * len("cit:Köln")
    for _ in range(len(":Köln")):
        await hands.press("backspace")
    await hands.sees("› Abel, Frank")
    await hands.type("y:Köln")
    await hands.press("enter")
    await hands.sees("people: tagged messe, City: Köln; by name")


async def test_a_filter_that_nothing_fits_says_so_and_how_to_go_on(listed: Hands) -> None:
    hands = listed
    await filtered(hands, "tag:messe city:Bonnx")
    await hands.sees("None of 2,400 fits tag:messe city:Bonnx.")
    await hands.sees("esc   shows all people")
    await hands.press("f")
    await hands.sees("f tag:messe city:Bonnx▏")
    await hands.press("escape")
    await hands.sees("None of 2,400 fits")
    await hands.press("escape")
    await hands.sees("› Abel, Frank")


async def test_a_filter_without_a_line_looks_at_what_is_here(listed: Hands) -> None:
    hands = listed
    hands.demo.fail({"kind": "drop"})
    await hands.press("r")
    await hands.sees(" offline")
    await filtered(hands, "phone:any city:Köln")
    hands.demo.fail()
    assert gathered(hands).local
    assert gathered(hands).reading.checked == 250
    assert base(hands).idle_words() == (
        "only of the 250 of 2,400 here; people: with Phone, City: Köln; by name"
    )


async def test_a_jump_by_name_works_in_what_a_filter_shows(listed: Hands) -> None:
    hands = listed
    await filtered(hands, "tag:messe")
    made = gathered(hands)
    middle = made.row(made.total // 2)
    assert middle is not None
    await hands.press(",")
    await hands.type(middle.cells[0][:4])
    await hands.until(lambda: base(hands).rows.cursor > 0)
    row = base(hands).rows.row
    assert row is not None
    assert row.cells[0][:4] == middle.cells[0][:4]


async def test_a_refresh_asks_again_and_keeps_the_cursor_on_its_record(listed: Hands) -> None:
    hands = listed
    await filtered(hands, "tag:messe")
    first = gathered(hands)
    await hands.press(*["down"] * 5)
    stays = first.ids()[5]
    hands.demo.forget()
    await hands.press("r")
    await hands.until(lambda: gathered(hands) is not first and gathered(hands).whole)
    await hands.until(lambda: base(hands).rows.cursor == 5)
    row = base(hands).rows.row
    assert row is not None
    assert row.id == stays
    assert len(pages(hands)) == 1


async def test_esc_ends_a_filter_that_runs_and_what_came_stays(listed: Hands) -> None:
    hands = listed
    await typed(hands, "phone:any")
    hands.demo.fail({"kind": "latency", "path": "/people", "seconds": 0.5})
    await hands.press("enter")
    await hands.sees("10 requests, then")
    await hands.press("enter")
    await hands.sees("10 requests, then 2,400 of 2,400 checked here: 250")
    await hands.press("escape")
    await hands.sees("stopped, only ")
    hands.demo.fail()
    made = gathered(hands)
    assert 250 <= made.reading.checked < 2400
    assert not made.whole
    await hands.sees(f"row 1 of {made.total:,}")


async def test_tab_completes_fields_tags_and_users(listed: Hands) -> None:
    hands = listed
    await typed(hands, "ta")
    await hands.press("tab")
    await hands.sees("f tag:▏")
    await hands.press("ctrl+u")
    await hands.type("tag:mes")
    await hands.press("tab")
    await hands.sees("3 ways to go on")
    await hands.press("enter")
    await hands.sees("f tag:Messe ▏")
    await hands.type('tag:"messe k')
    await hands.press("tab")
    await hands.sees('f tag:Messe tag:"Messe Köln" ▏')
    await hands.type("-owner:")
    await hands.press("tab")
    await hands.sees("ways to go on")
    await hands.sees("› me")
    await hands.press("enter")
    await hands.sees('f tag:Messe tag:"Messe Köln" -owner:me ▏')
    await hands.type("zzz:q")
    await hands.press("tab")
    await hands.sees("nothing to complete here")


async def test_tab_completes_cities_and_companies_out_of_the_store_alone(listed: Hands) -> None:
    hands = listed
    company = hands.demo.ask("POST", "/api/companies", {"company": {"name": "Zwirnerei Zeus"}})
    await hands.desk.records.fetch(Ref("companies", str(company["company"]["id"])))
    address = {"street": "Am Wall 1", "city": "Zwönitz", "country_code": "DE", "atype": "work"}
    await hands.person(addrs_attributes=[address])
    hands.demo.forget()
    await typed(hands, "company:zwirn")
    await hands.press("tab")
    await hands.sees('f company:"Zwirnerei Zeus" ▏')
    await hands.type("city:zwoe")
    await hands.press("tab")
    await hands.sees('f company:"Zwirnerei Zeus" city:Zwönitz ▏')
    assert hands.demo.requests() == []


async def test_an_order_by_any_column_says_first_what_it_costs(listed: Hands) -> None:
    hands = listed
    hands.demo.forget()
    await order(hands, "by City, backwards")
    await hands.sees("10 requests, then 2,400 of 2,400 checked here")
    await hands.press("down", "enter")
    await hands.sees("only of the 250 of 2,400 here; all people by City, backwards")
    await hands.sees("City ↓")
    assert pages(hands) == []
    cities = [fold(gathered(hands).row(n).cells[2]) for n in range(250)]  # type: ignore[union-attr]
    filled = [one for one in cities if one]
    assert filled == sorted(filled, reverse=True)
    assert not any(cities[len(filled) :])
    await order(hands, "by name, Z to A")
    await hands.sees("all people by name, Z to A")
    assert not base(hands).narrowed


async def test_what_a_filter_shows_is_ordered_too(listed: Hands) -> None:
    hands = listed
    await filtered(hands, "tag:messe")
    found = set(gathered(hands).ids())
    await order(hands, "by Company")
    await hands.sees("people: tagged messe; by Company")
    await hands.until(lambda: gathered(hands).whole)
    assert set(gathered(hands).ids()) == found
    firms = [fold(gathered(hands).row(n).cells[1]) for n in range(len(found))]  # type: ignore[union-attr]
    filled = [one for one in firms if one]
    assert filled == sorted(filled)
    await hands.press("escape")
    await hands.sees("all people by name")


async def order(hands: Hands, words: str) -> None:
    """`s` and the order of these words."""
    await hands.press("s")
    await hands.sees("› Order")
    for _ in range(20):
        if f"› {words}\n" in hands.screen:
            break
        await hands.press("down")
    else:
        await hands.press(*["up"] * 20)
        while f"› {words}\n" not in hands.screen:
            await hands.press("down")
    await hands.press("enter")
