"""The C library's memory: what a page of records took goes back to the system when it is free."""

from __future__ import annotations

import ctypes

LARGE = 128 * 1024
"""Bytes from which a piece gets pages of its own, and left free at the end are given back."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""`malloc.h` of glibc."""


def share() -> None:
    """From now on all threads take from one heap; to be called before there are others.

    Of itself glibc gives each thread its own, and what is free in one is of no use to the others:
    eight of them had 5 MB free, one has 2. Python's own lock lets hardly two of them ask at once.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # glibc
        mallopt(_M_ARENA_MAX, 1)


def give_back() -> bool:
    """From now on, give back what is large as soon as it is free; False: not with this library.

    Of itself glibc takes the first large piece that is freed as a sign that more will come, and
    keeps all that are smaller than that, up to 32 MiB: after ten minutes of use some 9 MiB were
    kept that nobody used.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # not glibc
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, LARGE) and mallopt(_M_TRIM_THRESHOLD, LARGE))


def trim() -> None:
    """Give back the pages that are free between pieces in use: some 3 MiB after a minute."""
    malloc_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if malloc_trim is not None:  # glibc
        malloc_trim(0)
