"""The request log: what was sent, what it cost, and everything that was said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.glyphs import clip, fit, harmless, wrap
from csc_tui.ui.frame import NARROW
from csc_tui.ui.paint import Role, Run, plain
from csc_tui.ui.screens.pager import Pager
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from csc_tui.domain.request_log import Entry
    from csc_tui.ui.paint import Line

TIME_WIDTH = 8
"""Cells of a time, `09:28:07`."""
FIGURES = (("status", 6), ("ms", 6), ("bytes", 9), ("lane", 8), ("attempt", 3))
"""Columns between time and text, with their cells; the first two also where it is narrow."""

_KEPT_NARROW = 2


class LogScreen(Pager):
    """All entries, the newest last; it stays at the end until it is scrolled."""

    follows = True

    def on_mount(self) -> None:
        """Hear of new entries."""
        self.shell.request_log.on_change = self.shell.redraw_soon

    def on_unmount(self) -> None:
        """Hear no more."""
        self.shell.request_log.on_change = None

    def heads(self, columns: int) -> list[Line]:
        """What the columns are."""
        time = fit(say("log.time"), TIME_WIDTH)
        figures = _figures({name: say(f"log.{name}") for name, _ in FIGURES}, columns)
        return [plain(f"  {time} {figures}  {say('log.what')}", Role.HEAD)]

    def rows(self, columns: int) -> list[Line]:
        """A row for a request, as many as it needs for a message."""
        entries = self.shell.request_log.entries()
        return [row for entry in entries for row in _rows(entry, columns)]

    def trail(self) -> list[str]:
        """Where it was opened, then what this is."""
        return [*self.shell.trail_words(self), say("log.title")]

    def idle_words(self) -> str:
        """What is not in it."""
        return say("log.redacted")

    def do_log(self) -> Awaitable[None] | None:
        """The same key leads back."""
        return self.shell.do_back()


def _figures(texts: Mapping[str, str], columns: int) -> str:
    """The columns between time and text."""
    shown = FIGURES[:_KEPT_NARROW] if columns < NARROW else FIGURES
    return " ".join(fit(texts[name], cells, right=name != "lane") for name, cells in shown)


def _rows(entry: Entry, columns: int) -> list[Line]:
    """An entry as it is shown: `!` in the gutter for a failure."""
    time = datetime.fromtimestamp(entry.at, UTC).astimezone().strftime("%H:%M:%S")
    text = harmless(entry.text)
    if entry.kind != "request":
        bad = entry.kind == "failure"
        lead = f" {'!' if bad else ' '}{time}  "
        said = wrap(text, max(10, columns - len(lead) - 1))
    else:
        bad = not 0 < entry.status < 400
        figures = {
            "status": str(entry.status or "–"),
            "ms": f"{entry.seconds * 1000:,.0f}",
            "bytes": f"{entry.size:,}",
            "lane": entry.lane,
            "attempt": str(entry.attempt),
        }
        lead = f" {'!' if bad else ' '}{time} {_figures(figures, columns)}  "
        said = [clip(text, columns - len(lead) - 1)]
    role = Role.BAD if bad else Role.TEXT
    under = [plain(" " * len(lead) + line, role) for line in said[1:]]
    return [(Run(lead, Role.BAD if bad else Role.MUTED), Run(said[0], role)), *under]
