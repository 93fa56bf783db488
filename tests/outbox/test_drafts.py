"""Text while it is typed, in one terminal and in two, and what of it becomes a save."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.outbox import DraftHeldError
from csc_tui.store.edit_rows import State
from tests.outbox.conftest import Opener
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal


def typed(ref: Ref, **texts: str) -> FormText:
    return FormText(
        f"{ref.resource}/{ref.id}",
        "Müller, Jürgen",
        at=1.0,
        texts=texts,
        picks={"responsible": ("7", "Sabine")},
        cursor="title",
    )


async def test_a_draft_is_there_after_the_terminal_has_died(terminals: Opener, person: Ref) -> None:
    first = await terminals()
    await first.box.save_draft(typed(person, title="D"))
    await first.box.save_draft(typed(person, title="Dr."))
    await first.die()
    second = await terminals()
    assert second.box.drafts == 1
    assert second.box.draft(f"people/{person.id}") == typed(person, title="Dr.")
    assert second.box.outbox == 0


async def test_a_draft_goes_only_when_the_server_has_confirmed_the_save(
    terminal: Terminal, server: Server, person: Ref
) -> None:
    record = await terminal.shown(person)
    form = typed(person, title="Dr.")
    await terminal.box.save_draft(form)
    change = Change(Verb.UPDATE, person, values={"title": "Dr."}, base=record.base(["title"]))
    refusal = {"title": ["is odd"]}
    server.fail({"kind": "status", "method": "PUT", "status": 422, "body": refusal, "count": 1})
    await terminal.box.submit([change], replace(form, at=2.0), record)
    assert terminal.box.drafts == 0
    await terminal.settled()
    assert terminal.box.drafts == 1
    kept = terminal.box.draft(form.key)
    assert kept is not None
    assert replace(kept, over=()) == replace(form, at=2.0)
    await terminal.box.save_draft(replace(kept, at=3.0))
    assert terminal.box.drafts == 1
    await terminal.box.submit([change], replace(kept, at=4.0), record)
    await terminal.settled()
    assert (terminal.box.drafts, terminal.box.outbox) == (0, 0)
    assert (await terminal.box.journal())[-1].form is None


async def test_a_draft_can_be_thrown_away(terminal: Terminal, person: Ref) -> None:
    await terminal.box.save_draft(typed(person, title="Dr."))
    await terminal.box.discard(f"people/{person.id}")
    assert terminal.box.drafts == 0
    assert terminal.box.draft(f"people/{person.id}") is None


async def test_the_second_terminal_is_told_who_types_and_may_take_over(
    terminals: Opener, person: Ref
) -> None:
    first, second = await terminals(), await terminals()
    key = f"people/{person.id}"
    await first.box.save_draft(typed(person, title="mine"))
    await second.box.refresh()
    holder = second.box.held_by(key)
    assert holder is not None
    assert first.box.held_by(key) is None
    with pytest.raises(DraftHeldError) as held:
        await second.box.save_draft(typed(person, title="theirs"))
    assert (held.value.pid, held.value.since) == holder
    await second.box.save_draft(typed(person, title="theirs"), take_over=True)
    with pytest.raises(DraftHeldError):
        await first.box.save_draft(typed(person, title="mine again"))
    await second.close()
    await first.box.save_draft(typed(person, title="mine again"))
    draft = first.box.draft(key)
    assert draft is not None
    assert draft.texts == {"title": "mine again"}


async def test_a_save_does_not_take_a_draft_from_the_other_terminal(
    terminals: Opener, person: Ref
) -> None:
    first, second = await terminals(), await terminals()
    await first.box.save_draft(typed(person, background="still typing"))
    record = await second.shown(person)
    change = Change(Verb.UPDATE, person, values={"title": "X"}, base=record.base(["title"]))
    await second.box.submit([change], typed(person, title="X"), record)
    await second.settled()
    await first.box.refresh()
    assert [one.state for one in first.box.entries()] == [State.DRAFT]
