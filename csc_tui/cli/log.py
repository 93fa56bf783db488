"""`csc-tui log`: the journal of confirmed writes, the newest last."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from csc_tui.cli.exits import FAILED, OK
from csc_tui.cli.output import complain, put, put_json, put_table
from csc_tui.config.paths import Paths
from csc_tui.config.profiles import resolve
from csc_tui.config.refusal import ConfigError
from csc_tui.config.settings import load_settings
from csc_tui.glyphs import harmless
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.config.account import Account
    from csc_tui.store.edit_rows import Edit
    from csc_tui.ui.edit_words import Around


def log(
    profile: str | None, paths: Paths, env: Mapping[str, str], *, limit: int, as_json: bool
) -> int:
    """Print it; nothing is asked of the CRM. ConfigError where no account is named."""
    account = resolve(load_settings(paths), paths, env, profile=profile)
    if account is None:
        raise ConfigError("cli.no-account")
    from csc_tui.store.edits_file import FILE
    from csc_tui.store.edits_thread import OutboxUnusableError
    from csc_tui.store.journal import read_journal

    folder = paths.account_data(account.folder_id)
    try:
        edits = read_journal(folder, limit)
    except OutboxUnusableError as error:
        complain(say("cli.log.unreadable", file=folder / FILE, why=error.reason))
        return FAILED
    if as_json:
        put_json([_packed(one) for one in edits])
    elif edits:
        around = asyncio.run(_around(account, paths))
        put_table(_row(one, around) for one in edits)
    else:
        put(say("cli.log.none"))
    return OK


async def _around(account: Account, paths: Paths) -> Around:
    """The account's fields and options, as far as they have ever been read."""
    from csc_tui.session import headless_desk
    from csc_tui.ui.edit_words import Around

    zone = datetime.now().astimezone().tzinfo or UTC
    async with headless_desk(account, paths, reads_only=True) as desk:
        await desk.lookups.recall()
        return Around(0.0, desk.resources, desk.choices(), zone)


def _row(edit: Edit, around: Around) -> tuple[str, ...]:
    """Time, what, whom, before and after, request id."""
    from csc_tui.ui.edit_detail import changes
    from csc_tui.ui.edit_words import described, title_of

    change = edit.change
    ref = change.record
    told = []
    for label, before, after in changes(edit, around):
        sides = [before, after] if change.verb == "update" else [before or after]
        said = (harmless(one) or say("outbox.nothing_there") for one in sides)
        told.append(f"{label}: {' → '.join(said)}")
    notes = [say("cli.log.undone")] if edit.undone else []
    when = datetime.fromtimestamp(edit.updated, UTC).astimezone(around.zone)
    return (
        f"{when:%Y-%m-%d %H:%M:%S}",
        described(edit, around),
        f"{title_of(edit, around)} ({ref.resource} {ref.id})",
        "; ".join([*told, *notes]),
        edit.request_id or "-",
    )


def _packed(edit: Edit) -> dict[str, Any]:
    """One write as JSON."""
    change = edit.change
    part = change.ref if change.parent else None
    return {
        "time": datetime.fromtimestamp(edit.updated, UTC).isoformat(timespec="seconds"),
        "verb": change.verb.value,
        "resource": change.record.resource,
        "id": change.record.id,
        "part": {"kind": part.resource, "id": part.id} if part else None,
        "record": edit.title,
        "before": dict(change.base) if change.verb != "create" else {},
        "after": dict(edit.after or change.values) if change.verb != "delete" else {},
        "request_id": edit.request_id,
        "batch": edit.batch,
        "undoes": edit.undoes,
        "undone": edit.undone,
        "note": edit.answer.note,
    }
