"""What a save makes of a form, and how its text gets into another program and back."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from csc_tui.domain.errors import ReadOnly
from csc_tui.domain.field import Plain
from csc_tui.domain.form import BadValue
from csc_tui.glyphs import harmless
from csc_tui.services.outbox import FormText, OutboxUnusableError, TooLateError
from csc_tui.ui.forms.editor import EditorFailed, edited
from csc_tui.ui.forms.prompt import Prompt
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.forms.screen import FormScreen


class Saving:
    """Saving the form, and returning to what the server has."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self.under_way = False
        """Whether a save is being prepared or handed on: nothing is typed into it any more."""
        self.handing_on = asyncio.Lock()
        """Held while the text is neither a draft any more nor in the outbox yet."""

    async def do_form_save(self) -> None:
        """Check everything, hand the changes on, close the form."""
        form = self._form
        form.picking.close()
        if form.spec.take is None and not any(one.changed for one in form.fields):
            form.csc.messages.success(say("edit.nothing"))
            return
        self.under_way = True
        await form.csc.errand.run(self._save())

    async def _save(self) -> None:
        try:
            await self._resolve()
            await self._hand_on()
        finally:
            self.under_way = False

    async def _hand_on(self) -> None:
        """Check everything; what changed goes to the outbox, or to who asked for it."""
        form = self._form
        bad = [number for number, one in enumerate(form.fields) if not one.validate()]
        if bad:
            form.at = bad[0]
            return
        if form.spec.take is not None:
            form.close()
            await form.spec.take(self._values())
            return
        changes = form.spec.changes(self._values())
        if not changes:
            form.csc.messages.success(say("edit.nothing"))
            return
        try:
            async with self.handing_on:
                await form.drafting.over()
                text, spec = self.text(), form.spec
                held = await form.edits.submit(
                    changes,
                    spec.kept(text) if spec.kept else text,
                    spec.record,
                    seen=spec.seen(changes) if spec.seen else None,
                )
        except TooLateError:
            form.drafting.again()
            kept = await form.drafting.keep()
            words = "edit.too_late" if kept else "edit.too_late_unkept"
            form.csc.messages.failure(say(words, key=form.csc.keymap.of("outbox")), "save")
            return
        except (ReadOnly, OutboxUnusableError) as error:
            form.drafting.again()
            why = "screen.read_only" if isinstance(error, ReadOnly) else "edit.not_queued"
            form.csc.messages.failure(say(why), "save")
            return
        form.csc.messages.mended("save")
        if not held:
            form.csc.messages.success(say("edit.cancelled_out"))
        form.close()

    async def _resolve(self) -> None:
        """Have at hand what typed names may mean, also where nobody has waited for the list."""
        lookups = self._form.edits.desk.lookups
        for one in self._form.fields:
            if one.changed and one.links:
                found = await lookups.records(one.entry.field.lookup, one.box.text.strip())
                one.found = [choice for choice, _ in found]
            elif one.changed and one.entry.field.lookup and not one.entry.field.free:
                await lookups.need(one.entry.field.lookup)

    def _values(self) -> dict[str, Plain]:
        """Path -> value: of what changed; of something new all that is filled, with presets."""
        form = self._form
        values: dict[str, Plain] = {}
        for one in form.fields:
            if form.spec.fresh:
                values |= one.entry.presets
            if form.spec.fresh or one.changed:
                values[one.entry.path] = one.value()
        return values

    def text(self) -> FormText:
        """The form's text as it is kept until the CRM has confirmed it."""
        form = self._form
        record = form.spec.record
        changed = [one for one in form.made if one.changed]
        return FormText(
            key=form.spec.key,
            title=record.sort_name() if record else name_of(form),
            at=form.csc.clock.now(),
            texts={one.entry.path: one.box.text for one in changed},
            picks={
                one.entry.path: (one.picked.value, one.picked.words)
                for one in changed
                if one.picked is not None
            },
            cursor=field.entry.path if (field := form.focused_field) is not None else "",
            over=form.spec.draft.over if form.spec.draft is not None else (),
        )

    async def do_form_editor(self) -> None:
        """Give the terminal to the user's editor; what is on its way to the CRM goes on."""
        form = self._form
        field = form.focused_field
        if field is None or not field.box.many:
            form.hint(say("edit.only_long"))
            return
        failed: EditorFailed | None = None
        text = field.box.text
        try:
            with form.app.batch_update(), form.app.suspend():
                try:
                    text = await asyncio.to_thread(
                        edited, text, form.csc.paths.state, dict(os.environ)
                    )
                except EditorFailed as error:
                    failed = error
        except SuspendNotSupported:
            failed = EditorFailed("no_editor", say("edit.no_suspend"), "$EDITOR")
        if failed is not None:
            words = say(f"edit.{failed.code}", command=harmless(failed.command), why=failed.why)
            form.csc.messages.failure(words, "editor")
            return
        form.csc.messages.mended("editor")
        if text != field.box.text:
            field.box.replace(text)
            field.left()

    def do_form_server(self) -> None:
        """Return to the server's values, after a question."""
        form = self._form
        if any(one.changed for one in form.fields):
            form.prompt = Prompt("edit.return", self._return)
        else:
            form.hint(say("edit.no_draft"))

    def _return(self, _: str) -> None:
        self._form.run_worker(self.return_to_server())

    async def return_to_server(self) -> None:
        """Throw away what was typed and kept; the form shows what the server has."""
        form = self._form
        try:
            await form.edits.discard(form.spec.key, self.text().over)
        except OutboxUnusableError:
            form.csc.messages.failure(say("edit.outbox_unusable"), "outbox-file")
            return
        form.spec = replace(form.spec, draft=None, problems=None)
        form.drafting.forgotten()
        for one in form.made:
            one.reset()
        form.csc.redraw_soon()


def name_of(form: FormScreen) -> str:
    """The name that a new record will be listed by, as far as it is typed."""
    resource = form.edits.desk.resources[form.spec.resource]
    values = {}
    for one in form.fields:
        if one.changed and one.entry.path in resource.model.model_fields:
            try:
                value = one.value()
            except BadValue:
                continue
            if isinstance(value, str):
                values[one.entry.path] = value
    return resource.model().model_copy(update=values).sort_name()


def so_far(form: FormScreen) -> str:
    """How much was changed and is wrong, what a new record will be called, what is kept."""
    changed = sum(one.changed for one in form.fields)
    words = "edit.filled" if form.spec.fresh else "edit.changed"
    parts = [say(words, count=changed)] if changed else []
    if bad := sum(bool(one.problem) for one in form.fields):
        parts.append(say("edit.bad", count=bad))
    line = ", ".join(parts)
    if form.spec.makes_record and (name := name_of(form)):
        line += f"; {say('edit.new_name', name=harmless(name))}"
    if changed and (kept := form.drafting.words):
        line += f"; {kept}"
    return line
