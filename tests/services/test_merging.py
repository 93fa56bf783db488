"""What becomes of two records that are to be one: chosen, moved, lost, and in which order."""

from __future__ import annotations

from typing import Any

from csc_tui.crm.centralstation.models import Person
from csc_tui.crm.centralstation.resources import PEOPLE
from csc_tui.crm.concord.models import Contact
from csc_tui.crm.concord.reading import record
from csc_tui.crm.concord.resources import CONTACTS, with_definitions
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.lookup import FieldDefinition
from csc_tui.domain.ref import Ref
from csc_tui.services.conflicts import Side
from csc_tui.services.merging import Union, changes, union


def contact_raw(id_: str) -> dict[str, Any]:
    return {"id": id_, "first_name": "Jörg", "companies": [], "deals": []}


def contact(id_: str, **values: Any) -> Contact:
    return Contact.read({**contact_raw(id_), **values})


def taken(found: Union) -> dict[str, Side | None]:
    return {row.path: row.taken for row in found.rows}


def told(change: Change) -> tuple[str, str, dict[str, Any]]:
    """Verb, whom or what it is about, values."""
    about = f"{change.record.id}/{change.ref.resource}" if change.parent else change.ref.id
    return change.verb.value, about, dict(change.values)


def test_what_the_one_that_stays_has_not_is_filled_in_but_no_half_of_an_address() -> None:
    goes = contact("2", job_title="Einkauf", street="Hauptstr. 1", city="Bonn")
    housed = union(CONTACTS, contact("1", city="Köln"), goes)
    assert taken(housed) == {
        "job_title": Side.THEIRS,
        "street": Side.MINE,
        "city": Side.MINE,
    }
    assert [row.path for row in housed.lost] == ["street", "city"]
    assert set(taken(union(CONTACTS, contact("1"), goes)).values()) == {Side.THEIRS}


def test_what_only_one_may_have_is_taken_off_the_other_first_and_that_one_goes_last() -> None:
    stays = contact("1", phones=[{"id": 1, "number": "+49 2233 4711", "type": "work"}])
    goes = contact(
        "2",
        email="j@example.org",
        phones=[
            {"id": 2, "number": "02233/4711", "type": "work"},
            {"id": 3, "number": "0171 3920011", "type": "mobile"},
        ],
        tags=[{"id": 9, "name": "VIP"}],
        companies=[{"id": 4411}],
    )
    hung = {Ref("contacts", "1"): {"notes": ("7",)}, Ref("contacts", "2"): {"notes": ("7", "8")}}
    found = union(CONTACTS, stays, goes, hung)
    moved = {it.kind.name: (len(it.new), len(it.there)) for it in found.moved}
    assert moved == {"phones": (1, 1), "tags": (1, 0), "companies": (1, 0)}
    assert [told(one) for one in changes(found)] == [
        ("update", "2", {"email": None}),
        ("delete", "2/phones", {}),
        ("update", "1", {"email": "j@example.org"}),
        ("create", "1/phones", {"number": "0171 3920011", "kind": "mobile"}),
        ("create", "1/tags", {"name": "VIP"}),
        ("create", "1/companies", {"record": {"id": "4411", "name": ""}}),
        ("attach", "1", {"notes": ["8"]}),
        ("delete", "2", {}),
    ]


def test_where_the_crm_merges_only_what_was_chosen_is_written_before() -> None:
    stays, goes = (
        Person.read({"id": id_, "name": "Aabel", "title": title})
        for id_, title in (("1", "Dr."), ("2", "Prof."))
    )
    found = union(PEOPLE, stays, goes)
    merge = ("merge", "2", {"into": {"id": "1", "name": "Aabel"}})
    assert [told(one) for one in changes(found)] == [merge]
    found.rows[0].taken = Side.THEIRS
    assert [told(one) for one in changes(found)] == [("update", "1", {"title": "Prof."}), merge]
    assert changes(found)[-1].into == stays.ref
    assert changes(found)[-1].verb is Verb.MERGE


def test_a_custom_field_that_only_one_may_have_is_taken_off_the_other_first() -> None:
    number = FieldDefinition("cf_customer_no", "contacts", "Customer no.", "text", unique=True)
    kind = with_definitions([number])["contacts"]
    stays, goes = (record(kind, {**contact_raw(id_), **more})
                   for id_, more in (("1", {}), ("2", {"cf_customer_no": "K-7"})))  # fmt: skip
    name = "custom:cf_customer_no"
    assert [told(one) for one in changes(union(kind, stays, goes))] == [
        ("update", "2", {name: None}),
        ("update", "1", {name: "K-7"}),
        ("delete", "2", {}),
    ]
