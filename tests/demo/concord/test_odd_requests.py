"""Odd requests get an answer of the dialect, never a crash."""

from __future__ import annotations

import pytest

from csc_tui.demo.concord.kinds import KINDS

from .conftest import Crm

ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 2**70, 1.5, "", " ", "\0", "ü" * 300, [], [[]], [None], [{}], {}),
    *({"a": {"b": [1]}}, [1, "x", None, {"id": 4411}], {"number": []}, [{"number": [1]}], "1,2|x"),
)
QUERIES = (
    *("page=-1", "page=x", "page=99999999999999999999", "per_page=-5", "per_page=1e3", "order=|"),
    *("order=id|sideways", "order[]=id", "order[0]=id", "order[field][x]=id", "order[x][y][z]=1"),
    *("select=;", "select[]=id", "with[a][b]=c", "with=;;", "q[]=x", "q[a]=b", "q=%00&take=-1"),
    *("q=x&search_fields[]=email", "q=x&search_fields=:", "q=x&search_match[]=and", "q=1&take=x"),
    *("filters=x", "filters[]=x", "filters[children]=x", "filters[children][0][type]=rule"),
    *("filters[children][0][query][rule]=id&filters[children][0][query][operator]=between",),
    *("[", "]", "a[[b]]=1", "=&=", "a[b=1", "filters" + "[children][0][query]" * 40 + "=1"),
)


@pytest.mark.parametrize("name", ["contacts", "deals", "pipelines"])
@pytest.mark.parametrize("query", QUERIES)
def test_odd_queries(crm: Crm, name: str, query: str) -> None:
    for path in (name, f"{name}/search"):
        response = crm.send("GET", f"{path}?{query}")
        assert response.status_code in (200, 403, 500)
        assert response.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("name", ["contacts", "deals", "activities", "calls", "pipelines", "users"])
def test_odd_values_in_every_key(crm: Crm, name: str) -> None:
    kind = KINDS[name]
    first = crm.get(name, per_page=1)["data"][0]["id"]
    more = ("phones", "tags", "companies", "associations", "guests", "stages", "billable")
    keys = {one.name for one in kind.attributes} | set(more)
    keys |= {one["attribute"] for one in crm.get(f"{name}/create-fields")}
    pairs = [(key, value) for key in sorted(keys) for value in ODD]
    for number, (key, value) in enumerate(pairs):
        method, path = ("POST", name) if number % 3 == 0 else ("PUT", f"{name}/{first}")
        response = crm.send(method, path, {key: value})
        assert response.status_code in (200, 201, 409, 422), (key, value, response.text)
        assert response.json()


@pytest.mark.parametrize("body", ODD)
def test_odd_bodies(crm: Crm, body: object) -> None:
    deal = crm.deal()["id"]
    for method, path in (
        *(("POST", "contacts"), ("PUT", "contacts/90417"), ("PUT", "associations/contacts/90417")),
        *(("POST", "associations/contacts/90417"), ("DELETE", "associations/contacts/90417")),
        *(("POST", f"deals/{deal}/billable"), ("POST", "custom-fields"), ("POST", "tags/order")),
        *(("POST", "tags"), ("POST", "notes"), ("DELETE", "contacts/90418")),
    ):
        response = crm.send(method, path, body)
        assert response.status_code < 500 or response.json() == {"message": "Server Error"}, path


@pytest.mark.parametrize("products", [[value] for value in ODD])
def test_odd_products(crm: Crm, products: list[object]) -> None:
    path = f"deals/{crm.deal()['id']}/billable"
    lines = [*products, *({"name": "x", "qty": value} for value in products)]
    for body in ({"products": lines}, {"products": products}, {"removed_products": products}):
        assert crm.send("POST", path, body).status_code in (200, 422)
