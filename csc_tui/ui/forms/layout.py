"""Where everything in a form stands: labels, boxes, notes, what is wrong, the list that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from csc_tui.glyphs import clip, fit, harmless, wrap
from csc_tui.ui.forms.field import FormField
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.words import say

LABEL = 15
"""Cells of a label, behind the gutter's two."""
INDENT = 2 + LABEL
"""Where boxes begin."""
WIDEST = 60
"""Inner width of a box at most."""
NOTES = 60
"""From this many columns on there are notes at the right of the boxes."""


def box_cells(columns: int) -> int:
    """Inner width of a box: 46 at 80 columns, 60 at 140."""
    if columns < NOTES:
        return max(8, columns - INDENT - 3)
    return min(WIDEST, columns - 34)


@dataclass(slots=True)
class Drawn:
    """A form's lines and where its fields stand among them."""

    lines: list[Line] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    """First line and the line behind the last, of every field and of `[ Save ]`."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a form is to be drawn."""

    columns: int
    at: int
    """Number of the field with the focus; behind the last one: `[ Save ]`."""
    long_rows: int
    """Rows of a field of several lines at least."""
    footnote: str = ""
    """Above the custom fields, or above `[ Save ]` where there are none."""
    listed: Sequence[Line] = ()
    """The open pick list, drawn below the field with the focus."""


def drawn(fields: Sequence[FormField], look: Look) -> Drawn:
    """All lines of a form."""
    made = Drawn([()])
    noted = not look.footnote
    for number, one in enumerate(fields):
        if not noted and one.entry.path.startswith("custom:"):
            made.lines += _footnote(look)
            noted = True
        if one.entry.gap and len(made.lines) > 1 and made.lines[-1] != ():
            made.lines.append(())
        if one.entry.heading:
            made.lines.append(plain(f"  {one.entry.heading}", Role.HEAD))
        start = len(made.lines)
        made.lines += _field(one, look, focus=number == look.at)
        made.spans.append((start, len(made.lines)))
    if not noted:
        made.lines += _footnote(look)
    focus = look.at == len(fields)
    save = Run(say("edit.save"), Role.CURSOR if focus else Role.TEXT)
    made.spans.append((len(made.lines), len(made.lines) + 1))
    made.lines.append((Run(fit("›" if focus else "", INDENT)), save))
    return made


def _footnote(look: Look) -> list[Line]:
    return [(), *(plain(f"  {line}") for line in wrap(look.footnote, look.columns - 4)), ()]


def _field(one: FormField, look: Look, *, focus: bool) -> list[Line]:
    cells = box_cells(look.columns)
    height = _height(one, look, cells)
    mark = "!" if one.problem else "*" if one.changed else " "
    notes = _notes(one, look.columns - INDENT - cells - 4, height)
    lines: list[Line] = []
    for row, inner in enumerate(one.box.shown(cells, height, focus=focus)):
        label = ("›" if focus else " ") + mark + fit(one.entry.label, LABEL - 1) + " "
        head = Run(label if row == 0 else " " * INDENT, Role.STRONG if focus else Role.TEXT)
        note = Run(f" {notes[row]}" if row < len(notes) else "", Role.MUTED)
        lines.append((head, Run("["), *inner, Run("]"), note))
    if focus:
        lines += [(Run(" " * INDENT), *line) for line in look.listed]
    for text in wrap(one.problem, max(10, look.columns - INDENT - 3)) if one.problem else ():
        lines.append(plain(f"{' ' * INDENT}! {text}", Role.BAD))
    return lines


def _height(one: FormField, look: Look, cells: int) -> int:
    if not one.box.many:
        return 1
    return min(max(look.long_rows, len(one.box.rows(cells))), 8)


def _notes(one: FormField, cells: int, height: int) -> list[str]:
    """At the right of the box: what it was, else what it takes."""
    if cells < 8:
        return []
    note = one.entry.note
    if one.changed and one.base:
        note = say("edit.was", text=harmless(one.base))
    note = one.taken_for(cells) or note
    if height == 1 and len(note) > cells:
        note = note.rpartition("; ")[2]  # of two halves the last: what nobody guesses
    if height == 1 or len(note) <= cells:
        return [clip(note, cells)]
    return [clip(line, cells) for line in wrap(note, cells)]
