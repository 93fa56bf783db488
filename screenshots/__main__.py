"""Makes the pictures of README anew: `python -m screenshots [FOLDER]`, from the checkout's root.

The program itself is photographed, on an invisible screen, at work on the bundled demo CRM. Clock,
time zone and data stand still, so the same program makes the same files byte for byte.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

STILL = {
    "TZ": "CET-1CEST,M3.5.0,M10.5.0/3",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
}
"""What the pictures depend on in the environment: Berlin's time without the machine's tables; a
terminal that shows a theme's own colours."""

OTHERS = ("NO_COLOR", "TMUX", "STY")
"""Variables that would change the colours."""

HERE = Path(__file__).parent
"""Where the pictures lie."""


def main() -> int:
    """Make all pictures in the folder that is named, else where README shows them from."""
    for name in list(os.environ):
        if name.startswith(("LC_", "CSC_TUI_", "TEXTUAL", "XDG_", "SSH_")) or name in OTHERS:
            del os.environ[name]
    os.environ.update(STILL)
    time.tzset()
    from screenshots.scenes import photograph  # reads the environment while it is imported

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for path in asyncio.run(photograph(folder)):
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
