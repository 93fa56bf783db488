"""The columns of `csc-tui list`: those of the screen's list, or what `--columns` names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csc_tui.config.refusal import ConfigError
from csc_tui.domain.column import Column
from csc_tui.domain.ref import CUSTOM

if TYPE_CHECKING:
    from csc_tui.domain.field import Plain
    from csc_tui.domain.lookup import Lookups
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.domain.subject import Subject


class Shown(NamedTuple):
    """One column."""

    column: Column
    subject: Subject | None = None
    """What it shows; None: the cell of the screen's own column."""

    @property
    def name(self) -> str:
        """Heads it for a program."""
        return self.column.name

    def text(self, record: Record) -> str:
        """The value as a person reads it; several with commas between."""
        if self.subject is None:
            return record.cell(self.column.name)
        return ", ".join(self.subject.texts(record))

    def value(self, record: Record) -> Plain:
        """The value for a program: a list where there may be several, None for nothing."""
        if self.subject is None:
            return record.cell(self.column.name) or None
        values = self.subject.values(record)
        return list(values) if self.subject.many else next(iter(values), None)


def columns_of(resource: Resource, named: str | None, lookups: Lookups) -> list[Shown]:
    """The columns in order: `named` has commas between. ConfigError for an unknown one."""
    if named is None:  # whether the custom ones are known yet depends on what was asked for before
        return [Shown(one) for one in resource.columns if not one.name.startswith(CUSTOM)]
    return [_column(resource, one.strip(), lookups) for one in named.split(",") if one.strip()]


def _column(resource: Resource, name: str, lookups: Lookups) -> Shown:
    own = next((one for one in resource.columns if one.name == name), None)
    if own is not None and name not in {part.name for part in resource.parts}:
        return Shown(own)
    from csc_tui.domain.subject import subject_names, subject_of  # a whole record needs neither

    subject = subject_of(resource, name, lookups)
    if subject is None:
        known = ", ".join(subject_names(resource))
        raise ConfigError("cli.no-column", name=name, known=known)
    return Shown(Column(name, subject.label, 16, grow=40), subject)
