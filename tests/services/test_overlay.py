"""What a record looks like while its changes are on their way."""

from __future__ import annotations

from csc_tui.crm.centralstation.models import Person
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Plain
from csc_tui.domain.ref import Ref
from csc_tui.services.overlay import overlaid

PERSON = Person.read(
    {
        "id": 7,
        "name": "Müller",
        "first_name": "Jürgen",
        "tels": [{"id": 1, "atype": "office", "name": "+49 221 4710 123"}],
        "custom_fields": [{"id": 5, "custom_fields_type_id": 71, "name": "A-Kunde"}],
        "historic_events": [{"id": 3, "atype": "birthday", "name": "1974-03-14"}],
    }
)
ME = Ref("people", "7")


def after(verb: Verb, part: Ref, **values: Plain) -> Person:
    change = Change(verb, part, ME, values)
    made = overlaid(PERSON, [change])
    assert isinstance(made, Person)
    return made


def changed(**values: Plain) -> Person:
    made = overlaid(PERSON, [Change(Verb.UPDATE, ME, values=values)])
    assert isinstance(made, Person)
    return made


def test_own_fields_show_their_new_values() -> None:
    assert changed(first_name=None, last_name="Weiß").sort_name() == "Weiß"


def test_custom_fields_change_appear_and_go() -> None:
    assert changed(**{"custom:71": "B-Kunde"}).value("custom:71") == "B-Kunde"
    assert changed(**{"custom:72": "neu"}).value("custom:72") == "neu"
    assert changed(**{"custom:71": None}).value("custom:71") is None


def test_parts_change_appear_and_go() -> None:
    office = after(Verb.UPDATE, Ref("phones", "1"), number="+49 221 4710 999").phones[0]
    assert (office.text(), office.kind_words()) == ("+49 221 4710 999", "office")
    more = after(Verb.CREATE, Ref("phones", ""), number="+49 171 3920012", kind="mobile")
    assert [one.text() for one in more.phones] == ["+49 221 4710 123", "+49 171 3920012"]
    assert after(Verb.DELETE, Ref("phones", "1")).phones == ()


def test_a_new_date_is_a_date() -> None:
    assert after(Verb.UPDATE, Ref("events", "3"), on="1975-04-15").events[0].text() == "15 Apr 1975"


def test_a_new_position_names_its_company() -> None:
    company: Plain = {"id": "4411", "name": "Brandt GmbH"}
    person = after(Verb.CREATE, Ref("positions", ""), company=company, main=True)
    assert person.cell("company") == "Brandt GmbH"
    assert person.positions[0].target() == Ref("companies", "4411")


def test_changes_of_others_leave_it_alone() -> None:
    other = Change(Verb.UPDATE, Ref("people", "8"), values={"last_name": "Weiß"})
    assert overlaid(PERSON, [other]) == PERSON
