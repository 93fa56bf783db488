"""The thirteen types of the introduction and two of later versions: read, shown, typed, written."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from csc_tui.domain import detail
from csc_tui.domain.change import Change, Verb, diff
from csc_tui.domain.field import Kind, Plain
from csc_tui.domain.form import BadValue, check, edit_entries, shown
from csc_tui.domain.ref import Ref
from csc_tui.services.overlay import overlaid
from tests.crm.concord.examples import CRM, resources, sent
from tests.crm.concord.examples import record as made

CONTACT = Ref("contacts", "7")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Any:
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


READ = [
    ("cf_bool", True, True, "yes", "yes"),
    ("cf_bool", False, False, "no", "no"),
    ("cf_boxes", [{"id": 5, "name": "Mail"}, {"id": 6, "name": "Phone, at work"}],
     ["5", "6"], "Mail, Phone, at work", "Mail, Phone, at work"),
    ("cf_channels", [{"id": 5, "name": "Mail", "swatch_color": None}], ["5"], "Mail", "Mail"),
    ("cf_channels", [5], ["5"], "Mail", "Mail"),
    ("cf_day", "2026-11-26T00:00:00.000000Z", "2026-11-26", "26 Nov 2026", "2026-11-26"),
    ("cf_day", "2026-11-26", "2026-11-26", "26 Nov 2026", "2026-11-26"),
    ("cf_moment", "2026-11-26T06:00:00.000000Z", "2026-11-26T06:00:00+00:00",
     "26 Nov 2026 07:00", "2026-11-26 07:00"),
    ("cf_moment", "2026-07-26T23:30:10.000000Z", "2026-07-26T23:30:10+00:00",
     "27 Jul 2026 01:30", "2026-07-27 01:30:10"),
    ("cf_mail", "john@example.com", "john@example.com", "john@example.com", "john@example.com"),
    ("cf_count", 200, "200", "200", "200"),
    ("cf_score", 7.25, "7.25", "7.25", "7.25"),
    ("cf_score", 1300.0, "1300", "1,300", "1300"),
    ("cf_radio", 11, "11", "B", "B"),
    ("cf_segment", 10, "10", "A", "A"),
    ("cf_segment", {"id": 10, "name": "A"}, "10", "A", "A"),
    ("cf_line", "Sample Text", "Sample Text", "Sample Text", "Sample Text"),
    ("cf_lines", "one\ntwo", "one\ntwo", "one\ntwo", "one\ntwo"),
    ("cf_zone", "America/Toronto", "America/Toronto", "America/Toronto", "America/Toronto"),
    ("cf_page", "https://b.example", "https://b.example", "https://b.example",
     "https://b.example"),
    ("cf_colour", "#333333", "#333333", "#333333", "#333333"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "wire", "plain", "words", "box"), READ)
def test_what_is_read_is_shown_and_edited(
    key: str, wire: object, plain: Plain, words: str, box: str
) -> None:
    contact, name = made(**{key: wire}), f"custom:{key}"
    assert contact.value(name) == plain
    resource = resources()["contacts"]
    lines = detail.lines(resource, contact, {}, lambda _: "", BERLIN)
    assert [one.text for one in lines if one.field == name] == [words]
    assert contact.cell(name) == words
    field = resource.field(name)
    assert shown(field, contact.value(name)) == box
    assert not diff({name: plain}, {name: check(field, box)})


@pytest.mark.parametrize("key", ["cf_bool", "cf_boxes", "cf_day", "cf_count", "cf_line"])
@pytest.mark.parametrize("wire", [None, "", []])
def test_no_value_is_no_line(key: str, wire: object) -> None:
    contact = made(**{key: wire})
    assert contact.value(f"custom:{key}") is None


WRITTEN = [
    ("cf_bool", "yes", True),
    ("cf_bool", "no", False),
    ("cf_boxes", "Phone, at work, mail", [6, 5]),
    ("cf_day", "26.11.2026", "2026-11-26"),
    ("cf_moment", "2026-11-26 07:00", "2026-11-26 06:00:00"),
    ("cf_moment", "27.07.2026 1:30:10", "2026-07-26 23:30:10"),
    ("cf_mail", "john@example.com", "john@example.com"),
    ("cf_channels", "Mail", [5]),
    ("cf_channels", "", []),
    ("cf_count", "200", 200),
    ("cf_count", "-3", -3),
    ("cf_score", "1250.330", 1250.33),
    ("cf_score", "1300", 1300),
    ("cf_score", "999999999999.999", 999999999999.999),
    ("cf_radio", "b", 11),
    ("cf_segment", "A", 10),
    ("cf_line", "Sample Text", "Sample Text"),
    ("cf_line", "", None),
    ("cf_lines", "one\ntwo", "one\ntwo"),
    ("cf_zone", "america/toronto", "America/Toronto"),
    ("cf_page", "https://b.example", "https://b.example"),
    ("cf_colour", "#333333", "#333333"),
]


@pytest.mark.parametrize(("key", "typed", "wire"), WRITTEN)
def test_what_is_typed_is_sent_as_in_the_introduction(key: str, typed: str, wire: object) -> None:
    name = f"custom:{key}"
    value = check(resources()["contacts"].field(name), typed)
    change = Change(Verb.UPDATE, CONTACT, values={name: value})
    ((method, path, body),) = sent(change)
    assert (method, path) == ("PUT", "/contacts/7")
    assert body == {key: wire}
    assert isinstance(body, dict)
    assert type(body[key]) is type(wire)


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("cf_bool", "perhaps", "flag"),
        ("cf_boxes", "Mail, Fax", "choice"),
        ("cf_boxes", "Mailing", "choice"),
        ("cf_day", "31.2.2026", "day"),
        ("cf_moment", "2026-11-26", "moment"),
        ("cf_moment", "2026-11-26 24:00", "moment"),
        ("cf_mail", "john", "email"),
        ("cf_count", "2.5", "whole"),
        ("cf_score", "7.1255", "decimals"),
        ("cf_score", "1234567890123", "digits"),
        ("cf_score", "-1", "least"),
        ("cf_radio", "C", "choice"),
        ("cf_segment", "12", "choice"),
        ("cf_line", "x" * 192, "long"),
        ("cf_zone", "Mars/Olympus", "choice"),
        ("cf_page", "b.example", "url"),
        ("cf_colour", "red", "colour"),
    ],
)
def test_what_the_server_would_refuse_or_make_up_is_not_sent(
    key: str, typed: str, code: str
) -> None:
    with pytest.raises(BadValue) as caught:
        check(resources()["contacts"].field(f"custom:{key}"), typed)
    assert caught.value.code == code
    assert caught.value.words()


@pytest.mark.parametrize("value", ["12", "A", "0"])
@pytest.mark.parametrize("key", ["cf_radio", "cf_segment"])
def test_an_option_that_is_not_defined_never_gets_out(key: str, value: str) -> None:
    """The server would make a new option of it; so would it of a label."""
    with pytest.raises(ValueError, match="no option"):
        sent(Change(Verb.UPDATE, CONTACT, values={f"custom:{key}": value}))


def test_what_cannot_be_cleared_is_known() -> None:
    fields = resources()["contacts"].fields
    assert {one.wire for one in fields if not one.clears} == {"cf_radio", "cf_segment"}


@pytest.mark.parametrize("offset", range(-11, 15))
def test_a_day_is_the_same_day_in_every_zone(offset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", f"XXX{-offset:+d}")
    time.tzset()
    contact = made(cf_day="2026-11-26T00:00:00.000000Z")
    (line,) = (
        one
        for one in detail.lines(resources()["contacts"], contact, {}, lambda _: "", BERLIN)
        if one.field == "custom:cf_day"
    )
    assert line.text == "26 Nov 2026"
    ((_, _, body),) = sent(
        Change(Verb.UPDATE, CONTACT, values={"custom:cf_day": contact.value("custom:cf_day")})
    )
    assert body == {"cf_day": "2026-11-26"}


@pytest.mark.parametrize(
    "raw",
    [
        {"attribute": "cf_x", "label": "X", "component": "form-multi-select-field",
         "options": [{"value": 5, "label": "Mail"}]},
        {"field_id": "cf_x", "label": "X", "field_type": "MultiSelect",
         "options": [{"id": 5, "name": "Mail"}]},
        {"id": 3, "name": "cf_x", "label": "X", "type": "multi_select", "options": {"5": "Mail"}},
        {"attribute": "cf_x", "custom_field":
         {"label": "X", "field_type": "MultiSelect", "options": [{"id": 5, "name": "Mail"}]}},
    ],
)  # fmt: skip
def test_a_definition_is_understood_however_its_keys_are_called(raw: dict[str, Any]) -> None:
    from csc_tui.http.message import Request, Response

    asked = Request("GET", "/deals/create-fields")
    for data in ([raw], {"data": [raw]}, {"x": raw}):
        (found,) = CRM.read_definitions(asked, Response(200, data=data))
        field = CRM.resources([found])["deals"].fields[-1]
        assert (field.name, field.label, field.kind) == ("custom:cf_x", "X", Kind.SEVERAL)
        assert [(one.value, one.words) for one in field.choices] == [("5", "Mail")]


def test_a_form_offers_every_custom_field() -> None:
    entries = edit_entries(resources()["contacts"], made())
    paths = [one.path for one in entries]
    assert len([one for one in paths if one.startswith("custom:")]) == 15


def test_what_is_on_its_way_stays_when_the_definition_comes() -> None:
    raw = {"id": 7, "cf_day": "2026-11-26T00:00:00.000000Z", "cf_segment": 10}
    early = CRM.record(CRM.resources()["contacts"], raw)
    waits = Change(Verb.UPDATE, CONTACT, values={"custom:cf_day": "2026-12-01"})
    late = CRM.defined(resources()["contacts"], overlaid(early, [waits]))
    assert late.value("custom:cf_day") == "2026-12-01"
    assert late.value("custom:cf_segment") == "10"
