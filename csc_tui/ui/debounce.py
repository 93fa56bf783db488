"""Something to be done once keys have come to rest."""

from __future__ import annotations

from asyncio import get_running_loop
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.message_pump import MessagePump
    from textual.timer import Timer

SOON = 0.001
"""Seconds that are not waited for any more: Textual divides by the length of a timer."""


class Debounce:
    """Calls `then` once it has not been told anything for `rest` seconds, or for `longest` in all.

    One timer runs, whatever it is told meanwhile, and waits for the remainder when it is over. A
    timer of Textual is a task: one for each key of a burst was some MiB of them, all to be ended.
    """

    def __init__(
        self,
        pump: MessagePump,
        then: Callable[[], Awaitable[object] | object],
        rest: float,
        longest: float = inf,
    ) -> None:
        """`pump`: the screen whose timers these are."""
        self._pump = pump
        self._then = then
        self._rest = rest
        self._longest = longest
        self._timer: Timer | None = None
        self._since = self._due = 0.0
        """When it was told something first, and when it is over, in the loop's time."""

    @property
    def waits(self) -> bool:
        """Whether it was told something and has not called yet."""
        return self._timer is not None

    def tell(self) -> None:
        """Something has happened."""
        now = get_running_loop().time()
        if self._timer is None:
            self._since = now
            self._timer = self._pump.set_timer(min(self._rest, self._longest), self._over)
        self._due = min(now + self._rest, self._since + self._longest)

    def stop(self) -> None:
        """Call nothing for what was told until now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _over(self) -> Awaitable[object] | object:
        left = self._due - get_running_loop().time()
        if left > SOON:
            self._timer = self._pump.set_timer(left, self._over)
            return None
        self._timer = None
        return self._then()
