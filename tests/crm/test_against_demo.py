"""The adapter against the other side of the wire: a demo server in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import Invalid, NotFound, Unauthorized
from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from tests.live_demo import PATIENCE

CRM = CentralStationAdapter()
KEY = "key-of-this-test"


class Wire:
    """Sends requests and hands back plain responses."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def send(self, request: Request, key: str = KEY) -> Response:
        answer = self.client.request(
            request.method,
            f"/api{request.path}",
            params=list(request.query),
            json=request.body,
            headers=CRM.headers(key),
        )
        try:
            data, is_json = (answer.json() if answer.content else None), True
        except ValueError:
            data, is_json = None, False
        return Response(answer.status_code, dict(answer.headers), data, answer.text, is_json)

    def good(self, request: Request) -> Response:
        response = self.send(request)
        assert CRM.error(response) is None, response
        return response

    def write(self, change: Change) -> Response:
        responses = [
            self.send(one) for one in CRM.write(change, CRM.resources()[change.record.resource])
        ]
        assert [CRM.refused(one, change) for one in responses] == [None] * len(responses)
        return responses[-1]

    def record(self, ref: Ref) -> Any:
        raw = CRM.read_one(ref.resource, self.good(CRM.show(ref)))
        return CRM.record(CRM.resources()[ref.resource], raw)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    ready_read, ready_write = os.pipe()
    parent_read, parent_write = os.pipe()
    key_read, key_write = os.pipe()
    os.write(key_write, KEY.encode())
    os.close(key_write)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "csc_tui.demo", "--people", "300", "--companies", "40"),
            *("--limit", "100000", "--data", str(tmp_path_factory.mktemp("demo") / "data")),
            *("--ready-fd", str(ready_write), "--parent-fd", str(parent_read)),
            *("--key-fd", str(key_read)),
        ],
        pass_fds=(ready_write, parent_read, key_read),
        cwd=Path(__file__).parents[2],
    )
    for one in (ready_write, parent_read, key_read):
        os.close(one)
    with os.fdopen(ready_read) as ready, process:
        url = json.loads(ready.readline())["url"]
        with httpx.Client(
            base_url=url.removesuffix("/api"), timeout=PATIENCE, trust_env=False
        ) as client:
            yield Wire(client)
        os.close(parent_write)


def _made(wire: Wire, **values: Any) -> Ref:
    change = Change(Verb.CREATE, Ref("people", ""), values={"last_name": "Probe", **values})
    return Ref("people", CRM.read_created(wire.write(change), change))


@pytest.mark.parametrize("resource", ["people", "companies"])
def test_a_list_is_read_in_the_servers_order_and_to_its_end(wire: Wire, resource: str) -> None:
    total = CRM.read_total(wire.good(CRM.count(Query(resource))))
    pages = [CRM.read_list(resource, wire.good(CRM.page(Query(resource), n))) for n in (1, 2, 3)]
    rows = [row for page in pages for row in page]
    assert len(rows) == total
    assert len({row["id"] for row in rows}) == total
    for row in rows:
        record = CRM.record(CRM.resources()[resource], row)
        assert not record.unreadable
        assert record.cell("name")
        assert record.cell("last")


def test_every_order_is_understood(wire: Wire) -> None:
    query = Query("people", Sort("updated", descending=True))
    rows = CRM.read_list("people", wire.good(CRM.page(query, 1)))
    times = [CRM.record(CRM.resources()["people"], row).updated_at for row in rows]
    assert None not in times
    assert times == sorted(times, key=lambda one: one.timestamp() if one else 0, reverse=True)


def test_a_shown_record_is_the_listed_one(wire: Wire) -> None:
    rows = CRM.read_list("people", wire.good(CRM.page(Query("people"), 1)))[:3]
    ids = [str(row["id"]) for row in rows]
    assert CRM.read_one("people", wire.good(CRM.show(Ref("people", ids[0])))) == rows[0]
    again = CRM.read_list("people", wire.good(CRM.show_many("people", ids)))
    assert sorted(again, key=lambda row: ids.index(str(row["id"]))) == rows


def test_who_where_and_what_is_defined(wire: Wire) -> None:
    wire.good(CRM.check())
    assert isinstance(CRM.error(wire.send(CRM.check(), key="wrong")), Unauthorized)
    who = CRM.read_whoami(wire.good(CRM.whoami()))
    assert who.user_id
    assert who.name
    assert who.account_id
    for name in ("users", "tags"):
        request = CRM.lookup(name, 1)
        assert request is not None
        assert CRM.read_choices(name, wire.good(request))
    fields = CRM.lookup("fields", 1)
    assert fields is not None
    kinds = {one.kind for one in CRM.read_definitions(fields, wire.good(fields))}
    assert kinds == {"text", "choice", "number", "date", "url"}


def test_a_new_person_comes_back_with_all_that_was_on_the_card(wire: Wire) -> None:
    company = CRM.read_list("companies", wire.good(CRM.page(Query("companies"), 1)))[0]
    change = Change(
        Verb.CREATE,
        Ref("people", ""),
        values={
            "first_name": "Leonie",
            "last_name": "Kühn",
            "gender": "female_user",
            "language": "de",
            "phones": [{"number": "+49 221 4710 172", "kind": "office"}],
            "emails": [{"address": "leonie@brandt.example", "kind": "office"}],
            "positions": [{"company": {"id": str(company["id"])}, "job_title": "CEO"}],
            "addresses": [{"kind": "work", "city": "Köln", "country": "DE"}],
            "tags": ["Messe Köln", "VIP"],
        },
    )
    answer = CRM.record(CRM.resources()["people"], CRM.read_one("people", wire.write(change)))
    shown = {one: answer.cell(one) for one in ("name", "company", "city", "phone", "tags", "email")}
    assert shown == {
        "name": "Kühn, Leonie",
        "company": company["name"],
        "city": "Köln",
        "phone": "+49 221 4710 172",
        "tags": "Messe Köln, VIP",
        "email": "leonie@brandt.example",
    }
    assert wire.record(answer.ref).value("gender") == "female_user"


def test_an_edit_changes_what_it_names_and_nothing_else(wire: Wire) -> None:
    ref = _made(wire, first_name="Ada", title="Dr.", background="old")
    values = {"title": None, "background": "new", "gender": "male_user"}
    wire.write(Change(Verb.UPDATE, ref, values=values))
    wire.write(Change(Verb.UPDATE, ref, values={"gender": None}))
    person = wire.record(ref)
    assert person.head().title == "Ada Probe"
    assert (person.value("background"), person.value("gender")) == ("new", None)


def test_custom_fields_are_set_changed_and_cleared_in_their_place(wire: Wire) -> None:
    request = CRM.lookup("fields", 1)
    assert request is not None
    definitions = CRM.read_definitions(request, wire.good(request))
    people = [one for one in definitions if one.resource == "people"]
    field = next(one for one in people if one.kind == "choice")
    name = f"custom:{field.id}"
    ref = _made(wire)
    for value in (field.options[0].value, field.options[1].value, ""):
        base = wire.record(ref).base([name])
        wire.write(Change(Verb.UPDATE, ref, values={name: value}, base=base))
        person = wire.record(ref)
        assert person.value(name) == (value or None)
        assert len(person.custom_fields) == (1 if value else 0)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("phones", {"number": "+49 221 1", "kind": "office"}, {"kind": "mobile"}),
        ("emails", {"address": "a@b.example", "kind": "office"}, {"address": "c@d.example"}),
        ("homepages", {"url": "https://b.example", "kind": "office"}, {"kind": "private"}),
        ("ims", {"handle": "x", "kind": "skype"}, {"handle": "y"}),
        ("sms", {"handle": "x", "kind": "other"}, {"handle": "y"}),
        ("addresses", {"kind": "work", "city": "Köln", "country": "DE"},
         {"street": "Ring 1", "state": None}),
        ("tags", {"name": "Messe"}, {"name": "Messe Köln"}),
        ("positions", {"company": {"name": "Ganz Neu GmbH"}, "main": True}, {"former": True}),
        ("events", {"kind": "birthday", "on": "1974-03-14"}, {"on": "1974-03-15"}),
        ("assistants", {"name": "Petra"}, {"tel": "+49 221 2"}),
    ],
)  # fmt: skip
def test_parts_come_change_and_go(
    wire: Wire, kind: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    person = _made(wire)
    wire.write(Change(Verb.CREATE, Ref(kind, ""), person, first))
    (part,) = getattr(wire.record(person), kind)
    wire.write(Change(Verb.UPDATE, Ref(kind, part.id), person, second, part.base()))
    (changed,) = getattr(wire.record(person), kind)
    assert changed.id == part.id
    for name, value in second.items():
        assert (changed.value(name) or None) == value
    assert changed.text()
    wire.write(Change(Verb.DELETE, Ref(kind, part.id), person, base=changed.base()))
    assert getattr(wire.record(person), kind) == ()


def test_a_position_is_changed_from_the_side_of_its_company(wire: Wire) -> None:
    person = _made(wire, positions=[{"company": {"name": "Seite GmbH"}, "job_title": "CEO"}])
    company = Ref("companies", wire.record(person).positions[0].company)
    (staff,) = wire.record(company).positions
    assert staff.target() == person
    change = Change(
        Verb.UPDATE, Ref("positions", staff.id), company, {"former": True}, staff.base()
    )
    wire.write(change)
    assert wire.record(company).positions[0].extra() == "CEO (former)"


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({"first_name": "Nobody"}, {"last_name"}),
        ({"last_name": "X", "addresses": [{"street": "Ring 1"}]}, {"addresses.0.city"}),
        ({"last_name": "X", "phones": [{"kind": "office"}]}, {"phones.0.number"}),
        ({"last_name": "X", "positions": [{"job_title": "CEO"}]}, {"positions.0.company"}),
        ({"last_name": "X", "gender": "blue"}, {"gender"}),
        ({"last_name": "X", "responsible": "999999"}, {"responsible"}),
    ],
)
def test_refused_values_are_found_at_their_field(
    wire: Wire, values: dict[str, Any], paths: set[str]
) -> None:
    change = Change(Verb.CREATE, Ref("people", ""), values=values)
    (request,) = CRM.write(change, CRM.resources()[change.record.resource])
    found = CRM.refused(wire.send(request), change)
    assert isinstance(found, Invalid)
    assert found.messages.keys() == paths


def test_a_deleted_person_is_not_found(wire: Wire) -> None:
    ref = _made(wire)
    wire.write(Change(Verb.DELETE, ref))
    assert isinstance(CRM.error(wire.send(CRM.show(ref))), NotFound)


@pytest.mark.parametrize(
    "text", ["Zwiebelfisch", "Ottokar", "Ottokar Zwiebelfisch", "Zwiebelfisch Ottokar",
             "Zwiebelfisch, Ottokar", "+49 221 4710 99", "ottokar@zwiebel.example"],
)  # fmt: skip
def test_the_server_finds_a_person_by_whatever_was_typed(wire: Wire, text: str) -> None:
    ref = _made(
        wire,
        first_name="Ottokar",
        last_name="Zwiebelfisch",
        phones=[{"number": "+49 221 4710 99", "kind": "office"}],
        emails=[{"address": "ottokar@zwiebel.example", "kind": "office"}],
    )
    found = {
        str(row["id"])
        for request in CRM.search("people", text)
        for row in CRM.read_list("people", wire.good(request))
    }
    assert ref.id in found


@pytest.mark.parametrize("resource", ["deals", "projects"])
def test_deals_and_projects_are_made_changed_found_and_deleted(wire: Wire, resource: str) -> None:
    firm = Change(Verb.CREATE, Ref("companies", ""), values={"name": f"Zeche {resource}"})
    company = {"id": CRM.read_created(wire.write(firm), firm), "name": ""}
    values = {
        "name": f"Sohle {resource}",
        "target_date": "2026-12-31",
        "state": "open_25",
        "company": company,
        "tags": ["Eilig"],
        **({"amount": "12000.50"} if resource == "deals" else {}),
    }
    change = Change(Verb.CREATE, Ref(resource, ""), values=values)
    ref = Ref(resource, CRM.read_created(wire.write(change), change))
    for state in ("won", "lost"):
        wire.write(Change(Verb.UPDATE, ref, values={"state": state}))
        assert wire.record(ref).value("state") == state
    record = wire.record(ref)
    assert not record.unreadable
    assert record.head().subtitle == f"Zeche {resource}"
    assert [it.text() for it in record.tags] == ["Eilig"]
    assert record.value("target_date") == "2026-12-31"
    (request,) = CRM.search(resource, "sohle")
    assert [str(it["id"]) for it in CRM.read_list(resource, wire.good(request))] == [ref.id]
    total = CRM.read_total(wire.good(CRM.count(Query(resource, tag="Eilig"))))
    assert total
    wire.write(Change(Verb.DELETE, ref))
    assert isinstance(CRM.error(wire.send(CRM.show(ref))), NotFound)


def test_custom_fields_of_deals_are_told_and_set(wire: Wire) -> None:
    asked = CRM.lookup("fields", 1)
    assert asked is not None
    told = CRM.read_definitions(asked, wire.good(asked))
    kinds = {it.kind: it.id for it in told if it.resource == "deals"}
    assert kinds.keys() == {"choice", "number"}
    assert [it.kind for it in told if it.resource == "projects"] == ["date"]
    name = f"custom:{kinds['number']}"
    values = {"name": "Feld", "amount": "1", "target_date": "2026-12-31", name: "12.5"}
    change = Change(Verb.CREATE, Ref("deals", ""), values=values)
    ref = Ref("deals", CRM.read_created(wire.write(change), change))
    base = wire.record(ref).base([name])
    assert base[name] == "12.5"
    wire.write(Change(Verb.UPDATE, ref, values={name: "13"}, base=base))
    assert wire.record(ref).value(name) == "13"
