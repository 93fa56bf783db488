"""Which columns a list shows at a width, how wide they are, and how one row is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from csc_tui.domain.column import Column
from csc_tui.glyphs import fit, harmless

GUTTER = 2
"""Cells at the left: the cursor's and the mark's."""
FOUND_BY = frozenset({"mail", "tel"})
"""What stands in a column of ages instead of a time: what a search has found the row by."""
NAME_AT_LEAST = 12
"""Below this the column that came last goes."""


class Placed(NamedTuple):
    """A column on the screen."""

    column: Column
    cell: int
    """Its place in the row's cells."""
    width: int


def place(
    columns: Sequence[Column], width: int, offset: int = 0, order: Sequence[int] = ()
) -> list[Placed]:
    """The columns for a list of `width` cells; the first always stays.

    `offset` columns behind the first are scrolled away to the left, and any that follow come in.
    `order`: the numbers of those that the user has chosen, the first among them, in his order;
    where there is no room the last of them go. None: as many as the width is good for.
    """
    if not columns:
        return []
    room = width - 1 - GUTTER
    numbered = [(index, columns[index]._replace(at=rank)) for rank, index in enumerate(order)]
    first, *others = numbered or list(enumerate(columns))
    if offset:
        chosen = others[offset:]
        kept: list[tuple[int, Column]] = []
        for index, column in chosen:
            used = sum(c.width + 1 for _, c in kept)
            if used + column.width + 1 + first[1].width <= room:
                kept.append((index, column))
    else:
        kept = [(index, column) for index, column in others if column.at <= width]
        while kept and room - sum(c.width + 1 for _, c in kept) < NAME_AT_LEAST:
            kept.remove(max(kept, key=lambda one: one[1].at))
    widths = {index: column.width for index, column in kept}
    name = room - sum(w + 1 for w in widths.values())
    spare = max(0, name - (first[1].grow or name))
    name -= spare
    for index, column in sorted(kept, key=lambda one: one[1].grow or 1_000):
        if spare and (column.grow or column.name == "tags"):
            more = spare if not column.grow else min(spare, column.grow - column.width)
            widths[index] += max(0, more)
            spare -= max(0, more)
    name += spare if len(kept) < 1 else 0
    return [Placed(first[1], 0, name), *(Placed(c, i, widths[i]) for i, c in kept)]


def heads(placed: Sequence[Placed], sorted_by: str = "", descending: bool = False) -> str:
    """The line of column heads; the column that orders the list carries an arrow."""
    words = []
    for one in placed:
        arrow = (" ↓" if descending else " ↑") if one.column.name == sorted_by else ""
        words.append(fit(one.column.title + arrow, one.width))
    return " " * GUTTER + " ".join(words)


def cells(placed: Sequence[Placed], values: Sequence[str], now: float) -> str:
    """One row's cells, without the gutter."""
    words = []
    for one in placed:
        text = values[one.cell] if one.cell < len(values) else ""
        if one.column.age:
            text = text if text in FOUND_BY else age(text, now)
            words.append(fit(text, one.width, right=True))
        else:
            words.append(fit(harmless(text), one.width))
    return " ".join(words)


def age(moment: str, now: float) -> str:
    """How long ago an ISO time was, in at most four cells: `now`, `5h`, `2d`, `3w`, `5mo`, `2y`.

    Empty for no time or nonsense; a moment to come counts as now.
    """
    try:
        then = datetime.fromisoformat(moment).timestamp()
    except (ValueError, OverflowError):
        return ""
    hours = (now - then) / 3600
    days = hours / 24
    if hours < 1:
        return "now"
    if days < 1:
        return f"{int(hours)}h"
    if days < 14:
        return f"{int(days)}d"
    if days < 60:
        return f"{int(days / 7)}w"
    if days < 365:
        return f"{int(days / 30.4)}mo"
    return f"{min(int(days / 365), 99)}y"
