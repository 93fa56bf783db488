"""Nonsense from a server in place of records: shown as unknown, never obeyed, never a crash."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from copy import deepcopy
from datetime import UTC
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain import detail
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.form import edit_entries, part_entries, shown
from csc_tui.domain.record import parts_of
from csc_tui.domain.ref import Ref
from csc_tui.glyphs import harmless
from csc_tui.http.message import Request, Response
from tests.hostile_server import company, person

CRM = CentralStationAdapter()

NONSENSE: list[Any] = [
    None,
    True,
    -1,
    10**40,
    1.5,
    math.inf,
    "",
    "..",
    "../../users",
    "a/b?c#d",
    "\x1b]0;x\x07",
    "9" * 5_000,
    "0000-00-00",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    [],
    [None],
    [[[]]],
    {},
    {"id": {"id": 1}},
    {"unreadable": 1, "model_config": 2, "__class__": 3, "resource": "x"},
]
"""Values that no key should ever have."""

values = st.one_of(
    st.sampled_from(NONSENSE),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.lists(st.sampled_from(NONSENSE), max_size=2),
)


@st.composite
def records(draw: st.DrawFn, resource: str) -> dict[str, Any]:
    """A record of which some keys, at any depth, hold nonsense."""
    raw = person(1, "") if resource == "people" else company(1, "")
    for _ in range(draw(st.integers(1, 6))):
        node: Any = raw
        key = draw(st.sampled_from(sorted(set(node) - {"id"})))
        while isinstance(node[key], list | dict) and node[key] and draw(st.booleans()):
            node = node[key]
            keys = list(range(len(node))) if isinstance(node, list) else sorted(node)
            key = draw(st.sampled_from(keys))
        node[key] = deepcopy(draw(values))
    return raw


def use(resource: str, raw: dict[str, Any]) -> None:
    """Everything that screens, forms and the store do with a record."""
    raw = json.loads(json.dumps(raw))
    record = CRM.record(CRM.resources()[resource], raw)
    kinds = CRM.resources()[resource]
    assert record.id == str(raw["id"])
    assert all(isinstance(record.cell(column.name), str) for column in kinds.columns)
    head, found = record.head(), record.found_by()
    assert isinstance(head.title + head.subtitle + found.names + record.version(), str)
    lines = detail.lines(kinds, record, {}, lambda _: "", UTC, lambda _: "")
    assert all(harmless(f"{line.label}{line.text}{line.extra}{line.copy}") for line in lines)
    assert all(isinstance(shown(it.field, it.value), str) for it in edit_entries(kinds, record))
    changed = {"background": "x", "responsible": "2"}
    requests = list(
        CRM.write(
            Change(Verb.UPDATE, record.ref, None, changed, record.base(changed)),
            CRM.resources()[resource],
        )
    )
    for name in parts_of(type(record)):
        kind = next((one for one in kinds.parts if one.name == name), None)
        for part in getattr(record, name):
            if kind is None:
                continue
            assert part_entries(kind, part, kinds) is not None
            if part.id:
                gone = Change(Verb.DELETE, Ref(name, part.id), record.ref, {}, part.base())
                requests += CRM.write(gone, CRM.resources()[resource])
            if (target := part.target()) is not None:
                requests.append(CRM.show(target))
    for request in requests:
        assert ".." not in request.path.split("/")
        assert request.path.isascii()


@pytest.mark.parametrize("resource", ["people", "companies"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_with_nonsense_in_it_is_a_record(resource: str, data: st.DataObject) -> None:
    use(resource, data.draw(records(resource)))


@pytest.mark.parametrize("value", NONSENSE, ids=repr)
@pytest.mark.parametrize("resource", ["people", "companies"])
def test_the_same_nonsense_everywhere(resource: str, value: object) -> None:
    raw = person(1, "") if resource == "people" else company(1, "")
    use(resource, {key: 7 if key == "id" else value for key in raw})


@pytest.mark.parametrize(
    "data",
    [
        None,
        12,
        "people",
        {},
        {"people": []},
        {"person": {"id": 1}},
        [None],
        [[]],
        ["person"],
        [{}],
        [{"person": None}],
        [{"person": {"id": None}}],
        [{"person": {"id": {"id": 1}}}],
        [{"person": {"id": "../users"}}],
        [{"person": {"id": "1\x1b[2J"}}],
        [{"person": {"id": ""}}],
        [{"person": {"id": True}}],
        [{"person": {"id": 1.5}}],
        [{"id": 1}, {"name": "nobody"}],
    ],
    ids=repr,
)
def test_a_page_that_is_none_is_an_error_of_the_server(data: object) -> None:
    with pytest.raises(ServerBroken) as caught:
        CRM.read_list("people", Response(200, data=data))
    assert caught.value.why == "shape"


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ({"total_entries": 12}, 12),
        ({"total_entries": "12"}, 12),
        ({"total_entries": 10**8}, 10**8),
        *(
            (body, None)
            for body in (
                {"total_entries": -1},
                {"total_entries": 10**8 + 1},
                {"total_entries": 1e300},
                {"total_entries": True},
                {"total_entries": "1e5"},
                {"total_entries": "٣"},
                {"total_entries": [3]},
                {"total": 3},
                {},
                [],
                None,
                "12",
            )
        ),
    ],
)
def test_a_total_that_cannot_be_is_unknown(body: object, total: int | None) -> None:
    assert CRM.read_total(Response(200, data=body)) == total


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.sampled_from(NONSENSE),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("id", "name", "errors", "base", "message", "user", "options", "x")
                ),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    ),
    st.sampled_from((200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503, 507, 799)),
)
def test_any_answer_to_anything_is_a_value_or_an_error(data: object, status: int) -> None:
    change = Change(Verb.UPDATE, Ref("people", "1"), None, {"last_name": "x"})
    response = Response(status, {"retry-after": str(data), "date": "x"}, data)
    for read in (
        CRM.error,
        CRM.read_total,
        lambda one: CRM.read_created(one, change),
        CRM.read_whoami,
        lambda one: CRM.read_definitions(Request("GET", "/"), one),
        lambda one: CRM.refused(one, change),
        lambda one: CRM.read_choices("users", one),
        lambda one: CRM.read_choices("tags", one),
        lambda one: CRM.read_one("people", one),
    ):
        with suppress(ServerBroken):
            read(response)
    answer = Response(200, data=[data, {"id": 1, "name": data}])
    made = CRM.resources(CRM.read_definitions(Request("GET", "/"), answer))
    assert set(made) == set(CRM.resources())


@pytest.mark.parametrize("value", ["", "..", "a b", "x" * 65, "ä", "1\n", {"id": 1}, None, 1.5])
def test_what_can_be_no_id_is_none(value: object) -> None:
    made = Change(Verb.CREATE, Ref("people", ""))
    assert CRM.read_created(Response(201, data={"person": {"id": value}}), made) == ""
    assert CRM.read_choices("users", Response(200, data=[{"id": value, "name": "A"}])) == []
    raw = person(1, "") | {"positions": [{"id": value, "company_id": value, "name": "boss"}]}
    (position,) = CRM.record(CRM.resources()["people"], raw).positions  # type: ignore[attr-defined]
    assert (position.id, position.target()) == ("", None)
