"""The bin: what was deleted in the CRM, to be had back or destroyed for good."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widget import Widget

from csc_tui.domain.errors import CrmError, ReadOnly
from csc_tui.glyphs import fit, harmless
from csc_tui.sentences import explain
from csc_tui.services.bin import Bin
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Role, Run, plain
from csc_tui.ui.screens.delete import DeleteScreen
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.record import Record
    from csc_tui.services.layout import Tab

AHEAD = 20
"""Rows before the end at which the next page is asked for."""


class BinScreen(Frame):
    """Deleted records of one resource, a line each."""

    place = Place.BIN

    def __init__(self, tab: Tab, found: Bin) -> None:
        super().__init__()
        self._tab = tab
        self._bin = found
        self._cursor = 0
        self._failure = ""
        self._loading: asyncio.Task[None] | None = None
        self._canvas = Canvas(id="bin")

    def body(self) -> list[Widget]:
        """The records."""
        return [self._canvas]

    def on_mount(self) -> None:
        """Ask for the first page."""
        self._want_more()

    def on_unmount(self) -> None:
        """Want nothing any more."""
        self._stop()

    def _stop(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None

    def _want_more(self) -> None:
        near = self._cursor >= len(self._bin.records) - AHEAD
        if near and not self._bin.whole and self._loading is None:
            self._loading = asyncio.create_task(self._load())

    async def _load(self) -> None:
        try:
            await self._bin.more()
            self._failure = ""
        except CrmError as error:
            self._failure = explain(error)
        self._loading = None
        if self.is_mounted:
            self.draw()

    # --- drawing

    def draw(self) -> None:
        """Draw the lines, those around the cursor where not all have room."""
        if self.too_small or not self.is_mounted:
            return
        records = self._bin.records
        self._cursor = min(self._cursor, max(0, len(records) - 1))
        height, width = max(1, self._canvas.size.height), self.app.size.width
        top = max(0, min(self._cursor - height // 2, len(records) - height))
        lines = [
            (
                Run("› " if n == self._cursor else "  "),
                Run(fit(_line(one), width - 3), _role(here=n == self._cursor)),
            )
            for n, one in list(enumerate(records))[top : top + height]
        ]
        self._canvas.draw(lines or [(), plain(f"      {self._nothing()}")])
        super().draw()

    def _nothing(self) -> str:
        if self._failure:
            return self._failure
        return say("bin.empty", many=self._tab.many) if self._bin.whole else say("bin.asking")

    def trail(self) -> list[str]:
        """The tab, and that this is its bin."""
        return [*self.csc.trail_words(self), say("bin.title")]

    def idle_words(self) -> str:
        """What it is, or why more of it could not be had."""
        return self._failure or say("bin.about", many=self._tab.many)

    def position(self) -> str:
        """Row and total."""
        total = len(self._bin.records) if self._bin.total is None else self._bin.total
        return (
            say("screen.position", row=f"{self._cursor + 1:,}", total=f"{total:,}") if total else ""
        )

    # --- keys

    def _move(self, rows: int) -> None:
        self._cursor = min(max(self._cursor + rows, 0), max(0, len(self._bin.records) - 1))
        self._want_more()
        self.draw()

    def do_bin_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_bin_down(self) -> None:
        """One down."""
        self._move(1)

    def do_bin_page_up(self) -> None:
        """A page up."""
        self._move(-max(1, self._canvas.size.height))

    def do_bin_page_down(self) -> None:
        """A page down."""
        self._move(max(1, self._canvas.size.height))

    def do_bin_home(self) -> None:
        """The first."""
        self._move(-len(self._bin.records))

    def do_bin_end(self) -> None:
        """The last that is here."""
        self._move(len(self._bin.records))

    @property
    def _record(self) -> Record | None:
        records = self._bin.records
        if not records:
            self.hint(say("screen.not_loaded"))
        return records[self._cursor] if records else None

    async def do_bin_restore(self) -> None:
        """Have the record under the cursor back."""
        record = self._record
        if record is None:
            return
        try:
            await self._bin.restore(record)
        except (ReadOnly, OutboxUnusableError) as error:
            key = "screen.read_only" if isinstance(error, ReadOnly) else "edit.not_queued"
            self.hint(say(key))
        self.draw()

    def do_bin_delete(self) -> None:
        """Ask whether the record under the cursor is to be destroyed."""
        if (record := self._record) is not None:
            done = lambda: self._bin.forget(record)  # noqa: E731 -- one line, used once
            self.app.push_screen(DeleteScreen(self.csc.desk.edits, record, for_good=done))

    def do_refresh(self) -> None:
        """Look again, also where the answer to the last look has not come yet."""
        self._stop()
        self._bin = Bin(self.csc.desk, self._tab.name)
        self._want_more()
        self.draw()


def _line(record: Record) -> str:
    words = (record.sort_name(), record.cell("company"), record.cell("city"))
    return harmless("   ".join(one for one in words if one))


def _role(*, here: bool) -> Role:
    return Role.CURSOR if here else Role.TEXT
