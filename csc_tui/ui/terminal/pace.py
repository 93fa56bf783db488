"""How much may be on its way to a terminal that has not yet shown what came before.

Bytes that a thin line cannot take at once pile up in the kernel, in ssh, in routers; whoever holds
a key down would then watch old pictures long after he let go. So the terminal itself is asked
whether it has come as far (DSR 5, answered by `ESC[0n`), and no picture follows before it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ASK = "\x1b[5n"
"""Asks a terminal for a sign of life (ECMA-48, DSR)."""
ANSWER = "\x1b[0n"
"""Its sign."""
UNASKED = 1_000
"""Bytes after which it is asked: some steps of a cursor, or one page."""
SLOW = 20_000
"""Bytes a second that a line far away is taken to carry, where the terminal answers nothing."""
PATIENCE = 0.4
"""Seconds that a terminal on this machine has for its answer."""
PATIENCE_AWAY = 2.0
"""The same for one at the other end of a line."""


class Pace:
    """Says when the next picture may go."""

    def __init__(self, monotonic: Callable[[], float], *, away: bool) -> None:
        """`away`: the terminal is at the other end of a line."""
        self._monotonic = monotonic
        self._away = away
        self._unasked = 0
        self._asked_at: float | None = None
        self._free_at = 0.0
        self.answers = True
        """Whether the terminal is believed to answer."""

    @property
    def free(self) -> bool:
        """Whether a picture may be written now."""
        now = self._monotonic()
        asked = self._asked_at  # once: another thread takes the answer
        if asked is not None:
            if now - asked < (PATIENCE_AWAY if self._away else PATIENCE):
                return False
            self._asked_at, self.answers = None, False
        return now >= self._free_at

    @property
    def asked(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked_at is not None

    def written(self, size: int) -> str:
        """A picture of `size` bytes goes; what has to be written behind it."""
        if not self.answers:
            self._free_at = self._monotonic() + (size / SLOW if self._away else 0.0)
            return ""
        self._unasked += size
        if self._unasked < UNASKED:
            return ""
        self._unasked = 0
        self._asked_at = self._monotonic()
        return ASK

    def answered(self) -> None:
        """The terminal has shown everything up to where it was asked."""
        self._asked_at, self._free_at, self.answers = None, 0.0, True


def far_away(env: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of a line."""
    return bool(env.get("SSH_CONNECTION") or env.get("SSH_TTY"))
