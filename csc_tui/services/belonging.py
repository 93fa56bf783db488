"""Whose account a save belongs to: it never goes anywhere else, whatever key is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import OtherAccount
from csc_tui.domain.query import Query
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit


async def check_account(desk: Desk, edit: Edit) -> None:
    """See that the key opens the account that an edit was written for; ask if it is not known.

    Raises OtherAccount, and CrmError where it cannot be asked.
    """
    if not edit.account:
        return
    lane, told = Lane(edit.lane), desk.account_id or desk.own_id
    if not told:
        told = desk.crm.read_whoami(await desk.ask(desk.crm.whoami(), lane)).account_id
    if not told:  # then a record may say it
        kind = edit.record.resource
        query = Query(kind, desk.resources[kind].sorts[0].sort)
        answer = await desk.ask(desk.crm.page(query, 1), lane)
        await desk.check_account(desk.crm.read_list(kind, answer))
        told = desk.account_id
    if told and told != edit.account:
        raise OtherAccount(edit.account, told)
