"""A record's rows: the order, one cursor through all, what is cut and what stands whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.geometry import Size

from csc_tui.domain.detail import Line as Value
from csc_tui.domain.ref import Ref
from csc_tui.ui.paint import Line, Role
from csc_tui.ui.widgets.record_view import FULL_ROWS, RecordView, View, position_words

BRANDT = Ref("companies", "7")
PHONE = Value("Phone", "+49 221 4710 123", "office", role="phone", part=("phones", "1"), copy="1")
MOBILE = replace(PHONE, text="+49 171 3920012", kind="mobile", part=("phones", "2"), copy="2")
MAIL = Value("E-mail", "j.mueller@brandt.example", "office", role="email", copy="m")
ADDRESS = Value(
    "Address",
    "Gereonstraße 18–32, 50670 Köln, DE",
    "work",
    rows=("Gereonstraße 18–32", "50670 Köln, DE"),
    role="address",
)
TAGS = [Value("Tags", tag, group=1, inline=True, part=("tags", tag)) for tag in ("VIP", "Köln")]
COMPANY = Value(
    "Company", "Brandt GmbH", group=1, target=BRANDT, extra="Head of purchasing, Purchasing"
)
VALUES = (PHONE, MOBILE, MAIL, ADDRESS, *TAGS, COMPANY)


def view(*values: Value, target: Ref | None = BRANDT) -> View:
    words = "Head of purchasing, Brandt GmbH" if target else "Köln, DE"
    right = ("last contact 19 Nov 2026", "responsible Sabine Krüger")
    return View("Dr. Jürgen Müller", words, target, right, values)


class Shown(RecordView):
    """A record in a window of its own size, without a terminal."""

    def __init__(
        self, what: View | None, width: int = 80, height: int = 20, edge: str = ""
    ) -> None:
        super().__init__(id="record", edge=edge)
        self.window = Size(width, height)
        self.drawn: list[Line] = []
        self.show(what, fresh=True)
        self.redraw()

    @property
    def size(self) -> Size:
        return self.window

    def draw(self, lines: Sequence[Line]) -> None:
        self.drawn = list(lines)

    @property
    def lines(self) -> list[str]:
        return ["".join(run.text for run in line).rstrip() for line in self.drawn]

    def walk(self, stops: int) -> list[str]:
        self.move(stops)
        self.redraw()
        return self.lines

    @property
    def lit(self) -> str:
        """What stands there in the cursor's style."""
        return " ".join(
            run.text.strip() for line in self.drawn for run in line if run.role is Role.CURSOR
        )


def test_a_person_as_drawn() -> None:
    assert Shown(view(*VALUES)).lines == [
        "  Dr. Jürgen Müller                                    last contact 19 Nov 2026",
        "  Head of purchasing, Brandt GmbH ›                   responsible Sabine Krüger",
        "",
        "› Phone          office    +49 221 4710 123",
        "                 mobile    +49 171 3920012",
        "  E-mail         office    j.mueller@brandt.example",
        "  Address        work      Gereonstraße 18–32, 50670 Köln, DE",
        "",
        "  Tags           VIP   Köln",
        "  Company        Brandt GmbH ›   Head of purchasing, Purchasing",
    ]


def test_the_cursor_begins_on_the_first_phone_else_on_the_first_line() -> None:
    shown = Shown(view(*VALUES))
    assert (shown.cursor, shown.lit) == (2, "+49 221 4710 123")
    assert position_words(shown) == "3 of 9"
    without = Shown(view(MAIL))
    assert (without.cursor, without.lit) == (0, "Dr. Jürgen Müller")
    assert without.lines[0].startswith("› Dr. Jürgen")


def test_one_cursor_goes_through_all_of_it() -> None:
    shown = Shown(view(*VALUES))
    shown.walk(-99)
    lit = [shown.lit]
    for _ in shown.stops[1:]:
        shown.walk(1)
        lit.append(shown.lit)
        assert sum(line.startswith("›") for line in shown.lines) == 1
    assert lit == [
        "Dr. Jürgen Müller",
        "Head of purchasing, Brandt GmbH ›",
        "+49 221 4710 123",
        "+49 171 3920012",
        "j.mueller@brandt.example",
        "Gereonstraße 18–32, 50670 Köln, DE",
        "VIP",
        "Köln",
        "Brandt GmbH ›",
    ]
    assert shown.walk(5) == shown.lines
    assert shown.cursor == len(lit) - 1
    assert shown.stop is not None
    assert shown.stop.target == BRANDT


def test_a_company_that_leads_nowhere_has_one_stop_less() -> None:
    shown = Shown(view(PHONE, target=None))
    assert [stop.text for stop in shown.stops] == ["Dr. Jürgen Müller", "1"]
    assert "›" not in shown.lines[1]


def test_the_same_record_shown_again_keeps_its_stop() -> None:
    shown = Shown(view(*VALUES))
    shown.walk(1)
    new = replace(PHONE, text="+49 221 1", part=("phones", "0"))
    shown.show(view(new, *VALUES), fresh=False)
    shown.redraw()
    assert shown.lit == "+49 171 3920012"
    shown.show(view(new), fresh=False)
    assert shown.cursor == 2
    shown.show(view(*VALUES), fresh=True)
    assert shown.cursor == 2


def test_a_value_is_cut_unless_the_cursor_is_on_it() -> None:
    mail = replace(MAIL, text="a" * 60 + "@" + "b" * 30)
    shown = Shown(view(mail))
    assert shown.lines[3].endswith("aaa…")
    lines = shown.walk(9)
    assert "".join(line[27:] for line in lines[3:5]) == mail.text


def test_a_long_text_has_five_rows_and_ends_in_an_ellipsis() -> None:
    text = Value("Background", "Prefers the phone before nine. " * 40, group=2)
    shown = Shown(view(text))
    assert len(shown.lines) == 3 + FULL_ROWS
    assert shown.lines[-1].endswith("…")
    assert all(line.startswith(" " * 17) for line in shown.lines[4:])


def test_line_breaks_of_a_text_are_kept() -> None:
    shown = Shown(view(Value("Background", "one\ntwo\n\nthree", group=2)))
    assert [line[17:] for line in shown.lines[3:]] == ["one", "two", "", "three"]


def test_an_address_has_rows_of_its_own_where_it_is_narrow() -> None:
    shown = Shown(view(ADDRESS), width=56)
    assert [line[27:] for line in shown.lines[3:5]] == list(ADDRESS.rows)


def test_people_of_a_company_stand_in_columns_with_their_numbers() -> None:
    staff = [
        Value(
            "People",
            name,
            target=Ref("people", str(number)),
            extra=title,
            phone=f"+49 221 4710 {number}",
        )
        for number, (name, title) in enumerate(
            [
                ("Müller, Jürgen", "Head of purchasing"),
                ("…", ""),
                ("Szymański, Paweł Maria Anna", ""),
            ]
        )
    ]
    shown = Shown(view(*staff, target=None))
    assert [line[17:] for line in shown.lines[3:]] == [
        "Müller, Jürgen ›       Head of purchasing   +49 221 4710 0",
        "… ›                                         +49 221 4710 1",
        "Szymański, Paweł Ma… ›                      +49 221 4710 2",
    ]


def test_where_columns_have_no_room_a_number_goes_before_a_job_title() -> None:
    at = Value("Person", "Koç, Derya", target=Ref("people", "1"), extra="Buyer")
    other = replace(at, text="Lang, Petra", phone="+49 221 4710 123")
    last = replace(other, text="Schilling, Frauke", extra="")
    shown = Shown(view(at, other, last, target=None), width=60)
    assert [line[17:] for line in shown.lines[3:]] == [
        "Koç, Derya ›           Buyer",
        "Lang, Petra ›          +49 221 4710 123",
        "Schilling, Frauke ›    +49 221 4710 123",
    ]


def test_where_nobody_has_a_job_title_no_room_is_kept_for_one() -> None:
    firm = Value(
        "Company",
        "Ackergruber & Söhne GmbH",
        target=BRANDT,
        phone="+49 (0)221 4710 225",
    )
    assert Shown(view(firm, target=None)).lines[3][17:] == (
        "Ackergruber & Söhne GmbH ›              +49 (0)221 4710 225"
    )
    assert Shown(view(firm, target=None), width=60).lines[3][17:] == (
        "Ackergruber & Söhne… › +49 (0)221 4710 225"
    )
    titled = [firm, replace(firm, text="Brandt GmbH", extra="Head of purchasing")]
    assert Shown(view(*titled, target=None)).lines[4][17:] == (
        "Brandt GmbH ›          Head of purchasing   +49 (0)221 4710 225"
    )


def test_a_window_scrolls_with_the_cursor_and_says_that_there_is_more() -> None:
    many = [replace(PHONE, text=str(number), part=("phones", str(number))) for number in range(30)]
    shown = Shown(view(*many), height=6)
    assert position_words(shown) == "3 of 32, more below"
    lines = shown.walk(10)
    assert lines[-1].endswith("10")
    lines = shown.walk(99)
    assert lines[-1].endswith("29")
    assert position_words(shown) == "32 of 32"
    lines = shown.walk(-99)
    assert lines[0].startswith("› Dr. Jürgen")


def test_the_preview_scrolls_without_a_cursor() -> None:
    many = [replace(PHONE, text=str(number), part=("phones", str(number))) for number in range(30)]
    shown = Shown(view(*many), height=6, edge="│")
    shown.active = False
    shown.redraw()
    assert all(line.startswith("│") for line in shown.lines)
    assert not any("›" in line for line in shown.lines[2:])
    shown.scroll(3)
    shown.redraw()
    assert shown.lines[0].endswith("0")
    shown.scroll(-99)
    shown.redraw()
    assert "Dr. Jürgen Müller" in shown.lines[0]
    shown.scroll(99)
    shown.redraw()
    assert shown.lines[-1].endswith("29")


def test_no_record_is_an_empty_window() -> None:
    shown = Shown(None, edge="│")
    assert shown.stop is None
    assert position_words(shown) == ""
    assert shown.lines == ["│"] * 20


def test_the_cursor_stays_on_its_value_when_lines_come_above_it() -> None:
    note = Value("Last contact", "04 Nov 2026  note", group=1, role="note", part=("notes", "1"))
    shown = Shown(view(PHONE, MAIL, COMPANY))
    shown.walk(2)
    assert shown.lit == "Brandt GmbH ›"
    shown.show(view(PHONE, note, MAIL, COMPANY), fresh=False)
    shown.redraw()
    assert shown.lit == "Brandt GmbH ›"
    shown.walk(-1)
    assert shown.lit == "j.mueller@brandt.example"
    shown.show(view(PHONE, MAIL, COMPANY, target=None), fresh=False)
    shown.redraw()
    assert shown.lit == "j.mueller@brandt.example"


def test_a_window_that_is_lower_for_a_while_gives_its_rows_back() -> None:
    shown = Shown(view(*VALUES), height=6)
    before = shown.walk(2)
    assert before[-1].startswith("› E-mail")
    shown.window = Size(80, 4)
    shown.redraw()
    assert shown.lines == before[2:]
    shown.window = Size(80, 6)
    shown.redraw()
    assert shown.lines == before
