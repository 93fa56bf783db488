"""The outbox file: private, on the disk when it says so, and saved from when it is damaged."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import Answer, Edit, State
from csc_tui.store.edit_saving import Save
from csc_tui.store.edits import EditStore
from csc_tui.store.edits_file import FILE, OutboxNotice, OutboxNoticeCode
from csc_tui.store.edits_thread import OutboxUnusableError


@pytest.fixture
async def opened(folder: Path) -> AsyncIterator[Callable[[], EditStore]]:
    """Opens the outbox of one account, as often as it is asked for."""
    stores: list[EditStore] = []

    def start() -> EditStore:
        stores.append(EditStore(folder, SystemClock()))
        return stores[-1]

    yield start
    for store in stores:
        await store.close()


def update(number: int) -> Save:
    """A save of a record of its own."""
    ref = Ref("people", str(number))
    long = f"background of {number} " * 60
    change = Change(Verb.UPDATE, ref, values={"background": long}, base={"background": None})
    return Save([change], f"Person {number}", at=float(number))


async def fill(store: EditStore, count: int) -> None:
    for number in range(count):
        await store.submit(update(number))
    await store.save_draft(FormText("people/new", "New", 1.0, {"last_name": "Typed"}))
    (first,) = [one for one in (await store.news()).edits if one.title == "Person 0"]
    await store.claim(first.client_id)
    await store.confirm(first.client_id, first.change, {}, Answer())


def notices(store: EditStore) -> list[OutboxNotice]:
    """What it has told so far."""
    told: list[OutboxNotice] = []
    store.on_notice = told.append
    return told


async def test_everything_is_private_and_as_durable_as_it_can_be(
    opened: Callable[[], EditStore], folder: Path
) -> None:
    store = opened()
    await store.submit(update(1))
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file
    assert folder.stat().st_mode & 0o777 == 0o700
    with sqlite3.connect(folder / FILE) as db:
        assert db.execute("SELECT count(*) FROM edits").fetchone() == (1,)


async def test_what_is_submitted_is_seen_by_others_at_once_and_survives(
    opened: Callable[[], EditStore],
) -> None:
    first, second = opened(), opened()
    (made,) = await first.submit(update(1))
    (seen,) = (await second.news()).edits
    assert seen == made
    assert seen.state is State.QUEUED


async def damage(folder: Path, how: str) -> None:
    file = folder / FILE
    for ending in ("-wal", "-shm"):
        file.with_name(FILE + ending).unlink(missing_ok=True)
    size = file.stat().st_size
    if how == "emptied":
        os.truncate(file, 0)
    elif how == "truncated":
        os.truncate(file, size * 2 // 3 // 4096 * 4096)
    elif how == "cut in a page":
        os.truncate(file, size // 2 + 100)
    else:
        page = {"first": 0, "root": 1, "middle": size // 4096 // 2, "last": size // 4096 - 1}[how]
        with file.open("r+b") as out:
            out.seek(page * 4096)
            out.write(os.urandom(4096))


ROWS = 50
HOW = ["emptied", "truncated", "cut in a page", "first", "root", "middle", "last"]


@pytest.mark.parametrize("how", HOW)
async def test_a_damaged_file_is_set_aside_what_is_readable_goes_on_and_it_is_told(
    opened: Callable[[], EditStore], folder: Path, how: str
) -> None:
    store = EditStore(folder, SystemClock())
    await fill(store, ROWS)
    await store.close()
    await damage(folder, how)
    again = opened()
    told = notices(again)
    left = (await again.news()).edits
    (notice,) = told
    assert notice.code is OutboxNoticeCode.DAMAGED
    assert (folder / notice.params["file"]).exists()
    writes = [one for one in left if one.state is not State.DRAFT]
    assert int(notice.params["writes"]) == len(writes)
    assert int(notice.params["drafts"]) == len(left) - len(writes)
    assert all(one.asks and one.answer.note == "damaged" for one in writes)
    if how in ("middle", "last", "truncated", "cut in a page"):
        assert 5 < len(writes) < ROWS - 1
        saved = folder / notice.params["saved"]
        assert len(json.loads(saved.read_text())) >= len(left)
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file
    await again.submit(update(99))
    assert "Person 99" in [one.title for one in (await again.news()).edits]


async def test_damage_while_it_is_open_is_survived_too(
    opened: Callable[[], EditStore], folder: Path
) -> None:
    store, other = opened(), opened()
    told = notices(store)
    await fill(store, 30)
    with sqlite3.connect(folder / FILE) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (folder / FILE).stat().st_size
    with (folder / FILE).open("r+b") as out:
        out.seek(4096)
        out.write(b"\xff" * (size - 4096))
    await store.submit(update(99))
    assert [one.code for one in told] == [OutboxNoticeCode.DAMAGED]
    assert "Person 99" in [one.title for one in (await other.news()).edits]


async def test_a_row_that_holds_nonsense_counts_as_damage(
    opened: Callable[[], EditStore], folder: Path
) -> None:
    store = opened()
    told = notices(store)
    await fill(store, 3)
    with sqlite3.connect(folder / FILE) as db:
        db.execute("UPDATE edits SET changed = '{' WHERE title = 'Person 1'")
    left = (await store.news()).edits
    assert [one.title for one in left] == ["Person 2", "New"]
    (notice,) = told
    saved = (folder / notice.params["saved"]).read_text()
    assert "Person 1" in saved


async def test_a_file_of_a_later_version_is_left_as_it_is(
    opened: Callable[[], EditStore], folder: Path
) -> None:
    store = EditStore(folder, SystemClock())
    await store.submit(update(1))
    await store.close()
    with sqlite3.connect(folder / FILE) as db:
        db.execute("PRAGMA user_version=99")
    again = opened()
    told = notices(again)
    assert (await again.news()).edits == []
    assert [(one.code, one.params["reason"]) for one in told] == [
        (OutboxNoticeCode.MEMORY, "newer")
    ]
    assert again.in_memory
    with sqlite3.connect(folder / FILE) as db:
        assert db.execute("SELECT count(*) FROM edits").fetchone() == (1,)


async def test_what_cannot_be_written_is_said_and_not_taken_for_saved(
    opened: Callable[[], EditStore], folder: Path
) -> None:
    store = opened()
    await store.submit(update(1))
    with sqlite3.connect(folder / FILE) as other:
        other.execute(
            "CREATE TRIGGER no BEFORE INSERT ON edits BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    with pytest.raises(OutboxUnusableError):
        await store.submit(update(2))
    assert [one.title for one in (await store.news()).edits] == ["Person 1"]


def test_an_edit_goes_into_its_row_and_comes_out_the_same() -> None:
    from csc_tui.domain import errors
    from csc_tui.domain.merge import Clash
    from csc_tui.store.edit_rows import Snapshot, read, written

    causes = [
        errors.Offline("host", "name"),
        errors.Timeout("host", "read", 30.0),
        errors.Invalid({"last_name": ("is odd",)}),
        errors.Ambiguous(errors.ServerBroken(502, "status")),
        errors.RateLimited(None),
        errors.QuotaReached("full"),
        errors.Rejected(409, "no"),
        errors.Unauthorized(),
        errors.OtherAccount("1", "2"),
    ]
    for cause in causes:
        edit = Edit(
            number=3,
            client_id="c",
            state=State.CONFLICT,
            change=Change(
                Verb.UPDATE,
                Ref("phones", "9"),
                Ref("people", "1"),
                {"number": "ü\udc80"},
                {"a": 1},
                "v",
            ),
            title="Müller",
            form=FormText("k", "t", 1.5, {"a": "b"}, {"c": ("1", "n")}, "a"),
            snapshot=Snapshot({"a": None}, {"phones": {"9": {"number": "1"}}}),
            sent=Change(Verb.CREATE, Ref("people", ""), values={"x": [{"y": True}]}),
            sent_at=1.25,
            seen=("1", "2"),
            answer=Answer(
                error=cause,
                merged=("a",),
                altered={"b": 1},
                clashes=(Clash("p", 1, None, "x"),),
                theirs={"p": "x"},
                candidates=("5",),
                note="adopted",
            ),
            after={"q": "r"},
        )
        back = read({**written(edit), "number": 3})
        assert back.answer.error is not None
        assert type(back.answer.error) is type(cause)
        assert str(back.answer.error.args) == str(cause.args)
        again = read({**written(back), "number": 3})
        assert written(again) == written(edit)
        assert (back.change, back.sent, back.form, back.snapshot) == (
            edit.change,
            edit.sent,
            edit.form,
            edit.snapshot,
        )


async def test_what_has_changed_is_read_alone_whoever_changed_it(
    opened: Callable[[], EditStore],
) -> None:
    store, other = opened(), opened()
    await fill(store, 5)
    first = await store.news()
    assert (first.whole, len(first.edits)) == (True, 5)
    assert (await store.news(first.mark)).edits == ()

    await other.submit(update(77))
    await other.discard(first.edits[0].client_id)
    await other.claim(first.edits[1].client_id)
    await other.confirm(first.edits[1].client_id, first.edits[1].change, {}, Answer())
    then = await store.news(first.mark)

    assert [(one.title, one.state) for one in then.edits] == [
        (first.edits[1].title, State.CONFIRMED),
        ("Person 77", State.QUEUED),
    ]
    assert (then.gone, then.whole) == ({first.edits[0].number}, False)


async def test_a_file_of_the_first_version_goes_on(
    opened: Callable[[], EditStore], folder: Path
) -> None:
    store = EditStore(folder, SystemClock())
    await fill(store, 3)
    await store.close()
    with closing(sqlite3.connect(folder / FILE)) as db:
        for kind, name in db.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index')"
            " AND name NOT LIKE 'sqlite_%' AND name NOT IN"
            " ('edits_open', 'edits_journal', 'edits_batch')"
        ).fetchall():
            db.execute(f"DROP {kind} {name}")
        db.execute("DROP TABLE edit_changes")
        db.execute("PRAGMA user_version=1")

    again = opened()
    news = await again.news()
    assert [one.title for one in news.edits] == ["Person 1", "Person 2", "New"]
    await again.submit(update(9))
    assert [one.title for one in (await again.news(news.mark)).edits] == ["Person 9"]


class Later:
    """A clock by which queuing takes a minute."""

    def __init__(self) -> None:
        self.time = 1_000.0

    def now(self) -> float:
        self.time += 60.0
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Nobody sleeps here."""


async def test_the_time_of_a_held_delete_begins_when_all_are_queued(folder: Path) -> None:
    clock = Later()
    store = EditStore(folder, clock)
    changes = [Change(Verb.DELETE, Ref("people", str(one))) for one in range(3)]
    made = await store.submit(Save(changes, "Three", at=1_000.0, held=5.0))
    assert {one.not_before for one in made} == {1_065.0}
    assert all(one.held for one in made)
    await store.close()
