"""The screen. The only room that imports textual."""

import os

# Textual reads both when it is imported. A control sequence that a slow line splits may have
# 300 ms between its bytes and is still no `esc`; nothing here is animated, least of all over SSH.
os.environ.setdefault("ESCDELAY", "350")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
