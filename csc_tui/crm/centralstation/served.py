"""What a resource is to this CRM, and what several of them have alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from csc_tui.crm.centralstation import parts
from csc_tui.domain.change import Verb
from csc_tui.domain.column import Column, SortOption
from csc_tui.domain.field import Plain
from csc_tui.domain.query import Sort
from csc_tui.domain.resource import PartKind, Resource


@dataclass(frozen=True, slots=True)
class Served:
    """A resource as the server has it: its only declaration."""

    resource: Resource
    """Its model and what screens and forms make of it, without the account's custom fields.
    Its name is also the segment of its paths."""
    wrapper: str
    """The single key that its records are wrapped in: `person`."""
    category: str
    """What the definitions of its custom fields call it: `Person`."""
    includes: str
    methods: str
    """By these two an answer holds all that list, preview and record screen show."""
    begins: Mapping[str, Plain] = field(default_factory=dict)
    """Wire keys that the server wants of a new one, with what they are where nothing is said."""
    orders: Mapping[str, str] = field(default_factory=dict)
    """Order -> its token, where that is another than everywhere (`asking.ORDERS`)."""
    asks: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    """Field -> the parameter of its list that narrows it by one value, and what that calls its
    values; such a list has no `filter`."""
    counted: bool = True
    """Whether it has a route that tells how many there are."""
    searched: bool = True
    """Whether it has a route to search by name."""
    attached: bool = False
    """Whether one hangs on at most one record, named by `attachable_type` and `attachable_id`."""

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The parameters of `includes` and `methods`."""
        pairs = (("includes", self.includes), ("methods", self.methods))
        return tuple(one for one in pairs if one[1])

    @property
    def reachable(self) -> bool:
        """Whether it has contact details, by which it can be searched."""
        return any(one.name == "phones" for one in self.resource.parts)


TAGS = PartKind("tags", "Tags", "tag", "tags", parts.Tag, parts.Tag.fields())
CUSTOM_FIELDS = PartKind(
    "custom_fields", "Custom field", "custom field", "custom fields",
    parts.CustomField, parts.CustomField.fields(), verbs=frozenset({Verb.UPDATE, Verb.DELETE}),
)  # fmt: skip

BY_NAME = (
    SortOption(Sort("name"), "by name", "name"),
    SortOption(Sort("name", descending=True), "by name, Z to A", "name"),
)
BY_TIME = (
    SortOption(Sort("created", descending=True), "newest first"),
    SortOption(Sort("created"), "oldest first"),
    SortOption(Sort("updated", descending=True), "last changed first"),
    SortOption(Sort("updated"), "longest unchanged first"),
)
LAST = Column("last", "Last", 4, at=76, age=True)
