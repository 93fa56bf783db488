"""The activity stream: who did what to which record on this server (fact sheet §1.5, §8).

No source says which verbs there are, so they are those of the hooks; nor what `change` holds.
"""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csc_tui.demo.centralstation.resource import Resource
from csc_tui.demo.centralstation.resources import RESOURCES
from csc_tui.demo.centralstation.schema import ACCOUNT_ID
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

Verb = Literal["create", "update", "destroy"]


@dataclass(frozen=True, slots=True)
class Stream:
    """Takes down what one request does."""

    store: Store
    user_id: int
    """Who does it."""
    now: int
    """Epoch milliseconds."""
    quiet: bool
    """Nothing is taken down (`no_log=true`)."""

    def add(self, resource: Resource, record_id: int, verb: Verb) -> None:
        """An entry about a record, which has then moved in the stream; of the main kinds only."""
        if self.quiet or not resource.class_name:
            return
        self.store.write(
            f"UPDATE {resource.table} SET stream_at = ? WHERE id = ?", [self.now, record_id]
        )
        entry: Row = {
            "account_id": ACCOUNT_ID,
            "user_id": self.user_id,
            "attachable_type": resource.class_name,
            "attachable_id": record_id,
            "verb": verb,
            "confidential": 0,
            "fav": 0,
            "api_input": 1,
            "name": self._name(resource, record_id),
            "change": {},
            "created_at": self.now,
            "updated_at": self.now,
        }
        self.store.insert(RESOURCES["activities"], entry)

    def _name(self, resource: Resource, record_id: int) -> str:
        """The record in words."""
        row = self.store.find(resource, record_id) or {}
        return " ".join(str(row[one]) for one in ("first_name", "name") if row.get(one))
