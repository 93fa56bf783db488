"""What textual keeps of widgets that are gone."""

from __future__ import annotations

from textual._styles_cache import StylesCache


def forget_drawn() -> None:
    """Let go of the lines of widgets that are gone.

    Textual 8.2 remembers the colours of the last thousand widgets by the object that holds the
    lines that were drawn of them, so that these stay with it: some 10 MiB after an hour.
    """
    forget = getattr(StylesCache.get_inner_outer, "cache_clear", None)
    if forget is not None:
        forget()
