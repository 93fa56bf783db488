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
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, ClassVar

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
from csc_tui.domain.form_text import FormText
from csc_tui.domain.ref import Ref
from csc_tui.services.outbox import DraftHeldError
from csc_tui.store.edit_rows import Edit, State
from csc_tui.store.edits_file import FILE
from tests.live_demo import LiveDemo
from tests.outbox.server import Server
from tests.outbox.terminal import Terminal
from tests.outbox.world import Save, World

EXAMPLES = int(os.environ.get("CSC_TUI_TEST_EXAMPLES", "12"))
"""Runs of the machine; thousands for a night."""
RECORDS = 2
FIELDS = ("title", "background")

fault_kinds = st.sampled_from(
    [
        {"kind": "drop", "when": "before"},
        {"kind": "drop", "when": "after"},
        {"kind": "cut"},
        {"kind": "status", "status": 500, "when": "before"},
        {"kind": "status", "status": 502, "when": "after"},
        {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
        {"kind": "status", "status": 422, "body": {"background": ["is odd"]}},
        {"kind": "status", "status": 401},
    ]
)


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
        names=st.lists(st.sampled_from(FIELDS), min_size=1, max_size=2, unique=True),
        fresh=st.booleans(),
    )
    def save(self, which: int, record: int, names: list[str], fresh: bool) -> None:
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
        form = FormText(f"people/{ref.id}", "x", next(self.numbers), texts=dict(values))
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
                record, name, value, _text(base.get(name)), next(self.numbers)
            )

    async def _shown(self, terminal: Terminal, ref: Ref, fresh: bool) -> Any:
        """The record as the screen has it; None where it cannot be had now."""
        from csc_tui.domain.errors import CrmError

        with suppress(CrmError, TimeoutError):
            async with asyncio.timeout(0.3):
                if fresh:
                    await terminal.desk.records.fetch(ref)
                return await terminal.shown(ref)
        return None

    @rule(which=st.integers(0, 1), record=st.integers(0, RECORDS - 1))
    def tag(self, which: int, record: int) -> None:
        async def add() -> None:
            name = self.word("tag")
            change = Change(Verb.CREATE, Ref("tags", ""), self.refs[record], {"name": name})
            await self.terminals[which].box.submit([change], None, title="x")
            self.world.tags[name] = record

        self.run(add())

    @rule(which=st.integers(0, 1), again=st.booleans(), child=st.booleans())
    def create(self, which: int, again: bool, child: bool) -> None:
        async def make() -> None:
            name = self.word("P")
            if again and self.world.people:
                name = list(self.world.people)[-1]
            (edit,) = await self.terminals[which].create("people", last_name=name)
            self.world.people[name] = self.world.people.get(name, 0) + 1
            if child:
                await self.terminals[which].add(edit.record, "tags", name=self.word("child"))

        self.run(make())

    @rule(which=st.integers(0, 1), record=st.integers(0, RECORDS - 1))
    def type(self, which: int, record: int) -> None:
        async def draft() -> None:
            key = f"people/{self.refs[record].id}"
            text = self.word("draft")
            with suppress(DraftHeldError):
                form = FormText(key, "x", next(self.numbers), {"title": text})
                await self.terminals[which].box.save_draft(form)
                self.world.drafts[key] = text

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

    @rule(record=st.integers(0, RECORDS - 1), name=st.sampled_from(FIELDS))
    def colleague(self, record: int, name: str) -> None:
        value = self.word("theirs")
        if self._under_way(self.refs[record]):
            self.world.raced.add(value)
        self.server.change(self.refs[record], **{name: value})
        self.world.theirs.setdefault((record, name), []).append(value)

    def _under_way(self, ref: Ref) -> bool:
        """Whether an edit of a record may stand between its reading and its PUT.

        Nobody can close that gap of one round trip: the CRM has no PUT with a condition.
        """
        with closing(sqlite3.connect(self.folder / "data" / FILE)) as db:
            sql = "SELECT 1 FROM edits WHERE state = 'sending' AND record_id = ?"
            return db.execute(sql, (ref.id,)).fetchone() is not None

    @rule(
        kind=fault_kinds,
        method=st.sampled_from(["PUT", "POST", "GET", "*"]),
        count=st.integers(1, 2),
    )
    def fault(self, kind: dict[str, Any], method: str, count: int) -> None:
        self.server.fail({**kind, "method": method, "path": "/people**", "count": count})

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
        async with asyncio.timeout(15):
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
        open_edits = self.run(self.terminals[0].box.refresh())
        journal = self.run(self.terminals[1].box.journal())
        held = {str(it) for one in open_edits for it in one.change.values.values()}
        written = {str(it) for one in journal for it in one.change.values.values()}
        there = [self.server.record(ref) for ref in self.refs]
        stands = {str(one[name]) for one in there for name in FIELDS}
        for value, save in self.world.saves.items():
            known = held | written | stands | self.world.folded | self.world.given_up
            assert value in known, f"{save} is lost"
        self._check_once()
        for edit in open_edits:
            assert edit.state is State.DRAFT or (edit.needs_user and _reason(edit)), edit
        for record, name in itertools.product(range(RECORDS), FIELDS):
            self._check_field(record, name, _text(there[record][name]), written)
        self._check_made(open_edits, there)
        self._check_drafts(open_edits)

    def _check_once(self) -> None:
        """No change was carried out twice, unless the user has put it in place of another one."""
        for entry in self.server.log():
            if entry["method"] == "PUT" and 200 <= (entry["work"] or 0) < 300:
                self.world.writes.update(map(str, entry["body"]["person"].values()))
        self.server.forget()
        for value in self.world.saves:
            allowed = 1 + len(self.world.chosen.get(value, ()))
            assert self.world.writes[value] <= allowed, (value, self.world.writes[value])

    def _check_field(self, record: int, name: str, final: str | None, written: set[str]) -> None:
        theirs = self.world.theirs.get((record, name), [])
        mine = [s for s in self.world.saves.values() if (s.record, s.name) == (record, name)]
        if final is None:
            assert not theirs
            assert not [one for one in mine if one.value in written]
            return
        if final in theirs:
            assert final == theirs[-1]
            return
        save = self.world.saves[final]
        later = [one for one in mine if one.number > save.number and one.value in written]
        assert not later, f"{later[0]} was overtaken by {save}"
        if theirs and theirs[-1] not in self.world.raced:
            assert theirs[-1] in self._seen(save), f"{theirs[-1]} was overwritten unseen by {save}"

    def _seen(self, save: Save) -> set[str]:
        """What the user had seen when he wrote a value, through his own earlier ones too."""
        seen = set(self.world.chosen.get(save.value, ()))
        before = save.seen
        while before is not None:
            seen.add(before)
            seen |= self.world.chosen.get(before, set())
            earlier = self.world.saves.get(before)
            before = earlier.seen if earlier else None
        return seen

    def _check_made(self, open_edits: list[Edit], there: list[dict[str, Any]]) -> None:
        pending = [str(one.change.values.get("name")) for one in open_edits]
        for tag, record in self.world.tags.items():
            count = sum(one["name"] == tag for one in there[record]["tags"])
            assert count + (tag in pending) == 1, (tag, count, open_edits)
        waiting = [str(one.change.values.get("last_name")) for one in open_edits]
        for name, wanted in self.world.people.items():
            count = len(self.server.called(name))
            assert count + waiting.count(name) == wanted, (name, count, open_edits)

    def _check_drafts(self, open_edits: list[Edit]) -> None:
        kept = {one.form.key: one for one in open_edits if one.form and one.state is State.DRAFT}
        for key, text in self.world.drafts.items():
            form = kept[key].form
            assert form is not None
            assert form.texts["title"] == text
        for edit in open_edits:
            if edit.state is State.REFUSED and edit.change.verb is Verb.UPDATE:
                assert edit.form is not None
                assert edit.answer.error is not None


def _reason(edit: Edit) -> bool:
    """Whether it says why it stands there."""
    return edit.answer.error is not None or bool(edit.answer.clashes) or edit.asks


def _text(value: object) -> str | None:
    return str(value) if value else None


def test_nothing_is_lost_doubled_or_overwritten_unseen(shared_demo: LiveDemo) -> None:
    class Machine(OutboxMachine):
        server = Server.of(shared_demo)

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
