"""How a process is called in the book that all of an account share, and whether it still runs."""

from __future__ import annotations

import os


def own_name() -> str:
    """A name for the running process: its number, its machine, and what tells it from others."""
    return f"{os.getpid()}@{os.uname().nodename}/{os.urandom(4).hex()}"


def is_over(name: str) -> bool:
    """Whether the process of this name has ended, as far as that can be told from here.

    One on another machine may run, and so may whoever has got its number since.
    """
    number, _, rest = name.partition("@")
    here = rest.rpartition("/")[0] == os.uname().nodename
    if not here or not (number.isascii() and number.isdigit()):
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
