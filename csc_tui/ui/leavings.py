"""What is left of screens that are gone."""

from __future__ import annotations

import gc

from textual._styles_cache import StylesCache


def clear_away() -> None:
    """Let go of it.

    Textual 8.2 remembers the colours of the last thousand widgets by the object that holds the
    lines that were drawn of them, so that these stay with it: some 10 MiB in five minutes. And a
    screen, its widgets and their tasks know each other: only a look for garbage frees them. If it
    came by itself, what is kept would have been put between them all over the memory by then.
    """
    forget = getattr(StylesCache.get_inner_outer, "cache_clear", None)
    if forget is not None:
        forget()
    if gc.isenabled():
        gc.collect()
