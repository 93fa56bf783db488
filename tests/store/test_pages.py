"""Lists in the store: sparse pages of records that change, move up and go stale."""

from pathlib import Path

import pytest

from csc_tui.domain.query import Query, Sort
from csc_tui.domain.ref import Ref
from csc_tui.store.rows import Boundary, Row, Saved, StoredPage, Total
from csc_tui.store.store import Store
from tests.fake_clock import FakeClock
from tests.store.made import COMPANIES, PEOPLE, company, ids, person

NEWEST = Query("people", Sort("updated", descending=True)).key


def people(first: int, count: int) -> list[Saved]:
    return [person(n, f"Name {n:05}, X") for n in range(first, first + count)]


async def save(store: Store, page: int, saved: list[Saved], at: float = 100.0) -> None:
    await store.save_page("people", PEOPLE, page, saved, at)


async def test_a_page_comes_back_as_it_was_saved(store: Store) -> None:
    await save(store, 3, [person(2, "B, B", "Köln"), person(1, "A, A")], at=123.5)
    rows = (Row("2", ("B, B", "Köln", ""), "v1"), Row("1", ("A, A", ""), "v1"))
    assert await store.page(PEOPLE, 3) == StoredPage(rows, 123.5)


async def test_pages_are_sparse_and_lists_apart(store: Store) -> None:
    await save(store, 3, people(1, 2))
    await store.save_page("companies", COMPANIES, 3, [company(1, "C")], 100.0)
    assert await store.page(PEOPLE, 2) is None
    assert await store.page(NEWEST, 3) is None
    assert ids(await store.page(COMPANIES, 3)) == ["1"]


async def test_a_page_is_replaced_whole(store: Store) -> None:
    await save(store, 1, people(1, 5))
    await save(store, 1, [*people(9, 1), *people(4, 2)], at=200.0)
    page = await store.page(PEOPLE, 1)
    assert (ids(page), page and page.at) == (["9", "4", "5"], 200.0)


async def test_an_empty_page_is_known_to_be_empty(store: Store) -> None:
    await save(store, 1, people(1, 5))
    await save(store, 1, [], at=200.0)
    assert await store.page(PEOPLE, 1) == StoredPage((), 200.0)


async def test_a_record_twice_on_a_page_stands_there_twice(store: Store) -> None:
    await save(store, 1, [*people(1, 2), *people(1, 1)])
    assert ids(await store.page(PEOPLE, 1)) == ["1", "2", "1"]
    assert await store.how_many("people") == 2


async def test_the_first_paint_needs_no_event_loop(folder: Path) -> None:
    store = Store.open(folder, FakeClock())
    await save(store, 1, people(1, 3))
    await store.save_total(PEOPLE, 3, 100.0)
    await store.set_value("sort:people", "name")
    await store.close()
    again = Store.open(folder, FakeClock())
    page, total = again.first_page(PEOPLE, 1)
    assert (ids(page), total) == (["1", "2", "3"], 3)
    assert again.first_page(NEWEST, 1) == (None, None)
    assert again.value_now("sort:people") == "name"
    assert again.value_now("sort:companies") is None
    await again.close()


async def test_totals(store: Store) -> None:
    assert await store.total(PEOPLE) is None
    await store.save_total(PEOPLE, 12_345, 100.0)
    await store.save_total(PEOPLE, 12_346, 160.0)
    assert await store.total(PEOPLE) == Total(12_346, 160.0)
    await save(store, 1, people(1, 1))
    assert await store.total(PEOPLE) == Total(12_346, 160.0)
    assert await store.total(NEWEST) is None


async def test_a_read_back_shows_on_every_page(store: Store) -> None:
    await save(store, 1, people(1, 3))
    await store.save_page("people", NEWEST, 1, people(2, 1), 100.0)
    await store.save_records("people", [person(2, "Neu, N", version="v2")], 150.0)
    for key, place in ((PEOPLE, 1), (NEWEST, 0)):
        page = await store.page(key, 1)
        assert page is not None
        assert page.rows[place] == Row("2", ("Neu, N", ""), "v2")
        assert page.at == 100.0


async def test_after_a_create_all_lists_of_the_resource_are_stale_but_there(store: Store) -> None:
    await save(store, 1, people(1, 3))
    await store.save_page("people", NEWEST, 2, people(1, 3), 100.0)
    await store.save_page("companies", COMPANIES, 1, [company(1, "C")], 100.0)
    await store.save_total(PEOPLE, 3, 100.0)
    await store.save_total(COMPANIES, 1, 100.0)
    await store.drop_pages("people")
    page, other = await store.page(PEOPLE, 1), await store.page(NEWEST, 2)
    assert (ids(page), page and page.at, other and other.at) == (["1", "2", "3"], 0.0, 0.0)
    assert await store.total(PEOPLE) == Total(3, 0.0)
    company_page = await store.page(COMPANIES, 1)
    assert company_page is not None
    assert company_page.at == 100.0
    assert await store.total(COMPANIES) == Total(1, 100.0)


async def test_a_deleted_record_leaves_no_gap(store: Store) -> None:
    await save(store, 1, people(1, 4))
    await save(store, 2, people(5, 4))
    await save(store, 3, people(9, 4))
    await store.save_page("people", NEWEST, 1, [*people(6, 1), *people(1, 1)], 100.0)
    await store.save_total(PEOPLE, 12, 100.0)
    await store.forget(Ref("people", "6"))
    pages = [await store.page(PEOPLE, number) for number in (1, 2, 3)]
    assert [ids(page) for page in pages] == [
        ["1", "2", "3", "4"],
        ["5", "7", "8"],
        ["9", "10", "11", "12"],
    ]
    assert [page.at for page in pages if page] == [100.0, 0.0, 0.0]
    assert ids(await store.page(NEWEST, 1)) == ["1"]
    assert await store.place(PEOPLE, "7") == (2, 1)
    assert await store.place(PEOPLE, "6") is None
    assert await store.total(PEOPLE) == Total(11, 0.0)


async def test_deleting_a_record_that_stands_twice(store: Store) -> None:
    await save(store, 1, [*people(1, 2), *people(1, 1), *people(3, 1)])
    await store.forget(Ref("people", "1"))
    assert ids(await store.page(PEOPLE, 1)) == ["2", "3"]
    assert await store.place(PEOPLE, "3") == (1, 1)


async def test_deleting_what_is_not_here_changes_nothing(store: Store) -> None:
    await save(store, 1, people(1, 2))
    await store.forget(Ref("people", "77"))
    await store.forget(Ref("deals", "1"))
    assert ids(await store.page(PEOPLE, 1)) == ["1", "2"]


@pytest.mark.parametrize(
    ("id_", "place"), [("7", (1, 0)), ("9", (1, 2)), ("20", (3, 0)), ("1", None)]
)
async def test_where_a_record_stands(store: Store, id_: str, place: tuple[int, int] | None) -> None:
    await save(store, 1, people(7, 3))
    await save(store, 3, people(20, 3))
    assert await store.place(PEOPLE, id_) == place
    assert await store.place(NEWEST, id_) is None


async def test_the_ends_of_known_pages_for_a_jump(store: Store) -> None:
    await save(store, 5, [person(1, "Öztürk, E"), person(2, "Peter, A"), person(3, "Weiß, Z")])
    await save(store, 2, [person(4, "Bär, B")])
    await save(store, 3, [])
    assert await store.boundaries(PEOPLE) == [
        Boundary(2, "bar, b", "bar, b"),
        Boundary(5, "ozturk, e", "weiss, z"),
    ]
    assert await store.boundaries(NEWEST) == []
