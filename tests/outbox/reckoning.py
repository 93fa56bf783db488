"""What has to hold once nothing moves any more: of the stateful test, for any CRM."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csc_tui.domain.change import Verb
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import Edit, State
from tests.outbox.server import Server
from tests.outbox.world import Save, World


@dataclass
class Reckoning:
    """Compares one world with the server, the outbox and the journal."""

    server: Server
    world: World
    refs: Sequence[Ref]
    """The records that are edited."""
    opened: Sequence[Edit]
    """What is in the outbox."""
    journal: Sequence[Edit]

    def __post_init__(self) -> None:
        self.there = [self.server.record(ref) for ref in self.refs]
        self.written = {str(it) for one in self.journal for it in one.change.values.values()}

    def check(self) -> None:
        """Raise AssertionError where something is lost, doubled, overtaken or unexplained."""
        self._check_kept()
        self._check_once()
        for edit in self.opened:
            assert edit.state is State.DRAFT or (edit.needs_user and _reason(edit)), edit
        for record, name in itertools.product(range(len(self.refs)), self.server.wire.texts):
            self._check_field(record, name, text(self.there[record][name]))
        self._check_parts()
        self._check_people()
        self._check_deleted()
        self._check_drafts()

    def _check_kept(self) -> None:
        held = {str(it) for one in self.opened for it in one.change.values.values()}
        names = self.server.wire.texts
        stands = {str(one[name]) for one in self.there for name in names}
        known = held | self.written | stands | self.world.folded | self.world.given_up
        for value, save in self.world.saves.items():
            assert value in known, f"{save} is lost"

    def _check_once(self) -> None:
        """No change was carried out twice, unless the user has put it in place of another one."""
        for entry in self.server.log():
            if entry["method"] == "PUT" and 200 <= (entry["work"] or 0) < 300:
                values = self.server.wire.values(entry["body"]).values()
                self.world.writes.update(map(str, values))
        self.server.forget()
        for value in self.world.saves:
            allowed = 1 + len(self.world.chosen.get(value, ()))
            assert self.world.writes[value] <= allowed, (value, self.world.writes[value])

    def _check_field(self, record: int, name: str, final: str | None) -> None:
        theirs = self.world.theirs.get((record, name), [])
        mine = [s for s in self.world.saves.values() if (s.record, s.name) == (record, name)]
        if final is None:
            assert not theirs
            assert not [one for one in mine if one.value in self.written]
            return
        if final in theirs:
            assert final == theirs[-1]
            return
        save = self.world.saves[final]
        later = [one for one in mine if one.number > save.number and one.value in self.written]
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

    def _check_parts(self) -> None:
        tags = [[str(it["name"]) for it in one["tags"]] for one in self.there]
        numbers = [self.server.wire.numbers(one) for one in self.there]
        for tag, record in self.world.tags.items():
            self._check_count(tags[record].count(tag), 1, "name", tag)
        for number, record in self.world.numbers.items():
            self._check_count(numbers[record].count(number), 1, "number", number)
        for number, record in self.world.their_numbers.items():
            assert numbers[record].count(number) == 1, (number, numbers[record])

    def _check_people(self) -> None:
        for name, wanted in self.world.people.items():
            self._check_count(len(self.server.called(name)), wanted, "last_name", name)

    def _check_count(self, count: int, wanted: int, field: str, value: str) -> None:
        """What is not there is in the outbox; of what asks, nobody knows whether it is there."""
        opened = [it for it in self.opened if str(it.change.values.get(field)) == value]
        asking = sum(it.state is State.UNCLEAR for it in opened)
        least = wanted - len(opened)
        assert least <= count <= least + asking, (value, count, opened)

    def _check_deleted(self) -> None:
        for name, gone in self.world.deleted.items():
            there = self.server.called(name)
            opened = [
                it
                for it in self.opened
                if it.record == gone.ref or it.change.values.get("last_name") == name
            ]
            if gone.unsure or opened:
                assert len(there) <= 1, (name, there, opened)
            else:
                assert len(there) == gone.back, (name, gone, there)
            if there and self.server.wire.bin:
                assert str(there[0]["id"]) == gone.ref.id

    def _check_drafts(self) -> None:
        kept = {one.form.key: one for one in self.opened if one.form and one.state is State.DRAFT}
        for key, words in self.world.drafts.items():
            form = kept[key].form
            assert form is not None
            assert form.texts[self.server.wire.texts[0]] == words
        for edit in self.opened:
            if edit.state is State.REFUSED and edit.change.verb is Verb.UPDATE:
                assert edit.form is not None
                assert edit.answer.error is not None


def _reason(edit: Edit) -> bool:
    """Whether it says why it stands there."""
    return edit.answer.error is not None or bool(edit.answer.clashes) or edit.asks


def text(value: Any) -> str | None:
    """A field's value; None for an empty one."""
    return str(value) if value else None
