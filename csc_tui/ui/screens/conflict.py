"""A conflict: what both sides changed, field by field, chosen by the user, then sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import CrmError, ReadOnly
from csc_tui.services import conflicts
from csc_tui.services.conflicts import Row, Side
from csc_tui.services.desk import parse_raw
from csc_tui.services.entries import State
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui import conflict_lines as drawn
from csc_tui.ui import edit_words as words
from csc_tui.ui.choosing import BESIDE, Choosing
from csc_tui.ui.commands.command import Place
from csc_tui.ui.edit_words import Around
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Run, plain
from csc_tui.ui.screens.alone import AloneScreen
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget

    from csc_tui.domain.record import Record
    from csc_tui.services.entries import Edit
    from csc_tui.services.outbox import Outbox
    from csc_tui.ui.commands.command import Command

ABOVE = 3
"""Rows above the table: a blank one, who changed it, a blank one."""
LOW = 14
"""Rows below which the blank ones and the legend are left out."""
LINES = 3
"""Rows of the box in which a text of several lines is typed."""


class ConflictScreen(Frame):
    """One edit in conflict."""

    def __init__(self, outbox: Outbox, edit: Edit) -> None:
        super().__init__()
        self.outbox = outbox
        self.edit = edit
        self.rows: list[Row] = conflicts.rows(edit)
        """What asks, then what merged by itself."""
        self._now: Record | None = None
        """The record as the CRM has it, where it had to be read."""
        self.cursor = 0
        """Number of the row under the cursor."""
        self._choosing = Choosing(self)
        self._saving = False
        self._canvas = Canvas(id="conflict")
        self.handlers = [self._choosing]

    @property
    def place(self) -> Place:  # type: ignore[override]
        """While another value is typed the keys are text."""
        return Place.CONFLICT if self._choosing.box is None else Place.FORM

    @property
    def row(self) -> Row:
        """The one under the cursor."""
        return self.rows[self.cursor]

    def body(self) -> list[Widget]:
        """The fields."""
        return [self._canvas]

    def on_mount(self) -> None:
        """Know the users' names, and what stands around the edit's own fields."""
        self.shell.messages.mended(f"edit-{self.edit.client_id}")
        self._deaf = self.csc.desk.events.listen(lambda _: self.shell.redraw_soon())
        self.csc.desk.lookups.want("users")
        if conflicts.missing(self.edit):
            self.run_worker(self._read())

    def on_unmount(self) -> None:
        """Hear no more."""
        self._deaf()

    async def _read(self) -> None:
        """The record with all its parts; without it only the edit's own fields are shown."""
        records, ref = self.csc.desk.records, self.edit.record
        try:
            await records.fetch(ref)
        except CrmError:
            return
        stored = await self.csc.desk.store.record(ref)
        if stored is None:
            return
        record = self._now = self.csc.desk.record(ref.resource, parse_raw(stored.raw))
        values = conflicts.values_of(self.csc.desk.resources[ref.resource], record)
        chosen = {row.key: row for row in self.rows}
        self.rows = [chosen.get(row.key, row) for row in conflicts.rows(self.edit, values)]
        self._choosing.joined()
        self.draw()

    # --- drawing

    @property
    def _around(self) -> Around:
        desk = self.csc.desk
        return Around(desk.clock.now(), desk.resources, desk.choices(), self.csc.zone)

    @property
    def _words(self) -> drawn.Words:
        resource = self.csc.desk.resources[self.edit.record.resource]
        known = self.edit.snapshot.as_values()
        if self._now is not None:
            known |= conflicts.values_of(resource, self._now)
        return drawn.Words(self.edit, resource, self._around, known)

    def draw(self) -> None:
        """Draw the table, the row under the cursor in full, and what the bullet means."""
        if self.too_small or not self.is_mounted:
            return
        self._look()
        columns, height = self.app.size.width, self._canvas.size.height
        texts, keys = self._words, self.shell.keymap
        who = plain(f" {drawn.who(self.edit, self._around)}")
        table, at = drawn.table(texts, self.rows, self.cursor, columns)
        typing = self._typing(columns)
        low = height < LOW
        below = 0 if low else 2 if columns >= drawn.WIDE else 3
        least = drawn.LEAST + (len(typing) if typing else 0)
        room = max(2, height - (1 if low else ABOVE) - least - 1 - below)
        if len(table) > room:
            first = max(1, min(at - room // 2, len(table) - room + 1))
            table = [table[0], *table[first : first + room - 1]]
        top = [who, *table] if low else [(), who, (), *table]
        most = max(least, height - len(top) - below - (not low))
        full = drawn.full(texts, self.row, columns, most, typing)
        legend = drawn.legend(columns, keys.of("conflict.save"), keys.of("conflict.later"))
        gap: list[Line] = [()] * max(0, min(below - 1, height - len(top) - len(full) - 2))
        end = [] if low else [*gap, legend]
        self._canvas.draw([*top, *([] if low else [()]), *full, *end])
        super().draw()

    def _look(self) -> None:
        """What another terminal has settled meanwhile is over here too, or asks something else."""
        entries = {one.client_id: one for one in self.outbox.entries()}
        found = entries.get(self.edit.client_id)
        if self._saving or not self.on_top:
            return
        if found is None or found.state is not State.CONFLICT:
            self.shell.messages.hint(say("conflict.over"))
            self.app.pop_screen()
        elif found.answer != self.edit.answer:
            self._anew(found)

    def _anew(self, edit: Edit) -> None:
        """They have changed it again: what was chosen against another value is asked anew."""
        self.edit, self._now, self.cursor = edit, None, 0
        self.rows = conflicts.rows(edit)
        self._choosing.seen()
        if conflicts.missing(edit):
            self.run_worker(self._read())
        self.hint(say("conflict.moved"))

    def _typing(self, columns: int) -> list[Line] | None:
        box = self._choosing.box
        if box is None:
            return None
        rows = box.shown(columns - BESIDE, LINES if box.many else 1, focus=True)
        return [(Run("["), *row, Run("]")) for row in rows]

    def trail(self) -> list[str]:
        """Whom it is about, then what this is."""
        found = self.csc.trail_words(self)
        name = words.title_of(self.edit, self._around)
        return [*(found if found[-1:] == [name] else [*found, name]), say("conflict.title")]

    def position(self) -> str:
        """Which of the fields that ask, or of those that merged."""
        asking = sum(row.asks for row in self.rows)
        if self.cursor < asking:
            return say("conflict.position", at=self.cursor + 1, total=asking)
        at = self.cursor - asking + 1
        return say("conflict.position_merged", at=at, total=len(self.rows) - asking)

    def idle_words(self) -> str:
        """How many differ, and how many are still to choose."""
        if (box := self._choosing.box) is not None:
            return say("conflict.typing_long" if box.many else "conflict.typing")
        differ = say("outbox.differ", count=sum(row.asks for row in self.rows))
        if left := self._left:
            return say("conflict.to_choose", differ=differ, left=left)
        save = self.shell.keymap.of("conflict.save")
        return say("conflict.all_chosen", differ=differ, save=save)

    @property
    def _left(self) -> int:
        return sum(row.taken is None for row in self.rows)

    def footer(self) -> list[Command]:
        """The keys; `esc later` where there is room for the longer words."""
        left_out = "" if self.app.size.width >= drawn.WIDE else "conflict.later"
        return [one for one in super().footer() if one.id != left_out]

    def _footer_words(self, command: Command) -> str:
        said = super()._footer_words(command)
        if command.id == "conflict.type" and self.app.size.width >= drawn.WIDE:
            return said.replace(command.short, say("conflict.type_another"))
        return said

    # --- choosing

    def _move(self, rows: int) -> None:
        self.cursor = min(max(0, self.cursor + rows), len(self.rows) - 1)
        self.draw()

    def do_conflict_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_conflict_down(self) -> None:
        """One down."""
        self._move(1)

    def do_conflict_home(self) -> None:
        """To the first."""
        self._move(-len(self.rows))

    def do_conflict_end(self) -> None:
        """To the last."""
        self._move(len(self.rows))

    async def do_conflict_mine(self) -> None:
        """Mine."""
        await self._take(Side.MINE)

    async def do_conflict_theirs(self) -> None:
        """Theirs."""
        await self._take(Side.THEIRS)

    async def _take(self, side: Side) -> None:
        row = self.row
        if row.beside and row.path.count("/") == 1 and side is Side.MINE:
            self.hint(say("conflict.not_here"))
            return
        row.taken = side
        if self.edit.change.verb in (Verb.DELETE, Verb.MERGE):
            for one in self.rows:
                one.taken = side
        self.draw()
        await self._choosing.keep()

    def do_conflict_full(self) -> None:
        """All values of the field, alone."""
        texts, row = self._words, self.row
        said = "\n\n".join(f"{name}\n{text}" for name, text in texts.texts(row))
        self.csc.push_screen(AloneScreen(texts.label(row), said))

    # --- typing another value

    def typed(self, key: str) -> bool:
        """A key for the box."""
        return self._choosing.typed(key)

    def pasted(self, text: str) -> None:
        """A paste is text."""
        self._choosing.insert(text)

    async def keep_typed(self) -> None:
        """The program ends: have what is chosen and typed on the disk."""
        await self._choosing.keep()

    # --- the end

    def do_conflict_later(self) -> None:
        """Choose later; the values wait in the outbox."""
        if not self.shell.messages.dismiss():
            key = self.shell.keymap.of("outbox")
            self.shell.messages.success(say("conflict.waits", key=key))
        self.app.pop_screen()

    async def do_conflict_save(self) -> None:
        """Send what was chosen, once all is."""
        if left := self._left:
            keys = self.shell.keymap
            told = {name: keys.of(f"conflict.{name}") for name in ("mine", "theirs")}
            other = keys.of("conflict.type")
            self.hint(say("conflict.choose_first", left=left, other=other, **told))
            return
        edit, settled = self.edit, conflicts.settle(self.edit, self.rows, self._now)
        self._saving = True
        try:
            await self._choosing.keep()
            # First what is beside the edit: should the program die between, all is asked again.
            if settled.others:
                await self.outbox.submit(settled.others, None, self._now, title=edit.title)
            if settled.discard:
                done = bool(await self.outbox.discard_edit(edit.client_id))
            else:
                done = await self.outbox.resolve(edit.client_id, settled.values, edit.answer)
        except ReadOnly:
            self.hint(say("screen.read_only"))
            return
        except OutboxUnusableError:
            self.hint(say("outbox.unusable"))
            return
        finally:
            self._saving = False
        if not done:
            self.draw()
            return
        self._close(nothing=settled.discard or not (settled.values or settled.others))

    def _close(self, *, nothing: bool) -> None:
        messages = self.shell.messages
        messages.mended(f"edit-{self.edit.client_id}")
        if nothing and self.edit.change.verb not in (Verb.DELETE, Verb.MERGE):
            messages.success(say("conflict.theirs_stay"))
        else:
            messages.success(say("outbox.kept" if nothing else "conflict.queued"))
        if self.on_top:
            self.app.pop_screen()
