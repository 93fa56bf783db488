"""Changes: what one write does, as a plain value that drafts and an outbox can keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from csc_tui.domain.ref import Ref

if TYPE_CHECKING:
    from csc_tui.domain.field import Plain


class Verb(StrEnum):
    """What a write does."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"
    """A deleted record comes back out of the CRM's bin, under the id that it had."""
    DESTROY = "destroy"
    """A deleted record goes out of the bin for good."""
    ATTACH = "attach"
    """Other records are linked to one that is there; `values` hold their ids by kind."""
    DETACH = "detach"
    """Those links end."""
    MERGE = "merge"
    """The CRM makes one record of two: `ref` becomes part of `Change.into`, and is no more."""


INTO = "into"
"""The value of a merge that is the record that stays: `{"id": "42", "name": "Müller, Jürgen"}`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One write to one record or to one part of it. Holds JSON values only."""

    verb: Verb
    ref: Ref
    """The record or the part (`Ref("phones", "9")`); id empty for a create."""
    parent: Ref | None = None
    """The record that the part hangs on; None where `ref` is a record."""
    values: Mapping[str, Plain] = field(default_factory=dict)
    """Field name -> new value; only what changed. A create may hold lists of parts by name."""
    base: Mapping[str, Plain] = field(default_factory=dict)
    """Field name -> value that the user saw before; of a delete: all that is lost.

    Made by `Record.base(names)` or `Part.base()`: adapters find there what else they need, such
    as the id of a custom field's present value.
    """
    version: str = ""
    """The record's version that `base` was read from."""

    @property
    def record(self) -> Ref:
        """The record that has to be read back afterwards."""
        return self.parent or self.ref

    @property
    def removes(self) -> bool:
        """Whether a whole record is gone afterwards."""
        return self.verb in (Verb.DELETE, Verb.MERGE) and self.parent is None

    @property
    def into(self) -> Ref:
        """Of a merge: the record that stays; `values` hold it as a link under `INTO`."""
        link = self.values.get(INTO)
        return Ref(self.ref.resource, str(link["id"]) if isinstance(link, dict) else "")


def diff(base: Mapping[str, Plain], edited: Mapping[str, Plain]) -> dict[str, Plain]:
    """What `edited` changes in `base`. None, empty text and an empty list count as equal."""
    return {
        name: value for name, value in edited.items() if _emptied(value) != _emptied(base.get(name))
    }


def _emptied(value: Plain) -> Plain:
    return None if value in ("", [], {}) else value


def nest(flat: Mapping[str, Plain]) -> dict[str, Plain]:
    """Form values by path into the values of a create: `phones.0.number` becomes a list's item.

    Empty values are left out, and so are parts of which nothing but presets would remain: the
    caller passes presets under a path whose last name begins with `=`.
    """
    values: dict[str, Plain] = {}
    parts: dict[str, dict[str, dict[str, Plain]]] = {}
    for path, value in flat.items():
        if _emptied(value) is None:
            continue
        kind, _, rest = path.partition(".")
        if not rest:
            values[kind] = value
            continue
        index, _, name = rest.partition(".")
        parts.setdefault(kind, {}).setdefault(index, {})[name] = value
    for kind, items in parts.items():
        filled = [item for item in items.values() if any(not k.startswith("=") for k in item)]
        if filled:
            values[kind] = [{k.removeprefix("="): v for k, v in item.items()} for item in filled]
    return values
