"""Whose task it is: one that names nobody is that of the user who sends it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.store import edit_steps

if TYPE_CHECKING:
    from csc_tui.services.desk import Desk
    from csc_tui.store.edit_rows import Edit
    from csc_tui.store.edits import EditStore


async def signed(desk: Desk, edits: EditStore, edit: Edit) -> Edit:
    """A new task with its user, who is asked for once in an account; anything else as it is.

    Raises CrmError.
    """
    change = edit.change
    todo = desk.resources[change.record.resource].todo
    if todo is None or change.verb is not Verb.CREATE or change.parent is not None:
        return edit
    if change.values.get(todo.whose):
        return edit
    from csc_tui.services.filtering import whoami  # only now: it knows all of filters

    change = replace(change, values={**change.values, todo.whose: await whoami(desk)})
    await edits.advance(edit.client_id, edit_steps.signed(change))
    return replace(edit, change=change)
