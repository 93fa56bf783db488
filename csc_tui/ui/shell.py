"""What every running screen program shares: theme, keys, messages."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import BindingType

from csc_tui.config.depth import reduced
from csc_tui.config.terminal import depth_of
from csc_tui.ui.commands.command import LEAVES
from csc_tui.ui.commands.keymap import Keymap
from csc_tui.ui.commands.registry import BY_ID
from csc_tui.ui.delivery import Delivery
from csc_tui.ui.errand import Errand
from csc_tui.ui.links import understood
from csc_tui.ui.messages import Messages
from csc_tui.ui.pasting import PasteDriver
from csc_tui.ui.program import Program
from csc_tui.ui.signs import only_ascii
from csc_tui.ui.terminal.display import Display
from csc_tui.ui.theme import filters_of, paint_of, textual_theme
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from contextlib import AbstractContextManager

    from rich.console import RenderableType
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.timer import Timer

    from csc_tui.config.paths import Paths
    from csc_tui.config.settings import Settings
    from csc_tui.config.theme import Theme
    from csc_tui.domain.clock import Clock
    from csc_tui.domain.request_log import RequestLog

CALM = 0.1
"""Seconds without another size of the window after which it is painted anew."""
TWICE = 1.0
"""Seconds within which a second `ctrl+c` ends the program."""


def look_for_garbage() -> None:
    """From now on; what was imported for the first picture is none (see `cli.screen`)."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class Shell(Program):
    """A program on the screen: the one with an account open, or the one before there is any."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = "Screen { background: $background; color: $foreground; }"

    read_only: bool = False
    """Whether nothing may be written."""
    tab_titles: tuple[str, ...] = ()
    """Of the open account, in the order of their numbers."""

    def __init__(
        self, settings: Settings, paths: Paths, theme: Theme, clock: Clock, log: RequestLog
    ) -> None:
        super().__init__(paths, PasteDriver)
        self.settings = settings
        self.clock = clock
        self.request_log = log
        """What was sent and said."""
        self.terminal = Display(self, clock.monotonic, settings.scroll)
        self.keymap = Keymap(settings.keys)
        self.messages = Messages(clock, log)
        self._delivery = Delivery(self, self._handle_exception)
        self.errand = Errand(self, self._handle_exception)
        """What a key has begun and the CRM is waited for."""
        self._redraw_waits = False
        self.presses = 0
        """How many keys were pressed since the start."""
        self._warned = -1
        """The key press that was answered with what quitting would leave behind."""
        self._interrupted_at = -TWICE
        self._sized = False
        """Whether the window's first size is known."""
        self._calming: Timer | None = None
        self.animation_level = "none"
        # Messages have a line of their own and there is no mouse: two widgets less on each screen.
        self._disable_tooltips = self._disable_notifications = True
        self.use_theme(theme)

    # --- drawing

    def use_theme(self, theme: Theme) -> None:
        """Draw with these colours from now on."""
        self.theme_used = theme
        worn = reduced(theme, depth_of(os.environ))
        made = textual_theme(worn)
        self.register_theme(made)
        self.paint = paint_of(worn)
        encoding = sys.__stdout__.encoding if sys.__stdout__ else "utf-8"
        self.paint.ascii = only_ascii(self.settings.glyphs, encoding)
        self.paint.links = understood(self.settings.links, os.environ)
        self.theme = made.name
        if self.is_running:
            self.redraw_soon()

    def refresh_css(self, animate: bool = True) -> None:
        """As textual's; but not before there is a screen: the first one reads all styles."""
        if self.screen_stack:
            super().refresh_css(animate=animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What the theme leaves of textual's."""
        return filters_of(self.theme_used, super().get_line_filters())

    def redraw_soon(self) -> None:
        """Draw the screen on top once, after all that is happening now."""
        if not self._redraw_waits:
            self._redraw_waits = True
            self.call_later(self._redraw)

    def _redraw(self) -> None:
        from csc_tui.ui.frame import Frame

        self._redraw_waits = False
        if self.screen_stack and isinstance(self.screen, Frame):  # at the end there is none
            self.screen.draw()

    def do_repaint(self) -> None:
        """Write every cell anew, whatever another program has left there."""
        getattr(self, "_check_resize", bool)()  # its own short timer may get lost
        self.terminal.forget()
        if self.screen_stack:  # the timer of a resize may be over when the program is
            self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """What textual has drawn, on its way to the terminal."""
        if self.terminal.take(renderable):
            self.post_display_hook()
        else:
            super()._display(screen, renderable)

    def on_answered(self) -> None:
        """The terminal has shown what it was sent."""
        self.terminal.answered()

    def top(self) -> tuple[str, list[tuple[str, bool]], str]:
        """Profile, tabs with whether each is the open one, and the state of the line."""
        return "csc-tui", [], ""

    def status(self, *, narrow: bool) -> list[str]:
        """The parts of the status line at the left."""
        return []

    def pause_words(self) -> str:
        """Why nothing is sent for the moment; empty if that is not so."""
        return ""

    def trail_words(self, here: Screen[None]) -> list[str]:
        """What leads to the screen `here`."""
        return []

    # --- keys

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go to the screen on top one after the other, see `Delivery`."""
        if isinstance(event, events.Key | events.Paste):
            if self._delivery.busy and isinstance(event, events.Key) and event.key == "ctrl+c":
                await self.do_interrupt()  # whatever the key before is still waiting for
                return
            self._delivery.take(event)
        else:
            await super().on_event(event)
        if isinstance(event, events.Resize):
            self._resized()

    def _resized(self) -> None:
        """Write every cell once more when the window has got its last size.

        Where the last one heard of is the first again, what was outside of it has been dropped.
        """
        if self._sized and self.is_running:
            if self._calming is not None:
                self._calming.stop()
            self._calming = self.set_timer(CALM, self.do_repaint)
        self._sized = True

    def holding(self, end: Callable[[], None]) -> AbstractContextManager[Callable[[], None]]:
        """As `Delivery.holding`."""
        return self._delivery.holding(end)

    def deliver(self) -> None:
        """Hand on what was typed before the screen on top was there."""
        self._delivery.go_on()

    def key_pressed(self) -> None:
        """Somebody is at the keys."""
        self.messages.key_pressed()
        self.presses += 1

    async def do_back(self) -> None:
        """Back; at the top there is nothing to go back to."""
        from csc_tui.ui.frame import Frame

        if self.messages.dismiss():
            return
        if len(self.screen_stack) > 2:
            self.pop_screen()
        elif isinstance(self.screen, Frame):
            self.screen.hint(say("screen.at_the_top", key=self.keymap.of("quit")))

    async def do_quit(self) -> None:
        """Back; at the top: quit, after saying what is not confirmed yet."""
        from csc_tui.ui.frame import Frame

        screen = self.screen
        if isinstance(screen, Frame) and (len(self.screen_stack) > 2 or screen.inside):
            await screen.run_command(BY_ID["back"])
            return
        words = self.unsettled()
        if words and isinstance(screen, Frame) and self._warned != self.presses - 1:
            self._warned = self.presses
            screen.hint(words)
            return
        await self.leave()

    async def outbox_read(self) -> None:
        """Wait until drafts and unsent writes of an account are known; without one at once."""

    def unsettled(self) -> str:
        """What would be left behind by quitting now, in words; empty for nothing."""
        return ""

    async def do_interrupt(self) -> None:
        """`ctrl+c`: leaves where one types; twice ends."""
        from csc_tui.ui.frame import Frame

        screen = self.screen
        now = self.clock.monotonic()
        if now - self._interrupted_at < TWICE:
            await self.leave()
            return
        self._interrupted_at = now
        if isinstance(screen, Frame):
            if self.errand.give_up() or self._delivery.give_up():
                screen.draw_lower()
            elif screen.place in LEAVES:
                await screen.run_command(BY_ID[LEAVES[screen.place]])
            else:
                screen.hint(say("screen.again_to_quit"))

    def do_suspend(self) -> None:
        """Back to the shell; `fg` returns."""
        self.action_suspend_process()

    def do_help(self) -> Awaitable[None] | None:
        """What can be done here, and by which keys."""
        from csc_tui.ui.frame import Frame
        from csc_tui.ui.screens.help import HelpScreen

        if isinstance(self.screen, Frame) and not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))
        return None

    def do_palette(self) -> None:
        """All commands that work here, by name."""
        from csc_tui.ui.frame import Frame
        from csc_tui.ui.screens.palette import PaletteScreen

        if isinstance(self.screen, Frame):
            self.push_screen(PaletteScreen(self.screen))

    def do_log(self) -> None:
        """What was sent and said."""
        from csc_tui.ui.screens.log import LogScreen

        self.push_screen(LogScreen())

    def do_theme(self) -> None:
        """Choose a theme."""
        from csc_tui.ui.screens.themes import ThemesScreen

        self.push_screen(ThemesScreen(self))

    def do_form_help(self) -> Awaitable[None] | None:
        """Help where text is typed."""
        return self.do_help()

    # --- coming, and going on

    def on_mount(self) -> None:
        """Be ready for the end, and for coming back from the shell."""
        self.call_after_refresh(look_for_garbage)
        self.watch_out()
        if not self.is_headless:
            self.app_resume_signal.subscribe(self, lambda _: self.do_repaint())

    def stumbled(self, where: str) -> None:
        """Something in the background failed that nobody awaits: the screen goes on."""
        self.messages.failure(say("screen.stumbled", where=where))
        self.redraw_soon()
