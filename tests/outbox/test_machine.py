"""Anything in any order: saves, a colleague, lost answers, dead lines, deaths, two terminals.

Every value that is written is written once in a run, so that whoever finds it knows who wrote it.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import CrmError
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.outbox import DraftHeldError, Outbox
from csc_tui.services.undoing import Undo
from csc_tui.store import edit_table
from csc_tui.store.edit_rows import State, written
from csc_tui.store.edits_file import FILE
from tests.live_demo import PATIENCE, LiveDemo, running_demo
from tests.outbox.reckoning import Reckoning, text
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal
from tests.outbox.wire import WIRES
from tests.outbox.world import Deletion, Save, World

EXAMPLES = int(os.environ.get("CSC_TUI_TEST_EXAMPLES", "6"))
"""Runs of the machine for each CRM; thousands for a night."""
RECORDS = 2

fault_kinds = st.sampled_from(
    [
        {"kind": "drop", "when": "before"},
        {"kind": "drop", "when": "after"},
        {"kind": "cut"},
        {"kind": "status", "status": 500, "when": "before"},
        {"kind": "status", "status": 502, "when": "after"},
        {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
        {"kind": "status", "status": 422},
        {"kind": "status", "status": 401},
    ]
)


texts = st.integers(0, 1)
"""Which of the two texts of a person."""


class OutboxMachine(RuleBasedStateMachine):
    """Two terminals of one account and a colleague."""

    server: ClassVar[Server]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.world = World()
        self.numbers = itertools.count()
        self.run_id = os.urandom(3).hex()
        self.server.fail()
        self.server.forget()
        self.refs = [self.server.make(f"R{self.run_id} {one}") for one in range(RECORDS)]
        self.terminals: list[Terminal] = []

    def word(self, kind: str) -> str:
        return f"{kind}{next(self.numbers)} {self.run_id}"

    def number(self) -> str:
        return f"+49 {int(self.run_id, 16)} {next(self.numbers)}"

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    @initialize()
    def begin(self) -> None:
        self.terminals = [self.run(self._open()) for _ in range(2)]

    async def _open(self) -> Terminal:
        return await Terminal(self.server, self.folder).open()

    # --- the user

    @rule(
        which=st.integers(0, 1),
        record=st.integers(0, RECORDS - 1),
        which_texts=st.lists(texts, min_size=1, max_size=2, unique=True),
        fresh=st.booleans(),
    )
    def save(self, which: int, record: int, which_texts: list[int], fresh: bool) -> None:
        names = [self.server.wire.texts[one] for one in which_texts]
        self.run(self._save(self.terminals[which], record, names, fresh))

    async def _save(self, terminal: Terminal, record: int, names: list[str], fresh: bool) -> None:
        ref = self.refs[record]
        shown = await self._shown(terminal, ref, fresh)
        if shown is None:
            return
        values = {name: self.word("mine") for name in names}
        base = shown.base(values)
        change = Change(Verb.UPDATE, ref, values=values, base=base, version=shown.version())
        before = {one.client_id: one for one in await terminal.box.refresh()}
        form = FormText(self._form(record), "x", next(self.numbers), texts=dict(values))
        (edit,) = await terminal.box.submit([change], form, shown)
        self.world.drafts.pop(form.key, None)
        gone = [one for one in before.values() if one.state is State.REFUSED]
        gone = [one for one in gone if one.form and one.form.key == form.key]
        for old in gone:
            # The form was opened with the refused text and saved with another.
            self.world.given_up |= set(map(str, old.change.values.values()))
        if (old_edit := before.get(edit.client_id)) is not None:
            overwritten = (it for name, it in old_edit.change.values.items() if name in values)
            self.world.folded |= set(map(str, overwritten))
        for name, value in values.items():
            self.world.saves[value] = Save(
                record, name, value, text(base.get(name)), next(self.numbers)
            )

    def _form(self, record: int) -> str:
        return f"{self.server.wire.people}/{self.refs[record].id}"

    async def _shown(self, terminal: Terminal, ref: Ref, fresh: bool) -> Any:
        """The record as the screen has it; None where it cannot be had now."""
        with suppress(CrmError, TimeoutError):
            async with asyncio.timeout(0.3):
                if fresh:
                    await terminal.desk.records.fetch(ref)
                return await terminal.shown(ref)
        return None

    @rule(which=st.integers(0, 1), record=st.integers(0, RECORDS - 1))
    def tag(self, which: int, record: int) -> None:
        name = self.word("tag")
        self._add(which, record, "tags", name=name)
        self.world.tags[name] = record

    @rule(which=st.integers(0, 1), record=st.integers(0, RECORDS - 1))
    def phone(self, which: int, record: int) -> None:
        number = self.number()
        self._add(which, record, "phones", number=number, kind="other")
        self.world.numbers[number] = record

    def _add(self, which: int, record: int, part: str, **values: Any) -> None:
        change = Change(Verb.CREATE, Ref(part, ""), self.refs[record], values)
        self.run(self.terminals[which].box.submit([change], None, title="x"))

    @rule(which=st.integers(0, 1), again=st.booleans(), child=st.booleans())
    def create(self, which: int, again: bool, child: bool) -> None:
        async def make() -> None:
            name = self.word("P")
            if again and self.world.people:
                name = list(self.world.people)[-1]
            wire = self.server.wire
            person = {**wire.needs, "last_name": name}
            (edit,) = await self.terminals[which].create(wire.people, **person)
            self.world.people[name] = self.world.people.get(name, 0) + 1
            if child:
                await self.terminals[which].add(edit.record, "tags", name=self.word("child"))

        self.run(make())

    @rule(which=st.integers(0, 1))
    def delete(self, which: int) -> None:
        async def go() -> None:
            name = self.word("D")
            ref = self.server.make(name)
            if await self._shown(self.terminals[which], ref, fresh=True) is not None:
                await self.terminals[which].delete(ref)
                self.world.deleted[name] = Deletion(ref)

        self.run(go())

    @rule(which=st.integers(0, 1))
    def take_back(self, which: int) -> None:
        # No precondition: whether anything was deleted depends on time, what is drawn must not.
        for gone in list(self.world.deleted.values())[-1:]:
            self.run(self._take_back(self.terminals[which].box, gone))

    async def _take_back(self, box: Outbox, gone: Deletion) -> None:
        """What `u` does about a delete, whatever was done since."""
        for edit in await box.refresh():
            if (edit.change.verb, edit.record) == (Verb.DELETE, gone.ref):
                for dropped in await box.discard_edit(edit.client_id):
                    gone.back, gone.unsure = True, dropped.sent_at is not None
                return
        for edit in await box.journal():
            if (edit.change.verb, edit.record) == (Verb.DELETE, gone.ref) and edit.change.base:
                gone.back |= bool(await box.undoing.take_back(Undo(edit.batch, (edit,), sent=True)))

    @rule(which=st.integers(0, 1), record=st.integers(0, RECORDS - 1))
    def type(self, which: int, record: int) -> None:
        async def draft() -> None:
            key, words = self._form(record), self.word("draft")
            with suppress(DraftHeldError):
                typed = {self.server.wire.texts[0]: words}
                form = FormText(key, "x", next(self.numbers), typed)
                await self.terminals[which].box.save_draft(form)
                self.world.drafts[key] = words

        self.run(draft())

    @rule(which=st.integers(0, 1), mine=st.booleans())
    def settle_conflict(self, which: int, mine: bool) -> None:
        async def choose() -> None:
            box = self.terminals[which].box
            for edit in await box.refresh():
                if edit.state is not State.CONFLICT:
                    continue
                clashing = {one.path: one for one in edit.answer.clashes}
                values = {
                    name: value
                    for name, value in edit.change.values.items()
                    if mine or name not in clashing
                }
                for name, clash in clashing.items():
                    value = str(edit.change.values[name])
                    if mine:
                        self.world.chosen.setdefault(value, set()).add(str(clash.theirs))
                    else:
                        self.world.given_up.add(value)
                await box.resolve(edit.client_id, values)
                return

        self.run(choose())

    # --- the others

    @rule(record=st.integers(0, RECORDS - 1), which_text=texts)
    def colleague(self, record: int, which_text: int) -> None:
        name, value = self.server.wire.texts[which_text], self.word("theirs")
        if self._under_way(self.refs[record]):
            self.world.raced.add(value)
        self.server.change(self.refs[record], **{name: value})
        self.world.theirs.setdefault((record, name), []).append(value)

    @rule(record=st.integers(0, RECORDS - 1))
    def colleague_phones(self, record: int) -> None:
        # Where lists are replaced as a whole he would race too: both ways.
        if not self._under_way(self.refs[record]):
            number = self.number()
            self.server.ring(self.refs[record], number)
            self.world.their_numbers[number] = record

    def _under_way(self, ref: Ref) -> bool:
        """Whether an edit of a record may stand between its reading and its PUT.

        Nobody can close that gap of one round trip: the CRM has no PUT with a condition.
        """
        with closing(sqlite3.connect(self.folder / "data" / FILE)) as db:
            sql = "SELECT 1 FROM edits WHERE state = 'sending' AND record_id = ?"
            return db.execute(sql, (ref.id,)).fetchone() is not None

    @rule(
        kind=fault_kinds,
        method=st.sampled_from(["PUT", "POST", "DELETE", "GET", "*"]),
        count=st.integers(1, 2),
    )
    def fault(self, kind: dict[str, Any], method: str, count: int) -> None:
        wire = self.server.wire
        if kind.get("status") == 422:
            kind = {**kind, "body": wire.refusal(wire.texts[1], "is odd")}
        self.server.fail({**kind, "method": method, "path": wire.writes, "count": count})

    @rule(which=st.integers(0, 1), dead=st.booleans())
    def line(self, which: int, dead: bool) -> None:
        self.terminals[which].line.dead = dead

    @rule(which=st.integers(0, 1), requests=st.integers(0, 4), after=st.booleans())
    def hang(self, which: int, requests: int, after: bool) -> None:
        self.terminals[which].line.hang_at(requests, after=after)

    @rule(which=st.integers(0, 1), turns=st.integers(0, 30))
    def die(self, which: int, turns: int) -> None:
        async def end() -> None:
            for _ in range(turns):
                await asyncio.sleep(0)
            await self.terminals[which].die()
            self.terminals[which] = await self._open()

        self.run(end())

    @rule(milliseconds=st.integers(0, 60))
    def time(self, milliseconds: int) -> None:
        self.run(asyncio.sleep(milliseconds / 1000))

    # --- what has to hold

    @precondition(lambda self: bool(self.terminals))
    @rule()
    def rest(self) -> None:
        """All is well again for a while, and everything goes that can go."""
        self.run(self._drain())
        self._check()

    def teardown(self) -> None:
        try:
            if self.terminals:
                self.run(self._drain())
                self._check()
        finally:
            for terminal in self.terminals:
                self.run(terminal.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    async def _drain(self) -> None:
        self.server.fail()
        async with asyncio.timeout(PATIENCE):
            for number, terminal in enumerate(self.terminals):
                terminal.line.dead = False
                if not terminal.line.hangs.is_set():
                    terminal.line.stop = None
                terminal.box.go_on()
                while any(one.moves for one in await self.terminals[number].box.refresh()):
                    for other, one in enumerate(self.terminals):
                        one.line.dead = False
                        if one.line.hangs.is_set():
                            await one.die()
                            self.terminals[other] = await self._open()
                        elif one.box.paused is not None:
                            one.box.go_on()
                    await asyncio.sleep(0.005)

    def _check(self) -> None:
        opened = list(self.run(self.terminals[0].box.refresh()))
        whole = self.run(self.terminals[0].box._edits._read(edit_table.open_edits))
        # What was read bit by bit is what is in the file.
        assert [written(one) for one in opened] == [written(one) for one in whole]
        journal = self.run(self.terminals[1].box.journal())
        Reckoning(self.server, self.world, self.refs, opened, journal).check()


@pytest.fixture(params=WIRES)
def crm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveDemo]:
    """A server of each dialect with nobody in it; it never says 429 by itself."""
    options = ("--people", "0", "--companies", "0", "--limit", "1000000")
    with running_demo(tmp_path / "crm", "--dialect", request.param, *options) as demo:
        yield demo


def test_nothing_is_lost_doubled_or_overwritten_unseen(crm: LiveDemo) -> None:
    class Machine(OutboxMachine):
        server = Server.of(crm)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=18,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
