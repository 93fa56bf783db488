"""What the top and the status line say of an account: its tabs, its line, its budget."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from csc_tui.domain.errors import RateLimited, Unavailable
from csc_tui.sentences import explain_wait
from csc_tui.ui.commands.command import Place
from csc_tui.ui.gauge import Gauge
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.app import CscApp


class Status:
    """The words for one account."""

    def __init__(self, app: CscApp) -> None:
        self._app = app
        self._gauge = Gauge[tuple[tuple[int, int], int, str, str]](
            app.clock.monotonic, lambda after: app.set_timer(after, app.redraw_soon)
        )

    def top(self) -> tuple[str, list[tuple[str, bool]], str]:
        """Profile, tabs with whether each is the open one, and the state of the line."""
        app = self._app
        here = app.base.tab.name if app.base else ""
        tabs = [
            (f"[{n} {t.title}]" if t.name == here else f" {n} {t.title} ", t.name == here)
            for n, t in enumerate(app.desk.tabs, 1)
        ]
        if app.desk.offline:
            state = say("screen.offline")
        elif app.read_only:
            state = say("screen.read_only_state")
        else:
            state = say("screen.online")
        return app.desk.name, tabs, state

    def pause_words(self) -> str:
        """What the server said before another try is made."""
        pause = self._app.desk.pause
        if pause is None:
            return ""
        why = explain_wait(pause.error)
        if isinstance(pause.error, RateLimited | Unavailable):
            return why
        return say("screen.trying", attempt=pause.attempt, why=why)

    def parts(self, *, narrow: bool) -> list[str]:
        """The parts of the status line at the left."""
        desk = self._app.desk
        waiting, budget, syncing = desk.waiting, desk.slots(), self._syncing()
        eta = self.eta() if waiting else ""
        if budget is not None:
            budget, waiting, eta, syncing = self._gauge.read((budget, waiting, eta, syncing))
        free, slots = budget or ("-", "-")
        parts = [f"{free}/{slots}" if narrow else say("screen.budget", free=free, slots=slots)]
        if waiting and not narrow:
            parts.append(say("screen.waiting", count=waiting, eta=eta))
        if syncing:
            parts.append(syncing)
        place = getattr(self._app.screen, "place", None)
        if (conflicts := desk.conflicts) and place not in (Place.OUTBOX, Place.CONFLICT):
            parts.append(say("screen.conflicts", count=conflicts))
        if desk.outbox is not None:
            parts.append(say("screen.outbox", count=desk.outbox))
        if desk.drafts and place is not Place.OUTBOX:  # there they are listed
            parts.append(say("screen.drafts", count=desk.drafts))
        return parts

    def _syncing(self) -> str:
        """How far a synchronisation is; empty where none is under way."""
        if not self._app.desk.awake.is_set() or self._app.desk.sync.progress is None:
            return ""
        from csc_tui.ui.syncing import status

        return status(self._app.desk.sync)

    def eta(self) -> str:
        """How long what is awaited will take."""
        return say("screen.eta", seconds=max(1, math.ceil(self._app.desk.eta())))
