"""Opening a page in the user's browser, without a shell and without giving anything away."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from csc_tui.config.secrets import child_environment
from csc_tui.glyphs import harmless
from csc_tui.ui.links import real_host
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.app import CscApp

_FAR = ("SSH_CONNECTION", "SSH_TTY")
"""Variables of a session on another machine: a browser there would be nobody's."""


async def show_page(program: CscApp, address: str) -> None:
    """Open `address` in the browser; where there is none at hand, copy it. Says what was done.

    Anything but http and https is refused.
    """
    host = real_host(address)
    if not host:
        program.messages.success(say("web.refused", address=harmless(address)))
        return
    command = browser(os.environ)
    if command and _started(command, address):
        program.messages.success(say("web.opened", host=host))
        return
    from csc_tui.ui.copying import hand_over

    await hand_over(program, address)


def _started(command: list[str], address: str) -> bool:
    """Start a browser that lives on without us; False if there is none of that name."""
    try:
        subprocess.Popen(
            [*command, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=child_environment(os.environ),
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def browser(env: Mapping[str, str]) -> list[str]:
    """The command that opens an address, empty over SSH and where no screen could show one."""
    if any(env.get(name) for name in _FAR):
        return []
    try:
        own = shlex.split(env.get("BROWSER", "").partition(os.pathsep)[0].replace("%s", ""))
    except ValueError:
        own = []  # a quote that is never closed
    if own:
        return own
    if sys.platform == "darwin":
        return ["open"]
    return ["xdg-open"] if env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") else []
