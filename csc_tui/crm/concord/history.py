"""Asking for the notes and calls of a record and reading them. Concord fact sheet §7, §10."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from csc_tui.crm.adapter import Entries, Hanging, Raw
from csc_tui.crm.concord import asking, reading
from csc_tui.crm.concord.notes import CALL, ROUTES, entry_id
from csc_tui.crm.concord.paging import PAGE_ROWS, mapping, pages
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

HUNG = (*ROUTES.values(), "activities")
"""Kinds of record that hang on others. What else does (e-mails, documents) is not asked for."""
MOST_PAGES = 40
"""Pages of the notes of one record at most: a server that never ends is not followed."""


class EntryHistory:
    """Keeps the protocol `csc_tui.crm.adapter.History`: one page holds all that there is."""

    rows = MOST_PAGES * PAGE_ROWS
    brings_record = True

    def page(self, ref: Ref, number: int) -> Generator[Request, Response, Entries]:
        """The record with its notes and calls; a kind that it does not hold whole from its list."""
        raw = reading.read_one((yield asking.show_with(ref, ROUTES.values())))
        found: list[Raw] = []
        for kind, name in ROUTES.items():
            items = _whole(raw.get(name))
            if items is None:
                items = yield from _listed(ref, name)
            found += [_entry(kind, one) for one in items]
        record = {key: value for key, value in raw.items() if key not in ROUTES.values()}
        return Entries(sorted(found, key=_time, reverse=True), record=record)


def hanging(ref: Ref) -> Generator[Request, Response, Hanging]:
    """The ids of what is associated with a record and no part of it here (§7, §8)."""
    raw = reading.read_one((yield asking.show_with(ref, HUNG)))
    found: dict[str, tuple[str, ...]] = {}
    for name in HUNG:
        items = raw.get(name)
        if not isinstance(items, list):
            items = yield from _listed(ref, name)
        ids = (reading.id_of(mapping(one).get("id")) for one in items)
        if known := tuple(one for one in ids if one):
            found[name] = known
    return found


def _whole(items: object) -> list[Raw] | None:
    """The entries that a record holds; None where there are none or only their titles."""
    if not isinstance(items, list):
        return None
    read = [mapping(one) for one in items]
    return read if all(reading.id_of(it.get("id")) and "body" in it for it in read) else None


def _listed(ref: Ref, name: str) -> Generator[Request, Response, list[Raw]]:
    """The entries of one kind out of their own list, all its pages."""
    found: list[Raw] = []
    for number in range(1, MOST_PAGES + 1):
        response = yield asking.hung_on(ref, name, number)
        found += reading.read_list(response)
        if number >= pages(response):
            break
    return found


def _entry(kind: str, raw: Mapping[str, Any]) -> Raw:
    return {**raw, "kind": kind, "id": entry_id(kind, str(raw["id"]))}


def _time(entry: Raw) -> str:
    """When it happened, as the server writes it: one form for all of them."""
    told = entry.get("date") if entry["kind"] == CALL else None
    return str(told or entry.get("created_at") or "")
