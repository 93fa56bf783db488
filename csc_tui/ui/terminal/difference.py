"""What has to be written so that a terminal that shows one picture shows another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.ui.terminal.cells import BLANK, Cell, Line, Pen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_tui.ui.terminal.skills import Skills

Picture = list[Line]
"""Lines from the top, all of one width."""

_SKIP = 5
"""So many cells that have not changed are jumped over and not written again."""
_ERASE = 12
"""From so many blanks on erasing them and going on behind them takes fewer bytes."""
_MOVED = 4
"""So many lines must have moved together before the terminal may be asked to move them."""


class Writer:
    """Bytes for a terminal whose pen and cursor are where the last writer has left them."""

    def __init__(self, skills: Skills, pen: Pen | None) -> None:
        """`pen` is the terminal's; None where it is not known."""
        self.pen = pen
        self._skills = skills
        self._at: tuple[int, int] | None = None
        """Line and column of the cursor, None where it is not known."""
        self._parts: list[str] = []

    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def line(self, y: int, before: Sequence[Cell | None], after: Line) -> None:
        """Write what differs in line `y`; of `before` None is a cell that may show anything."""
        for start, end in changes(before, after):
            self._move(y, start)
            self._span(y, start, end, after)

    def scroll(self, first: int, last: int, lines: int) -> None:
        """Move the lines `first` to `last` up, or down where `lines` is negative."""
        edge = last if lines > 0 else first
        step = "\n" * lines if lines > 0 else "\x1bM" * -lines
        self._parts.append(f"\x1b[{first + 1};{last + 1}r\x1b[{edge + 1}H{step}\x1b[r")
        self._at = None  # home for most, where it was for some

    def _move(self, y: int, x: int) -> None:
        if self._at == (y, x):
            return
        here = self._at
        if here is not None and here[0] == y and here[1] < x:
            ahead = x - here[1]
            self._parts.append(f"\x1b[{ahead}C" if ahead > 1 else "\x1b[C")
        elif here is not None and here[0] == y - 1 and x == 0:
            self._parts.append("\r\n")
        else:
            self._parts.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self._at = (y, x)

    def _span(self, y: int, start: int, end: int, line: Line) -> None:
        """Write some cells, the cursor standing on the first of them."""
        tail = _tail(line) if self._skills.erases and end == len(line) else end
        x = start
        while x < min(tail, end):
            text, pen = line[x]
            run = _run(line, x, end) if text == " " and self._skills.erases else 1
            self._use(pen)
            if run >= _ERASE and pen.erases:
                self._parts.append(f"\x1b[{run}X")
                self._at = (y, x)
                x += run
                if x < min(tail, end):
                    self._move(y, x)
                continue
            self._parts.append(text * run)
            x += run
            while x < len(line) and not line[x][0]:
                x += 1
            if len(text) > 1:  # a terminal may have its own opinion of how wide it is
                self._parts.append(f"\x1b[{x + 1}G")
            self._at = (y, x)
        if tail < end:
            self._move(y, max(tail, start))
            self._use(line[-1][1])
            self._parts.append("\x1b[K")
        elif end == len(line):
            # Behind the last cell terminals differ; a line feed is the same everywhere.
            self._at = (y, len(line))

    def _use(self, pen: Pen) -> None:
        if pen != self.pen:
            self._parts.append(pen.after(self.pen))
            self.pen = pen


def difference(
    before: Picture | None, after: Picture, skills: Skills, pen: Pen | None
) -> tuple[str, Pen | None]:
    """The bytes that make `after` of `before` (None: anything), and the pen they leave."""
    if before is None:
        blank: Sequence[Cell | None] = [None] * len(after[0]) if after else []
        return _written(((y, blank) for y in range(len(after))), after, Writer(skills, pen))
    changed = [y for y, line in enumerate(after) if line != before[y]]
    plain = _written(((y, before[y]) for y in changed), after, Writer(skills, pen))
    moved = _moved(before, after, changed) if skills.scrolls else None
    if moved is None:
        return plain
    first, last, lines = moved
    writer = Writer(skills, pen)
    writer.scroll(first, last, lines)
    shown: list[Sequence[Cell | None]] = list(before)
    gone: list[Sequence[Cell | None]] = [[None] * len(after[0])] * abs(lines)
    block = before[first : last + 1]
    rolled = [*block[lines:], *gone] if lines > 0 else [*gone, *block[:lines]]
    shown[first : last + 1] = rolled
    left = ((y, shown[y]) for y, line in enumerate(after) if line != shown[y])
    return min((plain, _written(left, after, writer)), key=lambda one: len(one[0]))


def _written(
    lines: Iterator[tuple[int, Sequence[Cell | None]]], after: Picture, writer: Writer
) -> tuple[str, Pen | None]:
    for y, before in lines:
        writer.line(y, before, after[y])
    return writer.text(), writer.pen


def _moved(before: Picture, after: Picture, changed: list[int]) -> tuple[int, int, int] | None:
    """First line, last line and how far up most of what changed has moved; None: nowhere."""
    found: dict[int, list[int]] = {}
    for y in changed:
        for other in changed:
            if after[y] == before[other]:
                found.setdefault(other - y, []).append(y)
    if not found:
        return None
    lines, places = max(found.items(), key=lambda item: len(item[1]))
    if len(places) < _MOVED:
        return None
    first, last = min(places), max(places)
    return (first, last + lines, lines) if lines > 0 else (first + lines, last, lines)


def changes(before: Sequence[Cell | None], after: Line) -> list[tuple[int, int]]:
    """The spans, from cell to behind cell, that have to be written; no glyph is cut."""
    differ = [x for x, cell in enumerate(after) if cell != before[x]]
    if not differ:
        return []
    if len(differ) == len(after):
        return [(0, len(after))]
    unsure = _unsure(before, after)
    if unsure is not None:
        return [(min(unsure, differ[0]), len(after))]
    spans: list[tuple[int, int]] = []
    for x in differ:
        start, end = x, x + 1
        while start > 0 and (not after[start][0] or _half(before[start])):
            start -= 1
        while end < len(after) and (not after[end][0] or _half(before[end])):
            end += 1
        if spans and start - spans[-1][1] <= _SKIP:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _half(cell: Cell | None) -> bool:
    """Whether it is the second cell of a wide glyph."""
    return cell is not None and not cell[0]


def _unsure(before: Sequence[Cell | None], after: Line) -> int | None:
    """The first cell whose glyph terminals may measure differently; what follows may be moved."""
    for x, (text, _) in enumerate(after):
        cell = before[x]
        if len(text) > 1 or (cell is not None and len(cell[0]) > 1):
            return x
    return None


def _tail(line: Line) -> int:
    """Where the blanks begin that end a line, all written with one pen; its length: there are none.

    Up to three of them are written faster than erased.
    """
    last = line[-1] if line else BLANK
    if last[0] != " " or not last[1].erases:
        return len(line)
    start = len(line)
    while start and line[start - 1] == last:
        start -= 1
    return start if len(line) - start > 3 else len(line)


def _run(line: Line, start: int, end: int) -> int:
    """How many cells from `start` on are the same."""
    x = start
    while x < end and line[x] == line[start]:
        x += 1
    return x - start
