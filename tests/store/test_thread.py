"""The store's one thread: order, cancelling, two stores on one file."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from csc_tui.store.database import Database
from csc_tui.store.store import Store
from csc_tui.store.thread import DatabaseThread
from tests.fake_clock import FakeClock
from tests.live_demo import PATIENCE
from tests.store.made import PEOPLE, ids, person, put

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


async def test_a_read_that_nobody_waits_for_stops(folder: Path) -> None:
    thread = DatabaseThread(Database(folder, FakeClock()))
    begun = threading.Event()

    def endless(db: sqlite3.Connection) -> int:
        begun.set()
        return int(db.execute(ENDLESS).fetchone()[0])

    task = asyncio.create_task(thread.read(endless))
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await thread.read(lambda db: db.execute("SELECT 7").fetchone()[0]) == 7
    await thread.close()


async def test_a_read_that_is_cancelled_in_the_queue_never_runs(folder: Path) -> None:
    thread = DatabaseThread(Database(folder, FakeClock()))
    gate, ran = threading.Event(), []
    first = asyncio.create_task(thread.read(lambda _: gate.wait(PATIENCE)))
    second = asyncio.create_task(thread.read(lambda _: ran.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.set()
    assert await first is True
    await thread.close()
    assert ran == []


async def test_a_write_is_carried_out_though_its_caller_is_gone(folder: Path) -> None:
    thread = DatabaseThread(Database(folder, FakeClock()))
    gate, ran = threading.Event(), []
    first = asyncio.create_task(thread.write(lambda _: gate.wait(PATIENCE)))
    second = asyncio.create_task(thread.write(lambda _: ran.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.set()
    await first
    await thread.close()
    assert ran == ["second"]


async def test_a_mistake_in_the_work_is_raised(folder: Path) -> None:
    thread = DatabaseThread(Database(folder, FakeClock()))
    with pytest.raises(sqlite3.OperationalError):
        await thread.read(lambda db: db.execute("SELECT nonsense"))
    with pytest.raises(sqlite3.OperationalError):
        await thread.write(lambda db: db.execute("INSERT INTO nowhere VALUES (1)"))
    await thread.close()


async def test_a_page_that_cannot_be_saved_whole_is_not_saved(store: Store) -> None:
    await put(store, person(1, "A, A"))
    broken = person(2, "B, B")._replace(version=None)
    with pytest.raises(AttributeError):
        await store.save_page("people", PEOPLE, 1, [person(3, "C, C"), broken], 200.0)
    assert ids(await store.page(PEOPLE, 1)) == ["1"]
    assert await store.how_many("people") == 1


async def test_two_stores_on_one_file_see_each_other(folder: Path) -> None:
    first, second = (Store.open(folder, FakeClock()) for _ in range(2))
    await put(first, person(1, "A, A"))
    assert ids(await second.page(PEOPLE, 1)) == ["1"]
    await put(second, person(2, "B, B"), person(1, "A, A"))
    assert ids(await first.page(PEOPLE, 1)) == ["2", "1"]
    assert len(await first.search("people", "b")) == 1
    await first.close()
    await second.close()


async def test_two_stores_that_write_at_once_lose_nothing(folder: Path) -> None:
    stores = [Store.open(folder, FakeClock()) for _ in range(2)]
    pages = range(1, 9)

    async def fill(store: Store, name: str) -> None:
        for page in pages:
            people = [person(f"{name}{page}-{n}", f"{name}{page}, {n}") for n in range(40)]
            await store.save_page("people", f"people?{name}", page, people, 1.0)

    await asyncio.gather(fill(stores[0], "a"), fill(stores[1], "b"))
    for store, other in zip(stores, "ba", strict=True):
        assert store.notices == ()
        assert await store.how_many("people") == 2 * 8 * 40
        kept = [ids(await store.page(f"people?{other}", page)) for page in pages]
        assert kept == [[f"{other}{page}-{n}" for n in range(40)] for page in pages]
    for store in stores:
        await store.close()


async def test_two_that_open_a_new_file_at_once_agree(folder: Path) -> None:
    opened = await asyncio.gather(
        *(asyncio.to_thread(Store.open, folder, FakeClock()) for _ in range(6))
    )
    assert [store.notices for store in opened] == [()] * 6
    await put(opened[0], person(1, "A, A"))
    assert [await store.how_many("people") for store in opened] == [1] * 6
    for store in opened:
        await store.close()
