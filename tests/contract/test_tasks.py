"""Tasks on every CRM: made about a person, ticked off and taken back, moved, handed on, deleted."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.clock import SystemClock
from csc_tui.domain.dates import read_day
from csc_tui.domain.detail import Line
from csc_tui.domain.query import Query
from csc_tui.domain.ref import Ref
from csc_tui.ui.screens.record import RecordScreen
from tests.contract.conftest import Colleague, Ground
from tests.contract.dialects import Dialect
from tests.live_app import Hands, running_app
from tests.live_demo import LiveDemo

AT_NINE = "2026-12-11T08:00:00+00:00"


async def settled(ground: Ground) -> None:
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()


async def made(ground: Ground, about: Ref | None = None, **values: Any) -> Ref:
    """A task of the test's own, made at the terminal."""
    task, users = ground.dialect.task, await ground.terminal.desk.lookups.need("users")
    links = {about.resource: [{"record": {"id": about.id, "name": ""}}]} if about else {}
    name = f"Task {uuid.uuid4().hex[:10]}"
    values = {"name": name, "due": "2026-12-11", task.whose: users[0].value, **links, **values}
    await ground.terminal.create(task.resource, **values)
    await settled(ground)
    return (await ground.terminal.box.journal())[-1].record


@pytest.mark.parametrize("due", ["2026-12-11", AT_NINE])
async def test_a_new_task_is_one_post_with_what_it_is_about(ground: Ground, due: str) -> None:
    person = ground.person()
    await ground.terminal.desk.lookups.need("users")
    ground.demo.forget()
    ref = await made(ground, person, due=due)
    assert [one.split()[0] for one in ground.demo.requests()].count("POST") == 1
    one = ground.colleague.record(ref)
    assert not one.unreadable
    assert one.value("due") == due
    assert one.value("done") is False
    (link,) = getattr(one, ground.dialect.people)
    assert link.target() == person


async def test_a_task_is_ticked_off_and_taken_back(ground: Ground) -> None:
    ref = await made(ground, due=AT_NINE)
    for done in (True, False):
        await ground.terminal.save(ref, done=done)
        await settled(ground)
        assert ground.colleague.record(ref).value("done") is done
    assert ground.colleague.record(ref).value("due") == AT_NINE


@pytest.mark.parametrize(
    "moves",
    [
        ("2026-12-14", "2026-12-15T07:30:00+00:00", "2026-12-16"),
        ("2026-12-01T09:00:00+00:00", "2026-12-02T09:00:00+00:00"),
    ],
)
async def test_a_task_is_moved_from_day_to_moment_and_back(
    ground: Ground, moves: tuple[str, ...]
) -> None:
    ref = await made(ground)
    for due in moves:
        await ground.terminal.save(ref, due=due)
        await settled(ground)
        assert ground.colleague.record(ref).value("due") == due


async def test_a_task_is_handed_on(ground: Ground) -> None:
    whose, ref = ground.dialect.task.whose, await made(ground)
    users = await ground.terminal.desk.lookups.need("users")
    await ground.terminal.save(ref, **{whose: users[1].value})
    await settled(ground)
    one = ground.colleague.record(ref)
    assert (one.value(whose), one.head().responsible) == (users[1].value, users[1].words)


async def test_what_a_task_is_about_comes_and_goes(ground: Ground) -> None:
    kind, person, ref = ground.dialect.people, ground.person(), await made(ground)
    link = {"record": {"id": person.id, "name": ""}}
    await ground.terminal.add(ref, kind, **link)
    await settled(ground)
    (part,) = getattr(await ground.shown(ref), kind)
    assert part.target() == person
    await ground.terminal.remove_part(ref, part, kind)
    await settled(ground)
    assert getattr(ground.colleague.record(ref), kind) == ()


async def test_a_task_names_whom_it_is_about(ground: Ground) -> None:
    person = ground.person()
    name = (await ground.shown(person)).sort_name()
    record = await ground.shown(await made(ground, person))
    assert record.cell("about") == name
    found = await ground.terminal.desk.store.search(ground.dialect.task.resource, name)
    assert [hit.row.id for hit in found] == [record.id]


async def test_a_lost_answer_makes_no_second_task(ground: Ground) -> None:
    person = ground.person()
    ground.demo.fail({"kind": "drop", "method": "POST", "count": 1, "when": "after"})
    ref = await made(ground, person)
    crm, name = ground.colleague.crm, ground.colleague.record(ref).name
    newest = crm.twins(ref.resource, datetime(2026, 1, 1, tzinfo=UTC))
    raws = crm.read_list(ref.resource, ground.colleague.send(newest))
    assert [str(raw["id"]) for raw in raws if name in raw.values()] == [ref.id]


async def test_a_deleted_task_is_gone_and_can_be_had_back(ground: Ground) -> None:
    person = ground.person()
    ref = await made(ground, person, due=AT_NINE)
    await ground.shown(ref)
    await ground.terminal.delete(ref)
    await settled(ground)
    assert not ground.colleague.there(ref)
    undo = await ground.terminal.box.undoing.latest()
    assert undo is not None
    await ground.terminal.box.undoing.take_back(undo)
    await settled(ground)
    back = (await ground.terminal.box.journal())[-1].record
    one = ground.colleague.record(back)
    assert one.value("due") == AT_NINE
    assert [it.target() for it in getattr(one, ground.dialect.people)] == [person]


async def test_a_colleague_who_ticked_it_off_first_is_no_conflict(ground: Ground) -> None:
    ref = await made(ground)
    record = await ground.shown(ref)
    ground.colleague.change(ref, done=True)
    change = Change(Verb.UPDATE, ref, None, {"done": True}, record.base(["done"]))
    await ground.terminal.box.submit([change], None, record)
    await settled(ground)
    assert ground.colleague.record(ref).value("done") is True


async def test_the_tab_opens_with_what_is_mine_and_open_and_views_are_one_key_away(
    serving: tuple[Dialect, LiveDemo], tmp_path: Path
) -> None:
    dialect, demo = serving
    demo.fail()
    async with running_app(demo, tmp_path, clock=OnTheDay()) as hands:
        demo.forget()
        await hands.press(_tab(hands, dialect))
        await hands.sees("row 1 of")
        await hands.sees(": me, ")
        lists = [one for one in demo.requests() if f"/{dialect.task.resource}?" in one]
        counted = hands.desk.crm.count(Query(dialect.task.resource)) is not None
        assert len(lists) == 1 + counted, lists
        days = [_due(one) for one in hands.screen.split("\n") if _due(one)]
        assert days == sorted(days)
        assert days[0] < OnTheDay.DAY < days[-1]
        await hands.sees("  d done  p put off  w hand on  V views  ")  # cut while one waits
        for words in ("overdue", "today", "this week"):
            await hands.press("V")
            await hands.sees(words)
            menu = [one for one in hands.screen.split("\n") if "my " in one or "all " in one]
            at = next(n for n, one in enumerate(menu) if words in one)
            now = next(n for n, one in enumerate(menu) if one.startswith("›"))
            await hands.press(*["down" if at > now else "up"] * abs(at - now), "enter")
            await hands.sees("row 1 of")
            said = {"overdue": "past", "today": "on 20 Nov", "this week": "this week"}
            await hands.until(lambda words=said[words]: words in hands.line(": me, "))  # type: ignore[misc]
            days = [_due(one) for one in hands.screen.split("\n") if _due(one)]
            assert days
            if words == "overdue":
                assert max(days) <= OnTheDay.DAY
            elif words == "today":
                assert set(days) == {OnTheDay.DAY}


async def test_a_task_is_made_about_a_record_put_off_and_handed_on_at_the_keys(
    serving: tuple[Dialect, LiveDemo], tmp_path: Path
) -> None:
    dialect, demo = serving
    demo.fail()
    colleague, name = Colleague(demo), f"Zzz {uuid.uuid4().hex[:8]}"
    async with running_app(demo, tmp_path, clock=OnTheDay()) as hands:
        await hands.until(lambda: hands.app.base and hands.app.base.rows.row)
        await hands.press("enter")
        await hands.sees("Changed")
        await hands.press("a")
        task = hands.desk.resources[dialect.task.resource]
        await hands.sees(f" {task.one}")
        while f"› {task.one}" not in hands.screen:
            await hands.press("down")
        await hands.press("enter")
        await hands.sees("[ Save ]")
        await hands.type(name)
        await hands.fill("Due", "2026-12-11")
        await hands.press("ctrl+s")
        await hands.sees("saved")
        ref = (await hands.desk.edits.journal())[-1].record
        one = colleague.record(ref)
        assert (one.name, one.value("due")) == (name, "2026-12-11")
        assert getattr(one, dialect.people)
        assert one.value(dialect.task.whose) == await hands.desk.store.value("me")
        await hands.sees(f"11 Dec 2026  {name}")
        while not hands.line(name).startswith("›"):
            await hands.press("down")
        await hands.press("enter")
        await hands.sees("Created")
        await hands.press("p")
        await hands.sees("Until")
        await hands.type("soon")
        await hands.press("enter")
        await hands.sees("Write +1d")
        await hands.press("ctrl+u")
        await hands.type("+3d")
        await hands.press("enter")
        await hands.sees("14 Dec 2026")
        await hands.until(lambda: hands.desk.outbox == 0)
        await hands.press("w")
        await hands.sees(f"Hand on “{name}” to")
        await hands.press("down", "enter")
        await hands.until(lambda: hands.desk.outbox == 0)
        await hands.press("escape")
        await hands.sees(f"14 Dec 2026  {name}")
        assert hands.line(name).startswith("›")
        await hands.press("d")
        await hands.until(lambda: name not in hands.screen)
        await hands.until(lambda: colleague.record(ref).value("done") is True)
        one = colleague.record(ref)
        assert one.value("due") == "2026-12-14"
        assert one.value(dialect.task.whose) != await hands.desk.store.value("me")
    colleague.close()


async def test_tasks_stand_in_the_history_among_notes_and_cost_no_request(
    serving: tuple[Dialect, LiveDemo], tmp_path: Path
) -> None:
    dialect, demo = serving
    demo.fail()
    colleague, name = Colleague(demo), f"Zzz {uuid.uuid4().hex[:8]}"
    async with running_app(demo, tmp_path, (140, 40), clock=OnTheDay()) as hands:
        task, users = dialect.task, await hands.desk.lookups.need("users")
        person = colleague.make(dialect.people, first_name="Anna", last_name=name)
        note = {"kind": "note", "content": "Met in Köln."}
        kind = hands.desk.resources[dialect.people].notes
        assert kind is not None
        colleague.write(Change(Verb.CREATE, Ref(kind.name, ""), person, note))
        link = [{"record": {"id": person.id, "name": name}}]
        for what, due in (("write the quote", "2099-01-05"), ("ring back", "2001-02-03")):
            values = {"name": what, "due": due, task.whose: users[0].value, dialect.people: link}
            made = colleague.make(task.resource, **values)
            await hands.desk.records.fetch(made)
        colleague.change(made, done=True)
        await hands.desk.records.fetch(made)
        await hands.desk.records.fetch(person)
        demo.forget()
        hands.app.open_record(person)
        await hands.sees("Met in Köln.")
        one = hands.desk.resources[task.resource].one
        history = [it.rows for it in _entries(hands)]
        assert [rows[1] for rows in history] == ["write the quote", "Met in Köln.", "ring back"]
        assert history[0][0] == f"05 Jan 2099  {one}  {users[0].words}"
        assert history[2][0] == f"03 Feb 2001  {one}, done  {users[0].words}"
        assert hands.screen.count("write the quote") == 1
        assert not [it for it in demo.requests() if task.resource in it]
        await hands.press("tab", "enter")
        await hands.sees("› write the quote")
        await hands.press("escape")
        await hands.sees("Met in Köln.")
        await hands.press("d")
        await hands.sees(f"05 Jan 2099  {one}, done")
        await hands.resize(80, 24)
        await hands.sees("Met in Köln.")
        assert "write the quote" not in hands.screen
        await hands.until(lambda: hands.desk.outbox == 0)
    colleague.close()


def _entries(hands: Hands) -> list[Line]:
    """What stands in the history of the record on the screen."""
    screen = hands.app.screen
    assert isinstance(screen, RecordScreen)
    history = screen.actions.history
    assert history is not None
    return [stop.line for stop in history.stops if stop.line is not None]


def _tab(hands: Hands, dialect: Dialect) -> str:
    names = [tab.name for tab in hands.desk.tabs]
    return str(names.index(dialect.task.resource) + 1)


def _due(line: str) -> date | None:
    """The day that a row of a list names."""
    found = re.search(r"\d\d [A-Z][a-z]{2} \d{4}", line)
    return read_day(found[0]) if found and ": me, " not in line else None


class OnTheDay(SystemClock):
    """The machine's clock, on the day on which the demo's world stands still."""

    DAY = date(2026, 11, 20)

    def __init__(self) -> None:
        noon = datetime(2026, 11, 20, 11, tzinfo=UTC).timestamp()
        self._ahead = noon - super().now()

    def now(self) -> float:
        return super().now() + self._ahead
