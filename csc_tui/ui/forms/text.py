"""A text that is being typed: cursor, undo, and which part of it a box of so many cells shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from wcwidth import iter_graphemes

from csc_tui.glyphs import ELLIPSIS, fit, harmless, width
from csc_tui.ui.paint import Line, Role, Run

CARET = "▏"
"""Stands where the next letter will go, behind the last one."""
KEPT = 500
"""Steps that can be undone."""

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def lined(text: str) -> str:
    """The text with line feeds alone between its lines."""
    return _BREAKS.sub("\n", text)


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    cursor: int


class TextBox:
    """The text of one field. The cursor is an index into it and never stands inside a glyph."""

    def __init__(self, text: str = "", *, many: bool = False) -> None:
        """`many`: of several lines."""
        self.many = many
        self.text = lined(text) if many else text
        self.cursor = len(self.text)
        self._undone: list[_State] = []
        self._done: list[_State] = []
        self._run = ""

    # --- changing

    def replace(self, text: str) -> None:
        """Put another text here, the cursor at its end; can be undone."""
        self._note("")
        self.text = lined(text) if self.many else text
        self.cursor = len(self.text)

    def insert(self, text: str) -> None:
        """Type or paste at the cursor; line breaks in a field of one line become blanks."""
        text = lined(text)
        if not self.many:
            text = text.strip("\n").replace("\n", " ")
        if not text:
            return
        self._note("type" if len(text) == 1 and not text.isspace() else "")
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor = self._on_glyph(self.cursor + len(text))

    def backspace(self) -> None:
        """Take away the glyph before the cursor."""
        self._cut(self._step(-1), self.cursor, "back")

    def delete(self) -> None:
        """Take away the glyph under the cursor."""
        self._cut(self.cursor, self._step(1), "delete")

    def clear_to_start(self) -> None:
        """Take away everything from the start of the line to the cursor."""
        self._cut(self._line_start(), self.cursor, "")

    def clear_word(self) -> None:
        """Take away the word before the cursor."""
        self._cut(self._word_start(), self.cursor, "")

    def undo(self) -> bool:
        """Take back the last step; False if there is none."""
        return self._restore(self._done, self._undone)

    def redo(self) -> bool:
        """Do again what was last taken back; False if there is none."""
        return self._restore(self._undone, self._done)

    def _cut(self, start: int, end: int, run: str) -> None:
        if start < end:
            self._note(run)
            self.text = self.text[:start] + self.text[end:]
            self.cursor = start

    def _note(self, run: str) -> None:
        """Keep the present state, unless the same sort of typing just goes on."""
        self._undone.clear()
        if not (run and run == self._run):
            self._done.append(_State(self.text, self.cursor))
            del self._done[:-KEPT]
        self._run = run

    def _restore(self, out_of: list[_State], into: list[_State]) -> bool:
        if not out_of:
            return False
        into.append(_State(self.text, self.cursor))
        state = out_of.pop()
        self.text, self.cursor, self._run = state.text, state.cursor, ""
        return True

    # --- moving

    def left(self) -> None:
        """One glyph to the left."""
        self._move(self._step(-1))

    def right(self) -> None:
        """One glyph to the right."""
        self._move(self._step(1))

    def word_left(self) -> None:
        """To the start of the word."""
        self._move(self._word_start())

    def word_right(self) -> None:
        """Behind the end of the word."""
        found = re.compile(r"\s*\S+").match(self.text, self.cursor)
        self._move(self._on_glyph(found.end()) if found else len(self.text))

    def home(self) -> None:
        """To the start of the line."""
        self._move(self._line_start())

    def end(self) -> None:
        """To the end of the line."""
        found = self.text.find("\n", self.cursor) if self.many else -1
        self._move(len(self.text) if found < 0 else found)

    def to_end(self) -> None:
        """Behind the last letter."""
        self._move(len(self.text))

    def vertical(self, rows: int, cells: int) -> bool:
        """So many rows up or down as they are shown in `cells`; False at the edge."""
        spans = self.rows(cells)
        here = self._row(spans)
        there = here + rows
        if not 0 <= there < len(spans):
            return False
        column = width(harmless(self.text[spans[here][0] : self.cursor]))
        start, end = spans[there]
        used = 0
        for glyph in iter_graphemes(self.text[start:end].removesuffix("\n")):
            used += width(harmless(glyph))
            if used > column:
                break
            start += len(glyph)
        self._move(start)
        return True

    def _move(self, to: int) -> None:
        self.cursor, self._run = to, ""

    def _edges(self) -> list[int]:
        """Where glyphs begin, and the end."""
        if self.text.isascii():
            return list(range(len(self.text) + 1))
        edges = [0]
        for glyph in iter_graphemes(self.text):
            edges.append(edges[-1] + len(glyph))
        return edges

    def _on_glyph(self, index: int) -> int:
        """The first glyph's edge at or behind an index."""
        return next((edge for edge in self._edges() if edge >= index), len(self.text))

    def _step(self, direction: int) -> int:
        edges = self._edges()
        place = bisect_right(edges, self.cursor) - 1 + direction
        return edges[min(max(place, 0), len(edges) - 1)]

    def _word_start(self) -> int:
        before = self.text[: self.cursor].rstrip()
        return max(map(before.rfind, " \n\t\u3000")) + 1

    def _line_start(self) -> int:
        return self.text.rfind("\n", 0, self.cursor) + 1 if self.many else 0

    # --- drawing

    def rows(self, cells: int) -> list[tuple[int, int]]:
        """Start and end of each row when the text is broken into rows of `cells`, at blanks.

        A blank at the end of a row may hang over its edge; the last cell is left to the cursor.
        """
        spans: list[tuple[int, int]] = []
        start = used = index = 0
        blank = -1
        for glyph in iter_graphemes(self.text):
            index += len(glyph)
            if glyph == "\n":
                spans.append((start, index))
                start, used, blank = index, 0, -1
                continue
            used += width(harmless(glyph))
            if glyph.isspace():
                blank = index
            elif used >= cells:
                cut = blank if blank > start else index - len(glyph)
                if cut > start:
                    spans.append((start, cut))
                    start, blank = cut, -1
                    used = width(harmless(self.text[start:index]))
        return [*spans, (start, len(self.text))]

    def _row(self, spans: list[tuple[int, int]]) -> int:
        """The row in which the cursor stands."""
        return next((n for n in range(len(spans) - 1, -1, -1) if spans[n][0] <= self.cursor), 0)

    def shown(self, cells: int, height: int, *, focus: bool) -> list[Line]:
        """So many lines of `cells` cells each, the cursor among them where it is focused."""
        if not self.many:
            return [self._one_line(0, len(self.text), cells, focus=focus)]
        spans = self.rows(cells)
        first = min(max(0, self._row(spans) - height + 1), max(0, len(spans) - height))
        first = first if focus else 0
        lines = [
            self._one_line(start, end, cells, focus=focus and row == self._row(spans))
            for row, (start, end) in list(enumerate(spans))[first : first + height]
        ]
        if not focus and len(spans) > height:
            start = spans[height - 1][0]
            lines[-1] = self._one_line(start, len(self.text), cells, focus=False)
        return lines + [(Run(" " * cells, Role.BOX),)] * (height - len(lines))

    def _one_line(self, start: int, end: int, cells: int, *, focus: bool) -> Line:
        if not focus:
            return (Run(fit(harmless(self.text[start:end].rstrip("\n")), cells), Role.BOX),)
        before = harmless(self.text[start : self.cursor])
        glyph = next(iter(iter_graphemes(self.text[self.cursor : end])), "")
        under = harmless(glyph) if glyph != "\n" else ""
        after = harmless(self.text[self.cursor + len(glyph) : end])
        room = cells - max(1, width(under))
        if width(before) > room:
            before = ELLIPSIS + _tail(before, room - 1)
        mark = Run(under, Role.CURSOR) if under else Run(CARET, Role.BOX)
        rest = cells - width(before) - width(mark.text)
        return (Run(before, Role.BOX), mark, Run(fit(after, rest), Role.BOX))


TYPING: dict[str, Callable[[TextBox], object]] = {
    "left": TextBox.left,
    "right": TextBox.right,
    "ctrl+left": TextBox.word_left,
    "ctrl+right": TextBox.word_right,
    "home": TextBox.home,
    "end": TextBox.end,
    "backspace": TextBox.backspace,
    "delete": TextBox.delete,
    "ctrl+w": TextBox.clear_word,
}
"""Keys of the line one types in; they are no commands and are not rebound."""

CHANGING = frozenset({"backspace", "delete", "ctrl+w"})
"""Those that change the text."""


def _tail(text: str, cells: int) -> str:
    """The end of a text in at most so many cells, no glyph cut in two."""
    kept: list[str] = []
    used = 0
    for glyph in reversed(list(iter_graphemes(text))):
        used += width(glyph)
        if used > cells:
            break
        kept.append(glyph)
    return "".join(reversed(kept))
