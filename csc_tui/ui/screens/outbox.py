"""The outbox: every write that is not confirmed, what it waits for, and what can be done about it.

What needs the user stands first, then what goes by itself, in order; drafts at the end. It is the
one screen that counts, once a second, and only while it is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.errors import RateLimited, ReadOnly
from csc_tui.glyphs import clip, fit, width
from csc_tui.services.entries import Standing, State, listed
from csc_tui.services.outbox import OutboxUnusableError
from csc_tui.ui import edit_detail
from csc_tui.ui import edit_words as words
from csc_tui.ui.commands.command import Place as Where
from csc_tui.ui.edit_words import Around
from csc_tui.ui.entry_cursor import EntryCursor
from csc_tui.ui.frame import NARROW, Frame
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.screens.settling import Question, Settling
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from textual.widget import Widget

    from csc_tui.services.entries import Edit
    from csc_tui.services.outbox import Outbox
    from csc_tui.ui.commands.command import Command

WIDE = 100
"""From this width on columns are a cell or two wider, and `esc` is named."""
DETAIL = 6
"""Rows that are kept for the entry in full where there are many entries."""


class OutboxScreen(Frame):
    """All open edits, one cursor."""

    place = Where.OUTBOX

    def __init__(self, outbox: Outbox) -> None:
        super().__init__()
        self.outbox = outbox
        self.question: Question | None = None
        """What is asked in the message line."""
        self._canvas = Canvas(id="entries")
        self._cursor = EntryCursor()
        """On an entry by its client id."""
        self._entries: list[Edit] = []
        self._ids: list[str] = []
        self._version = -1
        """Of the outbox when it gave these."""
        self.handlers = [Settling(self)]

    def body(self) -> list[Widget]:
        """The entries, the one under the cursor in full below."""
        return [self._canvas]

    def on_mount(self) -> None:
        """Count, hear of changes, and know the users' names.

        What was said of the entries stands in their lines from here on.
        """
        for cause in ("edit", "outbox-line", *(f"edit-{it.client_id}" for it in self.entries())):
            self.shell.messages.mended(cause)
        self.set_interval(1.0, self._tick)
        self._deaf = self.csc.desk.events.listen(lambda _: self.shell.redraw_soon())
        self.csc.desk.lookups.want("users")

    def on_unmount(self) -> None:
        """Hear no more."""
        self._deaf()

    def _tick(self) -> None:
        if self.is_current:
            self.draw()

    # --- what there is

    def entries(self) -> list[Edit]:
        """All entries in the order in which they stand here."""
        if self._version != self.outbox.version:
            self._version = self.outbox.version
            self._entries = listed(self.outbox.entries())
            self._ids = [one.client_id for one in self._entries]
        return self._entries

    @property
    def entry(self) -> Edit | None:
        """The one under the cursor."""
        return self.outbox.entry(self._cursor.id)

    def around(self, edit: Edit) -> Around:
        """What its words depend on."""
        desk, outbox, pause = self.csc.desk, self.outbox, self.csc.desk.pause
        plainly = Around(desk.clock.now(), desk.resources, desk.choices(), self.csc.zone)
        place = outbox.place(edit)
        before = [place.after, outbox.entry(place.after_record)] if place is not None else []
        titles = {it.client_id: words.title_of(it, plainly) for it in before if it is not None}
        return Around(
            plainly.now,
            plainly.resources,
            plainly.lookups,
            plainly.zone,
            place,
            titles,
            outbox.line_at,
            outbox.paused,
            self.shell.read_only,
            self.shell.keymap.of("undo"),
            pause.until if pause and isinstance(pause.error, RateLimited) else 0.0,
        )

    # --- drawing

    def draw(self) -> None:
        """Draw the entries and the one under the cursor."""
        if self.too_small or not self.is_mounted:
            return
        columns, height = self.app.size.width, max(2, self._canvas.size.height)
        entries = self.entries()
        self._cursor.place(self._ids)
        if not entries:
            self._canvas.draw([(), plain(f"  {say('outbox.empty')}")])
            super().draw()
            return
        here = entries[self._cursor.row]
        key = self.shell.keymap.of("outbox.settle")
        detail = edit_detail.lines(here, self.around(here), columns, key)
        room = max(1, height - 2 - min(len(detail), max(DETAIL, height - 2 - len(entries))))
        room = min(room, len(entries))
        first = max(0, min(self._cursor.row - room // 2, len(entries) - room))
        rows = [
            row(one, self.around(one), columns, here=one is here)
            for one in entries[first : first + room]
        ]
        self._canvas.draw([heads(columns), *rows, (), *detail])
        super().draw()

    def top_line(self, columns: int) -> Line:
        """No tab is open here."""
        return tuple(
            Run(f" {run.text[1:-1]} ") if run.role is Role.TAB else run
            for run in super().top_line(columns)
        )

    def trail(self) -> list[str]:
        """Where it was opened, then what this is."""
        return [*self.csc.trail_words(self), say("outbox.title")]

    def position(self) -> str:
        """Which entry of how many."""
        total = len(self.entries())
        return say("outbox.position", at=self._cursor.row + 1 if total else 0, total=total)

    def message_line(self) -> Line:
        """A question before everything else."""
        if self.question is not None:
            return plain(f" {self.question.text}", Role.STRONG)
        return super().message_line()

    def idle_words(self) -> str:
        """How many are not confirmed, and how many of them need somebody."""
        entries = self.entries()
        drafts = sum(one.state is State.DRAFT for one in entries)
        need, count = sum(one.needs_user for one in entries), len(entries) - drafts
        if not count and drafts:
            return say("outbox.drafts", count=drafts)
        key = "outbox.summary" if need > 1 else "outbox.summary_one" if need else ""
        text = say(key or "outbox.summary_none", count=count, need=need)
        return say("outbox.summary_drafts", writes=text, count=drafts) if drafts else text

    def footer(self) -> list[Command]:
        """What can be done; where there is room also how to leave."""
        commands = super().footer()
        if self.app.size.width >= WIDE:
            commands += [c for c in self.shell.keymap.commands if c.id == "back" and c.keys]
        return commands

    def account_line(self, *, narrow: bool) -> Line:
        """In fewer words where all the keys would not have room beside it."""
        keys = sum(width(self._footer_words(one)) + 2 for one in self.footer())
        line = super().account_line(narrow=narrow)
        fits = width(line[0].text) + keys < self.app.size.width
        return line if fits else super().account_line(narrow=True)

    # --- keys

    async def press(self, key: str) -> None:
        """An open question takes the next key, whatever it is."""
        if self.question is None or self.too_small:
            await super().press(key)
            return
        self.shell.key_pressed()
        asked, self.question = self.question, None
        if key in ("y", "Y"):
            await self.carry(asked.yes())
        else:
            self.hint(say("outbox.kept"))
        if self.is_current:
            self.draw()

    async def carry(self, work: Awaitable[object]) -> bool:
        """Do something with the outbox; False, with the reason said, where that cannot be."""
        try:
            await work
        except ReadOnly:
            self.hint(say("screen.read_only"))
        except OutboxUnusableError:
            self.hint(say("outbox.unusable"))
        else:
            return True
        return False

    def do_outbox(self) -> Awaitable[None] | None:
        """The same key leads back."""
        return self.shell.do_back()

    def _move(self, rows: int) -> None:
        self.entries()
        self._cursor.move(self._ids, rows)
        self.draw()

    def do_outbox_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_outbox_down(self) -> None:
        """One down."""
        self._move(1)

    def do_outbox_page_up(self) -> None:
        """Half a screen up."""
        self._move(-max(1, self._canvas.size.height // 2))

    def do_outbox_page_down(self) -> None:
        """Half a screen down."""
        self._move(max(1, self._canvas.size.height // 2))

    def do_outbox_home(self) -> None:
        """To the first."""
        self._move(-len(self.entries()))

    def do_outbox_end(self) -> None:
        """To the last."""
        self._move(len(self.entries()))


def row(edit: Edit, around: Around, columns: int, *, here: bool) -> Line:
    """One entry's line."""
    state = words.stands(edit, around)
    mark = "!" if edit.needs_user else " " if state is Standing.DRAFT else "~"
    texts = (
        say(f"outbox.state-{state}"),
        words.what(edit, around),
        words.title_of(edit, around),
        words.age(around.now - edit.created),
        "" if state is Standing.DRAFT else str(edit.attempts),
        words.last_answer(edit, around),
    )
    role = Role.CURSOR if here else Role.BAD if edit.needs_user else Role.TEXT
    return plain(f"{'›' if here else ' '}{mark} {_columns(texts, columns)}", role)


def heads(columns: int) -> Line:
    """The columns' heads."""
    names = ("state", "what", "record", "age", "tries", "last")
    texts = tuple(say(f"outbox.{name}") for name in names)
    return plain(f"   {_columns(texts, columns)}", Role.HEAD)


def _columns(texts: Sequence[str], columns: int) -> str:
    """State, what, whom, age, tries, last answer, as many as there is room for."""
    state, what, record, age, tries, last = texts
    if columns < NARROW:
        cells = max(8, (columns - 14) // 2)
        return clip(f"{fit(state, 8)} {fit(record, cells)} {last}", columns - 4)
    if columns < WIDE:
        cells = 23 + ((columns - 80) // 2 if columns > 80 else columns - 80)
        left = f"{fit(state, 8)} {fit(what, 7)} {fit(record, max(8, cells))}"
        right = f"{fit(age, 4, right=True)} {fit(tries, 5, right=True)}"
    else:
        left = f"{fit(state, 9)} {fit(what, 9)} {fit(record, 35)}"
        right = f"{fit(age, 4, right=True)}  {fit(tries, 5, right=True)}"
    return clip(f"{left} {right} {last}", columns - 4)
