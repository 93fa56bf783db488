"""Ticking off, putting off and handing on a task: in its list, on its record, where it is named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.changing import edited
from csc_tui.domain.errors import CrmError, ReadOnly
from csc_tui.domain.postponing import put_off
from csc_tui.domain.typed import BadValue
from csc_tui.glyphs import harmless
from csc_tui.sentences import explain
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui.screens.menu import MenuScreen
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from csc_tui.domain.field import Plain
    from csc_tui.domain.record import Record
    from csc_tui.domain.ref import Ref
    from csc_tui.domain.resource import ToDo
    from csc_tui.ui.frame import Frame


class Chores:
    """What one does with the task under the cursor."""

    def __init__(self, frame: Frame, here: Callable[[], Ref | None]) -> None:
        """`here` gives what the cursor is on; None for nothing yet."""
        self._frame = frame
        self._here = here

    async def do_list_tick(self) -> None:
        """Tick it off; what is done is open again."""
        await self._frame.shell.errand.run(self._tick())

    async def _tick(self) -> None:
        if (found := await self._task()) is not None:
            record, todo = found
            await self._save(record, todo.done, not record.value(todo.done))

    async def do_list_put_off(self) -> None:
        """Ask until when."""
        await self._frame.shell.errand.run(self._put_off())

    async def _put_off(self) -> None:
        from csc_tui.ui.screens.name import NameScreen

        if (found := await self._task()) is None:
            return
        record, todo = found
        due = record.cell("due") or say("task.some_day")
        self._frame.shell.errand.open(
            NameScreen(
                say("task.put_off"),
                say("task.until"),
                "",
                [f"{record.sort_name()}, {say('task.due', due=due)}", say("task.how")],
                lambda typed: self._until(record, todo, typed),
            )
        )

    def _until(self, record: Record, todo: ToDo, typed: str) -> str | Awaitable[None]:
        """Take the words; gives what is wrong with them, else the saving."""
        csc = self._frame.csc
        if not typed:
            return say("form.bad.put-off")
        due = record.value(todo.due)
        now = datetime.fromtimestamp(csc.clock.now(), UTC)
        try:
            new = put_off(str(due or ""), typed, now, csc.zone)
        except BadValue as error:
            return error.words()
        return self._save(record, todo.due, new)

    async def do_list_hand_on(self) -> None:
        """Ask to whom."""
        await self._frame.shell.errand.run(self._hand_on())

    async def _hand_on(self) -> None:
        if (found := await self._task()) is None:
            return
        record, todo = found
        users = await self._frame.csc.desk.lookups.need("users")
        if not users:
            self._frame.hint(say("task.nobody"))
            return
        now = record.value(todo.whose)
        at = next((place for place, one in enumerate(users) if one.value == now), 0)
        self._frame.shell.errand.open(
            MenuScreen(
                say("task.hand_on", name=harmless(record.sort_name())),
                [(one.words, one.value) for one in users],
                lambda user: self._save(record, todo.whose, user),
                at,
            )
        )

    do_record_tick = do_list_tick
    do_record_put_off = do_list_put_off
    do_record_hand_on = do_list_hand_on

    async def _task(self) -> tuple[Record, ToDo] | None:
        """The task under the cursor as it is here, asked for where it is not; says why not."""
        csc, ref = self._frame.csc, self._here()
        await csc.desk.awake.wait()
        todo = csc.desk.resources[ref.resource].todo if ref is not None else None
        if ref is None or todo is None:
            self._frame.hint(say("task.none_here"))
            return None
        records = csc.desk.records
        try:
            if (card := await records.card(ref)) is None:
                await records.fetch(ref)
                card = await records.card(ref)
        except CrmError as error:
            csc.messages.failure(explain(error), "edit")
            return None
        if card is None:
            self._frame.hint(say("screen.not_loaded"))
            return None
        return card.record, todo

    async def _save(self, record: Record, name: str, value: Plain) -> None:
        csc = self._frame.csc
        changes = edited(record, {name: value})
        if not changes:
            csc.messages.success(say("edit.nothing"))
            return
        try:
            held = await csc.desk.edits.submit(changes, None, record)
        except (ReadOnly, OutboxUnusableError) as error:
            why = "screen.read_only" if isinstance(error, ReadOnly) else "edit.not_queued"
            csc.messages.failure(say(why), "save")
        else:
            csc.messages.mended("save")
            if not held:
                csc.messages.success(say("edit.cancelled_out"))
        csc.redraw_soon()
