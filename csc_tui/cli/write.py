"""`csc-tui set`, `new`, `delete`, `tag`, `untag`: writes through the outbox, as from the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from csc_tui.cli.at_desk import resource_of
from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.outcome import report
from csc_tui.cli.output import complain, put
from csc_tui.cli.show import ids_of
from csc_tui.cli.values import check_names, check_words, edit_values, new_values
from csc_tui.config.refusal import ConfigError, FileError
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.changing import deleted, edited, tagged, untagged
from csc_tui.domain.errors import CrmError, NotFound, OtherAccount, ReadOnly
from csc_tui.domain.folding import fold
from csc_tui.domain.ref import Ref
from csc_tui.glyphs import harmless
from csc_tui.services.confirming import Confirming
from csc_tui.services.lookup import FIELDS
from csc_tui.services.patience import patiently
from csc_tui.store.edits_file import OutboxNoticeCode
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit


async def set_fields(desk: Desk, found: argparse.Namespace) -> int:
    """Give fields of a record other values."""
    resource = resource_of(desk, found.resource)
    [id_] = ids_of([found.id])
    check_words(found.value)
    confirming = await opened(desk, found)
    await desk.lookups.require(FIELDS)
    resource = desk.resources[resource.name]
    check_names(resource, found.value)
    record = await current(desk, resource, id_)
    changes = edited(record, await edit_values(desk, resource, record, found.value))
    if not changes:
        put(say("edit.nothing"), sys.stderr)
        return OK
    return await report(desk, confirming, found, await queued(desk, changes, record))


async def new_record(desk: Desk, found: argparse.Namespace) -> int:
    """Make a record, with what hangs on it in the same request; prints its id."""
    resource = resource_of(desk, found.resource)
    check_words(found.value)
    confirming = await opened(desk, found)
    await desk.lookups.require(FIELDS)
    resource = desk.resources[resource.name]
    parts = [(kind, text) for kind in NEW_PARTS for text in getattr(found, kind)]
    values = await new_values(desk, resource, found.value, parts)
    change = Change(Verb.CREATE, Ref(resource.name, ""), values=values)
    plain = {name: it for name, it in values.items() if name in resource.model.model_fields}
    title = resource.model().model_copy(update=plain).sort_name()
    return await report(desk, confirming, found, await queued(desk, [change], title=title))


NEW_PARTS = ("phone", "email", "company", "tag")
"""Options of `new` that may stand there several times."""


async def delete_record(desk: Desk, found: argparse.Namespace) -> int:
    """Delete a record, once somebody has said that it is to go."""
    resource = resource_of(desk, found.resource)
    [id_] = ids_of([found.id])
    if not found.yes and not sys.stdin.isatty():
        raise ConfigError("cli.delete.unasked")
    confirming = await opened(desk, found)
    record = await current(desk, resource, id_)
    if not found.yes and not _agreed(resource, record):
        put(say("cli.delete.kept"), sys.stderr)
        return FAILED
    return await report(
        desk, confirming, found, await queued(desk, [deleted(resource, record)], record)
    )


def _agreed(resource: Resource, record: Record) -> bool:
    """Ask for the record's name, as the screen does."""
    named = record.value(resource.called_by)
    name = named if isinstance(named, str) and fold(named) else record.sort_name()
    word = " ".join(harmless(name).split())
    put(say("delete.question", name=record.head().title), sys.stderr)
    print(f"{say('delete.type', word=word)} ", end="", file=sys.stderr, flush=True)
    return fold(harmless(sys.stdin.readline())) == fold(word)


async def tag_records(desk: Desk, found: argparse.Namespace) -> int:
    """Put a tag on records."""
    return await _tagging(desk, found, lambda kind, it: tagged(kind, it, [found.tag]))


async def untag_records(desk: Desk, found: argparse.Namespace) -> int:
    """Take a tag off records."""
    return await _tagging(desk, found, lambda kind, it: untagged(kind, it, [found.tag]))


async def _tagging(
    desk: Desk, found: argparse.Namespace, changes_of: Callable[..., list[Change]]
) -> int:
    resource = resource_of(desk, found.resource)
    ids = ids_of(found.id)
    kind = next((one for one in resource.parts if one.one == "tag"), None)
    if kind is None or not found.tag.strip():
        raise ConfigError("cli.no-tags" if kind is None else "cli.no-tag", many=resource.many)
    confirming = await opened(desk, found)
    made: list[Edit] = []
    code = OK
    for id_ in ids:
        try:
            record = await current(desk, resource, id_)
        except NotFound:
            complain(say("cli.no-record", one=resource.one, id=id_))
            code = FAILED
            continue
        if changes := changes_of(kind, record):
            made += await queued(desk, changes, record)
    if not made:
        put(say("edit.nothing"), sys.stderr)
        return code
    return await report(desk, confirming, found, made) or code


async def opened(desk: Desk, found: argparse.Namespace) -> Confirming:
    """Open the outbox; with `--no-wait` somebody else is to send. Raises ReadOnly."""
    if desk.read_only:
        raise ReadOnly
    confirming = Confirming(desk)
    # Whoever gives an order at a prompt has no key to take it back by: nothing is held.
    desk.edits.pace = replace(desk.edits.pace, held=0.0)
    await loaded(desk, confirming, send=not found.no_wait)
    return confirming


async def loaded(desk: Desk, confirming: Confirming, *, send: bool) -> None:
    """Open the outbox file and say what happened to it.

    FileError where what is saved would be gone at the end: a script has nobody to tell later.
    """
    await desk.edits.load(send=send)
    for notice in confirming.notices:
        if notice.code is OutboxNoticeCode.MEMORY:
            raise FileError("cli.not-queued")
        complain(say(f"edit.outbox_{notice.code}", **notice.params))


async def current(desk: Desk, resource: Resource, id_: str) -> Record:
    """The record as the CRM has it now; as it is stored here where the CRM cannot be asked.

    Raises NotFound, and CrmError where it is not stored either.
    """
    ref = Ref(resource.name, id_)
    try:
        await patiently(desk, desk.records.fetch(ref))
    except (NotFound, OtherAccount):
        raise
    except CrmError:
        if await desk.store.record(ref) is None:
            raise
    card = await desk.records.card(ref)
    if card is None:
        raise NotFound
    return card.record


async def queued(
    desk: Desk, changes: Sequence[Change], record: Record | None = None, *, title: str = ""
) -> list[Edit]:
    """Put changes into the outbox. OutboxUnusableError where they cannot be kept."""
    return await desk.edits.submit(changes, None, record, title=title)
