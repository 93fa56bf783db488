"""What several resources have alike."""

from __future__ import annotations

from csc_tui.crm.centralstation import parts
from csc_tui.domain.change import Verb
from csc_tui.domain.column import Column, SortOption
from csc_tui.domain.query import Sort
from csc_tui.domain.resource import PartKind

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
