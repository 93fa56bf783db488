"""Conflicts: which fields ask, which merged by themselves, what shall stand there in the end."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Plain
from csc_tui.domain.merge import merge, same
from csc_tui.domain.ref import Ref
from csc_tui.services.snapshots import snapshot_of
from csc_tui.store.edit_rows import Choice

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.store.edit_rows import Edit


class Side(StrEnum):
    """Whose value a row takes."""

    MINE = "mine"
    THEIRS = "theirs"
    TYPED = "typed"


@dataclass(slots=True)
class Row:
    """One field of a conflict."""

    path: str
    """As in `Clash.path`; of a row about the record beside a part's own: from the record on."""
    before: Plain
    mine: Plain
    theirs: Plain
    asks: bool
    """Whether both sides changed it; else it merged without asking."""
    beside: bool = False
    """Whether it is not about what the edit itself changes, but about the record around it."""
    taken: Side | None = None
    """None: still to choose."""
    typed: Plain = None
    text: str | None = None
    """What was typed, as typed; it is offered again also where it was not taken."""
    typing: bool = False
    """Whether it is being typed."""

    @property
    def key(self) -> str:
        """Names it among the rows of a conflict: what is beside the edit begins with `/`."""
        return f"/{self.path}" if self.beside else self.path

    @property
    def choice(self) -> Choice:
        """What is chosen and typed, as it is kept."""
        return Choice(self.taken or "", self.theirs, self.text, self.typed, self.typing)

    @property
    def value(self) -> Plain:
        """What shall stand there."""
        if self.taken is Side.TYPED:
            return self.typed
        return self.mine if self.taken is Side.MINE else self.theirs


@dataclass(frozen=True, slots=True)
class Settled:
    """What a settled conflict asks for."""

    values: Mapping[str, Plain] = field(default_factory=dict)
    """For `Outbox.resolve`; empty: all theirs."""
    discard: bool = False
    """Of a delete: it is not to be done."""
    others: tuple[Change, ...] = ()
    """Changes of what merged without asking and belongs to another part of the record."""


def missing(edit: Edit) -> bool:
    """Whether the record has to be read to show what others changed."""
    return any(_beside(edit, path) for path in edit.answer.merged)


def rows(edit: Edit, now: Mapping[str, Plain] | None = None) -> list[Row]:
    """What asks, then what merged without asking; `now` is the record as values, if it is here."""
    clashes = edit.answer.clashes
    asking = [Row(one.path, one.before, one.mine, one.theirs, asks=True) for one in clashes]
    if edit.change.verb in (Verb.DELETE, Verb.MERGE):
        return asking
    paths = {one.path.split("/")[0] for one in asking}
    theirs = edit.answer.theirs
    merged = [
        Row(name, edit.change.base.get(name), value, theirs.get(name), asks=False, taken=Side.MINE)
        for name, value in edit.change.values.items()
        if name not in paths and not same(value, theirs.get(name))
    ]
    seen = edit.snapshot.as_values()
    for path in edit.answer.merged:
        beside = _beside(edit, path)
        name = _own_name(edit, path)
        before = at(seen, path)
        value = at(now, path) if now is not None and beside else theirs.get(name)
        if beside and now is None:
            continue
        shown = path if beside else name
        merged.append(Row(shown, before, before, value, False, beside, taken=Side.THEIRS))
    found = asking + merged
    for row in found:
        if (kept := edit.choices.get(row.key)) is not None:
            _restore(row, kept)
    return found


def _restore(row: Row, kept: Choice) -> None:
    """What was chosen before; their value being another one since, only the text is offered."""
    row.text, row.typing = kept.text, kept.typing
    side = next((one for one in Side if one == kept.side), None)
    if side is not None and same(kept.theirs, row.theirs):
        row.taken, row.typed = side, kept.value


def _own_name(edit: Edit, path: str) -> str:
    """A path of the record as a field of the part that the edit is about."""
    change = edit.change
    return path.removeprefix(f"{change.ref.resource}/{change.ref.id}/") if change.parent else path


def _beside(edit: Edit, path: str) -> bool:
    """Whether a path is not a field of what the edit changes."""
    name = _own_name(edit, path)
    return "/" in name if edit.change.parent is None else name == path


def at(values: Mapping[str, Plain], path: str) -> Plain:
    """The value that a path leads to; None where there is none."""
    name, _, rest = path.partition("/")
    found = values.get(name)
    if not rest or not isinstance(found, list):
        return None if rest else found
    key, _, inner = rest.partition("/")
    item = next((one for one in found if _key(one) == key), None)
    if not inner:
        return item
    return item.get(inner) if isinstance(item, dict) else None


def settle(edit: Edit, chosen: list[Row], now: Record | None = None) -> Settled:
    """What the choices ask for; every row has to be chosen. `now`: the record, if it was read."""
    if edit.change.verb in (Verb.DELETE, Verb.MERGE):
        return Settled(discard=any(one.taken is not Side.MINE for one in chosen))
    own = [one for one in chosen if not one.beside]
    theirs = edit.answer.theirs
    names = dict.fromkeys([*edit.change.values, *(one.path.split("/")[0] for one in own)])
    base = {name: edit.change.base.get(name) for name in names}
    mine = {**base, **edit.change.values}
    merged = merge(base, mine, {name: theirs.get(name) for name in names}).merged
    values: dict[str, Plain] = copy.deepcopy(merged)
    for row in own:
        _put(values, row.path, row.value)
    left = {name: value for name, value in values.items() if not same(value, theirs.get(name))}
    return Settled(left, others=_others(chosen, now))


def _others(chosen: list[Row], now: Record | None) -> tuple[Change, ...]:
    """Changes of fields beside those of the edit that the user wants otherwise."""
    if now is None:
        return ()
    found = []
    for row in chosen:
        if not row.beside or row.taken is Side.THEIRS or same(row.value, row.theirs):
            continue
        name, _, rest = row.path.partition("/")
        part_id, _, inner = rest.partition("/")
        if not rest:
            values = {name: row.value}
            change = Change(Verb.UPDATE, now.ref, None, values, now.base(values), now.version())
        else:
            part = next((it for it in getattr(now, name, ()) if it.id == part_id), None)
            if part is None or not inner:
                continue
            ref, values = Ref(name, part_id), {inner: row.value}
            change = Change(Verb.UPDATE, ref, now.ref, values, part.base(), now.version())
        found.append(change)
    return tuple(found)


def values_of(resource: Resource, record: Record) -> dict[str, Plain]:
    """A record as the values that paths lead into."""
    return snapshot_of(resource, record).as_values()


def _put(values: dict[str, Plain], path: str, value: Plain) -> None:
    """Set what a path leads to; None removes an item of a list."""
    name, _, rest = path.partition("/")
    if not rest:
        values[name] = value
        return
    key, _, inner = rest.partition("/")
    found = values.get(name)
    items: list[Any] = list(found) if isinstance(found, list) else []
    place = next((n for n, one in enumerate(items) if _key(one) == key), None)
    if inner:
        if place is not None and isinstance(items[place], dict):
            items[place] = {**items[place], inner: value}
    elif value is None:
        if place is not None:
            del items[place]
    elif place is None:
        items.append(value)
    else:
        items[place] = value
    values[name] = items


def _key(item: Any) -> str:
    return str(item.get("id") or "") if isinstance(item, dict) else str(item)
