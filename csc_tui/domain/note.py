"""What is written about a record: notes, calls, meetings, mails; newest first."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import ClassVar, TypeVar

from csc_tui.domain.change import Verb
from csc_tui.domain.dates import aware_of, day, local
from csc_tui.domain.record import Part
from csc_tui.words import say


class Note(Part):
    """One entry. Adapters declare its fields, and say whose it is and what is written there."""

    role: ClassVar[str] = "note"
    call: ClassVar[tuple[str, str]] = ("kind", "call")
    """Field and value of one that is a telephone call."""

    def when(self) -> datetime | None:
        """When it happened, as far as that is told; None for one that is still on its way."""
        return self.created_at

    def who(self) -> str:
        """The name of who wrote it; empty if that is not told."""
        return ""

    def remarks(self) -> tuple[str, ...]:
        """What others wrote below it, a text each."""
        return ()

    def allows(self, verb: Verb) -> bool:
        """Whether it can be changed or deleted here without losing what no form shows."""
        return True

    def heading(self, zone: tzinfo) -> str:
        """`19 Nov 2026  call`, with the day as it was in the user's zone."""
        when = self.when()
        date = day(local(when, zone)) if when else say("note.under_way")
        return "  ".join(one for one in (date, self.kind_words()) if one)


N = TypeVar("N", bound=Note)


def last_contact(told: datetime | None, notes: Iterable[Note]) -> datetime | None:
    """The later of what the CRM tells of it and what is here: not every note counts there."""
    found = (told, *(one.when() for one in notes))
    return max((aware_of(at) for at in found if at), default=None)


def latest_first(notes: Iterable[N]) -> list[N]:
    """By their time, those that are on their way before all others; else as they came."""
    return sorted(notes, key=age)


def age(note: Note) -> float:
    """The smaller, the newer; of one that is on its way less than of any other."""
    when = note.when()
    return -aware_of(when).timestamp() if when else float("-inf")
