"""Views: filter, order and columns under a name, opened, renamed, deleted, edited by hand."""

from __future__ import annotations

from csc_tui.config.views import Views
from csc_tui.ui.screens.views import ViewsScreen
from tests.live_app import Hands
from tests.ui.test_filter_line import base, filtered, gathered, order


async def save(hands: Hands, name: str) -> None:
    await hands.press("V")
    await hands.sees("› Views")
    await hands.press("n")
    await hands.sees("Save this view")
    await hands.type(name)
    await hands.press("enter")
    await hands.sees(f"view {name} saved")
    await hands.press("escape")


async def test_a_view_is_kept_and_opened_again(listed: Hands) -> None:
    hands = listed
    await filtered(hands, "tag:messe")
    await order(hands, "by City, backwards")
    await hands.sees("people: tagged messe; by City, backwards")
    await hands.until(lambda: gathered(hands).whole)
    found = gathered(hands).ids()
    await hands.press("c")
    await hands.sees("› [x] Name")
    # Of Name, Company, City, Phone, Tags, E-mail and Last, City alone stays beside the name.
    await hands.press("down", "space", "down", "down", "space", "down", "down", "down", "space")
    await hands.press("enter")
    await hands.until(lambda: base(hands).rows.order == (0, 2))
    await save(hands, "Messe Köln")
    assert Views(hands.desk.folder).of("people")["Messe Köln"].columns == ("name", "city")

    await hands.press("c")
    await hands.sees("› [x] Name")
    await hands.press("x", "enter")
    await hands.press("escape")
    await hands.until(lambda: not base(hands).narrowed)
    await hands.press("V")
    await hands.sees("› Messe Köln")
    await hands.sees("tag:messe  -city  name, city")
    await hands.press("enter")
    await hands.until(lambda: base(hands).narrowed and gathered(hands).whole)
    assert gathered(hands).ids() == found
    assert base(hands).idle_words() == "people: tagged messe; by City, backwards"
    assert base(hands).rows.order == (0, 2)


async def test_the_whole_list_in_an_order_is_a_view_too(listed: Hands) -> None:
    hands = listed
    await order(hands, "newest first")
    await hands.sees("all people newest first")
    await save(hands, "new ones")
    await filtered(hands, "tag:messe")
    await hands.press("V")
    await hands.sees("› new ones")
    views = hands.app.screen
    assert isinstance(views, ViewsScreen)
    kept = views.idle_words()  # below what was said last
    assert "views.toml" in kept
    assert len(kept) < 80
    await hands.press("enter")
    await hands.until(lambda: not base(hands).narrowed)
    await hands.sees("row 1 of 2,400")
    assert base(hands).idle_words() == "all people newest first"


async def test_views_are_renamed_replaced_and_deleted_after_a_question(listed: Hands) -> None:
    hands = listed
    await save(hands, "one")
    await save(hands, "two")
    await hands.press("V")
    await hands.sees("› one")
    await hands.press("e")
    await hands.sees("Rename one")
    await hands.press("ctrl+u")
    await hands.type("two")
    await hands.press("enter")
    await hands.sees("two is there already")
    await hands.press("ctrl+u")
    await hands.type("three")
    await hands.press("enter")
    await hands.sees("› three")
    await hands.press("D")
    await hands.sees("delete the view three?")
    await hands.press("x")
    await hands.sees("it stays")
    await hands.press("D")
    await hands.sees("delete the view three?")
    await hands.press("enter")
    await hands.sees("› two")
    assert [*Views(hands.desk.folder).of("people")] == ["two"]


async def test_a_broken_file_is_said_and_stays_as_it_is(listed: Hands) -> None:
    hands = listed
    views = Views(hands.desk.folder)
    views.path.write_text("[people.mine]\nfiltre = 'x'\n")
    await hands.press("V")
    await hands.sees("filtre")
    await hands.press("n")
    await hands.sees("Save this view")
    await hands.type("new")
    await hands.press("enter")
    await hands.sees("filtre")
    assert views.path.read_text() == "[people.mine]\nfiltre = 'x'\n"
    await hands.press("escape")
    views.path.write_text('[people.mine]\nfilter = "cit:x"\n[people.other]\nsort = "height"\n')
    await hands.press("escape", "V")
    await hands.sees("› mine")
    await hands.press("enter")
    await hands.sees("no field “cit”")
    await hands.press("escape", "V")
    await hands.sees("› mine")
    await hands.press("down", "enter")
    await hands.sees("other is ordered by height")
