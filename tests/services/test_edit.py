"""Saves, from the change to the record that the server has afterwards."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import (
    Ambiguous,
    CrmError,
    Forbidden,
    Invalid,
    NotFound,
    OtherAccount,
    QuotaReached,
    ReadOnly,
    Rejected,
    Unauthorized,
)
from csc_tui.domain.record import Record
from csc_tui.domain.ref import Ref
from csc_tui.services.desk import Desk
from csc_tui.services.edit import FormText
from csc_tui.services.events import (
    EditRefused,
    EditSaved,
    Event,
    Noticed,
    RecordChanged,
    RecordGone,
)
from tests.live_demo import LiveDemo
from tests.live_desk import FOLDER, paths_in, running_desk


@pytest.fixture
async def desk(demo_server: LiveDemo, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_desk(demo_server, tmp_path) as opened:
        yield opened


@pytest.fixture
def heard(desk: Desk) -> list[Event]:
    """Everything that the desk tells, in order."""
    events: list[Event] = []
    desk.events.listen(events.append)
    return events


async def person(desk: Desk, demo: LiveDemo, **values: object) -> Record:
    """A new person at the server, also in the store."""
    made = demo.ask("POST", "/api/people", {"person": {"name": "Probe", **values}})
    ref = Ref("people", str(made["person"]["id"]))
    await desk.records.fetch(ref)
    demo.forget()
    return await stored(desk, ref)


async def stored(desk: Desk, ref: Ref) -> Record:
    card = await desk.records.card(ref)
    assert card is not None
    return card.record


def update(record: Record, **values: Any) -> Change:
    return Change(Verb.UPDATE, record.ref, None, values, record.base(values), record.version())


def text_of(record: Record | None, **texts: str) -> FormText:
    key = f"people/{record.id}" if record else "people/new"
    return FormText(key, record.sort_name() if record else "", 1_780_000_000.0, texts)


async def outcome(desk: Desk) -> EditSaved | EditRefused:
    """What comes of the save that is on its way."""
    came: asyncio.Future[EditSaved | EditRefused] = asyncio.get_running_loop().create_future()

    def hear(event: Event) -> None:
        if isinstance(event, EditSaved | EditRefused) and not came.done():
            came.set_result(event)

    end = desk.events.listen(hear)
    try:
        return await asyncio.wait_for(came, 20)
    finally:
        end()


def writes(demo: LiveDemo) -> list[dict[str, Any]]:
    return [one for one in demo.log() if one["method"] != "GET"]


def unsent(folder: Path) -> list[Path]:
    return list(paths_in(folder).unsent(FOLDER).glob("*"))


def said(heard: list[Event]) -> list[str]:
    return [one.key for one in heard if isinstance(one, Noticed)]


async def test_a_save_sends_what_changed_and_reads_the_record_back(
    desk: Desk, demo_server: LiveDemo, heard: list[Event], tmp_path: Path
) -> None:
    record = await person(desk, demo_server, first_name="Ida")
    desk.edits.submit([update(record, title="Dr.")], text_of(record, title="Dr."), record)
    saved = await outcome(desk)
    assert isinstance(saved, EditSaved)
    assert saved.ref == record.ref
    assert [one["body"] for one in writes(demo_server)] == [{"person": {"title": "Dr."}}]
    assert (await stored(desk, record.ref)).value("title") == "Dr."
    assert said(heard) == ["edit.queued", "edit.saved"]
    assert (desk.edits.outbox, desk.edits.drafts, unsent(tmp_path)) == (0, 0, [])


async def test_what_is_on_its_way_is_shown_and_its_text_is_kept(
    desk: Desk, demo_server: LiveDemo, heard: list[Event], tmp_path: Path
) -> None:
    record = await person(desk, demo_server)
    ref = record.ref
    change = update(record, last_name="Überweg")
    desk.edits.submit([change], text_of(record, last_name="Überweg"), record)
    assert desk.edits.outbox == 1
    assert desk.edits.mark(ref) == "~"
    assert desk.edits.overlay(record).sort_name() == "Überweg"
    rows = [one.row for one in heard if isinstance(one, RecordChanged) and one.row]
    assert rows[-1].cells[0] == "Überweg"
    (file,) = unsent(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    await outcome(desk)
    assert desk.edits.mark(ref) == ""


async def test_refused_values_come_back_with_the_words_at_their_fields(
    desk: Desk, demo_server: LiveDemo, heard: list[Event], tmp_path: Path
) -> None:
    record = await person(desk, demo_server)
    text = text_of(record, last_name="")
    desk.edits.submit([update(record, last_name="")], text, record)
    refused = await outcome(desk)
    assert isinstance(refused, EditRefused)
    assert isinstance(refused.error, Invalid)
    assert "last_name" in refused.error.messages
    assert refused.text == text
    assert desk.edits.draft(text.key) == text
    assert (desk.edits.outbox, desk.edits.drafts, len(unsent(tmp_path))) == (0, 1, 1)
    assert desk.edits.mark(record.ref) == "!"
    rows = [one.row for one in heard if isinstance(one, RecordChanged) and one.row]
    assert rows[-1].cells[0] == "Probe"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Rejected),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Rejected),
        (500, Ambiguous),
        (507, QuotaReached),
    ],
)
async def test_a_save_that_fails_is_sent_once_and_keeps_its_text(
    desk: Desk, demo_server: LiveDemo, tmp_path: Path, status: int, error: type[CrmError]
) -> None:
    record = await person(desk, demo_server)
    demo_server.fail({"kind": "status", "method": "PUT", "status": status, "body": {}})
    desk.edits.submit([update(record, title="Dr.")], text_of(record, title="Dr."), record)
    refused = await outcome(desk)
    assert isinstance(refused, EditRefused)
    assert isinstance(refused.error, error)
    assert desk.edits.drafts == 1
    assert len(unsent(tmp_path)) == 1
    assert len(writes(demo_server)) == 1


async def test_an_answer_that_is_lost_is_no_reason_to_send_again(
    desk: Desk, demo_server: LiveDemo
) -> None:
    record = await person(desk, demo_server)
    demo_server.fail({"kind": "drop", "method": "PUT", "when": "after"})
    desk.edits.submit([update(record, title="Dr.")], text_of(record, title="Dr."), record)
    refused = await outcome(desk)
    assert isinstance(refused, EditRefused)
    assert isinstance(refused.error, Ambiguous)
    assert len(writes(demo_server)) == 1
    assert desk.edits.drafts == 1


async def test_saves_of_one_record_go_in_their_order(desk: Desk, demo_server: LiveDemo) -> None:
    record = await person(desk, demo_server)
    demo_server.fail({"kind": "latency", "method": "PUT", "seconds": 0.3, "count": 1})
    phone = Change(
        Verb.CREATE, Ref("phones", ""), record.ref, {"number": "+49 30 23125 001", "kind": "office"}
    )
    desk.edits.submit([update(record, title="Dr.")], text_of(record, title="Dr."), record)
    desk.edits.submit([phone], FormText("people/1/phones/new", "", 0.0), record)
    assert desk.edits.outbox == 2
    await outcome(desk)
    await outcome(desk)
    assert [one["method"] for one in writes(demo_server)] == ["PUT", "POST"]
    assert (await stored(desk, record.ref)).cell("phone") == "+49 30 23125 001"


async def test_a_new_record_comes_back_with_its_id(desk: Desk, demo_server: LiveDemo) -> None:
    values = {"last_name": "Neumann", "phones": [{"number": "+49 30 23125 002", "kind": "office"}]}
    change = Change(Verb.CREATE, Ref("people", ""), values=values)
    desk.edits.submit([change], text_of(None, last_name="Neumann"))
    saved = await outcome(desk)
    assert isinstance(saved, EditSaved)
    assert saved.ref.id
    record = await stored(desk, saved.ref)
    assert (record.sort_name(), record.cell("phone")) == ("Neumann", "+49 30 23125 002")


async def test_a_deleted_record_leaves_the_store(
    desk: Desk, demo_server: LiveDemo, heard: list[Event]
) -> None:
    record = await person(desk, demo_server)
    desk.edits.submit([Change(Verb.DELETE, record.ref)], None, record)
    assert isinstance(await outcome(desk), EditSaved)
    assert await desk.records.card(record.ref) is None
    assert RecordGone(record.ref) in heard
    assert said(heard)[-1] == "edit.deleted"


async def test_a_delete_that_fails_leaves_everything_as_it_was(
    desk: Desk, demo_server: LiveDemo
) -> None:
    record = await person(desk, demo_server)
    demo_server.fail({"kind": "status", "method": "DELETE", "status": 403})
    desk.edits.submit([Change(Verb.DELETE, record.ref)], None, record)
    refused = await outcome(desk)
    assert isinstance(refused, EditRefused)
    assert refused.text is None
    assert await desk.records.card(record.ref) is not None
    assert (desk.edits.drafts, desk.edits.mark(record.ref)) == (0, "")


async def test_several_changes_are_one_save_and_what_got_through_is_seen(
    desk: Desk, demo_server: LiveDemo
) -> None:
    record = await person(desk, demo_server, tags_attributes=[{"name": "alt"}])
    old = record.tags[0]  # type: ignore[attr-defined]
    new = Change(Verb.CREATE, Ref("tags", ""), record.ref, {"name": "neu"})
    gone = Change(Verb.DELETE, Ref("tags", old.id), record.ref)
    demo_server.fail({"kind": "status", "method": "DELETE", "status": 403})
    desk.edits.submit([new, gone], text_of(record, tags="neu"), record)
    assert desk.edits.overlay(record).cell("tags") == "neu"
    assert isinstance(await outcome(desk), EditRefused)
    assert (await stored(desk, record.ref)).cell("tags") == "alt, neu"


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize("ref", [Ref("people", "1"), Ref("companies", "1"), Ref("phones", "1")])
async def test_read_only_is_enforced_where_saves_are_accepted(
    demo_server: LiveDemo, tmp_path: Path, verb: Verb, ref: Ref
) -> None:
    async with running_desk(demo_server, tmp_path, read_only=True) as desk:
        parent = Ref("people", "1") if ref.resource == "phones" else None
        with pytest.raises(ReadOnly):
            desk.edits.submit([Change(verb, ref, parent)], None)
        assert desk.edits.outbox == 0
    assert writes(demo_server) == []


async def test_nothing_is_written_into_another_account(desk: Desk, demo_server: LiveDemo) -> None:
    record = await person(desk, demo_server)
    desk.foreign = OtherAccount("1", "2")
    desk.edits.submit([update(record, title="Dr.")], text_of(record), record)
    refused = await outcome(desk)
    assert isinstance(refused, EditRefused)
    assert isinstance(refused.error, OtherAccount)
    assert writes(demo_server) == []


async def test_kept_texts_are_there_at_the_next_start(
    demo_server: LiveDemo, tmp_path: Path
) -> None:
    demo_server.fail({"kind": "status", "method": "PUT", "status": 403})
    async with running_desk(demo_server, tmp_path) as first:
        record = await person(first, demo_server)
        text = text_of(record, title="Dr.")
        first.edits.submit([update(record, title="Dr.")], text, record)
        await outcome(first)
    demo_server.fail()
    async with running_desk(demo_server, tmp_path) as second:
        assert second.edits.draft(text.key) == text
        assert second.edits.mark(record.ref) == "!"
        second.edits.submit([update(record, title="Dr.")], text, record)
        assert second.edits.drafts == 0
        assert isinstance(await outcome(second), EditSaved)
    assert unsent(tmp_path) == []


async def test_a_discarded_text_is_gone_for_good(
    desk: Desk, demo_server: LiveDemo, tmp_path: Path
) -> None:
    record = await person(desk, demo_server)
    demo_server.fail({"kind": "status", "method": "PUT", "status": 403})
    text = text_of(record, title="Dr.")
    desk.edits.submit([update(record, title="Dr.")], text, record)
    await outcome(desk)
    desk.edits.discard(text.key)
    assert (desk.edits.draft(text.key), desk.edits.drafts, unsent(tmp_path)) == (None, 0, [])


async def test_a_disk_that_takes_no_text_does_not_stop_a_save(
    desk: Desk, demo_server: LiveDemo, heard: list[Event], tmp_path: Path
) -> None:
    record = await person(desk, demo_server)
    paths_in(tmp_path).unsent(FOLDER).write_text("in the way")
    desk.edits.submit([update(record, title="Dr.")], text_of(record, title="Dr."), record)
    assert isinstance(await outcome(desk), EditSaved)
    assert said(heard) == ["edit.unkept", "edit.queued", "edit.saved"]
