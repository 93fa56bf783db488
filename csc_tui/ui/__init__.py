"""The screen. The only room that imports textual."""

import os

from csc_tui.config.terminal import depth_of

# Textual reads these when it is imported. A control sequence that a slow line splits may have
# 300 ms between its bytes and is still no `esc`, whatever another program was told to wait; nothing
# here is animated, least of all over SSH; colours are those that the terminal is known to have.
_wait = os.environ.get("ESCDELAY", "")
os.environ["ESCDELAY"] = str(max(350, int(_wait) if _wait.isdecimal() else 0))
os.environ["TEXTUAL_COLOR_SYSTEM"] = depth_of(os.environ)
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
