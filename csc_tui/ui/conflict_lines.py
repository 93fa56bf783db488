"""The conflict screen's lines: who changed it, field by field, the one under the cursor in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from csc_tui.domain.dates import day
from csc_tui.glyphs import ELLIPSIS, clip, fit, harmless, wrap
from csc_tui.services.conflicts import Row, Side
from csc_tui.ui import edit_words as words
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Plain
    from csc_tui.domain.resource import Resource
    from csc_tui.services.entries import Edit
    from csc_tui.ui.edit_words import Around

WIDE = 100
"""From this width on columns are wider and the legend says more."""
BULLET = "•"
"""Stands before the value that will be sent."""
LEAST = 4
"""Rows that the field in full has at least."""


class Said(Protocol):
    """Labels and values of rows in words, for a table."""

    @property
    def sides(self) -> Sequence[str]:
        """Keys of the heads of its columns; the last two are those that one chooses from."""

    def label(self, row: Row) -> str:
        """What a row is about."""

    def texts(self, row: Row) -> list[tuple[str, str]]:
        """The values by their names, a column each; what was typed instead comes last."""


@dataclass(frozen=True, slots=True)
class Words:
    """Labels and values of one conflict in words."""

    edit: Edit
    resource: Resource
    around: Around
    parts: dict[str, Plain]
    """The record as far as it is known: it tells which phone a path is about."""
    sides: Sequence[str] = ("conflict.before", "conflict.mine", "conflict.theirs")

    def label(self, row: Row) -> str:
        """`Title`, `mobile`."""
        kind = "" if row.beside else self._kind
        return words.label_at(self.resource, row.path, self.parts, kind)

    def value(self, row: Row, value: Plain) -> str:
        """A value, harmless, its lines kept."""
        kind = "" if row.beside else self._kind
        if value is None and self._whole(row):
            return say("outbox.not_there")
        return words.value_words(self.resource, row.path, value, self.around.lookups, kind)

    def _whole(self, row: Row) -> bool:
        """Whether a row is about a part or word as a whole."""
        return row.path.count("/") == 1

    @property
    def _kind(self) -> str:
        return self.edit.change.ref.resource if self.edit.change.parent else ""

    def texts(self, row: Row) -> list[tuple[str, str]]:
        """Before, mine, theirs, and what was typed instead, each with its name."""
        sides = [("before", row.before), ("mine", row.mine), ("theirs", row.theirs)]
        found = [(say(f"conflict.{name}"), self.value(row, value)) for name, value in sides]
        gone = {"delete": "conflict.deleted", "merge": "conflict.merged_away"}
        if (key := gone.get(self.edit.change.verb)) is not None:
            found[1] = (found[1][0], say(key))
        if row.taken is Side.TYPED:
            found.append((say("conflict.typed"), self.value(row, row.typed)))
        return found


def who(edit: Edit, around: Around) -> str:
    """Who changed it, and when."""
    when = words.iso_moment(edit.answer.at, around.zone)
    if when is None:
        return say("conflict.changed_somehow")
    told = {"day": day(when), "time": f"{when:%H:%M}"}
    name = words.user_name(edit.answer.author, around.lookups)
    if not name:
        return say("conflict.changed_unknown", **told)
    return say("conflict.changed", name=name, **told)


def widths(columns: int, sides: int = 3) -> tuple[int, int]:
    """Cells of the label and of each value."""
    label = 21 if columns >= WIDE else 15 if columns >= 72 else 8
    return label, min(105 // sides, (columns - 2 - label) // sides - 2)


def table(texts: Said, rows: Sequence[Row], cursor: int, columns: int) -> tuple[list[Line], int]:
    """Heads and rows; and which of the lines the cursor is on."""
    label, cells = widths(columns, len(texts.sides))
    heads = "".join(f" {fit(say(name), cells)} " for name in texts.sides)
    found: list[Line] = [plain(f"  {fit(say('conflict.field'), label)}{heads}", Role.HEAD)]
    at = 0
    for number, row in enumerate(rows):
        if not row.asks and (number == 0 or rows[number - 1].asks):
            found += [(), plain(f" {say('conflict.merged')}", Role.HEAD)]
        if number == cursor:
            at = len(found)
        found.append(_row(texts, row, label, cells, here=number == cursor))
    return found, at


def _row(texts: Said, row: Row, label: int, cells: int, *, here: bool) -> Line:
    said = [harmless(text) for _, text in texts.texts(row)]
    sides = len(texts.sides)
    *_, mine, theirs = shown = said[:sides]
    if row.taken is Side.TYPED:
        mine = said[sides]
    mine_taken = row.taken in (Side.MINE, Side.TYPED)
    cells_of = [
        *((" ", one) for one in shown[:-2]),
        (BULLET if mine_taken else " ", mine),
        (BULLET if row.taken is Side.THEIRS else " ", theirs),
    ]
    values = "".join(f"{mark}{fit(text, cells)} " for mark, text in cells_of)
    gutter = f"{'›' if here else ' '}{'!' if row.asks else ' '}"
    return plain(
        f"{gutter}{fit(texts.label(row), label)}{values}", Role.CURSOR if here else Role.TEXT
    )


def full(
    texts: Said, row: Row, columns: int, most: int, typing: Sequence[Line] | None
) -> list[Line]:
    """The values of the row under the cursor, wrapped, in at most so many rows."""
    found: list[Line] = [plain(f" {say('conflict.full', label=texts.label(row))}", Role.HEAD)]
    said = texts.texts(row)
    if typing is not None:
        said = said[: len(texts.sides)]
    boxes = list(typing or ())
    room = most - 1 - len(boxes)
    pieces = [(name, wrap(text, max(10, columns - 13))) for name, text in said]
    share = max(1, room // len(pieces))
    for name, lines in pieces:
        shown = lines if sum(len(one) for _, one in pieces) <= room else _some(lines, share)
        found += [
            (Run(f"   {fit(name if n == 0 else '', 9)}", Role.MUTED), Run(line))
            for n, line in enumerate(shown)
        ]
    for n, box in enumerate(boxes):
        name = say("conflict.typed") if n == 0 else ""
        found.append((Run(f"   {fit(name, 9)}", Role.MUTED), *box))
    return found


def _some(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip()}{ELLIPSIS}"]


def legend(columns: int, save: str, later: str) -> Line:
    """What the bullet means."""
    key = "conflict.legend_wide" if columns >= WIDE else "conflict.legend"
    return plain(f" {clip(say(key, save=save, later=later), columns - 2)}", Role.MUTED)
