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
    What is garbage by now is let go of before, or it would stay for ever.
    """
    was = gc.isenabled()
    if was:
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()
