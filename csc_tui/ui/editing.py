"""From keys to forms and back: what `e`, `E`, `n`, `a`, `t`, `D` open, and what a refusal opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.change import Verb
from csc_tui.domain.errors import CrmError, Invalid
from csc_tui.domain.form import edit_entries, new_entries, part_entries
from csc_tui.domain.form_text import FormText
from csc_tui.domain.form_values import typed
from csc_tui.domain.lookup import choices_of
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.sentences import explain, explain_write
from csc_tui.services.entries import UNMADE, State
from csc_tui.ui.screens.menu import MenuScreen
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from csc_tui.domain.field import Plain
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.records import Card
    from csc_tui.store.edit_rows import Edit
    from csc_tui.ui.app import CscApp
    from csc_tui.ui.forms.open import Problems
    from csc_tui.ui.forms.screen import FormScreen
    from csc_tui.ui.widgets.record_view import Stop


class Editing:
    """Opens the forms of one account."""

    def __init__(self, app: CscApp) -> None:
        self._app = app

    def _open(self, form: FormScreen) -> None:
        self._app.push_screen(form)

    def record(
        self, record: Record, problems: Problems | None = None, draft: FormText | None = None
    ) -> None:
        """The record's own form; `draft`: its text where none is kept."""
        from csc_tui.ui.forms.open import edit_form

        self._app.desk.lookups.want("fields")
        self._open(edit_form(self._app.desk.edits, record, problems, draft))

    def new(
        self,
        resource: str,
        problems: Problems | None = None,
        name: str = "",
        key: str = "",
        draft: FormText | None = None,
        begins: Mapping[str, Plain] | None = None,
    ) -> None:
        """The form of a new record, called `name` at first; `key`, `draft`: with which text.

        `begins`: path -> what else stands in it at first.
        """
        from csc_tui.ui.forms.open import new_form

        self._app.desk.lookups.want("fields")
        kind = self._app.desk.resources[resource]
        first = {**(begins or {}), **({kind.called_by: name} if name else {})}
        self._open(new_form(self._app.desk.edits, resource, problems, first, key, draft))

    async def task(self, resource: str, name: str = "", about: Record | None = None) -> None:
        """The form of a new task: for whoever sits here, about a record if one is named."""
        begins = await self.begins(self._app.desk.resources[resource])
        if about is not None:
            link = {"id": about.id, "name": about.sort_name()}
            begins[f"{about.resource}.0.record"] = link
        self.new(resource, name=name, begins=begins)

    async def begins(self, tasks: Resource) -> dict[str, Plain]:
        """What stands in the form of a new task at first: whose it is, where that is known.

        Else it is found out when the task is sent (`services.signing`): no key waits for that.
        """
        from csc_tui.services.filtering import whoami

        desk = self._app.desk
        assert tasks.todo is not None
        desk.lookups.want("users")
        me = await whoami(desk, offline=True)
        return {tasks.todo.whose: me} if me else {}

    def tags(self, record: Record, problems: Problems | None = None) -> bool:
        """All tags in one field; False where such records have none."""
        if not self._app.desk.resources[record.resource].takes_tags:
            return False
        from csc_tui.ui.forms.open import tags_form

        self._open(tags_form(self._app.desk.edits, record, problems))
        return True

    def part(
        self,
        record: Record,
        kind: str,
        part: Part | None = None,
        problems: Problems | None = None,
        key: str = "",
        draft: FormText | None = None,
    ) -> None:
        """The form of one part, or of a new one; `key`, `draft`: with which text."""
        from csc_tui.ui.forms.open import part_form

        self._open(part_form(self._app.desk.edits, record, kind, part, problems, key, draft))

    def note(self, record: Record) -> bool:
        """The form of a new note about a record; False where the CRM takes none."""
        kind = self._app.desk.resources[record.resource].notes
        if kind is None or Verb.CREATE not in kind.verbs:
            return False
        self.part(record, kind.name)
        return True

    def here(self, record: Record, stop: Stop) -> bool:
        """The form of what the cursor is on; False if that cannot be edited."""
        line = stop.line
        if line is None:
            self.record(record)
            return True
        if line.field.startswith(CUSTOM) or (line.part is None and line.field):
            self.record(record)
            return True
        if line.part is None:
            return False
        kind, part_id = line.part
        resource = self._app.desk.resources[record.resource]
        found = find_part(record, kind, part_id)
        can = Verb.UPDATE in resource.part(kind).verbs
        if found is None or not (can and found.allows(Verb.UPDATE)):
            return False
        self.part(record, kind, found)
        return True

    def add(self, record: Record) -> None:
        """Ask which kind of part to add, then open its form."""
        resource = self._app.desk.resources[record.resource]
        options: list[tuple[str, Callable[[], Awaitable[None] | None]]] = [
            (kind.one, lambda name=kind.name: self.part(record, name))  # type: ignore[misc]
            for kind in resource.all_parts
            if Verb.CREATE in kind.verbs
        ]
        options += [
            (field.label, lambda name=field.name: self._custom(record, name))  # type: ignore[misc]
            for field in resource.fields
            if field.name.startswith(CUSTOM) and record.value(field.name) is None
        ]
        options += [
            (one.one, lambda name=one.name: self.task(name, about=record))  # type: ignore[misc]
            for one in self._app.desk.resources.values()
            if one.tells_of(record.resource)
        ]
        title = say("edit.add_title")
        self._app.push_screen(MenuScreen(title, options, lambda run: run()))

    def delete(self, record: Record, stop: Stop | None) -> bool:
        """Ask whether to delete what the cursor is on; False if that cannot be."""
        from csc_tui.ui.screens.delete import DeleteScreen

        resource = self._app.desk.resources[record.resource]
        line = stop.line if stop is not None else None
        if line is None:
            self._app.push_screen(DeleteScreen(self._app.desk.edits, record))
            return True
        if line.part is None or Verb.DELETE not in resource.part(line.part[0]).verbs:
            return False
        part = find_part(record, *line.part)
        if part is None or not part.allows(Verb.DELETE):
            return False
        self._app.push_screen(DeleteScreen(self._app.desk.edits, record, line.part[0], part))
        return True

    def _custom(self, record: Record, name: str, problems: Problems | None = None) -> None:
        from csc_tui.ui.forms.open import custom_form

        self._open(custom_form(self._app.desk.edits, record, name, problems))

    async def refused(self, edit: Edit) -> None:
        """A save came back: say why; where values were refused, open the form with them again."""
        error = edit.answer.error
        resources = self._app.desk.resources
        why = explain_write(error, edit.change, resources) if error is not None else ""
        if edit.chained:
            key = self._app.keymap.of("outbox")
            self._app.messages.failure(say("merge.stopped", why=why, key=key), "edit")
            self._app.redraw_soon()
            return
        if edit.form is None and not _makes_record(edit):
            key = "edit.not_deleted" if edit.change.verb is Verb.DELETE else "edit.not_done"
            self._app.messages.failure(say(key, why=why), "edit")
            self._app.redraw_soon()
            return
        self._app.messages.failure(say("edit.kept", why=why), "edit")
        self._app.redraw_soon()
        if isinstance(error, Invalid) and self._app.in_the_open:
            await self.reopen(edit, only=lambda: self._app.in_the_open)

    async def reopen(self, edit: Edit, only: Callable[[], bool] = lambda: True) -> bool:
        """The form of an edit or draft again, with its text and what the server said about it.

        `only`: whether it may still open once the record is here; what was typed meanwhile on
        another screen would be text in it. False: there is no form for such an edit.
        """
        if not self.has_form(edit):
            return False
        form, error = edit.form or await self._as_typed(edit), edit.answer.error
        problems = error.messages if isinstance(error, Invalid) else None
        resource, record_id, kind, part_id = (*form.key.split("/", 3), "", "")[:4]
        if is_new(record_id):
            self.new(resource, problems, key=form.key, draft=form)
            return True
        saved = edit.record.resource != ""
        card = await self._card(edit.record if saved else Ref(resource, record_id))
        if card is None or not only():
            return True
        if not kind:
            self.record(card.record, problems, form)
        elif kind == "tags" and not part_id:
            self.tags(card.record, problems)
        elif part_id.startswith("new:"):
            self._custom(card.record, part_id.removeprefix("new:"), problems)
        else:
            # One that is gone is made anew with the text that was typed for it.
            part = None if is_new(part_id) else find_part(card.record, kind, part_id)
            self.part(card.record, kind, part, problems, form.key, form)
        return True

    @staticmethod
    def has_form(edit: Edit) -> bool:
        """Whether there is a form for it: one that it was typed in, or one for its values.

        Nothing is typed into what follows a record that is not made yet.
        """
        settable = edit.change.verb in (Verb.CREATE, Verb.UPDATE) and not edit.chained
        return edit.form is not None or (settable and not edit.change.record.id.startswith(UNMADE))

    async def _as_typed(self, edit: Edit) -> FormText:
        """The text of values that nobody typed into their own form.

        Undo queues them, so does what is done to many; a task is typed in the form of its call.
        """
        change, desk = edit.change, self._app.desk
        resource = desk.resources[edit.record.resource]
        if change.parent is not None:
            entries = part_entries(resource.part(change.ref.resource), None, resource)
            place = f"{change.parent.resource}/{change.parent.id}/{change.ref.resource}"
        else:
            new = change.verb is Verb.CREATE
            entries = new_entries(resource) if new else edit_entries(resource, resource.model())
            place = resource.name
        for one in entries:
            if one.field.lookup and change.values.get(one.path):
                await desk.lookups.need(one.field.lookup)
        lookups = desk.choices()
        texts, picks = typed(change.values, entries, lambda one: choices_of(one, lookups))
        emptied = {one.path: "" for one in entries if one.path in change.values}
        made = change.verb is Verb.CREATE
        key = f"{place}/new{UNMADE}{edit.client_id}" if made else f"{place}/{change.ref.id}"
        over = (edit.client_id,) if edit.state is State.REFUSED and not made else ()
        return FormText(key, edit.title, edit.updated, {**emptied, **texts}, picks, over=over)

    async def _card(self, ref: Ref) -> Card | None:
        """A record, asked for where it is not here; None, with the reason said, without one."""
        records = self._app.desk.records
        try:
            if (card := await records.card(ref)) is None:
                await records.fetch(ref)
                card = await records.card(ref)
        except CrmError as error:
            self._app.messages.failure(explain(error), "edit")
            return None
        if card is None:
            self._app.messages.failure(say("record.gone"), "edit")
        return card


def _makes_record(edit: Edit) -> bool:
    return edit.change.verb is Verb.CREATE and edit.change.parent is None


def is_new(name: str) -> bool:
    """Whether the last name in a form's key stands for something new."""
    return name == "new" or name.startswith(f"new{UNMADE}")


def find_part(record: Record, kind: str, part_id: str) -> Part | None:
    """A part by its kind and id."""
    parts: tuple[Part, ...] = getattr(record, kind, ())
    return next((one for one in parts if one.id and one.id == part_id), None)
