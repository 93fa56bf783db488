"""What a resource is made of; the resources themselves are declared in `resources.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from csc_tui.demo.attribute import Attribute, Compute

Owner = Literal["", "attachable", "columns", "links"]
"""How a child row names its parent: attachable_type/_id, person_id/company_id, or a link table."""


@dataclass(frozen=True, slots=True)
class Part:
    """Child rows shown by an include of this name and perhaps written by `NAME_attributes`."""

    name: str
    table: str
    type: str = ""
    """Only rows of this `type` (contact details)."""
    where: str = ""
    """SQL that holds of the rows that are shown; `{now}` in it is this moment."""
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of record: its path, its wrapper, its keys in order, what hangs on it."""

    table: str
    """SQL table and path segment."""
    wrapper: str
    attributes: tuple[Attribute, ...]
    class_name: str = ""
    """What `attachable_type` says for it."""
    hidden: tuple[str, ...] = ()
    """Columns (with SQL type) that are stored and never shown."""
    indexes: tuple[str, ...] = ()
    owner: Owner = ""
    owners: Mapping[str, str] = field(default_factory=dict)
    """What `attachable_type` may say -> its table, if others than those with a class_name."""
    loose: bool = False
    """One may have no owner, and be given another one by its attachable_type and attachable_id."""
    parents: tuple[str, ...] = ()
    """Tables under whose records its nested routes stand."""
    top: frozenset[str] = frozenset()
    """Verbs of the routes without a parent; `count` is one of them where it has a class_name."""
    nested: frozenset[str] = frozenset()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Order token -> columns."""
    parts: tuple[Part, ...] = ()
    linked: tuple[str, ...] = ()
    """Includes that are neither parts nor always empty."""
    empty: tuple[str, ...] = ()
    """Includes of resources that this demo does not hold: always []."""
    methods: tuple[str, ...] = ()
    compute: Compute | None = None

    def computed(self, row: Mapping[str, object]) -> dict[str, object]:
        """The hidden columns that follow from the others."""
        return self.compute(row) if self.compute else {}

    def counts(self, name: str) -> bool:
        """Whether `/people/count` or `/people/stats`, say, is answered with how many there are."""
        return name in ("count", "stats") and (self.class_name != "" or name in self.top)

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, or None."""
        return next((one for one in self.attributes if one.name == name), None)

    @property
    def includes(self) -> tuple[str, ...]:
        """All names that `includes=` knows, in the order in which they are shown."""
        return (*(part.name for part in self.parts), *self.linked, *self.empty)


def class_of(child: Resource, parent: Resource) -> str:
    """What `attachable_type` says for a parent; empty where the child does not hang on such."""
    if child.owners:
        return next((name for name, table in child.owners.items() if table == parent.table), "")
    return parent.class_name


def hangs_on(child: Resource, parent: Resource) -> bool:
    """Whether a row of child can name one of parent's records as its owner."""
    if child.owner == "attachable":
        return class_of(child, parent) != ""
    return child.owner == "columns" and child.attribute(f"{parent.wrapper}_id") is not None


def owner_columns(child: Resource, parent: Resource, parent_id: int) -> dict[str, object]:
    """The columns by which a new row of child names its parent."""
    if child.owner == "attachable":
        return {"attachable_type": class_of(child, parent), "attachable_id": parent_id}
    if child.owner == "columns":
        return {f"{parent.wrapper}_id": parent_id}
    return {}


def owned_by(child: Resource, parent: Resource) -> tuple[str, list[object]]:
    """SQL that is true for a child row of one of parent's records; the id's place is still `?`."""
    if child.owner == "attachable":
        return '"attachable_type" = ? AND "attachable_id" = ?', [class_of(child, parent)]
    if child.owner == "columns":
        return f'"{parent.wrapper}_id" = ?', []
    linked = (
        "SELECT protocol_id FROM protocol_links WHERE attachable_type = ? AND attachable_id = ?"
    )
    return f"id IN ({linked})", [parent.class_name]
