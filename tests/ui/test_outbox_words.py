"""The outbox's lines, to the cell, over edits made by hand."""

from __future__ import annotations

from dataclasses import replace

from csc_tui.domain.change import INTO, Change, Verb
from csc_tui.domain.errors import (
    Ambiguous,
    Forbidden,
    Invalid,
    NotFound,
    QuotaReached,
    RateLimited,
    Unauthorized,
    Unavailable,
)
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.entries import listed
from csc_tui.store.edit_order import place_of
from csc_tui.store.edit_rows import Answer, Edit, State
from csc_tui.store.open_edits import OpenEdits
from csc_tui.ui import edit_detail
from csc_tui.ui.edit_words import age, described, last_answer, title_of, what
from csc_tui.ui.screens.outbox import heads, row
from tests.ui import made_edits as made

AT_80 = """\
   State    What    Record                   Age Tries Last answer
›! clash    change  Müller, Jürgen            2h     1 2 fields differ
 ! refused  new     Brandt Süd GmbH           1h     1 Name is already taken
 ! unclear  new     Kühn, Leonie             14m     1 no answer; you say
 ~ waiting  phone   Kühn, Leonie             14m     0 after Kühn, Leonie
 ~ waiting  tag     Öztürk, Emre             40s     3 offline, next in 20 s
 ~ held     delete  Weiß, Ömer                2s     0 goes in 3 s; u stops it
 ~ sending  change  Strauß, Günther           1s     1
   draft    text    Weiß, Ömer                1m       typed 11:30"""

AT_140 = """\
   State     What      Record                               Age  Tries Last answer
›! clash     change    Müller, Jürgen                        2h      1 2 fields differ
 ! refused   new       Brandt Süd GmbH                       1h      1 Name is already taken
 ! unclear   new       Kühn, Leonie                         14m      1 no answer; you say
 ~ waiting   phone     Kühn, Leonie                         14m      0 after Kühn, Leonie
 ~ waiting   tag       Öztürk, Emre                         40s      3 offline, next in 20 s
 ~ held      delete    Weiß, Ömer                            2s      0 goes in 3 s; u stops it
 ~ sending   change    Strauß, Günther                       1s      1
   draft     text      Weiß, Ömer                            1m        typed 11:30"""

DETAIL = """\
 Müller, Jürgen: change of 2 fields, written 21 Nov 2026 at 09:31
   Title        Dr. → Dr.-Ing.
   Background   Prefers the phone before nine… → Prefers mail since August…
   Sabine Krüger changed the same fields at 09:14. ⏎ opens the choice."""


def drawn(columns: int) -> str:
    edits = listed(made.all_edits())
    known = OpenEdits(edits)
    places = {one.client_id: place_of(known, one) for one in edits if one.moves}
    titles = {one.client_id: title_of(one, made.around()) for one in edits}
    rows = [
        row(
            one,
            made.around(place=places.get(one.client_id), titles=titles),
            columns,
            here=one.client_id == "clash",
        )
        for one in edits
    ]
    return "\n".join("".join(run.text for run in it).rstrip() for it in [heads(columns), *rows])


def test_the_list_is_as_drawn_at_80() -> None:
    assert drawn(80) == AT_80


def test_the_list_is_as_drawn_at_140() -> None:
    assert drawn(140) == AT_140


def test_no_line_is_wider_than_the_screen() -> None:
    for columns in (40, 47, 59, 60, 72, 99, 100, 200):
        assert max(map(len, drawn(columns).split("\n"))) <= columns


def detail(edit: Edit, columns: int = 80) -> str:
    lines = edit_detail.lines(edit, made.around(), columns, "⏎")
    return "\n".join("".join(run.text for run in one).rstrip() for one in lines)


def test_the_entry_in_full_is_as_drawn() -> None:
    assert detail(made.clash()) == DETAIL


def test_a_refusal_says_the_servers_words_and_a_create_what_it_would_make() -> None:
    assert "Brandt Süd GmbH: new company, written" in detail(made.refused())
    assert "Name         Brandt Süd GmbH" in detail(made.refused())
    assert "is already taken" in detail(made.refused())


def test_a_draft_shows_what_was_typed() -> None:
    said = detail(made.draft())
    assert "Weiß, Ömer: not saved yet, typed 21 Nov 2026 at 11:30" in said
    assert "Last name    Weiss" in said


def test_what_is_emptied_says_so() -> None:
    change = Change(Verb.UPDATE, made.MUELLER, None, {"title": None}, {"title": "Dr."})
    assert "Title        Dr. → (empty)" in detail(replace(made.clash(), change=change))


def test_hostile_text_is_harmless() -> None:
    change = Change(Verb.UPDATE, made.MUELLER, None, {"title": "\x1b[31m"}, {"title": "a\nb\u202e"})
    edit = replace(made.clash(), change=change, title="\x1b]0;x\x07")
    assert "\x1b" not in detail(edit)
    assert "␛[31m" in detail(edit)
    assert "\x1b" not in title_of(edit, made.around())


def test_ages_have_one_unit() -> None:
    ages = [age(seconds) for seconds in (-5, 0, 59, 60, 3_599, 3_600, 86_399, 86_400 * 9)]
    assert ages == ["0s", "0s", "59s", "1m", "59m", "1h", "23h", "9d"]


def waits(edit: Edit, **values: object) -> str:
    return last_answer(edit, made.around(**values))


def test_what_is_waited_for() -> None:
    queued = replace(made.child(), change=replace(made.child().change, parent=made.MUELLER))
    assert waits(queued) == "in line"
    assert waits(queued, paused=Unauthorized()) == "needs another key"
    assert waits(queued, read_only=True) == "read-only: not sent"
    limited = replace(made.offline(), answer=Answer(error=RateLimited(None)))
    assert waits(limited) == "limit reached, next in 20 s"
    later = made.NOW + 59.5
    assert waits(made.offline(), line_at=later) == "offline, next in 60 s"
    assert waits(replace(made.offline(), not_before=0.0)) == "offline"
    assert waits(made.lost()) == "no answer; looking"
    # The request itself waits in the worker while the server wants fewer of them.
    assert waits(made.sending(), limited_until=made.NOW + 12) == "limit reached, next in 12 s"
    assert waits(made.sending(), limited_until=made.NOW - 1) == ""
    around = made.around(limited_until=made.NOW + 12)
    assert "~ waiting  change" in "".join(
        run.text for run in row(made.sending(), around, 80, here=False)
    )


def test_refusals_without_fields() -> None:
    texts = [
        waits(replace(made.refused(), answer=Answer(error=error)))
        for error in (Forbidden(), NotFound(), QuotaReached("people"))
    ]
    assert texts == ["not allowed (403)", "is not there (404)", "the account is full (507)"]


def test_what_is_to_be_done_is_what_the_key_does() -> None:
    mine = FormText("people/41", "Müller, Jürgen", made.NOW, {"title": "Dr."})
    for error, done in (
        (Invalid({"title": ("is bad",)}), "opens the form"),
        (NotFound(), "says what can be done"),
        (Forbidden(), "says what can be done"),
    ):
        edit = replace(made.clash(), state=State.REFUSED, answer=Answer(error=error), form=mine)
        assert " ".join(detail(edit).split()).endswith(f"⏎ {done}.")
    lines = edit_detail.lines(made.child(), made.around(paused=Unauthorized()), 80, "⏎")
    assert "⏎ asks for it" in "".join(run.text for run in lines[-1])


def test_a_change_that_is_looked_up_by_itself_asks_nobody_to_look() -> None:
    unknown = Answer(error=Ambiguous(Unavailable(None)))
    said = " ".join(detail(replace(made.offline(), answer=unknown)).split())
    assert "the change reached the CRM; that is looked up before it is sent again." in said
    assert "Look at the record" not in said


def test_parts_are_named_by_their_kind() -> None:
    change = Change(Verb.DELETE, Ref("addresses", "9"), made.MUELLER, {}, {"city": "Köln"})
    edit = Edit(1, "x", State.QUEUED, change, "Müller")
    assert what(edit, made.around()) == "address"
    assert "delete of address" in detail(edit)


def test_whatever_is_done_has_words() -> None:
    for verb in Verb:
        change = Change(verb, Ref("people", "1"), values={"title": "Dr."}, base={"title": ""})
        edit = Edit(1, "c", State.QUEUED, change, "Weiß, Ömer")
        assert what(edit, made.around())
        assert described(edit, made.around())
        assert edit_detail.lines(edit, made.around(), 80, "⏎")


def test_a_crm_that_is_at_it_is_looked_at_again() -> None:
    into = {INTO: {"id": "2", "name": "Weiß, Ömer"}}
    edit = Edit(
        1,
        "c",
        State.WAITING,
        Change(Verb.MERGE, Ref("people", "1"), values=into),
        "WEISS, Oemer",
        answer=Answer(note="working"),
        not_before=made.NOW + 4,
    )
    assert last_answer(edit, made.around()) == "the CRM is at it; looked again in 4 s"
    shown = [
        "".join(run.text for run in one) for one in edit_detail.lines(edit, made.around(), 80, "⏎")
    ]
    assert "WEISS, Oemer: merge" in shown[0]
    assert shown[1].split() == ["into", "Weiß,", "Ömer"]
