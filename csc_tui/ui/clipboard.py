"""Copying by OSC 52: the one way to the clipboard that also works over SSH.

No terminal answers whether it took the text, so the words only say that it was sent. tmux passes
nothing through by default, so it is asked to send it itself; where it cannot, and inside screen,
the sequence is wrapped so that it passes through to the terminal outside.
"""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
from typing import TYPE_CHECKING

from csc_tui.config.secrets import child_environment
from csc_tui.glyphs import clip, harmless, lines_of
from csc_tui.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

MOST = 74_994
"""Base64 characters that terminals take at most (xterm's limit of 100,000 bytes less its frame)."""
MOST_BYTES = MOST * 3 // 4
"""Bytes of UTF-8 in so many."""
SCREEN_PIECE = 700
"""Bytes that screen passes through in one string at most."""
TMUX_LIMIT = 2.0
"""Seconds that tmux is waited for."""


def sequence(text: str, env: Mapping[str, str]) -> str:
    """The escape sequence that copies `text`, as the multiplexer in `env` needs it."""
    bare = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    if env.get("TMUX"):
        return "\x1bPtmux;" + bare.replace("\x1b", "\x1b\x1b") + "\x1b\\" + bare
    if env.get("STY"):
        pieces = (bare[n : n + SCREEN_PIECE] for n in range(0, len(bare), SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return bare


def to_copy(text: str) -> str:
    """What is copied of a value: its lines without controls, nor a line break at either end."""
    return "\n".join(lines_of(text)).strip()


async def copy(app: App[int], text: str) -> str:
    """Send `text` to the terminal's clipboard; gives the words that say so.

    Empty if the text is longer than MOST_BYTES: then it has to be shown to be selected.
    """
    clean = to_copy(text)
    if len(clean.encode()) > MOST_BYTES:
        return ""
    sent = await asyncio.to_thread(_by_tmux, clean) if os.environ.get("TMUX") else False
    if not sent:
        driver = app._driver  # textual has no public way to write a sequence of one's own
        if driver is not None:
            driver.write(sequence(clean, os.environ))
    return say("screen.copied", text=clip(harmless(clean.replace("\n", ", ")), 60))


def _by_tmux(text: str) -> bool:
    """Have tmux (3.2 or later) keep the text and send it on; False if it does not."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=child_environment(os.environ),
            timeout=TMUX_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
