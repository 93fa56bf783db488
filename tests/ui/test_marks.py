"""Marks: by record, over everything that the list does."""

from __future__ import annotations

from tests.live_app import Hands
from tests.ui.test_filter_line import filtered


def signs(hands: Hands) -> list[str]:
    """The gutter of the rows on screen."""
    return [one[:2] for one in hands.screen.split("\n")[2:-2]]


async def test_space_marks_and_goes_on_and_again_unmarks(listed: Hands) -> None:
    hands = listed
    assert "b act" not in hands.screen
    await hands.press("space", "space")
    await hands.sees("2 marked; all people by name")
    assert "  b act  / search  " in hands.screen
    assert signs(hands)[:3] == [" +", " +", "› "]
    await hands.press("up", "space")
    await hands.sees("1 marked")
    assert signs(hands)[:2] == [" +", "  "]


async def test_marks_stay_with_their_records_in_another_order(listed: Hands) -> None:
    hands = listed
    await hands.press("space")
    name = hands.screen.split("\n")[2][2:20]
    await hands.press("s", "down", "enter")
    await hands.until(lambda: hands.app.base.listing.query.sort.key == "-name")  # type: ignore[union-attr]
    await hands.until(lambda: "row 1 of" in hands.screen)
    await hands.sees("1 marked")
    await hands.press("end")
    await hands.until(lambda: any(one.startswith(("›+", " +")) for one in signs(hands)))
    marked = next(one for one in hands.screen.split("\n") if one[1:2] == "+")
    assert marked[2:20] == name


async def test_a_stretch_is_marked_from_the_last_mark(listed: Hands) -> None:
    hands = listed
    await hands.press("M")
    await hands.sees("mark a row first; M marks from there to here")
    await hands.press("space", "down", "down", "down", "M")
    await hands.sees("5 marked")


async def test_a_stretch_over_rows_that_are_not_here_asks_first(listed: Hands) -> None:
    hands = listed
    await hands.press("space", "end")
    await hands.until(lambda: hands.app.base.rows.row is not None)  # type: ignore[union-attr]
    hands.demo.forget()
    await hands.press("M")
    await hands.sees("2,400 people by their numbers alone? 8 requests")
    assert hands.demo.log() == []
    await hands.press("x")
    await hands.sees("the marks are as they were")
    await hands.press("M")
    await hands.sees("⏎ does it")
    await hands.press("enter")
    await hands.sees("2,400 marked")
    assert len(hands.demo.log()) == 8


async def test_all_are_marked_by_their_ids_alone_and_once_more_none(listed: Hands) -> None:
    hands = listed
    hands.demo.forget()
    await hands.press("*")
    await hands.sees("mark all 2,400 people by their numbers alone? 10 requests")
    assert hands.demo.log() == []
    await hands.press("enter")
    await hands.sees("2,400 marked")
    asked = hands.demo.log()
    assert len(asked) == 10
    assert not any("includes" in one["path"] for one in asked)
    await hands.press("*")
    await hands.until(lambda: "marked" not in hands.screen)


async def test_the_others_are_marked(listed: Hands) -> None:
    hands = listed
    await hands.press("space", "i")
    await hands.sees("mark the other 2,399 people")
    await hands.press("enter")
    await hands.sees("2,399 marked")
    assert signs(hands)[:2] == ["  ", "›+"]


async def test_all_hits_of_a_search_are_marked_without_a_request(listed: Hands) -> None:
    hands = listed
    await hands.press("slash")
    await hands.type("Ahr")
    await hands.until(lambda: "of 2,400" in hands.screen and "here" in hands.screen)
    await hands.press("enter")
    await hands.until(lambda: hands.app.base.searching.hits.asked)  # type: ignore[union-attr]
    hits = hands.app.base.searching.hits  # type: ignore[union-attr]
    found = {*(one.row.id for one in hits.here), *(one.id for one in hits.there)}
    hands.demo.forget()
    await hands.press("*")
    await hands.until(lambda: set(hands.app.marks.of("people")) == found)
    assert len(found) > 3
    assert hands.demo.log() == []


async def test_acting_needs_marks(listed: Hands) -> None:
    hands = listed
    await hands.press("b")
    await hands.sees("nothing is marked; space marks a row, * all")


async def test_all_that_match_are_marked_whatever_else_is(listed: Hands) -> None:
    hands = listed
    await hands.press("space", "space", "space")
    await hands.sees("3 marked")
    await filtered(hands, "tag:messe city:Köln")
    await hands.sees("row 1 of 1")
    await hands.press("*")
    await hands.sees("4 marked")
    await hands.press("*")
    await hands.until(lambda: "marked" not in hands.screen)
