"""Lookups: users, tags and field definitions, fetched when first needed and kept for a day."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError, Forbidden, NotFound, Rejected
from csc_tui.domain.field import Choice
from csc_tui.domain.lookup import FieldDefinition, static_choices
from csc_tui.services.away import away
from csc_tui.services.events import Failed, LookupsChanged, Mended
from csc_tui.services.usage import used_most
from csc_tui.words import say
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.http.message import Response
    from csc_tui.services.desk import Desk

KEPT = 86_400.0
"""Seconds after which a lookup is fetched anew when it is needed."""
RETRY = 60.0
"""Seconds after a failure during which it is not asked for again."""
MOST_PAGES = 40
"""Pages of a lookup at most: a server that never ends is not followed."""
_USED = ""
"""Names the counting among the tasks."""
_WITHHELD = (Forbidden, NotFound, Rejected)
"""Said of a list that the CRM has not, or does not show to everybody."""
FIELDS = "fields"
"""The lookup of field definitions; the others are `users` and `tags`."""


class Lookups:
    """What gives ids their words and forms their options."""

    def __init__(self, desk: Desk) -> None:
        self.known: dict[str, tuple[Choice, ...]] = {}
        """Lookup name -> its choices as far as they are here; to be read, not written."""
        self._desk = desk
        self._used: dict[str, Counter[str]] = {}
        self._counted = False
        self._fresh_until: dict[str, float] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._looked: dict[str, asyncio.Event] = {}
        """Of each of the tasks: set once it has looked into the store, and goes on to the CRM."""

    def choices(self, name: str) -> Sequence[Choice]:
        """The options of a lookup that are in memory, what the account uses most first."""
        choices = self.known.get(name) or static_choices(name)
        if (used := self._used.get(name)) is None:
            return choices
        return sorted(choices, key=lambda one: -used[one.value])

    def want(self, name: str) -> None:
        """Have a lookup fetched without waiting for it; LookupsChanged tells when it is there."""
        if name != FIELDS and not self._counted:
            self._counted = True
            self._start(_USED, self._count())
        known = not name or self._desk.tab(name) is not None or static_choices(name)
        if not known and self._desk.clock.now() >= self._fresh_until.get(name, 0.0):
            self._start(name, self._fetch(name))

    async def need(self, name: str) -> Sequence[Choice]:
        """The options of a lookup, fetched if need be; what is here if the CRM does not answer."""
        self.want(name)
        if (task := self._tasks.get(name)) is not None:
            await self._looked[name].wait()
            if not task.done():
                with away():
                    await asyncio.shield(task)
        return self.choices(name)

    async def require(self, name: str) -> Sequence[Choice]:
        """As `need`. Raises CrmError where nothing of it is here and the CRM does not answer.

        What a CRM has not got, or does not give to this user, is none: ids do for it.
        """
        if not static_choices(name) and self._desk.clock.now() >= self._fresh_until.get(name, 0.0):
            known = await self._stored(name)
            try:
                await self._renew(name)
            except _WITHHELD:
                pass
            except CrmError:
                if not known:
                    raise
        return self.choices(name)

    async def definitions(self) -> list[FieldDefinition]:
        """The custom fields that the store knows, however old."""
        stored = await self._desk.store.lookup(FIELDS)
        kept = stored.choices if stored is not None else ()
        return [one for it in kept if (one := _unpacked(Choice(*it))) is not None]

    async def recall(self) -> None:
        """Take the options that the store has, however old; nothing is asked for."""
        for name in self._named():
            stored = await self._desk.store.lookup(name)
            if stored is not None:
                self._take(name, [Choice(*one) for one in stored.choices])

    async def records(self, resource: str, text: str) -> list[tuple[Choice, str]]:
        """Records of a resource whose name has words that start with `text`.

        Each with what tells it apart: its city, and how many people name it (a company).
        """
        tab, first = self._desk.tab(resource), self._desk.tabs[0]
        linked = first.name if resource != first.name else ""
        found = await self._desk.store.suggest(resource, text, linked=linked)
        names = [column.name for column in tab.columns] if tab else []
        city = names.index("city") if "city" in names else 0
        return [
            (
                Choice(row.id, row.cells[0], row.cells[city] if city else ""),
                say("edit.linked", count=count, one=first.one, many=first.many) if linked else "",
            )
            for row, count in found
            if row.cells
        ]

    async def values(self, resource: str, column: str, text: str) -> list[str]:
        """What records that are here have in a column of their list, by words that start so.

        What most of them have comes first; nothing where there is no such column.
        """
        tab = self._desk.tab(resource)
        names = [one.name for one in tab.columns] if tab else []
        if column not in names:
            return []
        return await self._desk.store.values(resource, names.index(column), text)

    def _named(self) -> set[str]:
        """The lookups that fields of records and parts name."""
        found = set()
        for resource in self._desk.resources.values():
            kinds = (resource.fields, *(kind.fields for kind in resource.all_parts))
            found |= {one.lookup for fields in kinds for one in fields if one.lookup}
        return found

    def _start(self, name: str, work: Coroutine[None, None, None]) -> None:
        if name in self._tasks:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks[name], self._looked[name] = task, asyncio.Event()
        task.add_done_callback(lambda done: self._done(name, done))

    def _done(self, name: str, task: asyncio.Task[None]) -> None:
        del self._tasks[name]
        self._looked.pop(name).set()
        if not task.cancelled():
            task.result()

    async def _count(self) -> None:
        self._used = await used_most(self._desk)
        self._desk.events.tell(LookupsChanged())

    async def _fetch(self, name: str) -> None:
        """Out of the store; from the CRM if that is a day old."""
        await self._stored(name)
        self._looked[name].set()
        try:
            await self._renew(name)
        except CrmError as error:
            self._fresh_until[name] = self._desk.clock.now() + RETRY
            self._desk.events.tell(Failed(error, f"lookup.{name}"))

    async def _stored(self, name: str) -> bool:
        """Take what the store has; whether it has anything that can be read."""
        stored = await self._desk.store.lookup(name)
        await self._desk.awake.wait()
        if stored is None or not self._take(name, [Choice(*one) for one in stored.choices]):
            return False
        if 0 <= self._desk.clock.now() - stored.at < KEPT:
            self._fresh_until[name] = stored.at + KEPT
        return True

    async def _renew(self, name: str) -> None:
        """Ask the CRM, unless what is here is young enough. Raises CrmError."""
        now = self._desk.clock.now()
        if now < self._fresh_until.get(name, 0.0):
            return
        choices, whole = await self._ask(name)
        self._fresh_until[name] = now + (KEPT if whole else RETRY)
        self._desk.events.tell(Mended(f"lookup.{name}"))
        self._take(name, choices)
        kept = [(one.value, one.words, one.note) for one in choices]
        if whole:
            await self._desk.store.save_lookup(name, kept, now)

    async def _ask(self, name: str) -> tuple[list[Choice], bool]:
        """What the CRM has; False where a part of it is refused to this user, as of now."""
        crm, whole = self._desk.crm, True
        if crm.lookup(name, 1) is None:
            # A CRM that has no such list: what its records have.
            used = (await used_most(self._desk)).get(name, Counter())
            return [Choice(value, value) for value, _ in used.most_common()], True
        found: dict[str, Choice] = {}
        response: Response | None = None
        for page in range(1, MOST_PAGES + 1):
            request = crm.lookup(name, page, response)
            if request is None:
                break
            try:
                response = await self._desk.ask(request, Lane.VISIBLE)
            except _WITHHELD as error:
                if name != FIELDS:
                    raise
                whole &= not isinstance(error, Forbidden)
                continue  # nothing is known of this resource: the next one may tell
            if name == FIELDS:
                made = [_packed(one) for one in crm.read_definitions(request, response)]
            else:
                made = crm.read_choices(name, response)
            found.update((one.value, one) for one in made)
        return list(found.values()), whole

    def _take(self, name: str, choices: Sequence[Choice]) -> bool:
        """Use what the store or the CRM gave; False if another version wrote it."""
        readable = True
        if name == FIELDS:
            definitions = [one for it in choices if (one := _unpacked(it)) is not None]
            readable = len(definitions) == len(choices)
            self._desk.define(definitions)
        else:
            self.known[name] = tuple(choices)
        self._desk.events.tell(LookupsChanged())
        return readable


def _packed(one: FieldDefinition) -> Choice:
    """A definition as the store keeps it."""
    options = {it.value: it.words for it in one.options}
    packed = json.dumps([one.resource, one.kind, options, one.position, one.unique])
    return Choice(f"{one.resource}/{one.id}", one.label, packed)


def _unpacked(choice: Choice) -> FieldDefinition | None:
    """A definition out of the store; None where another version wrote it."""
    try:
        resource, kind, packed, position, unique = json.loads(choice.note)
        options = tuple(Choice(value, words) for value, words in packed.items())
        made = choice.value.removeprefix(f"{resource}/")
        place = int(position)
        return FieldDefinition(
            made, resource, choice.words, kind, options, place, unique=bool(unique)
        )
    except (ValueError, TypeError, AttributeError):
        return None
