"""Export from a list: what is marked or what matches, in a format, into a file, beside all else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csc_tui.config.out_file import written
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.errors import CrmError
from csc_tui.domain.query import Query
from csc_tui.sentences import explain
from csc_tui.services import exporting
from csc_tui.services.exporting import Form, Format
from csc_tui.services.reading import Reading
from csc_tui.ui.bulk import time_words
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.worker import Worker

    from csc_tui.services.layout import Tab
    from csc_tui.ui.app import CscApp

_FORMS = {
    "csv": Form(Format.CSV),
    "csv-excel": Form(Format.CSV, ";", bom=True, decimal=","),
    "json": Form(Format.JSON),
    "jsonl": Form(Format.JSONL),
    "vcard3": Form(Format.VCARD3),
    "vcard4": Form(Format.VCARD4),
}
"""The last part of a key `export.as-*` -> what is written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be exported, and what that costs."""

    tab: Tab
    query: Query
    """The list, in the order of the file where it is written as a whole."""
    ids: Sequence[str] | None
    """None: the whole list, read from the CRM."""
    total: int
    requests: int


class Exporting:
    """One export after the other, and how far the present one is."""

    def __init__(self, app: CscApp) -> None:
        self._app = app
        self._plan: Plan | None = None
        """What is being written."""
        self._done = 0
        self._work: Worker[None] | None = None
        self._refused: Path | None = None
        """The file that is there already, of which that was said."""

    @property
    def words(self) -> str:
        """How far it is; empty where nothing is written."""
        if self._plan is None:
            return ""
        return say("export.coming", done=f"{self._done:,}", total=f"{self._plan.total:,}")

    def stop(self) -> bool:
        """Write no more; False if nothing is being written."""
        if self._work is None or self._plan is None:
            return False
        self._work.cancel()
        self._plan = None
        self._app.messages.success(say("export.stopped"))
        return True

    async def offer(self, tab: Tab, ids: Sequence[str] | None, query: Query | None = None) -> None:
        """See what it costs, and offer the formats. Raises CrmError.

        `ids` None: all of the list `query`.
        """
        from csc_tui.ui.screens.menu import MenuScreen

        if self._plan is not None:
            self._app.messages.hint(say("export.busy"))
            return
        plan = await self._reckon(tab, query or Query(tab.name, tab.sorts[0].sort), ids)
        cards = self._app.desk.resources[tab.name].has_card
        fit = {name: form for name, form in _FORMS.items() if cards or not form.cards}
        options = [(say(f"export.as-{name}"), form) for name, form in fit.items()]
        self._app.errand.open(MenuScreen(self._title(plan), options, partial(self._name, plan)))

    async def _reckon(self, tab: Tab, query: Query, ids: Sequence[str] | None) -> Plan:
        desk = self._app.desk
        await desk.awake.wait()
        if ids is not None:
            absent = await exporting.missing(desk, tab.name, ids)
            return Plan(tab, query, ids, len(ids), exporting.requests_for(len(absent)))
        if desk.offline:
            return Plan(tab, query, None, await desk.store.how_many(tab.name), 0)
        cost = await Reading(desk, query).cost()
        return Plan(tab, query, None, cost.records, cost.requests)

    def _title(self, plan: Plan) -> str:
        what = plan.tab.one if plan.total == 1 else plan.tab.many
        return say("export.title", count=f"{plan.total:,}", what=what)

    def _name(self, plan: Plan, form: Form) -> None:
        """Have the file's name typed."""
        from csc_tui.ui.screens.name import NameScreen

        app = self._app
        self._refused = None
        today = date.fromtimestamp(app.clock.now()).isoformat()  # noqa: DTZ012 -- the user's day
        name = str(Path.home() / f"{plan.tab.name}-{today}.{form.ending}")
        time = time_words(app.desk, plan.requests)
        notes = [
            say("export.cost", count=plan.requests, time=time)
            if plan.requests
            else say("export.offline" if plan.ids is None else "export.free"),
            say("export.whole"),
        ]
        take = partial(self._begin, plan, form)
        app.push_screen(NameScreen(self._title(plan), say("export.file"), name, notes, take))

    def _begin(self, plan: Plan, form: Form, typed: str) -> str:
        """Begin to write; gives what speaks against this file."""
        if not typed:
            return say("export.no-name")
        path = Path(os.path.abspath(os.path.expanduser(typed)))
        # Not as `Path` does both: that raises for a user who is not there, and for a long name.
        if os.path.isdir(path):
            return say("export.folder", file=path)
        if not os.path.isdir(path.parent):
            return say("file.no-folder", folder=path.parent)
        there = os.path.lexists(path)
        if there and self._refused != path:
            self._refused = path
            return say("export.there", file=path)
        self._plan, self._done = plan, 0
        self._work = self._app.run_worker(self._write(plan, form, path, replace=there))
        return ""

    async def _write(self, plan: Plan, form: Form, path: Path, *, replace: bool) -> None:
        app, desk = self._app, self._app.desk
        resource = plan.tab.name
        reading = Reading(desk, plan.query)

        def progress(count: int) -> None:
            self._done = count
            app.redraw_soon()

        try:
            await exporting.know_words(desk, desk.resources[resource], offline=desk.offline)
            if plan.ids is not None:
                source = exporting.chosen(desk, resource, plan.ids)
            else:
                source = reading.stored() if desk.offline else reading.pages()
            with written(path, replace=replace) as file:
                count = await exporting.write(desk, resource, source, form, file, progress)
        except CrmError as error:
            app.messages.failure(say("export.failed", why=explain(error)), "export")
        except ConfigError as error:
            app.messages.failure(str(error), "export")
        else:
            app.messages.mended("export")
            what = plan.tab.one if count == 1 else plan.tab.many
            app.messages.success(
                say("export.done", count=f"{count:,}", what=what, file=_short(path))
            )
        finally:
            self._plan = self._work = None
            app.redraw_soon()


def _short(path: Path) -> str:
    """A path as one types it: what lies at home begins with `~`."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
