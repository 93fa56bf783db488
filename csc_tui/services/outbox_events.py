"""What happens to edits, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass

from csc_tui.domain.errors import CrmError
from csc_tui.store.edit_rows import Edit, State
from csc_tui.store.edits_file import OutboxNotice


@dataclass(frozen=True, slots=True)
class EditMoved:
    """An edit has come to another state, here or in another terminal.

    `edit.state` and `edit.answer` say all: CONFIRMED with what others had changed (`merged`),
    what the server made of it (`altered`) and how (`note`); CONFLICT with its clashes; REFUSED
    with its error; WAITING with error and `not_before`; UNCLEAR, `asks` or still looking.
    """

    edit: Edit
    was: State | None
    """None for a new one."""


@dataclass(frozen=True, slots=True)
class EditDropped:
    """An edit is gone without a trace: discarded, taken back, or part of another one now."""

    edit: Edit
    """As it was last."""


@dataclass(frozen=True, slots=True)
class OutboxPaused:
    """Nothing is sent before `Outbox.go_on`: the key was refused, or opens another account."""

    error: CrmError


@dataclass(frozen=True, slots=True)
class OutboxUnusable:
    """The outbox file cannot be read or written at the moment; nothing is sent."""

    reason: str
    """As in `OutboxNotice.params`."""


@dataclass(frozen=True, slots=True)
class OutboxTold:
    """Something happened to the outbox file."""

    notice: OutboxNotice


OutboxEvent = EditMoved | EditDropped | OutboxPaused | OutboxUnusable | OutboxTold
