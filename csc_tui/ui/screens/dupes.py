"""Pairs of records that may be one, out of the store, with the reasons; nothing is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.ref import Ref
from csc_tui.glyphs import fit, harmless
from csc_tui.services.duplicates import duplicates, said_apart, say_apart
from csc_tui.services.events import RecordGone
from csc_tui.ui.commands.command import Place
from csc_tui.ui.frame import Frame
from csc_tui.ui.paint import Line, Role, Run, plain
from csc_tui.ui.widgets.canvas import Canvas
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.worker import Worker

    from csc_tui.domain.duplicates import Pair
    from csc_tui.services.events import Event
    from csc_tui.services.layout import Tab

LONGEST = 30
"""Cells of a name."""


class DupesScreen(Frame):
    """A line each, the surest pair first."""

    place = Place.DUPES

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self._tab = tab
        self._pairs: list[Pair] = []
        self._apart: set[frozenset[str]] = set()
        self._every = False
        """Whether those are shown too that are said to be two."""
        self._cursor = 0
        self._here = 0
        """Records that are here."""
        self._read = 0
        """How many of them are read."""
        self._work: Worker[None] | None = None
        """What looks for pairs, while it does."""
        self._stopped = False
        self._canvas = Canvas(id="dupes")

    def body(self) -> list[Widget]:
        """The pairs."""
        return [self._canvas]

    def on_mount(self) -> None:
        """Look for them."""
        self._deaf = self.csc.desk.events.listen(self._heard)
        self.do_refresh()

    def on_unmount(self) -> None:
        """Look for nothing any more."""
        self._deaf()
        self._stop()

    # --- looking

    def do_refresh(self) -> None:
        """Look again."""
        self._stop()
        self._pairs, self._read, self._stopped = [], 0, False
        self._work = self.run_worker(self._look(), group="dupes", exclusive=True)
        self.draw()

    async def _look(self) -> None:
        desk, name = self.csc.desk, self._tab.name
        await desk.awake.wait()
        self._here = await desk.store.how_many(name)
        self._apart = await said_apart(desk, name)
        self._pairs = await duplicates(desk, name, self._came)
        self._work = None
        self.shell.redraw_soon()

    def _came(self, read: int) -> None:
        self._read = read
        self.shell.redraw_soon()

    def _stop(self) -> bool:
        """Look no further; False where nothing is looked for."""
        if self._work is None:
            return False
        self._work.cancel()
        self._work, self._stopped = None, True
        return True

    def _heard(self, event: Event) -> None:
        """A pair of which one is gone is none any more."""
        if isinstance(event, RecordGone) and event.ref.resource == self._tab.name:
            self._pairs = [it for it in self._pairs if event.ref.id not in it.ids]
        self.shell.redraw_soon()

    # --- drawing

    @property
    def pairs(self) -> list[Pair]:
        """Those that are shown."""
        if self._every or not self._apart:
            return self._pairs
        return [it for it in self._pairs if it.ids not in self._apart]

    def draw(self) -> None:
        """Draw the lines, those around the cursor where not all have room."""
        if self.too_small or not self.is_mounted:
            return
        found = self.pairs
        self._cursor = min(self._cursor, max(0, len(found) - 1))
        height, columns = max(1, self._canvas.size.height), self.app.size.width
        top = max(0, min(self._cursor - height // 2, len(found) - height))
        lines = [
            self._line(pair, columns, here=number == self._cursor)
            for number, pair in enumerate(found[top : top + height], start=top)
        ]
        self._canvas.draw(lines or [(), plain(f"  {self._nothing()}")])
        super().draw()

    def _line(self, pair: Pair, columns: int, *, here: bool) -> Line:
        cells = min(LONGEST, (columns - 6) // 3)
        names = "  ".join(fit(harmless(it.name), cells) for it in (pair.one, pair.other))
        reasons = [say(f"cli.dupes.{one}") for one in pair.reasons]
        if pair.ids in self._apart:
            reasons = [say("dupes.is_two"), *reasons]
        text = fit(f"{names}  {', '.join(reasons)}", columns - 3)
        return (Run("› " if here else "  "), Run(text, Role.CURSOR if here else Role.TEXT))

    def _nothing(self) -> str:
        if self._work is not None or self._stopped:
            return self._progress()
        key = "dupes.none" if self._here else "dupes.none_here"
        return say(key, here=f"{self._here:,}", many=self._tab.many)

    def _progress(self) -> str:
        total, many = f"{self._here:,}", self._tab.many
        if self._stopped:
            return say("dupes.stopped", key=self.shell.keymap.of("refresh"))
        if self._here and self._read >= self._here:
            return say("dupes.comparing", total=total, many=many)
        return say("dupes.reading", done=f"{self._read:,}", total=total)

    def trail(self) -> list[str]:
        """The list, then what this is."""
        return [*self.csc.trail_words(self), say("dupes.title")]

    def position(self) -> str:
        """Which pair of how many."""
        total = len(self.pairs)
        return say("merge.position", at=self._cursor + 1, total=f"{total:,}") if total else ""

    def idle_words(self) -> str:
        """How far it is, or how many there are."""
        if self._work is not None or self._stopped:
            return self._progress()
        apart = sum(it.ids in self._apart for it in self._pairs)
        count, here = len(self._pairs) - apart, f"{self._here:,}"
        found = say("dupes.found", count=count, here=here, many=self._tab.many)
        return say("dupes.with_apart", found=found, count=apart) if apart else found

    # --- keys

    @property
    def inside(self) -> bool:
        """Whether `back` stops the looking."""
        return self._work is not None

    async def do_back(self) -> None:
        """Stop looking, else back."""
        if self._stop():
            self.draw()
        else:
            await self.csc.do_back()

    def _move(self, rows: int) -> None:
        self._cursor = min(max(self._cursor + rows, 0), max(0, len(self.pairs) - 1))
        self.draw()

    def do_dupes_up(self) -> None:
        """One up."""
        self._move(-1)

    def do_dupes_down(self) -> None:
        """One down."""
        self._move(1)

    def do_dupes_page_up(self) -> None:
        """A page up."""
        self._move(-max(1, self._canvas.size.height))

    def do_dupes_page_down(self) -> None:
        """A page down."""
        self._move(max(1, self._canvas.size.height))

    def do_dupes_home(self) -> None:
        """The first."""
        self._move(-len(self._pairs))

    def do_dupes_end(self) -> None:
        """The last."""
        self._move(len(self._pairs))

    @property
    def _pair(self) -> Pair | None:
        """The one under the cursor; says so where there is none."""
        found = self.pairs
        if not found:
            self.hint(self._nothing())
        return found[self._cursor] if found else None

    def do_dupes_compare(self) -> None:
        """Both side by side."""
        from csc_tui.ui.screens.merge import MergeScreen

        if (pair := self._pair) is not None:
            one, other = (Ref(self._tab.name, it.id) for it in (pair.one, pair.other))
            self.app.push_screen(MergeScreen(one, other))

    def do_dupes_left(self) -> None:
        """The record at the left."""
        if (pair := self._pair) is not None:
            self.csc.open_record(Ref(self._tab.name, pair.one.id))

    def do_dupes_right(self) -> None:
        """The record at the right."""
        if (pair := self._pair) is not None:
            self.csc.open_record(Ref(self._tab.name, pair.other.id))

    async def do_dupes_apart(self) -> None:
        """They are two, or may be one after all."""
        if (pair := self._pair) is None:
            return
        two = pair.ids not in self._apart
        self._apart = await say_apart(self.csc.desk, self._tab.name, pair, two=two)
        key = self.shell.keymap.of("dupes.all")
        self.hint(say("dupes.set_apart", key=key) if two else say("dupes.set_back"))
        self.draw()

    def do_dupes_all(self) -> None:
        """Show also those that are two, or leave them out again."""
        self._every = not self._every
        self.draw()
