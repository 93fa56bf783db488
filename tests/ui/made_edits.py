"""Edits as the outbox holds them, made by hand: those of the drawn screens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Invalid, Offline
from csc_tui.domain.field import Choice
from csc_tui.domain.form_text import FormText
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.merge import Clash
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import Answer, Edit, Snapshot, State
from csc_tui.ui.edit_words import Around

NOW = datetime(2026, 11, 21, 11, 31, tzinfo=UTC).timestamp()
HOURS, MINUTES = 3_600.0, 60.0
FIRST = "Prefers the phone before nine. Speaks for the works council on safety."
MINE = "Prefers mail since August. Speaks for the works council on safety."
THEIRS = "Prefers the phone before nine. Kalk is closed."
SEGMENTS = (Choice("A-Kunde", "A-Kunde"), Choice("B-Kunde", "B-Kunde"))
RESOURCES = CentralStationAdapter().resources(
    [FieldDefinition("71", "people", "Segment", "choice", SEGMENTS)]
)
MUELLER, KUEHN = Ref("people", "41"), Ref("people", "~lost")


def around(**values: Any) -> Around:
    users = {"users": (Choice("7", "Sabine Krüger"),)}
    return Around(NOW, RESOURCES, users, UTC, **values)


def clash(**values: Any) -> Edit:
    """A title and a background that both sides changed."""
    before = {"title": "Dr.", "background": FIRST}
    theirs = {
        "title": "Prof. Dr.-Ing. E. h.",
        "background": THEIRS,
        "custom:71": "A-Kunde",
    }
    answer = Answer(
        merged=("custom:71",),
        clashes=(
            Clash("title", "Dr.", "Dr.-Ing.", "Prof. Dr.-Ing. E. h."),
            Clash("background", FIRST, MINE, THEIRS),
        ),
        theirs=theirs,
        author="7",
        at="2026-11-21T09:14:00+00:00",
    )
    mine = {"title": "Dr.-Ing.", "background": MINE}
    made: dict[str, Any] = {
        "number": 1,
        "client_id": "clash",
        "state": State.CONFLICT,
        "change": Change(Verb.UPDATE, MUELLER, None, mine, before),
        "title": "Müller, Jürgen",
        "form": FormText("people/41", "Müller, Jürgen", NOW - 2 * HOURS, {"title": "Dr.-Ing."}),
        "snapshot": Snapshot({**before, "custom:71": "B-Kunde"}),
        "attempts": 1,
        "answer": answer,
        "created": NOW - 2 * HOURS,
    }
    return Edit(**made | values)


def refused() -> Edit:
    return Edit(
        number=2,
        client_id="refused",
        state=State.REFUSED,
        change=Change(Verb.CREATE, Ref("companies", ""), None, {"name": "Brandt Süd GmbH"}),
        title="New company",
        form=FormText("companies/new", "New company", NOW, {"name": "Brandt Süd GmbH"}),
        attempts=1,
        answer=Answer(error=Invalid({"name": ("is already taken",)})),
        created=NOW - HOURS,
    )


def lost(*, asks: bool = False, candidates: tuple[str, ...] = ()) -> Edit:
    values = {"last_name": "Kühn", "first_name": "Leonie"}
    return Edit(
        number=3,
        client_id="lost",
        state=State.UNCLEAR,
        change=Change(Verb.CREATE, Ref("people", ""), None, values),
        title="New person",
        attempts=1,
        asks=asks,
        sent_at=NOW,
        answer=Answer(candidates=candidates),
        created=NOW - 14 * MINUTES,
    )


def child() -> Edit:
    change = Change(Verb.CREATE, Ref("phones", ""), KUEHN, {"number": "+49 221 4710 123"})
    return Edit(4, "child", State.QUEUED, change, "Kühn, Leonie", created=NOW - 14 * MINUTES)


def offline() -> Edit:
    change = Change(Verb.CREATE, Ref("tags", ""), Ref("people", "42"), {"name": "VIP"})
    return Edit(
        number=5,
        client_id="offline",
        state=State.WAITING,
        change=change,
        title="Öztürk, Emre",
        attempts=3,
        answer=Answer(error=Offline("crm.example", "unreachable")),
        not_before=NOW + 20,
        created=NOW - 40,
    )


def held() -> Edit:
    change = Change(Verb.DELETE, Ref("people", "43"), None, {}, {"last_name": "Weiß"})
    made = NOW - 2
    return Edit(6, "held", State.QUEUED, change, "Weiß, Ömer", not_before=NOW + 2.5, created=made)


def sending() -> Edit:
    change = Change(Verb.UPDATE, Ref("people", "44"), None, {"title": "Dr."}, {"title": None})
    title = "Strauß, Günther"
    return Edit(7, "sending", State.SENDING, change, title, attempts=1, created=NOW - 1)


def draft() -> Edit:
    form = FormText("people/45", "Weiß, Ömer", NOW - MINUTES, {"last_name": "Weiss"})
    change = Change(Verb.UPDATE, Ref("", ""))
    made = NOW - MINUTES
    return Edit(8, "draft", State.DRAFT, change, "Weiß, Ömer", form=form, created=made)


def all_edits() -> list[Edit]:
    return [draft(), sending(), held(), offline(), child(), lost(asks=True), refused(), clash()]
