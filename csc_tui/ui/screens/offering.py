"""What can be done to the marked records: chosen from a menu, then typed, then reckoned."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from csc_tui.domain.change import nest
from csc_tui.domain.form import Entry, new_entries, part_entries, single_entry
from csc_tui.domain.ref import Ref
from csc_tui.services.bulk import TAGS, Action, Task, actions, fields
from csc_tui.services.todo import tasks_about
from csc_tui.ui.forms.screen import FormScreen
from csc_tui.ui.forms.spec import FormSpec
from csc_tui.ui.screens.bulk import BulkScreen
from csc_tui.ui.screens.menu import MenuScreen
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Field, Plain
    from csc_tui.domain.resource import Resource
    from csc_tui.ui.app import CscApp


class Offering:
    """What is offered for some records of one resource."""

    def __init__(self, app: CscApp, resource: str, ids: Sequence[str]) -> None:
        self._app = app
        self._resource = resource
        self._ids = ids
        self._kind = app.desk.resources[resource]

    def show(self, first: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """The menu; `first` stands above all else."""
        options: list[tuple[str, Callable[[], Awaitable[None] | None]]] = list(first)
        if self._ids:
            options += [
                (say(f"bulk.{action}"), partial(self._begin, action))
                for action in actions(self._app.desk, self._kind)
            ]
            if len(self._ids) == 2 and self._kind.merging is not None:
                options.append((say("bulk.merge"), self._merge))
            options += [
                (say("bulk.field", label=made.label), partial(self._ask, Action.FIELD, made))
                for made in fields(self._kind)
            ]
            options.append((say("export.menu"), self._export))
        title = say("bulk.title", count=f"{len(self._ids):,}", many=self._kind.many)
        self._app.push_screen(MenuScreen(title, options, lambda run: run()))

    def _export(self) -> Awaitable[None] | None:
        """Write them into a file."""
        tab = self._app.desk.tab(self._resource)
        return self._app.exporting.offer(tab, self._ids) if tab is not None else None

    def _merge(self) -> None:
        """Both side by side."""
        from csc_tui.ui.screens.merge import MergeScreen

        one, other = (Ref(self._resource, it) for it in self._ids)
        self._app.push_screen(MergeScreen(one, other))

    def _begin(self, action: Action) -> Awaitable[None] | None:
        if action is Action.TASK:
            return self._ask_for_task()
        if action is Action.DELETE:
            self._reckon(Task(action))
        elif action is Action.NOTE:
            self._ask_for_note()
        else:
            self._ask(action, None)
        return None

    def _ask_for_note(self) -> None:
        """Have the note typed."""
        kind = self._kind.notes
        assert kind is not None
        self._form(
            say("bulk.about", action=say("bulk.note")),
            self._resource,
            lambda now: part_entries(kind, None, now),
            partial(self._made, Action.NOTE),
        )

    async def _ask_for_task(self) -> None:
        """Have the task typed: for whoever sits here, unless somebody else is named."""
        tasks = tasks_about(self._app.desk, self._resource)
        assert tasks is not None
        begins = await self._app.editing.begins(tasks)
        about = tasks.todo.about if tasks.todo is not None else ()
        self._form(
            say("bulk.about", action=say("bulk.task")),
            tasks.name,
            lambda now: [
                replace(one, value=begins.get(one.path, one.value))
                for one in new_entries(now)
                if one.path.partition(".")[0] not in about
            ],
            partial(self._made, Action.TASK),
        )

    async def _made(self, action: Action, values: Mapping[str, Plain]) -> None:
        """A note or a task was typed."""
        self._reckon(Task(action, made=nest(values)))

    def _ask(self, action: Action, made: Field | None) -> None:
        """Have the tags typed, or the field's value."""
        path = made.name if made is not None else TAGS
        doing = say("bulk.field_of", label=made.label) if made else say(f"bulk.{action}")
        self._form(
            doing,
            self._resource,
            lambda now: [single_entry(now, path)],
            lambda values: self._take(action, made, values),
        )

    def _form(
        self,
        doing: str,
        resource: str,
        entries: Callable[[Resource], Sequence[Entry]],
        take: Callable[[Mapping[str, Plain]], Awaitable[None]],
    ) -> None:
        count = f"{len(self._ids):,}"
        spec = FormSpec(
            key="",
            title=say("bulk.which", action=doing, count=count, many=self._kind.many),
            entries=entries,
            changes=lambda _: (),
            resource=resource,
            fresh=True,
            take=take,
        )
        self._app.push_screen(FormScreen(self._app.desk.edits, spec))

    async def _take(self, action: Action, made: Field | None, values: Mapping[str, Plain]) -> None:
        value = values.get(made.name if made is not None else TAGS)
        if made is not None:
            self._reckon(Task(action, field=made, value=value))
        elif isinstance(value, list) and value:
            self._reckon(Task(action, names=tuple(map(str, value))))
        else:
            self._app.messages.hint(say("bulk.no_tag"))

    def _reckon(self, task: Task) -> None:
        self._app.push_screen(BulkScreen(self._resource, self._ids, task))
