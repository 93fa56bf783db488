"""Jumping by name in a list of which only parts are here: a search by halves over its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.folding import fold

if TYPE_CHECKING:
    from csc_tui.services.browse import Listing
    from csc_tui.services.gathered import Gathered


async def first_so_spelt(listing: Listing | Gathered, text: str) -> int | None:
    """The row (0-based) of the first name that begins with `text`, else of the one behind it.

    The list has to be in the order of names, A to Z. Where the server's alphabet is another, a name
    that the store has is found all the same. Pages that are not here are asked for, about
    as many as the number of pages has binary digits. None for an empty list. Raises CrmError.
    """
    wanted = fold(text)
    if not listing.total or not wanted:
        return None
    size = listing.page_rows
    low, high = 1, (listing.total - 1) // size + 1
    for page, first, last in await listing.boundaries():
        if last < wanted:
            low = max(low, min(page + 1, high))
        elif first >= wanted:
            high = max(low, min(high, page))
        else:
            low = high = page
            break
    while low < high:
        middle = (low + high) // 2
        rows = await listing.load_page(middle)
        if rows and fold(rows[-1].cells[0])[: len(wanted)] < wanted:
            low = middle + 1
        else:
            high = middle
    rows = await listing.load_page(low)
    place = next(
        (n for n, row in enumerate(rows) if fold(row.cells[0])[: len(wanted)] >= wanted), len(rows)
    )
    if place == len(rows) or not fold(rows[place].cells[0]).startswith(wanted):
        elsewhere = await listing.known_place(text)
        if elsewhere is not None:
            return elsewhere
    if listing.page_rows != size:
        return await first_so_spelt(listing, text)
    return min((low - 1) * size + place, listing.total - 1)
