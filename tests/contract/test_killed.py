"""Killed before or after any request of a write: the next start finishes it, exactly once."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from csc_tui.domain.ref import Ref
from tests.contract.conftest import Ground
from tests.outbox.terminal import Terminal

Write = Callable[[Ground, Ref, str], Awaitable[Any]]
Seen = Callable[[Ground, Ref, str], list[str]]


async def _update(ground: Ground, ref: Ref, word: str) -> None:
    await ground.terminal.save(ref, first_name=word)


async def _phone(ground: Ground, ref: Ref, word: str) -> None:
    await ground.terminal.add(ref, "phones", number=ground.number(2), kind="other")


async def _changed_phone(ground: Ground, ref: Ref, word: str) -> None:
    (part,) = (await ground.shown(ref)).phones
    await ground.terminal.edit_part(ref, part, "phones", number=ground.number(3))


async def _tag(ground: Ground, ref: Ref, word: str) -> None:
    await ground.terminal.add(ref, "tags", name=word)


async def _create(ground: Ground, ref: Ref, word: str) -> None:
    await ground.terminal.create(ref.resource, first_name="Anna", last_name=word)


def _numbers(ground: Ground, ref: Ref, word: str) -> list[str]:
    return [one.text()[-1] for one in ground.colleague.record(ref).phones]


def _named(ground: Ground, ref: Ref, word: str) -> list[str]:
    crm, found = ground.colleague.crm, set()
    for request in crm.search(ref.resource, word):
        found |= {
            str(it["id"]) for it in crm.read_list(ref.resource, ground.colleague.send(request))
        }
    return ["x"] * len(found)


KINDS: dict[str, tuple[Write, Seen, list[str]]] = {
    "a field": (_update, lambda g, r, w: [g.colleague.record(r).first_name == w], [True]),
    "a new phone": (_phone, _numbers, ["1", "2"]),
    "another number": (_changed_phone, _numbers, ["3"]),
    "a tag": (_tag, lambda g, r, w: [it.text() == w for it in g.colleague.record(r).tags], [True]),
    "a new record": (_create, _named, ["x"]),
}  # type: ignore[dict-item]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_write_survives(ground: Ground, kind: str, *, after: bool) -> None:
    write, seen, wanted = KINDS[kind]
    for number in range(4):
        ref, word = ground.person(), f"Wort{uuid.uuid4().hex[:10]}"
        ground.block = str(uuid.uuid4().int)[:8]
        if "phone" in kind or "number" in kind:
            ref = ground.person(phones=[{"number": ground.number(1), "kind": "other"}])
        await ground.shown(ref)
        first = ground.terminal
        first.line.hang_at(number, after=after)
        await write(ground, ref, word)
        hung = await first.idle(20.0)
        await first.die()
        ground.terminal = await Terminal(ground.demo, first._folder).open()
        await ground.terminal.settled()
        assert ground.terminal.box.outbox == 0, (number, ground.terminal.box.entries())
        assert sorted(seen(ground, ref, word)) == wanted, (number, hung)
        if not hung:
            return
