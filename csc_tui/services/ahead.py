"""Which page will probably be wanted next: the one that the screen is moving towards."""

from __future__ import annotations

NEAR = 4
"""A page is fetched ahead when less than this part (a quarter) of the one before it is left."""


def page_ahead(
    before: tuple[int, int], now: tuple[int, int], page_rows: int, total: int | None
) -> int | None:
    """The page (1-based) that rows `now` (first, last; 0-based) come near to; None for none.

    Only where they have moved on from rows `before` by less than a page: a jump has no direction.
    """
    moved = now[0] - before[0]
    if not moved or abs(moved) >= page_rows:
        return None
    near = page_rows // NEAR
    if moved < 0:
        first = now[0] // page_rows + 1
        return first - 1 if first > 1 and now[0] % page_rows < near else None
    last = now[1] // page_rows + 1
    there = total is None or last * page_rows < total
    return last + 1 if there and page_rows - now[1] % page_rows <= near else None
