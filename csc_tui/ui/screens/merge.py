"""Two records side by side: which one stays, whose value is taken; typed, then sent as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import CrmError
from csc_tui.domain.field import Kind
from csc_tui.domain.merge import same
from csc_tui.glyphs import harmless, wrap
from csc_tui.sentences import explain
from csc_tui.services import merging
from csc_tui.services.conflicts import Row, Side
from csc_tui.services.hanging import hanging
from csc_tui.services.merging import Union
from csc_tui.ui import conflict_lines as drawn
from csc_tui.ui import merge_lines
from csc_tui.ui.bulk import time_words
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, plain
from csc_tui.ui.screens.alone import AloneScreen
from csc_tui.ui.screens.confirm import Asked, Confirm
from csc_tui.ui.screens.delete import names_of, word_of
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget

    from csc_tui.crm.adapter import Hanging
    from csc_tui.domain.ref import Ref
    from csc_tui.ui.app import CscApp

LOW = 14
"""Rows below which the blank ones and the value in full are left out."""


class MergeScreen(Frame):
    """The choice; nothing is sent before it was confirmed by a word."""

    place = Place.MERGE

    def __init__(self, stays: Ref, goes: Ref) -> None:
        super().__init__()
        self._refs = (stays, goes)
        self.found: Union | None = None
        """None while both are read, and where they cannot be."""
        self._hung: dict[Ref, Hanging] = {}
        self._why = say("merge.asking")
        """Why there is nothing to choose."""
        self.cursor = 0
        """Number of the row under the cursor."""
        self._canvas = Canvas(id="merge")

    def body(self) -> list[Widget]:
        """The fields."""
        return [self._canvas]

    def on_mount(self) -> None:
        """Read both, with all their parts."""
        self._deaf = self.csc.desk.events.listen(lambda _: self.shell.redraw_soon())
        self.run_worker(self._read())

    def on_unmount(self) -> None:
        """Hear no more."""
        self._deaf()

    async def _read(self) -> None:
        desk = self.csc.desk
        if merging.unsettled(desk, self._refs):
            self._why = say("merge.unsettled", key=self.shell.keymap.of("outbox"))
            self.draw()
            return
        records, hung = [], {}
        try:
            await desk.lookups.require("fields")  # a custom field that is not known would be lost
            for ref in self._refs:
                hung[ref] = await hanging(desk, ref)
                await desk.records.fetch(ref)
                card = await desk.records.card(ref)
                if card is not None:
                    records.append(card.record)
        except CrmError as error:
            self._why = say("merge.offline", why=explain(error))
            self.draw()
            return
        if any(merging.unreadable(desk.resources[one.resource], one) for one in records):
            self._why = say("merge.unreadable")
            self.draw()
            return
        if len(records) == len(self._refs):
            self._hung = hung
            stays, goes = records
            self._face(merging.union(desk.resources[stays.resource], stays, goes, hung))

    def _face(self, found: Union) -> None:
        self.found, self.cursor = found, 0
        for row in found.rows:
            field = found.resource.field(row.path)
            if field.lookup and field.kind is not Kind.LINK:
                self.csc.desk.lookups.want(field.lookup)
        self.draw()

    # --- drawing

    @property
    def row(self) -> Row | None:
        """The one under the cursor; None where they differ in nothing."""
        rows = self.found.rows if self.found is not None else ()
        return rows[self.cursor] if rows else None

    def draw(self) -> None:
        """Draw the table, what comes of it, the row under the cursor in full."""
        if self.too_small or not self.is_mounted:
            return
        columns, height = self.app.size.width, self._canvas.size.height
        if self.found is None:
            lines = [plain(f"  {one}") for one in wrap(self._why, columns - 4)]
            self._canvas.draw([(), *lines])
        else:
            self._canvas.draw(self._lines(self.found, columns, height))
        super().draw()

    def _lines(self, found: Union, columns: int, height: int) -> list[Line]:
        texts = merge_lines.Words(found, self.csc.desk.choices())
        gap: list[Line] = [] if height < LOW else [()]
        above = [*gap, *(plain(f" {one}") for one in wrap(merge_lines.who(found), columns - 2))]
        below = [*gap, *merge_lines.outcome(texts, columns)]
        if self.row is None:
            above += [*gap, plain(f"  {say('merge.same')}")]
            return [*above, *below, *gap, *self._cost(found, columns)]
        table, at = drawn.table(texts, found.rows, self.cursor, columns)
        end = [*gap, *self._cost(found, columns)]
        left = height - len(above) - 2 * len(gap) - len(below) - len(end)
        room = max(2, min(len(table), left - drawn.LEAST))
        if len(table) > room:
            first = max(1, min(at - room // 2, len(table) - room + 1))
            table = [table[0], *table[first : first + room - 1]]
        most = left - len(table)
        full = drawn.full(texts, self.row, columns, most, None) if most >= drawn.LEAST else []
        return [*above, *gap, *table, *below, *gap, *full, *end]

    def _cost(self, found: Union, columns: int) -> list[Line]:
        desk = self.csc.desk
        count = merging.requests(desk, found)
        said: dict[str, object] = {
            "count": count,
            "time": time_words(desk, count),
            "crm": desk.crm.title,
            "undo": self.shell.keymap.of("undo"),
        }
        return merge_lines.cost(found, columns, said)

    def trail(self) -> list[str]:
        """The list, then what this is."""
        return [*self.csc.trail_words(self), say("merge.title")]

    def position(self) -> str:
        """Which of the fields that differ."""
        if self.found is None or self.row is None:
            return ""
        return say("merge.position", at=self.cursor + 1, total=len(self.found.rows))

    def idle_words(self) -> str:
        """How many differ, and what sends it."""
        if self.found is None:
            return ""
        differ = say("merge.differ", count=len(self.found.rows))
        return say("merge.idle", differ=differ, key=self.shell.keymap.of("merge.start"))

    # --- choosing

    def _move(self, rows: int) -> None:
        if self.found is not None and self.found.rows:
            self.cursor = min(max(0, self.cursor + rows), len(self.found.rows) - 1)
        self.draw()

    def do_merge_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_merge_down(self) -> None:
        """One down."""
        self._move(1)

    def do_merge_home(self) -> None:
        """To the first."""
        self._move(-(self.cursor + 1))

    def do_merge_end(self) -> None:
        """To the last."""
        self._move(len(self.found.rows) if self.found is not None else 0)

    def do_merge_stays(self) -> None:
        """The value of the record that stays."""
        self._take(Side.MINE)

    def do_merge_goes(self) -> None:
        """The value of the record that goes."""
        self._take(Side.THEIRS)

    def _take(self, side: Side) -> None:
        if self.found is None or (row := self.row) is None:
            return
        field = self.found.resource.field(row.path)
        if side is Side.THEIRS and same(row.theirs, None) and (field.required or not field.clears):
            self.hint(say("merge.required", label=harmless(field.label)))
            return
        row.taken = side
        self.draw()

    def do_merge_swap(self) -> None:
        """The other way round."""
        if self.found is not None:
            found = self.found
            self._refs = (found.goes.ref, found.stays.ref)
            self._face(merging.union(found.resource, found.goes, found.stays, self._hung))

    def do_merge_full(self) -> None:
        """Both values of the field, alone."""
        if self.found is None or (row := self.row) is None:
            return
        texts = merge_lines.Words(self.found, self.csc.desk.choices())
        said = "\n\n".join(f"{name}\n{text}" for name, text in texts.texts(row))
        self.csc.push_screen(AloneScreen(texts.label(row), said))

    # --- the end

    def do_merge_start(self) -> None:
        """Ask for the word that does it."""
        if self.found is not None:
            self.app.push_screen(MergeConfirm(self.csc, self.found))

    def do_refresh(self) -> None:
        """Read both again."""
        self.found, self._why = None, say("merge.asking")
        self.draw()
        self.run_worker(self._read())


class MergeConfirm(Confirm):
    """The question: the name of the one that goes is typed."""

    about = "merge"
    closes_below = True

    def __init__(self, app: CscApp, found: Union) -> None:
        names = {
            "stays": harmless(found.stays.sort_name()),
            "goes": harmless(found.goes.sort_name()),
        }
        said = {"count": merging.requests(app.desk, found), "crm": app.desk.crm.title}
        about = say(f"merge.about_{found.resource.merging}", **said, **names)
        word = word_of(found.resource, found.goes)
        asks = Asked(say("merge.question", **names), about, word, names_of(found.goes))
        super().__init__(asks, names["goes"])
        self._found = found

    async def act(self) -> None:
        """Queue it; what was chosen on closes too."""
        await merging.queue(self.csc.desk, self._found)
