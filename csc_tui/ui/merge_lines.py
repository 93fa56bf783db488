"""Two records side by side, in lines: what moves, what is lost, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_tui.glyphs import fit, harmless, wrap
from csc_tui.services.merging import Moved, Union
from csc_tui.ui import edit_words as words
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Plain
    from csc_tui.domain.lookup import Lookups
    from csc_tui.services.conflicts import Row

LABEL = 6
"""Cells of `Moves` and `Lost`."""
LONGEST = 40
"""Characters of a value that is lost; all of it stands in its row."""


@dataclass(frozen=True, slots=True)
class Words:
    """Labels and values of one merge in words."""

    found: Union
    lookups: Lookups
    sides: Sequence[str] = ("merge.stays", "merge.goes")

    def label(self, row: Row) -> str:
        """The field's label."""
        return words.label_at(self.found.resource, row.path, {})

    def texts(self, row: Row) -> list[tuple[str, str]]:
        """Both values."""
        return [
            (say(name), self.value(row, value))
            for name, value in zip(self.sides, (row.mine, row.theirs), strict=True)
        ]

    def value(self, row: Row, value: Plain) -> str:
        """A value, harmless; where only its id is known the record may carry its words."""
        text = words.value_words(self.found.resource, row.path, value, self.lookups)
        if text == str(value):
            record = self.found.stays if value == row.mine else self.found.goes
            text = record.words(row.path) or text
        return harmless(text)


def who(found: Union) -> str:
    """Which of the two stays."""
    stays, goes = found.stays, found.goes
    names = {"stays": harmless(stays.sort_name()), "goes": harmless(goes.sort_name())}
    return say("merge.who", stays_id=stays.id, goes_id=goes.id, **names)


def outcome(texts: Words, columns: int) -> list[Line]:
    """What moves and what is lost."""
    found = texts.found
    moves, lost = [_moves(found)], [_lost(texts)]
    beside = say(f"merge.beside_{found.resource.merging}")
    (moves if found.resource.merging == "by_crm" else lost).append(beside)
    lines: list[Line] = []
    for name, parts in (("merge.moves", moves), ("merge.lost", lost)):
        text = "; ".join(one for one in parts if one)
        for number, line in enumerate(wrap(text, max(10, columns - LABEL - 4))):
            head = fit(say(name) if number == 0 else "", LABEL)
            lines.append((Run(f" {head}  ", Role.HEAD), Run(line)))
    return lines


def _moves(found: Union) -> str:
    new = _counted([(one, len(one.new)) for one in found.moved])
    there = _counted([(one, len(one.there)) for one in found.moved])
    hung = (say(f"merge.hangs-{kind}", count=len(ids)) for kind, ids in found.hanging.items())
    new = ", ".join(filter(None, (new, *hung))) or say("merge.nothing_moves")
    return say("merge.there", parts=new, there=there) if there else new


def _counted(counts: Sequence[tuple[Moved, int]]) -> str:
    """`2 phones, 1 tag`."""
    return ", ".join(
        say("delete.count", count=count, what=one.kind.one if count == 1 else one.kind.many)
        for one, count in counts
        if count
    )


def _lost(texts: Words) -> str:
    found = [
        say("merge.value", label=texts.label(row), value=_short(texts.value(row, row.theirs)))
        for row in texts.found.lost
    ]
    return ", ".join(found) or say("merge.nothing_lost")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def cost(found: Union, columns: int, said: dict[str, object]) -> list[Line]:
    """How it is done and what it costs; `said` fills the words."""
    text = say(f"merge.cost_{found.resource.merging}", **said)
    return [plain(f" {one}", Role.MUTED) for one in wrap(text, columns - 2)]
