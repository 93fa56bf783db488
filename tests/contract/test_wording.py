"""What the documents leave open may come in any of its forms: nothing is lost or said wrongly.

The demo answers, and what it answers is put in another of the forms that its documents, other
clients or the family's servers know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from csc_tui.domain.query import Query
from csc_tui.http.message import Request, Response
from csc_tui.services.sync import Sync
from tests.contract.conftest import Ground

Wording = Callable[[Request, Response], Response]


def each(change: Callable[[str, Any], Any]) -> Wording:
    """Every key of every object gets another value."""

    def reworded(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reworded(change(key, one)) for key, one in value.items()}
        return [reworded(one) for one in value] if isinstance(value, list) else value

    return lambda _, response: response._replace(data=reworded(response.data))


def timed(form: Callable[[str], object]) -> Wording:
    """Every time of a record's life is said in another form."""
    return each(lambda key, value: form(value) if key in TIMES and value else value)


TIMES = ("created_at", "updated_at", "stream_updated_at", "last_contacted_at", "date")


def written(status: int, data: object = None) -> Wording:
    """What was written is answered so; a new record still says its id, or nobody knows it."""

    def answered(request: Request, response: Response) -> Response:
        if request.method == "GET" or response.status >= 300:
            return response
        if request.method == "POST":
            return response._replace(status=200)
        return response._replace(status=status, data=data)

    return answered


def unwrapped(value: Any) -> Any:
    """A record without the key that its kind is named by."""
    if isinstance(value, dict) and len(value) == 1:
        (inner,) = value.values()
        return inner if isinstance(inner, dict) else value
    return value


def bare(_: Request, response: Response) -> Response:
    found = response.data
    items = [unwrapped(one) for one in found] if isinstance(found, list) else unwrapped(found)
    return response._replace(data=items)


def identified(key: str, value: Any) -> Any:
    return str(value) if (key == "id" or key.endswith("_id")) and value is not None else value


def emptied(key: str, value: Any) -> Any:
    return "" if value is None and not key.endswith(("_at", "_date")) else value


WORDINGS: dict[str, Wording] = {
    "times without a zone": timed(lambda text: text[:19]),
    "times with a blank": timed(lambda text: f"{text[:10]} {text[11:19]}"),
    "times in UTC": timed(lambda text: f"{text[:19]}Z"),
    "no times": timed(lambda _: None),
    "ids as texts": each(identified),
    "records without wrappers": bare,
    "empty texts for null": each(emptied),
    "null for empty lists": each(lambda _, value: None if value == [] else value),
    "204 for what was written": written(204),
    "200 and null": written(200, None),
    "200 and a message": written(200, {"message": "updated"}),
}


@pytest.mark.parametrize("wording", WORDINGS.values(), ids=WORDINGS)
async def test_records_are_fetched_shown_changed_and_deleted(
    ground: Ground, wording: Wording
) -> None:
    terminal = ground.terminal
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}], tags=["VIP"])
    terminal.line.wording = wording
    sync = Sync(terminal.desk)
    (outcome,) = await sync.run(await sync.plan([Query("companies")], whole=True))
    assert outcome.records == outcome.stored > ground.demo.companies / 2

    record = await ground.shown(ref)
    assert not record.unreadable
    assert [one.text() for one in record.phones] == [ground.number(1)]
    assert [one.text() for one in record.tags] == ["VIP"]
    await terminal.save(ref, first_name="Berta")
    await terminal.add(ref, "tags", name="Messe")
    (made,) = await terminal.create("companies", name=f"Neu {ref.id}")
    await terminal.settled()
    assert terminal.box.outbox == 0, terminal.box.entries()
    there = ground.colleague.record(ref)
    assert (there.first_name, there.last_name) == ("Berta", record.last_name)
    assert sorted(one.text() for one in there.tags) == ["Messe", "VIP"]
    (done,) = [one for one in await terminal.box.journal() if one.client_id == made.client_id]
    assert ground.colleague.record(done.record).name == f"Neu {ref.id}"

    await terminal.delete(ref)
    await terminal.settled()
    assert terminal.box.outbox == 0, terminal.box.entries()
    assert not ground.colleague.there(ref)
