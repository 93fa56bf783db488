"""Opening a page in the user's browser, without a shell and without giving anything away."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_tui.config.secrets import child_environment
from csc_tui.glyphs import harmless
from csc_tui.ui.clipboard import copy
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.shell import Shell

_FAR = ("SSH_CONNECTION", "SSH_TTY")
"""Variables of a session on another machine: a browser there would be nobody's."""


def show_page(program: Shell, address: str) -> str:
    """Open `address` in the browser; where there is none at hand, copy it. Gives the words.

    Anything but http and https is refused.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return say("web.refused", address=harmless(address))
    command = browser(os.environ)
    if command:
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
            pass  # the address is copied instead, and the words say so
        else:
            return say("web.opened", host=harmless(parts.netloc))
    return copy(program, address)


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
