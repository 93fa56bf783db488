"""The shared ledger: real files, real processes, and files that cannot be used."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from csc_tui.http.budget import Book, Budget, Lease, Limits
from csc_tui.store import ledger as ledger_module
from csc_tui.store.ledger import SqliteLedger
from csc_tui.worker.lane import Lane

LIMITS = Limits(slots=5, window=10.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.sqlite3"


async def take(budget: Budget, count: int) -> list[Lease]:
    return [await budget.acquire(Lane.CURSOR) for _ in range(count)]


async def book_in(path: Path) -> Book:
    ledger = SqliteLedger(path)
    books: list[Book] = []
    await ledger.run(books.append)
    assert ledger.fault is None
    await ledger.aclose()
    return books[0]


async def test_what_one_process_takes_another_sees(path: Path) -> None:
    first, second = (Budget(LIMITS, SqliteLedger(path)) for _ in range(2))
    await take(first, 3)
    await take(second, 1)

    assert second.free() == 1
    await first.aclose()
    await second.aclose()
    assert len((await book_in(path)).slots) == 4


async def test_everything_in_the_book_survives_the_file(path: Path) -> None:
    ledger = SqliteLedger(path)
    budget = Budget(LIMITS, ledger, holder="me")
    leases = await take(budget, 5)
    budget.answered(leases[0])
    budget.given_back(leases[1])
    budget.key_pressed()
    budget.close_gate(30.0)
    waiting = asyncio.ensure_future(budget.acquire(Lane.SYNC))
    seen: list[Book] = []
    while not seen or not seen[-1].waiters:
        await ledger.run(seen.append)

    book = await book_in(path)

    assert book == seen[-1]
    assert book.waiters["me"].yields
    assert [slot.answered for slot in book.slots.values()] == [True, False, False, False]
    assert book.gate_until == book.gate_set + 30.0
    waiting.cancel()
    await budget.aclose()


async def test_an_act_that_fails_changes_nothing(path: Path) -> None:
    ledger = SqliteLedger(path)

    def act(book: Book) -> None:
        book.pressed_at = 5.0
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        await ledger.run(act)
    assert await ledger.run(lambda book: book.pressed_at) == 0.0
    await ledger.aclose()


async def test_file_and_folder_are_private(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    path.touch(mode=0o644)

    await take(Budget(LIMITS, SqliteLedger(path)), 1)

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("content", [b"this is no database" * 500, b"SQLite format 3\0" * 400])
async def test_a_damaged_ledger_is_made_anew_and_said_once(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    said: list[str] = []
    ledger = SqliteLedger(path, said.append)
    budget = Budget(LIMITS, ledger)

    await take(budget, 3)

    assert said == ["damaged"]
    assert len((await book_in(path)).slots) == 3


async def test_a_ledger_damaged_while_it_is_used_is_shared_again(path: Path) -> None:
    first, second = (Budget(LIMITS, SqliteLedger(path)) for _ in range(2))
    await take(first, 1)
    await take(second, 1)
    path.write_bytes(b"\xff" * path.stat().st_size)

    await take(first, 1)
    await take(second, 1)

    assert len((await book_in(path)).slots) == 2


async def test_tables_that_hold_nonsense_count_as_damaged(path: Path) -> None:
    await take(Budget(LIMITS, SqliteLedger(path)), 1)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE slots SET free_at = 'soon'")
    said: list[str] = []

    await take(Budget(LIMITS, SqliteLedger(path, said.append)), 2)

    assert said == ["damaged"]


async def test_a_newer_ledger_is_left_alone(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    path.chmod(0o600)
    before = path.read_bytes()
    said: list[str] = []
    budget = Budget(LIMITS, SqliteLedger(path, said.append))

    await take(budget, 5)

    assert said == ["too_new"]
    assert budget.free() == 0
    assert path.read_bytes() == before


async def test_where_no_file_can_be_the_book_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    said: list[str] = []
    budget = Budget(LIMITS, SqliteLedger(tmp_path / "state" / "ledger.sqlite3", said.append))

    await take(budget, 5)

    assert said == ["unwritable"]
    assert budget.free() == 0
    await budget.aclose()


async def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_bytes(b"")
    (tmp_path / "ledger.sqlite3").symlink_to(target)
    ledger = SqliteLedger(tmp_path / "ledger.sqlite3")

    await take(Budget(LIMITS, ledger), 1)

    assert ledger.fault == "unwritable"
    assert target.read_bytes() == b""


async def test_a_ledger_that_stays_locked_is_given_up_with_what_was_known(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "BUSY", 0.05)
    said: list[str] = []
    budget = Budget(LIMITS, SqliteLedger(path, said.append))
    await take(budget, 2)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")

    await take(budget, 1)

    assert said == ["locked"]
    assert budget.free() == 2
    blocker.close()


CHILD = """
import asyncio, sys, time
from pathlib import Path
from csc_tui.http.budget import Budget, Limits
from csc_tui.store.ledger import SqliteLedger
from csc_tui.worker.lane import Lane

async def main(path, seconds):
    ledger = SqliteLedger(Path(path))
    budget = Budget(Limits(slots=15, window=0.5), ledger)
    end = time.monotonic() + seconds
    async def client():
        while time.monotonic() < end:
            lease = await budget.acquire(Lane.SYNC)
            print(time.time(), flush=True)
            await asyncio.sleep(0.01)
            budget.answered(lease)
    await asyncio.gather(*(client() for _ in range(4)))
    await budget.aclose()
    assert ledger.fault is None

asyncio.run(main(sys.argv[1], float(sys.argv[2])))
"""


def test_three_real_processes_keep_one_limit_and_each_gets_its_share(path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(path), "3"]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    sent = [[float(line) for line in child.communicate()[0].split()] for child in children]

    assert [child.returncode for child in children] == [0, 0, 0]
    everything = sorted(time for times in sent for time in times)
    for first, sixteenth in zip(everything, everything[15:], strict=False):
        assert sixteenth - first > 0.5
    # While all three were there, none got less than a fifth.
    begin, end = max(times[0] for times in sent), min(times[-1] for times in sent)
    shares = [sum(begin <= time <= end for time in times) for times in sent]
    assert min(shares) >= sum(shares) / 5


def test_a_process_killed_with_slots_in_hand_gives_them_back_in_the_end(path: Path) -> None:
    script = CHILD.replace("await asyncio.sleep(0.01)", "await asyncio.sleep(60)")
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path), "60"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(4):
        child.stdout.readline()
    child.kill()
    child.communicate()

    book = asyncio.run(book_in(path))
    limits = Limits(slots=15, window=0.5)
    assert len(book.slots) == 4
    last = max(slot.free_at for slot in book.slots.values())
    book.settle(limits, last - 0.001)
    assert book.slots
    book.settle(limits, last)
    assert not book.slots
