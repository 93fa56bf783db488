"""The form: one field a line, keys that type, and a save at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from csc_tui.glyphs import harmless
from csc_tui.services.events import DraftsChanged, Event, LookupsChanged
from csc_tui.ui.commands.command import Command, Place
from csc_tui.ui.forms.drafting import Drafting
from csc_tui.ui.forms.field import FormField
from csc_tui.ui.forms.fields import asked, depends, first, made_fields, restore
from csc_tui.ui.forms.going import PAGE, Going
from csc_tui.ui.forms.layout import Look, box_cells, drawn
from csc_tui.ui.forms.picking import Picking
from csc_tui.ui.forms.prompt import Prompt
from csc_tui.ui.forms.saving import Saving, so_far
from csc_tui.ui.forms.text import CHANGING, TYPING
from csc_tui.ui.frame import Frame
from csc_tui.ui.key_parser import behind_esc
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.services.outbox import FormText, Outbox
    from csc_tui.ui.forms.spec import FormSpec

_PICKED = frozenset({"choice", "link", "several"})
"""Kinds of field whose options `⏎` shows."""

_HELP = "form.help"
_WRITING = {f"form.{name}" for name in ("save", "clear", "undo", "redo", "editor", "server")}
"""Commands that change a form or what is kept of it."""


class FormScreen(Frame):
    """A form over the screen that it was opened from."""

    def __init__(self, edits: Outbox, spec: FormSpec) -> None:
        super().__init__()
        self.spec = spec
        self.edits = edits
        self.fields: list[FormField] = []
        """Those that are asked for as the others stand."""
        self.made: list[FormField] = []
        """All fields, also those that are not asked for as the others stand."""
        self.at = 0
        """Number of the field with the focus; behind the last one: `[ Save ]`."""
        self.picking = Picking(edits.desk.lookups, self._redraw)
        self.prompt: Prompt | None = None
        self.locked = False
        """Whether another terminal types this form and it is only looked at here."""
        self._saving = Saving(self)
        self.drafting = Drafting(self)
        self.going = Going(self)
        self.handlers = [self.picking, self._saving, self.going]
        self._canvas = Canvas(id="form")
        self._top = 0
        self._make_fields()

    def _make_fields(self) -> None:
        """The fields, those that are there already as they are."""
        before = {one.entry.path: one for one in self.made}
        focused = self.focused_field
        self.made = made_fields(self.spec, self.edits.desk, before)
        self.fields = made = asked(self.made)
        if focused is not None:
            self.at = made.index(focused) if focused in made else 0
        elif not before:
            self.at = first(made, self.spec)

    # --- life

    def body(self) -> list[Widget]:
        """The fields."""
        return [self._canvas]

    def restore(self, text: FormText) -> None:
        """Put kept text into the fields; the others are as they were at first."""
        self.spec = replace(self.spec, draft=text)
        restore(self.made, text)
        self._make_fields()

    def on_mount(self) -> None:
        """Ask for the options that the fields need, and hear when they come."""
        self._deaf = self.csc.desk.events.listen(self._heard)
        self.run_worker(self.drafting.look_anew())
        if self.spec.record is None or "/" not in self.spec.key.partition("/")[2]:
            self.edits.desk.lookups.want("fields")
        for one in self.fields:
            self.edits.desk.lookups.want(one.entry.field.lookup)

    def on_unmount(self) -> None:
        """Want nothing any more."""
        self._deaf()
        self.picking.close()

    def _heard(self, event: Event) -> None:
        if isinstance(event, DraftsChanged):
            self.drafting.look()
            self.csc.redraw_soon()
        elif isinstance(event, LookupsChanged) and self.is_mounted:
            self._make_fields()
            for one in self.made:
                one.refresh()
            self.picking.renew()
            self.csc.redraw_soon()

    def _redraw(self) -> None:
        if self.is_current:
            self.draw()

    def close(self) -> None:
        """Back to where the form was opened."""
        self.picking.close()
        if self.on_top:
            self.app.pop_screen()

    # --- drawing

    @property
    def place(self) -> Place:  # type: ignore[override]
        """The pick list's keys while one is open."""
        return Place.PICK if self.picking.open else Place.FORM

    @property
    def focused_field(self) -> FormField | None:
        """The field with the focus; None on `[ Save ]`."""
        return self.fields[self.at] if self.at < len(self.fields) else None

    def draw(self) -> None:
        """Draw the fields, those around the focus where not all have room."""
        if self.too_small or not self.is_mounted:
            return
        columns, height = self.app.size.width, max(1, self._canvas.size.height)
        listed = self.picking.lines(box_cells(columns), height - 6)
        footnote = self.spec.footnote
        about = footnote(self.edits.desk.resources[self.spec.resource]) if footnote else ""
        look = Look(columns, self.at, 1 if self.spec.fresh else 4, about, listed)
        made = drawn(self.fields, look)
        start, end = made.spans[self.at]
        if end > self._top + height:
            self._top = min(end - height, start)
        if start < self._top + 1:
            self._top = max(0, start - 1)
        self._top = max(0, min(self._top, len(made.lines) - height))
        self._canvas.draw(made.lines[self._top : self._top + height])
        super().draw()

    def trail(self) -> list[str]:
        """Where the form was opened, the record, and what is done to it."""
        words = self.csc.trail_words(self)
        if self.spec.record is not None:
            name = harmless(self.spec.record.sort_name())
            words = words if words[-1:] == [name] else [*words, name]
        title = self.spec.title
        if self.spec.draft is not None and self.spec.problems is None:
            time = datetime.fromtimestamp(self.spec.draft.at, UTC).astimezone().strftime("%H:%M")
            title = say("edit.draft", title=title, time=time)
        return [*words, title]

    def position(self) -> str:
        """The field and how many stops there are, `[ Save ]` counted; a question has the line."""
        at, total = self.at + 1, len(self.fields) + 1
        return "" if self.prompt is not None else say("edit.position", at=at, total=total)

    def message_line(self) -> Line:
        """The question that is open, before all else."""
        if self.prompt is not None:
            return plain(f" {self.prompt.text}", Role.STRONG)
        return super().message_line()

    def nearer_words(self) -> str:
        """What is wrong here, and what is kept, is newer than any failure."""
        return self.idle_words()

    def idle_words(self) -> str:
        """How much was changed and is wrong; before that, that nothing can be changed here."""
        if self.locked:
            return say("edit.locked")
        return so_far(self)

    def _footer_words(self, command: Command) -> str:
        words = super()._footer_words(command)
        return f"{words}  {say('edit.choose')}" if command.id == "pick.take" else words

    # --- keys

    async def on_key(self, event: events.Key) -> None:
        """As in all frames; but the key that came with an `esc` does not answer its question."""
        if (behind := behind_esc(event)) and self.prompt is None:
            event.stop()
            event.prevent_default()
            await self.press("escape")
            screen = self.app.screen
            if self.prompt is None and isinstance(screen, Frame):
                await screen.press(behind)
            return
        await super().on_key(event)

    async def press(self, key: str) -> None:
        """One key: text, a command, or the answer to a question."""
        prompt, taken, before = self.prompt, self.picking.taken, self._texts()
        if self.too_small:
            await super().press(key)
            return
        if prompt is not None:
            self.csc.key_pressed()
            prompt.press(key)
            if prompt.done and self.prompt is prompt:
                self.prompt = None
        elif len(key) == 1 and key.isprintable():
            self.csc.key_pressed()
            self._type(key)
        else:
            await self._command(key)
        if self.picking.taken is taken:
            self.picking.taken = None
        if self._texts() != before:
            self._touched()
        self._redraw()

    def _touched(self) -> None:
        self.drafting.touched()
        if depends(self.made):
            self._make_fields()

    async def _command(self, key: str) -> None:
        keymap = self.csc.keymap
        if self.picking.open and keymap.find(Place.PICK, key) is None:
            command = keymap.find(Place.FORM, key)
            if command is not None:
                self.csc.key_pressed()
                await self.run_command(command)
                return
        await super().press(key)

    def _texts(self) -> list[str]:
        return [one.box.text for one in self.fields]

    def typed(self, key: str) -> bool:
        """The keys of the line one types in."""
        if key == "ctrl+c":
            self.run_worker(self.csc.do_interrupt())
            return True
        if key in ("up", "down"):
            self.going.vertical(-1 if key == "up" else 1)
            return True
        if key in ("pageup", "pagedown"):
            self.going.to(self.at + (-PAGE if key == "pageup" else PAGE))
            return True
        field, action = self.focused_field, TYPING.get(key)
        if action is None or field is None:
            return False
        if key in CHANGING and self._is_locked():
            return True
        action(field.box)
        if key in CHANGING and field.picks:
            self.picking.show(field, narrow=True)
        return True

    def _type(self, text: str) -> None:
        field = self.focused_field
        if field is None:
            self.hint(say("edit.saved_by"))
            return
        if self._is_locked():
            return
        field.type(text)
        if field.picks:
            self.picking.show(field, narrow=True)

    def _is_locked(self) -> bool:
        """Whether nothing may be changed: it is being saved, or another terminal types it.

        What would change it asks to take it over.
        """
        if self._saving.under_way:
            self.hint(say("edit.under_way"))
            return True
        if self.locked:
            self.drafting.ask()
        return self.locked

    async def run_command(self, command: Command) -> None:
        """Run it, unless it would change what another terminal types, or what is being saved.

        Nothing is put over a form that is about to close.
        """
        covers = command.id == _HELP and self._saving.under_way
        if not ((command.id in _WRITING or covers) and self._is_locked()):
            await super().run_command(command)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is text, whatever it holds."""
        event.stop()
        if self.prompt is not None and self.prompt.box is not None:
            self.prompt.box.insert(event.text)
        elif self.prompt is None:
            self._type(event.text)
            if not self.locked:
                self._touched()
        self.draw()

    # --- commands

    async def do_form_enter(self) -> None:
        """On to the next field, a new line, the list of options, or the save."""
        field = self.focused_field
        if field is None:
            if not self._is_locked():
                await self._saving.do_form_save()
        elif self.locked or self._saving.under_way:
            self.going.do_form_next()
        elif field.box.many:
            field.box.insert("\n")
        elif field.entry.field.kind in _PICKED and self.picking.taken is not field:
            self.picking.ask(field)
        else:
            self.going.do_form_next()

    def do_form_clear(self) -> None:
        """Clear to the start of the line."""
        if (field := self.focused_field) is not None:
            field.box.clear_to_start()
            if field.picks and self.picking.open:
                self.picking.show(field, narrow=True)

    def do_form_undo(self) -> None:
        """Take back what was typed last."""
        field = self.focused_field
        if field is None or not field.box.undo():
            self.hint(say("edit.no_undo"))

    def do_form_redo(self) -> None:
        """Type again what was taken back."""
        field = self.focused_field
        if field is None or not field.box.redo():
            self.hint(say("edit.no_redo"))

    async def keep_typed(self) -> None:
        """The program ends: have the text on the disk, as a draft or as the save that it became."""
        async with self._saving.handing_on:
            await self.drafting.keep()

    async def do_form_leave(self) -> None:
        """Leave; what was typed stays as a draft, and it says so."""
        if self._saving.under_way:
            return  # it is handed on already, and closes by itself
        if not self.locked:
            kept = await self.drafting.keep()
            if self.prompt is not None:
                return
            if not kept:
                self.prompt = Prompt("edit.discard", lambda _: self.close())
                return
            if any(one.changed for one in self.fields) and self.drafting.words:
                self.csc.messages.success(self.drafting.words)
        self.close()

    def text(self) -> FormText:
        """What stands in the form."""
        return self._saving.text()
