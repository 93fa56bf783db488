"""The program on the screen: one account, its lists, the screens on top of them."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from rich.style import Style
from textual.app import App
from textual.theme import Theme as TextualTheme

from csc_tui.domain.query import Query
from csc_tui.services.browse import Listing
from csc_tui.services.events import Event, Failed, Noticed, WorkChanged
from csc_tui.ui.commands.keymap import Keymap
from csc_tui.ui.frame import Frame
from csc_tui.ui.messages import Messages
from csc_tui.ui.paint import Paint, Role
from csc_tui.ui.screens.list import ListScreen
from csc_tui.words import say
from csc_tui.words.errors import explain

if TYPE_CHECKING:
    from csc_tui.config.settings import Settings
    from csc_tui.services.desk import Desk

TWICE = 1.0
"""Seconds within which a second `ctrl+c` ends the program."""


class CscApp(App[int]):
    """The running program."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = ()
    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(self, desk: Desk, settings: Settings, wake: Callable[[], Awaitable[None]]) -> None:
        """`wake` brings CRM and worker to the desk; it is called after the first paint."""
        super().__init__()
        self.desk = desk
        self.clock = desk.clock
        self.settings = settings
        self.keymap = Keymap(settings.keys)
        self.messages = Messages(desk.clock, desk.log)
        self.paint = Paint({role: Style() for role in Role})
        self._wake = wake
        self._redraw_waits = False
        self._interrupted_at = -TWICE

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.desk.read_only

    # --- life

    def on_mount(self) -> None:
        """Show the first list at once, then bring in the CRM."""
        self._use_theme()
        self.desk.events.listen(self._heard)
        self.call_after_refresh(self._after_first_paint)
        if self.desk.tabs:
            self.open_list(self.desk.tabs[0].name)

    def _use_theme(self) -> None:
        self.paint = Paint(
            {
                Role.TEXT: Style(),
                Role.MUTED: Style(dim=True),
                Role.HEAD: Style(bold=True),
                Role.STRONG: Style(bold=True),
                Role.TAB: Style(bold=True),
                Role.CURSOR: Style(reverse=True),
                Role.GOOD: Style(),
                Role.BAD: Style(bold=True, color="red"),
                Role.WARN: Style(bold=True),
                Role.BOX: Style(underline=True),
            }
        )
        self.register_theme(
            TextualTheme(
                name="csc",
                primary="ansi_blue",
                background="ansi_default",
                foreground="ansi_default",
                ansi=True,
            )
        )
        self.theme = "csc"

    async def _after_first_paint(self) -> None:
        self.run_worker(self._wake_up(), exit_on_error=True)

    async def _wake_up(self) -> None:
        await self._wake()
        if not isinstance(self.screen, Frame) and self.desk.tabs:
            self.open_list(self.desk.tabs[0].name)
        self.redraw_soon()

    def open_list(self, resource: str) -> None:
        """Put the list of a resource on the screen."""
        tab = self.desk.tab(resource)
        if tab is None:
            return
        listing = Listing(self.desk, Query(resource, tab.sorts[0].sort), tab)
        listing.prime()
        self.push_screen(ListScreen(tab, listing))

    async def leave(self) -> None:
        """End the program."""
        self.exit(0)

    # --- drawing

    def _heard(self, event: Event) -> None:
        if isinstance(event, Failed):
            self.messages.failure(explain(event.error), event.doing)
        elif isinstance(event, Noticed):
            self.messages.success(say(event.key, **dict(event.values)))
        elif not isinstance(event, WorkChanged):
            return
        self.redraw_soon()

    def redraw_soon(self) -> None:
        """Draw the screen on top once, after all that is happening now."""
        if not self._redraw_waits:
            self._redraw_waits = True
            self.call_later(self._redraw)

    def _redraw(self) -> None:
        self._redraw_waits = False
        if isinstance(self.screen, Frame):
            self.screen.draw()

    def top(self) -> tuple[str, list[tuple[str, bool]], str]:
        """Profile, tabs with whether each is the open one, and the state of the line."""
        here = self.screen.tab.name if isinstance(self.screen, ListScreen) else ""
        tabs = [
            (f"[{n} {t.title}]" if t.name == here else f" {n} {t.title} ", t.name == here)
            for n, t in enumerate(self.desk.tabs, 1)
        ]
        if self.desk.offline:
            state = say("screen.offline")
        elif self.read_only:
            state = say("screen.read_only_state")
        else:
            state = say("screen.online")
        return self.desk.name, tabs, state

    def status(self, *, narrow: bool) -> list[str]:
        """The parts of the status line at the left."""
        free, slots = self.desk.budget()
        if narrow:
            parts = [f"{free}/{slots}"]
        else:
            parts = [say("screen.budget", free=free, slots=slots)]
        waiting = self.desk.waiting
        if waiting and not narrow:
            parts.append(say("screen.waiting", count=waiting, eta=self.eta_words()))
        if (outbox := self.desk.outbox) is not None:
            parts.append(say("screen.outbox", count=outbox))
        return parts

    def eta_words(self) -> str:
        """How long what is awaited will take."""
        return say("screen.eta", seconds=max(1, math.ceil(self.desk.eta())))

    # --- keys

    def key_pressed(self) -> None:
        """Somebody is at the keys."""
        self.messages.key_pressed()
        self.desk.key_pressed()

    async def do_back(self) -> None:
        """Back; at the top: quit."""
        if self.messages.dismiss():
            return
        await self.leave()

    async def do_interrupt(self) -> None:
        """`ctrl+c`: twice ends."""
        now = self.clock.monotonic()
        if now - self._interrupted_at < TWICE:
            await self.leave()
            return
        self._interrupted_at = now
        if isinstance(self.screen, Frame):
            self.screen.hint(say("screen.again_to_quit"))
