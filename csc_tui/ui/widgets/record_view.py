"""A record's rows with one cursor through all of it: on its own screen and in the preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from csc_tui.glyphs import MOST_POINTS, clip, fit, harmless, lines_of, width, wrap
from csc_tui.ui.links import link_of, with_host
from csc_tui.ui.paint import Line, Role, Run, plain, spread
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.ui.widgets.shortened import Shortened
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain import detail
    from csc_tui.domain.ref import Ref
    from csc_tui.ui.widgets.history_view import HistoryView

LABEL = 15
"""Cells of a label."""
KIND = 10
"""Cells of a kind."""
NAMES, TITLES, NUMBERS = 23, 21, 19
"""Cells of a linked person's name, job title and number, where several stand below each other."""
UNTITLED = 40
"""Cells of the name at most where none of them has a job title."""
FULL_ROWS = 5
"""Rows of a value that stand on the screen; of a longer one `⏎` shows the rest."""
PIECES = 40
"""In fewer cells an address always stands in two rows, however short it is."""
NOTE_PIECES = 60
"""In fewer cells a note stands below its date; so it does there however short it is."""
FOLLOW = " ›"
"""Behind a value that leads to another record."""


class Stop(NamedTuple):
    """One place of the cursor: the record itself, what it is linked to, or one value."""

    text: str
    target: Ref | None = None
    line: detail.Line | None = None
    """None: the record's first two lines."""


class View(NamedTuple):
    """What a record view shows."""

    title: str
    subtitle: str
    target: Ref | None
    right: tuple[str, str]
    """At the right of the first two lines: last contact, responsible."""
    lines: Sequence[detail.Line]

    def stops(self) -> list[Stop]:
        """Every place of the cursor, in order."""
        first = [Stop(self.title)]
        if self.target is not None:
            first.append(Stop(self.subtitle, self.target))
        return first + [Stop(line.copy, line.target, line) for line in self.lines]


class _Row(NamedTuple):
    runs: Line
    stop: int
    """The stop that it belongs to; -1 for a blank line."""


class RecordView(Canvas):
    """The rows, scrolled so that the cursor's stop is on screen."""

    def __init__(self, *, id: str, edge: str = "") -> None:  # noqa: A002
        """`edge` stands before every row: the line between list and preview."""
        super().__init__(id=id)
        self.view: View | None = None
        self.stops: list[Stop] = []
        self.cursor = 0
        self.top = 0
        self._shortened = Shortened()
        self.active = True
        """Whether the cursor is shown."""
        self.more_below = False
        self._edge = edge

    def show(self, view: View | None, *, fresh: bool) -> None:
        """Show a record; `fresh`: another one than before, so the cursor goes to its place."""
        old = self.stop
        self.view = view
        self.stops = view.stops() if view else []
        if fresh:
            self.top = 0
            phones = (
                n for n, stop in enumerate(self.stops) if stop.line and stop.line.role == "phone"
            )
            self.cursor = next(phones, 0)
        elif old is not None:
            same = (n for n, stop in enumerate(self.stops) if _is_same(old, stop))
            self.cursor = min(same, key=lambda n: abs(n - self.cursor), default=self.cursor)
        self.cursor = min(self.cursor, max(0, len(self.stops) - 1))

    @property
    def stop(self) -> Stop | None:
        """What the cursor is on."""
        return self.stops[self.cursor] if self.stops else None

    def move(self, stops: int) -> None:
        """Move the cursor by so many stops."""
        self.cursor = min(max(self.cursor + stops, 0), max(0, len(self.stops) - 1))

    def scroll(self, rows: int) -> None:
        """Scroll without moving the cursor (the preview, from the list)."""
        self.top = max(0, self.top + rows)

    def redraw(self) -> None:
        """Draw what is to be seen."""
        height = max(1, self.size.height)
        rows = list(self._rows()) if self.view else []
        if self.active:
            mine = [n for n, row in enumerate(rows) if row.stop == self.cursor]
            if mine:
                self.top = min(self.top, mine[0]) if mine[0] else 0
                self.top = self._shortened.top(self.top, height, mine[-1])
        self.top = max(0, min(self.top, len(rows) - height))
        self.more_below = len(rows) > self.top + height
        shown = rows[self.top : self.top + height]
        edge = (Run(self._edge, Role.MUTED),) if self._edge else ()
        lines = [(*edge, *row.runs) for row in shown]
        if edge:
            lines += [edge] * (height - len(lines))
        self.draw(lines)

    # --- rows

    def _rows(self) -> Iterator[_Row]:
        view = self.view
        assert view is not None
        room = self.size.width - width(self._edge)
        yield self._head_row(0, view.title, view.right[0], room, Role.STRONG)
        link = FOLLOW if view.target else ""
        second = 1 if view.target else -1
        yield self._head_row(second, view.subtitle + link, view.right[1], room, Role.TEXT)
        first = 2 if view.target else 1
        group, label, index = None, "", 0
        while index < len(view.lines):
            line = view.lines[index]
            if line.group != group:
                yield _Row((), -1)
                label = ""
            count = self._inline(view.lines, index) if line.inline else 1
            shown_label = line.label if line.label != label else ""
            for runs in self._value(view.lines[index : index + count], first + index, room):
                text = (Run(fit(harmless(shown_label), LABEL - 1) + " ", Role.HEAD), *runs)
                here = first + index <= self.cursor < first + index + count
                yield self._row(self.cursor if here else first + index, text)
                shown_label = ""
            group, label = line.group, line.label
            index += count

    def _inline(self, lines: Sequence[detail.Line], start: int) -> int:
        """How many lines from `start` on share one row."""
        label = lines[start].label
        count = 1
        while start + count < len(lines) and lines[start + count].inline:
            if lines[start + count].label != label:
                break
            count += 1
        return count

    def _head_row(self, stop: int, left: str, right: str, room: int, role: Role) -> _Row:
        here = self.active and stop == self.cursor
        gutter = "› " if here else "  "
        right = clip(harmless(right), room // 2)
        text = spread(
            (Run(gutter), Run(harmless(left), Role.CURSOR if here else role)),
            plain(f"{right} " if right else " ", Role.MUTED),
            room,
        )
        return _Row(text, stop)

    def _row(self, stop: int, runs: Line) -> _Row:
        here = self.active and stop == self.cursor and runs[0].text.strip() != ""
        mine = self.active and stop == self.cursor
        # The value alone is lit up, not what is blank behind it.
        return _Row((Run("› " if mine and (here or stop >= 0) else "  "), *runs, Run(" ")), stop)

    def _value(self, lines: Sequence[detail.Line], stop: int, room: int) -> Iterator[Line]:
        """The rows of one value, or of several that share a row, without gutter and label."""
        if len(lines) > 1 or lines[0].inline:
            yield self._shared(lines, stop)
            return
        line = lines[0]
        here = self.active and stop == self.cursor
        role = Role.CURSOR if here else Role.TEXT
        kind = (Run(fit(harmless(line.kind), KIND - 1) + " ", Role.MUTED),) if line.kind else ()
        cells = room - 2 - LABEL - (KIND if kind else 0) - 1
        texts = self._texts(line, cells, here)
        link = link_of(line.role, line.text) if here else ""
        for number, text in enumerate(texts):
            before = kind if number == 0 else plain(" " * KIND) if kind else ()
            yield (
                *before,
                Run(text, role, link),
                *(self._behind(line, cells) if number == 0 else ()),
            )

    def _texts(self, line: detail.Line, cells: int, here: bool) -> list[str]:
        """The value in rows: whole where the cursor is or it is a long text, else one row."""
        if line.target is not None:
            names = self._names(line, cells)
            room = (names - 1 if names else cells) - len(FOLLOW)
            text = clip(harmless(line.text), max(room, 1)) + FOLLOW
            return [fit(text, names) if names else clip(text, cells)]
        if line.role == "note":
            return _note(line, cells, here)
        most = FULL_ROWS * MOST_POINTS * max(cells, 10) + 1
        shown = with_host(line.text) if line.role == "url" else line.text
        whole = shown[:most]  # the rest could not be seen, and may be a novel
        many = len(lines_of(whole)) > 1
        if line.rows and (cells < PIECES or width(harmless(whole)) > cells):
            return [clip(harmless(row[:most]), cells) for row in line.rows]
        if not many and not here and line.role != "text":
            return [clip(harmless(whole), cells)]
        return _whole(whole, cells)

    def _names(self, line: detail.Line, cells: int) -> int:
        """Cells of the name where linked people stand in columns with their numbers, else 0."""
        alike = [one for one in self.view.lines if one.label == line.label] if self.view else []
        if not any(one.phone for one in alike):
            return 0
        titled = any(one.extra for one in alike)
        return NAMES if titled else max(NAMES, min(UNTITLED, cells - NUMBERS))

    def _behind(self, line: detail.Line, cells: int) -> Line:
        if names := self._names(line, cells):
            title, phone = harmless(line.extra), harmless(line.phone)
            left = cells - names + 1  # the last of them is the blank at the edge
            if names > NAMES or left < TITLES + NUMBERS:  # what one rings goes first
                return plain(clip(phone or title, left))
            return (Run(fit(title, TITLES - 1) + " "), Run(clip(phone, left - TITLES)))
        if line.extra:
            used = width(self._texts(line, cells, here=True)[0])
            return plain(clip(f"   {harmless(line.extra)}", max(0, cells - used)))
        return ()

    def _shared(self, lines: Sequence[detail.Line], stop: int) -> Line:
        runs: list[Run] = []
        for number, line in enumerate(lines):
            here = self.active and stop + number == self.cursor
            text = clip(harmless(line.text), self.size.width)
            runs.append(Run(text, Role.CURSOR if here else Role.TEXT))
            runs.append(Run("   "))
        return tuple(runs)


def _is_same(one: Stop, other: Stop) -> bool:
    """Whether two stops are the same place of a record, whatever its values are."""
    if one.line is None or other.line is None:
        return one.line is other.line and (one.target is None) == (other.target is None)
    if one.line.part is not None or other.line.part is not None:
        return one.line.part == other.line.part
    return _place(one.line) == _place(other.line)


def _place(line: detail.Line) -> tuple[str, str, str, Ref | None]:
    """What tells a line without a part of its own from the others."""
    return line.label, line.field, line.role, line.target


def _whole(text: str, cells: int) -> list[str]:
    """A text in rows; of a long one the first."""
    rows = wrap(text, max(cells, 10))
    if len(rows) > FULL_ROWS:
        rest = clip(rows[FULL_ROWS - 1], cells - 1).rstrip("…")
        rows = [*rows[: FULL_ROWS - 1], f"{rest}…"]
    return rows


def _note(line: detail.Line, cells: int, here: bool) -> list[str]:
    """A note in as many rows as are kept for it; whole where the cursor is."""
    most = FULL_ROWS * MOST_POINTS * max(cells, 10) + 1
    narrow = cells < NOTE_PIECES
    texts = line.rows if narrow and line.rows else (line.text,)
    if here:
        rows = [row for text in texts for row in _whole(text[:most], cells)]
    else:
        rows = [clip(" ".join(filter(None, lines_of(text[:most]))), cells) for text in texts]
    return rows + [""] * (line.height * (2 if narrow else 1) - len(rows))


def position_words(view: RecordView | HistoryView) -> str:
    """`3 of 21, more below`."""
    if not view.stops:
        return ""
    key = "record.position_more" if view.more_below else "record.position"
    return say(key, stop=view.cursor + 1, stops=len(view.stops))
