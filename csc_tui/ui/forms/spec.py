"""What a form is about: its title, its fields, and what a save of them is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_tui.domain.change import Change
    from csc_tui.domain.field import Plain
    from csc_tui.domain.form import Entry
    from csc_tui.domain.form_text import FormText
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.domain.resource import Resource
    from csc_tui.services.outbox import Seen


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One form, ready to be shown."""

    key: str
    """Names it for kept texts: `people/42`, `people/new`, `people/42/phones/9`."""
    title: str
    """The end of the trail: `Edit person`."""
    entries: Callable[[Resource], Sequence[Entry]]
    """Its fields; asked again when the account's custom fields have arrived."""
    changes: Callable[[Mapping[str, Plain]], Sequence[Change]]
    """What a save is, from path -> value: of what changed, of a new thing all that is filled.

    No change where the values are the same as before.
    """
    resource: str
    record: Record | None = None
    """The record that it is about; None for a new one."""
    begins_at: str = ""
    """Path of the field with the focus at first; empty: the first one."""
    fresh: bool = False
    """Whether it makes something new: all fields count, required ones have to be filled."""
    footnote: Callable[[Resource], str] | None = None
    """A sentence above the custom fields of a form for a new record, where there is room."""
    draft: FormText | None = None
    """Kept text that it opens with."""
    problems: Mapping[str, tuple[str, ...]] | None = None
    """What the server said about that text, by path; empty path: about all of it."""
    seen: Callable[[Sequence[Change]], Mapping[Ref, Seen]] | None = None
    """What is known of other records that its changes are about."""
    kept: Callable[[FormText], FormText] | None = None
    """What of its text is kept with a save of it; None: all."""
    take: Callable[[Mapping[str, Plain]], Awaitable[None]] | None = None
    """Gets the values, path -> value, instead of the outbox; such a form keeps no draft."""

    @property
    def makes_record(self) -> bool:
        """Whether a save makes a record, and not a part of one."""
        return self.fresh and self.record is None and self.take is None
