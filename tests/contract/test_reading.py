"""What every CRM's lists, records and searches come to."""

from __future__ import annotations

from csc_tui.domain.query import Query
from csc_tui.domain.ref import CUSTOM
from csc_tui.services.browse import Listing
from csc_tui.services.desk import parse_raw
from csc_tui.services.search import Search
from csc_tui.services.totals import totals
from tests.contract.conftest import Ground
from tests.live_desk import until


def listing(ground: Ground, resource: str) -> Listing:
    desk = ground.terminal.desk
    tab = desk.tab(resource)
    assert tab is not None
    return Listing(desk, Query(resource, tab.sorts[0].sort), tab)


async def test_a_list_is_whole_in_order_and_without_doubles(ground: Ground) -> None:
    for resource in [tab.name for tab in ground.terminal.desk.tabs]:
        rows = listing(ground, resource)
        rows.show(0, 20)
        await until(ground.terminal.desk, lambda rows=rows: rows.total and rows.row(0))  # type: ignore[misc]
        assert rows.total is not None
        pages = -(-rows.total // rows.page_rows)
        found = [row for n in range(1, pages + 1) for row in await rows.load_page(n)]
        assert len(found) == len({row.id for row in found}) == rows.total
        assert all(row.cells[0] for row in found)
        rows.close()


async def test_the_end_is_one_page(ground: Ground) -> None:
    rows = listing(ground, ground.dialect.people)
    rows.show(0, 20)
    await until(ground.terminal.desk, lambda: rows.total and rows.row(0))
    assert rows.total is not None
    last = rows.total - 1
    ground.demo.forget()
    rows.look()
    rows.show(last - 5, last)
    await until(ground.terminal.desk, lambda: rows.row(last))
    assert len(ground.demo.requests()) == 1
    rows.close()


async def test_totals_are_the_servers(ground: Ground) -> None:
    ground.demo.forget()
    found = {tab.name: total for tab, total in await totals(ground.terminal.desk)}
    assert found[ground.dialect.people] >= ground.demo.people
    assert found["companies"] >= ground.demo.companies
    assert len(ground.demo.requests()) == len(found) == 2


async def test_a_record_opens_with_its_parts_and_keys_that_nobody_knows(ground: Ground) -> None:
    ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}], tags=["VIP"])
    record = await ground.shown(ref)
    assert not record.unreadable
    assert not record.lacks
    assert [one.text() for one in record.phones] == [ground.number(1)]
    assert [one.text() for one in record.tags] == ["VIP"]
    assert record.head().title.startswith("Anna ")
    stored = await ground.terminal.desk.store.record(ref)
    assert stored is not None
    unknown = parse_raw(stored.raw).keys() - type(record).model_fields.keys()
    assert unknown
    assert record.model_extra


async def test_a_record_is_found_by_name_and_phone(ground: Ground) -> None:
    desk = ground.terminal.desk
    ref = ground.person(phones=[{"number": ground.number(9), "kind": "other"}])
    name = ground.colleague.record(ref).last_name
    tab = desk.tab(ground.dialect.people)
    assert tab is not None
    for text in (name, f"Anna {name}", ground.number(9)):
        await desk.store.forget(ref)
        search = Search(desk, tab, lambda: None, lambda: range(3))
        search.look_for(text)
        search.ask_now()
        await until(desk, lambda search=search: search.asked or search.failed)  # type: ignore[misc]
        assert ref.id in {row.id for row in search.there}, text
        search.close()


async def test_custom_fields_are_found_out_and_can_be_typed(ground: Ground) -> None:
    desk = ground.terminal.desk
    await desk.lookups.need("fields")
    kinds = {one.kind for one in desk.resources[ground.dialect.people].fields
             if one.name.startswith(CUSTOM)}  # fmt: skip
    assert ground.dialect.custom in kinds


async def test_options_have_words(ground: Ground) -> None:
    desk = ground.terminal.desk
    users = await desk.lookups.need("users")
    assert users
    assert all(one.value and one.words for one in users)
