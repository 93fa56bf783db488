"""The cache file: what is done about files and folders that cannot be used."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from csc_tui.store.database import FILE, VERSION, Database
from csc_tui.store.notice import Notice, NoticeCode
from csc_tui.store.store import Store
from tests.fake_clock import START, FakeClock
from tests.store.made import PEOPLE, ids, person, put

MOMENT = time.strftime("%Y%m%dT%H%M%S", time.localtime(START))


async def filled(folder: Path, count: int = 500) -> None:
    store = Store.open(folder, FakeClock())
    await put(store, *(person(n, f"Name {n}, X", phones=["0221 1"]) for n in range(count)))
    await store.close()


def garbage(file: Path) -> None:
    file.write_bytes(b"\x17garbage" * 5_000)


def cut_off(file: Path) -> None:
    with file.open("r+b") as handle:
        handle.truncate(file.stat().st_size // 2 + 100)


def other_tables(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE rows (something TEXT)")


def lacking_a_table(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("DROP TABLE finds")


@pytest.mark.parametrize("damage", [garbage, cut_off, other_tables, lacking_a_table])
async def test_a_damaged_cache_is_set_aside(folder: Path, damage: Callable[[Path], None]) -> None:
    await filled(folder)
    damage(folder / FILE)
    before = (folder / FILE).read_bytes()[100:]
    store = Store.open(folder, FakeClock())
    aside = f"cache.damaged-{MOMENT}.sqlite3"
    assert store.notices == (Notice(NoticeCode.DAMAGED, {"file": aside}),)
    assert (folder / aside).read_bytes()[100:] == before
    assert stat.S_IMODE((folder / aside).stat().st_mode) == 0o600
    assert store.first_page(PEOPLE, 1) == (None, None)
    await put(store, person(1, "A, A"))
    await store.close()
    assert ids(Store.open(folder, FakeClock()).first_page(PEOPLE, 1)[0]) == ["1"]


async def test_damage_found_later_is_told_once_and_the_work_is_done(folder: Path) -> None:
    await filled(folder)
    store = Store.open(folder, FakeClock())
    told: list[Notice] = []
    store.on_notice(told.append)
    size = (folder / FILE).stat().st_size
    with (folder / FILE).open("r+b") as handle:
        for page in range(2, size // 4096):
            handle.seek(page * 4096)
            handle.write(b"\xff" * 4096)
    assert store.notices == ()
    await put(store, person(1, "A, A"))
    assert ids(await store.page(PEOPLE, 1)) == ["1"]
    assert told == [Notice(NoticeCode.DAMAGED, {"file": f"cache.damaged-{MOMENT}.sqlite3"})]
    assert not store.in_memory
    await store.close()


async def test_no_shared_memory_on_a_network_file_system(folder: Path) -> None:
    database = Database(folder, FakeClock(), network=lambda _: "nfs4")
    assert database.notices == [Notice(NoticeCode.NO_WAL, {"kind": "nfs4"})]
    first, second = Store(database), Store.open(folder, FakeClock())
    await put(first, person(1, "A, A"))
    assert ids(await second.page(PEOPLE, 1)) == ["1"]
    await second.close()
    await first.close()


async def test_a_cache_moved_to_a_network_file_system_leaves_wal(folder: Path) -> None:
    await filled(folder, 3)
    database = Database(folder, FakeClock(), network=lambda _: "nfs4")
    mode = database.connection.execute("PRAGMA journal_mode").fetchone()[0]
    store = Store(database)
    assert (mode, await store.how_many("people")) == ("delete", 3)
    await store.close()


async def test_a_newer_cache_is_set_aside(folder: Path) -> None:
    await filled(folder)
    with sqlite3.connect(folder / FILE) as db:
        db.execute(f"PRAGMA user_version={VERSION + 1}")
    store = Store.open(folder, FakeClock())
    aside = f"cache.newer-{MOMENT}.sqlite3"
    assert store.notices == (Notice(NoticeCode.NEWER, {"file": aside}),)
    assert (folder / aside).stat().st_size > 0
    assert await store.how_many("people") == 0
    await store.close()


async def test_only_the_last_copy_set_aside_is_kept(folder: Path) -> None:
    clock = FakeClock()
    for _ in range(3):
        await filled(folder, 1)
        garbage(folder / FILE)
        await Store.open(folder, clock).close()
        await clock.advance(60)
    assert len(list(folder.glob("cache.*-*"))) == 1


def test_the_newest_migration_is_the_version() -> None:
    folder = Path(sys.modules[Database.__module__].__file__ or "").parent / "migrations"
    numbers = [int(file.name[:4]) for file in sorted(folder.glob("*.sql"))]
    assert numbers == list(range(1, VERSION + 1))


async def test_files_and_folder_are_for_the_user_alone(folder: Path) -> None:
    old = os.umask(0)
    try:
        store = Store.open(folder, FakeClock())
        await put(store, person(1, "A, A"))
    finally:
        os.umask(old)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}
    assert modes == {FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    await store.close()


async def test_wide_open_files_are_closed_to_others(folder: Path) -> None:
    await filled(folder)
    folder.chmod(0o755)
    (folder / FILE).chmod(0o644)
    store = Store.open(folder, FakeClock())
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    await store.close()


CRASH = """
import asyncio, os, signal, sys
from pathlib import Path
from csc_tui.store.store import Store
from tests.fake_clock import FakeClock
from tests.store.made import person, put

async def crash() -> None:
    store = Store.open(Path(sys.argv[1]), FakeClock())
    await put(store, *(person(n, f"N{n}, X") for n in range(50)))
    os.kill(os.getpid(), signal.SIGKILL)

os.umask(0)
asyncio.run(crash())
"""


async def test_after_a_crash_all_is_there_and_closed_to_others(folder: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", CRASH, str(folder)], check=False)
    assert ended.returncode == -9
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}
    assert modes == {FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}
    store = Store.open(folder, FakeClock())
    assert store.notices == ()
    assert await store.how_many("people") == 50
    await store.close()


async def works_in_memory(folder: Path, reason: str) -> None:
    store = Store.open(folder, FakeClock())
    assert store.notices == (Notice(NoticeCode.MEMORY, {"reason": reason}),)
    assert store.in_memory
    await put(store, person(1, "Müller, J"))
    assert ids(await store.page(PEOPLE, 1)) == ["1"]
    assert len(await store.search("people", "mueller")) == 1
    await store.close()


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    await works_in_memory(tmp_path / "file" / "account", "unusable")


async def test_a_link_instead_of_the_file_is_not_followed(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "elsewhere").write_bytes(b"")
    (folder / FILE).symlink_to(tmp_path / "elsewhere")
    await works_in_memory(folder, "foreign")
    assert (tmp_path / "elsewhere").read_bytes() == b""


async def test_a_link_instead_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    await works_in_memory(folder, "foreign")


async def test_a_folder_in_place_of_the_file(folder: Path) -> None:
    (folder / FILE).mkdir(parents=True)
    await works_in_memory(folder, "unusable")


async def test_a_cache_that_another_program_keeps_locked(folder: Path) -> None:
    folder.mkdir()
    other = sqlite3.connect(folder / FILE, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("CREATE TABLE its_own (a)")
    await works_in_memory(folder, "locked")
    other.close()


NOBODY = """
import asyncio, os, sys
from pathlib import Path
import csc_tui.store.record_saving  # now: later it may be where nobody can read
from csc_tui.store.store import Store
from tests.fake_clock import FakeClock
from tests.store.made import person, put

async def use() -> None:
    os.setuid(65534)
    store = Store.open(Path(sys.argv[1]), FakeClock())
    await put(store, person(1, "A, A"))
    print(*(f"{one.code} {one.params}" for one in store.notices), await store.how_many("people"))
    await store.close()

asyncio.run(use())
"""


@pytest.mark.parametrize(
    ("path", "mode", "said"),
    [
        ("own/account", 0o500, "memory {'reason': 'read_only'} 1\n"),
        ("own", 0o700, "1\n"),
        ("root", 0o777, "memory {'reason': 'foreign'} 1\n"),
    ],
)
def test_folders_that_the_user_may_not_use(path: str, mode: int, said: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs to become another user")
    # Not in pytest's own folder: another user cannot get there.
    with tempfile.TemporaryDirectory() as made:
        base = Path(made)
        base.chmod(0o755)
        (base / "own").mkdir()
        (base / "root").mkdir()
        os.chown(base / "own", 65534, 65534)
        (base / path.partition("/")[0]).chmod(mode)
        run = [sys.executable, "-c", NOBODY, str(base / path)]
        assert subprocess.run(run, check=True, capture_output=True, text=True).stdout == said


FULL = """
import asyncio, resource, sys
from pathlib import Path
from csc_tui.store.store import Store
from tests.fake_clock import FakeClock
from tests.store.made import person, put

async def fill() -> None:
    store = Store.open(Path(sys.argv[1]), FakeClock())
    told = []
    store.on_notice(told.append)
    await put(store, person(1, "Erste, E"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    for page in range(2, 9):
        people = [person(f"{page}-{n}", f"N{n} {page}, X") for n in range(250)]
        await store.save_page("people", "people?name", page, people, 1.0)
    print([one.params["reason"] for one in told], store.in_memory, len(store.notices))
    print(await store.how_many("people"), len(await store.search("people", "erste")))
    await store.close()

asyncio.run(fill())
"""


async def test_a_file_that_may_not_grow_is_told_once_and_work_goes_on(folder: Path) -> None:
    run = [sys.executable, "-c", FULL, str(folder)]
    ended = subprocess.run(run, check=True, capture_output=True, text=True)
    assert ended.stdout.splitlines() == ["['unusable'] True 1", "1751 1"]
    store = Store.open(folder, FakeClock())
    assert store.notices == ()
    assert await store.how_many("people") >= 1
    await store.close()


async def test_a_full_disk_is_told_once_and_what_was_here_stays(folder: Path) -> None:
    await filled(folder, 100)
    database = Database(folder, FakeClock())
    pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
    database.connection.execute(f"PRAGMA max_page_count={pages}")
    store = Store(database)
    told: list[Notice] = []
    store.on_notice(told.append)
    people = [person(f"new {n}", f"New {n}, X") for n in range(250)]
    await store.save_page("people", PEOPLE, 2, people, 1.0)
    await store.save_page("people", PEOPLE, 3, people, 1.0)
    assert told == [Notice(NoticeCode.MEMORY, {"reason": "full"})]
    assert len(ids(await store.page(PEOPLE, 1))) == 100
    assert len(ids(await store.page(PEOPLE, 3))) == 250
    await store.close()


def test_the_connection_is_as_careful_as_promised(folder: Path) -> None:
    database = Database(folder, FakeClock())
    settings = {
        name: database.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema", "temp_store")
    }
    database.connection.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
    }


def test_a_deleted_body_leaves_no_trace_in_the_file(folder: Path) -> None:
    run = [sys.executable, "-c", FORGET, str(folder)]
    subprocess.run(run, check=True)
    assert b"canary" not in (folder / FILE).read_bytes()
    assert [one.name for one in folder.iterdir()] == [FILE]


FORGET = """
import asyncio, sys
from pathlib import Path
from csc_tui.domain.ref import Ref
from csc_tui.store.store import Store
from tests.fake_clock import FakeClock
from tests.store.made import person, put

async def forget() -> None:
    store = Store.open(Path(sys.argv[1]), FakeClock())
    await put(store, person(1, "Anders, A", version="canary"), person(2, "B, B"))
    await store.forget(Ref("people", "1"))
    await store.close()

asyncio.run(forget())
"""


def test_the_store_loads_neither_models_nor_http() -> None:
    seen = "import sys, csc_tui.store.store; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", seen], check=True, capture_output=True, text=True)
    loaded = set(run.stdout.split())
    assert "sqlite3" in loaded
    assert not loaded & {"pydantic", "httpx", "textual", "phonenumbers", "csc_tui.crm.adapter"}
