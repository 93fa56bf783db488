"""The list's rows: cursor, scrolling, lines between hits, records that move under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.geometry import Size

from csc_tui.domain.column import Column
from csc_tui.store.rows import Row
from csc_tui.ui.paint import Line, Role
from csc_tui.ui.widgets.record_list import RecordList

COLUMNS = (Column("name", "Name", 12), Column("phone", "Phone", 8))


class Rows:
    """Rows of which some may not be there; notes what is looked at."""

    def __init__(self, ids: Sequence[str | None]) -> None:
        self.ids = list(ids)
        self.seen: list[tuple[int, int]] = []

    @property
    def length(self) -> int:
        return len(self.ids)

    def row(self, index: int) -> Row | None:
        one = self.ids[index] if index < len(self.ids) else None
        return Row(one, (f"Name {one}", one), "") if one is not None else None

    def index_of(self, record_id: str, near: int) -> int | None:
        return self.ids.index(record_id) if record_id in self.ids else None

    def show(self, first: int, last: int) -> None:
        self.seen.append((first, last))


class Shown(RecordList):
    """A list in a window of its own size, without a terminal."""

    def __init__(self, rows: Rows, height: int = 5, width: int = 30) -> None:
        super().__init__(id="list", mark=lambda one: "~" if one == "b" else "")
        self.window = Size(width, height)
        self.drawn: list[Line] = []
        self.use(rows, COLUMNS)
        self.redraw()

    @property
    def size(self) -> Size:
        return self.window

    def shrink(self, height: int) -> None:
        """A long message takes rows of it, or gives them back."""
        self.window = Size(self.window.width, height)
        self.redraw()

    def draw(self, lines: Sequence[Line]) -> None:
        self.drawn = list(lines)

    @property
    def lines(self) -> list[str]:
        return ["".join(run.text for run in line).rstrip() for line in self.drawn]

    @property
    def at(self) -> str:
        row = self.row
        return row.id if row is not None else ""


def numbered(count: int) -> Rows:
    return Rows([str(number) for number in range(count)])


def test_the_cursor_has_its_sign_and_its_style_and_marks_stand_beside() -> None:
    shown = Shown(Rows(["a", "b", "c"]))
    shown.move(1)
    shown.redraw()
    assert [line[:8] for line in shown.lines] == ["  Name a", "›~Name b", "  Name c"]
    assert [line[0].role for line in shown.drawn] == [Role.TEXT, Role.CURSOR, Role.TEXT]


def test_rows_that_are_not_there_yet_are_dots_and_the_cursor_moves_over_them() -> None:
    shown = Shown(Rows(["a", None, None]))
    shown.move(1)
    shown.redraw()
    assert shown.lines[1:] == ["› …", "  …"]
    assert shown.row is None
    shown.move(5)
    assert shown.cursor == 2


def test_only_what_is_in_the_window_is_asked_for() -> None:
    rows = numbered(100)
    shown = Shown(rows)
    shown.move_to(99)
    shown.redraw()
    assert rows.seen == [(0, 4), (95, 99)]
    assert shown.lines[-1].startswith("› Name 99")


def test_a_step_over_the_edge_scrolls_half_a_window() -> None:
    shown = Shown(numbered(100))
    shown.move(4)
    assert shown.top == 0
    shown.move(1)
    assert (shown.cursor, shown.top) == (5, 3)
    shown.move_to(3)
    shown.move(-1)
    assert (shown.cursor, shown.top) == (2, 0)


def test_pages_keep_the_cursor_on_its_line_and_stop_at_the_ends() -> None:
    shown = Shown(numbered(12))
    shown.move(2)
    shown.page(1)
    assert (shown.top, shown.cursor) == (5, 7)
    shown.page(1)
    assert (shown.top, shown.cursor) == (7, 11)
    shown.page(-1)
    assert (shown.top, shown.cursor) == (2, 6)
    shown.page(-1)
    shown.page(-1)
    assert (shown.top, shown.cursor) == (0, 0)


def test_a_jump_may_put_its_row_in_the_middle() -> None:
    shown = Shown(numbered(100))
    shown.move_to(50, centre=True)
    assert (shown.top, shown.cursor) == (48, 50)


def test_the_cursor_stays_on_its_record_when_rows_come_or_go_above() -> None:
    rows = Rows(["a", "b", "c", "d"])
    shown = Shown(rows)
    shown.move(2)
    rows.ids = ["new", "a", "b", "c", "d"]
    shown.redraw()
    assert (shown.at, shown.cursor) == ("c", 3)
    rows.ids = ["c", "d"]
    shown.redraw()
    assert (shown.at, shown.cursor) == ("c", 0)


def test_the_record_stays_on_its_line_of_the_screen_where_it_can() -> None:
    rows = numbered(100)
    shown = Shown(rows)
    shown.move_to(50, centre=True)
    rows.ids.insert(10, "new")
    shown.redraw()
    assert (shown.at, shown.cursor, shown.top) == ("50", 51, 49)


def test_a_record_that_is_gone_leaves_the_cursor_on_its_row() -> None:
    rows = Rows(["a", "b", "c"])
    shown = Shown(rows)
    shown.move(1)
    rows.ids = ["a", "c"]
    shown.redraw()
    assert (shown.at, shown.cursor) == ("c", 1)
    rows.ids = ["a"]
    shown.redraw()
    assert (shown.at, shown.cursor) == ("a", 0)


def test_rows_that_arrive_late_do_not_move_the_cursor() -> None:
    rows = Rows([None, None, None])
    shown = Shown(rows)
    shown.move(2)
    rows.ids = ["a", "b", "c"]
    shown.redraw()
    assert shown.at == "c"


def test_another_source_begins_at_its_first_row() -> None:
    shown = Shown(Rows(["a", "b", "c"]))
    shown.move(2)
    shown.use(Rows(["c", "a"]), COLUMNS)
    shown.redraw()
    assert (shown.at, shown.cursor) == ("c", 0)


def test_new_hits_while_one_types_leave_the_cursor_on_the_first() -> None:
    rows = Rows(["old", "other"])
    shown = Shown(rows)
    rows.ids = ["new", "old"]
    shown.to_first()
    shown.redraw()
    assert (shown.at, shown.cursor, shown.top) == ("new", 0, 0)


@pytest.mark.parametrize(
    ("rows", "headings", "first"),
    [
        (["a", "b", None, None, "x", "y"], {2: "", 3: "On the server"}, 0),
        ([None, "x", "y"], {0: "On the server"}, 1),
    ],
)
def test_the_cursor_never_stands_on_a_line_between(
    rows: list[str | None], headings: dict[int, str], first: int
) -> None:
    shown = Shown(Rows(rows), height=8)
    shown.headings = headings
    shown.to_first()
    assert shown.cursor == first
    been = {shown.at}
    for _ in rows:
        shown.move(1)
        been.add(shown.at)
    assert shown.at == "y"
    for _ in rows:
        shown.move(-1)
        been.add(shown.at)
    assert shown.cursor == first
    assert been == {one for one in rows if one}
    shown.move_to(len(rows) - 1)
    shown.move_to(0)
    assert shown.cursor == first
    shown.redraw()
    assert shown.lines[max(headings)] == "  On the server"


def test_a_window_that_is_lower_for_a_while_keeps_the_cursor_and_gives_its_rows_back() -> None:
    shown = Shown(Rows("abcdefgh"))
    shown.move_to(4)
    shown.shrink(3)
    assert (shown.top, shown.at) == (2, "e")
    shown.shrink(2)
    shown.move(-1)
    shown.shrink(5)
    assert (shown.top, shown.at) == (0, "d")


def test_where_it_was_scrolled_meanwhile_it_stays_there() -> None:
    shown = Shown(Rows("abcdefgh"))
    shown.move_to(4)
    shown.shrink(3)
    shown.move_to(7)
    shown.shrink(4)
    assert (shown.top, shown.at) == (4, "h")
    shown.shrink(5)
    assert (shown.top, shown.at) == (3, "h")


def test_the_next_record_of_a_record_is_the_one_below() -> None:
    rows = Rows(["a", "b", None, "d"])
    shown = Shown(rows)
    assert shown.go_to("a", 1)
    assert shown.at == "b"
    assert not shown.go_to("b", 1)  # it is not here yet
    assert not shown.go_to("a", -1)
    assert not shown.go_to("none", 1)
    assert shown.at == "b"
    assert not shown.go_to("d", 1)


def test_columns_scroll_to_either_end() -> None:
    shown = Shown(Rows(["a"]))
    shown.use(Rows(["a"]), (*COLUMNS, Column("city", "City", 6)))
    assert not shown.scroll_columns(-1)
    assert shown.scroll_columns(1)
    assert not shown.scroll_columns(1)
    assert [one.column.name for one in shown.placed] == ["name", "city"]
    assert shown.scroll_columns(-1)


def test_an_empty_list_says_so_inside_its_window() -> None:
    shown = Shown(Rows([]), height=3)
    shown.empty_words = ["No people here yet.", "", "n   write the first one", "more"]
    shown.redraw()
    assert shown.lines == ["      No people here yet.", "", "      n   write the first one"]
    assert (shown.total, shown.row) == (0, None)
