"""Notes and calls: two kinds of record of this CRM, one history of a contact, company or deal.

Keys, routes and what has to be sent: Concord fact sheet §10.5, §10.6.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from csc_tui.domain.change import Verb
from csc_tui.domain.field import Choice, Kind, field
from csc_tui.domain.lookup import words_of
from csc_tui.domain.markup import bare, readable
from csc_tui.domain.note import Note
from csc_tui.domain.record import Id, Moment
from csc_tui.domain.resource import PartKind

NOTE, CALL = "note", "call"

NOTE_KINDS = (Choice(NOTE, "note"), Choice(CALL, "call"))

ROUTES = {NOTE: "notes", CALL: "calls"}
"""Kind of an entry -> the resource that it is at the server, and the key of a record's own."""


class Entry(Note):
    """One entry of a record's history. Its id tells its kind too: `call-7` and `note-7` are two."""

    kind: str | None = field("Kind", kind=Kind.CHOICE, choices=NOTE_KINDS, clears=False, lasts=True)
    outcome: Id | None = field(
        "Outcome",
        wire="call_outcome_id",
        kind=Kind.CHOICE,
        lookup="outcomes",
        required=True,
        goes_with=Note.call,
    )
    date: Moment | None = field(
        "When", kind=Kind.MOMENT, clears=False, goes_with=Note.call, past=True, begins="now"
    )
    content: str | None = field("Text", kind=Kind.LONG, required=True)
    """The words of its body: all that there is to it, else what can be read of it."""
    body: str | None = field("Body", writable=False)
    """As the server has it, in HTML; a deleted entry is made anew with it."""
    author: Id | None = field(
        "Author", wire="user_id", kind=Kind.CHOICE, lookup="users", writable=False
    )
    outcome_name: str | None = None
    author_name: str | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """As `Node.read`; the body's words and the names of author and outcome are put in."""
        values = dict(raw)
        for key, name in (("user", "author_name"), ("outcome", "outcome_name")):
            inner = values.pop(key, None)
            if isinstance(inner, Mapping):
                values[name] = inner.get("name")
            elif inner is not None:
                values[key] = inner  # of one that is on its way
        body = values.get("body")
        if isinstance(body, str):
            words = bare(body)
            values["content"] = readable(body, "html") if words is None else words
        return super().read(values)

    def when(self) -> datetime | None:
        """When the call was made, the note written."""
        made = self.created_at
        return made and ((self.date if self.kind == CALL else None) or made)

    def who(self) -> str:
        """Who wrote it, as far as the name is known."""
        return self.author_name or ""

    def kind_words(self) -> str:
        """`note`; `call, Erreicht` where the outcome's name is known."""
        kind = words_of(NOTE_KINDS, self.kind or "") or self.kind or ""
        return ", ".join(filter(None, (kind, self.outcome_name if self.kind == CALL else "")))

    def text(self) -> str:
        """The words."""
        return self.content or ""

    def allows(self, verb: Verb) -> bool:
        """Changed only where a form has all of it; an undo of a delete brings back the body."""
        return verb is not Verb.UPDATE or self.body is None or bare(self.body) is not None


NOTES = PartKind("notes", "Last contact", "note", "notes", Entry, Entry.fields(),
                 presets={"kind": NOTE})  # fmt: skip
"""What is written about contacts, companies and deals alike."""


def entry_id(kind: str, number: str) -> str:
    """The id of an entry among those of both kinds: `call-7`."""
    return f"{kind}-{number}"


def place_of(made: str) -> tuple[str, str]:
    """Kind and the server's own id of an entry: `call`, `7`."""
    kind, _, number = made.partition("-")
    return kind, number
