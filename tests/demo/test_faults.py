"""Faults on order, over a real socket where the connection itself is at fault."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from csc_tui.demo.faults import BadFault, Fault, from_json, from_text

from .conftest import Crm, Running

JUERGEN = 90417


def order(crm: Crm, *faults: dict[str, Any]) -> None:
    response = crm.client.request("POST", "/demo/faults", json=list(faults))
    assert response.status_code == 200, response.text


def title(crm: Crm) -> object:
    return crm.get(f"people/{JUERGEN}")["person"]["title"]


def test_a_status_comes_instead_of_the_work_as_often_as_ordered(crm: Crm) -> None:
    fault = {
        "kind": "status",
        "method": "PUT",
        "path": "/people/*",
        "status": 503,
        "count": 2,
        "body": "Sorry",
        "headers": {"Retry-After": "7"},
    }
    order(crm, fault)
    before = title(crm)
    for _ in range(2):
        response = crm.send("PUT", f"people/{JUERGEN}", {"person": {"title": "Neu"}})
        assert (response.status_code, response.text) == (503, "Sorry")
        assert response.headers["retry-after"] == "7"
    assert title(crm) == before
    told = [(one["status"], one["work"]) for one in crm.demo.journal.shown()]
    assert [one for one in told if one[0] == 503] == [(503, None)] * 2
    crm.put(f"people/{JUERGEN}", {"person": {"title": "Neu"}})
    assert title(crm) == "Neu"


def test_a_status_can_come_after_the_work(crm: Crm) -> None:
    body = {"message": "internal error"}
    order(crm, {"kind": "status", "method": "PUT", "status": 500, "when": "after", "body": body})
    response = crm.send("PUT", f"people/{JUERGEN}", {"person": {"title": "Neu"}})
    assert (response.status_code, response.json()) == (500, body)
    assert title(crm) == "Neu"
    told = crm.demo.journal.shown()[0]
    assert (told["status"], told["work"]) == (500, 200)


def test_nonsense_and_truncated_json(crm: Crm) -> None:
    whole = crm.send("GET", f"people/{JUERGEN}").text
    order(crm, {"kind": "nonsense", "body": "<html>"}, {"kind": "truncate", "path": "/companies"})
    answer = crm.send("GET", f"people/{JUERGEN}")
    assert (answer.status_code, answer.text) == (200, "<html>")
    order(crm, {"kind": "truncate", "path": "~/people/[0-9]+"})
    half = crm.send("GET", f"people/{JUERGEN}")
    assert half.status_code == 200
    assert half.text == whole[: len(half.text)]
    assert len(half.text) < len(whole)


@pytest.mark.parametrize(("when", "last"), [("before", "Neu"), ("after", "B")])
def test_a_colleague_edits_in_between(crm: Crm, when: str, last: str) -> None:
    changes = {"title": "B", "background": "vom Kollegen"}
    fault = {"kind": "colleague", "method": "PUT", "when": when, "changes": changes, "count": 1}
    order(crm, fault)
    crm.put(f"people/{JUERGEN}", {"person": {"title": "Neu"}})
    person = crm.get(f"people/{JUERGEN}")["person"]
    assert (person["title"], person["background"]) == (last, "vom Kollegen")
    author = crm.user if when == "before" else crm.colleague
    assert person["updated_by_user_id"] == author


def test_a_colleague_edits_the_record_that_is_named_while_a_list_is_read(crm: Crm) -> None:
    edit = {"kind": "colleague", "path": "/people", "changes": {"title": "K"}}
    order(crm, {**edit, "record": f"people/{JUERGEN}"})
    listed = crm.get("people")[0]["person"]
    assert (listed["id"], listed["title"]) == (JUERGEN, "K")


@pytest.mark.parametrize("part", ["contact_details", "protocols"])
def test_a_colleague_edits_parts_and_notes_too(crm: Crm, part: str) -> None:
    item = next(iter(crm.get(f"people/{JUERGEN}/{part}")[0].values()))
    path = f"people/{JUERGEN}/{part}/{item['id']}"
    order(crm, {"kind": "colleague", "changes": {"name": "neu"}, "path": f"/{path}", "count": 1})
    assert next(iter(crm.get(path).values()))["name"] == "neu"


def test_a_colleagues_edit_of_what_is_gone_changes_nothing(crm: Crm) -> None:
    order(crm, {"kind": "colleague", "record": "people/1", "changes": {"title": "x"}})
    assert crm.get("people/count")["total_entries"] > 0


def test_latency_lets_other_requests_pass(live: Running) -> None:
    with live.client() as slow, live.client() as quick:
        fault = {"kind": "latency", "path": "/people", "seconds": 600}
        slow.post("/demo/faults", json=[fault])
        with pytest.raises(httpx.ReadTimeout):
            slow.get("/api/people", timeout=0.2)
        assert quick.get("/api/people/count").status_code == 200
        assert [one["status"] for one in quick.get("/demo/log").json()] == [None, 200]


@pytest.mark.parametrize(("when", "done"), [("before", False), ("after", True)])
def test_a_dropped_connection_before_or_after_the_work(
    live: Running, when: str, done: bool
) -> None:
    with live.client() as client:
        count = client.get("/api/people/count").json()["total_entries"]
        fault = {"kind": "drop", "method": "POST", "when": when, "count": 1}
        client.post("/demo/faults", json=[fault])
        body = {"person": {"name": f"Drop {when}"}}
        with pytest.raises(httpx.TransportError):
            client.post("/api/people", json=body)
        assert client.get("/demo/log").json()[-1]["status"] is None
        assert client.get("/api/people/count").json()["total_entries"] == count + done
        assert client.post("/api/people", json=body).status_code == 201


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_an_answer_that_is_cut_off(live: Running, encoding: str) -> None:
    with live.client() as client:
        client.post("/demo/faults", json=[{"kind": "cut", "path": "/people"}])
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/api/people", headers={"Accept-Encoding": encoding})


def test_a_fault_draws_its_chance_with_its_seed() -> None:
    def drawn(seed: int) -> list[bool]:
        fault = Fault("drop", probability=0.5, seed=seed)
        return [fault.strikes("GET", "/people") for _ in range(40)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert set(drawn(1)) == {True, False}


@pytest.mark.parametrize(
    ("pattern", "path", "struck"),
    [
        ("/people", "/people", True),
        ("/people", "/people/1", False),
        ("/people/*", "/people/1", True),
        ("/people/*", "/people/1/addrs", False),
        ("/people/**", "/people/1/addrs", True),
        ("**/addrs", "/people/1/addrs", True),
        ("~/(people|companies)/[0-9]+", "/companies/7", True),
        ("~/people", "/people/7", False),
    ],
)
def test_which_paths_a_pattern_matches(pattern: str, path: str, struck: bool) -> None:
    assert Fault("drop", path=pattern).strikes("GET", path) is struck


def test_a_fault_is_ordered_in_words_or_in_json() -> None:
    words = from_text("PUT /people/* status status=500 count=2 'body=so sorry'")
    assert (words.method, words.status, words.count, words.body) == ("PUT", 500, 2, "so sorry")
    json = from_text('{"kind": "latency", "seconds": 0.5}')
    assert (json.kind, json.seconds, json.method) == ("latency", 0.5, "*")


@pytest.mark.parametrize(
    "given",
    [
        *({}, [], {"kind": "flood"}, {"kind": "drop", "when": "never"}, {"kind": "colleague"}),
        *({"kind": "drop", "path": "~("}, {"kind": "drop", "colour": 1}),
        *({"kind": "latency", "seconds": "long"}, {"kind": "drop", "count": True}),
    ],
)
def test_a_fault_that_cannot_be_understood_is_refused(crm: Crm, given: Any) -> None:
    with pytest.raises(BadFault):
        from_json(given)
    response = crm.client.request("POST", "/demo/faults", json=[given])
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("text", ["", "GET /people", "GET /people drop 'x", "{", "* ** nothing"])
def test_words_that_are_no_fault(text: str) -> None:
    with pytest.raises(BadFault):
        from_text(text)


@pytest.mark.parametrize("text", ["GET /people", "GET /people status=503"])
def test_a_fault_in_too_few_words_is_told_how_it_is_written(text: str) -> None:
    with pytest.raises(BadFault, match="METHOD PATH KIND NAME=VALUE"):
        from_text(text)


def test_faults_are_replaced_shown_with_what_is_left_and_removed(crm: Crm) -> None:
    order(crm, {"kind": "drop"})
    order(crm, {"kind": "status", "status": 418, "count": 2})
    assert crm.send("GET", "people").status_code == 418
    (left,) = crm.client.request("GET", "/demo/faults").json()
    assert (left["kind"], left["count"]) == ("status", 1)
    assert crm.client.request("POST", "/demo/faults", json={"kind": "drop"}).status_code == 400
    assert crm.client.request("POST", "/demo/faults", content=b"{").status_code == 400
    assert crm.client.request("DELETE", "/demo/faults").json() == []
    crm.get("people")
