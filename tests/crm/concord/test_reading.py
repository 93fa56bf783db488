"""Responses -> values, as tables; whatever comes, nothing but ServerBroken is raised."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csc_tui.crm.adapter import Page, Whoami
from csc_tui.crm.concord.models import Contact
from csc_tui.domain import detail
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import CrmError, ServerBroken
from csc_tui.domain.field import Choice
from csc_tui.domain.form import edit_entries, shown
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from tests.crm.concord.examples import CONTACT, CRM, DEAL, record, resources


def answer(data: object) -> Response:
    return Response(200, data=data)


META = {"current_page": 1, "per_page": 15, "total": 41, "last_page": 3}


@pytest.mark.parametrize(
    ("body", "page"),
    [
        ({"data": [{"id": 1}], "meta": META}, Page([{"id": 1}], 41, 15)),
        ({"data": [{"id": 1}], "meta": {"per_page": "100", "total": "9"}},
         Page([{"id": 1}], 9, 100)),
        ({"data": [{"id": 1}], "total": 7, "per_page": 20}, Page([{"id": 1}], 7, 20)),
        ({"data": [], "meta": {"total": -1, "per_page": 10**6}}, Page([], None, 0)),
        ([{"id": 1}], Page([{"id": 1}], None, 0)),
    ],
)  # fmt: skip
def test_a_page_tells_its_length_and_the_lists(body: object, page: Page) -> None:
    assert CRM.read_page("contacts", answer(body)) == page


@pytest.mark.parametrize("body", [None, {}, "x", {"data": {}}, [1], [{}], {"data": [{"id": ""}]}])
def test_what_is_no_list_is_broken(body: object) -> None:
    with pytest.raises(ServerBroken):
        CRM.read_list("contacts", answer(body))


@pytest.mark.parametrize("body", [CONTACT, {"data": CONTACT}])
def test_a_record_comes_bare_or_wrapped(body: object) -> None:
    assert CRM.read_one("contacts", answer(body)) == CONTACT


def test_whose_key_it_is() -> None:
    body = {"id": 1, "name": "Sabine Krüger", "email": "s@acme.example"}
    assert CRM.read_whoami(answer(body)) == Whoami("1", "Sabine Krüger", "")
    assert CRM.read_whoami(answer({"data": body})) == Whoami("1", "Sabine Krüger", "")
    assert CRM.read_whoami(answer([])) == Whoami("", "", "")


@pytest.mark.parametrize(
    ("name", "raw", "choice"),
    [
        ("users", {"id": 1, "name": "S", "email": "s@a.example"}, Choice("1", "S", "s@a.example")),
        ("sources", {"id": 2, "name": "Fair", "flag": None}, Choice("2", "Fair")),
        ("nations", {"id": 5, "name": "Germany", "iso_2": "DE"}, Choice("5", "Germany", "DE")),
        ("stages", {"id": 21, "name": "Quoted", "pipeline": {"name": "Sales"}},
         Choice("21", "Quoted", "Sales")),
        ("lost_reasons", {"id": 3, "name": "Price"}, Choice("Price", "Price")),
    ],
)  # fmt: skip
def test_options_of_a_lookup(name: str, raw: dict[str, Any], choice: Choice) -> None:
    assert CRM.read_choices(name, answer([raw, {}, 7])) == [choice]
    assert CRM.read_choices(name, answer({"data": [raw], "meta": META})) == [choice]


def change(kind: str, **values: Any) -> Change:
    return Change(Verb.CREATE, Ref(kind, ""), Ref("contacts", "7"), values)


@pytest.mark.parametrize(
    ("made", "created"),
    [
        (Change(Verb.CREATE, Ref("contacts", "")), "7"),
        (change("phones", number="+49 (171) 3920012"), "491713920012"),
        (change("phones", number="0171"), "491713920012"),
        (change("tags", name="messe KÖLN"), "4"),
        (change("tags", name="other"), ""),
        (change("companies", record={"id": "4", "name": "Brandt"}), "4"),
    ],
)
def test_the_id_of_what_was_made(made: Change, created: str) -> None:
    assert CRM.read_created(answer(CONTACT), made) == created
    assert CRM.read_created(answer({"data": CONTACT}), made) == created


def test_a_contact_in_a_list_and_on_its_screen() -> None:
    contact = record()
    columns = [one.name for one in resources()["contacts"].columns[:7]]
    assert [contact.cell(one) for one in columns] == [
        "Müller, Jürgen", "Brandt GmbH", "Köln", "+49 171 3920012", "VIP, Messe Köln",
        "j.mueller@brandt.example", "2026-11-19T15:42:00+00:00",
    ]  # fmt: skip
    head = contact.head()
    assert (head.title, head.subtitle) == ("Jürgen Müller", "Head of purchasing, Brandt GmbH")
    assert (head.target, head.responsible) == (Ref("companies", "4"), "Sabine Krüger")
    zone = ZoneInfo("Europe/Berlin")
    lines = detail.lines(resources()["contacts"], contact, {}, lambda _: "", zone)
    assert [(one.label, one.kind, one.text, one.role) for one in lines] == [
        ("Phone", "work", "+49 221 4710 123", "phone"),
        ("Phone", "mobile", "+49 171 3920012", "phone"),
        ("E-mail", "", "j.mueller@brandt.example", "email"),
        ("Address", "", "Gereonstraße 18–32, 50670 Köln, DE", "address"),
        ("Tags", "", "VIP", "text"),
        ("Tags", "", "Messe Köln", "text"),
        ("Company", "", "Brandt GmbH", "text"),
        ("Job title", "", "Head of purchasing", "text"),
        ("Source", "", "Fair", "text"),
        ("Channels", "", "Mail", "text"),
        ("Segment", "", "A", "text"),
        ("Changed", "", "19 Nov 2026 16:42", "text"),
        ("Created", "", "05 Mar 2024 09:12", "text"),
    ]  # fmt: skip
    address = next(one for one in lines if one.role == "address")
    assert (address.part, address.field) == (None, "street")
    assert address.copy == "Brandt GmbH\nJürgen Müller\nGereonstraße 18–32\n50670 Köln"


def test_a_form_shows_words_before_any_lookup_has_come() -> None:
    entries = {one.path: one for one in edit_entries(resources()["contacts"], record())}
    assert {one: entries[one].words for one in ("owner", "source", "country")} == {
        "owner": "Sabine Krüger",
        "source": "Fair",
        "country": "Germany",
    }


def test_a_deal() -> None:
    deal = record("deals")
    columns = [one.name for one in resources()["deals"].columns]
    assert [deal.cell(one) for one in columns] == [
        "Crane for Kalk", "Quoted", "1,250.33", "11 Dec 2026", "Brandt GmbH", "Open", ""
    ]  # fmt: skip
    assert (deal.value("amount"), deal.value("expected_close_date")) == ("1250.33", "2026-12-11")
    lines = detail.lines(resources()["deals"], deal, {}, lambda _: "", ZoneInfo("Asia/Tokyo"))
    assert [(one.label, one.text) for one in lines][:6] == [
        ("Amount", "1,250.33"), ("Stage", "Quoted"), ("Pipeline", "Sales"),
        ("Expected close", "11 Dec 2026"), ("Status", "Open"), ("Contacts", "Müller, Jürgen"),
    ]  # fmt: skip
    assert record("deals", amount=0).cell("amount") == ""


def test_what_a_list_leaves_out_is_not_taken_for_none() -> None:
    slim = {key: it for key, it in CONTACT.items() if key not in ("companies", "deals")}
    made = CRM.record(resources()["contacts"], slim)
    assert made.lacks == {"companies", "deals"}
    assert record().lacks == frozenset()


def test_custom_fields_whose_definition_is_not_here_are_shown_under_their_keys() -> None:
    contact = CRM.record(CRM.resources()["contacts"], CONTACT)
    lines = detail.lines(CRM.resources()["contacts"], contact, {}, lambda _: "", ZoneInfo("UTC"))
    assert ("cf_segment", "10") in [(one.label, one.text) for one in lines]


def test_tags_that_come_as_names_are_tags() -> None:
    found = record(tags=["Messe Köln", {"id": 4, "name": "VIP"}])
    assert isinstance(found, Contact)
    assert [one.text() for one in found.tags] == ["Messe Köln", "VIP"]
    made = CRM.read_created(
        answer({"id": 7, "tags": ["Messe Köln"]}), change("tags", name="messe köln")
    )
    assert made == found.tags[0].id


def test_phones_are_recognised_by_their_digits() -> None:
    again = [{"id": 99, "number": "+49-221-4710-123", "type": "other"}]
    assert record(phones=again).phones[0].id == record().phones[0].id  # type: ignore[attr-defined]
    twice = record(phones=[*again, *again, {"number": ""}, {"number": None}, 7])
    assert [one.id for one in twice.phones] == ["492214710123", "492214710123_"]  # type: ignore[attr-defined]


def test_the_box_of_an_amount_is_a_plain_number() -> None:
    field = resources()["deals"].field("amount")
    assert shown(field, record("deals").value("amount")) == "1250.33"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "name", "data", "meta", "total", "errors", "phones", "cf_x",
                         "tags", "companies", "user", "cf_day", "cf_moment", "cf_boxes",
                         "expected_close_date", "amount", "number"]) | st.text(max_size=4),
        inner, max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=JSON, status=st.sampled_from([200, 201, 204, 302, 401, 403, 404, 409, 419, 422, 500]))
def test_any_answer_to_anything_is_a_value_or_an_error(data: object, status: int) -> None:
    made = change("phones", number="1")
    response = Response(status, {}, data)
    for read in (
        CRM.error,
        CRM.read_total,
        CRM.read_whoami,
        lambda one: CRM.refused(one, made),
        lambda one: CRM.read_created(one, made),
        lambda one: CRM.read_page("contacts", one),
        lambda one: CRM.read_one("contacts", one),
        lambda one: CRM.read_choices("users", one),
        lambda one: CRM.read_definitions(Request("GET", "/deals/create-fields"), one),
    ):
        with suppress(ServerBroken):
            value = read(response)
            assert value is None or not isinstance(value, Exception) or isinstance(value, CrmError)
    if isinstance(data, dict):
        for resource, example in (("contacts", CONTACT), ("deals", DEAL)):
            one = resources()[resource]
            odd = CRM.record(one, {**example, **data, "id": 7})
            assert odd.ref == Ref(resource, "7")
            assert detail.lines(one, odd, {}, lambda _: "", ZoneInfo("UTC")) is not None
            assert [odd.cell(it.name) for it in one.columns]
