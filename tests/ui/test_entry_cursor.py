"""The cursor of the outbox among entries that come and go by themselves."""

from __future__ import annotations

from csc_tui.ui.entry_cursor import EntryCursor


def on(row: int, ids: str) -> EntryCursor:
    cursor = EntryCursor()
    cursor.move(ids, row)
    return cursor


def test_it_stays_on_its_entry_when_one_comes_above_it() -> None:
    cursor = on(1, "abcd")
    cursor.place("dabc")
    assert (cursor.id, cursor.row) == ("b", 2)


def test_a_key_moves_it_from_its_entry_also_before_that_is_drawn() -> None:
    cursor = on(1, "abcd")
    cursor.move("dabc", 1)
    assert (cursor.id, cursor.row) == ("c", 3)


def test_where_its_entry_is_gone_it_is_on_the_next_one_wherever_that_stands() -> None:
    cursor = on(1, "abcd")
    cursor.place("dac")
    assert (cursor.id, cursor.row) == ("c", 2)


def test_behind_the_last_one_it_is_on_the_one_before() -> None:
    cursor = on(3, "abcd")
    cursor.place("xabc")
    assert (cursor.id, cursor.row) == ("c", 3)


def test_where_all_are_others_it_keeps_its_row_as_far_as_there_is_one() -> None:
    cursor = on(2, "abcd")
    cursor.place("xyz")
    assert (cursor.id, cursor.row) == ("z", 2)
    cursor.place("")
    assert (cursor.id, cursor.row) == ("", 0)
