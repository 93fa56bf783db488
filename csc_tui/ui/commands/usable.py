"""Which commands have a use for the records of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_tui.domain.resource import Resource
    from csc_tui.ui.commands.command import Command

_NOTES = frozenset({"list.note", "record.note"})
_TASKS = frozenset(
    f"{place}.{does}" for place in ("list", "record") for does in ("tick", "put_off", "hand_on")
)


def usable(command: Command, resource: Resource | None) -> bool:
    """No notes where the CRM takes none about such records; nothing is ticked off but tasks."""
    if command.id in _NOTES:
        return resource is not None and resource.takes_notes
    if command.id in _TASKS:
        return resource is not None and resource.todo is not None
    return True
