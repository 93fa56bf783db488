"""What is written makes one picture of another, on a terminal that is somebody else's work."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from csc_tui.ui.terminal.cells import Line, Pen, cells_of
from csc_tui.ui.terminal.difference import Picture, difference
from csc_tui.ui.terminal.skills import Skills

COLUMNS, ROWS = 40, 12
ALL = Skills(scrolls=True, erases=True)
NONE = Skills()
STYLES = (
    Style(color="#e0e0e0", bgcolor="#101010"),
    Style(color="#ffffff", bgcolor="#204060"),
    Style(color="#e0e0e0", bgcolor="#101010", bold=True),
    Style(reverse=True),
    Style(underline=True),
    Style(),
)


class Seen:
    """A terminal (pyte) and the pen it was left with."""

    def __init__(self, skills: Skills) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._screen.reset_mode(pyte.modes.DECAWM)  # as textual does
        self._stream = pyte.Stream(self._screen)
        self._stream.feed("?" * 30 + "\x1b[31;44;1m")
        self._shown: Picture | None = None
        self._pen: Pen | None = None
        self._skills = skills

    def show(self, picture: Picture) -> str:
        """Have it show a picture; the bytes that it took."""
        text, self._pen = difference(self._shown, picture, self._skills, self._pen)
        self._shown = picture
        self._stream.feed(text)
        return text

    def cells(self) -> list[list[tuple[str, str, str, bool, bool, bool]]]:
        """What stands in each cell, and how."""
        buffer = self._screen.buffer
        lines = [[buffer[y][x] for x in range(COLUMNS)] for y in range(ROWS)]
        return [
            [(c.data, c.fg, c.bg, c.bold, c.reverse, c.underscore) for c in line] for line in lines
        ]


def line_of(*pieces: tuple[str, Style]) -> Line:
    """A line of these pieces, cut or filled up with blanks of the last one's style."""
    segments = [Segment(text, style) for text, style in pieces]
    last = pieces[-1][1] if pieces else STYLES[0]
    return cells_of([*segments, Segment(" " * COLUMNS, last)], ColorSystem.EIGHT_BIT)[:COLUMNS]


def _name(row: int) -> str:
    """A name that has little in common with those of its neighbours."""
    return "".join(chr(97 + (row * 7 + n * row) % 26) for n in range(30))


def list_of(first: int, cursor: int, fill: str = "") -> Picture:
    """A head, rows from `first` on with a cursor, and a line below."""
    rows = [
        line_of((f"  {_name(row)}{fill}", STYLES[1 if row == cursor else 0]))
        for row in range(first, first + ROWS - 2)
    ]
    below = [("all of them by name", STYLES[2]), (f"    row {cursor}", STYLES[0])]
    return [line_of(("Name    Company", STYLES[2])), *rows, line_of(*below)]


def reference(picture: Picture) -> Seen:
    """The terminal on which nothing but this picture was ever shown."""
    seen = Seen(NONE)
    seen.show(picture)
    return seen


texts = st.text(alphabet="ab Ä│髙🙂", max_size=COLUMNS) | st.just(" " * 25)
lines = st.builds(
    lambda pieces: line_of(*pieces),
    st.lists(st.tuples(texts, st.sampled_from(STYLES)), min_size=1, max_size=3),
)
pictures = st.lists(lines, min_size=ROWS, max_size=ROWS)


@given(st.lists(pictures, min_size=1, max_size=3), st.sampled_from((ALL, NONE)))
def test_any_picture_becomes_any_other(several: list[Picture], skills: Skills) -> None:
    seen = Seen(skills)
    for picture in several:
        seen.show(picture)
        assert seen.cells() == reference(picture).cells()


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, ROWS)), min_size=2, max_size=5),
    st.sampled_from((ALL, NONE)),
)
def test_a_list_that_moves_shows_what_it_would_have_shown(
    steps: list[tuple[int, int]], skills: Skills
) -> None:
    seen = Seen(skills)
    for first, cursor in steps:
        seen.show(list_of(first, first + cursor))
        assert seen.cells() == reference(list_of(first, first + cursor)).cells()


def test_lines_that_moved_are_moved_by_the_terminal_and_not_written_again() -> None:
    for there in (11, 9, 13):
        fast, slow = Seen(ALL), Seen(NONE)
        for seen in (fast, slow):
            seen.show(list_of(10, 12, "-x"))
        moved = fast.show(list_of(there, 12, "-x"))
        written = slow.show(list_of(there, 12, "-x"))

        assert len(moved) * 2 < len(written)
        assert fast.cells() == slow.cells()


def test_the_same_picture_is_nothing() -> None:
    seen = Seen(ALL)
    seen.show(list_of(0, 3))

    assert seen.show(list_of(0, 3)) == ""


def test_one_digit_is_one_digit() -> None:
    seen = Seen(ALL)
    picture = list_of(0, 3)
    seen.show(picture)
    other = [*picture[:-1], line_of(("all of them by name", STYLES[2]), ("    row 4", STYLES[0]))]

    assert seen.show(other) == "\x1b[12;28H4"


def test_blanks_are_erased_where_the_terminal_colours_what_it_erases() -> None:
    picture = [line_of(("one", STYLES[1]))] * ROWS

    assert len(Seen(ALL).show(picture)) < 120
    assert len(Seen(NONE).show(picture)) > COLUMNS * ROWS
    turned = [line_of(("one", STYLES[3]))] * ROWS
    assert "\x1b[K" not in Seen(ALL).show(turned)


def test_behind_a_glyph_of_several_characters_the_column_is_said() -> None:
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN} and more"
    before = line_of((family, STYLES[0]))
    after = line_of((family[:-4] + "less", STYLES[0]))

    text, _ = difference([before], [after], NONE, None)

    # All of it again: a terminal that draws two people has the words elsewhere.
    assert "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\x1b[3G and less" in text


def test_links_are_opened_and_closed() -> None:
    link = Style(link="https://example.org/")
    text, pen = difference(None, [line_of(("here", link), (" ", Style()))], ALL, None)

    assert text.count("https://example.org/") == 1
    assert text.index("https://") < text.index("here") < text.index("\x1b]8;;\x1b\\")
    assert pen == Pen()
