"""The line one types in: cursor, undo, and what a box of so many cells shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.glyphs import width
from csc_tui.ui.forms.text import CARET, TextBox
from csc_tui.ui.paint import Line, Role


def typed(text: str, *, many: bool = False) -> TextBox:
    box = TextBox(many=many)
    for one in text:
        box.insert(one)
    return box


def words(line: Line) -> str:
    return "".join(run.text for run in line)


@pytest.mark.parametrize("text", ["@", "ß", "€", "é", "田", "e\u0301", "👩\u200d💻", "Größe 田中"])
def test_typed_text_is_that_text(text: str) -> None:
    assert typed(text).text == text


def test_a_glyph_is_one_step_and_goes_as_a_whole() -> None:
    box = TextBox("a👩\u200d💻é")
    box.left()
    box.backspace()
    assert (box.text, box.cursor) == ("aé", 1)


def test_a_paste_of_several_lines_is_one_line_where_there_is_one() -> None:
    box = TextBox()
    box.insert("Am Römerturm 3\r\n50354 Hürth\n")
    assert box.text == "Am Römerturm 3 50354 Hürth"
    long = TextBox(many=True)
    long.insert("one\r\ntwo\rthree")
    assert long.text == "one\ntwo\nthree"


def test_clearing_takes_what_stands_before_the_cursor() -> None:
    box = TextBox("one\ntwo three", many=True)
    for _ in range(5):
        box.left()
    box.clear_to_start()
    assert box.text == "one\nthree"
    line = TextBox("Müller")
    line.clear_to_start()
    assert line.text == ""


def test_undo_goes_back_by_runs_of_typing_and_redo_forth() -> None:
    box = TextBox("Dr.")
    for one in " Müller":
        box.insert(one)
    box.clear_to_start()
    seen = []
    while box.undo():
        seen.append(box.text)
    assert seen == ["Dr. Müller", "Dr. ", "Dr."]
    while box.redo():
        seen.append(box.text)
    assert seen[3:] == ["Dr. ", "Dr. Müller", ""]


def test_typing_after_undo_forgets_what_was_undone() -> None:
    box = typed("ab")
    box.undo()
    box.insert("c")
    assert not box.redo()
    assert box.text == "c"


def test_the_cursor_stands_behind_the_text_or_on_a_letter() -> None:
    box = TextBox("Müller")
    assert words(box.shown(10, 1, focus=True)[0]) == f"Müller{CARET}   "
    box.home()
    line = box.shown(10, 1, focus=True)[0]
    assert words(line) == "Müller    "
    assert [run.text for run in line if run.role is Role.CURSOR] == ["M"]


def test_a_long_text_is_shown_where_the_cursor_is() -> None:
    box = TextBox("0123456789abcdef")
    assert words(box.shown(8, 1, focus=False)[0]) == "0123456…"
    assert words(box.shown(8, 1, focus=True)[0]) == f"…abcdef{CARET}"
    box.home()
    assert words(box.shown(8, 1, focus=True)[0]) == "0123456…"


def test_words_are_stepped_over_as_a_whole() -> None:
    box = TextBox("Am Römerturm 3")
    box.word_left()
    box.word_left()
    assert box.cursor == 3
    box.word_right()
    assert box.cursor == 12
    box.clear_word()
    assert box.text == "Am  3"


def test_a_text_of_several_lines_breaks_at_blanks() -> None:
    text = "Prefers the phone before nine. Speaks for the works council on safety."
    box = TextBox(text, many=True)
    shown = [words(line) for line in box.shown(46, 3, focus=False)]
    assert [one.rstrip() for one in shown] == [
        "Prefers the phone before nine. Speaks for the",
        "works council on safety.",
        "",
    ]


def test_up_and_down_keep_the_column_and_say_where_they_end() -> None:
    box = TextBox("first line\nab\nthird line", many=True)
    box.home()
    box.right()
    box.right()
    box.right()
    assert box.vertical(-1, 40)
    assert box.text[: box.cursor] == "first line\nab"
    assert box.vertical(-1, 40)
    assert box.text[: box.cursor] == "fi"
    assert not box.vertical(-1, 40)


def test_the_rows_with_the_cursor_are_those_that_are_shown() -> None:
    box = TextBox("\n".join(map(str, range(20))), many=True)
    shown = [words(one).strip() for one in box.shown(10, 3, focus=True)]
    assert shown == ["17", "18", f"19{CARET}"]
    assert words(box.shown(10, 3, focus=False)[0]).strip() == "0"


@given(st.text(max_size=80), st.integers(8, 30), st.booleans(), st.booleans(), st.integers(0, 90))
def test_every_line_is_as_wide_as_its_box(
    text: str, cells: int, many: bool, focus: bool, left: int
) -> None:
    box = TextBox(text, many=many)
    for _ in range(left):
        box.left()
    for line in box.shown(cells, 4, focus=focus):
        assert width(words(line)) == cells


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.integers(2, 20))
def test_rows_hold_the_whole_text_once(text: str, cells: int) -> None:
    box = TextBox(text, many=True)
    assert "".join(box.text[start:end] for start, end in box.rows(cells)) == box.text


_KEYS = st.sampled_from(
    ["insert", "backspace", "delete", "left", "right", "home", "word_left", "word_right", "undo"]
)


@given(st.lists(_KEYS, max_size=60), st.text(min_size=1, max_size=5))
def test_the_cursor_never_leaves_the_text_or_cuts_a_glyph(keys: list[str], text: str) -> None:
    box = TextBox("e\u0301 田👩\u200d💻")
    for key in keys:
        getattr(box, key)(*([text] if key == "insert" else []))
        assert 0 <= box.cursor <= len(box.text)
        before = box.text
        box.left()
        box.right()
        assert box.text == before
