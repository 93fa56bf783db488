"""The program on the screen: one account, its lists, the screens on top of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from functools import cached_property, partial
from typing import TYPE_CHECKING

from csc_tui.domain.dates import Here
from csc_tui.domain.errors import (
    CrmError,
)
from csc_tui.domain.query import Query
from csc_tui.glyphs import harmless
from csc_tui.services.browse import Listing
from csc_tui.services.events import (
    Event,
    RecordGone,
)
from csc_tui.services.marks import Marks
from csc_tui.ui.commands.command import TEXT_PLACES
from csc_tui.ui.ending import keep_typed
from csc_tui.ui.frame import Frame
from csc_tui.ui.news import tell
from csc_tui.ui.screens.list import ListScreen
from csc_tui.ui.shell import Shell
from csc_tui.ui.status import Status
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.screen import Screen

    from csc_tui.config.paths import Paths
    from csc_tui.config.settings import Settings
    from csc_tui.config.theme import Theme
    from csc_tui.domain import detail
    from csc_tui.domain.column import SortOption
    from csc_tui.domain.ref import Ref
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab
    from csc_tui.services.outbox_events import OutboxEvent
    from csc_tui.store.edit_rows import Edit
    from csc_tui.ui.bulk import Bulk
    from csc_tui.ui.editing import Editing
    from csc_tui.ui.exporting import Exporting
    from csc_tui.ui.outcomes import Outcomes


class CscApp(Shell):
    """The running program with an account."""

    copied: str = ""
    """What was copied last."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        paths: Paths,
        theme: Theme,
        wake: Callable[[], Awaitable[None]],
        user: str = "",
    ) -> None:
        """`wake` brings CRM and worker to the desk; it is called after the first paint.

        `user` was just connected and is greeted by name.
        """
        super().__init__(settings, paths, theme, desk.clock, desk.log)
        self.desk = desk
        self.read_only = desk.read_only
        self.marks = Marks()
        self._wake = wake
        self._user = user
        self._status = Status(self)
        self._ahead: list[Ref] = []
        """Records that were left by going back, the next one last."""

    @cached_property
    def bulk(self) -> Bulk:
        """What is done to many records; loaded after the first rows."""
        from csc_tui.ui.bulk import Bulk

        return Bulk(self)

    @cached_property
    def outcomes(self) -> Outcomes:
        """Says what becomes of saves; loaded with the first of them."""
        from csc_tui.ui.outcomes import Outcomes

        return Outcomes(self)

    @cached_property
    def exporting(self) -> Exporting:
        """Writes lists into files; loaded when that is first wanted."""
        from csc_tui.ui.exporting import Exporting

        return Exporting(self)

    @property
    def bulk_words(self) -> str:
        """How far an export or what is done to many records is; empty where nothing is."""
        if not self.desk.awake.is_set():
            return ""
        export = self.exporting.words if "exporting" in vars(self) else ""
        return export or self.bulk.words

    def stop_export(self) -> bool:
        """Write no more into a file; False if nothing is being written."""
        return "exporting" in vars(self) and self.exporting.stop()

    @cached_property
    def editing(self) -> Editing:
        """Opens the forms; with all that they need it is loaded when one is."""
        from csc_tui.ui.editing import Editing

        return Editing(self)

    # --- life

    def on_mount(self) -> None:
        """Show the first list at once, then bring in the CRM."""
        self.desk.events.listen(self._heard)
        self.call_after_refresh(self._after_first_paint)
        if self.desk.tabs:
            self.open_list(self.desk.tabs[0].name)

    async def settle(self) -> None:
        """Keep what was typed a moment ago; end worker, budget, line and store."""
        await keep_typed(self.screen_stack)
        await self.desk.close()

    async def _after_first_paint(self) -> None:
        self.run_worker(self._wake_up(), exit_on_error=True)

    async def _wake_up(self) -> None:
        self.desk.on_outbox = self._heard_outbox
        await self._wake()
        if not isinstance(self.screen, Frame) and self.desk.tabs:
            self.open_list(self.desk.tabs[0].name)
        await self.bulk.resume()
        self.redraw_soon()
        if self._user:
            await self._greet(self._user)

    async def _greet(self, user: str) -> None:
        """Say who is connected, and how much there is."""
        from csc_tui.services.totals import totals

        try:
            counts = [
                say("welcome.count", count=f"{total:,}", many=tab.many)
                for tab, total in await totals(self.desk)
            ]
        except CrmError:
            counts = []  # what is wrong with the line is said by the list that failed
        words = {"user": harmless(user), "counts": ", ".join(counts)}
        self.messages.success(
            say("welcome.connected" if counts else "welcome.connected_alone", **words)
        )
        self.redraw_soon()

    def open_list(self, resource: str) -> None:
        """Put the list of a resource on the screen, as it was left; the trail begins there."""
        tab = self.desk.tab(resource)
        if tab is None:
            return
        self._ahead.clear()
        while len(self.screen_stack) > 2:
            self.pop_screen()
        name = f"list-{resource}"
        if not self.is_screen_installed(name):
            self.install_screen(ListScreen(tab, self.listing(tab, self._order_of(tab))), name)
        if len(self.screen_stack) > 1:
            self.switch_screen(name)
        else:
            self.push_screen(name)

    def _order_of(self, tab: Tab) -> SortOption:
        """The order that the list was left in, else the first."""
        kept = self.desk.store.value_now(f"sort.{tab.name}")
        return next((one for one in tab.sorts if one.sort.key == kept), tab.sorts[0])

    def listing(self, tab: Tab, option: SortOption) -> Listing:
        """A list in an order, with what the store has of it; the order is kept."""
        listing = Listing(self.desk, Query(tab.name, option.sort), tab)
        listing.prime()
        self.run_worker(self.desk.store.set_value(f"sort.{tab.name}", option.sort.key))
        return listing

    @property
    def zone(self) -> tzinfo:
        """The user's time zone."""
        return Here()

    def _tab(self, number: int) -> Callable[[], None] | None:
        """What opens the tab of a number; None where the account has none."""
        tabs = self.desk.tabs
        return partial(self.open_list, tabs[number - 1].name) if len(tabs) >= number else None

    do_tab_1 = property(lambda self: self._tab(1))
    do_tab_2 = property(lambda self: self._tab(2))
    do_tab_3 = property(lambda self: self._tab(3))
    do_tab_4 = property(lambda self: self._tab(4))
    do_tab_5 = property(lambda self: self._tab(5))

    async def outbox_read(self) -> None:
        """Wait for it: a form that opened before would be without its draft, and keep none."""
        await self.desk.awake.wait()
        await self.desk.edits.read.wait()

    async def do_outbox(self) -> None:
        """Writes that are not confirmed, and drafts."""
        from csc_tui.ui.screens.outbox import OutboxScreen

        await self.outbox_read()
        self.push_screen(OutboxScreen(self.desk.edits))

    async def do_undo(self) -> None:
        """Say what would be undone; `⏎` does it."""
        from csc_tui.ui.screens.undo import ask_undo

        await ask_undo(self)

    def do_sync(self) -> None:
        """Fetch the account into the store beside everything else; again: pause, go on."""
        from csc_tui.ui.syncing import synchronise

        self.run_worker(synchronise(self.desk, self.messages), exit_on_error=True)

    # --- the trail

    @property
    def base(self) -> ListScreen | None:
        """The list that the trail began in."""
        return next((one for one in self.screen_stack if isinstance(one, ListScreen)), None)

    def open_bin(self, tab: Tab) -> None:
        """Show what was deleted of a resource."""
        from csc_tui.services.bin import Bin
        from csc_tui.ui.screens.bin import BinScreen

        self.push_screen(BinScreen(tab, Bin(self.desk, tab.name)))

    def open_dupes(self, tab: Tab) -> None:
        """Show the pairs of a resource that may be one."""
        from csc_tui.ui.screens.dupes import DupesScreen

        self.push_screen(DupesScreen(tab))

    def open_record(self, ref: Ref) -> None:
        """Go on to a record."""
        self._ahead.clear()
        self._push_record(ref)

    def _push_record(self, ref: Ref) -> None:
        from csc_tui.ui.screens.record import RecordScreen

        self.push_screen(RecordScreen(ref))

    def trail_words(self, here: Screen[None]) -> list[str]:
        """The tab and the records up to the screen `here`."""
        words = [self.base.tab.title] if self.base else []
        for screen in self.screen_stack:
            if isinstance(screen, Frame) and screen.ref:
                words.append(screen.name_words)
            if screen is here:
                break
        return words

    def neighbour(self, ref: Ref, rows: int) -> Ref | None:
        """The record so many rows further in the list; the list's cursor goes along."""
        base = self.base
        found = base.step(ref, rows) if base is not None else None
        if found is not None:
            self._ahead.clear()
        return found

    async def open_web(self, ref: Ref) -> None:
        """A record's page in the browser; over SSH its address is copied."""
        from csc_tui.ui.browser import show_page

        address = self.desk.web_address(ref) if self.desk.awake.is_set() else ""
        if address:
            await show_page(self, address)
        elif isinstance(self.screen, Frame):
            self.screen.hint(say("web.none"))

    def show_value(self, line: detail.Line) -> None:
        """One value in full; a number or an address large, with its QR code."""
        from csc_tui.ui.screens.large import value_screen

        self.push_screen(value_screen(line))

    def show_to_select(self, text: str, why: str, title: str = "") -> None:
        """A text for the mouse to select, and why it is shown so."""
        from csc_tui.ui.screens.alone import AloneScreen

        self.push_screen(AloneScreen(title or say("select.title"), text, why))

    async def do_trail_back(self) -> None:
        """Back along the trail; `trail.forward` goes there again."""
        if len(self.screen_stack) > 2:
            await self.do_back()
        elif isinstance(self.screen, Frame):
            self.screen.hint(say("record.no_way_back"))

    def do_trail_forward(self) -> None:
        """To the record that was left last by going back."""
        if self._ahead:
            self._push_record(self._ahead.pop())
        elif isinstance(self.screen, Frame):
            self.screen.hint(say("record.no_way_on"))

    # --- drawing

    def _heard(self, event: Event) -> None:
        if isinstance(event, RecordGone):
            self.marks.drop(event.ref)
        elif not tell(event, self.messages, offline=self.desk.offline):
            return
        self.redraw_soon()

    def _heard_outbox(self, event: OutboxEvent) -> None:
        self.outcomes.heard(event)

    async def show_new(self, ref: Ref) -> None:
        """A record is there that was not, or not any more: it gets the cursor."""
        if self.base is not None and ref.id:
            await self.base.actions.show_new(ref)

    async def open_conflict(self, edit: Edit) -> None:
        """The choice opens by itself where the user is still where he saved from."""
        screen = self.screen
        here = isinstance(screen, Frame) and screen.ref == edit.record
        there = isinstance(screen, ListScreen) and screen.tab.name == edit.record.resource
        if self.in_the_open and (here or there):
            from csc_tui.ui.screens.conflict import ConflictScreen

            self.push_screen(ConflictScreen(self.desk.edits, edit))

    @property
    def in_the_open(self) -> bool:
        """Whether a list or a record is on top and nothing is typed there that would be covered."""
        screen = self.screen
        if isinstance(screen, Frame) and (screen.ref or isinstance(screen, ListScreen)):
            return screen.here not in TEXT_PLACES
        return False

    def ask_key(self, why: CrmError) -> None:
        """The key was refused, or opens another account: ask for another one."""
        from csc_tui.ui.screens.key import KeyScreen
        from csc_tui.ui.screens.outbox import OutboxScreen

        # Never over something that is typed: the message stays, and the next refusal asks again.
        if self.in_the_open or isinstance(self.screen, OutboxScreen):
            self.push_screen(KeyScreen(self.desk.name, why, self._use_key))

    async def _use_key(self, text: str) -> None:
        await self.desk.use_key(text)
        self.desk.edits.go_on()

    def top(self) -> tuple[str, list[tuple[str, bool]], str]:
        """Profile, tabs with whether each is the open one, and the state of the line."""
        return self._status.top()

    def pause_words(self) -> str:
        """What the server said before another try is made."""
        return self._status.pause_words()

    def status(self, *, narrow: bool) -> list[str]:
        """The parts of the status line at the left."""
        return self._status.parts(narrow=narrow)

    def eta_words(self) -> str:
        """How long what is awaited will take."""
        return self._status.eta()

    # --- keys

    def key_pressed(self) -> None:
        """Somebody is at the keys."""
        super().key_pressed()
        self.desk.key_pressed()

    def unsettled(self) -> str:
        """Writes that are not confirmed."""
        outbox = self.desk.outbox
        return say("screen.unsettled", count=outbox, key=self.keymap.of("quit")) if outbox else ""

    async def do_back(self) -> None:
        """Back, remembering the record that is left; at the top: quit."""
        screen = self.screen
        await super().do_back()
        left = screen.ref if isinstance(screen, Frame) else None
        if left is not None and screen not in self.screen_stack:
            self._ahead.append(left)
