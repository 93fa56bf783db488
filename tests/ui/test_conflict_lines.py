"""The conflict's lines, to the cell, and what the choices ask for."""

from __future__ import annotations

from dataclasses import replace

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Plain
from csc_tui.domain.merge import Clash
from csc_tui.domain.ref import Ref
from csc_tui.services.conflicts import Row, Side, rows, settle
from csc_tui.store.edit_rows import Answer, Edit
from csc_tui.ui import conflict_lines as drawn
from csc_tui.ui.paint import Line
from tests.ui import made_edits as made

TABLE_80 = """\
  Field           Before               Mine                 Theirs
›!Title           Dr.                 •Dr.-Ing.             Prof. Dr.-Ing. E. …
 !Background      Prefers the phone …  Prefers mail since…  Prefers the phone …

 Merged without asking
  Segment         B-Kunde              B-Kunde             •A-Kunde"""

TABLE_140 = """\
  Field                 Before                               Mine                                 Theirs
›!Title                 Dr.                                 •Dr.-Ing.                             Prof. Dr.-Ing. E. h.
 !Background            Prefers the phone before nine. Spe…  Prefers mail since August. Speaks …  Prefers the phone before nine. Kal…

 Merged without asking
  Segment               B-Kunde                              B-Kunde                             •A-Kunde"""  # noqa: E501 -- as drawn

FULL = """\
 Title in full
   Before   Dr.
   Mine     Dr.-Ing.
   Theirs   Prof. Dr.-Ing. E. h."""


def text(lines: list[Line]) -> str:
    return "\n".join("".join(run.text for run in line).rstrip() for line in lines)


def words(edit: Edit) -> drawn.Words:
    return drawn.Words(
        edit, made.RESOURCES["people"], made.around(), dict(edit.snapshot.as_values())
    )


def chosen() -> tuple[Edit, list[Row]]:
    """The drawn conflict, the title chosen."""
    edit = made.clash()
    found = rows(edit)
    found[0].taken = Side.MINE
    return edit, found


def test_who_and_when() -> None:
    said = "Changed by Sabine Krüger on 21 Nov 2026 at 09:14, after you had opened it."
    assert drawn.who(made.clash(), made.around()) == said
    unknown = replace(made.clash().answer, author="")
    said = drawn.who(made.clash(answer=unknown), made.around())
    assert said == "Changed on 21 Nov 2026 at 09:14, after you had opened it."


def test_the_table_is_as_drawn() -> None:
    edit, found = chosen()
    for columns, whole in ((80, TABLE_80), (140, TABLE_140)):
        lines, at = drawn.table(words(edit), found, 0, columns)
        assert text(lines) == whole
        assert at == 1


def test_the_field_in_full_is_as_drawn() -> None:
    edit, found = chosen()
    assert text(drawn.full(words(edit), found[0], 80, 9, None)) == FULL


def test_long_values_share_the_room_that_there_is() -> None:
    edit, found = chosen()
    lines = text(drawn.full(words(edit), found[1], 40, 7, None)).split("\n")
    assert len(lines) == 7
    assert lines[2].endswith("…")
    assert lines[3].startswith("   Mine ")


def test_nothing_is_chosen_at_first_but_what_merged() -> None:
    found = rows(made.clash())
    assert [row.taken for row in found] == [None, None, Side.THEIRS]


def choose(edit: Edit, *sides: Side) -> dict[str, Plain]:
    found = rows(edit)
    for row, side in zip(found, sides, strict=False):
        row.taken = side
    return dict(settle(edit, found).values)


def test_what_is_sent_is_what_differs_from_theirs() -> None:
    edit = made.clash()
    assert choose(edit, Side.MINE, Side.THEIRS) == {"title": "Dr.-Ing."}
    assert choose(edit, Side.THEIRS, Side.THEIRS) == {}
    both = {"title": "Dr.-Ing.", "background": made.MINE}
    assert choose(edit, Side.MINE, Side.MINE) == both


def test_what_merged_can_be_taken_back() -> None:
    values = choose(made.clash(), Side.THEIRS, Side.THEIRS, Side.MINE)
    assert values == {"custom:71": "B-Kunde"}


def test_a_fourth_value_is_sent_as_typed() -> None:
    edit, found = made.clash(), rows(made.clash())
    found[0].taken, found[0].typed = Side.TYPED, "Prof."
    found[1].taken = Side.THEIRS
    assert settle(edit, found).values == {"title": "Prof."}
    assert "Typed    Prof." in text(drawn.full(words(edit), found[0], 80, 9, None))


def test_fields_that_only_the_user_changed_are_kept() -> None:
    change = made.clash().change
    mine = {**change.values, "first_name": "Jörg"}
    base = {**change.base, "first_name": "Jürgen"}
    theirs = {**made.clash().answer.theirs, "first_name": "Jürgen"}
    edit = made.clash(
        change=replace(change, values=mine, base=base),
        answer=replace(made.clash().answer, theirs=theirs),
    )
    assert choose(edit, Side.THEIRS, Side.THEIRS) == {"first_name": "Jörg"}
    row = next(one for one in rows(edit) if one.path == "first_name")
    assert (row.asks, row.taken, row.theirs) == (False, Side.MINE, "Jürgen")
    assert choose(edit, Side.THEIRS, Side.THEIRS, Side.THEIRS) == {}


def test_a_list_is_settled_word_by_word() -> None:
    ref = Ref("people", "41")
    change = Change(Verb.UPDATE, ref, None, {"tags": ["A", "B"]}, {"tags": ["A", "C"]})
    answer = Answer(clashes=(Clash("tags/C", "C", None, "C!"),), theirs={"tags": ["A", "C", "D"]})
    edit = made.clash(change=change, answer=answer)
    assert choose(edit, Side.THEIRS)["tags"] != choose(edit, Side.MINE)["tags"]
    assert choose(edit, Side.MINE) == {"tags": ["A", "D", "B"]}


def phone_edit() -> Edit:
    """A phone whose number both sides changed; they changed the title of the record as well."""
    part, record = Ref("phones", "9"), made.MUELLER
    before = {"number": "+49 171 3920011", "kind": "mobile"}
    theirs = {"number": "+49 171 3920013", "kind": "mobile"}
    snapshot = replace(made.clash().snapshot, parts={"phones": {"9": before}})
    clashes = (Clash("number", before["number"], "+49 171 3920012", theirs["number"]),)
    answer = Answer(merged=("title", "phones/8/number"), clashes=clashes, theirs=theirs)
    mine = {"number": "+49 171 3920012"}
    change = Change(Verb.UPDATE, part, record, mine, before)
    return made.clash(change=change, answer=answer, snapshot=snapshot)


def test_a_part_asks_for_its_own_fields_and_shows_the_record_around_it() -> None:
    edit = phone_edit()
    assert [row.path for row in rows(edit)] == ["number"]
    now: dict[str, Plain] = {"title": "Prof.", "phones": [{"id": "8", "number": "+49 1"}]}
    found = rows(edit, now)
    assert [(row.path, row.theirs, row.beside) for row in found] == [
        ("number", "+49 171 3920013", False),
        ("title", "Prof.", True),
        ("phones/8/number", "+49 1", True),
    ]
    label = drawn.Words(edit, made.RESOURCES["people"], made.around(), now).label
    assert label(found[0]) == "Number"
    assert label(found[1]) == "Title"
    assert choose(edit, Side.MINE) == {"number": "+49 171 3920012"}


def test_a_delete_is_done_or_not_done() -> None:
    change = Change(Verb.DELETE, made.MUELLER, None, {}, {"title": "Dr."})
    answer = Answer(clashes=(Clash("title", "Dr.", None, "Prof."),), theirs={"title": "Prof."})
    edit = made.clash(change=change, answer=answer)
    found = rows(edit)
    assert "deleted" in text(drawn.table(words(edit), found, 0, 80)[0])
    found[0].taken = Side.MINE
    assert not settle(edit, found).discard
    found[0].taken = Side.THEIRS
    assert settle(edit, found).discard
