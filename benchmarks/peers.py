"""Two programs to compare with, run as `python -m benchmarks.peers NAME`.

empty: what any Textual program costs. table: Textual's own DataTable, with rows as wide as ours.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "nothing to see"
"""Stands on the screen of the empty program once it has painted."""

ROWS = 2_400
COLUMNS = (("Name", 22), ("Company", 19), ("City", 11), ("Phone", 17), ("Last", 4))


class Empty(App[None]):
    """One line of text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """That line."""
        yield Static(READY)


class Rows(App[None]):
    """A DataTable that fills the screen."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "DataTable { height: 1fr; scrollbar-size: 0 0; }"
    AUTO_FOCUS: ClassVar[str] = "DataTable"

    def compose(self) -> ComposeResult:
        """The table with its rows."""
        # What the empty program has no use for is not loaded for it either.
        from textual.widgets import DataTable

        table: DataTable[str] = DataTable(cursor_type="row", cell_padding=0)
        for name, width in COLUMNS:
            table.add_column(name, width=width + 1)
        for row in range(1, ROWS + 1):
            table.add_row(*(f"{name} {row:,}"[:width] for name, width in COLUMNS))
        yield table


if __name__ == "__main__":
    {"empty": Empty, "table": Rows}[sys.argv[1]]().run(mouse=False)
