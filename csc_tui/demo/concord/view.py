"""How one user sees values and rows of the store (Concord fact sheet §7, §14)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from csc_tui.demo.concord import moments
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.switches import ConcordSwitches
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store

Shown = dict[str, object]
"""One record as JSON."""

_SCRIPT = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_MARKUP = ("body", "note", "description", "content")


@dataclass(frozen=True, slots=True)
class View:
    """One user's view of a store at a moment."""

    store: Store
    switches: ConcordSwitches
    viewer: Row
    """The user's row."""
    now: int
    """Epoch milliseconds."""
    url: str
    """The server's address without a path."""
    slim: bool = False
    """Records are shown without what only pages need."""

    def head(self, kind: Kind, row: Row) -> Shown:
        """Id, title, path and the columns but for the times at the end."""
        record: Shown = {"id": row["id"], "display_name": kind.titled(row)}
        if kind.has_page:
            record["path"] = f"/{kind.name}/{row['id']}"
        for one in kind.attributes:
            if one.name not in ("id", "created_at", "updated_at"):
                record[one.name] = value(one.kind, row[one.name])
        for name in _MARKUP:
            if isinstance(record.get(name), str):
                record[name] = _SCRIPT.sub("", str(record[name]))
        return record

    def embedded(self, kind: Kind, rows: Sequence[Row]) -> list[Shown]:
        """The rows as records inside of other records."""
        if self.switches.embedded == "brief":
            return [
                {"id": row["id"], "display_name": kind.titled(row), "name": kind.titled(row)}
                for row in rows
            ]
        shown = []
        for row in rows:
            record = self.head(kind, row)
            record["created_at"] = value("time", row["created_at"])
            record["updated_at"] = value("time", row["updated_at"])
            shown.append(record | {"authorizations": self.rights(kind, row)})
        return shown

    def user(self, row: Row) -> Shown:
        """A user inside of a record."""
        if self.switches.embedded == "brief":
            return {"id": row["id"], "name": row["name"]}
        record = self.head(TABLES["users"], row)
        record.pop("mail_signature")
        return record | {"avatar": None, "avatar_url": None}

    def rights(self, kind: Kind, row: Row) -> Shown:
        """`authorizations`."""
        sees = self.sees(kind, row)
        writes = sees and (bool(self.viewer["super_admin"]) or not kind.admin)
        return {"view": sees, "update": writes, "delete": writes}

    def sees(self, kind: Kind, row: Row) -> bool:
        """Whether the user sees this record."""
        if self.sees_all(kind):
            return True
        return row.get("user_id") == self.viewer["id"]

    def sees_all(self, kind: Kind) -> bool:
        """Whether the user sees every record of a kind; else only their own."""
        return (
            self.switches.rights == "all"
            or bool(self.viewer["super_admin"])
            or kind.attribute("user_id") is None
        )


def value(kind: str, stored: object) -> object:
    """A stored value as records show it."""
    if stored is None:
        return None
    if kind == "time":
        return moments.moment(integer(stored) or 0)
    if kind == "date":
        return moments.midnight(str(stored))
    if kind == "bool":
        return bool(stored)
    if kind == "json":
        return json.loads(str(stored))
    if isinstance(stored, float):
        return int(stored) if stored.is_integer() else stored
    return stored
