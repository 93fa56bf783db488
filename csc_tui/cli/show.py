"""`csc-tui show`: whole records on standard output."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from csc_tui.cli.at_desk import resource_of
from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.output import complain, put
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.dates import Here
from csc_tui.domain.detail import lines
from csc_tui.domain.dump import dump, json_text
from csc_tui.domain.errors import NotFound, Rejected
from csc_tui.domain.ref import Ref
from csc_tui.services.desk import parse_raw
from csc_tui.services.records import called
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk
    from csc_tui.services.records import Card, Linked


async def show_records(desk: Desk, found: argparse.Namespace) -> int:
    """Print records with all their parts; 1 if one of them is not there."""
    resource = resource_of(desk, found.resource)
    ids = ids_of(found.id)
    cards, missing = await read_cards(desk, resource, ids, offline=found.offline)
    records = [card.record for card in cards]
    if not found.offline:
        records = await called(desk, resource.name, records)
    resource = desk.resources[resource.name]
    if found.json and len(ids) == 1:
        packed: object = dump(resource, records[0]) if records else None
        print(json_text(packed))
    elif found.json:
        print(json_text([dump(resource, one) for one in records]))
    elif found.jsonl:
        for one in records:
            print(json_text(dump(resource, one)))
    else:
        for number, (card, record) in enumerate(zip(cards, records, strict=True)):
            if number:
                put()
            _print(desk, resource, record, card.linked)
    for id_ in missing:
        complain(say("cli.no-record", one=resource.one, id=id_))
    return FAILED if missing else OK


def ids_of(named: Sequence[str]) -> list[str]:
    """The ids of the arguments, each once; `-` stands for those on standard input. ConfigError."""
    found: dict[str, None] = {}
    for one in named:
        more = sys.stdin.read().split() if one == "-" else [one]
        found.update(dict.fromkeys(more))
    for one in found:
        if not one.isascii() or not one.replace("-", "").replace("_", "").isalnum():
            raise ConfigError("cli.bad-id", id=one)
    return list(found)


_AT_ONCE = 100
"""Records that are asked for by one request."""


async def read_cards(
    desk: Desk, resource: Resource, ids: Sequence[str], *, offline: bool = False
) -> tuple[list[Card], list[str]]:
    """The records in the order asked for, and the ids that are not there. Raises CrmError.

    They are asked of the CRM unless `offline`, then they are in the store too.
    """
    if not offline:
        for start in range(0, len(ids), _AT_ONCE):
            await _fetch(desk, resource.name, ids[start : start + _AT_ONCE])
    found, missing = [], []
    for id_ in ids:
        card = await desk.records.card(Ref(resource.name, id_))
        if card is None:
            missing.append(id_)
        else:
            found.append(card)
    return found, missing


async def _fetch(desk: Desk, resource: str, ids: Sequence[str]) -> None:
    """Have the store hold these as the CRM has them now; what it has not is forgotten."""
    asked = desk.clock.now()
    if len(ids) > 1:
        with suppress(Rejected):  # one that can be no id: each is asked for alone then
            await desk.records.fetch_many([Ref(resource, one) for one in ids])
    stored = await desk.store.records(resource, ids)
    for id_ in ids:
        one = stored.get(id_)
        whole = one is not None and not desk.record(resource, parse_raw(one.raw)).lacks
        if one is None or one.at < asked or not whole:
            try:
                await desk.records.fetch(Ref(resource, id_))
            except NotFound:
                continue


def _print(desk: Desk, resource: Resource, record: Record, linked: Mapping[Ref, Linked]) -> None:
    """A record as its screen shows it: label, kind and value, a line each."""
    head = record.head()
    for text in (head.title, head.subtitle):
        if text:
            put(text)
    put("\t".join((say("cli.show.id"), record.id)))
    names = {ref: one.name for ref, one in linked.items()}
    for line in lines(resource, record, desk.choices(), lambda ref: names.get(ref, ""), Here()):
        label = f"{line.label} ({line.kind})" if line.kind else line.label
        text = " ".join(one for one in (line.text, line.extra) if one)
        for row in text.splitlines() or [""]:
            put(f"{label}\t{row}")
