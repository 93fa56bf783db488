"""What can be done with an entry of the outbox: settle, try now, edit, throw away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import CrmError, Forbidden, NotFound
from csc_tui.domain.ref import Ref
from csc_tui.glyphs import harmless
from csc_tui.services.entries import UNMADE, Standing, State, standing
from csc_tui.ui import edit_words as words
from csc_tui.ui.clipboard import to_copy
from csc_tui.ui.copying import hand_over
from csc_tui.ui.edit_detail import changes
from csc_tui.ui.screens.menu import MenuScreen
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.entries import Edit
    from csc_tui.ui.screens.outbox import OutboxScreen


Option = tuple[str, Callable[[], Awaitable[object]]]
"""One line of a menu, and what it does."""


@dataclass(frozen=True, slots=True)
class Question:
    """A yes-or-no question in the message line."""

    text: str
    yes: Callable[[], Awaitable[object]]


def _waits(one: Edit, edit: Edit) -> bool:
    """Whether one entry goes when another one is thrown away."""
    if edit.chained:
        return one.batch == edit.batch and one.number > edit.number
    create = edit.change.verb is Verb.CREATE and edit.change.parent is None
    return create and one.client_id != edit.client_id and one.record == edit.record


class Settling:
    """The `do_…` methods of the outbox's entries."""

    def __init__(self, screen: OutboxScreen) -> None:
        self._screen = screen
        self._outbox = screen.outbox

    def _key(self, command: str) -> str:
        return self._screen.shell.keymap.of(command)

    def _ask(self, text: str, yes: Callable[[], Awaitable[object]]) -> None:
        self._screen.question = Question(text, yes)
        self._screen.draw()

    # --- settle

    async def do_outbox_settle(self) -> None:
        """Open what settles the entry under the cursor."""
        screen, edit = self._screen, self._screen.entry
        if edit is None:
            return
        match standing(edit, screen.csc.desk.clock.now()):
            case Standing.CLASH:
                from csc_tui.ui.screens.conflict import ConflictScreen

                screen.app.push_screen(ConflictScreen(self._outbox, edit))
            case Standing.DRAFT:
                await screen.csc.errand.run(self._reopen(edit))
            case Standing.REFUSED if isinstance(edit.answer.error, Forbidden | NotFound):
                self._menu(say("outbox.refused_title"), edit, say("outbox.try_again"), [])
            case Standing.REFUSED if edit.form is not None:
                await screen.csc.errand.run(self._reopen(edit))
            case Standing.REFUSED:
                self._menu(say("outbox.refused_title"), edit, say("outbox.try_again"), [])
            case Standing.UNCLEAR if edit.asks:
                await screen.csc.errand.run(self._candidates(edit))
            case Standing.SENDING:
                screen.hint(say("outbox.being_sent"))
            case Standing.WAITING if (paused := self._outbox.paused) is not None:
                screen.csc.ask_key(paused)
            case _:
                screen.hint(say("outbox.by_itself", key=self._key("outbox.retry")))

    async def _candidates(self, edit: Edit) -> None:
        """Name what may be the lost one, then ask."""
        named = [(one, await self._name(edit, one)) for one in edit.answer.candidates]
        again = "outbox.send_again" if named else "outbox.send_once_more"
        self._menu(say("outbox.settle_title"), edit, say(again), named)

    async def _name(self, edit: Edit, found: str) -> str:
        """A candidate's name, out of the store or from the CRM; its id where neither knows it."""
        desk, change = self._screen.csc.desk, edit.change
        ref = change.parent or Ref(change.ref.resource, found)
        try:
            card = await desk.records.card(ref)
            if card is None:
                await desk.records.fetch(ref)
                card = await desk.records.card(ref)
        except CrmError:
            card = None
        if card is None:
            return f"#{found}"
        name = card.record.sort_name()
        if change.parent is not None:
            parts = getattr(card.record, change.ref.resource, ())
            name = next((one.text() for one in parts if one.id == found), name)
        return say("outbox.with_id", name=harmless(name), id=found)

    def _menu(self, title: str, edit: Edit, again: str, named: list[tuple[str, str]]) -> None:
        screen, outbox, client_id = self._screen, self._outbox, edit.client_id

        async def discard() -> None:
            self._discard(edit)

        async def leave() -> None:
            screen.hint(say("outbox.kept"))

        options: list[Option] = [
            (
                say("outbox.adopt", name=name),
                lambda found=found: outbox.adopt(client_id, found),  # type: ignore[misc]
            )
            for found, name in named
        ]
        if edit.state is State.REFUSED:
            options += self._with_values(edit)
        options += [
            (again, lambda: outbox.retry(client_id)),
            (say("outbox.throw_away"), discard),
            (say("outbox.leave"), leave),
        ]

        def take(run: Callable[[], Awaitable[object]]) -> Awaitable[object]:
            return screen.csc.errand.run(screen.carry(run()))

        screen.app.push_screen(MenuScreen(title, options, take))

    def _with_values(self, edit: Edit) -> list[Option]:
        """What can be done with the values of a save that the CRM would not have."""
        screen, options = self._screen, list[Option]()
        if isinstance(edit.answer.error, NotFound) and edit.change.verb is Verb.UPDATE:
            anew = (say("outbox.anew"), lambda: self._outbox.make_anew(edit.client_id))
            options.append(anew)
        if screen.csc.editing.has_form(edit):
            options.append((say("outbox.edit"), lambda: screen.csc.editing.reopen(edit)))
        if edit.change.values:
            options.append((say("outbox.copy"), lambda: self._copy(edit)))
        return options

    async def _copy(self, edit: Edit) -> None:
        """Its values as text, a line a field."""
        screen = self._screen
        found = changes(edit, screen.around(edit))
        text = "\n".join(f"{label}: {after}" for label, _, after in found)
        await hand_over(screen.csc, to_copy(text))

    # --- try now, edit

    async def do_outbox_retry(self) -> None:
        """Try it now; what may be there already only after a question."""
        screen, edit = self._screen, self._screen.entry
        if edit is None:
            return
        if edit.state is State.DRAFT:
            screen.hint(say("outbox.is_draft", key=self._key("outbox.settle")))
        elif edit.state is State.SENDING:
            screen.hint(say("outbox.being_sent"))
        elif edit.state is State.CONFLICT:
            screen.hint(say("outbox.choose_first", key=self._key("outbox.settle")))
        elif edit.state is State.UNCLEAR and edit.asks:
            self._ask(say("outbox.again"), lambda: self._retry(edit))
        else:
            await screen.carry(self._retry(edit))

    async def _retry(self, edit: Edit) -> None:
        await self._outbox.retry(edit.client_id)
        self._outbox.go_on()
        self._screen.hint(say("outbox.retrying"))

    async def do_outbox_edit(self) -> None:
        """Its form."""
        screen, edit = self._screen, self._screen.entry
        if edit is None:
            return
        if edit.state is State.SENDING:
            screen.hint(say("outbox.being_sent"))
        elif edit.state is State.UNCLEAR:
            screen.hint(say("outbox.settle_first", key=self._key("outbox.settle")))
        else:
            await screen.csc.errand.run(self._reopen(edit))

    async def _reopen(self, edit: Edit) -> None:
        """Its form, if there is one."""
        screen = self._screen
        if not await screen.csc.editing.reopen(edit):
            follows = edit.change.record.id.startswith(UNMADE)
            words = "outbox.no_form_yet" if follows else "outbox.no_form"
            screen.hint(say(words, key=self._key("outbox.discard")))

    # --- stop

    async def do_outbox_pause(self) -> None:
        """Stop all that was saved with it and has not gone, or let it go on."""
        edit, batches = self._screen.entry, self._outbox.batches
        if edit is None or edit.state is State.DRAFT:
            return
        tally = await batches.tally(edit.batch)
        if tally.over:
            self._screen.hint(say("outbox.not_paused"))
            return
        if await self._screen.carry((batches.go_on if tally.paused else batches.pause)(edit.batch)):
            said = "outbox.going_on" if tally.paused else "outbox.pausing"
            self._screen.shell.messages.success(say(said))

    # --- throw away

    def do_outbox_discard(self) -> None:
        """Throw it away, after a question."""
        edit = self._screen.entry
        if edit is not None:
            self._discard(edit)

    def _discard(self, edit: Edit) -> None:
        if edit.state is State.SENDING:
            self._screen.hint(say("outbox.being_sent"))
            return
        name = self._words(edit)
        waits = [one for one in self._outbox.entries() if _waits(one, edit)]
        if waits:
            text = say("outbox.discard_more", what=name, count=len(waits))
        else:
            text = say("outbox.discard", what=name)
        self._ask(text, lambda: self._throw_away(edit, name))

    def _words(self, edit: Edit) -> str:
        around = self._screen.around(edit)
        title = words.title_of(edit, around)
        if edit.state is State.DRAFT:
            return say("outbox.draft", title=title)
        return f"{title}, {words.described(edit, around)}"

    async def _throw_away(self, edit: Edit, name: str) -> None:
        gone = await self._outbox.discard_edit(edit.client_id)
        if gone:
            self._screen.shell.messages.success(say("outbox.discarded", what=name))
            self._screen.shell.messages.mended(f"edit-{edit.client_id}")
        else:
            self._screen.hint(say("outbox.too_late"))
