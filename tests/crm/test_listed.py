"""What lists and the search look at is the same whether all of a record is read or that alone."""

from __future__ import annotations

import copy
import gc
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.digest import Digest, digest
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.listed import read_listed
from csc_tui.domain.query import Query
from csc_tui.domain.unread import Unread
from csc_tui.http.body import read_answer
from csc_tui.http.message import Response
from tests.crm.conftest import COMPANY, PERSON

CRM = CentralStationAdapter()
ODD = (None, 7, True, -1.5, "", "\x1b[31m", "2024-02-30", [], [None], [7], {}, {"id": 7})


def _looked_at(resource: str, raw: dict[str, Any]) -> Digest:
    """The digest of all of a record."""
    kind = CRM.resources()[resource]
    return digest(CRM.record(kind, raw), kind.columns)


def _odd(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The record with each of its values, and of its parts' values, missing or odd."""
    for key, value in raw.items():
        if key != "id":
            yield {name: one for name, one in raw.items() if name != key}
            yield from ({**raw, key: odd} for odd in ODD)
        for place, part in enumerate(value if isinstance(value, list) else []):
            for name in part:
                for odd in ODD:
                    changed = copy.deepcopy(raw)
                    changed[key][place][name] = odd
                    yield changed


def _wrapped(raw: dict[str, Any]) -> dict[str, Any]:
    """Each part inside an object that names its kind, as lists of them alone have it."""
    kinds = {"tels": "tel", "emails": "email", "addrs": "addr", "addrs_from_company": "addr"}
    kinds |= {"tags": "tag", "positions": "position", "companies": "company"}
    return raw | {key: [{kind: it} for it in raw[key]] for key, kind in kinds.items() if key in raw}


@pytest.mark.parametrize(("resource", "raw"), [("people", PERSON), ("companies", COMPANY)])
def test_a_record_is_listed_as_it_is_read(resource: str, raw: dict[str, Any]) -> None:
    kind = CRM.resources()[resource]
    for one in (raw, _wrapped(raw), *_odd(raw)):
        assert CRM.digest(kind, one) == _looked_at(resource, one), one


def test_what_no_list_looks_at_is_not_read_for_one() -> None:
    listed = read_listed(CRM.resources()["people"].model, PERSON)

    assert listed is not None
    with pytest.raises(LookupError, match="background"):
        listed.value("background")


JSON = {"content-type": "application/json"}
WRAPPERS = {"people": "person", "companies": "company"}


def _page(resource: str, raws: list[dict[str, Any]], **separators: Any) -> Response:
    """What comes of a page of a list with these records on it."""
    items = [{WRAPPERS[resource]: raw} for raw in raws]
    text = json.dumps(items, ensure_ascii=False, **separators)
    return read_answer(CRM.listing(Query(resource), 1), 200, JSON, text.encode())


@pytest.mark.parametrize(("resource", "raw"), [("people", PERSON), ("companies", COMPANY)])
def test_a_page_read_record_by_record_holds_what_it_holds_as_a_whole(
    resource: str, raw: dict[str, Any]
) -> None:
    kind = CRM.resources()[resource]
    every = [raw, _wrapped(raw), *_odd(raw)]

    for begin in range(0, len(every), 250):
        some = every[begin : begin + 250]
        page = CRM.read_page(resource, _page(resource, some, separators=(",", ":")))

        assert all(isinstance(one, Unread) for one in page.raws)
        for one, came in zip(some, page.raws, strict=True):
            assert dict(came) == one
            assert CRM.digest(kind, came) == _looked_at(resource, one), one


def test_a_page_with_records_inside_of_records_is_read_as_a_whole() -> None:
    inside = {"id": 3, "people": [{"person": {"id": 1}}, {"person": {"id": 2}}]}
    raws = [{**PERSON, "deals": [inside]}, {**PERSON, "id": 8}]

    page = CRM.read_page("people", _page("people", raws, separators=(",", ":")))

    assert page.raws == raws


def test_a_text_that_looks_like_the_next_record_parts_nothing() -> None:
    raws = [{**PERSON, "background": '}},{"person":{"id":9}'}, {**PERSON, "id": 8}]

    page = CRM.read_page("people", _page("people", raws, separators=(",", ":")))

    assert [dict(one) for one in page.raws] == raws


@pytest.mark.parametrize(
    "text",
    [
        '[{"person":{"id":1}}',
        '[{"person":{"id":1,}}]',
        '[{"person":',
        '[{"person":{"id":1,"credit":NaN}}]',
        '[{"person":{"id":1,"name":"Nina INN","credit":NaN}}]',
        '[{"person":{"id":1,"credit":-Infinity}}]',
    ],
)
def test_a_page_that_is_no_json_is_told(text: str) -> None:
    with pytest.raises(ServerBroken):
        read_answer(CRM.listing(Query("people"), 1), 200, JSON, text.encode())


@pytest.mark.parametrize("item", [{"id": ""}, {"id": None}, {}, {"id": "a b"}, {"id": [1]}])
def test_a_record_without_an_id_is_no_page(item: dict[str, Any]) -> None:
    with pytest.raises(ServerBroken):
        CRM.read_page("people", _page("people", [PERSON, item], separators=(",", ":")))


def test_a_page_that_is_nested_too_deep_is_refused_record_by_record_too() -> None:
    deep: list[Any] = []
    for _ in range(70):
        deep = [deep]

    with pytest.raises(ServerBroken, match="deep"):
        _page("people", [{**PERSON, "background": deep}], separators=(",", ":"))


def test_what_a_page_held_is_let_go_with_it() -> None:
    def page(number: int) -> bytes:
        people = (
            {"person": {"id": one, "name": f"Name {one}", "first_name": f"First {one}"}}
            for one in range(number * 1_000, number * 1_000 + 250)
        )
        return json.dumps(list(people), separators=(",", ":")).encode()

    read = CRM.listing(Query("people"), 1).pieces
    assert read is not None
    bodies = [page(number) for number in range(8)]
    assert len(read(bodies[0]) or ()) == 250
    gc.collect()
    before = sys.getallocatedblocks()
    for body in bodies:
        read(body)
    gc.collect()
    assert sys.getallocatedblocks() - before < 1_000  # two texts each would be four thousand
