"""Filters as typed: what they mean in an account, with what has to be looked up for that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.filter_meaning import ME, USERS, Reader
from csc_tui.domain.filter_text import scan
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from datetime import tzinfo

    from csc_tui.domain.filter import Filter
    from csc_tui.services.desk import Desk

_KEY = "me.key"
"""The value of the store that tells whose key `ME` is about."""


async def read_filter(
    desk: Desk, resource: str, text: str, *, zone: tzinfo, offline: bool = False
) -> Filter:
    """The filter that a text means, with what has to be looked up for it.

    Raises FilterError; CrmError where users, tags or fields are needed and cannot be had.
    `offline`: what is here has to do.
    """
    tokens = scan(text)
    now = datetime.fromtimestamp(desk.clock.now(), UTC)
    reader = Reader(desk.resources[resource], zone, now, desk.choices())
    if offline:
        await desk.lookups.recall()
    wanted = reader.wants(tokens)
    for name in sorted(wanted - {ME}):
        if not offline:
            await desk.lookups.require(name)
        reader = replace(reader, resource=desk.resources[resource], lookups=desk.choices())
    # A custom field that has only just been heard of may have a lookup of its own.
    more = reader.wants(tokens) - wanted
    if not offline and USERS in more:
        await desk.lookups.require(USERS)
    me = await whoami(desk, offline=offline) if ME in wanted | more else ""
    return replace(reader, lookups=desk.choices(), me=me).read(text)


async def whoami(desk: Desk, *, offline: bool = False) -> str:
    """Id of the user whose key it is, asked once a key; `offline`: empty where not known."""
    mine = await desk.store.value(_KEY) == desk.key_mark()
    known = (await desk.store.value(ME) or "") if mine else ""
    if known or offline:
        return known
    answer = await desk.ask(desk.crm.whoami(), Lane.VISIBLE)
    user = desk.crm.read_whoami(answer).user_id
    await desk.store.set_value(ME, user)
    await desk.store.set_value(_KEY, desk.key_mark())
    return user
