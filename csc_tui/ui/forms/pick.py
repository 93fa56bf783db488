"""Pick lists: options that narrow while one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csc_tui.domain.field import Choice
from csc_tui.domain.folding import fold
from csc_tui.glyphs import fit, harmless
from csc_tui.ui.paint import Line, Role, Run

MOST_ROWS = 8
"""Options on screen at a time."""
WIDE = 60
"""From this inner width on the columns are further apart."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a pick list."""

    choice: Choice
    words: str
    """What it shows: `AT  Österreich`."""
    right: str = ""
    """At the right edge: `8 people`."""


class PickList:
    """Options with a cursor."""

    def __init__(self, options: Sequence[Option], foot: str = "") -> None:
        """`foot` is the sentence below it."""
        self.options = list(options)
        self.foot = foot
        self.cursor = 0
        self._top = 0

    @property
    def current(self) -> Option | None:
        """The option under the cursor; None in an empty list."""
        return self.options[self.cursor] if self.options else None

    def move(self, rows: int) -> None:
        """So many options down; stops at either end."""
        self.cursor = min(max(self.cursor + rows, 0), max(0, len(self.options) - 1))

    def lines(self, cells: int, height: int = MOST_ROWS) -> list[Line]:
        """The framed list, `cells` wide inside; at most `height` options."""
        height = max(1, min(height, MOST_ROWS, len(self.options) or 1))
        self._top = min(max(self._top, self.cursor - height + 1), self.cursor)
        made: list[Line] = [(Run(f"┌{'─' * cells}┐", Role.MUTED),)]
        for index in range(self._top, min(self._top + height, len(self.options))):
            here = index == self.cursor
            text = ("› " if here else "  ") + _row(self.options[index], cells - 2)
            role = Role.CURSOR if here else Role.TEXT
            made.append((Run("│", Role.MUTED), Run(text, role), Run("│", Role.MUTED)))
        made.append((Run(f"└{'─' * cells}┘", Role.MUTED),))
        return made


def _row(option: Option, cells: int) -> str:
    note = harmless(option.choice.note)
    if not note and not option.right:
        return fit(harmless(option.words), cells)
    margin = 2 if cells + 2 >= WIDE else 1
    right = fit(option.right + " " * margin, len(option.right) + margin) if option.right else ""
    room = cells - len(right)
    name = min(28 if cells + 2 >= WIDE else 24, room)
    return fit(harmless(option.words), name - 1) + " " + fit(note, room - name) + right


def narrowed(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that a text may mean: by value, or a word of what is shown, beginning with it.

    Those whose value or name begins with it stand first.
    """
    wanted = fold(typed)
    if not wanted:
        return list(choices)
    ranked: list[tuple[int, Choice]] = []
    for one in choices:
        value, words, note = fold(one.value), fold(one.words), fold(one.note)
        both = f"{value} {words}"
        if wanted in (value, words, both):
            ranked.append((0, one))
        elif words.startswith(wanted) or both.startswith(wanted):
            ranked.append((1, one))
        elif note.startswith(wanted) or value.startswith(wanted):
            ranked.append((2, one))
        elif any(_begins(text, wanted) for text in (words, note)):
            ranked.append((3, one))
    return [one for _, one in sorted(ranked, key=lambda it: it[0])]


def _begins(text: str, wanted: str) -> bool:
    """Whether any word of the text and what follows it begins with what is wanted."""
    words = text.replace("-", " ").replace("(", " ").replace(",", " ")
    return f" {wanted}" in f" {words}"
