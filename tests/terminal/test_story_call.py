"""After a call: a note of it and what is to be done next, one unit; by keys alone at 80x24."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.contract.conftest import Colleague
from tests.contract.dialects import DIALECTS, Dialect
from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal
from tests.terminal.test_create import saved, writes

SMALL = ("--people", "30", "--companies", "5", "--limit", "100000", "--today", "2026-11-20")


def fill(screen: Terminal, label: str, text: str) -> None:
    """Go to a field by its label and type; what was there is gone."""
    screen.press("ctrl+g")
    screen.type(label)
    screen.press("enter", "ctrl+u")
    screen.type(text)


def in_three_days() -> str:
    return (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011 -- as one types it


def task_of(colleague: Colleague, dialect: Dialect) -> Any:
    """The task that was made last."""
    crm, name = colleague.crm, dialect.task.resource
    answer = colleague.send(crm.twins(name, datetime.now(UTC) - timedelta(hours=1)))
    return crm.record(colleague.resources[name], crm.read_page(name, answer).raws[0])


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.backend)
def test_after_a_call_a_note_and_a_task(
    terminal: Opener, own_demo: Callable[..., LiveDemo], dialect: Dialect
) -> None:
    demo = own_demo("--dialect", dialect.backend, *SMALL)
    colleague = Colleague(demo)
    person = colleague.make(dialect.people, first_name="Änne", last_name="Aabel")
    screen = terminal(**environment_of(demo))
    screen.wait_for("› Aabel, Änne")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    screen.settle()
    demo.forget()
    screen.press("N")
    screen.wait_for("› Aabel, Änne › Add note")
    # What is asked of a call only comes with the kind.
    assert "Follow-up" not in screen.text
    screen.wait_for("› Text")  # one writes at once; the kind is a step back
    screen.press("shift+tab")
    screen.wait_for("› Kind")
    screen.press("enter")
    screen.wait_for("│› note")
    screen.press("down", "enter")
    screen.wait_for("Follow-up")
    for label in dialect.call:
        screen.press("tab", "enter")
        screen.wait_for("Nicht erreicht")
        fill(screen, label, "Erreicht")
    fill(screen, "text", "wants the crane quoted again")
    screen.press("enter")
    screen.type("before nine")
    fill(screen, "follow-up", "send the quote")
    screen.wait_for(" Due ")
    due = in_three_days()
    fill(screen, "due", "+3d")
    screen.press("ctrl+s")
    saved(screen, demo)
    # Whose key it is; the note in three requests, or in four where its record does not come with
    # it; the task in two; the outcomes of a call, if it has any.
    history = colleague.crm.history
    assert history is not None
    note_costs = 3 if history.brings_record else 4
    assert len(demo.requests()) == 1 + note_costs + 2 + len(dialect.call)
    assert len(writes(demo)) == 2
    (note,) = colleague.notes(person)
    assert (note.kind, note.text()) == ("call", "wants the crane quoted again\nbefore nine")
    task = task_of(colleague, dialect)
    assert (task.sort_name(), task.value("done")) == ("send the quote", False)
    assert task.value("due") in (due, in_three_days())
    me = demo.ask("GET", f"/api{colleague.crm.whoami().path}")["id"]
    assert task.value(dialect.task.whose) == str(me)
    assert [one.target() for one in getattr(task, dialect.people)] == [person]
    # The call stands on the record at once and costs nothing: it was read back.
    demo.forget()
    screen.press("enter")
    screen.wait_for("wants the crane")
    screen.settle(0.8)
    assert [one for one in demo.requests() if "create-fields" not in one] == []
    # Taken back: both.
    screen.press("u")
    screen.wait_for("undo: 2 changes of Aabel, Änne?")
    screen.press("enter")
    screen.wait_gone("wants the crane")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    assert colleague.notes(person) == []
    assert not colleague.there(task.ref)
    colleague.close()
