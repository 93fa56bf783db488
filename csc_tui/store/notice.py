"""What the store has to tell a person, as codes; the words are made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class NoticeCode(StrEnum):
    """What happened to the cache."""

    DAMAGED = "damaged"
    """It could not be read; it was set aside as `file` and begun anew."""
    NEWER = "newer"
    """A newer version of the program made it; it was set aside as `file` and begun anew."""
    MEMORY = "memory"
    """It cannot be used for `reason`; what is fetched is kept until the program ends."""
    NO_WAL = "no_wal"
    """The folder is on a file system (`kind`) without shared memory: slower, else the same."""


class Notice(NamedTuple):
    """One thing to tell."""

    code: NoticeCode
    params: Mapping[str, str] = {}
    """`file`: a file name without folder. `kind`: a file system's name, may be empty. `reason`:
    one of `locked`, `full`, `read_only`, `foreign` (owned by another user), `unusable`."""

    @property
    def key(self) -> str:
        """Of the words for it in the catalogue."""
        reason = self.params.get("reason")
        return f"store.{self.code}_{reason}" if reason else f"store.{self.code}"
