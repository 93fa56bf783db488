"""How a failure of the write itself is told from one of the reading around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_tui.domain.errors import CrmError


class NotWrittenError(Exception):
    """The write itself failed, not the reading before or after it."""

    def __init__(self, error: CrmError) -> None:
        super().__init__(error)
        self.error = error
