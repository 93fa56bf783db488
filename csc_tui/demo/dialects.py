"""The dialects that the demo speaks, each with its file, its limit and its switches."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from csc_tui.demo import switches
from csc_tui.demo.centralstation.dialect import CentralStation
from csc_tui.demo.centralstation.schema import SCHEMA as CENTRALSTATION
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.concord.dialect import Concord
from csc_tui.demo.concord.schema import SCHEMA as CONCORD
from csc_tui.demo.concord.switches import ConcordSwitches
from csc_tui.demo.dialect import Dialect
from csc_tui.demo.limits import FixedWindow, Limiter, SlidingWindow
from csc_tui.demo.schema import Schema
from csc_tui.demo.store import Store

Clock = Callable[[], int]
"""Gives epoch milliseconds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the server has to know of a dialect."""

    schema: Schema
    speak: Callable[[Store, argparse.Namespace, str, Clock], Dialect]
    """The dialect over a store, with the options chosen, at an address."""
    limiter: Callable[[int, float, Callable[[], float]], Limiter]
    limit: int
    """Requests in a window, if nobody says otherwise."""
    window: float
    """Its length in seconds."""
    vendor: str
    switches: type[Any]
    """What can be chosen."""
    people: str
    """The table that holds the people."""
    environment: str
    """What a client's environment needs beside address and key, with a blank at the end."""


def _centralstation(
    store: Store, arguments: argparse.Namespace, url: str, now: Clock
) -> CentralStation:
    return CentralStation(store, switches.from_arguments(Switches, arguments), url, now)


def _concord(store: Store, arguments: argparse.Namespace, url: str, now: Clock) -> Concord:
    return Concord(store, switches.from_arguments(ConcordSwitches, arguments), url, now)


DIALECTS = {
    "centralstation": Kind(
        schema=CENTRALSTATION,
        speak=_centralstation,
        limiter=SlidingWindow,
        limit=50,
        window=10.0,
        vendor="CentralStationCRM",
        switches=Switches,
        people="people",
        environment="",
    ),
    "concord": Kind(
        schema=CONCORD,
        speak=_concord,
        limiter=FixedWindow,
        limit=90,
        window=60.0,
        vendor="Concord CRM",
        switches=ConcordSwitches,
        people="contacts",
        environment="CSC_TUI_BACKEND=concord ",
    ),
}
"""By the name that `--dialect` takes."""
