"""Another value for a row of a conflict: typed, taken, and kept like every text that is typed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import ReadOnly
from csc_tui.domain.field import Field, Kind
from csc_tui.domain.lookup import choices_of
from csc_tui.domain.typed import BadValue, shown
from csc_tui.domain.typed_when import check_at
from csc_tui.glyphs import harmless
from csc_tui.services.conflicts import Side
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui import edit_words as words
from csc_tui.ui.debounce import Debounce
from csc_tui.ui.forms.drafting import PAUSE
from csc_tui.ui.forms.text import TYPING, TextBox
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.conflicts import Row
    from csc_tui.store.edit_rows import Choice
    from csc_tui.ui.screens.conflict import ConflictScreen

_WHOLE = (Verb.DELETE, Verb.MERGE)
"""What is done to something as a whole, or not at all."""

BESIDE = 16
"""Columns that the box leaves to its name and edges."""


class Choosing:
    """The box in which another value is typed, and what keeps it and the choices on the disk."""

    def __init__(self, screen: ConflictScreen) -> None:
        self._screen = screen
        self.box: TextBox | None = None
        """What is typed, while it is."""
        self._row: Row | None = None
        """The row that it is typed for."""
        self._typing = Debounce(screen, self.keep, PAUSE)
        self._turn = asyncio.Lock()
        self._kept: dict[str, Choice] = {}
        self.seen()

    def seen(self) -> None:
        """The rows are those of the disk: go on with what was being typed there, or is here."""
        rows = self._screen.rows
        self._kept = {row.key: row.choice for row in rows}
        for row in rows:
            if self.box is not None and self._row is not None and row.key == self._row.key:
                row.text, row.typing = self.box.text, True
        self.box = self._row = None
        self._go_on()

    def joined(self) -> None:
        """Rows have come to those that were there: they are as on the disk."""
        self._kept = {row.key: row.choice for row in self._screen.rows} | self._kept
        if self.box is None:
            self._go_on()

    def _go_on(self) -> None:
        """Open the box over the row whose text was being typed, the cursor on it."""
        for number, row in enumerate(self._screen.rows):
            field = self._field(row) if row.typing else None
            if field is not None:
                self.box, self._row = TextBox(row.text or "", many=field.kind is Kind.LONG), row
                self._screen.cursor = number

    def _field(self, row: Row) -> Field | None:
        edit = self._screen.edit
        resource = self._screen.outbox.desk.resources[edit.record.resource]
        part = edit.change.ref.resource if edit.change.parent and not row.beside else ""
        return words.field_at(resource, row.path, part)

    # --- keeping

    async def keep(self) -> None:
        """Have what is chosen and typed on the disk."""
        self._typing.stop()
        if self._row is not None and self.box is not None:
            self._row.text, self._row.typing = self.box.text, True
        screen = self._screen
        async with self._turn:
            now = {row.key: row.choice for row in screen.rows}
            new = {key: one for key, one in now.items() if self._kept.get(key) != one}
            if not new:
                return
            try:
                await screen.outbox.choose(screen.edit.client_id, new)
            except ReadOnly:
                return
            except OutboxUnusableError:
                screen.shell.messages.failure(say("edit.draft_failed"), "choices")
                return
            self._kept |= new
        screen.shell.messages.mended("choices")

    def touched(self) -> None:
        """Something was typed: keep it at the next pause."""
        self._typing.tell()

    # --- typing

    async def do_conflict_type(self) -> None:
        """Type another value for the row under the cursor."""
        screen, row = self._screen, self._screen.row
        field = self._field(row)
        if field is None or screen.edit.change.verb in _WHOLE:
            keys = screen.shell.keymap
            told = {"mine": keys.of("conflict.mine"), "theirs": keys.of("conflict.theirs")}
            screen.hint(say("conflict.not_typed", **told))
            return
        text = row.text
        if text is None:
            value = row.value if row.taken is not None else row.mine
            text = shown(field, value, choices_of(field, screen.csc.desk.choices()))
        self.box, self._row = TextBox(text, many=field.kind is Kind.LONG), row
        screen.draw()

    def typed(self, key: str) -> bool:
        """A key for the box."""
        box = self.box
        if box is None:
            return False
        if key == "ctrl+c":
            self._screen.run_worker(self._screen.shell.do_interrupt())
            return True
        if key in TYPING:
            TYPING[key](box)
        elif len(key) == 1 and key.isprintable():
            box.insert(key)
        elif key in ("up", "down") and box.many:
            box.vertical(1 if key == "down" else -1, self._screen.app.size.width - BESIDE)
        else:
            return False
        self.touched()
        self._screen.draw()
        return True

    def insert(self, text: str) -> None:
        """A paste is text."""
        if self.box is not None:
            self.box.insert(text)
            self.touched()

    async def do_form_enter(self) -> None:
        """Take what is typed; a new line in a text of several lines."""
        if self.box is not None and self.box.many:
            self.insert("\n")
            self._screen.draw()
        else:
            await self.do_form_save()

    async def do_form_save(self) -> None:
        """Take what is typed."""
        box, row, screen = self.box, self._row, self._screen
        field = self._field(row) if row is not None else None
        if box is None or row is None or field is None:
            return
        try:
            now = datetime.fromtimestamp(screen.csc.clock.now(), UTC)
            choices = choices_of(field, screen.csc.desk.choices())
            row.typed = check_at(field, box.text, choices, now)
        except BadValue as bad:
            screen.hint(harmless(bad.words()))
            return
        row.taken, row.text = Side.TYPED, box.text
        await self.do_form_leave()

    async def do_form_leave(self) -> None:
        """Type no more; what was chosen stays, and the text is there when one types again."""
        box, row = self.box, self._row
        if box is None or row is None:
            return
        row.text, row.typing = box.text, False
        self.box = self._row = None
        self._screen.draw()
        await self.keep()

    def do_form_clear(self) -> None:
        """Clear to the start of the line."""
        if self.box is not None:
            self.box.clear_to_start()
            self.touched()
            self._screen.draw()

    def do_form_undo(self) -> None:
        """Take back what was typed last."""
        if self.box is not None and not self.box.undo():
            self._screen.hint(say("edit.no_undo"))
        self.touched()
        self._screen.draw()

    def do_form_redo(self) -> None:
        """Type again what was taken back."""
        if self.box is not None and not self.box.redo():
            self._screen.hint(say("edit.no_redo"))
        self.touched()
        self._screen.draw()
