"""Records in the store: kept as the server sent them, newest answer wins."""

import pytest

from csc_tui.domain.ref import Ref
from csc_tui.store.rows import StoredChoice, StoredLookup, StoredRecord
from csc_tui.store.store import Store
from tests.store.made import PEOPLE, company, person, put


async def test_a_record_comes_back_as_it_was_sent(store: Store) -> None:
    await put(store, person("42", "Müller, J", version="v7"))
    kept = StoredRecord("42", '{"id": "42", "version": "v7"}', "v7", 100.0)
    assert await store.record(Ref("people", "42")) == kept
    assert await store.record(Ref("people", "43")) is None
    assert await store.record(Ref("companies", "42")) is None


async def test_many_records_at_once(store: Store) -> None:
    await put(store, *(person(n, f"N{n}, X") for n in range(600)))
    kept = await store.records("people", [str(n) for n in range(0, 1200, 2)])
    assert sorted(map(int, kept)) == list(range(0, 600, 2))
    assert await store.records("people", []) == {}


@pytest.mark.parametrize("id_", ["7c0e-uuid", "ä 'quoted'", "0042", "", "x" * 500, "a\ud800"])
async def test_ids_are_any_text(store: Store, id_: str) -> None:
    await put(store, person(id_, "A, A"), person("42", "B, B"))
    assert await store.names("people", [id_]) != {}
    assert await store.place(PEOPLE, id_) == (1, 0)
    await store.forget(Ref("people", id_))
    assert await store.names("people", [id_, "42"]) == {"42": "B, B"}


@pytest.mark.parametrize(
    ("at", "kept"),
    [(100.0, "new"), (160.0, "new"), (99.0, "old"), (41.0, "old"), (39.0, "new"), (0.0, "new")],
)
async def test_an_overtaken_answer_does_not_win(store: Store, at: float, kept: str) -> None:
    """Unless it is so old that the machine's clock must have been set back."""
    await store.save_records("people", [person(1, "A, A", version="old")], 100.0)
    await store.save_records("people", [person(1, "A, A", version="new")], at)
    record = await store.record(Ref("people", "1"))
    assert record is not None
    assert record.version == kept


async def test_a_page_that_was_overtaken_still_has_its_rows(store: Store) -> None:
    await store.save_records("people", [person(1, "New, N", version="v2")], 100.0)
    await store.save_page("people", PEOPLE, 1, [person(1, "Old, O"), person(2, "B, B")], 99.0)
    page = await store.page(PEOPLE, 1)
    assert page is not None
    assert [row.cells[0] for row in page.rows] == ["New, N", "B, B"]


async def test_how_many_are_here(store: Store) -> None:
    assert await store.how_many("people") == 0
    await put(store, person(1, "A, A"), person(2, "B, B"))
    await store.save_records("people", [person(2, "B, B"), person(3, "C, C")], 100.0)
    await store.save_records("companies", [company(1, "C")], 100.0)
    assert await store.how_many("people") == 3
    await store.forget(Ref("people", "3"))
    assert await store.how_many("people") == 2


async def test_a_forgotten_record_can_come_back(store: Store) -> None:
    await put(store, person(1, "A, A"))
    await store.forget(Ref("people", "1"))
    await put(store, person(2, "B, B"), person(1, "A, A"))
    assert await store.names("people", ["1", "2"]) == {"1": "A, A", "2": "B, B"}


async def test_lookups(store: Store) -> None:
    assert await store.lookup("users") is None
    await store.save_lookup("users", [("301", "Sabine Krüger", ""), ("302", "N", "note")], 50.0)
    await store.save_lookup("tags", [], 60.0)
    users = (StoredChoice("301", "Sabine Krüger"), StoredChoice("302", "N", "note"))
    assert await store.lookup("users") == StoredLookup(users, 50.0)
    await store.save_lookup("users", [("303", "O", "")], 70.0)
    assert await store.lookup("users") == StoredLookup((StoredChoice("303", "O"),), 70.0)
    assert await store.lookup("tags") == StoredLookup((), 60.0)


async def test_small_settings(store: Store) -> None:
    assert await store.value("account") is None
    await store.set_value("account", "77")
    await store.set_value("account", "78 ä")
    assert await store.value("account") == "78 ä"
