"""`csc-tui outbox`: what is not confirmed yet, and what can be done with it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.outcome import SHORT, report
from csc_tui.cli.output import complain, put, put_json, put_table
from csc_tui.cli.write import loaded
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.dates import Here
from csc_tui.services.confirming import Confirming
from csc_tui.services.entries import listed, standing
from csc_tui.store.edit_rows import State
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse

    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit


async def outbox(desk: Desk, found: argparse.Namespace) -> int:
    """List the entries, or act on one."""
    confirming = Confirming(desk)
    if found.action == "list":
        await loaded(desk, confirming, send=False)
        await desk.lookups.recall()
        return _list(desk, found)
    if found.entry is None:
        raise ConfigError("cli.outbox.which", action=found.action)
    await loaded(desk, confirming, send=False)
    edit = _named(desk, found.entry)
    if found.action == "discard":
        return await _discard(desk, edit)
    if found.action == "settle":
        await _settle(desk, edit, found.choice)
    else:
        await desk.edits.retry(edit.client_id)
    desk.edits.begin()
    return await report(desk, confirming, found, [edit])


def _list(desk: Desk, found: argparse.Namespace) -> int:
    """Drafts, and all writes that are not confirmed."""
    entries = listed(desk.edits.entries())
    if found.json:
        put_json([_packed(desk, one) for one in entries])
    elif entries:
        put_table(_row(desk, one) for one in entries)
    elif sys.stdout.isatty():
        put(say("outbox.empty"))
    return OK


def _row(desk: Desk, edit: Edit) -> tuple[str, ...]:
    from csc_tui.ui.edit_words import Around, described, last_answer, title_of

    now = desk.clock.now()
    place = desk.edits.place(edit)
    around = Around(now, desk.resources, desk.choices(), Here(), place, read_only=desk.read_only)
    made = datetime.fromtimestamp(edit.created, UTC).astimezone(Here())
    return (
        edit.client_id.removeprefix("draft ")[:SHORT] if edit.state is not State.DRAFT else "-",
        f"{made:%Y-%m-%d %H:%M}",
        str(standing(edit, now)),
        described(edit, around) if edit.state is not State.DRAFT else say("outbox.what-draft"),
        title_of(edit, around),
        last_answer(edit, around),
    )


def _packed(desk: Desk, edit: Edit) -> dict[str, Any]:
    change = edit.change
    draft = edit.state is State.DRAFT
    return {
        "entry": edit.client_id,
        "state": str(standing(edit, desk.clock.now())),
        "verb": None if draft else change.verb.value,
        "resource": None if draft else change.record.resource,
        "id": None if draft else change.record.id,
        "part": change.ref.resource if change.parent else None,
        "title": edit.title,
        "values": dict(edit.form.texts) if draft and edit.form else dict(change.values),
        "theirs": dict(edit.answer.theirs),
        "candidates": list(edit.answer.candidates),
        "time": datetime.fromtimestamp(edit.created, UTC).isoformat(timespec="seconds"),
    }


def _named(desk: Desk, entry: str) -> Edit:
    """The one entry whose id begins so. ConfigError for none or several."""
    found = [
        one
        for one in desk.edits.entries()
        if one.state is not State.DRAFT and one.client_id.startswith(entry)
    ]
    if len(found) != 1:
        raise ConfigError("cli.outbox.several" if found else "cli.outbox.unknown", entry=entry)
    return found[0]


async def _discard(desk: Desk, edit: Edit) -> int:
    gone = await desk.edits.discard_edit(edit.client_id)
    if not gone:
        complain(say("outbox.too_late"))
        return FAILED
    put(say("outbox.discarded", what=", ".join(one.title for one in gone)), sys.stderr)
    return OK


async def _settle(desk: Desk, edit: Edit, choice: str | None) -> None:
    """A conflict: `mine` or `theirs`. A lost answer: `again`, or the id of what it made."""
    if edit.state is State.CONFLICT and choice in ("mine", "theirs"):
        mine = edit.change.values if choice == "mine" else {}
        await desk.edits.resolve(edit.client_id, mine)
    elif edit.state is State.UNCLEAR and choice == "again":
        await desk.edits.retry(edit.client_id)
    elif edit.state is State.UNCLEAR and choice and choice not in ("mine", "theirs"):
        await desk.edits.adopt(edit.client_id, choice)
    else:
        known = {State.CONFLICT: "conflict", State.UNCLEAR: "unclear"}.get(edit.state, "neither")
        raise ConfigError(f"cli.outbox.settle-{known}", entry=edit.client_id[:SHORT])
