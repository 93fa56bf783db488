"""The open edits of an account in memory, so that nothing looks through all of them.

Thousands may be queued at once: who they are about, how they stand and which of them may be taken
for one another is found without going over the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from csc_tui.domain.change import Verb
from csc_tui.domain.ref import Ref
from csc_tui.store.edit_rows import Edit, State


class Standings(NamedTuple):
    """How many of a batch's open edits stand how."""

    asks: int
    """They need the user."""
    paused: int
    moves: int
    """They go by themselves, sooner or later."""


class OpenEdits:
    """Drafts and all that is not confirmed; whatever is given out is in the order of saving."""

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self.version = 0
        """Another number after every change."""
        self._numbers: dict[str, int] = {}
        """Client id -> number."""
        self._homes: dict[Hashable, dict[int, Edit]] = {}
        """What edits have in common -> number -> edit."""
        self._mixed: set[Hashable] = set()
        """Homes that are not in order at the moment."""
        self._times: dict[int, float] = {}
        """Number -> when it is due, of those that move and wait for a moment."""
        for edit in edits:
            self.put(edit)

    def put(self, edit: Edit) -> Edit | None:
        """Add an edit, or another state of it; gives the one before. A confirmed one goes."""
        known = self._numbers.get(edit.client_id, edit.number)
        stays = known == edit.number and edit.state is not State.CONFIRMED
        # A draft that was typed further has another number, and stands at the end.
        old = self.drop(known, keep=_homes(edit) if stays else ())
        if edit.state is State.CONFIRMED:
            return old
        self._numbers[edit.client_id] = edit.number
        for key in _homes(edit):
            home = self._homes.setdefault(key, {})
            if home and edit.number not in home and edit.number < next(reversed(home)):
                self._mixed.add(key)
            home[edit.number] = edit
        if edit.moves and edit.not_before > 0:
            self._times[edit.number] = edit.not_before
        return old

    def drop(self, number: int, *, keep: Iterable[Hashable] = ()) -> Edit | None:
        """Take an edit out; gives it as it was last, None where it was not here.

        `keep`: homes in which it is about to be put over itself, at the same place.
        """
        self.version += 1
        edit = self._homes.get(_ALL, {}).get(number)
        if edit is None:
            return None
        del self._numbers[edit.client_id]
        self._times.pop(number, None)
        kept = set(keep)
        for key in _homes(edit):
            if key not in kept:
                del self._homes[key][number]
                if not self._homes[key]:
                    del self._homes[key]
                    self._mixed.discard(key)
        return edit

    # --- what there is

    def __len__(self) -> int:
        return len(self._homes.get(_ALL, ()))

    def __iter__(self) -> Iterator[Edit]:
        yield from self._in(_ALL)

    def get(self, client_id: str) -> Edit | None:
        """One edit."""
        number = self._numbers.get(client_id)
        return self._homes[_ALL][number] if number is not None else None

    def about(self, record: Ref) -> Iterable[Edit]:
        """Those of a record and of its parts."""
        return self._in(record)

    def of_batch(self, batch: str) -> Standings:
        """How those of one form or command stand."""
        return Standings(*(len(self._homes.get((batch, one), ())) for one in _STANDS))

    def in_state(self, state: State) -> Iterable[Edit]:
        """Those that stand so."""
        return self._in(state)

    def count(self, state: State) -> int:
        """How many stand so."""
        return len(self._homes.get(state, ()))

    # --- what goes by itself

    def moving(self, *, bulk: bool) -> Iterable[Edit]:
        """What goes by itself: what was done by hand, or what is some of many."""
        return self._in(("moves", bulk))

    def chain_before(self, edit: Edit) -> Edit | None:
        """Of a chain: its first link that is not confirmed, if that is an earlier one."""
        first = next(iter(self._in(("chain", edit.batch))), edit) if edit.chained else edit
        return first if first.number < edit.number else None

    def kin(self, edit: Edit) -> Iterable[Edit]:
        """The creates for which the record that an edit makes could be taken."""
        return self._in(("kin", edit.change.ref.resource, edit.change.parent))

    def next_time(self, now: float) -> float | None:
        """When the next edit is due that is not yet; None if nothing waits for a moment."""
        # A moment that has passed is never asked for again.
        self._times = {number: at for number, at in self._times.items() if at > now}
        return min(self._times.values(), default=None)

    def _in(self, key: Hashable) -> Iterable[Edit]:
        """A home in order. Mostly it is so already: later edits have higher numbers."""
        if key in self._mixed:
            self._mixed.discard(key)
            self._homes[key] = dict(sorted(self._homes[key].items()))
        return self._homes.get(key, {}).values()


_ALL = "all"
_STANDS = ("asks", "paused", "moves")


def _stands(edit: Edit) -> str:
    if edit.needs_user:
        return "asks"
    return "paused" if edit.state is State.PAUSED else "moves"


def _homes(edit: Edit) -> list[Hashable]:
    """What an edit is found by."""
    keys: list[Hashable] = [_ALL, edit.state, edit.record, (edit.batch, _stands(edit))]
    if edit.chained:
        keys.append(("chain", edit.batch))
    if edit.moves:
        keys.append(("moves", edit.bulk))
    if edit.change.verb is Verb.CREATE and (edit.moves or edit.state is State.UNCLEAR):
        keys.append(("kin", edit.change.ref.resource, edit.change.parent))
    return keys
