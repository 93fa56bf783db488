"""Figures that change many times a second, shown at most once in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Figures = TypeVar("Figures")

EVERY = 1.0
"""Seconds for which figures stand at least."""


class Gauge(Generic[Figures]):
    """The figures on the screen, which lag behind the true ones by a second at most."""

    def __init__(self, monotonic: Callable[[], float], again: Callable[[float], object]) -> None:
        """`again` is called once with the seconds after which there is something new to show."""
        self._monotonic = monotonic
        self._again = again
        self._shown: Figures | None = None
        self._since = 0.0
        self._called = False

    def read(self, figures: Figures) -> Figures:
        """What to show where `figures` are true."""
        now = self._monotonic()
        if figures == self._shown:
            return figures
        left = self._since + EVERY - now
        if self._shown is None or left <= 0:
            self._shown, self._since, self._called = figures, now, False
        elif not self._called:
            self._called = True
            self._again(max(left, EVERY / 20))  # a timer over before it has begun never calls
        return self._shown
