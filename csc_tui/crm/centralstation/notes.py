"""Notes, calls, meetings and mails: what the CRM calls protocols. Fact sheet §6."""

from datetime import datetime

from csc_tui.domain.change import Verb
from csc_tui.domain.field import Choice, Kind, field
from csc_tui.domain.lookup import words_of
from csc_tui.domain.note import Note
from csc_tui.domain.record import Id, Moment, Part
from csc_tui.domain.ref import Ref
from csc_tui.domain.resource import PartKind

NOTE_KINDS = (
    Choice("note", "note"),
    Choice("call", "call"),
    Choice("meeting", "meeting"),
    Choice("email", "mail"),
    Choice("other", "other"),
)
"""Values of `badge`; companies also have `research`, which is shown as it comes."""

OWNERS = {
    "people": "person_ids",
    "companies": "company_ids",
    "deals": "deal_ids",
    "projects": "project_ids",
}
"""Resource -> the key under which a note names those of its records that it is about."""

HTML = "html"
"""What the CRM takes a text for where no `format` is told."""

PLAIN = "plaintext"

LONGEST_TITLE = 100
"""Characters of a note's title. §6."""

_TYPED = frozenset({"ProtocolObjectNote", "ProtocolUserNote"})
"""Types that somebody has typed; of a mail or a file there is more than its text."""


def protocols(ref: Ref) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The path of a record's notes, and what narrows the list to them.

    Only people and companies are told to have a list of their own; notes of deals and projects
    are those of all that name them.
    """
    if ref.resource in ("people", "companies"):
        return f"/{ref.resource}/{ref.id}/protocols", ()
    return "/protocols", ((OWNERS[ref.resource].removesuffix("s"), ref.id),)


def _bare(text: str) -> str:
    """A text as a teaser is known by: the CRM makes it of HTML, with blanks where tags were."""
    return "".join(one for one in text[:400].casefold() if one.isalnum())


def is_teaser(title: str, words: str) -> bool:
    """Whether a note's title is just how its words begin."""
    return _bare(words).startswith(_bare(title))


def teaser(words: str) -> str:
    """What the CRM calls a note that has no title: how its words begin, in one line."""
    return " ".join(words.split())[:LONGEST_TITLE].rstrip()


class Comment(Part):
    """What somebody wrote below a note; `name` is its text."""

    name: str | None = None
    responsible_user_natural_name: str | None = None


class Protocol(Note):
    """One entry of a record's history."""

    kind: str | None = field("Kind", wire="badge", kind=Kind.CHOICE, choices=NOTE_KINDS)
    content: str | None = field("Text", kind=Kind.LONG, required=True)
    confidential: bool | None = field("Confidential", kind=Kind.FLAG)
    format: str | None = field("Format", writable=False, default=PLAIN)
    """`plaintext`, `markdown`, `textile` or `html`; a form leaves it as it is, new ones are plain.
    """
    title: str | None = field("Title", wire="name", writable=False)
    """What somebody called it, or a teaser of the text."""
    type: str | None = None
    occurred_at: Moment | None = None
    responsible_user_natural_name: str | None = None
    user_id: Id | None = None
    comments: tuple[Comment, ...] = ()

    def when(self) -> datetime | None:
        """When it happened, else when it was written."""
        return self.occurred_at or self.created_at

    def who(self) -> str:
        """Who wrote it."""
        return self.responsible_user_natural_name or ""

    def kind_words(self) -> str:
        """`call`; a kind that is not known as it came."""
        return words_of(NOTE_KINDS, self.kind or "") or self.kind or ""

    def text(self) -> str:
        """The words; above them the title, where it is not just how they begin."""
        from csc_tui.domain.markup import readable  # no list shows notes

        body = readable(self.content or "", self.format or HTML)
        title = " ".join(readable(self.title or "", "").split())
        return body if is_teaser(title, body) else f"{title}\n{body}".strip()

    def remarks(self) -> tuple[str, ...]:
        """The comments, each with its author where that is told."""
        return tuple(
            ": ".join(filter(None, (one.responsible_user_natural_name, one.name)))
            for one in self.comments
            if one.name
        )

    def allows(self, verb: Verb) -> bool:
        """Only what was typed; changed only where the form has all of it.

        Markdown and Textile are edited as they are written, HTML only where it is nothing but
        words; an undo of a delete brings back text, kind and format.
        """
        if self.type not in (None, *_TYPED):
            return False
        from csc_tui.domain.markup import is_marked_up

        marked_up = (self.format or HTML) == HTML and is_marked_up(self.content or "")
        return verb is not Verb.UPDATE or not marked_up


NOTES = PartKind("notes", "Last contact", "note", "notes", Protocol, Protocol.fields(),
                 presets={"kind": "note"})  # fmt: skip
"""What is written about people, companies, deals and projects alike."""
