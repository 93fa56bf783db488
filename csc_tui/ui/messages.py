"""What the message line says, and how long it stays there.

A success stays until the next key after four seconds; a failure until its cause is gone or `esc`,
never covered by a success, but beside a newer one; a hint (why a key did nothing) until the next
key, and that a key has no use at all for two seconds. All but hints go into the request log.
"""

from __future__ import annotations

from typing import NamedTuple

from csc_tui.domain.clock import Clock
from csc_tui.domain.request_log import Entry, RequestLog

SUCCESS_STAYS = 4.0
"""Seconds during which no key takes a success away."""
NO_USE_STAYS = 2.0
"""Seconds that it is shown that a key has no use."""


_NO_USE = "no use"


class _Said(NamedTuple):
    text: str
    at: float
    cause: str = ""


class Messages:
    """The one place where messages wait to be drawn."""

    def __init__(self, clock: Clock, log: RequestLog) -> None:
        self._clock = clock
        self._log = log
        self._success: _Said | None = None
        self._failure: _Said | None = None
        self._hint: _Said | None = None
        self.seen = True
        """Whether a key was pressed since the last failure: until then nothing is newer."""

    def success(self, text: str) -> None:
        """Something worked: `saved`."""
        self._success = _Said(text, self._clock.monotonic())
        self._hint = None
        self._log.add(Entry(self._clock.now(), "success", text))

    def failure(self, text: str, cause: str = "") -> None:
        """Something failed; `cause` names what takes the message away again (see `mended`)."""
        if self._failure is None or self._failure.text != text:
            self._log.add(Entry(self._clock.now(), "failure", text))
        self._failure = _Said(text, self._clock.monotonic(), cause)
        self.seen = False
        self._success = None
        self._hint = None

    def hint(self, text: str) -> None:
        """A word on the last key, gone with the next one: nobody has to read against a clock."""
        self._hint = _Said(text, self._clock.monotonic())

    def no_use(self, text: str) -> None:
        """That the last key has no use here, gone after two seconds."""
        self._hint = _Said(text, self._clock.monotonic(), _NO_USE)

    def mended(self, cause: str) -> None:
        """The cause of a failure is gone."""
        if self._failure is not None and self._failure.cause == cause:
            self._failure = None

    def key_pressed(self) -> None:
        """A success that has stood long enough goes now."""
        now = self._clock.monotonic()
        if self._success is not None and now - self._success.at >= SUCCESS_STAYS:
            self._success = None
        self._hint = None
        self.seen = True

    def dismiss(self) -> bool:
        """`esc`: take the failure away; False if there was none."""
        had, self._failure = self._failure is not None, None
        return had

    def no_use_over(self) -> None:
        """Two seconds have passed since a key without a use."""
        hint = self._hint
        if hint and hint.cause == _NO_USE and self._since(hint) >= NO_USE_STAYS - 0.05:
            self._hint = None

    def _since(self, said: _Said) -> float:
        return self._clock.monotonic() - said.at

    @property
    def text(self) -> str:
        """What to show now, empty for nothing."""
        said = self._hint or self._failure or self._success
        return said.text if said else ""

    @property
    def hinted(self) -> str:
        """What is said on the last key; empty for nothing."""
        return self._hint.text if self._hint is not None else ""

    @property
    def beside(self) -> str:
        """A success that is newer than the failure that stands; empty where there is none."""
        return self._success.text if self._failure and self._success else ""

    @property
    def urgent(self) -> bool:
        """Whether that is more than the news of a success."""
        return self._hint is not None or self._failure is not None

    @property
    def bad(self) -> bool:
        """Whether that is a failure."""
        return self._hint is None and self._failure is not None
