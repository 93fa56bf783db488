"""What the welcome screen needs from outside: an account is opened there, not here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from csc_tui.config.account import Account


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that can be opened now."""

    account: Account
    user: str = ""
    """Who the CRM says is connected; empty for the demo, where nobody asked."""


class Doors(Protocol):
    """The ways into an account."""

    def start_demo(self, slow: Callable[[], None]) -> Opened:
        """Start the demo's server; it runs until the program ends. Waits, so not for the loop.

        `slow` is called if it takes longer than a moment. Raises ConfigError.
        """

    def suggested_name(self, address: str) -> str:
        """A profile's name for what was typed as address, empty where that is none yet."""

    async def connect(self, backend: str, name: str, address: str, key: str) -> Opened:
        """Try address and key with one request; if the CRM says yes, save them as a profile.

        An empty name is the suggested one. Raises ConfigError for what cannot be right, CrmError
        for what the CRM or the way to it says; nothing has been written then.
        """
