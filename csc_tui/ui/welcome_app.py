"""The program before there is any account: it ends with the one to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.clock import SystemClock
from csc_tui.domain.request_log import RequestLog
from csc_tui.ui.screens.connect import ConnectScreen
from csc_tui.ui.screens.welcome import WelcomeScreen
from csc_tui.ui.shell import Shell
from csc_tui.words import say

if TYPE_CHECKING:
    from textual.screen import Screen

    from csc_tui.config.paths import Paths
    from csc_tui.config.settings import Settings
    from csc_tui.config.theme import Theme
    from csc_tui.ui.doors import Doors, Opened


class WelcomeApp(Shell):
    """Welcome and connecting."""

    def __init__(self, doors: Doors, settings: Settings, paths: Paths, theme: Theme) -> None:
        super().__init__(settings, paths, theme, SystemClock(), RequestLog())
        self.doors = doors
        self.opened: Opened | None = None
        """The account that was chosen; None if the program was left."""

    def on_mount(self) -> None:
        """Ask what to do."""
        self.push_screen(WelcomeScreen(self))

    def connect(self, number: int) -> None:
        """Ask for address and key of an account at the CRM that is choice `number` here."""
        self.push_screen(ConnectScreen(self, number))

    def open(self, opened: Opened) -> None:
        """End with this account."""
        self.opened = opened
        self.exit(0)

    def trail_words(self, here: Screen[None]) -> list[str]:
        """Where everything here begins."""
        return [say("welcome.title")]
