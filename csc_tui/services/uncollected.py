"""Much work at once without looks for garbage in the middle of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """While thousands of things are made that nobody throws away.

    The collector would look through all of them again and again, and hold up everybody for a second
    each time. They are not looked through afterwards either: they go when nobody has them any more.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()
