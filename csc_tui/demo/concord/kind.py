"""What a kind of record is made of; the kinds themselves are declared in `kinds.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.folding import fold

Unknown = Literal["refused", "created"]
"""What becomes of a text that names no record."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A record that another belongs to: its id in a column, itself under the relation's name."""

    name: str
    column: str
    table: str
    unknown: Unknown = "refused"
    """A text in place of the id is the record's name; `created`: an unknown one is made."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its columns in order, what it belongs to, what hangs on it.

    Concord fact sheet §7, §10, §11.
    """

    table: str
    """SQL name; the path segment is the same in kebab case."""
    attributes: tuple[Attribute, ...]
    label: str
    """One of them in words."""
    title: tuple[str, ...] = ("name",)
    """The columns of `display_name`."""
    folded: tuple[str, ...] = ("name",)
    """Columns that are ordered and searched often; each has a hidden `NAME_key`."""
    sorted: tuple[str, ...] = ("name",)
    """Columns with an index; several of one index are separated by commas."""
    relations: tuple[Relation, ...] = ()
    associates: tuple[str, ...] = ()
    """Tables of the records that can be associated with it."""
    order: tuple[str, ...] = ("id",)
    """Columns of the order that a list has if nobody asks for one."""
    searched: tuple[str, ...] = ("name",)
    """Fields that a search looks into; with a dot those of a relation."""
    unique: tuple[str, ...] = ()
    has_page: bool = True
    """It has a page of its own, so `path` is shown."""
    phones: bool = False
    tags: bool = False
    customs: bool = False
    """It can have custom fields."""
    soft: bool = False
    """What is deleted lies in the trash."""
    whole: bool = False
    """A PUT must name the required columns again."""
    lookup: bool = False
    """A pick list: only names, `per_page` does not count."""
    admin: bool = False
    """Only super admins write it."""
    comments: bool = False
    media: bool = False
    """Files can be hung on it."""

    @property
    def name(self) -> str:
        """The path segment."""
        return self.table.replace("_", "-")

    @property
    def hidden(self) -> tuple[str, ...]:
        """Columns that are never shown: search keys, custom values as JSON, when it was deleted.

        `custom_key` has the custom texts folded, as JSON too.
        """
        keys = (f"{name}_key TEXT" for name in self.folded)
        custom = () if self.lookup else ("custom TEXT", "custom_key TEXT")
        deleted = ("deleted_at INTEGER",) if self.soft else ()
        return (*keys, *custom, *deleted)

    @property
    def indexes(self) -> tuple[str, ...]:
        """Column lists: what lists are ordered by, the ids of relations."""
        first = "deleted_at, " if self.soft else ""
        keys = (", ".join(map(self.key, one.split(", "))) for one in self.sorted)
        ordered = (f"{first}{key}, id" for key in keys)
        return (*ordered, *(one.column for one in self.relations))

    def computed(self, row: Mapping[str, object]) -> dict[str, object]:
        """The search keys."""
        keys: dict[str, object] = {f"{name}_key": fold(row.get(name)) for name in self.folded}
        if not self.lookup:
            keys["custom_key"] = _folded(row.get("custom"))
        return keys

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, or None."""
        return next((one for one in self.attributes if one.name == name), None)

    def relation(self, name: str) -> Relation | None:
        """The relation of this name or column, or None."""
        return next((one for one in self.relations if name in (one.name, one.column)), None)

    def key(self, column: str) -> str:
        """SQL for a column as it is compared: without case and accents where it is text."""
        if column in self.folded:
            return f"{column}_key"
        attribute = self.attribute(column)
        return f'fold("{column}")' if attribute and attribute.kind == "text" else f'"{column}"'

    def titled(self, row: Mapping[str, object]) -> str:
        """The record's `display_name`."""
        return " ".join(str(row[name]) for name in self.title if row.get(name))


def _folded(custom: object) -> str | None:
    """The texts among custom values, as JSON in which they can be searched."""
    if custom in (None, "{}"):
        return None
    values = json.loads(str(custom))
    texts = {name: fold(value) for name, value in values.items() if isinstance(value, str)}
    return json.dumps(texts, ensure_ascii=False) if texts else None
