"""What a change of many records would do and cost; `⏎` does it, nothing is sent before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError, ReadOnly
from csc_tui.domain.ref import Ref
from csc_tui.glyphs import clip, fit, harmless, wrap
from csc_tui.sentences import explain
from csc_tui.services.bulk import Action, DryRun, Task, dry_run, queue
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.services.todo import tasks_about
from csc_tui.ui.bulk import time_words
from csc_tui.ui.commands.command import Place
from csc_tui.ui.edit_words import value_words
from csc_tui.ui.paint import Line, Role, plain
from csc_tui.ui.screens.confirm import Asked, Confirm
from csc_tui.ui.screens.pager import Pager
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.app import CscApp

_CHANGED = {
    Action.DELETE: "bulk.deleted",
    Action.NOTE: "bulk.noted",
    Action.TASK: "bulk.tasked",
}
NAMES = 30
"""Cells of the name of a record that is left out."""


class BulkScreen(Pager):
    """The dry run."""

    place = Place.BULK

    def __init__(self, resource: str, ids: Sequence[str], task: Task) -> None:
        super().__init__()
        self._resource = resource
        self._ids = tuple(ids)
        self._asked = task
        self.run: DryRun | None = None
        """None while it is reckoned."""
        self._why = ""
        """Why it cannot be reckoned."""

    def on_mount(self) -> None:
        """Reckon it."""
        self.run_worker(self._reckon())

    async def _reckon(self) -> None:
        try:
            self.run = await dry_run(self.csc.desk, self._resource, self._ids, self._asked)
        except CrmError as error:
            self._why = say("bulk.offline", why=explain(error))
        self.csc.redraw_soon()

    # --- drawing

    def trail(self) -> list[str]:
        """The list, how many, what is done to them."""
        many = self.csc.desk.resources[self._resource].many
        count = say("bulk.title", count=f"{len(self._ids):,}", many=many)
        return [*self.csc.trail_words(self), count, harmless(self._does())]

    def _does(self) -> str:
        """The task in words."""
        task, desk = self._asked, self.csc.desk
        kind = desk.resources[self._resource]
        if task.action is Action.TASK and (tasks := tasks_about(desk, kind.name)) is not None:
            return say("bulk.does_task", one=tasks.one, what=task.made[tasks.called_by])
        if task.action is Action.NOTE and kind.notes is not None:
            texts = (one for one in task.made.values() if isinstance(one, str))
            return say("bulk.does_note", one=kind.notes.one, what=max(texts, key=len, default=""))
        if task.action is not Action.FIELD or task.field is None:
            return say(f"bulk.does_{task.action}", names=", ".join(task.names))
        value = value_words(kind, task.field.name, task.value, desk.choices())
        key = "bulk.does_field" if value else "bulk.does_clear"
        return say(key, label=task.field.label, value=value)

    def rows(self, columns: int) -> list[Line]:
        """The counts, then what is left out."""
        run = self.run
        if run is None:
            return [(), plain(f"  {self._why or say('bulk.reckoning')}")]
        many = self.csc.desk.resources[self._resource].many
        changed = _CHANGED.get(run.task.action, "bulk.changed")
        why = Counter(one.why for one in run.skipped)
        texts = [
            say("bulk.marked", count=f"{len(self._ids):,}", many=many),
            say(changed, count=f"{run.count:,}"),
            *(
                say("bulk.left_out", count=f"{count:,}", why=say(f"bulk.why-{one}"))
                for one, count in why.items()
            ),
            say(
                "bulk.requests",
                count=run.requests,
                time=time_words(self.csc.desk, run.requests),
            ),
        ]
        how = say("bulk.how", undo=self.shell.keymap.of("undo"))
        lines: list[Line] = [
            (),
            plain(f"  {clip(harmless(self._does()), columns - 4)}", Role.STRONG),
            (),
            *(plain(f"  {text}") for text in texts),
            (),
            *(plain(f"  {text}", Role.MUTED) for text in wrap(how, columns - 4)),
        ]
        if run.skipped:
            lines += [(), plain(f"  {say('bulk.skipped')}", Role.HEAD)]
        for one in run.skipped:
            name = fit(harmless(one.title), NAMES)
            lines.append(plain(clip(f"  {name}  {say(f'bulk.why-{one.why}')}", columns - 1)))
        return lines

    def idle_words(self) -> str:
        """That nothing has happened yet."""
        return say("bulk.idle", key=self.shell.keymap.of("bulk.start"))

    # --- keys

    async def do_bulk_start(self) -> None:
        """Queue all of it; of a delete, once the number was typed."""
        run = self.run
        if run is None:
            self.hint(say("bulk.reckoning"))
        elif not run.changes:
            self.hint(say("bulk.nothing"))
        elif run.task.action is Action.DELETE:
            self.app.push_screen(DeleteManyScreen(self.csc, run))
        else:
            try:
                await begin(self.csc, run)
            except (ReadOnly, OutboxUnusableError) as error:
                key = "screen.read_only" if isinstance(error, ReadOnly) else "edit.not_queued"
                self.hint(say(key))
                return
            if self.on_top:
                self.app.pop_screen()

    do_bulk_up = Pager.do_log_up
    do_bulk_down = Pager.do_log_down
    do_bulk_page_up = Pager.do_log_page_up
    do_bulk_page_down = Pager.do_log_page_down
    do_bulk_home = Pager.do_log_home
    do_bulk_end = Pager.do_log_end


class DeleteManyScreen(Confirm):
    """The question before many are deleted: their number is typed."""

    closes_below = True

    def __init__(self, app: CscApp, run: DryRun) -> None:
        kind = app.desk.resources[run.resource]
        count = run.count
        about = "bulk.delete_bin" if kind.has_bin else "bulk.delete_no_bin"
        question = say("bulk.delete_question", count=f"{count:,}", many=kind.many)
        super().__init__(
            Asked(question, say(about, crm=app.desk.crm.title), str(count)),
            say("bulk.title", count=f"{count:,}", many=kind.many),
        )
        self._run = run

    async def act(self) -> None:
        """Queue them; what it was reckoned on closes too."""
        await begin(self.csc, self._run)


async def begin(app: CscApp, run: DryRun) -> None:
    """Queue a task. What is left out is marked no more, the others until they are done.

    Raises ReadOnly, OutboxUnusableError.
    """
    await queue(app.desk, run)
    for one in run.skipped:
        app.marks.drop(Ref(run.resource, one.id))
